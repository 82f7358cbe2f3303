"""Small files that ask for much: of memory, of time, of both; made without either."""

import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from corpus.case import Case, Exact, OneOf, Outcome, Refused
from corpus.workbook import (
    HEAD,
    MAIN,
    RELATIONS,
    SHEET_PART,
    SHEET_RELATION,
    STRING_RELATION,
    STRINGS,
    STYLE_PART,
    STYLE_RELATION,
    STYLES,
    TAIL,
    archive,
    cells,
    changed_sheet,
    parts,
    relations,
    rows,
    worksheet,
    xlsx,
)
from corpus.zip_bytes import Entry, entries, entry, replaced, written

BROKEN: Final = Refused("rusak|batas")
LEFT_OPEN: Final = OneOf((Exact(), BROKEN))
MIB: Final = 2**20


def repeated(name: str, head: bytes, block: bytes, times: int, tail: bytes) -> Entry:
    """Make an entry whose body holds a block many times, deflated only once."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    middle = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    last = packer.compress(tail) + packer.flush()
    crc = zlib.crc32(head)
    for _ in range(times):
        crc = zlib.crc32(block, crc)
    size = len(head) + times * len(block) + len(tail)
    return Entry(name.encode(), first + middle * times + last, size, zlib.crc32(tail, crc))


def _sheet_of(block: str, times: int) -> bytes:
    """Write the workbook with a block many times at the end of its rows."""
    head, tail = worksheet(rows(cells())).split("</sheetData>")
    one = repeated(SHEET_PART, head.encode(), block.encode(), times, f"</sheetData>{tail}".encode())
    return written(replaced(entries(parts()), SHEET_PART, one))


def _strings_of(block: str, times: int) -> bytes:
    """Write the workbook with a table of many texts, none of them used."""
    head, tail = f'<sst xmlns="{MAIN}">'.encode(), b"</sst>"
    own = parts(None, {RELATIONS: relations(SHEET_RELATION, STYLE_RELATION, STRING_RELATION)})
    return written([*entries(own), repeated(STRINGS, head, block.encode(), times, tail)])


def _lying(size: int) -> bytes:
    """Write a sheet of 256 MiB that the directory calls small."""
    one = repeated(SHEET_PART, HEAD.encode(), b" " * MIB, 256, b"<sheetData/>" + TAIL.encode())
    return written(replaced(entries(parts()), SHEET_PART, replace(one, size=size)))


def _looks() -> bytes:
    """Write 180 MB of looks."""
    styles = STYLE_PART.replace("</styleSheet>", "").encode()
    many = repeated(STYLES, styles, b"<dxfs>" + b"<dxf/>" * 100_000 + b"</dxfs>", 300, b"</styleSheet>")
    return written(replaced(entries(parts()), STYLES, many))


def _unused() -> bytes:
    """Write a part of 300 MiB that nothing leads to."""
    return written([*entries(parts()), repeated("xl/media/x.bin", b"", b" " * MIB, 300, b"")])


def _many_entries() -> bytes:
    """Write an archive of 60,000 empty entries."""
    return archive(parts() | {f"x/{n}": b"" for n in range(60_000)}, zipfile.ZIP_STORED)


def _empty_rows() -> bytes:
    """Write a million rows of five empty styled cells under the table: b11, an accident that happens."""
    blank = '<row r="{0}">' + "".join(f'<c r="{letter}{{0}}" s="1"/>' for letter in "ABCDE") + "</row>"
    return xlsx(worksheet([*rows(cells()), *(blank.format(row) for row in range(20, 1_000_000))]))


def _own_grid() -> bytes:
    """Write 20 rows of 16,000 cells beside the table, every one its own figure: many cells in no small file."""
    chance = random.Random(1)  # noqa: S311 - the same each time
    made = [*rows(cells())]
    for row in range(20, 40):
        figures = "".join(f"<c><v>{chance.randrange(10**9)}</v></c>" for _ in range(16_000))
        made.append(f'<row r="{row}"><c r="H{row}"/>{figures}</row>')
    return xlsx(worksheet(made))


def _case(name: str, content: bytes | Callable[[], bytes], outcome: Outcome, why: str) -> Case:
    return Case(f"bomb-{name}", "bom.xlsx", content, outcome, why)


def _inflating() -> Iterator[Case]:
    blanks = partial(_sheet_of, " " * MIB, 1024)
    yield _case("blanks", blanks, BROKEN, "b01: 1 GiB of blanks in 1 MB")
    row = '<row><c t="n"><v>1</v></c><c><v>1</v></c></row>' * 20_000
    yield _case("cells", partial(_sheet_of, row, 420), BROKEN, "b02: 16.8 million cells in 1 MB")
    yield _case("texts", partial(_strings_of, "<si><t>x</t></si>" * 50_000, 400), BROKEN, "20 million texts")
    yield _case(
        "text-blanks", partial(_strings_of, "<si><t>" + " " * MIB + "</t></si>", 200), BROKEN, "texts of blanks"
    )
    yield _case("comment", partial(_sheet_of, "<!--" + "x" * MIB + "-->", 300), BROKEN, "comments of 300 MB")
    yield _case(
        "merges",
        partial(_sheet_of, "</sheetData><mergeCells>" + '<mergeCell ref="A1:B1"/>' * 50_000, 1),
        BROKEN,
        "cut in merges",
    )
    yield _case("styles", _looks, BROKEN, "180 MB of looks")
    for size in (1000, 2**20, 2**32 - 2):
        yield _case(f"size-lies-{size}", partial(_lying, size), BROKEN, "the directory says another size")
    small = changed_sheet(before="<!--" + "x" * 900_000 + "-->")
    yield _case("ratio-below-a-mebibyte", xlsx(small), Exact(), "a short part may inflate at any ratio")
    large = changed_sheet(before="<!--" + "x" * 2_000_000 + "-->")
    yield _case("ratio-above-a-mebibyte", xlsx(large), BROKEN, "inflated : deflated over 100")
    yield _case("unused", _unused, LEFT_OPEN, "a bomb that nobody opens")


def _nested() -> Iterator[Case]:
    inner = xlsx()
    for _ in range(5):
        inner = written([entry("isi.zip", inner)])
    yield _case("zips-in-zips", inner, Refused("."), "archives in archives: nothing is unpacked twice")
    extra = struct.pack("<HH", 0xCAFE, 60_000) + bytes(60_000)
    padded = written([replace(one, extra=extra) for one in entries(parts())])
    yield _case("extra-fields", padded, LEFT_OPEN, "60,000 bytes of extra fields an entry")
    yield _case("many-names", _many_entries, BROKEN, "60,000 entries")


def _accidents() -> Iterator[Case]:
    yield _case("empty-rows", _empty_rows, Exact(), "b11: a million rows of empty styled cells; openpyxl hangs")
    yield _case("wide-grid", _own_grid, LEFT_OPEN, "320,000 figures beside and under the table")


def _slow() -> Iterator[Case]:
    escapes = "_x0041_" * 4000
    yield _case(
        "escapes",
        xlsx(changed_sheet({"B5": f'<c r="B5" t="inlineStr"><is><t>{escapes}</t></is></c>'})),
        Exact(),
        "4,000 escapes",
    )
    unders = "_x" * 16_000
    yield _case(
        "half-escapes",
        xlsx(changed_sheet({"B5": f'<c r="B5" t="inlineStr"><is><t>{unders}</t></is></c>'})),
        Exact(),
        "16,000 halves",
    )
    pieces = "".join(f"&#{48 + n % 10};<!---->" for n in range(20_000))
    yield _case(
        "pieces",
        xlsx(changed_sheet({"B5": f'<c r="B5" t="inlineStr"><is><t>{pieces}</t></is></c>'})),
        Exact(),
        "a text in 20,000 pieces",
    )
    runs = "<r><t>x</t></r>" * 30_000
    yield _case(
        "runs",
        xlsx(changed_sheet({"B5": f'<c r="B5" t="inlineStr"><is>{runs}</is></c>'})),
        Exact(),
        "a text in 30,000 runs",
    )
    blanks = "<row" + " " * 500_000 + ' r="50"/>'
    yield _case(
        "blanks-in-a-tag", xlsx(worksheet([*rows(cells()), blanks])), LEFT_OPEN, "half a megabyte of blanks in a tag"
    )
    gaps = (" " * 60 + "\n") * 16_000
    yield _case(
        "blanks-between-rows", xlsx(worksheet([*rows(cells()), gaps])), Exact(), "a megabyte of blanks between rows"
    )
    code = "[" * 900_000
    yield _case(
        "format-of-brackets",
        xlsx(None, {STYLES: STYLE_PART.replace("dd/mm/yyyy;@", code)}),
        LEFT_OPEN,
        "a format that a pattern would try in every way",
    )
    quotes = "&quot;" * 30_001
    yield _case(
        "format-of-quotes",
        xlsx(None, {STYLES: STYLE_PART.replace("dd/mm/yyyy;@", quotes)}),
        Exact(),
        "as above, quotes",
    )
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode="d{n}"/>' for n in range(200, 30_000))
    yield _case(
        "formats",
        xlsx(None, {STYLES: STYLE_PART.replace("</numFmts>", f"{formats}</numFmts>")}),
        Exact(),
        "30,000 formats",
    )


CASES: Final = (*_inflating(), *_nested(), *_accidents(), *_slow())
