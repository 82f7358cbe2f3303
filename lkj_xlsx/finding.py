"""Something is wrong in a document: what, how bad, and in which cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

LETTERS = 26
NAMED = 12
"""More proving cells than this are counted in words; the finding itself keeps them all."""


class Severity(StrEnum):
    """How bad a finding is; the words are the ones the user reads."""

    ERROR = "error"
    PERINGATAN = "peringatan"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


@cache
def column_letters(column: int) -> str:
    """Spell a 0-based column as a spreadsheet does: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: bytes) -> int:
    """Count a column as its letters do, from 1: A is 1, XFD is 16384."""
    number = 0
    for letter in letters:
        number = number * LETTERS + letter - ord("A") + 1
    return number


def listed(names: Sequence[str]) -> str:
    """Name some things, and count the rest."""
    rest = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" dan {rest} lain" if rest > 0 else "")


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in a file: row and column are 0-based, absent when a whole sheet or file is meant."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: int | None = None

    @property
    def cell(self) -> str | None:
        """The address as a spreadsheet writes it (`C10`), or None."""
        if self.row is None or self.column is None:
            return None
        return f"{column_letters(self.column)}{self.row + 1}"

    def __str__(self) -> str:
        """Spell the place as compilers do: `file!sheet!C10`."""
        row = None if self.row is None else f"baris {self.row + 1}"
        return "!".join(part for part in (self.file, self.sheet, self.cell or row) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """A disagreement in a document, with its cell.

    `printed` and `expected` are rupiah as int, or text as printed; `expected` is given only
    when the documents force it. `because` names the cells that prove the finding.
    """

    code: str
    severity: Severity
    where: Where
    message: str
    printed: int | str | None = None
    expected: int | str | None = None
    because: tuple[Where, ...] = ()

    def __str__(self) -> str:
        """Spell the finding in one line: place, severity, code, what, and the proving cells."""
        line = f"{self.where}: {self.severity} {self.code}: {self.message}"
        return f"{line}; karena {self.reasons}" if self.because else line

    @property
    def reasons(self) -> str:
        """Name the proving cells as seen from this finding's own place; of many, the first and how many more."""
        named = ", ".join(self._seen_from_here(place) for place in self.because[:NAMED])
        more = len(self.because) - NAMED
        return f"{named} dan {more} sel lain" if more > 0 else named

    def _seen_from_here(self, place: Where) -> str:
        """Spell a proving cell without what it shares with this finding's own place."""
        if place.file != self.where.file or place.sheet is None:
            return str(place)
        if place.sheet != self.where.sheet:
            return str(place).removeprefix(f"{place.file}!")
        return place.cell or str(place)
