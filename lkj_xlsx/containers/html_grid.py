"""How the cells of one HTML table take their places: row by row, each at the first column that no span covers.

The algorithm is the HTML standard's (4.9.12), with what it corrects in spans that are out of bounds. What a span covers
is blank, as in the merged cells of a spreadsheet. A row that holds nothing keeps its number.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from lkj_xlsx.containers.limits import LONGEST_TEXT, MOST_COLUMNS, MOST_ROWS
from lkj_xlsx.containers.markup import NotSound

_WIDEST_SPAN, _TALLEST_SPAN = 1_000, 65_534
"""What a browser takes a span for at most (HTML standard 4.9.11)."""
_DIGITS: Final = re.compile(r"\s*\+?([0-9]{1,9})", re.ASCII)
_BLANKS: Final = re.compile(r"[ \t\n\r\f]+")


class HtmlTable:
    """One table while it is read; `rows` holds its texts, `into` takes the text that comes now: a cell, a caption."""

    def __init__(self, title: str, count: Callable[[int], None]) -> None:
        """Begin without rows; `count` is told of every place that a cell or a span takes."""
        self.title = title
        self.rows: list[list[object]] = []
        self.into: list[str] | None = None
        self._is_in_cell = self._is_in_row = False
        self._count = count
        self._row, self._column, self._next = -1, 0, 0
        self._spans: dict[int, int] = {}  # columns that a cell from above covers, with the last row that it covers

    @property
    def is_in_cell(self) -> bool:
        """Tell whether a cell is open."""
        return self._is_in_cell

    def start_caption(self) -> None:
        """Open the caption."""
        self.end_cell()
        self.into = []

    def end_caption(self) -> None:
        """Close the caption: it names the table."""
        if self.into is not None and not self._is_in_cell:
            self.title, self.into = shown(self.into) or self.title, None

    def start_row(self) -> None:
        """Open a row; raises NotSound past the last row of a sheet."""
        self.end_row()
        self._is_in_row = True
        self._row, self._next = self._row + 1, 0
        if self._row >= MOST_ROWS:
            why = f"tabel lebih dari {MOST_ROWS} baris"
            raise NotSound(why)
        self._spans = {column: last for column, last in self._spans.items() if last >= self._row}
        self._count(len(self._spans))

    def start_cell(self, attributes: Mapping[str, str]) -> None:
        """Open a cell, and a row where none is open; raises NotSound past the last column of a sheet."""
        self.end_cell()
        self.end_caption()
        if not self._is_in_row:
            self.start_row()
        while self._next in self._spans:
            self._next += 1
        wide = min(_span(attributes, "colspan") or 1, _WIDEST_SPAN)
        tall = _span(attributes, "rowspan")
        tall = min(1 if tall is None else tall or _TALLEST_SPAN, _TALLEST_SPAN)  # 0 is all rows of the group
        self._column, self._next = self._next, self._next + wide
        self._count(wide)
        if self._next > MOST_COLUMNS:
            why = f"tabel lebih dari {MOST_COLUMNS} kolom"
            raise NotSound(why)
        if tall > 1:
            self._spans.update(dict.fromkeys(range(self._column, self._next), self._row + tall - 1))
        self.into, self._is_in_cell = [], True

    def end_cell(self) -> None:
        """Close the open cell, if any, and put its text."""
        if not self._is_in_cell or self.into is None:
            return
        text, self.into, self._is_in_cell = shown(self.into), None, False
        if not text:
            return
        if len(text) > LONGEST_TEXT:
            why = f"sel berisi {len(text)} huruf, batasnya {LONGEST_TEXT}"
            raise NotSound(why)
        while len(self.rows) <= self._row:
            self.rows.append([])
        row = self.rows[self._row]
        row.extend([None] * (self._column - len(row)))
        row.append(text)

    def end_row(self) -> None:
        """Close the open row, if any."""
        self.end_cell()
        self.end_caption()
        self._is_in_row = False

    def end_group(self) -> None:
        """Close a group of rows: no span reaches out of it."""
        self.end_row()
        self._spans.clear()


def _span(attributes: Mapping[str, str], name: str) -> int | None:
    """Read a span as browsers do: the digits that it begins with, None where there are none."""
    match = _DIGITS.match(attributes.get(name, ""))
    return int(match[1]) if match else None


def shown(texts: list[str]) -> str:
    """Give a text as shown: runs of blanks are one, those that the page forces (&nbsp;) are blanks too."""
    return _BLANKS.sub(" ", "".join(texts)).replace("\u00a0", " ").strip()
