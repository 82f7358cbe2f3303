"""One row of an RKK: its figures and what stands beside them, whatever letters they have on that page.

From the volume on a row holds at most a price and an amount, then marks and the sumber dana. On the last page they
stand in other letters, so a figure is known by its order: the amount is the last (FORMATS.md section 9). One mark is
the figure 2.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from lkj_xlsx.figures import decide_marks, fault_finding
from lkj_xlsx.finding import Finding
from lkj_xlsx.rupiah import Fault, figure
from lkj_xlsx.sheet import Sheet

FIRST: Final = 7
"""Column H: the price, or the first column in which anything right of the name may stand."""
MARK: Final = "2"
_VOLUME: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?(?:E[0-9]+)?)(?:\s.*)?", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands right of a name: the columns of price and amount (None where there is none), the other texts."""

    price: int | None
    amount: int | None
    stray: int | None
    marks: tuple[tuple[int, str], ...]


def volume_of(text: str) -> Fraction | None:
    """Give the number that a volume opens with (`156.0 pkt`), None where it is none."""
    match = _VOLUME.fullmatch(text)
    return Fraction(Decimal(match[1])) if match else None


class Figures:
    """The figures of a sheet whose columns move: each is read where its row has it."""

    def __init__(self, sheet: Sheet, findings: list[Finding]) -> None:
        """Decide how the sheet groups thousands, where its figures are texts."""
        self.sheet, self.findings = sheet, findings
        texts = [cell for row in range(len(sheet.rows)) for cell in _figure_texts(sheet, row)]
        self._proven = decide_marks(sheet, texts, findings)

    def beside(self, row: int, volume: Fraction | None = None, *, has_price: bool = False) -> Beside:
        """Take apart what stands from H on: figures in order, and texts that are none.

        A last figure 2 is a mark where it cannot be the amount: a row without a price has one figure, and of an item
        volume x price says so. An item with nothing but a figure in the price's own column has no amount.
        """
        figures, marks = _parted(self.sheet, row)
        if len(figures) > 1 and self.sheet.text(row, figures[-1]) in (MARK, f"{MARK}.0"):
            before = self._read(row, figures[-2])
            if not has_price or volume is None or not isinstance(before, int) or before * volume != int(MARK):
                marks = [*marks, (figures.pop(), MARK)]
        if has_price and figures == [FIRST]:
            return Beside(FIRST, None, None, tuple(marks))
        amount = figures[-1] if figures else None
        price = figures[-2] if has_price and len(figures) > 1 else None
        stray = figures[0] if len(figures) > 1 + has_price else None
        return Beside(price, amount, stray, tuple(marks))

    def read(self, row: int, column: int | None) -> int | None:
        """Read an amount; a fault becomes a finding and the amount is unknown (None)."""
        amount = None if column is None else self._read(row, column)
        if isinstance(amount, Fault):
            if amount is not Fault.UNDECIDABLE and column is not None:
                self.findings.append(fault_finding(self.sheet, amount, row, column))
            return None
        return amount

    def price(self, row: int, column: int) -> Fraction | None:
        """Give a price, which may have a fraction; None where it is no number."""
        value = self.sheet.at(row, column)
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return Fraction(value)
        amount = self._read(row, column)
        return Fraction(amount) if isinstance(amount, int) else None

    def has_amount(self, row: int) -> bool:
        """Tell whether a row holds any figure that may be an amount; a NIP stored as a number is none."""
        figures, _ = _parted(self.sheet, row)
        return any(self._read(row, column) is not Fault.TOO_LARGE for column in figures)

    def _read(self, row: int, column: int) -> int | Fault | None:
        return self.sheet.amount(row, column, self._proven)


def _parted(sheet: Sheet, row: int) -> tuple[list[int], list[tuple[int, str]]]:
    """Part the cells of a row from H on: the columns of figures (and of cells that hold a fault), the other texts."""
    figures: list[int] = []
    marks: list[tuple[int, str]] = []
    for column in range(FIRST, len(sheet.rows[row])):
        value = sheet.at(row, column)
        if isinstance(value, str) and figure(value) is None:
            marks.append((column, sheet.text(row, column)))
        elif value is not None:
            figures.append(column)
    return figures, marks


def _figure_texts(sheet: Sheet, row: int) -> Iterator[tuple[int, int]]:
    cells: Sequence[object] = sheet.rows[row]
    for column in range(FIRST, len(cells)):
        if isinstance(text := cells[column], str) and figure(text):
            yield row, column


def is_product(volume: Fraction, price: Fraction, amount: int) -> bool:
    """Tell whether an amount is volume x price, or, of a product with a fraction, a whole rupiah beside it."""
    product = volume * price
    return product == amount if product.denominator == 1 else abs(product - amount) < 1
