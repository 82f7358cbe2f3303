# ruff: noqa: ANN401 - books, sheets and cells are Any: the stubs of openpyxl know a third of what is asked of them
"""The marked copy: her workbook as it was, wrong cells coloured, noted, listed and linked."""

import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from copy import copy as duplicate
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from lkj_xlsx import workbook_copy
from lkj_xlsx.errors import CannotWrite, UnreadableFile
from lkj_xlsx.finding import Finding, Severity, Where, column_number
from lkj_xlsx.mark import COLOURS, LONGEST_NOTE, PROVING, TOP, mark
from lkj_xlsx.mark import marked as marked_until
from lkj_xlsx.sheet import open_document

SAMPLES: Final = Path(__file__).parent.parent / "samples"
GLP039: Final = SAMPLES / "kpu-binjai-2024-12-glp039.xlsx"
SAKTI_SHEET: Final = "GLP039_LAPORAN REALISASI SUPER "
MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HEADINGS: Final = ["No", "Tingkat", "Kode", "Tempat", "Temuan", "Tertulis", "Seharusnya", "Karena"]
ERROR, PERINGATAN, INFO = Severity
STYLE: Final = ("font", "border", "alignment", "number_format", "protection")

Edit = Callable[[Any], object]
Parts = Mapping[str, bytes | Callable[[bytes], bytes]]


def place(address: str, sheet: str | None = "Sheet1", file: str = "contoh.xlsx") -> Where:
    match = re.fullmatch(r"([A-Z]+)([0-9]+)", address)
    assert match
    return Where(file, sheet, int(match[2]) - 1, column_number(match[1].encode()) - 1)


def finding(where: Where | str, severity: Severity = ERROR, message: str = "salah", **more: Any) -> Finding:
    return Finding("T101", severity, place(where) if isinstance(where, str) else where, message, **more)


def changed(path: Path, edit: Edit) -> Path:
    """Edit the workbook in place; gives its path."""
    book = load_workbook(path)
    edit(book)
    book.save(path)
    return path


