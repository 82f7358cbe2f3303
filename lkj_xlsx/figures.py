"""The figures of a sheet: how each column writes thousands, and every cell that holds no amount as a finding."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.persen import percent_of_text
from lkj_xlsx.rupiah import NIL, Fault, amount_of_text, figure, proven_marks, spell
from lkj_xlsx.sheet import Sheet

MIXED_MARKS: Final = "R109"
BAD_PERCENT: Final = "R111"
SCALED: Final = "R205"

_ALIKE: Final = str.maketrans("23456789", "11111111")
"""Digits that change nothing of what the marks in a figure can mean, unlike noughts (`0,000`): few shapes are left."""


class Figures:
    """The amount columns of one sheet: which mark groups the thousands in each, and every fault as a finding."""

    def __init__(
        self,
        sheet: Sheet,
        columns: Mapping[str, int],
        rows: Sequence[int],
        findings: list[Finding],
        proven: frozenset[str] | None = None,
        scale: int = 1,
    ) -> None:
        """Decide each column's grouping mark from all its cells in `rows` at once, never from one.

        `proven` says what `decide_marks` has decided for all columns together. Figures in units of `scale` rupiah are
        multiplied by it here and nowhere else, and a finding says so.
        """
        self.sheet, self.columns, self.findings, self._scale = sheet, columns, findings, scale
        if scale != 1:
            message = f"angka di lembar ini dalam {spell(scale)} rupiah; dikalikan {spell(scale)} menjadi rupiah penuh"
            findings.append(Finding(SCALED, Severity.INFO, Where(sheet.file, sheet.name), message))
        self._proven: dict[int, frozenset[str]] = {}
        for column in columns.values():
            cells = [(row, column) for row in rows] if proven is None else []
            self._proven[column] = decide_marks(sheet, cells, findings) if proven is None else proven

    def read(self, row: int, name: str) -> int | None:
        """Read one amount of a row; a fault becomes a finding and the amount is unknown (None)."""
        column = self.columns.get(name)
        if column is None:
            return None
        amount = self.sheet.amount(row, column, self._proven[column], self._scale)
        if isinstance(amount, Fault):
            if amount is not Fault.UNDECIDABLE:
                self._report(amount, row, column)
            return None
        return amount

    def read_all(self, row: int) -> dict[str, int | None]:
        """Read every amount of a row."""
        return {name: self.read(row, name) for name in self.columns}

    def report_empty(self, row: int, name: str) -> None:
        """Report an amount that is missing where the budget needs one."""
        column = self.columns.get(name)
        if column is not None and self.sheet.value(row, column) is None:
            self._report(Fault.EMPTY, row, column)

    def _report(self, fault: Fault, row: int, column: int, because: tuple[Where, ...] = ()) -> None:
        self.findings.append(fault_finding(self.sheet, fault, row, column, because))


def decide_marks(
    sheet: Sheet, cells: Collection[tuple[int, int]], findings: list[Finding], hints: Iterable[str] = ()
) -> frozenset[str]:
    """Tell which marks group the thousands in `cells` (row, column), taken to be of one format.

    Where they prove none, figures in `hints` may. What stays open, and a mix of two formats, is reported once.
    """
    shapes = {text.translate(_ALIKE) for cell in cells if isinstance(text := sheet.at(*cell), str)}
    proven = proven_marks(shapes) or proven_marks(hints)
    vague = {shape for shape in shapes if amount_of_text(shape, proven) is Fault.UNDECIDABLE}
    odd = {shape for shape in shapes if len(proven) > 1 and (fig := figure(shape)) and fig.proven == ","}
    if vague:
        first, *others = _cells_of(sheet, cells, vague)
        because = tuple(sheet.where(*cell) for cell in others)
        findings.append(fault_finding(sheet, Fault.UNDECIDABLE, *first, because))
    if odd:
        first, *others = _cells_of(sheet, cells, odd)
        whose = "satu kolom" if len({column for _, column in cells}) == 1 else "lembar ini"
        message = f"{whose} memakai dua cara menulis ribuan (titik dan koma)"
        because = tuple(sheet.where(*cell) for cell in others)
        where = sheet.where(*first)
        findings.append(Finding(MIXED_MARKS, Severity.PERINGATAN, where, message, sheet.text(*first), because=because))
    return proven


def _cells_of(sheet: Sheet, cells: Iterable[tuple[int, int]], shapes: set[str]) -> list[tuple[int, int]]:
    """Give the cells whose text has one of these shapes."""
    return [cell for cell in cells if isinstance(text := sheet.at(*cell), str) and text.translate(_ALIKE) in shapes]


def fault_finding(sheet: Sheet, fault: Fault, row: int, column: int, because: tuple[Where, ...] = ()) -> Finding:
    """Make the finding for a cell that holds no amount."""
    printed = sheet.text(row, column)
    message = f"`{printed}` {fault.words}" if printed else fault.words
    return Finding(fault.code, Severity.ERROR, sheet.where(row, column), message, printed or None, because=because)


def read_persen(sheet: Sheet, row: int, column: int | None, findings: list[Finding]) -> Decimal | float | None:
    """Read a printed percent: a Decimal of percent points, a bare number as it is, None where none is printed.

    A dash prints no percent.
    """
    if column is None:
        return None
    value = sheet.value(row, column)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return float(value)
    where, printed = sheet.where(row, column), sheet.text(row, column)
    if isinstance(value, Fault):
        findings.append(Finding(BAD_PERCENT, Severity.PERINGATAN, where, f"persen {value.words}"))
        return None
    if not printed or printed in NIL:
        return None
    read = percent_of_text(printed)
    if printed == "%":
        message = "`%` tanpa angka; tidak diuji"
    elif read is None:
        message = f"`{printed}` bukan satu persen; tidak diuji"
    elif not read[1]:
        message = f"`{printed}` dibaca {str(read[0]).replace('.', ',')}%; tanda persennya dua kali"
    else:
        return read[0]
    findings.append(Finding(BAD_PERCENT, Severity.PERINGATAN, where, message, printed))
    return read[0] if read else None
