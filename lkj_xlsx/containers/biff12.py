"""What python-calamine does not tell of an `.xlsb`: its records (BIFF12) scanned for errors, formulas and percents.

As in `biff`: where a cell holds an error, which calamine shows as a blank, and what its number format shows. Excel
always stores the results of its formulas in this format.

Source: [MS-XLSB] 2.1.4 (records), BrtBundleSh, BrtRowHdr, Cell, BrtCellError, BrtFmlaError, BrtFmt, BrtXF. It
runs in the child process and imports next to nothing.
"""

import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator
from typing import Final

from lkj_xlsx.containers.biff import ERRORS, NotSound, Scan

_ROW, _CELLS, _FIGURES = 0, range(2, 12), (2, 5, 9)
_CELL_ERROR, _FORMULA_ERROR = 3, 11
_SHEET: Final = 156
_FORMAT, _XF, _STYLES, _STYLES_END = 44, 47, 617, 618
_MORE, _BITS = 0x80, 0x7F
_CELL: Final = struct.Struct("<II")
_COUNT: Final = struct.Struct("<I")
_BUILT_IN: Final = {9: "0%", 10: "0.00%"}
_RELATION: Final = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE: Final = re.compile(r"""\b(Id|Target)\s*=\s*["']([^"']*)["']""")
_WORKBOOK: Final = "xl/workbook.bin"


def scan(archive: zipfile.ZipFile) -> list[Scan]:
    """Scan every sheet of a workbook, in order; raises NotSound."""
    names = {name.lower(): name for name in archive.namelist()}
    targets = _relations(archive.read(names["xl/_rels/workbook.bin.rels"]).decode("utf-8"))
    codes = _codes(archive.read(names["xl/styles.bin"])) if "xl/styles.bin" in names else {}
    found = []
    for kind, body in _records(archive.read(names[_WORKBOOK])):
        if kind == _SHEET:
            target = targets.get(_text(body, 8), "")
            part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").lower()
            if part not in names:
                why = f"bagian lembar `{target}` tidak ada"
                raise NotSound(why)
            found.append(_sheet(archive.read(names[part]), codes))
    return found


def _relations(markup: str) -> dict[str, str]:
    """Give the part of each relation by its id."""
    found = (dict(_ATTRIBUTE.findall(one)) for one in _RELATION.findall(markup))
    return {one.get("Id", ""): one.get("Target", "") for one in found}


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the records of a part."""
    at = 0
    while at < len(part):
        kind, length, at = _header(part, at)
        at += length
        if at > len(part):
            raise _cut(at)
        yield kind, part[at - length : at]


def _header(part: bytes, at: int) -> tuple[int, int, int]:
    """Read the kind of a record, in one or two bytes, its length, in one to four, and where its body begins.

    Of each byte the high bit tells that more follow. Raises IndexError where the part ends before.
    """
    kind, length = part[at], part[at + 1]
    if kind < _MORE and length < _MORE:
        return kind, length, at + 2
    if kind >= _MORE:
        at += 1
        kind = kind & _BITS | (part[at] & _BITS) << 7
    length = 0
    for place in range(4):
        at += 1
        length |= (part[at] & _BITS) << 7 * place
        if part[at] < _MORE:
            break
    return kind, length, at + 1


def _cut(at: int) -> NotSound:
    return NotSound(f"rekaman BIFF12 dekat bita {at} terpotong")


def _text(body: bytes, at: int) -> str:
    length = struct.unpack_from("<I", body, at)[0]
    return body[at + 4 : at + 4 + 2 * length].decode("utf-16-le", "replace")


def _codes(part: bytes) -> dict[int, str]:
    """Give the number format of each style that shows a percent."""
    formats = dict(_BUILT_IN)
    styles: list[int] = []
    is_in_styles = False
    for kind, body in _records(part):
        if kind in (_STYLES, _STYLES_END):
            is_in_styles = kind == _STYLES
        elif kind == _FORMAT:
            formats[struct.unpack_from("<H", body)[0]] = _text(body, 2)
        elif kind == _XF and is_in_styles:
            styles.append(struct.unpack_from("<H", body, 2)[0])
    return {style: code for style, number in enumerate(styles) if "%" in (code := formats.get(number, ""))}


def _sheet(part: bytes, codes: dict[int, str]) -> Scan:
    """Scan one sheet; records are looked at where they lie, since nearly all are plain cells."""
    found, row, columns, at, size = Scan(), 0, 0, 0, len(part)
    while at < size:
        kind, length, at = _header(part, at)
        start, at = at, at + length
        if at > size:
            raise _cut(at)
        if kind in _CELLS:
            column, style = _CELL.unpack_from(part, start)
            columns = max(columns, column + 1)
            code = codes.get(style & 0xFFFFFF)
            if code and kind in _FIGURES:
                found.percents.append((row, column, code))
            if kind in (_CELL_ERROR, _FORMULA_ERROR):
                found.errors.append((row, column, ERRORS.get(part[start + 8], "#?")))
        elif kind == _ROW:
            row = _COUNT.unpack_from(part, start)[0]
            found.rows = max(found.rows, row + 1)
    found.columns = columns
    return found
