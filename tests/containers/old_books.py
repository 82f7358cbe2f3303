"""Minimal workbooks of old and binary kinds, written by hand from the published formats: nothing here reads them."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import Final

SECTOR: Final = 512
ERROR_RESULT, EMPTY_RESULT, TEXT_RESULT = (bytes((kind, 0, 0x17, 0, 0, 0, 0xFF, 0xFF)) for kind in (2, 3, 0))


def ole(streams: Mapping[str, bytes]) -> bytes:
    """Make an OLE2 container of streams, each long enough to lie in sectors of its own ([MS-CFB])."""
    sectors: list[bytes] = []
    table: list[int] = []
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, 1 if streams else -1)]
    for place, (name, content) in enumerate(streams.items(), start=1):
        padded = content.ljust(4096, b"\0")
        padded += bytes(-len(padded) % SECTOR)
        first, count = len(sectors), len(padded) // SECTOR
        sectors += [padded[at : at + SECTOR] for at in range(0, len(padded), SECTOR)]
        table += [*range(first + 1, first + count), 0xFFFFFFFE]
        following = place + 1 if place < len(streams) else -1
        entries.append(_entry(name, 2, first, len(padded), -1, following))
    entries += [bytes(64) + struct.pack("<HBBiii", 0, 0, 0, -1, -1, -1) + bytes(48)] * (-len(entries) % 4)
    directory = len(sectors)
    listing = b"".join(entries)
    sectors += [listing[at : at + SECTOR] for at in range(0, len(listing), SECTOR)]
    table += [*range(directory + 1, len(sectors)), 0xFFFFFFFE]
    maps = 1
    while maps * 128 < len(table) + maps:
        maps += 1
    first_map = len(sectors)
    table += [0xFFFFFFFD] * maps
    table += [0xFFFFFFFF] * (maps * 128 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, maps, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    places = [*range(first_map, first_map + maps), *[0xFFFFFFFF] * (109 - maps)]
    head += struct.pack("<109I", *places)
    return head + b"".join(sectors) + struct.pack(f"<{len(table)}I", *table)


def _entry(name: str, kind: int, start: int, size: int, child: int, right: int = -1) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    entry = raw.ljust(64, b"\0") + struct.pack("<HBBiii", len(raw), kind, 1, -1, right, child) + bytes(36)
    return entry + struct.pack("<IQ", start, size)


def record(kind: int, body: bytes = b"") -> bytes:
    """Make a BIFF record."""
    return struct.pack("<HH", kind, len(body)) + body


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, style, value))


def label(row: int, column: int, text: str) -> bytes:
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode("latin-1"))


def error(row: int, column: int, code: int) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))


def boolean(row: int, column: int, *, value: bool) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, value, 0))


def figures(row: int, first: int, *values: tuple[int, int]) -> bytes:
    """Make a MulRk of whole numbers and their styles."""
    body = b"".join(struct.pack("<HI", style, ((value << 2) | 2) & 0xFFFFFFFF) for value, style in values)
    return record(0x00BD, struct.pack("<HH", row, first) + body + struct.pack("<H", first + len(values) - 1))


def formula(row: int, column: int, result: float | bytes, *, flags: int = 0, style: int = 0) -> bytes:
    """Make a formula (1+1) with a result: a number, or the eight bytes of another kind."""
    eight = result if isinstance(result, bytes) else struct.pack("<d", result)
    tokens = b"\x1e\x01\x00\x1e\x01\x00\x03"
    return record(
        0x0006, struct.pack("<HHH", row, column, style) + eight + struct.pack("<HIH", flags, 0, len(tokens)) + tokens
    )


def text_result(text: str) -> bytes:
    return record(0x0207, struct.pack("<HB", len(text), 0) + text.encode("latin-1"))


def dimensions(rows: int, columns: int) -> bytes:
    return record(0x0200, struct.pack("<IIHHH", 0, rows, 0, columns, 0))


def chart(*cells: bytes) -> bytes:
    """Make a chart that lies within a sheet and keeps figures of its own."""
    return record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0020, 0, 0, 0, 0)) + b"".join(cells) + record(0x000A)


STYLES: Final = b"".join(
    (
        record(0x041E, struct.pack("<HHB", 164, 4, 0) + b"0.0%"),
        record(0x041E, struct.pack("<HHB", 165, 3, 1) + "0 %".encode("utf-16-le")),
        *(record(0x00E0, struct.pack("<HH", 0, number) + bytes(16)) for number in (0, 10, 164, 165, 9, 14)),
    )
)
"""Styles of `book`: 0 general, 1 `0.00%`, 2 `0.0%`, 3 `0 %`, 4 `0%`, 5 a date."""


def book(sheets: Mapping[str, Sequence[bytes]], *, hidden: Sequence[str] = (), extra: bytes = b"") -> bytes:
    """Make the workbook stream of an .xls (BIFF8) of sheets given as their records."""
    opening = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)) + extra + STYLES
    listed = [struct.pack("<BBBB", name in hidden, 0, len(name), 0) + name.encode("latin-1") for name in sheets]
    start = len(opening) + sum(8 + len(one) for one in listed) + 4
    bodies = [
        record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6)) + b"".join(cells) + record(0x000A)
        for cells in sheets.values()
    ]
    for one, body in zip(listed, bodies, strict=True):
        opening += record(0x0085, struct.pack("<I", start) + one)
        start += len(body)
    return opening + record(0x000A) + b"".join(bodies)


def xls(sheets: Mapping[str, Sequence[bytes]], *, hidden: Sequence[str] = (), extra: bytes = b"") -> bytes:
    """Make an .xls."""
    return ole({"Workbook": book(sheets, hidden=hidden, extra=extra)})


def record12(kind: int, body: bytes = b"") -> bytes:
    """Make a BIFF12 record."""
    head = bytes((kind,)) if kind < 0x80 else bytes(((kind & 0x7F) | 0x80, kind >> 7))
    length, size = len(body), b""
    while length >= 0x80:
        size, length = size + bytes(((length & 0x7F) | 0x80,)), length >> 7
    return head + size + bytes((length,)) + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def cell12(kind: int, column: int, body: bytes, style: int = 0) -> bytes:
    return record12(kind, struct.pack("<II", column, style) + body)


def row12(row: int, *cells: bytes) -> bytes:
    return record12(0, struct.pack("<IIHBBBII", row, 0, 300, 0, 0, 0, 0, 0)) + b"".join(cells)


def number12(column: int, value: float, style: int = 0) -> bytes:
    return cell12(5, column, struct.pack("<d", value), style)


def text12(column: int, text: str) -> bytes:
    return cell12(6, column, wide(text))


def error12(column: int, code: int) -> bytes:
    return cell12(3, column, bytes((code,)))


def formula_error12(column: int, code: int) -> bytes:
    return cell12(11, column, bytes((code,)) + struct.pack("<HII", 0, 0, 0))


def sheet12(*rows: bytes, claimed: tuple[int, int] = (0, 0)) -> bytes:
    shape = record12(148, struct.pack("<IIII", 0, claimed[0], 0, claimed[1]))
    return record12(129) + shape + record12(145) + b"".join(rows) + record12(146) + record12(130)


STYLES12: Final = b"".join(
    (
        record12(615, struct.pack("<I", 1)),
        record12(44, struct.pack("<H", 164) + wide("0.0%")),
        record12(616),
        record12(626, struct.pack("<I", 1)) + record12(47, struct.pack("<HH", 0xFFFF, 10) + bytes(12)) + record12(627),
        record12(617, struct.pack("<I", 3)),
        *(record12(47, struct.pack("<HH", 0, number) + bytes(12)) for number in (0, 10, 164)),
        record12(618),
    )
)
"""Styles of `xlsb`: 0 general, 1 `0.00%`, 2 `0.0%`; and one style of styles, which is none of a cell's."""


def xlsb(sheets: Mapping[str, bytes], *, hidden: Sequence[str] = (), styles: bytes | None = STYLES12) -> bytes:
    """Make an .xlsb of sheets given as their parts."""
    bundle = b"".join(
        record12(156, struct.pack("<II", name in hidden, place) + wide(f"rId{place}") + wide(name))
        for place, name in enumerate(sheets, start=1)
    )
    relations = "".join(
        f'<Relationship Id="rId{place}" Type="worksheet" Target="worksheets/sheet{place}.bin"/>'
        for place in range(1, len(sheets) + 1)
    )
    parts: dict[str, bytes] = {
        "[Content_Types].xml": b"<Types/>",
        "xl/workbook.bin": record12(131) + record12(143) + bundle + record12(144) + record12(132),
        "xl/_rels/workbook.bin.rels": f"<Relationships>{relations}</Relationships>".encode(),
        **{f"xl/worksheets/sheet{place}.bin": part for place, part in enumerate(sheets.values(), start=1)},
    }
    if styles is not None:
        parts["xl/styles.bin"] = styles
    return zipped(parts)


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """Make an archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()
