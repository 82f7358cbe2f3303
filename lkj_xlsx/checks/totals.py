"""Questions T: what is printed follows from what stands below and beside it, and spending stays under its ceiling."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lkj_xlsx.exact_sums import HALF, added, parts_of
from lkj_xlsx.extras import sources_of
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.kode import Level, Path, level_of, spell
from lkj_xlsx.model import AMOUNTS, CODES, SISA, Budget, known, paths
from lkj_xlsx.rollup import Rollup
from lkj_xlsx.rupiah import spell as rupiah
from lkj_xlsx.rupiah import spell_difference
from lkj_xlsx.statements import LABELS, RUPIAH, Bools, Statements
from lkj_xlsx.sums import sums_of
from lkj_xlsx.system import System
from lkj_xlsx.tree import ROOT_NODE, Tree, of_last_budget, tree_of_budget

Rows = NDArray[np.int64]


def equate_totals(system: System, statements: Statements) -> None:
    """T101: a printed total is not the sum of its lines.

    jumlah yang tercetak bukan jumlah rinciannya
    """
    tree = statements.tree
    akun = np.array([found.akun for found in akun_that_lack_items(statements.budget)], dtype=np.int64)
    is_lacking = tree.flags(tree.node[akun])
    system.loose.add("T102")
    for name in RUPIAH:
        sums = sums_of(statements, name)
        for code, is_own in (("T101", ~is_lacking[sums.nodes]), ("T102", is_lacking[sums.nodes])):
            system.add_column_of_sums(code, *sums.only(is_own))


def equate_remainders(system: System, statements: Statements) -> None:
    """T107: a printed remainder is not pagu less realisasi.

    sisa yang tercetak bukan pagu dikurangi realisasi
    """
    sisa, pagu, realisasi, blokir = (statements.across(name) for name in (SISA, "pagu", "realisasi", "blokir"))
    columns, signs = [sisa, pagu, realisasi], [-1, 1, -1]
    if is_net_of_blokir(statements.budget):
        columns, signs = [*columns, blokir], [*signs, -1]
    printed = statements.ids[SISA] >= 0
    system.add_rows("T107", [column[printed] for column in columns], signs)


def equate_cumulatives(system: System, statements: Statements) -> None:
    """T108: a printed cumulative is not what was spent before and in this month.

    realisasi s.d. yang tercetak bukan realisasi lalu ditambah realisasi ini
    """
    columns = [statements.across(name) for name in ("realisasi", "realisasi_lalu", "realisasi_ini")]
    system.add_rows("T108", columns, (-1, 1, 1))


@of_last_budget
def is_net_of_blokir(budget: Budget) -> bool:
    """Tell whether a document's remainders leave out what is locked: seen where something is (PRODUCT.md 3.7)."""
    balance = 0
    for frame in (budget.lines, budget.printed):
        is_locked = (frame["blokir"].fillna(0) != 0).to_numpy(dtype=bool)
        if not is_locked.any():
            continue
        locked = frame[is_locked]
        columns = (known(locked[name]) for name in ("pagu", "blokir", "realisasi", SISA))
        for pagu, blokir, realisasi, sisa in zip(*columns, strict=True):
            if pagu is not None and blokir is not None and realisasi is not None and sisa is not None:
                left = pagu - realisasi
                balance += (left - blokir == sisa) - (left == sisa)
    return balance > 0


def check_net_of_blokir(budget: Budget, _rollup: Rollup) -> Iterator[Finding]:
    """T110: the printed remainders leave out what is locked.

    sisa yang tercetak sudah dikurangi blokir
    """
    if is_net_of_blokir(budget):
        rows = pd.concat([budget.lines, budget.printed])
        first = rows[rows["blokir"].fillna(0) != 0].sort_values("row").iloc[0]
        where = budget.where(first["sheet"], int(first["row"]), SISA)
        yield Finding("T110", Severity.INFO, where, "kolom sisa berkas ini = pagu - realisasi - blokir")


class Lacking(NamedTuple):
    """An akun whose items miss a line: where it and they stand in the frames of the budget, and what is missing."""

    path: Path
    akun: int
    items: tuple[int, ...]
    gaps: dict[str, int]


