"""The cells of one sheet, packed: thirteen bytes a cell, laid out as Python values only where they are looked at.

A cell is put by its address, in any order of rows; a blank is not put at all. What a cell holds is one of

| kind | value |
|---|---|
| 0 POOLED | the index in `pool` of a Python object: a text, an Odd, a bool, a date |
| 1 WHOLE | the integer itself |
| 2 + n | a decimal fraction of n places: value / 10^n |
"""

import re
from array import array
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final, overload

import numpy as np
import numpy.typing as npt

from lkj_xlsx.book import Odd
from lkj_xlsx.containers.limits import LONGEST_TEXT, MOST_CELLS, MOST_COLUMNS, MOST_PLACES, MOST_ROWS
from lkj_xlsx.containers.markup import NotSound
from lkj_xlsx.finding import column_letters
from lkj_xlsx.rupiah import Fault

POOLED, WHOLE, FRACTION = 0, 1, 2
MOST_DIGITS: Final = 18
"""Digits that fit a packed value (int64); a longer figure is pooled."""

_LITERAL: Final = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?0*[0-9]{1,9}))?", re.ASCII)
SPACE: Final = " \t\r\n"
"""What XML takes for blank."""
_LONGEST_LITERAL: Final = 400
"""Characters of a figure: the longest number of a double, written out, has 309 digits."""

_FARTHEST: Final = 308
"""Decimal places from the point within which a double holds anything."""

KINDS: Final = (np.int32, np.uint16, np.uint8, np.int64, np.uint16)
"""Of a packed cell: row, column, kind, value, style."""

_KEPT_PLACES: Final = 2**22
"""Places that are kept laid out: all of a sheet of 100,000 rows, at 8 bytes and what stands in them."""


def number_of(literal: str) -> int | Decimal | Odd:
    """Read the literal of a numeric cell: the exact integer, the exact fraction, or why it is neither.

    `1.2309652E10` and `12309652000.0` are 12309652000; `NaN`, `1_000` and digits of other scripts are no numbers.
    """
    text = literal.strip(SPACE)
    match = _LITERAL.fullmatch(text) if len(text) <= _LONGEST_LITERAL else None
    if match is None or not (match[2] or match[3]):
        return Odd(Fault.NOT_A_NUMBER, literal[:80])
    sign, whole, fraction, exponent = match[1], match[2], match[3] or "", int(match[4] or 0)
    digits = (whole + fraction).lstrip("0")
    if not digits:
        return 0
    scale = exponent - len(fraction)
    kept = digits.rstrip("0")
    scale += len(digits) - len(kept)
    if abs(scale + len(kept)) > _FARTHEST:
        return Odd(Fault.TOO_LARGE if scale + len(kept) > 0 else Fault.FRACTION, literal[:80])
    return int(sign + kept) * 10**scale if scale >= 0 else Decimal(f"{sign}{kept}E{scale}")


class Cells:
    """The cells of a sheet while it is read; `rows` lays them out when all are there."""

    def __init__(self, strings: Sequence[object] = ()) -> None:
        """Begin with the shared strings of the workbook, at their own indices."""
        self.pool: list[object] = list(strings)
        self._texts: dict[str, int] = {}
        self._others: dict[tuple[type, object], int] = {}
        self._blocks: list[tuple[npt.NDArray[Any], ...]] = []
        self._loose = (array("i"), array("i"), array("B"), array("q"), array("i"))
        self._seen = np.zeros(MOST_ROWS, bool)
        self.count = 0

    def open_row(self, row: int) -> None:
        """Begin a row; raises NotSound where it is outside the grid or was there before."""
        if not 0 <= row < MOST_ROWS:
            why = f"baris {row + 1} di luar lembar"
            raise NotSound(why)
        if self._seen[row]:
            why = f"baris {row + 1} ada dua"
            raise NotSound(why)
        self._seen[row] = True

    def open_rows(self, rows: npt.NDArray[np.int64]) -> None:
        """Begin many rows of the grid, in ascending order; raises NotSound where one was there before."""
        for row in rows[self._seen[rows]].tolist():
            self.open_row(row)
        self._seen[rows] = True

    def put(self, row: int, column: int, value: object, style: int) -> None:
        """Put one cell that is no blank."""
        self._count(1)
        kind, packed = self.packed(value)
        for part, one in zip(self._loose, (row, column, kind, packed, style), strict=True):
            part.append(one)

    def put_all(self, *parts: npt.NDArray[Any]) -> None:
        """Put many cells: their rows, columns, kinds, packed values and styles."""
        self._count(len(parts[0]))
        self._flush()
        self._blocks.append(parts)

    def _count(self, more: int) -> None:
        self.count += more
        if self.count > MOST_CELLS:
            why = f"lembar berisi lebih dari {MOST_CELLS} sel"
            raise NotSound(why)

    def _flush(self) -> None:
        """Close the block of cells that came one by one, so that blocks stay in the order of the file."""
        if self._loose[0]:
            self._blocks.append(tuple(np.array(part, kind) for part, kind in zip(self._loose, KINDS, strict=True)))
            self._loose = (array("i"), array("i"), array("B"), array("q"), array("i"))

    def packed(self, value: object) -> tuple[int, int]:
        """Give the kind and the packed value of a Python value; equal texts are kept once."""
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**MOST_DIGITS:
            return WHOLE, value
        if isinstance(value, Decimal):
            sign, digits, exponent = value.as_tuple()
            if isinstance(exponent, int) and len(digits) <= MOST_DIGITS and -exponent < 200:  # noqa: PLR2004 - a byte
                return FRACTION - exponent, int(("-" if sign else "") + "".join(map(str, digits)))
        return POOLED, self.pooled(value)

    def pooled(self, value: object) -> int:
        """Give the place of a value in the pool."""
        places: dict[Any, int] = self._texts if type(value) is str else self._others
        key = value if type(value) is str else (type(value), value)
        place = places.get(key)
        if place is None:
            if isinstance(value, str) and len(value) > LONGEST_TEXT:
                why = f"sel berisi {len(value)} huruf, batasnya {LONGEST_TEXT}"
                raise NotSound(why)
            place = places[key] = len(self.pool)
            self.pool.append(value)
        return place

    def rows(self) -> "Rows":
        """Lay all cells out by row and column; raises NotSound where two stand in one place."""
        self._flush()
        blocks, self._blocks = self._blocks or [tuple(np.zeros(0, kind) for kind in KINDS)], []
        row, column, kind, value, style = (np.concatenate([block[part] for block in blocks]) for part in range(5))
        place = row.astype(np.int64) * MOST_COLUMNS + column
        if len(place) and not bool((place[1:] > place[:-1]).all()):
            order = np.argsort(place, kind="stable")
            row, column, kind, value, style, place = (part[order] for part in (row, column, kind, value, style, place))
            twice = np.flatnonzero(place[1:] == place[:-1])
            if len(twice):
                why = f"sel {column_letters(int(column[twice[0]]))}{int(row[twice[0]]) + 1} ada dua"
                raise NotSound(why)
        height = int(row[-1]) + 1 if len(row) else 0
        starts = np.searchsorted(row, np.arange(height + 1), side="left")
        places = int(_widths(starts, column).sum())
        if places > MOST_PLACES:
            why = f"baris-barisnya memuat {places} tempat sampai sel terakhirnya, batasnya {MOST_PLACES}"
            raise NotSound(why)
        return Rows(starts, column.astype(np.int64), kind, value, style, self.pool)


