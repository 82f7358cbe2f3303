"""The archive around the parts: what another program would inflate as another file is refused."""

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from corpus.case import Case, Exact, OneOf, Outcome, Refused
from corpus.workbook import BOOK, RELATIONS, SHEET_PART, STYLES, archive, changed_sheet, figure_cell, parts
from corpus.zip_bytes import DEFLATED, STORED, Entry, entries, entry, replaced, written

OTHER: Final = changed_sheet({"C5": figure_cell("C5", 1)})
"""The sheet with another figure: what must never be read in the place of the first."""
BROKEN: Final = Refused("rusak|terpotong")
LEFT_OPEN: Final = OneOf((Exact(), Refused("rusak|terpotong|arsip|lembar")))


def _case(name: str, content: bytes, outcome: Outcome, why: str) -> Case:
    return Case(f"zip-{name}", "arsip.xlsx", content, outcome, why)


def _sheet() -> Entry:
    return entry(SHEET_PART, changed_sheet())


def _with(*others: Entry) -> bytes:
    """Write the workbook with other entries in the place of its sheet."""
    return written(replaced(entries(parts()), SHEET_PART, *others))


def _sound() -> Iterator[Case]:
    own = parts()
    yield _case("plain", archive(own), Exact(), "the sound workbook")
    yield _case("by-hand", written(entries(own)), Exact(), "the same from our own writer of archives")
    yield _case("stored", archive(own, zipfile.ZIP_STORED), Exact(), "nothing deflated: some libraries do so")
    yield _case("reversed", archive(dict(reversed(own.items()))), Exact(), "parts in another order")
    yield _case(
        "comment", written(entries(own), comment=b"dibuat oleh SAKTI"), Exact(), "an archive may bear a comment"
    )
    more = [*entries(own), *(entry(name, b"") for name in ("xl/", "docProps/", "customXml/"))]
    yield _case("folders", written(more), Exact(), "folders have entries in archives of zip programs")
    streamed = replace(_sheet(), flags=8, local={"crc": 0, "packed": 0, "size": 0})
    trailer = struct.pack("<4sIII", b"PK\x07\x08", streamed.crc, len(streamed.packed), streamed.size)
    yield _case("streamed", _with(replace(streamed, after=trailer)), Exact(), "Java writes sizes after the data")
    yield _case("names-in-utf-8", _with(replace(_sheet(), flags=0x800)), Exact(), "the flag of names in UTF-8")
    odd = {name.upper() if name.startswith("xl/") else name: part for name, part in own.items()}
    yield _case("upper-case", archive(odd), Exact(), "names of parts have no case (OPC)")
    slashed = {f"/{name}": part for name, part in own.items()}
    yield _case("leading-slash", archive(slashed), Exact(), "some writers put the slash of the URI")
    backslashed = written([replace(one, name=one.name.replace(b"/", b"\\")) for one in entries(own)])
    yield _case("backslashes", backslashed, Exact(), "old .NET wrote them")
    big = written(replaced(entries(own), SHEET_PART, _zip64(_sheet())))
    yield _case("zip64", big, Exact(), "sizes in an extra field of 64 bits, which POI writes for streams")
    yield _case(
        "many", archive(own | {f"docProps/{n}.xml": b"" for n in range(1000 - len(own))}), Exact(), "1,000 entries"
    )
    yield _case(
        "too-many", archive(own | {f"docProps/{n}.xml": b"" for n in range(1001 - len(own))}), BROKEN, "1,001 entries"
    )
    junk = {"../../tmp/lkj-jahat": b"x", "C:\\lkj.txt": b"x", "xl/media/gambar.png": b"\x89PNG"}
    yield _case("paths", archive(own | junk), Exact(), "names that lead out of the folder: nothing is ever unpacked")


def _zip64(one: Entry) -> Entry:
    extra = struct.pack("<HHQQ", 1, 16, one.size, len(one.packed))
    return replace(
        one,
        extra=extra,
        local={"size": 2**32 - 1, "packed": 2**32 - 1},
        central={"size": 2**32 - 1, "packed": 2**32 - 1},
    )


def _twice() -> Iterator[Case]:
    why = "a25: readers disagree which of two they take"
    yield _case("part-twice", _with(_sheet(), entry(SHEET_PART, OTHER)), Refused("ada dua"), why)
    yield _case("part-twice-first", _with(entry(SHEET_PART, OTHER), _sheet()), Refused("ada dua"), why)
    shouted = entry(SHEET_PART.upper(), OTHER)
    yield _case(
        "part-twice-by-case", _with(_sheet(), shouted), Refused("ada dua"), "two names that differ in case only"
    )
    slashed = entry(f"/{SHEET_PART}", OTHER)
    yield _case("part-twice-by-slash", _with(_sheet(), slashed), Refused("ada dua"), "two names that differ in a slash")
    yield _case("book-twice", written([*entries(parts()), entry(BOOK, "")]), Refused("ada dua"), why)
    dotted = entry("xl/./worksheets/sheet1.xml", OTHER)
    yield _case("part-twice-by-dot", _with(_sheet(), dotted), LEFT_OPEN, "a name that a file system takes for the same")
    nul = entry(f"{SHEET_PART}\0.txt", OTHER)
    yield _case("name-with-nul", _with(_sheet(), nul), Refused("."), "C ends a name at NUL, so this is a second sheet")