def with_parts(path: Path, parts: Parts) -> Path:
    """Add parts to the zip, or change or (by b"") drop those that are there."""
    held = parts_of(path)
    for name, part in parts.items():
        held[name] = part if isinstance(part, bytes) else part(held[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            if content:
                archive.writestr(name, content)
    return path


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def edit(part: bytes) -> bytes:
        assert old in part
        return part.replace(old, new, 1)

    return edit


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def marked(path: Path, *findings: Finding) -> Any:
    """Mark the workbook; give the copy as openpyxl reads it."""
    copy = path.with_name("salinan.xlsx")
    mark(path, findings, copy, force=True)
    return load_workbook(copy, rich_text=True)


def colour(cell: Any) -> str | None:
    return cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None


def listed(sheet: Any) -> list[list[Any]]:
    """Give the rows of the list sheet under its headings, empty ones left out."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=TOP + 1, max_col=8)]
    return [row for row in rows if any(value not in (None, "") for value in row)]


def assert_equal_sheets(old: Any, new: Any, touched: Sequence[str] = ()) -> None:
    """Compare what every cell is and looks like; the fill only of cells that nothing touched."""
    assert new.dimensions == old.dimensions
    assert {str(merged) for merged in new.merged_cells.ranges} == {str(merged) for merged in old.merged_cells.ranges}
    pairs = [(cell, new._cells[at], cell.coordinate in touched) for at, cell in old._cells.items()]
    for before, after, _ in pairs:
        if after.value or before.value:  # openpyxl writes the text of no letters as a blank
            assert (after.value, after.data_type) == (before.value, before.data_type), before.coordinate
    for spans, kept in ((old.row_dimensions, new.row_dimensions), (old.column_dimensions, new.column_dimensions)):
        assert kept.keys() == spans.keys()
        for key, span in spans.items():
            sizes = [{name: value for name, value in each if name not in {"s", "style"}} for each in (span, kept[key])]
            assert sizes[1] == sizes[0], key
            pairs.append((span, kept[key], False))
    for before, after, is_touched in {
        (str(old._style), str(new._style), is_touched): (old, new, is_touched) for old, new, is_touched in pairs
    }.values():
        names = STYLE if is_touched else (*STYLE, "fill")
        looks = [[duplicate(getattr(each, name)) for name in names] for each in (before, after)]
        assert looks[1] == looks[0], before


# What is kept


@pytest.mark.parametrize("name", ["kpu-binjai-2024-12-glp039", "kpu-binjai-2024", "kpu-binjai-2024-terbit"])
@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_every_cell_of_a_sample_is_as_it_was(name: str, tmp_path: Path) -> None:
    path = SAMPLES / f"{name}.xlsx"
    old = load_workbook(path, rich_text=True)
    last = old.sheetnames[-1]
    mark(path, [finding(place("B5", last, path.name), because=(place("B6", last, path.name),))], tmp_path / "x.xlsx")
    new = load_workbook(tmp_path / "x.xlsx", rich_text=True)
    assert new.sheetnames == ["Temuan", *old.sheetnames]
    for title in old.sheetnames:
        touched = [f"{letter}{row}" for letter in "ABCDEFGHIJKLMNOP" for row in (5, 6)]
        assert_equal_sheets(old[title], new[title], touched if title == last else ())
    for before, after in zip(open_document(path).sheets, open_document(tmp_path / "x.xlsx").sheets[1:], strict=True):
        assert after.name == before.name
        assert doubles(after.rows) == doubles(before.rows)


def doubles(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    """Give cells with fractions as the doubles they are: 0.1 may be spelled 0.1000000000000000056."""
    return [[float(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in rows]


def test_numbers_texts_errors_and_formulas_keep_their_kinds(sheet_file: Path) -> None:
    """
    | a | 12 | 0.5 | =SUM(B1:C1) | #REF! | TRUE | 2024-12-31 |
    """
    book = marked(sheet_file, finding("A1"))
    kinds = [(cell.value, cell.data_type) for cell in book["Sheet1"][1]]
    expected = [("a", "s"), (12, "n"), (0.5, "n"), ("=SUM(B1:C1)", "f"), ("#REF!", "e"), (True, "b")]
    assert kinds == [*expected, (datetime(2024, 12, 31), "d")]  # noqa: DTZ001 - as openpyxl reads it


@pytest.mark.parametrize("text", ["#REF!", "=1+1", "+1", "' a", "a\nb"])
def test_a_text_of_hers_that_looks_like_something_else_stays_a_text(sheet_file: Path, text: str) -> None:
    """
    | a | b |
    """

    def edit(book: Any) -> None:
        book["Sheet1"]["B1"] = text
        book["Sheet1"]["B1"].data_type = "s"

    cell = marked(changed(sheet_file, edit), finding("B1"))["Sheet1"]["B1"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_runs_of_rich_text_are_kept(sheet_file: Path) -> None:
    """
    | a | b |
    """
    rich = CellRichText("Jumlah ", TextBlock(InlineFont(b=True, sz=14), "Pagu"), " semua")
    path = changed(sheet_file, lambda book: book["Sheet1"].__setitem__("B1", rich))
    assert marked(path, finding("B1"))["Sheet1"]["B1"].value == rich


@pytest.mark.parametrize("number", ["0.30000000000000004", "96.199999999999989", "9007199254740993", "1.5E-7"])
def test_a_number_is_kept_to_its_last_digit(sheet_file: Path, number: str) -> None:
    """
    | 7 |
    """
    path = with_parts(sheet_file, {"xl/worksheets/sheet1.xml": replaced(b"<v>7</v>", f"<v>{number}</v>".encode())})
    written = float(number) if {".", "E"} & set(number) else int(number)
    assert marked(path)["Sheet1"]["A1"].value == written


@pytest.mark.parametrize("number", ["12309652000", "-5", "60", "45657.123456789"])
def test_a_number_under_a_date_format_is_the_same_number(sheet_file: Path, number: str) -> None:
    """
    | 7 |
    """
    changed(sheet_file, lambda book: setattr(book["Sheet1"]["A1"], "number_format", "dd/mm/yyyy"))
    with_parts(sheet_file, {"xl/worksheets/sheet1.xml": replaced(b"<v>7</v>", f"<v>{number}</v>".encode())})
    copy = sheet_file.with_name("salinan.xlsx")
    assert mark(sheet_file, [finding("A1")], copy) == ()
    assert f"<v>{number}</v>".encode() in parts_of(copy)["xl/worksheets/sheet2.xml"]


def test_cells_under_a_merged_range_keep_what_they_hold(sheet_file: Path) -> None:
    """
    | a | 5 | 6 | =B1+C1 |
    """

    def merge(part: bytes) -> bytes:
        return part.replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:C1"/></mergeCells>')

    copy = sheet_file.with_name("salinan.xlsx")
    mark(with_parts(sheet_file, {"xl/worksheets/sheet1.xml": merge}), [finding("B1")], copy)
    held = ET.fromstring(parts_of(copy)["xl/worksheets/sheet2.xml"])  # noqa: S314 - own file
    assert [node.text for node in held.iter(f"{MAIN}v")][:2] == ["5", "6"]
    cell = load_workbook(copy)["Sheet1"]["A1"]
    assert (colour(cell), cell.comment is None) == (COLOURS[ERROR], False)


def test_a_sheet_keeps_its_settings(sheet_file: Path) -> None:
    """
    # Sheet: Isi
    | a | 1 | 2 |
    | b | 3 | 4 |
    # Sheet: Sembunyi
    | c |
    # Sheet: Rahasia
    | d |
    """

    def edit(book: Any) -> None:
        sheet = book["Isi"]
        sheet.freeze_panes = "B2"
        sheet.column_dimensions["B"].width = 33.5
        sheet.column_dimensions["C"].hidden = True
        sheet.row_dimensions[2].height = 41.25
        sheet.row_dimensions[2].hidden = True
        sheet.auto_filter.ref = "A1:C2"
        sheet.print_title_rows = "1:1"
        sheet.print_area = "A1:C2"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9
        sheet.oddFooter.center.text = "Halaman &P"
        sheet.protection.sheet = True
        sheet.protection.password = "rahasia"  # noqa: S105 - nobody's
        red = DifferentialStyle(fill=PatternFill(bgColor="FFFF0000"))
        rule = DataValidation("list", formula1='"ya,tidak"', sqref="A1")
        sheet.add_data_validation(rule)
        sheet.conditional_formatting.add("B1:C2", Rule("cellIs", operator="greaterThan", formula=["2"], dxf=red))
        sheet["A2"].hyperlink = "https://example.org/"
        sheet.sheet_properties.tabColor = "FF00FF00"
        book["Sembunyi"].sheet_state = "hidden"
        book["Rahasia"].sheet_state = "veryHidden"
        book.defined_names["pagu"] = DefinedName("pagu", attr_text="Isi!$B$1")
        sheet.defined_names["lokal"] = DefinedName("lokal", attr_text="Isi!$C$1")
        book.properties.title = "Laporan"

    old = load_workbook(changed(sheet_file, edit))
    book = marked(sheet_file, finding(place("B1", "Isi")))
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        *[("Temuan", "visible"), ("Isi", "visible"), ("Sembunyi", "hidden"), ("Rahasia", "veryHidden")]
    ]
    before, after = old["Isi"], book["Isi"]
    assert_equal_sheets(before, after, ["B1"])
    for name in ("freeze_panes", "print_title_rows", "print_area", "page_setup", "protection", "auto_filter"):
        assert getattr(after, name) == getattr(before, name), name
    assert after.oddFooter.center.text == "Halaman &P"
    assert after.data_validations.dataValidation == before.data_validations.dataValidation
    (ranges,) = after.conditional_formatting
    assert (str(ranges.sqref), ranges.rules[0].formula) == ("B1:C2", ["2"])
    assert ranges.rules[0].dxf.fill.bgColor.rgb == "FFFF0000"
    assert after["A2"].hyperlink.target == "https://example.org/"
    assert after.sheet_properties.tabColor == before.sheet_properties.tabColor
    assert (book.defined_names["pagu"].value, after.defined_names["lokal"].value) == ("Isi!$B$1", "Isi!$C$1")
    assert (book.properties.title, book.properties.created) == ("Laporan", old.properties.created)


def test_print_areas_stay_with_their_sheets_beside_a_chart_sheet(sheet_file: Path) -> None:
    """
    # Sheet: Satu
    | 1 |
    # Sheet: Dua
    | 2 |
    """

    def edit(book: Any) -> None:
        chart = BarChart()
        chart.add_data(Reference(book["Satu"], min_col=1, min_row=1))
        book.create_chartsheet("Grafik", 0).add_chart(chart)

    changed(sheet_file, edit)
    name = b'<definedName name="_xlnm.Print_Area" localSheetId="2">Dua!$A$1:$B$2</definedName>'
    names = b"<definedNames>%s</definedNames>" % name
    with_parts(sheet_file, {"xl/workbook.xml": lambda part: re.sub(rb"<definedNames ?/>", names, part)})
    book = marked(sheet_file)
    assert book.sheetnames == ["Temuan", "Grafik", "Satu", "Dua"]
    assert [book[title].print_area for title in ("Satu", "Dua")] == ["", "'Dua'!$A$1:$B$2"]


# Colours and notes


def test_a_found_cell_changes_its_fill_and_nothing_else(sheet_file: Path) -> None:
    """
    | a | 977018000 |
    """
    look = {
        "font": Font("Georgia", 13, b=True, color="FF112233"),
        "border": Border(top=Side("double")),
        "alignment": Alignment("right", wrap_text=True),
        "number_format": "#,##0",
        "protection": Protection(locked=False),
        "fill": PatternFill("solid", "FF00FF00"),
    }

    def edit(book: Any) -> None:
        for name, value in look.items():
            setattr(book["Sheet1"]["B1"], name, value)

    changed(sheet_file, edit)
    cell = marked(sheet_file, finding("B1", PERINGATAN))["Sheet1"]["B1"]
    assert colour(cell) == COLOURS[PERINGATAN]
    assert {name: getattr(cell, name) for name in STYLE} == {name: look[name] for name in STYLE}


def test_a_cell_that_is_only_remarked_on_keeps_its_fill(sheet_file: Path) -> None:
    """
    | a | 977018000 |
    """
    cell = marked(sheet_file, finding("B1", INFO))["Sheet1"]["B1"]
    assert (colour(cell), cell.comment.text) == (None, "info T101: salah")


def test_an_empty_cell_is_marked_in_the_style_of_its_column_or_row(sheet_file: Path) -> None:
    """
    | a |
    """

    def edit(book: Any) -> None:
        book["Sheet1"].column_dimensions["C"].number_format = "#,##0"
        book["Sheet1"].column_dimensions["C"].min, book["Sheet1"].column_dimensions["C"].max = 3, 4
        book["Sheet1"].row_dimensions[3].font = Font("Georgia", 20)

    sheet = marked(changed(sheet_file, edit), finding("D2"), finding("D3"), finding("B2"))["Sheet1"]
    assert [sheet[cell].number_format for cell in ("D2", "D3", "B2")] == ["#,##0", "General", "General"]
    assert [sheet[cell].font.name for cell in ("D2", "D3", "B2")] == ["Calibri", "Georgia", "Calibri"]
    assert {colour(sheet[cell]) for cell in ("D2", "D3", "B2")} == {COLOURS[ERROR]}


def test_the_worst_finding_colours_a_cell_and_heads_its_note(sheet_file: Path) -> None:
    """
    | a | 1 |
    """
    cell = marked(
        sheet_file,
        finding("B1", INFO, "tiga"),
        finding("B1", PERINGATAN, "dua", expected="95,75%"),
        finding("B1", ERROR, "satu", expected=977_018_000),
    )["Sheet1"]["B1"]
    assert colour(cell) == COLOURS[ERROR]
    assert cell.comment.author == "lkj"
    assert cell.comment.text == (
        "error T101: satu\nSeharusnya: 977.018.000\n\nperingatan T101: dua\nSeharusnya: 95,75%\n\ninfo T101: tiga"
    )


def test_a_note_of_hers_stays_above_ours(sheet_file: Path) -> None:
    """
    | a | 1 |
    """
    changed(sheet_file, lambda book: setattr(book["Sheet1"]["B1"], "comment", Comment("tanya Bu Rina", "Wati")))
    comment = marked(sheet_file, finding("B1"))["Sheet1"]["B1"].comment
    assert (comment.author, comment.text) == ("Wati", "tanya Bu Rina\n\nerror T101: salah")


def test_a_finding_inside_a_merged_range_marks_its_first_cell(sheet_file: Path) -> None:
    """
    | a | 1 | 2 | 3 |
    | b | 4 | 5 | 6 |
    """
    changed(sheet_file, lambda book: book["Sheet1"].merge_cells("B1:C2"))
    sheet = marked(sheet_file, finding("C2"), finding("A1", because=(place("B2"),)))["Sheet1"]
    assert [colour(sheet[cell]) for cell in ("A1", "B1", "D1", "D2")] == [COLOURS[ERROR], COLOURS[ERROR], None, None]
    assert sheet["B1"].comment.text == "error T101: salah"


def test_a_cell_beside_a_taller_merged_range_is_its_own(sheet_file: Path) -> None:
    """
    | a | 1 | 2 | 3 |
    | b | 4 | 5 | 6 |
    | c | 7 | 8 | 9 |
    """

    def merge(book: Any) -> None:
        for merged in ("A1:A3", "B2:C3"):
            book["Sheet1"].merge_cells(merged)

    sheet = marked(changed(sheet_file, merge), finding("D3"), finding("A3"), finding("C3"))["Sheet1"]
    coloured = [cell.coordinate for row in sheet for cell in row if colour(cell)]
    assert coloured == ["A1", "B2", "D3"]


def test_proving_cells_are_tinted_unless_found_or_coloured_by_her(sheet_file: Path) -> None:
    """
    | 1 | 2 | 3 | 4 |
    """
    changed(sheet_file, lambda book: setattr(book["Sheet1"]["C1"], "fill", PatternFill("solid", "FF00FF00")))
    because = (*map(place, ("A1", "B1", "C1")), place("D1", file="lain.xlsx"))
    sheet = marked(sheet_file, finding("A1", because=because))["Sheet1"]
    assert [colour(cell) for cell in sheet[1]] == [COLOURS[ERROR], PROVING, "FF00FF00", None]
    assert [cell.comment is None for cell in sheet[1]] == [False, True, True, True]


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_the_first_colour_of_a_sakti_file_is_not_the_fill_that_excel_reserves(tmp_path: Path) -> None:
    mark(GLP039, [finding(place("P10", SAKTI_SHEET, GLP039.name))], tmp_path / "x.xlsx")
    styles = ET.fromstring(parts_of(tmp_path / "x.xlsx")["xl/styles.xml"])  # noqa: S314 - own file
    kinds = [node.get("patternType") for node in styles.iter(f"{MAIN}patternFill")]
    assert kinds[1] == "gray125"


@pytest.mark.parametrize(
    "where",
    [
        *[Where("contoh.xlsx"), Where("contoh.xlsx", "Sheet1"), Where("contoh.xlsx", "Sheet1", 0)],
        *[place("A1", "Tidak ada"), place("A1", None), place("A1", file="lain.xlsx")],
    ],
)
def test_a_finding_without_a_cell_of_this_workbook_colours_nothing(sheet_file: Path, where: Where) -> None:
    """
    | a | 1 |
    """
    book = marked(sheet_file, finding(where))
    assert [(colour(cell), cell.comment) for cell in book["Sheet1"][1]] == [(None, None)] * 2
    assert len(listed(book["Temuan"])) == (2 if where.file == "lain.xlsx" else 1)


def test_a_long_note_points_to_the_list_which_holds_all_of_it(sheet_file: Path) -> None:
    """
    # Sheet: Temuan
    | a |
    """
    message = " ".join(f"kata{number}" for number in range(9_000))
    book = marked(sheet_file, finding(place("A1", "Temuan"), message=message))
    note = book["Temuan"]["A1"].comment.text
    assert len(note) == LONGEST_NOTE
    assert note.startswith("error T101: kata0 kata1")
    assert note.endswith("… lihat lembar Temuan lkj")
    rows = listed(book["Temuan lkj"])
    assert "".join(row[4] for row in rows) == message
    assert [row[0] for row in rows] == [1, *["lanjutan"] * (len(rows) - 1)]
    assert {(row[1], row[2]) for row in rows} == {("error", "T101")}
    assert max(size.height for size in book["Temuan lkj"].row_dimensions.values()) <= 409


# The list


def test_the_list_says_what_where_and_what_it_should_be(sheet_file: Path) -> None:
    """
    | 1 | 2 |
    """
    because = (place("B1"), place("C3", "Lain"), place("D4", "X", "lain.xlsx"))
    sheet = marked(
        sheet_file,
        finding("A1", INFO, "satu"),
        finding("B1", ERROR, "dua", printed=997_018_000, expected=977_018_000, because=because),
        finding("A1", ERROR, "tiga", printed="95,72%"),
        finding(Where("contoh.xlsx", "Sheet1", 4), PERINGATAN, "empat"),
        finding(Where("contoh.xlsx"), PERINGATAN, "lima"),
    )["Temuan"]
    assert sheet["A1"].value == "Temuan di contoh.xlsx: 2 error, 2 peringatan, 1 info"
    assert [cell.value for cell in sheet[TOP]] == HEADINGS
    assert [[value or None for value in row] for row in listed(sheet)] == [
        [1, "error", "T101", "B1", "dua", "997.018.000", "977.018.000", "B1, Lain!C3, lain.xlsx!X!D4"],
        [2, "error", "T101", "A1", "tiga", "95,72%", None, None],
        [3, "peringatan", "T101", "Sheet1!baris 5", "empat", None, None, None],
        [4, "peringatan", "T101", "contoh.xlsx", "lima", None, None, None],
        [5, "info", "T101", "A1", "satu", None, None, None],
    ]
    assert [colour(sheet.cell(TOP + row, 2)) for row in (1, 3, 5)] == list(COLOURS.values())
    links = [sheet.cell(TOP + row, 4).hyperlink for row in range(1, 6)]
    assert [link and link.location for link in links] == [
        *["'Sheet1'!B1", "'Sheet1'!A1", "'Sheet1'!A5", None, "'Sheet1'!A1"],
    ]


def test_a_place_says_its_sheet_where_there_are_several(sheet_file: Path) -> None:
    """
    # Sheet: Satu
    | 1 |
    # Sheet: Dua
    | 2 |
    """
    rows = listed(marked(sheet_file, finding(place("A1", "Dua")), finding(Where("contoh.xlsx", "Satu")))["Temuan"])
    assert [row[3] for row in rows] == ["Dua!A1", "Satu"]


def test_the_legend_shows_the_colours(sheet_file: Path) -> None:
    """
    | 1 |
    """
    legend = [(cell.value, colour(cell)) for cell in marked(sheet_file)["Temuan"][2][:5]]
    proving = ("sel pembukti (tanpa temuan sendiri); info: hanya catatan", PROVING)
    assert legend == [("Warna", None), *((str(key), value) for key, value in COLOURS.items()), proving]


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
@pytest.mark.parametrize("name", ["Bu Rina's", SAKTI_SHEET, "a'b''c", "Pagu & Realisasi"])
def test_a_link_quotes_the_name_of_its_sheet(tmp_path: Path, name: str) -> None:
    book = Workbook()
    book.worksheets[0].title = name
    book.save(tmp_path / "contoh.xlsx")
    link = marked(tmp_path / "contoh.xlsx", finding(place("C10", name)))["Temuan"].cell(TOP + 1, 4).hyperlink
    assert link.location == "'" + name.replace("'", "''") + "'!C10"


def test_findings_of_other_files_are_counted_and_not_listed(sheet_file: Path) -> None:
    """
    | 1 |
    """
    others = [finding(place("A1", file=f"{name}.xlsx")) for name in "bab"]
    sheet = marked(sheet_file, finding("A1"), *others)["Temuan"]
    assert sheet["A1"].value == "Temuan di contoh.xlsx: 1 error, 0 peringatan, 0 info"
    assert sheet["A3"].value == "3 temuan lain ada di 2 berkas lain, disebut di bawah daftar ini"
    assert [row[0] for row in listed(sheet)] == [1, "1 temuan di a.xlsx", "2 temuan di b.xlsx"]
    assert sheet.auto_filter.ref == f"A{TOP}:H{TOP + 1}"


def test_no_findings_are_told(sheet_file: Path) -> None:
    """
    | 1 |
    """
    sheet = marked(sheet_file)["Temuan"]
    assert listed(sheet) == [["Tidak ada temuan.", *[None] * 7]]
    assert (sheet["A1"].value, sheet.auto_filter.ref) == (
        *["Temuan di contoh.xlsx: 0 error, 0 peringatan, 0 info", None],
    )


@pytest.mark.parametrize(
    ("hers", "name"),
    [
        ("Isi", "Temuan"),
        ("temuan", "Temuan lkj"),
        ("Temuan|TEMUAN LKJ", "Temuan lkj 2"),
        ("Temuan|Temuan lkj|Temuan lkj 2", "Temuan lkj 3"),
    ],
)
def test_the_list_takes_a_name_that_is_free_and_the_first_place(tmp_path: Path, hers: str, name: str) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title in hers.split("|"):
        book.create_sheet(title).sheet_view.tabSelected = True
    book.active = len(book.sheetnames) - 1
    book.save(tmp_path / "contoh.xlsx")
    copy = marked(tmp_path / "contoh.xlsx")
    assert copy.sheetnames == [name, *hers.split("|")]
    assert copy.active.title == name
    assert [sheet.sheet_view.tabSelected for sheet in copy] == [True, *[False] * len(book.sheetnames)]


def test_the_list_is_set_up_for_screen_and_paper(sheet_file: Path) -> None:
    """
    | 1 |
    """
    sheet = marked(sheet_file, finding("A1"))["Temuan"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == (f"A{TOP + 1}", f"${TOP}:${TOP}")
    page = sheet.page_setup
    assert (page.paperSize, page.orientation, page.fitToHeight) == (9, "landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_row_is_as_tall_as_its_message(sheet_file: Path) -> None:
    """
    | 1 |
    """
    sheet = marked(sheet_file, finding("A1"), finding("A1", message="kata yang panjang " * 20))["Temuan"]
    short, long = (sheet.row_dimensions[TOP + row].height for row in (1, 2))
    assert short < 20
    assert long > 80


# Texts


ANY_TEXT: Final = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


def formulas_of(path: Path) -> list[str | None]:
    sheets = [part for name, part in parts_of(path).items() if name.startswith("xl/worksheets/sheet")]
    return [node.text for part in sheets for node in ET.fromstring(part).iter(f"{MAIN}f")]  # noqa: S314 - own file


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(message=ANY_TEXT, printed=ANY_TEXT, expected=ANY_TEXT)
@example(message="=1+1", printed="=cmd|' /C calc'!A0", expected="{=1}")
@example(message="#REF!", printed="@SUM(1)", expected="'=1")
@example(message="_x0041_ & <b>", printed="_x000D_", expected="x005F_")
@example(message="satu\ndua", printed="", expected="\u2028")
def test_no_text_becomes_a_formula_and_every_message_is_listed(message: str, printed: str, expected: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contoh.xlsx"
        book = Workbook()
        book.worksheets[0].title = "Sheet1"
        book.worksheets[0]["A1"] = "=1+2"
        book.save(path)
        mark(path, [finding("B2", message=message, printed=printed, expected=expected)], path.with_name("x.xlsx"))
        assert formulas_of(path.with_name("x.xlsx")) == ["1+2"]
        row = load_workbook(path.with_name("x.xlsx"))["Temuan"][TOP + 1]
        assert [cell.data_type for cell in row if cell.value] == ["n"] + ["s"] * sum(bool(c.value) for c in row[1:])
        part = parts_of(path.with_name("x.xlsx"))["xl/worksheets/sheet1.xml"]
        texts = ["".join(node.itertext()) for node in ET.fromstring(part).iter(f"{MAIN}is")]  # noqa: S314 - own file
        for text in (message, printed, expected):
            assert not text or re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text) in texts


@pytest.mark.parametrize(("text", "seen"), [("a\x01b", r"a\x01b"), ("a\ud800b", r"a\ud800b"), ("a\rb", r"a\rb")])
def test_what_xml_cannot_hold_is_spelled_out(sheet_file: Path, text: str, seen: str) -> None:
    """
    | 1 |
    """
    book = marked(sheet_file, finding("A1", message=text, printed=text))
    assert listed(book["Temuan"])[0][4:6] == [seen, seen]
    assert book["Sheet1"]["A1"].comment.text == f"error T101: {seen}"


def test_a_text_that_excel_would_decode_is_escaped(sheet_file: Path) -> None:
    """
    | 1 |
    """
    marked(sheet_file, finding("A1", message="kode _x0041_"))
    parts = parts_of(sheet_file.with_name("salinan.xlsx"))
    assert b"kode _x005F_x0041_" in parts["xl/worksheets/sheet1.xml"]
    assert b"kode _x005F_x0041_" in parts["xl/comments/comment1.xml"]


# What the copy cannot keep is told


def losses(path: Path) -> tuple[str, ...]:
    return mark(path, [], path.with_name("salinan.xlsx"), force=True)


def test_a_plain_workbook_loses_nothing(sheet_file: Path) -> None:
    """
    | 1 |
    """
    assert losses(sheet_file) == ()


def test_a_sakti_export_loses_nothing(tmp_path: Path) -> None:
    assert mark(GLP039, [], tmp_path / "x.xlsx") == ()


def test_formulas_are_computed_anew_on_opening_which_is_told(sheet_file: Path) -> None:
    """
    | 1 | =A1+1 | =A1+2 |
    """
    with_parts(sheet_file, {"xl/workbook.xml": lambda part: re.sub(b"<calcPr[^>]*>", b"", part)})
    assert losses(sheet_file) == (
        "2 rumus ikut tanpa hasil hitungannya: Excel dan LibreOffice menghitungnya saat dibuka",
    )
    assert load_workbook(sheet_file.with_name("salinan.xlsx")).calculation.fullCalcOnLoad


def test_notes_of_hers_lose_their_looks_which_is_told_and_get_room(sheet_file: Path) -> None:
    """
    | 1 |
    """
    note = Comment("catatan yang panjang " * 20, "Wati")
    changed(sheet_file, lambda book: setattr(book["Sheet1"]["A1"], "comment", note))
    assert losses(sheet_file) == (
        "catatan (komentar) lama tetap isinya, tetapi ukuran dan huruf tebal atau miringnya tidak",
    )
    drawing = parts_of(sheet_file.with_name("salinan.xlsx"))["xl/drawings/commentsDrawing1.vml"]
    assert b"width:330px" in drawing
    height = re.search(rb"height:([0-9]+)px", drawing)
    assert height
    assert int(height[1]) > 150


def test_charts_are_kept_and_may_look_different(sheet_file: Path) -> None:
    """
    | 1 |
    """

    def edit(book: Any) -> None:
        chart = BarChart()
        chart.add_data(Reference(book["Sheet1"], min_col=1, min_row=1))
        book["Sheet1"].add_chart(chart, "C3")

    assert losses(changed(sheet_file, edit)) == ("grafik ikut ke salinan, tetapi rupanya dapat berbeda",)


DRAWING: Final = b"""<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:absoluteAnchor><xdr:pos x="1" y="1"/>
<xdr:ext cx="9" cy="9"/>%s<xdr:clientData/></xdr:absoluteAnchor></xdr:wsDr>"""
TAIL: Final = b"</worksheet>"


@pytest.mark.parametrize(
    ("part", "content", "told"),
    [
        ("xl/charts/chart1.xml", b"<c/>", "1 dari 1 grafik"),
        ("xl/drawings/drawing1.xml", DRAWING % b"<xdr:pic/>", "1 dari 1 gambar"),
        ("xl/drawings/drawing1.xml", DRAWING % b"<xdr:sp><xdr:spPr/></xdr:sp>", "1 dari 1 bentuk atau kotak teks"),
        ("xl/drawings/vmlDrawing1.vml", b'<x:ClientData ObjectType="Button">', "1 dari 1 tombol atau kotak isian"),
        ("xl/threadedComments/threadedComment1.xml", b"<t/>", "1 dari 1 percakapan (komentar berutas)"),
        ("xl/pivotTables/pivotTable1.xml", b"<p/>", "1 dari 1 tabel pivot"),
        ("xl/vbaProject.bin", b"makro", "1 dari 1 proyek makro (beri salinan nama .xlsm agar ikut)"),
    ],
)
def test_a_part_that_is_dropped_is_told(sheet_file: Path, part: str, content: bytes, told: str) -> None:
    """
    | 1 |
    """
    assert losses(with_parts(sheet_file, {part: content})) == (f"{told} tidak ikut ke salinan",)


def test_an_empty_drawing_is_no_loss(sheet_file: Path) -> None:
    """
    | 1 |
    """
    assert losses(with_parts(sheet_file, {"xl/drawings/drawing1.xml": DRAWING % b""})) == ()


def test_rules_in_extensions_are_told_and_the_plain_ones_kept(sheet_file: Path) -> None:
    """
    | 1 |
    """
    rule = DataValidation("list", formula1='"ya,tidak"', sqref="A1")
    changed(sheet_file, lambda book: book["Sheet1"].add_data_validation(rule))
    extension = b"""<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"
 xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations>
<x14:dataValidation type="list"/></x14:dataValidations></ext></extLst></worksheet>"""
    with_parts(sheet_file, {"xl/worksheets/sheet1.xml": replaced(TAIL, extension)})
    assert losses(sheet_file) == ("1 dari 2 aturan validasi data tidak ikut ke salinan",)


def test_what_openpyxl_says_of_a_workbook_is_passed_on(sheet_file: Path) -> None:
    """
    | 1 |
    """
    footer = b"<headerFooter><oddFooter>Halaman 1</oddFooter></headerFooter></worksheet>"
    with_parts(sheet_file, {"xl/worksheets/sheet1.xml": replaced(TAIL, footer)})
    (told,) = losses(sheet_file)
    assert told == ("pustaka penyalin (openpyxl) memberi tahu: Cannot parse header or footer so it will be ignored")


# The file


def with_macros(path: Path) -> Path:
    kinds = replaced(
        b"<Default Extension",
        b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Default Extension',
    )
    parts: Parts = {"xl/vbaProject.bin": b"makro", "xl/media/a.emf": b"emf", "[Content_Types].xml": kinds}
    return with_parts(path, parts).rename(path.with_suffix(".xlsm"))


def test_macros_are_kept_in_a_copy_named_for_them(sheet_file: Path) -> None:
    """
    | 1 |
    """
    copy = sheet_file.with_name("salinan.xlsm")
    assert mark(with_macros(sheet_file), [finding(place("A1", file="contoh.xlsm"))], copy) == ()
    parts = parts_of(copy)
    assert parts["xl/vbaProject.bin"] == b"makro"
    assert b"macroEnabled.main+xml" in parts["[Content_Types].xml"]
    assert len(load_workbook(copy)["Sheet1"]["A1"].comment.text) > 5


def test_notes_on_two_sheets_of_a_workbook_with_macros_are_two_drawings(sheet_file: Path) -> None:
    """
    # Sheet: Satu
    | 1 |
    # Sheet: Dua
    | 2 |
    """
    changed(sheet_file, lambda book: setattr(book["Dua"]["A1"], "comment", Comment("tanya", "Wati")))
    copy = sheet_file.with_name("salinan.xlsm")
    mark(with_macros(sheet_file), [finding(place("A1", "Satu", "contoh.xlsm"))], copy)
    drawings = [name for name in zipfile.ZipFile(copy).namelist() if name.endswith(".vml")]
    assert drawings == ["xl/drawings/commentsDrawing1.vml", "xl/drawings/commentsDrawing2.vml"]


def test_macros_are_left_out_of_a_copy_named_xlsx_which_is_told(sheet_file: Path) -> None:
    """
    | 1 |
    """
    told = losses(with_macros(sheet_file))
    assert told == ("1 dari 1 proyek makro (beri salinan nama .xlsm agar ikut) tidak ikut ke salinan",)
    assert b"macroEnabled" not in parts_of(sheet_file.with_name("salinan.xlsx"))["[Content_Types].xml"]


RUN: Final = """
import sys
from pathlib import Path
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.mark import mark
path = Path(sys.argv[1])
found = [Finding("T1", s, Where(path.name, "Sheet1", r, 0), str(s), 1, 2, (Where(path.name, "Sheet1", r, 1),))
         for r in range(3) for s in Severity]
mark(path, found, path.with_name(sys.argv[2]))
"""


@pytest.mark.parametrize("has_macros", [False, True])
def test_the_same_input_gives_the_same_bytes(sheet_file: Path, has_macros: bool) -> None:
    """
    | 1 | 2 |
    | 3 | =A1 |
    """
    path = with_macros(sheet_file) if has_macros else sheet_file
    with_parts(path, {"docProps/core.xml": b"<coreProperties/>"} if has_macros else {})
    copies = []
    for seed in ("1", "2", "3"):
        name = f"salinan{seed}{path.suffix}"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC{seed}"}
        subprocess.run([sys.executable, "-c", RUN, str(path), name], check=True, env=environment)  # noqa: S603 - own code
        copies.append(path.with_name(name).read_bytes())
    assert copies[0] == copies[1] == copies[2]


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_a_document_without_dates_gets_none_from_the_clock(tmp_path: Path) -> None:
    mark(GLP039, [], tmp_path / "x.xlsx")
    properties = load_workbook(tmp_path / "x.xlsx").properties
    assert properties.created == properties.modified == workbook_copy.NO_DATE
    assert properties.creator is None or b"creator" not in parts_of(tmp_path / "x.xlsx")["docProps/core.xml"]


def test_the_original_is_not_touched(sheet_file: Path) -> None:
    """
    | 1 |
    """
    before = (sheet_file.read_bytes(), sheet_file.stat().st_mtime_ns)
    mark(sheet_file, [finding("A1")], sheet_file.with_name("salinan.xlsx"))
    assert (sheet_file.read_bytes(), sheet_file.stat().st_mtime_ns) == before


def refused(
    original: Path, copy: Path, match: str, *, error: type[Exception] = CannotWrite, force: bool = True
) -> None:
    """See that marking is refused, and that nothing in the folder has changed by it."""
    before = {path: path.read_bytes() for path in original.parent.rglob("*") if path.is_file()}
    with pytest.raises(error, match=match):
        mark(original, [finding("A1")], copy, force=force)
    assert {path: path.read_bytes() for path in original.parent.rglob("*") if path.is_file()} == before


def test_the_original_is_no_copy_under_any_spelling(sheet_file: Path) -> None:
    """
    | 1 |
    """
    folder = sheet_file.parent
    (folder / "tautan.xlsx").symlink_to(sheet_file)
    (folder / "kembar.xlsx").hardlink_to(sheet_file)
    (folder / "sub").mkdir()
    for copy in (sheet_file, folder / "tautan.xlsx", folder / "kembar.xlsx", folder / "sub" / ".." / "contoh.xlsx"):
        refused(sheet_file, copy, r"itu berkas masukan \(.*contoh\.xlsx\), yang tidak boleh disentuh")
    refused(folder / "tautan.xlsx", sheet_file, "itu berkas masukan")


def test_a_copy_is_there_only_when_what_is_done_with_it_ends_well(sheet_file: Path) -> None:
    """
    | 1 |
    """
    copy = sheet_file.with_name("salinan.xlsx")

    def fail() -> None:
        with marked_until(sheet_file, [], copy) as lacking:
            assert lacking == ()
            message = "keluaran lain gagal"
            raise CannotWrite(message)

    with pytest.raises(CannotWrite, match="keluaran lain gagal"):
        fail()
    assert not copy.exists()
    with marked_until(sheet_file, [], copy):
        assert not copy.exists()
    assert copy.exists()


def test_excel_follows_no_more_links_than_it_can(sheet_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    | 1 |
    """
    monkeypatch.setattr("lkj_xlsx.mark.LINKS", 1)
    sheet = marked(sheet_file, finding("A1"), finding("A1"))["Temuan"]
    assert [bool(sheet.cell(TOP + row, 4).hyperlink) for row in (1, 2)] == [True, False]
    assert [sheet.cell(TOP + row, 4).value for row in (1, 2)] == ["A1", "A1"]


def test_an_existing_copy_is_replaced_only_when_forced(sheet_file: Path) -> None:
    """
    | 1 |
    """
    copy = sheet_file.with_name("salinan.xlsx")
    copy.write_bytes(b"lama")
    refused(sheet_file, copy, "sudah ada; pakai --force", force=False)
    mark(sheet_file, [], copy, force=True)
    assert load_workbook(copy).sheetnames == ["Temuan", "Sheet1"]


@pytest.mark.parametrize("name", ["salinan", "salinan.xls", "salinan.xlsm", "salinan.csv"])
def test_a_copy_under_a_name_that_excel_would_refuse_is_refused(sheet_file: Path, name: str) -> None:
    """
    | 1 |
    """
    refused(sheet_file, sheet_file.with_name(name), "beri nama berakhiran .xlsx")


@pytest.mark.parametrize(
    "content", [b"", b"bukan workbook", b"PK\x03\x04rusak", "potong", "tanpa isi", "angka raksasa"]
)
def test_a_workbook_that_cannot_be_loaded_is_refused(sheet_file: Path, content: bytes | str) -> None:
    """
    | 7 |
    """
    if content == "potong":
        with_parts(sheet_file, {"xl/worksheets/sheet1.xml": replaced(b"</sheetData>", b"")})
    elif content == "tanpa isi":
        with_parts(sheet_file, {"xl/workbook.xml": b""})
    elif content == "angka raksasa":
        with_parts(sheet_file, {"xl/worksheets/sheet1.xml": replaced(b'r="1"', b'r="1e999"')})
    else:
        assert isinstance(content, bytes)
        sheet_file.write_bytes(content)
    refused(sheet_file, sheet_file.with_name("salinan.xlsx"), "tidak dapat dibuka untuk disalin", error=UnreadableFile)


def test_a_workbook_that_is_not_there_is_refused(tmp_path: Path) -> None:
    refused(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "tidak dapat dibuka", error=UnreadableFile)


def test_a_workbook_that_cannot_be_written_again_is_refused(sheet_file: Path) -> None:
    """
    | 7 |
    """
    huge = replaced(b"<v>7</v>", b"<v>" + b"9" * 400 + b"</v>")
    with_parts(sheet_file, {"xl/worksheets/sheet1.xml": huge})
    refused(sheet_file, sheet_file.with_name("salinan.xlsx"), "tidak dapat ditulis ulang")