def _widths(starts: npt.NDArray[np.int64], columns: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Give for each row the number of its places, up to its last cell."""
    widths = np.zeros(len(starts) - 1, np.int64)
    is_row = starts[1:] > starts[:-1]
    widths[is_row] = columns[starts[1:][is_row] - 1].astype(np.int64) + 1
    return widths


class Rows(Sequence[Sequence[object]]):
    """The rows of a sheet, each up to its last cell, made when they are looked at and kept while they are few.

    The packed cells themselves are `columns`, `kinds`, `values` and `styles`, sorted; what they are is in `pool`, and
    those of row r are from `starts[r]` to `starts[r + 1]`.
    """

    def __init__(
        self,
        starts: npt.NDArray[np.int64],
        columns: npt.NDArray[np.int64],
        kinds: npt.NDArray[np.uint8],
        values: npt.NDArray[np.int64],
        styles: npt.NDArray[np.uint16],
        pool: Sequence[object],
    ) -> None:
        """Take the packed cells, sorted."""
        self.starts, self.columns, self.kinds, self.values = starts, columns, kinds, values
        self.styles, self.pool = styles, pool
        self._laid: dict[int, list[object]] = {}
        self._is_blank = (starts[1:] == starts[:-1]).tobytes()
        self._widest = int(_widths(starts, columns).max(initial=1))

    def __len__(self) -> int:
        """Give the number of rows down to the last that holds something."""
        return len(self.starts) - 1

    @overload
    def __getitem__(self, index: int) -> Sequence[object]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Sequence[object]]: ...
    def __getitem__(self, index: int | slice) -> Sequence[object] | Sequence[Sequence[object]]:
        """Give one row, or some."""
        if isinstance(index, slice):
            return [self[row] for row in range(*index.indices(len(self)))]
        row = index + len(self) if index < 0 else index
        if not 0 <= row < len(self):
            raise IndexError(index)
        if self._is_blank[row]:
            return []
        laid = self._laid.get(row)
        if laid is None:
            if len(self._laid) * self._widest >= _KEPT_PLACES:
                self._laid.clear()
            laid = self._laid[row] = self._lay_out(row)
        return laid

    def style(self, row: int, column: int) -> int | None:
        """Give the style of a cell, None for a blank."""
        if not 0 <= row < len(self):
            return None
        start, end = int(self.starts[row]), int(self.starts[row + 1])
        at = start + int(np.searchsorted(self.columns[start:end], column))
        return int(self.styles[at]) if at < end and self.columns[at] == column else None

    def _lay_out(self, index: int) -> list[object]:
        """Make the Python values of a row."""
        cells = slice(self.starts[index], self.starts[index + 1])
        columns = self.columns[cells].tolist()
        row: list[object] = [None] * (columns[-1] + 1 if columns else 0)
        for column, kind, value in zip(columns, self.kinds[cells].tolist(), self.values[cells].tolist(), strict=True):
            row[column] = (
                value
                if kind == WHOLE
                else self.pool[value]
                if kind == POOLED
                else Decimal(value).scaleb(FRACTION - kind)
            )
        return row