def _overlapping() -> Iterator[Case]:
    whole = entries(parts())
    ghosts = [replace(_sheet(), name=f"xl/worksheets/sheet{n}.xml".encode(), is_written=False) for n in range(2, 102)]
    why = "b06: entries of one body inflate a hundredfold; zipfile of Python 3.11 takes them"
    at = len(written(whole[:5], end={}))
    yield _case(
        "overlap-same", written([*whole, *(replace(one, central={"offset": 0}) for one in ghosts)]), BROKEN, why
    )
    inner = replace(ghosts[0], central={"offset": 40})
    yield _case("overlap-inside", written([*whole, inner]), BROKEN, f"b06: an entry inside another ({at})")
    quoted = archive({"xl/worksheets/sheet2.xml": OTHER})
    yield _case(
        "overlap-nested", _with(replace(_sheet(), after=quoted)), LEFT_OPEN, "an archive in the gap after an entry"
    )
    yield _case(
        "into-directory",
        _with(replace(_sheet(), central={"packed": 10**6})),
        BROKEN,
        "a body that runs into the directory",
    )


def _before() -> Iterator[Case]:
    own = archive(parts())
    why = "bytes before the archive: programs disagree where it begins"
    yield _case("junk-before", b"\x00\x01halo" + own, Refused("."), why)
    yield _case("text-before", b"Laporan\n" + own, Refused("."), why)
    other = archive(parts(OTHER))
    yield _case("archive-before", other + own, BROKEN, "an archive before the archive")
    yield _case("header-before", b"PK\x03\x04" + bytes(26) + own, BROKEN, "a header that no directory lists")
    yield _case(
        "gap-before-first",
        written([replace(one, before=b"x" * (not n)) for n, one in enumerate(entries(parts()))]),
        Refused("."),
        why,
    )
    yield _case("junk-after", own + b"x" * 100, LEFT_OPEN, "a download with a tail")
    yield _case("archive-after", own + other, BROKEN, "two archives: the last directory is the other's")


