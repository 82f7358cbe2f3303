"""The figures of a sheet: how each column writes thousands, and every cell that holds no amount as a finding."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.persen import percent_of_text
from lkj_xlsx.rupiah import NIL, Fault, amount_of_text, figure, proven_marks
from lkj_xlsx.sheet import Sheet

MIXED_MARKS: Final = "R109"
BAD_PERCENT: Final = "R111"


class Figures:
    """The amount columns of one sheet: which mark groups the thousands in each, and every fault as a finding."""

    def __init__(self, sheet: Sheet, columns: Mapping[str, int], rows: Sequence[int], findings: list[Finding]) -> None:
        """Decide each column's grouping mark from all its cells in `rows` at once, never from one."""
        self.sheet, self.columns, self.findings = sheet, columns, findings
        self._proven: dict[int, frozenset[str]] = {}
        for column in columns.values():
            texts = {row: value for row in rows if isinstance(value := sheet.at(row, column), str) and figure(value)}
            self._proven[column] = proven_marks(texts.values())
            self._report_column(column, texts)

    def _report_column(self, column: int, texts: Mapping[int, str]) -> None:
        """Report a column whose cells cannot be told apart, or that mixes two formats: once, with its cells."""
        proven = self._proven[column]
        vague = [row for row, text in texts.items() if amount_of_text(text, proven) is Fault.UNDECIDABLE]
        if vague:
            self._report(Fault.UNDECIDABLE, vague[0], column, tuple(self.sheet.where(row, column) for row in vague[1:]))
        if len(proven) > 1:
            odd = [row for row, text in texts.items() if (fig := figure(text)) and fig.proven == ","]
            self.findings.append(
                Finding(
                    MIXED_MARKS,
                    Severity.PERINGATAN,
                    self.sheet.where(odd[0], column),
                    "satu kolom memakai dua cara menulis ribuan (titik dan koma)",
                    self.sheet.text(odd[0], column),
                    because=tuple(self.sheet.where(row, column) for row in odd[1:]),
                )
            )

    def read(self, row: int, name: str) -> int | None:
        """Read one amount of a row; a fault becomes a finding and the amount is unknown (None)."""
        column = self.columns.get(name)
        if column is None:
            return None
        amount = self.sheet.amount(row, column, self._proven[column])
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
