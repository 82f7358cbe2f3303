from pathlib import Path

import pytest
from worksheets import (
    HEAD,
    MAIN,
    OFFICE,
    TAIL,
    parts_of,
    relations,
    sheet,
    write_parts,
)

from lkj_xlsx.book import Book
from lkj_xlsx.containers import xlsx
from lkj_xlsx.containers.limits import MOST_ROWS
from lkj_xlsx.containers.xlsx import open_book
from lkj_xlsx.errors import UnreadableFile

ROW = '<row r="1"><c r="A1"><v>12309652000</v></c></row>'
ONE = sheet(ROW)
PLAIN = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 30))


def book_of(tmp_path: Path, changes: dict[str, str | bytes | None] | None = None, *sheets: bytes) -> Book:
    """Read a workbook of these sheets, some of its parts replaced or left out."""
    parts = {**parts_of(*(sheets or (ONE,))), **(changes or {})}
    kept = {name: part for name, part in parts.items() if part is not None}
    return open_book("a.xlsx", write_parts(tmp_path / "a.xlsx", kept))


def refusal(tmp_path: Path, changes: dict[str, str | bytes | None] | None = None, *sheets: bytes) -> str:
    with pytest.raises(UnreadableFile) as refused:
        book_of(tmp_path, changes, *sheets)
    assert str(refused.value).startswith("a.xlsx: ")
    return str(refused.value)


def workbook(sheets: str, more: str = "", space: str = MAIN, office: str = OFFICE) -> str:
    return f'<workbook xmlns="{space}" xmlns:r="{office}">{more}<sheets>{sheets}</sheets></workbook>'


def rows_in(book: Book, number: int = 0) -> list[list[object]]:
    return [list(row) for row in book.grids[number].rows]


def test_the_sheets_of_a_workbook_are_read_in_order_hidden_ones_too(tmp_path: Path) -> None:
    contents = workbook(
        '<sheet name="B" sheetId="1" r:id="rId2" state="veryHidden"/><sheet name="A" sheetId="2" r:id="rId1"/>'
    )
    book = book_of(tmp_path, {"xl/workbook.xml": contents}, ONE, sheet(""))
    assert [(grid.name, grid.is_hidden, len(grid.rows)) for grid in book.grids] == [("B", True, 0), ("A", False, 1)]
    assert rows_in(book, 1) == [[12309652000]]
    assert book.notes == ()


def test_a_part_is_where_its_relation_says(tmp_path: Path) -> None:
    changes: dict[str, str | bytes | None] = {
        "_rels/.rels": relations(("rId1", "officeDocument", "/Isi%20Buku/Buku.xml")),
        "xl/workbook.xml": None,
        "isi buku/buku.xml": workbook('<sheet name="A" sheetId="1" r:id="x"/>'),
        "isi buku/_rels/buku.xml.rels": relations(("x", "worksheet", "..\\lembar\\satu.xml")),
        "lembar/satu.xml": ONE,
    }
    assert rows_in(book_of(tmp_path, changes)) == [[12309652000]]


def test_a_workbook_without_relations_of_its_own_is_looked_for_in_its_usual_place(tmp_path: Path) -> None:
    assert rows_in(book_of(tmp_path, {"_rels/.rels": None, "xl/styles.xml": None})) == [[12309652000]]


def test_an_archive_without_a_workbook_is_refused(tmp_path: Path) -> None:
    message = refusal(tmp_path, {"xl/workbook.xml": None})
    assert "arsip zip tanpa xl/workbook.xml, bukan workbook .xlsx; buka di Excel atau LibreOffice, simpan" in message


@pytest.mark.parametrize("sheets", ["", '<sheet name="Grafik" sheetId="1" r:id="rId9"/>'])
def test_a_workbook_without_a_worksheet_is_refused(tmp_path: Path, sheets: str) -> None:
    changes: dict[str, str | bytes | None] = {"xl/workbook.xml": workbook(sheets)}
    assert "workbook tanpa lembar kerja" in refusal(tmp_path, changes)