@of_last_budget
def akun_that_lack_items(budget: Budget) -> tuple[Lacking, ...]:
    """Give each akun whose items do not add up to it because a line is missing, not because one figure is wrong.

    SAKTI shows identical items once (FORMATS.md 1.8). A missing line leaves a gap in several columns, its ceiling and
    its remainder or spending; a misprint in one. Where no remainder is printed, any gap is taken for a missing line.
    """
    tree, count = tree_of_budget(budget), len(budget.lines)
    has_item = tree.is_item[count:]
    if not has_item.any():
        return ()
    is_akun = tree.depth[tree.node[:count]] == Level.AKUN.depth
    items = np.flatnonzero(has_item)
    of_items, of_lines = sources_of(budget.printed), sources_of(budget.lines)
    under: dict[int, list[int]] = {}
    for row, akun in zip(items.tolist(), tree.parent[tree.node[count:][items]].tolist(), strict=True):
        under.setdefault(akun, []).append(row)
    asked = np.flatnonzero(is_akun if any(of_lines) else _differing(budget, tree, items) & is_akun)
    if not len(asked):
        return ()
    columns = [(name, known(budget.lines[name]), known(budget.printed[name])) for name in (*AMOUNTS, SISA)]
    has_sisa = bool(budget.lines[SISA].notna().any())
    found = []
    for akun, path in zip(asked.tolist(), paths(budget.lines.iloc[asked]), strict=True):
        source = of_lines[akun]
        own = [row for row in under.get(int(tree.node[akun]), []) if not source or of_items[row] in ("", source)]
        gaps = {
            name: amount - sum(figures)
            for name, amounts, below in columns
            if (amount := amounts[akun]) is not None
            and len(figures := [figure for row in own if (figure := below[row]) is not None]) == len(own)
        }
        if sum(map(bool, gaps.values())) > has_sisa:
            found.append(Lacking(path, akun, tuple(own), {name: gap for name, gap in gaps.items() if name != SISA}))
    return tuple(found)


def _figures(column: pd.Series) -> tuple[Rows, Bools]:
    """Give a column of amounts, 0 where one is not known, and where one is."""
    return column.fillna(0).to_numpy(dtype=np.int64), column.notna().to_numpy(dtype=bool)


def _differing(budget: Budget, tree: Tree, items: Rows) -> Bools:
    """Mark the lines of which a figure is known that is not the sum of what is known of their items."""
    count = len(budget.lines)
    akun_of, node = tree.parent[tree.node[count:][items]], tree.node[:count]
    differs = np.zeros(count, dtype=bool)
    for name in (*AMOUNTS, SISA):
        amounts = parts_of(budget.printed[name].iloc[items])
        high, low, _ = added(amounts, akun_of, len(tree))
        own, is_known = _figures(budget.lines[name])
        gap = (((own >> HALF) - high[node]) << HALF) + (own & (2**HALF - 1)) - low[node]
        differs |= is_known & (gap != 0)
    return differs


def check_items(budget: Budget, _rollup: Rollup) -> Iterator[Finding]:
    """T102: the item rows of an akun do not add up to it; the akun is what is counted.

    item tidak menjumlah ke akunnya; angka akun yang dipakai
    """
    figures = {name: _figures(budget.printed[name]) for name in AMOUNTS}
    places = {name: budget.printed[name].to_numpy() for name in ("sheet", "row", "item")}
    akun = {name: budget.lines[name].to_numpy() for name in ("sheet", "row")}
    amounts = {name: budget.lines[name].tolist() for name in AMOUNTS}
    for lacking in akun_that_lack_items(budget):
        gaps = lacking.gaps
        twins = [
            row
            for row in lacking.items
            if all(figures[name][1][row] and figures[name][0][row] == gap for name, gap in gaps.items())
        ]
        likely = f"; sama dengan item {', '.join(places['item'][twins])}" if twins else ""
        worst = next(amount for amount, gap in gaps.items() if gap)
        spelled = ", ".join(f"{LABELS[amount]} {spell_difference(gap)}" for amount, gap in gaps.items() if gap)
        yield Finding(
            "T102",
            Severity.PERINGATAN,
            budget.where(akun["sheet"][lacking.akun], int(akun["row"][lacking.akun]), worst),
            f"akun {spell(lacking.path)} berbeda dari jumlah {len(lacking.items)} itemnya: {spelled}{likely};"
            " angka akun yang dipakai",
            int(amounts[worst][lacking.akun]),
            because=tuple(budget.where(places["sheet"][row], int(places["row"][row]), worst) for row in twins),
        )


def check_totals_have_lines(budget: Budget, _rollup: Rollup) -> Iterator[Finding]:
    """T109: a total is printed of something that has no line.

    jumlah yang tercetak tidak punya rincian di berkas ini
    """
    tree, count = tree_of_budget(budget), len(budget.lines)
    is_stated = tree.above(np.arange(len(tree.node)) < count)
    is_stated[ROOT_NODE] = True
    is_lost = ~is_stated[tree.node[count:]] & ~tree.is_item[count:]
    printed = budget.printed[is_lost & budget.printed[list(AMOUNTS)].notna().any(axis=1).to_numpy(dtype=bool)]
    for path, row in zip(paths(printed), printed.to_dict("records"), strict=True):
        where = budget.where(row["sheet"], row["row"], "pagu")
        yield Finding("T109", Severity.ERROR, where, f"{_label(row, path)} tidak punya rincian di berkas ini")


