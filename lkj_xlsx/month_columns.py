"""Months side by side: a row a node, its ceiling in the last month and what was spent until each."""

from collections.abc import Sequence
from dataclasses import replace

from lkj_xlsx.case import grouped
from lkj_xlsx.errors import BadRequest
from lkj_xlsx.model import BULAN, Budget
from lkj_xlsx.query_tables import monthly
from lkj_xlsx.result import Result
from lkj_xlsx.rollup import roll_up
from lkj_xlsx.show import Choice, Node, select


def side_by_side(budgets: Sequence[Budget], choice: Choice) -> Result:
    """Lay chosen rows of several months out: kode, uraian, pagu, realisasi until each month, what the months added.

    A condition, an order and `top` are those of the last month; what it lacks comes after. Raises BadRequest for less
    than two months, or for two satker.
    """
    if len(grouped([budget for budget in budgets if len(budget.lines)])) > 1:
        message = "--bulanan hanya untuk satu satker dan satu tahun"
        raise BadRequest(message)
    months = monthly(budgets)
    if len(months) < 2:  # noqa: PLR2004 - side by side
        message = "--bulanan perlu berkas dua bulan atau lebih dari satu satker dan tahun"
        raise BadRequest(message)
    every = replace(choice, where=None, sort=None, top=None)
    found = [{node.kode: node for node in select(month, roll_up(month), every)} for month in months]
    last = select(months[-1], roll_up(months[-1]), choice)
    is_narrowed = choice.where is not None or choice.top is not None
    gone = [] if is_narrowed else [kode for nodes in found[:-1] for kode in nodes if kode not in found[-1]]
    kodes = list(dict.fromkeys([*(node.kode for node in last), *gone]))
    names = [BULAN[(month.identity.bulan or 1) - 1].lower() for month in months]
    return Result(("kode", "uraian", "pagu", *names, "tambah"), tuple(_row(kode, found) for kode in kodes))


def _row(kode: str, found: Sequence[dict[str, Node]]) -> tuple[object, ...]:
    """Lay one node out; a month that lacks it holds nothing of it."""
    nodes = [nodes.get(kode) for nodes in found]
    latest = next(node for node in reversed(nodes) if node)
    spent = [None if node is None else node.realisasi for node in nodes]
    first, last = (0 if node is None else node.realisasi for node in (nodes[0], nodes[-1]))
    added = None if first is None or last is None else last - first
    return kode, latest.uraian, None if nodes[-1] is None else nodes[-1].pagu, *spent, added
