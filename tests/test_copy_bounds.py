"""What would keep openpyxl busy for hours, or fill the memory, is refused before openpyxl sees it."""

import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from conftest import write_sheets

from lkj_xlsx import copy_bounds as module
from lkj_xlsx.copy_bounds import Holding, look_through
from lkj_xlsx.errors import CannotWrite, UnreadableFile
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.mark import mark

SHEET: Final = "xl/worksheets/sheet1.xml"
BOOK: Final = "xl/workbook.xml"
EVERYTHING: Final = b"A1:XFD1048576"
FAR: Final = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

Edit = Callable[[bytes], bytes]


def changed(path: Path, name: str, edit: Edit | bytes) -> Path:
    """Change one part of a workbook, or add it."""
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    parts[name] = edit if isinstance(edit, bytes) else edit(parts[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, part in parts.items():
            archive.writestr(each, part)
    return path


def after_rows(xml: bytes) -> Edit:
    return lambda part: part.replace(b"</sheetData>", b"</sheetData>" + xml)


def rows(xml: bytes) -> Edit:
    return lambda part: re.sub(
        rb"<sheetData>.*</sheetData>", b"<sheetData>" + xml + b"</sheetData>", part, flags=re.DOTALL
    )


def names(xml: bytes) -> Edit:
    return lambda part: re.sub(rb"<definedNames ?/>", b"<definedNames>" + xml + b"</definedNames>", part)


def formulas(length: int, sharing: int, kind: bytes = b't="shared" si="0"') -> bytes:
    first = b'<row r="1"><c r="A1"><f %s ref="A1:A9">%s</f></c></row>' % (kind, b"1+" * (length // 2 - 1) + b"11")
    return first + b"".join(b'<row r="%d"><c r="A%d"><f %s/></c></row>' % (r, r, kind) for r in range(2, sharing + 1))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_sheets("| 7 | 8 |", tmp_path / "contoh.xlsx")


def links(reference: bytes) -> Edit:
    return after_rows(b'<hyperlinks><hyperlink ref="' + reference + b'" location="A1"/></hyperlinks>')


COMMENT: Final = (
    b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><comment ref="%s"/></comments>'
)
TABLE: Final = b'<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ref="%s"/>'
BOMBS: Final[dict[str, tuple[str, Edit | bytes, str]]] = {
    "one link over a whole sheet": (SHEET, links(EVERYTHING), "lebih dari 200.000 sel bertaut"),
    "one link over whole columns": (SHEET, links(b"A:XFD"), "rujukan `A:XFD` bukan sel"),
    "one note over a whole sheet": ("xl/comments1.xml", COMMENT % EVERYTHING, "catatan pada `A1:XFD1048576`, bukan"),
    "one table over a whole sheet": ("xl/tables/table1.xml", TABLE % EVERYTHING, "lebih dari 2.000.000 sel tabel"),
    "one formula shared by many": (SHEET, rows(formulas(8_000, 1_500)), "lebih dari 10.000.000 huruf rumus"),
    "one name of many letters": (
        BOOK,
        names(b'<definedName name="_xlnm.Print_Titles" localSheetId="0">' + b"'" * 30_000 + b"</definedName>"),
        "lebih dari 100.000.000 huruf \\(dikuadratkan\\) di nama rentang",
    ),
    "elements within elements": (SHEET, after_rows(b"<extLst>" * 99 + b"</extLst>" * 99), "bersarang lebih dari"),
    "a document type": ("xl/theme/theme1.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "memuat DOCTYPE"),
    "a drawing that is cut off": ("xl/drawings/drawing1.xml", b"<a><b>", "XML baris 1"),
    "properties with a document type": ("docProps/core.xml", b"<!DOCTYPE a><a/>", "memuat DOCTYPE"),
}


@pytest.mark.parametrize(("part", "edit", "why"), BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_at_once_with_what_it_holds(book: Path, part: str, edit: Edit | bytes, why: str) -> None:
    copy = book.with_name("salinan.xlsx")
    start = time.monotonic()
    with pytest.raises(UnreadableFile, match=f"contoh\\.xlsx: .*disalin.*{why}"):
        mark(changed(book, part, edit), [], copy)
    assert time.monotonic() - start < 5
    assert [path.name for path in book.parent.iterdir()] == ["contoh.xlsx"]


HARMLESS: Final[dict[str, tuple[str, Edit | bytes]]] = {
    "merged cells over a whole sheet": (
        SHEET,
        after_rows(b'<mergeCells><mergeCell ref="' + EVERYTHING + b'"/></mergeCells>'),
    ),
    "merged cells up to the last cell there is": (
        SHEET,
        lambda part: part.replace(
            b"</sheetData>", FAR + b'</sheetData><mergeCells><mergeCell ref="' + EVERYTHING + b'"/></mergeCells>'
        ),
    ),
    "a cell in the last corner": (SHEET, lambda part: part.replace(b"</sheetData>", FAR + b"</sheetData>")),
    "a link over some cells": (SHEET, links(b"A1:C5")),
    "a rule for a whole sheet": (
        SHEET,
        after_rows(
            b'<dataValidations><dataValidation type="list" sqref="' + EVERYTHING + b'"><formula1>"a"</formula1>'
            b"</dataValidation></dataValidations>"
        ),
    ),
    "a formula shared by some": (SHEET, rows(formulas(100, 100))),
    "many formulas of their own": (SHEET, rows(formulas(10, 50, b""))),
    "something of others that nobody opens": ("customXml/item1.xml", b"<!DOCTYPE a><a/>"),
}


@pytest.mark.parametrize(("part", "edit"), HARMLESS.values(), ids=HARMLESS)
def test_what_looks_like_one_and_is_none_is_copied_soon(book: Path, part: str, edit: Edit | bytes) -> None:
    changed(book, part, edit)
    places = [Where(book.name, "Sheet1", row, column) for row, column in ((0, 0), (0, 1), (1_048_575, 16_383))]
    start = time.monotonic()
    mark(book, [Finding("T101", Severity.ERROR, where, "salah") for where in places], book.with_name("salinan.xlsx"))
    assert time.monotonic() - start < 5


LIMITED: Final[dict[str, tuple[str, Edit | None, int]]] = {
    "MOST_CELLS": (SHEET, rows(b'<row r="1"><c r="A1"/><c r="B1"/></row>'), 2),
    "MOST_MERGES": (SHEET, after_rows(b'<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2:B2"/></mergeCells>'), 2),
    "MOST_LINKED": (SHEET, links(b"A1:C5"), 15),
    "MOST_FORMULA": (SHEET, rows(formulas(10, 3)), 30),
    "MOST_NAMED": (BOOK, names(b'<definedName name="a">Sheet1!$A$1</definedName>'), 121),
}


@pytest.mark.parametrize("limit", LIMITED)
def test_a_limit_lets_pass_what_reaches_it_and_no_more(book: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    part, edit, number = LIMITED[limit]
    assert edit
    changed(book, part, edit)
    monkeypatch.setattr(module, limit, number)
    assert look_through(book).sheets == 1
    monkeypatch.setattr(module, limit, number - 1)
    with pytest.raises(UnreadableFile, match=r"terlalu besar untuk disalin .*; daftar temuannya tetap dapat ditulis"):
        look_through(book)


@pytest.mark.parametrize("limit", ["MOST_BYTES", "MOST_ELEMENTS"])
def test_all_parts_together_have_a_limit(book: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(module, limit, 100)
    with pytest.raises(UnreadableFile, match=r"lebih dari 100 (?:bita|unsur)"):
        look_through(book)


def test_sheets_and_cells_are_counted(tmp_path: Path) -> None:
    path = write_sheets("# Sheet: A\n| 1 |\n# Sheet: B\n| 2 | 3 |", tmp_path / "dua.xlsx")
    assert look_through(changed(path, "xl/calcChain.xml", b'<calcChain><c r="A1"/></calcChain>')) == Holding(2, 3)


@pytest.mark.parametrize("content", [b"", b"kode;pagu\n6709;5\n", b"PK\x03\x04", None])
def test_what_is_no_workbook_is_told_to_be_none(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "a.xlsx"
    if content is not None:
        path.write_bytes(content)
    why = "tidak ada" if content is None else r"bukan workbook \.xlsx atau \.xlsm yang utuh"
    with pytest.raises(UnreadableFile, match=rf"a\.xlsx: tidak dapat dibuka untuk disalin \({why}\); buka di Excel"):
        look_through(path)


STRICT: Final = (b"http://schemas.openxmlformats.org", b"http://purl.oclc.org/ooxml")


@pytest.mark.parametrize(
    ("parts", "seen"),
    [((BOOK,), "0 dari 1 lembarnya, 0 dari 2 selnya"), ((SHEET,), "1 dari 1 lembarnya, 0 dari 2 selnya")],
)
def test_a_workbook_of_which_openpyxl_does_not_see_all_is_refused(
    book: Path, parts: tuple[str, ...], seen: str
) -> None:
    for part in parts:
        changed(book, part, lambda xml: xml.replace(*STRICT))
    with pytest.raises(UnreadableFile, match=f"hanya melihat {seen}; .* bukan `Strict Open XML`"):
        mark(book, [], book.with_name("salinan.xlsx"))


def test_a_list_of_findings_longer_than_a_sheet_is_refused(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lkj_xlsx.mark.LAST", 6)
    found = [Finding("T101", Severity.ERROR, Where(book.name), "salah")] * 3
    mark(book, found[:2], book.with_name("cukup.xlsx"))
    with pytest.raises(CannotWrite, match="melampaui 6 baris"):
        mark(book, found, book.with_name("salinan.xlsx"))
    assert not book.with_name("salinan.xlsx").exists()
