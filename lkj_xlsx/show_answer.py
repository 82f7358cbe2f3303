"""An answer of `lkj show` as data: JSON, CSV or a sheet."""

import json
from collections.abc import Sequence
from fractions import Fraction

from lkj_xlsx.safe_csv import safe_csv
from lkj_xlsx.show import NUMBERS, TEXT_COLUMNS, TEXTS, Node, heading
from lkj_xlsx.table import Cell, Column, Role, Row, Table, Unit


def as_json(nodes: Sequence[Node], columns: Sequence[str] = NUMBERS) -> str:
    """Spell rows as the JSON list of PRODUCT.md 6."""
    fields = (*TEXTS, *columns)
    rows = [{name: getattr(node, name) for name in fields} for node in nodes]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def as_csv(nodes: Sequence[Node], columns: Sequence[str] = NUMBERS) -> str:
    """Spell rows as CSV; a name that a spreadsheet would run as a formula gets a leading apostrophe."""
    fields = (*TEXTS, *columns)
    return safe_csv(fields, [[getattr(node, name) for name in fields] for node in nodes])


def as_table(nodes: Sequence[Node], shown: Sequence[str] = NUMBERS) -> Table:
    """Lay rows out as one sheet."""
    widths = {"kode": 34, "uraian": 46, "level": 13}
    fields = (*TEXTS, *shown)
    columns = tuple(
        Column(
            name,
            " ".join(word[0].upper() + word[1:] for word in heading(name).split()),
            Unit.TEXT if name in TEXT_COLUMNS else Unit.SERAPAN if name == "serapan" else Unit.RUPIAH,
            widths.get(name, 17),
        )
        for name in fields
    )
    rows = tuple(Row(Role.LINE, tuple(_cell(node, name) for name in fields)) for node in nodes)
    return Table("Anggaran", (), columns, rows, is_list=True)


def _cell(node: Node, name: str) -> Cell:
    value = getattr(node, name)
    return Cell(Fraction(value) / 100 if name == "serapan" and value is not None else value)
