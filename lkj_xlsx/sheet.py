"""A file on disk becomes cells with addresses; the only door for untrusted bytes.

What kind of file it is, and how its bytes are read, is the containers' work; here its sheets get their names and
addresses, and a cell is read as a text or as an amount.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final

from lkj_xlsx.book import Odd, no_percent
from lkj_xlsx.containers import open_book
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.rupiah import Fault, amount_of_number, amount_of_text

UNREAD_SHEET: Final = "R110"
HOW_READ: Final = "R112"


@dataclass(frozen=True)
class Document:
    """One opened file: its name, its sheets in order, hidden ones too, and what is to be known of how it was read."""

    file: str
    sheets: tuple["Sheet", ...]
    notes: tuple[Finding, ...] = ()

    def named(self, name: str) -> "Sheet | None":
        """Give the sheet of that name, whatever the case of its letters."""
        return next((sheet for sheet in self.sheets if sheet.name.strip().lower() == name.lower()), None)


@dataclass(frozen=True)
class Sheet:
    """Cells with addresses: 0-based rows and columns, as in the file.

    A cell of `rows` is None (blank), a text, an exact `int`, a `Decimal` with a fraction, a bool, a date or time, or an
    Odd. `percent_places` says with how many decimals a cell shows a percent (Excel keeps `100%` as 1), else None.
    """

    file: str
    name: str
    rows: Sequence[Sequence[object]] = field(repr=False)
    percent_places: Callable[[int, int], int | None] = field(default=no_percent, repr=False)

    def at(self, row: int, column: int) -> object:
        """Give the value at an address, None for a blank."""
        cells = self.rows[row] if row < len(self.rows) else []
        value = cells[column] if column < len(cells) else None
        return None if value is None or (isinstance(value, str) and not value.strip()) else value

    def text(self, row: int, column: int) -> str:
        """Give a cell as text to the character, blanks around it removed; a number 6709.0 is `6709`."""
        value = self.at(row, column)
        if isinstance(value, str):
            return " ".join(value.split())
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, Odd):
            return value.literal
        return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)

    def value(self, row: int, column: int) -> object:
        """Give the value at an address: None for a blank, a Fault for what is neither text nor figure."""
        value = self.at(row, column)
        return value.fault if isinstance(value, Odd) else value

    def where(self, row: int, column: int | None = None) -> Where:
        """Name an address."""
        return Where(self.file, self.name, row, column)

    def amount(self, row: int, column: int, proven: frozenset[str], scale: int = 1) -> int | Fault | None:
        """Read a cell, in units of `scale` rupiah, as exact rupiah; None for a real blank, a Fault for no amount."""
        value = self.value(row, column)
        if value is None or isinstance(value, Fault):
            return value
        if isinstance(value, str):
            return amount_of_text(value, proven, scale)
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            return Fault.NOT_AMOUNT
        return amount_of_number(value if scale == 1 else Fraction(value) * scale)


def open_document(path: Path, name: str | None = None) -> Document:
    """Open a file as cells, called `name` or by its own; raises UnreadableFile with what it is and what to do."""
    file = name or path.name
    book = open_book(file, path)
    notes = [Finding(HOW_READ, Severity.INFO, Where(file), note) for note in book.notes]
    notes += [
        Finding(HOW_READ, Severity.INFO, Where(file, grid.name), "lembar ini tersembunyi; ikut dibaca")
        for grid in book.grids
        if grid.is_hidden
    ]
    sheets = (Sheet(file, grid.name, grid.rows, grid.percent_places) for grid in book.grids)
    return Document(file, tuple(sheets), tuple(notes))


def unread(document: Document, names: set[str]) -> list[Finding]:
    """Report, for the record, how the file was read, and every sheet that holds something and was not."""
    return [
        *document.notes,
        *(
            Finding(UNREAD_SHEET, Severity.INFO, Where(document.file, sheet.name), "lembar ini tidak dibaca")
            for sheet in document.sheets
            if sheet.name not in names
            and any(
                not isinstance(value, str) or value.strip() for row in sheet.rows for value in row if value is not None
            )
        ),
    ]