def test_only_the_list_of_sheets_lists_sheets(tmp_path: Path) -> None:
    other = '<extLst><sheets><sheet name="X" r:id="rId1"/></sheets><workbookPr date1904="1"/></extLst>'
    contents = workbook('<x:sheet xmlns:x="x" name="Y"/><sheet name="A" x:id="no" xmlns:x="x" r:id="rId1"/>', other)
    assert [grid.name for grid in book_of(tmp_path, {"xl/workbook.xml": contents}).grids] == ["A"]


def test_a_workbook_of_the_strict_standard_is_read(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    office = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    changes: dict[str, str | bytes | None] = {
        "xl/workbook.xml": workbook('<sheet name="A" sheetId="1" r:id="rId1"/>', space=strict, office=office),
        "xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "worksheets/sheet1.xml")).replace(OFFICE, office),
        "xl/worksheets/sheet1.xml": ONE.replace(MAIN.encode(), strict.encode()),
    }
    assert rows_in(book_of(tmp_path, changes)) == [[12309652000]]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (
            {"xl/workbook.xml": workbook('<sheet name="A" r:id="rId1"/><sheet name="a" r:id="rId2"/>')},
            "dua lembar bernama `a`",
        ),
        (
            {"xl/workbook.xml": workbook('<sheet name="A" r:id="rId1"/><sheet name="B" r:id="rId1"/>')},
            "dua lembar dari satu bagian xl/worksheets/sheet1.xml",
        ),
        ({"xl/workbook.xml": workbook('<sheet name="A" r:id="rId7"/>')}, "lembar dengan tanda `rId7` tidak ada"),
        ({"xl/workbook.xml": workbook('<sheet name="A"/>')}, "lembar dengan tanda `` tidak ada"),
        ({"xl/worksheets/sheet1.xml": None}, "lembar dengan tanda `rId1` tidak ada di dalam berkas"),
        (
            {
                "xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "worksheets/sheet1.xml")).replace(
                    "/></R", ' TargetMode="External"/></R'
                )
            },
            "lembar dengan tanda `rId1` tidak ada",
        ),
        ({"xl/_rels/workbook.xml.rels": None}, "lembar dengan tanda `rId1` tidak ada"),
        (
            {"xl/_rels/workbook.xml.rels": relations(("x", "worksheet", "a.xml"), ("x", "worksheet", "b.xml"))},
            "bagian xl/_rels/workbook.xml.rels: tanda `x` ada dua",
        ),
        ({"xl/workbook.xml": "<workbook"}, "bagian xl/workbook.xml: XML baris 1"),
        ({"xl/styles.xml": "<!DOCTYPE a><a/>"}, "bagian xl/styles.xml: memuat DOCTYPE"),
        ({"xl/sharedStrings.xml": "<sst>"}, "bagian xl/sharedStrings.xml: dibuka oleh unsur `sst`"),
        ({"xl/worksheets/sheet1.xml": ONE[:-1]}, "bagian xl/worksheets/sheet1.xml: XML baris 1"),
        ({"xl/worksheets/sheet1.xml": ""}, "bagian xl/worksheets/sheet1.xml: XML baris 1"),
    ],
)
def test_a_workbook_that_is_not_sound_is_refused_with_the_part_and_why(
    tmp_path: Path, changes: dict[str, str | bytes | None], why: str
) -> None:
    message = refusal(tmp_path, changes, ONE, ONE)
    assert "rusak atau terpotong (" in message
    assert why in message


def test_a_workbook_has_as_many_sheets_as_allowed_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_SHEETS", 3)
    assert len(book_of(tmp_path, None, ONE, ONE, ONE).grids) == 3
    assert "4 lembar, batasnya 3" in refusal(tmp_path, None, ONE, ONE, ONE, ONE)


def test_macros_are_told_of_and_never_looked_at(tmp_path: Path) -> None:
    assert book_of(tmp_path, {"xl/vbaProject.bin": b"\x00"}).notes == (
        "makro di dalamnya tidak dijalankan dan tidak dibaca",
    )