def _label(row: Mapping[Hashable, Any], path: Path) -> str:
    """Name a printed total as the document does, or by its code."""
    return str(row["uraian"]) if row["is_total"] else f"{level_of(path)} {spell(path)}"


def _cell(budget: Budget, leaf: int, amount: str) -> Where:
    line = budget.lines.iloc[leaf]
    return budget.where(line["sheet"], int(line["row"]), amount)


def check_items_have_akun(budget: Budget, _rollup: Rollup) -> Iterator[Finding]:
    """T106: an item stands under no akun row, so its figures are counted nowhere.

    item tanpa baris akun di atasnya; angkanya tidak ikut dijumlah
    """
    tree, count = tree_of_budget(budget), len(budget.lines)
    is_counted = tree.flags(tree.node[:count])
    is_lost = ~is_counted[tree.parent[tree.node[count:]]] & tree.is_item[count:]
    items = budget.printed[is_lost]
    for path, sheet, row in zip(paths(items), items["sheet"], items["row"], strict=True):
        message = f"item {spell(path)} tanpa baris akun di atasnya; angkanya tidak ikut dijumlah"
        yield Finding("T106", Severity.ERROR, budget.where(sheet, row, "pagu"), message)


def check_ceilings(budget: Budget, rollup: Rollup) -> Iterator[Finding]:
    """T103: more was spent than the ceiling allows.

    realisasi melampaui pagu
    """
    yield from _overspent(budget, rollup, "T103", has_ceiling=True)


def check_spending_without_ceiling(budget: Budget, rollup: Rollup) -> Iterator[Finding]:
    """T104: something was spent under a ceiling of 0.

    ada realisasi padahal pagunya 0
    """
    yield from _overspent(budget, rollup, "T104", has_ceiling=False)


def _overspent(budget: Budget, rollup: Rollup, code: str, *, has_ceiling: bool) -> Iterator[Finding]:
    """Find nodes with realisasi above pagu, once where a chain of only children repeats the same figures."""
    nodes = rollup.nodes
    is_over = (nodes["realisasi"] > nodes["pagu"]) & ((nodes["pagu"] != 0) == has_ceiling)
    over = nodes[is_over.fillna(value=False)]
    if over.empty:
        return
    places = _places(budget)
    for position, node in zip(over.index, over.to_dict("records"), strict=True):
        if position + 1 < len(nodes) and rollup.repeats(position, position + 1):
            continue
        leaves = rollup.leaves_of(position)
        path = tuple(node[code] for code in CODES)
        sheet, row = places.get(path) or places[next(paths(budget.lines.iloc[leaves]))]
        excess = spell_difference(node["realisasi"] - node["pagu"])
        message = (
            f"realisasi {node['level']} {node['kode']} {rupiah(node['realisasi'])} melampaui pagu"
            f" {rupiah(node['pagu'])} (selisih {excess})"
        )
        because = (budget.where(sheet, row, "pagu"),) if path in places else ()
        where = budget.where(sheet, row, "realisasi")
        yield Finding(code, Severity.ERROR, where, message, int(node["realisasi"]), because=because)


def _places(budget: Budget) -> dict[Path, tuple[str, int]]:
    """Say on which sheet and row each path stands."""
    places: dict[Path, tuple[str, int]] = {}
    for frame in (budget.printed[~budget.printed["is_total"]], budget.lines):
        for path, sheet, row in zip(paths(frame), frame["sheet"], frame["row"], strict=True):
            places.setdefault(path, (sheet, row))
    return places


def check_magnitude(budget: Budget, rollup: Rollup) -> Iterator[Finding]:
    """T105: a total lies beyond 2^53 and cannot be given exactly.

    jumlahnya terlalu besar untuk disimpan persis
    """
    nodes = rollup.nodes
    for amount in AMOUNTS:
        is_known = budget.lines[amount].notna().to_numpy()
        for position in nodes.index[nodes[amount].isna()]:
            leaves = rollup.leaves_of(position)
            if is_known[leaves].all() and not (position + 1 < len(nodes) and rollup.repeats(position, position + 1)):
                yield _beyond(budget, int(leaves[0]), amount, nodes["kode"].iloc[position])
        is_one_tree = len(nodes) > 0 and len(rollup.leaves_of(0)) == len(budget.lines)
        if len(budget.lines) and not is_one_tree and is_known.all() and pd.isna(rollup.total[amount].iloc[0]):
            yield _beyond(budget, 0, amount, "seluruh anggaran")


def _beyond(budget: Budget, leaf: int, amount: str, whose: str) -> Finding:
    message = f"jumlah {LABELS[amount]} {whose} melampaui 2^53; tidak dapat disimpan persis oleh lembar kerja"
    return Finding("T105", Severity.ERROR, _cell(budget, leaf, amount), message)
