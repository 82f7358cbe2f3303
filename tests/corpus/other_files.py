"""Files that are no .xlsx: spreadsheets of other kinds, and what is no spreadsheet at all, whatever it is called."""

import bz2
import gzip
import io
import lzma
import random
import struct
import tarfile
from collections.abc import Iterator, Sequence
from typing import Final

from corpus.case import Case, Exact, OneOf, Outcome, Refused
from corpus.old_files import ole, records, workbook_stream, xlsb
from corpus.pages import CASES as PAGES
from corpus.table import TABLE
from corpus.text_files import CASES as TEXTS
from corpus.workbook import archive, parts, xlsx

WORDS: Final = "(?s)."


def _case(name: str, content: bytes, outcome: Outcome, why: str, file: str = "laporan.xlsx") -> Case:
    return Case(f"file-{name}", file, content, outcome, why)


def _named(content: bytes | object, file: str, name: str) -> Case:
    if not isinstance(content, bytes):
        raise TypeError
    return _case(name, content, Exact(), "a file is what its bytes are, not its name", file)


def _names() -> Iterator[Case]:
    for file in (
        "laporan.xls",
        "laporan.csv",
        "laporan.html",
        "laporan.ods",
        "laporan",
        ".xlsx",
        "a b\u00e9\u202e.xlsx",
        "x" * 200,
    ):
        yield _named(xlsx(), file, f"xlsx-as-{file[:12]}")
    page, text = PAGES[0].content, TEXTS[0].content
    for file in ("laporan.xlsx", "laporan.csv", "laporan.ods"):
        yield _named(page, file, f"html-as-{file}")
        yield _named(text, file, f"csv-as-{file}")


