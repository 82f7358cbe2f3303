"""What python-calamine does not tell of an `.xls`: its records (BIFF 5 and 8) scanned for errors, formulas, percents.

calamine shows an error and an empty formula as a blank. This scan walks the same records and says where they stand; it
reads no figure. Every formula of an .xls has a result, but programs that cannot calculate write one of two that are
none: 0 with the wish that Excel calculate it on opening (flag 2, which Excel itself never leaves), or an empty text,
which is taken for none where no formula of the whole file has any other result.

Source: [MS-XLS], records BoolErr, Formula (FormulaValue), BoundSheet8, Dimensions, XF, Format. It runs in the child
process and imports next to nothing.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}

_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _FORMAT, _XF = 0x0809, 0x000A, 0x002F, 0x0085, 0x041E, 0x00E0
_DIMENSIONS, _BOOLERR, _FORMULA, _STRING = 0x0200, 0x0205, 0x0006, 0x0207
_NUMBER, _RK, _MULRK = 0x0203, 0x027E, 0x00BD
_CELLS: Final = frozenset((_BOOLERR, _FORMULA, _NUMBER, _RK, 0x00FD, 0x0204, 0x00D6))
"""Records that open with row, column and style: BoolErr, Formula, Number, RK, LabelSst, Label, RString."""
_FIGURES, _MORE = (_FORMULA, _NUMBER, _RK), (_FORMULA, _BOOLERR)
_AFTER_FORMULA: Final = (0x04BC, 0x0221, 0x0236)
"""Shared formula, array and table: what may stand between a formula and its text."""
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256
"""The grid of an .xls. calamine sets aside memory for whatever a sheet claims, before it reads it (RELIABILITY b28)."""
_BIFF8: Final = 0x0600
_BUILT_IN: Final = {9: "0%", 10: "0.00%"}
_SPECIAL: Final = b"\xff\xff"
_TEXT_RESULT, _ERROR_RESULT, _EMPTY_RESULT = 0, 2, 3
_ON_OPENING: Final = 0x0002
_HEADER: Final = struct.Struct("<HH")
_PLAIN: Final = struct.Struct("<HHHHH")
"""The header of a record, and the row, column and style with which a cell opens."""


class NotSound(Exception):
    """The records are not what a sound file has; the message says why."""


class Locked(Exception):
    """The file is encrypted."""


@dataclass(slots=True)
class Scan:
    """What one sheet holds that calamine hides, at 0-based rows and columns; `code` is the code of a number format."""

    errors: list[tuple[int, int, str]] = field(default_factory=list)
    uncached: list[tuple[int, int]] = field(default_factory=list)
    empties: list[tuple[int, int]] = field(default_factory=list)
    is_calculated: bool = False
    percents: list[tuple[int, int, str]] = field(default_factory=list)
    rows: int = 0
    columns: int = 0

    def reach(self, row: int, column: int) -> None:
        """Take in that a cell stands there."""
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)


def scan(stream: bytes) -> list[Scan]:
    """Scan every sheet of a workbook stream, in order; raises NotSound, or Locked for one with a password."""
    starts: list[int] = []
    formats = dict(_BUILT_IN)
    styles: list[int] = []
    version = 0
    for kind, body in _globals(stream):
        if kind == _BOF:
            version = struct.unpack_from("<H", body)[0]
        elif kind == _FILEPASS:
            raise Locked
        elif kind == _BOUNDSHEET:
            starts.append(struct.unpack_from("<I", body)[0])
        elif kind == _FORMAT:
            formats[struct.unpack_from("<H", body)[0]] = _format(body, version)
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", body, 2)[0])
    codes = {style: code for style, number in enumerate(styles) if "%" in (code := formats.get(number, ""))}
    stream += bytes(_PLAIN.size - _HEADER.size)  # so that the last record may be looked at as any other
    sheets = [_sheet(stream, start, version, codes) for start in starts]
    if not any(sheet.is_calculated for sheet in sheets):
        for sheet in sheets:
            sheet.uncached += sheet.empties
    return sheets


def _globals(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the records that stand before the sheets."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = _HEADER.unpack_from(stream, at)
        at += 4 + length
        yield kind, stream[at - length : at]
        if kind == _EOF:
            return
    raise _cut(at)


def _cut(at: int) -> NotSound:
    return NotSound(f"rekaman BIFF dekat bita {at} terpotong")


def _format(body: bytes, version: int) -> str:
    """Give the code of a number format; only its percent sign matters, so any 8-bit alphabet will do."""
    if version < _BIFF8:
        return body[3 : 3 + body[2]].decode("latin-1")
    length, flags = struct.unpack_from("<HB", body, 2)
    wide = flags & 1
    return body[5 : 5 + (2 * length if wide else length)].decode("utf-16-le" if wide else "latin-1", "replace")


def _sheet(stream: bytes, start: int, version: int, codes: dict[int, str]) -> Scan:  # noqa: C901 - the hot loop
    """Scan one sheet; nine records of ten are plain cells, so those are looked at where they lie."""
    found = Scan()
    rows = columns = depth = 0
    at, size = start, len(stream) - _PLAIN.size
    waiting: tuple[int, int] | None = None  # a formula whose text is to follow
    while at <= size:
        kind, length, row, column, style = _PLAIN.unpack_from(stream, at)
        at += 4 + length
        if waiting and kind not in _AFTER_FORMULA:
            if kind != _STRING:
                found.uncached.append(waiting)
            waiting = None
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                found.rows, found.columns = max(found.rows, rows), max(found.columns, columns)
                return found
        elif depth != 1:
            continue
        elif kind in _CELLS:
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if style in codes and kind in _FIGURES:
                found.percents.append((row, column, codes[style]))
            if kind in _MORE:
                waiting = _result(kind, stream[at - length : at], (row, column), found)
        elif kind == _MULRK:
            _figures(stream[at - length : at], codes, found)
        elif kind == _DIMENSIONS:
            _refuse_claim(stream[at - length : at], version)
    raise _cut(at)


def _refuse_claim(body: bytes, version: int) -> None:
    _, rows, _, columns = struct.unpack_from("<IIHH" if version >= _BIFF8 else "<HHHH", body)
    if rows > _MOST_ROWS or columns > _MOST_COLUMNS:
        why = f"lembar mengaku memuat {rows} baris x {columns} kolom, batas .xls {_MOST_ROWS} x {_MOST_COLUMNS}"
        raise NotSound(why)


def _result(kind: int, body: bytes, place: tuple[int, int], found: Scan) -> tuple[int, int] | None:
    """Take in an error or a formula; give its place where its text is still to come."""
    if kind == _FORMULA:
        return place if _formula(body, *place, found) else None
    if body[7]:
        found.errors.append((*place, ERRORS.get(body[6], "#?")))
    return None


def _figures(body: bytes, codes: dict[int, str], found: Scan) -> None:
    """Take in neighbouring figures of one row, each with its style."""
    row, first = _HEADER.unpack_from(body)
    for place in range((len(body) - 6) // 6):
        found.reach(row, first + place)
        style = struct.unpack_from("<H", body, 4 + 6 * place)[0]
        if style in codes:
            found.percents.append((row, first + place, codes[style]))


def _formula(body: bytes, row: int, column: int, found: Scan) -> bool:
    """Take in the result of a formula; tell whether its text is still to come."""
    result, flags = body[6:14], struct.unpack_from("<H", body, 14)[0]
    kind = result[0] if result[6:] == _SPECIAL else _NUMBER
    if kind == _EMPTY_RESULT:
        found.empties.append((row, column))
    elif kind == _NUMBER and flags & _ON_OPENING and struct.unpack("<d", result)[0] == 0:
        found.uncached.append((row, column))
    else:
        found.is_calculated = True
    if kind == _ERROR_RESULT:
        found.errors.append((row, column, ERRORS.get(result[2], "#?")))
    return kind == _TEXT_RESULT
