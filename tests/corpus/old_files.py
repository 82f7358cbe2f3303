"""The table as .xls (BIFF8 in OLE2) and .xlsb (BIFF12), written from the published formats."""

import re
import struct
from collections.abc import Iterator, Mapping
from typing import Final

from corpus.table import SHEET
from corpus.workbook import OFFICE, archive

_SECTOR: Final = 512
_FREE, _END, _MAP = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_BOOK, _SHEET = 5, 16
Cells = Mapping[str, str | int]


def _places(cells: Cells) -> Iterator[tuple[int, int, str | int]]:
    """Give the cells in order of row and column, 0-based."""
    for place, value in sorted(cells.items(), key=lambda one: (int(re.sub("[A-Z]", "", one[0])), len(one[0]), one[0])):
        letters = place.rstrip("0123456789")
        column = 0
        for letter in letters:
            column = 26 * column + ord(letter) - 64
        yield int(place[len(letters) :]) - 1, column - 1, value


def records(*those: tuple[int, bytes]) -> bytes:
    """Write BIFF records."""
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in those)


def _opening(kind: int) -> tuple[int, bytes]:
    return 0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6)


def workbook_stream(cells: Cells, dimensions: bytes = b"") -> bytes:
    """Write the stream of a workbook of one sheet ([MS-XLS])."""
    name = SHEET.encode()
    sheet = [_opening(_SHEET)]
    if dimensions:
        sheet.append((0x0200, dimensions))
    for row, column, value in _places(cells):
        if isinstance(value, int):
            sheet.append((0x0203, struct.pack("<HHHd", row, column, 0, value)))
        else:
            sheet.append((0x0204, struct.pack("<HHHHB", row, column, 0, len(value), 0) + value.encode("latin-1")))
    looks = (0x00E0, struct.pack("<HH", 0, 0) + bytes(16))
    listed = struct.pack("<BBBB", 0, 0, len(name), 0) + name
    length = len(records(_opening(_BOOK), looks, (0x0085, bytes(4) + listed), (0x000A, b"")))
    book = records(_opening(_BOOK), looks, (0x0085, struct.pack("<I", length) + listed), (0x000A, b""))
    return book + records(*sheet, (0x000A, b""))


def ole(streams: Mapping[str, bytes]) -> bytes:
    """Write an OLE2 container ([MS-CFB]) of streams, each padded to lie in sectors of its own."""
    sectors: list[bytes] = []
    table: list[int] = []
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    for number, (name, content) in enumerate(streams.items(), 1):
        padded = content.ljust(4096, b"\0")
        padded += bytes(-len(padded) % _SECTOR)
        entries.append(_entry(name, 2, len(sectors), len(padded), right=number + 1 if number < len(streams) else -1))
        count = len(padded) // _SECTOR
        table += [*range(len(sectors) + 1, len(sectors) + count), _END]
        sectors += [padded[at : at + _SECTOR] for at in range(0, len(padded), _SECTOR)]
    entries += [bytes(64) + struct.pack("<HBBiii", 0, 0, 0, -1, -1, -1) + bytes(48)] * (-len(entries) % 4)
    first = len(sectors)
    listing = b"".join(entries)
    sectors += [listing[at : at + _SECTOR] for at in range(0, len(listing), _SECTOR)]
    table += [*range(first + 1, len(sectors)), _END, _MAP]
    table += [_FREE] * (128 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, first, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", len(sectors), *[_FREE] * 108)
    return head + b"".join(sectors) + struct.pack(f"<{len(table)}I", *table)


def _entry(name: str, kind: int, start: int, size: int, *, child: int = -1, right: int = -1) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    entry = raw.ljust(64, b"\0") + struct.pack("<HBBiii", len(raw), kind, 1, -1, right, child) + bytes(36)
    return entry + struct.pack("<IQ", start, size)


def _record(kind: int, body: bytes = b"") -> bytes:
    head = bytes((kind,)) if kind < 128 else bytes((kind & 127 | 128, kind >> 7))
    length = bytes((len(body),)) if len(body) < 128 else bytes((len(body) & 127 | 128, len(body) >> 7))
    return head + length + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(cells: Cells) -> bytes:
    """Write a binary workbook of one sheet ([MS-XLSB])."""
    sheet = _record(129) + _record(148, struct.pack("<IIII", 0, 0, 0, 0)) + _record(145)
    last = -1
    for row, column, value in _places(cells):
        if row != last:
            sheet += _record(0, struct.pack("<IIHBBBII", row, 0, 300, 0, 0, 0, 0, 0))
            last = row
        place = struct.pack("<II", column, 0)
        body = struct.pack("<d", value) if isinstance(value, int) else _wide(value)
        sheet += _record(5 if isinstance(value, int) else 6, place + body)
    sheet += _record(146) + _record(130)
    listed = _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide(SHEET))
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.bin"/>'
    return archive(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.bin": _record(131) + _record(143) + listed + _record(144) + _record(132),
            "xl/_rels/workbook.bin.rels": f"<Relationships>{relation}</Relationships>",
            "xl/worksheets/sheet1.bin": sheet,
        }
    )