def _lying() -> Iterator[Case]:
    sheet = _sheet()
    flipped = bytearray(sheet.packed)
    flipped[len(flipped) // 2] ^= 0x10
    for name, one, why in (
        ("crc", replace(sheet, crc=sheet.crc ^ 1), "the sum does not fit the body"),
        ("crc-of-directory", replace(sheet, central={"crc": 0}), "as above, in the directory only"),
        ("bit-flipped", replace(sheet, packed=bytes(flipped)), "one bit of the body"),
        ("body-cut", replace(sheet, packed=sheet.packed[:100]), "the body ends early"),
        ("body-random", replace(sheet, packed=b"\x07" + bytes(500)), "no deflate at all"),
        ("size-smaller", replace(sheet, size=sheet.size - 10), "the sheet would lose its end"),
        ("size-larger", replace(sheet, size=sheet.size + 10), "more is promised than is there"),
        ("size-zero", replace(sheet, central={"size": 0}), "an empty sheet, says the directory"),
        ("size-huge", replace(sheet, central={"size": 2**32 - 2}), "4 GiB, says the directory"),
        ("packed-smaller", replace(sheet, central={"packed": 100}), "the body ends early, says the directory"),
        ("packed-zero", replace(sheet, central={"packed": 0}), "as above"),
        ("offset-past-end", replace(sheet, central={"offset": 10**7}), "past the end of the file"),
        ("offset-between", replace(sheet, central={"offset": 3}), "no header there"),
        ("header-magic", replace(sheet, local={"magic": b"XX\x03\x04"}), "no header there"),
        ("directory-magic", replace(sheet, central={"magic": b"XX\x01\x02"}), "no entry there"),
        ("name-of-header", replace(sheet, local={"name": b"xl/worksheets/sheet9.xml"}), "two names of one body"),
    ):
        yield _case(f"lie-{name}", _with(one), Refused("rusak|terpotong|lembar"), why)
    for name, one, why in (
        (
            "sizes-of-header",
            replace(sheet, local={"size": 1, "packed": 1}),
            "the header's sizes differ from the directory's",
        ),
        (
            "method-of-header",
            replace(sheet, local={"method": STORED}),
            "the header's method differs from the directory's",
        ),
        ("crc-of-header", replace(sheet, local={"crc": 1}), "the header's sum differs from the directory's"),
        ("extra-broken", replace(sheet, extra=b"\x01\x00\xff\xff"), "an extra field longer than it is"),
        (
            "extra-zip64-short",
            replace(sheet, extra=b"\x01\x00\x02\x00ab", central={"size": 2**32 - 1}),
            "no size in 64 bits",
        ),
        ("disk", replace(sheet, central={"disk": 1}), "an archive on several disks"),
        ("version", replace(sheet, central={"version": 99}), "a version of zip that does not exist"),
        ("comment", replace(sheet, central={"comment": b"x" * 60_000}), "a long remark on an entry"),
    ):
        yield _case(f"lie-{name}", _with(one), LEFT_OPEN, why)
    unused = replace(entry("docProps/core.xml", b"<x/>"), crc=1)
    yield _case(
        "lie-crc-of-unused", written([*entries(parts()), unused]), LEFT_OPEN, "a damaged part that nobody needs"
    )
    style = entry(STYLES, parts()[STYLES])
    yield _case(
        "lie-crc-of-styles",
        written(replaced(entries(parts()), STYLES, replace(style, crc=1))),
        BROKEN,
        "dates would be figures",
    )


def _ends() -> Iterator[Case]:
    own = entries(parts())
    for name, end in {
        "count": {"here": 65_535, "all": 65_535},
        "fewer": {"here": 1, "all": 1},
        "none": {"here": 0, "all": 0, "size": 0},
        "offset": {"offset": 5},
        "offset-past-end": {"offset": 10**8},
        "size": {"size": 10**8},
        "size-zero": {"size": 0},
        "disks": {"disk": 7, "start": 7},
        "all-ones": {"here": 65_535, "all": 65_535, "size": 2**32 - 1, "offset": 2**32 - 1},
    }.items():
        yield _case(f"end-{name}", written(own, end=end), LEFT_OPEN, "the last record lies")
    whole = archive(parts())
    for cut in (1, 10, 22, 60, len(whole) // 2, len(whole) - 100, len(whole) - 4):
        yield _case(f"cut-{cut}", whole[:-cut], BROKEN, "a download that broke off")


def _locked() -> Iterator[Case]:
    sheet = _sheet()
    locked = Refused("kata sandi")
    yield _case("encrypted", _with(replace(sheet, flags=1)), locked, "a part with a password")
    yield _case("encrypted-strongly", _with(replace(sheet, flags=0x41)), locked, "a part with a password, strongly")
    yield _case(
        "encrypted-in-directory", _with(replace(sheet, central={"flags": 1})), locked, "says only the directory"
    )
    yield _case(
        "encrypted-in-header",
        _with(replace(sheet, local={"flags": 1})),
        OneOf((locked, LEFT_OPEN)),
        "says only the header",
    )
    for method, name in (
        (1, "shrunk"),
        (9, "deflate64"),
        (12, "bzip2"),
        (14, "lzma"),
        (93, "zstd"),
        (95, "xz"),
        (99, "aes"),
    ):
        yield _case(
            f"method-{name}",
            _with(replace(sheet, method=method)),
            Refused("rusak|dimampatkan|kata sandi"),
            "Excel knows two methods",
        )
    squeezed = archive(parts(), zipfile.ZIP_BZIP2)
    yield _case("method-bzip2-sound", squeezed, Refused("dimampatkan"), "sound, but no program's that writes .xlsx")


def _lacking() -> Iterator[Case]:
    yield _case("no-book", archive(parts(None, {BOOK: None})), Refused("workbook"), "the list of sheets is missing")
    yield _case("no-relations", archive(parts(None, {RELATIONS: None})), Refused("lembar"), "no sheet can be found")
    yield _case("no-sheet", archive(parts(None, {SHEET_PART: None})), Refused("lembar"), "the sheet is missing")
    yield _case("no-styles", archive(parts(None, {STYLES: None})), Exact(), "a workbook needs no styles")
    yield _case(
        "no-types", archive(parts(None, {"[Content_Types].xml": None})), LEFT_OPEN, "the list of kinds is missing"
    )
    yield _case("no-root", archive(parts(None, {"_rels/.rels": None})), LEFT_OPEN, "the first relation is missing")
    yield _case("empty-sheet", archive(parts(b"")), Refused("rusak"), "0 bytes of XML")
    empty = entry("x", b"", method=DEFLATED)
    yield _case(
        "nothing-of-ours",
        written([replace(empty, name=b"catatan.txt")]),
        Refused("workbook|arsip"),
        "a zip of one text",
    )


CASES: Final = (*_sound(), *_twice(), *_overlapping(), *_before(), *_lying(), *_ends(), *_locked(), *_lacking())