def _strangers() -> Iterator[Case]:
    noise = random.Random(2024).randbytes(4096)  # noqa: S311 - the same each time
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as out:
        out.addfile(tarfile.TarInfo("x"), io.BytesIO())
    for name, content, words in (
        ("empty", b"", "kosong"),
        ("one-byte", b"P", WORDS),
        ("two-bytes", b"PK", WORDS),
        ("magic-alone", b"PK\x03\x04", WORDS),
        ("noise", b"\x8f" + noise, WORDS),
        ("zeros", bytes(10_000), "nol"),
        ("ones", b"\xff" * 10_000, WORDS),
        ("newlines", b"\n" * 10_000, WORDS),
        ("blanks", b" " * 10_000, WORDS),
        ("one-word", b"halo", WORDS),
        ("prose", b"Yth. Bapak,\nbersama ini kami kirim laporan.\nTerima kasih.\n", WORDS),
        ("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + noise, "PDF"),
        ("pdf-late", b"\n\n%PDF-1.4\n" + noise, "PDF"),
        ("gzip", gzip.compress(xlsx(), mtime=0), "gzip|ekstrak"),
        ("bzip2", bz2.compress(xlsx()), "bzip2|ekstrak"),
        ("xz", lzma.compress(xlsx()), "xz|ekstrak"),
        ("rar", b"Rar!\x1a\x07\x01\x00" + noise, "RAR"),
        ("7z", b"7z\xbc\xaf\x27\x1c\x00\x04" + noise, "7-Zip"),
        ("tar", tar.getvalue(), WORDS),
        ("png", b"\x89PNG\r\n\x1a\n" + noise, "PNG"),
        ("jpeg", b"\xff\xd8\xff\xe0" + noise, "JPEG"),
        ("gif", b"GIF89a" + noise, "GIF"),
        ("tiff", b"II*\x00" + noise, "TIFF"),
        ("rtf", b"{\\rtf1\\ansi Laporan}", "RTF"),
        ("sqlite", b"SQLite format 3\x00" + bytes(100), "SQLite"),
        ("program", b"MZ" + noise, WORDS),
        ("elf", b"\x7fELF" + noise, WORDS),
        ("parquet", b"PAR1" + noise + b"PAR1", WORDS),
        ("json", b'{"pagu": 12309652000, "kode": "QGE.001"}', "JSON"),
        ("json-list", b'[{"pagu": 12309652000}]', "JSON"),
        ("json-error", b'{"status":401,"message":"Sesi berakhir"}', "JSON"),
        ("xml", b'<?xml version="1.0"?><laporan><pagu>1</pagu></laporan>', "XML"),
        (
            "xml-2003",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "2003",
        ),
        (
            "fods",
            b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
            "OpenDocument",
        ),
        ("mhtml", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n--x\r\n<table>", "MHTML"),
        ("laughs", b'<!DOCTYPE l [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><l>&b;</l>', WORDS),
        ("old-excel", b"\x09\x04\x06\x00\x00\x00\x10\x00" + noise, "lama"),
        ("zip-empty", b"PK\x05\x06" + bytes(18), "kosong"),
        ("zip-of-xlsx", archive({"laporan.xlsx": xlsx()}), "ekstrak"),
        ("docx", archive({"word/document.xml": "<x/>", "[Content_Types].xml": "<x/>"}), "Word"),
        ("pptx", archive({"ppt/presentation.xml": "<x/>"}), "PowerPoint"),
        (
            "odt",
            archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
            "OpenDocument",
        ),
        ("jar", archive({"META-INF/MANIFEST.MF": "x"}), "workbook|arsip"),
        ("session", b"Session expired. Please login.", WORDS),
    ):
        yield _case(name, content, Refused(words), "not a spreadsheet: said, with what it is and what to do")


def _old() -> Iterator[Case]:
    stream = workbook_stream(TABLE.cells())
    whole = ole({"Workbook": stream})
    yield _case("xls", whole, Exact(), "Excel 97", "laporan.xls")
    yield _case("xls-as-xlsx", whole, Exact(), "as above, under another name")
    yield _case("xlsb", xlsb(TABLE.cells()), Exact(), "binary .xlsb", "laporan.xlsb")
    claim = struct.pack("<IIHHH", 0, 2**32 - 1, 0, 256, 0)
    claimed = ole({"Workbook": workbook_stream(TABLE.cells(), dimensions=claim)})
    yield _case(
        "xls-claims",
        claimed,
        OneOf((Exact(), Refused("xls|rusak|batas"))),
        "b28: calamine aborts, asking for 11 PB",
        "laporan.xls",
    )
    far = xlsb({**TABLE.cells(), "XFD1048576": 1})
    yield _case("xlsb-far", far, OneOf((Exact(), Refused("xlsb|rusak|batas"))), "b29: calamine aborts", "laporan.xlsb")
    locked = ole({"EncryptedPackage": bytes(5000), "EncryptionInfo": bytes(5000)})
    yield _case("password", locked, Refused("kata sandi"), "23 kinds get one message from others; this one has its own")
    filepass = ole(
        {"Workbook": records((0x0809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)), (0x2F, bytes(54))) + bytes(4096)}
    )
    yield _case("password-xls", filepass, Refused("kata sandi"), "an old workbook with a password", "laporan.xls")
    yield _case("doc", ole({"WordDocument": bytes(5000)}), Refused(WORDS), "an old Word document")
    yield _case("ole-head", whole[:512], Refused(WORDS), "a head and nothing else")
    noise = random.Random(1).randbytes(9000)  # noqa: S311 - the same each time
    yield _case("ole-noise", whole[:512] + noise, Refused(WORDS), "noise under a head")
    for cut in (100, 1000, len(whole) // 2):
        outcome = OneOf((Refused(WORDS), Exact()))
        yield _case(f"xls-cut-{cut}", whole[:-cut], outcome, "a download that broke off", "laporan.xls")
    looped = bytearray(whole)
    looped[44:48] = struct.pack("<I", 2**32 - 1)
    yield _case(
        "ole-claims", bytes(looped), OneOf((Refused(WORDS), Exact())), "4 billion sectors of maps", "laporan.xls"
    )
    squeezed = parts()
    squeezed["xl/workbook.bin"] = b"\x83\x01\x00" + bytes(100)
    del squeezed["xl/workbook.xml"]
    yield _case("xlsb-noise", archive(squeezed), Refused(WORDS), "a binary list of sheets that is none")


ODS_HEAD: Final = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
)
ODS_TAIL: Final = "</office:spreadsheet></office:body></office:document-content>"


def _ods_cell(value: str | int) -> str:
    if isinstance(value, int):
        attributes = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell {attributes}><text:p>{value:,}</text:p></table:table-cell>"
    return (
        f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        if value
        else "<table:table-cell/>"
    )


def ods_rows() -> list[str]:
    """Write the rows of the table as OpenDocument."""
    return [f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in TABLE.grid()]


def ods(rows: Sequence[str], head: str = ODS_HEAD, before: str = "") -> bytes:
    """Write an OpenDocument spreadsheet."""
    content = (
        f'<?xml version="1.0"?>{before}{head}<table:table table:name="C.1">{"".join(rows)}</table:table>{ODS_TAIL}'
    )
    return archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def _open() -> Iterator[Case]:
    rows = ods_rows()
    either = OneOf((Exact(), Refused(WORDS)))
    row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    filled = _ods_cell("x").replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="1000"')
    for name, content, outcome, why in (
        ("plain", ods(rows), Exact(), "OpenDocument"),
        ("tail", ods([*rows, row.format(1_048_563, blank)]), Exact(), "LibreOffice's own tail"),
        (
            "repeated",
            ods([*rows, row.format(1_000_000, filled)]),
            Refused("batas|sel"),
            "b26: 67 million repeated cells; calamine aborts",
        ),
        ("repeat-huge", ods([*rows, row.format("9" * 20, "")]), either, "a repeat that no grid holds"),
        ("repeat-odd", ods([*rows, row.format(-1, "")]), either, "a repeat of less than one"),
        ("typed", ods(rows, before="<!DOCTYPE x>"), Refused("DOCTYPE"), "c08 in OpenDocument"),
        ("cut", ods(rows).replace(b"PK\x05\x06", b"PK\x05\x07"), Refused(WORDS), "no end of the archive"),
        ("not-sound", ods([*rows, "<table:table-row>"]), Refused("rusak"), "XML that is cut off"),
        ("none", ods([]), Refused(WORDS), "a sheet without rows"),
    ):
        yield _case(f"ods-{name}", content, outcome, why, "laporan.ods")


CASES: Final = (*_names(), *_strangers(), *_old(), *_open())