def test_shared_strings_outside_the_file_are_none_of_it(tmp_path: Path) -> None:
    rels = relations(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId9", "sharedStrings", "sharedStrings.xml"))
    changes: dict[str, str | bytes | None] = {
        "xl/_rels/workbook.xml.rels": rels.replace('sharedStrings.xml"', 'sharedStrings.xml" TargetMode="External"')
    }
    text = sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    assert "menunjuk teks bersama nomor `0`, yang ada 0" in refusal(tmp_path, changes, text)


def test_dates_count_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    row = sheet('<row r="1"><c r="A1" s="3"><v>44195</v></c></row>')
    for value, day in (("1", "2024-12-31"), ("true", "2024-12-31"), ("0", "2020-12-30")):
        contents = workbook('<sheet name="A" r:id="rId1"/>', f'<workbookPr date1904="{value}"/>')
        assert str(book_of(tmp_path, {"xl/workbook.xml": contents}, row).grids[0].rows[0][0]) == day


def test_a_cell_says_with_how_many_decimals_it_shows_a_percent(tmp_path: Path) -> None:
    cells = "".join(
        f'<c r="{column}1" s="{style}"><v>1</v></c>' for column, style in zip("ABC", (0, 2, 4), strict=True)
    )
    (grid,) = book_of(tmp_path, None, sheet(f'<row r="1">{cells}<c r="D1" s="4"/></row>')).grids
    assert [grid.percent_places(0, column) for column in range(5)] == [None, 0, 2, None, None]


def test_a_part_in_utf_16_is_read(tmp_path: Path) -> None:
    text = f'<?xml version="1.0" encoding="UTF-16"?>{HEAD}{PLAIN}{TAIL}'
    assert rows_in(book_of(tmp_path, None, text.encode("utf-16"))) == [[row] for row in range(1, 30)]
    assert rows_in(book_of(tmp_path, None, text.replace(' encoding="UTF-16"', "").encode("utf-16")))[28] == [29]


def test_the_claims_of_a_part_about_its_size_are_not_believed(tmp_path: Path) -> None:
    part = ONE.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    part = part.replace(b"</worksheet>", b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>')
    part = part.replace(b"</worksheet>", b'<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks></worksheet>')
    strings = f'<sst xmlns="{MAIN}" count="4294967295" uniqueCount="4294967295"><si><t>a</t></si></sst>'
    assert rows_in(book_of(tmp_path, {"xl/sharedStrings.xml": strings}, part)) == [[12309652000]]
    small = sheet(PLAIN).replace(b"<sheetData>", b'<dimension ref="A1"/><sheetData>')
    assert len(rows_in(book_of(tmp_path, None, small))) == 29


@pytest.mark.parametrize("reference", ["XFD1048576", "Z1048576", "GR1048576"])
def test_one_cell_far_away_takes_no_memory_for_the_blanks_before_it(tmp_path: Path, reference: str) -> None:
    (grid,) = book_of(tmp_path, None, sheet(f'{ROW}<row r="1048576"><c r="{reference}"><v>5</v></c></row>')).grids
    assert len(grid.rows) == MOST_ROWS
    assert (grid.rows[0], grid.rows[-1][-1]) == ([12309652000], 5)


@pytest.mark.parametrize(
    "row", ['<row r="1048577"><c r="A1048577"><v>5</v></c></row>', '<row r="2"><c r="XFE2"><v>5</v></c></row>']
)
def test_a_cell_outside_the_grid_is_refused(tmp_path: Path, row: str) -> None:
    assert "di luar lembar" in refusal(tmp_path, None, sheet(ROW + row))


def test_a_stray_blank_far_away_is_nothing(tmp_path: Path) -> None:
    assert rows_in(book_of(tmp_path, None, sheet(f'{ROW}<row r="1048576"><c r="E1048576" s="1"/></row>'))) == [
        [12309652000]
    ]


def test_a_hundred_thousand_rows_of_empty_cells_with_a_look_are_nothing(tmp_path: Path) -> None:
    cells = '<c r="A{0}" s="1"/><c r="B{0}" s="1"/><c r="C{0}" s="1"/><c r="D{0}" s="1"/><c r="E{0}" s="1"/>'
    row = f'<row r="{{0}}">{cells}</row>'
    assert rows_in(book_of(tmp_path, None, sheet(ROW + "".join(map(row.format, range(2, 100_000)))))) == [[12309652000]]
