# ruff: noqa: ANN401 - books, sheets and cells are Any: the stubs of openpyxl know a third of what is asked of them
"""The copy of a workbook by itself: what test_mark.py asks of a marked one, it asks of one that nobody marked."""

import base64
import re
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from conftest import write_sheets
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table as ExcelTable

from lkj_xlsx.errors import CannotWrite, UnreadableFile
from lkj_xlsx.workbook_copy import KINDS, NO_DATE, load, save

SAMPLES: Final = Path(__file__).parent.parent / "samples"
PIXEL: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def copied(path: Path, name: str = "salinan.xlsx") -> tuple[str, ...]:
    """Copy a workbook beside it, unmarked; give what is said to be lost."""
    copy = path.with_name(name)
    book, held, remarks = load(path, copy)
    return (*save(book, held, copy, copy), *remarks)


def again(path: Path, edit: Callable[[Any], object]) -> tuple[Any, Any, tuple[str, ...]]:
    """Edit a workbook and copy it; give the two as openpyxl reads them, and what is said to be lost."""
    book = load_workbook(path)
    edit(book)
    book.save(path)
    lost = copied(path)
    return load_workbook(path, rich_text=True), load_workbook(path.with_name("salinan.xlsx"), rich_text=True), lost


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(path: Path, parts: dict[str, bytes]) -> Path:
    """Add parts to the zip, or replace those that are there."""
    held = {**parts_of(path), **parts}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return path


def test_a_plain_workbook_keeps_every_value_and_its_kind_and_the_original_its_bytes(sheet_file: Path) -> None:
    """
    # Sheet: Satu
    | kode | 051 | 12 | 0.1 | TRUE | 2024-12-31 | #REF! |
    | | | -5 |
    # Sheet: Dua
    | a |
    """
    before = sheet_file.read_bytes()
    assert copied(sheet_file) == ()
    assert sheet_file.read_bytes() == before
    old, new = load_workbook(sheet_file), load_workbook(sheet_file.with_name("salinan.xlsx"))
    assert new.sheetnames == old.sheetnames == ["Satu", "Dua"]
    for sheet in old:
        told = [[(cell.value, cell.data_type, cell.number_format) for cell in row] for row in sheet]
        assert [[(c.value, c.data_type, c.number_format) for c in row] for row in new[sheet.title]] == told


def test_formulas_stay_formulas_and_are_computed_when_the_copy_is_opened(sheet_file: Path) -> None:
    """
    | 1 | 2 | =SUM(A1:B1) |
    """
    (lost,) = copied(sheet_file)
    assert lost.startswith("1 rumus ikut tanpa hasil hitungannya")
    book = load_workbook(sheet_file.with_name("salinan.xlsx"))
    assert book["Sheet1"]["C1"].value == "=SUM(A1:B1)"
    assert book.calculation.fullCalcOnLoad


def test_a_workbook_without_formulas_is_not_computed_anew(sheet_file: Path) -> None:
    """
    | 1 |
    """

    def edit(book: Any) -> None:
        book.calculation = None

    _, new, lost = again(sheet_file, edit)
    assert (lost, new.calculation) == ((), None)


def test_the_looks_of_a_cell_are_kept(sheet_file: Path) -> None:
    """
    | a | 0.5 |
    """

    def edit(book: Any) -> None:
        cell = book["Sheet1"]["A1"]
        cell.font = Font("Times New Roman", 14, b=True, color="FFFF0000")
        cell.fill = PatternFill("solid", "FFFFFF00")
        cell.border = Border(top=Side("double", "FF0000FF"))
        cell.alignment = Alignment("center", wrap_text=True, text_rotation=45)
        cell.protection = Protection(locked=False)
        book["Sheet1"]["B1"].number_format = "0.00%"

    old, new, lost = again(sheet_file, edit)
    for address in ("A1", "B1"):
        before, after = old["Sheet1"][address], new["Sheet1"][address]
        for name in ("font", "fill", "border", "alignment", "protection", "number_format"):
            assert repr(getattr(after, name)) == repr(getattr(before, name)), name
    assert lost == ()


def test_hidden_rows_columns_and_sheets_widths_and_merges_are_kept(sheet_file: Path) -> None:
    """
    # Sheet: Satu
    | a | b | c |
    | d | e | f |
    # Sheet: Dua
    | g |
    """

    def edit(book: Any) -> None:
        sheet = book["Satu"]
        sheet.row_dimensions[2].hidden = True
        sheet.row_dimensions[1].height = 33
        sheet.column_dimensions["B"].hidden = True
        sheet.column_dimensions["C"].width = 44
        sheet.merge_cells("A1:A2")
        sheet.freeze_panes = "B2"
        book["Dua"].sheet_state = "veryHidden"

    _, new, lost = again(sheet_file, edit)
    sheet = new["Satu"]
    assert (sheet.row_dimensions[2].hidden, sheet.row_dimensions[1].height) == (True, 33)
    assert (sheet.column_dimensions["B"].hidden, sheet.column_dimensions["C"].width) == (True, 44)
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A1:A2"]
    assert (sheet.freeze_panes, new["Dua"].sheet_state, lost) == ("B2", "veryHidden", ())


def test_what_stands_under_a_merged_range_is_kept(sheet_file: Path) -> None:
    """
    | a | 5 |
    """
    parts = parts_of(sheet_file)
    part = parts["xl/worksheets/sheet1.xml"]
    merges = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    with_parts(sheet_file, {"xl/worksheets/sheet1.xml": part.replace(b"</sheetData>", merges)})
    assert copied(sheet_file) == ()
    assert b'<c r="B1" t="n"><v>5</v></c>' in parts_of(sheet_file.with_name("salinan.xlsx"))["xl/worksheets/sheet1.xml"]


def test_comments_keep_their_text_and_author_and_are_told_to_look_otherwise(sheet_file: Path) -> None:
    """
    | a |
    """

    def edit(book: Any) -> None:
        book["Sheet1"]["A1"].comment = Comment("tanya bendahara", "Wati")

    _, new, lost = again(sheet_file, edit)
    comment = new["Sheet1"]["A1"].comment
    assert (comment.text, comment.author) == ("tanya bendahara", "Wati")
    assert lost == ("catatan (komentar) lama tetap isinya, tetapi ukuran dan huruf tebal atau miringnya tidak",)


def test_rules_of_validation_and_tables_of_a_sheet_are_kept(sheet_file: Path) -> None:
    """
    | Kode | Pagu |
    | 6709 | 5 |
    """

    def edit(book: Any) -> None:
        book["Sheet1"].add_data_validation(DataValidation("list", formula1='"ya,tidak"', sqref="A2"))
        book["Sheet1"].add_table(ExcelTable(displayName="Anggaran", ref="A1:B2"))

    old, new, lost = again(sheet_file, edit)
    assert new["Sheet1"].data_validations.dataValidation == old["Sheet1"].data_validations.dataValidation
    assert new["Sheet1"].tables.items() == [("Anggaran", "A1:B2")]
    assert lost == ()


def test_charts_are_kept_and_told_to_look_otherwise(sheet_file: Path) -> None:
    """
    | 1 |
    """

    def edit(book: Any) -> None:
        chart = BarChart()
        chart.add_data(Reference(book["Sheet1"], min_col=1, min_row=1))
        book["Sheet1"].add_chart(chart, "D4")

    _, new, lost = again(sheet_file, edit)
    assert len(new["Sheet1"]._charts) == 1
    assert lost == ("grafik ikut ke salinan, tetapi rupanya dapat berbeda",)


def test_an_image_is_kept_to_the_byte_or_told_to_be_lost(sheet_file: Path) -> None:
    """
    | 1 |
    """
    office = "http://schemas.openxmlformats.org"
    of_sheet = f"{office}/officeDocument/2006/relationships"
    drawing = (
        f'<xdr:wsDr xmlns:xdr="{office}/drawingml/2006/spreadsheetDrawing" xmlns:a="{office}/drawingml/2006/main"'
        f' xmlns:r="{of_sheet}"><xdr:oneCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff>'
        '<xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="9525" cy="9525"/><xdr:pic><xdr:nvPicPr>'
        '<xdr:cNvPr id="1" name="logo"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/>'
        "</xdr:blipFill><xdr:spPr/></xdr:pic><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>"
    )
    link = '<Relationship Id="rId1" Type="{1}/{2}" Target="{3}"/>'
    links = f'<Relationships xmlns="{{0}}/package/2006/relationships">{link}</Relationships>'
    parts = parts_of(sheet_file)
    part = parts["xl/worksheets/sheet1.xml"].replace(
        b"</worksheet>", f'<drawing xmlns:r="{of_sheet}" r:id="rId1"/></worksheet>'.encode()
    )
    kinds = parts["[Content_Types].xml"].replace(
        b"<Default", b'<Default Extension="png" ContentType="image/png"/><Default', 1
    )
    with_parts(
        sheet_file,
        {
            "xl/worksheets/sheet1.xml": part,
            "xl/worksheets/_rels/sheet1.xml.rels": links.format(
                office, of_sheet, "drawing", "/xl/drawings/drawing1.xml"
            ).encode(),
            "xl/drawings/drawing1.xml": drawing.encode(),
            "xl/drawings/_rels/drawing1.xml.rels": links.format(
                office, of_sheet, "image", "/xl/media/image1.png"
            ).encode(),
            "xl/media/image1.png": PIXEL,
            "[Content_Types].xml": kinds,
        },
    )
    lost = copied(sheet_file)
    media = [part for name, part in parts_of(sheet_file.with_name("salinan.xlsx")).items() if "media" in name]
    told = "1 dari 1 gambar tidak ikut ke salinan"
    assert (media == [PIXEL]) != (told in lost)


@pytest.mark.parametrize(
    ("name", "part", "kind"),
    [
        ("xl/threadedComments/threadedComment1.xml", b"<ThreadedComments/>", "percakapan (komentar berutas)"),
        ("xl/connections.xml", b"<connections/>", "sambungan data"),
        ("xl/slicers/slicer1.xml", b"<slicers/>", "pengiris (slicer) atau garis waktu"),
        ("xl/metadata.xml", b"<metadata/>", "penanda rumus larik dinamis"),
        ("xl/drawings/drawing9.xml", b"<x:wsDr xmlns:x='x'><x:sp macro=''/></x:wsDr>", "bentuk atau kotak teks"),
        ("xl/pivotTables/pivotTable1.xml", b"<pivotTableDefinition/>", "tabel pivot"),
    ],
)
def test_each_kind_that_is_dropped_is_counted_and_told(sheet_file: Path, name: str, part: bytes, kind: str) -> None:
    """
    | 1 |
    """
    assert kind in KINDS
    assert copied(with_parts(sheet_file, {name: part})) == (f"1 dari 1 {kind} tidak ikut ke salinan",)


def test_an_extension_of_a_sheet_is_dropped_and_its_rules_are_counted(sheet_file: Path) -> None:
    """
    | 1 |
    """
    part = parts_of(sheet_file)["xl/worksheets/sheet1.xml"]
    rules = (
        b'<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><x14:sparklineGroups xmlns:x14="x"'
        b' xmlns:xm="y"><x14:sparklineGroup><x14:sparklines><x14:sparkline><xm:f>A1</xm:f></x14:sparkline>'
        b"</x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst></worksheet>"
    )
    with_parts(sheet_file, {"xl/worksheets/sheet1.xml": part.replace(b"</worksheet>", rules)})
    assert copied(sheet_file) == ("1 dari 1 grafik mini (sparkline) tidak ikut ke salinan",)


def with_macros(path: Path) -> Path:
    kinds = parts_of(path)["[Content_Types].xml"].replace(
        b"<Default Extension",
        b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Default Extension',
        1,
    )
    return with_parts(path, {"xl/vbaProject.bin": b"makro", "[Content_Types].xml": kinds}).rename(
        path.with_suffix(".xlsm")
    )


def test_macros_are_kept_under_their_own_ending_and_left_out_and_told_under_another(sheet_file: Path) -> None:
    """
    | 1 |
    """
    path = with_macros(sheet_file)
    assert copied(path, "ikut.xlsm") == ()
    assert parts_of(path.with_name("ikut.xlsm"))["xl/vbaProject.bin"] == b"makro"
    (lost,) = copied(path, "tidak.xlsx")
    assert "proyek makro (beri salinan nama .xlsm agar ikut) tidak ikut" in lost
    assert "xl/vbaProject.bin" not in parts_of(path.with_name("tidak.xlsx"))


@pytest.mark.parametrize("name", ["salinan.xlsm", "salinan.xls", "salinan"])
def test_a_workbook_without_macros_is_not_copied_under_an_ending_that_says_otherwise(
    sheet_file: Path, name: str
) -> None:
    """
    | 1 |
    """
    with pytest.raises(CannotWrite, match=r"berakhiran \.xlsx"):
        load(sheet_file, sheet_file.with_name(name))


def test_a_copy_of_a_copy_is_the_same_to_the_byte(sheet_file: Path) -> None:
    """
    | a | 1 | =B1 |
    """
    copied(sheet_file, "satu.xlsx")
    copied(sheet_file, "dua.xlsx")
    copied(sheet_file.with_name("satu.xlsx"), "tiga.xlsx")
    one, two, three = (sheet_file.with_name(f"{name}.xlsx").read_bytes() for name in ("satu", "dua", "tiga"))
    assert one == two == three


def test_a_template_becomes_a_workbook(sheet_file: Path) -> None:
    """
    | 1 |
    """
    _, new, _ = again(sheet_file, lambda book: setattr(book, "template", True))
    assert not new.template


def test_a_workbook_that_is_no_zip_or_not_sound_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "rusak.xlsx"
    for content in (b"bukan zip", b""):
        path.write_bytes(content)
        with pytest.raises(UnreadableFile, match=r"rusak\.xlsx: tidak dapat dibuka untuk disalin .* simpan sebagai"):
            load(path, tmp_path / "salinan.xlsx")


def test_a_warning_of_the_copying_library_is_passed_on_once(sheet_file: Path) -> None:
    """
    | 1 |
    """
    part = parts_of(sheet_file)["xl/worksheets/sheet1.xml"]
    odd = b'<headerFooter><oddHeader>&amp;L&amp;"Arial</oddHeader></headerFooter></worksheet>'
    with_parts(sheet_file, {"xl/worksheets/sheet1.xml": part.replace(b"</worksheet>", odd)})
    told = [text for text in copied(sheet_file) if "openpyxl" in text]
    assert len(told) == len(set(told)) <= 1


@pytest.mark.parametrize("name", ["kpu-binjai-2024-terbit", "kpu-binjai-2024"])
def test_a_sample_is_copied_with_every_cell(name: str, tmp_path: Path) -> None:
    original = tmp_path / f"{name}.xlsx"
    original.write_bytes((SAMPLES / f"{name}.xlsx").read_bytes())
    before = original.read_bytes()
    copied(original)
    old, new = load_workbook(original), load_workbook(tmp_path / "salinan.xlsx")
    for sheet in old:
        told = {cell.coordinate: cell.value or None for row in sheet for cell in row}
        assert {cell.coordinate: cell.value or None for row in new[sheet.title] for cell in row} == told
    assert original.read_bytes() == before


@settings(max_examples=30)
@given(st.lists(st.floats(-1e15, 1e15, allow_nan=False) | st.integers(-(2**53), 2**53), min_size=1, max_size=8))
def test_no_number_changes_by_a_bit(numbers: list[float]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contoh.xlsx"
        write_sheets("| a |", path)
        cells = "".join(f'<c r="{"ABCDEFGH"[at]}1"><v>{number!r}</v></c>' for at, number in enumerate(numbers)).encode()
        part = parts_of(path)["xl/worksheets/sheet1.xml"]
        part = re.sub(rb"<sheetData>.*</sheetData>", b'<sheetData><row r="1">' + cells + b"</row></sheetData>", part)
        with_parts(path, {"xl/worksheets/sheet1.xml": part})
        copied(path)
        row = parts_of(path.with_name("salinan.xlsx"))["xl/worksheets/sheet1.xml"]
        assert [float(value) for value in re.findall(rb"<v>([^<]*)</v>", row)] == [float(number) for number in numbers]


def test_a_workbook_of_no_sheet_with_cells_is_copied(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "kosong.xlsx")
    assert copied(tmp_path / "kosong.xlsx") == ()
    assert load_workbook(tmp_path / "salinan.xlsx").sheetnames == ["Sheet"]


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_a_sakti_export_gets_no_date_from_the_clock_and_the_fill_that_excel_reserves(tmp_path: Path) -> None:
    original = tmp_path / "sakti.xlsx"
    original.write_bytes((SAMPLES / "kpu-binjai-2024-12-glp039.xlsx").read_bytes())
    assert copied(original) == ()
    properties = load_workbook(tmp_path / "salinan.xlsx").properties
    assert properties.created == properties.modified == NO_DATE
    fills = re.search(rb"<fills.*?</fills>", parts_of(tmp_path / "salinan.xlsx")["xl/styles.xml"])
    assert fills is not None
    assert b"gray125" in fills[0]


def test_a_workbook_that_cannot_be_written_again_is_refused(sheet_file: Path) -> None:
    """
    | 1 |
    """
    copy = sheet_file.with_name("salinan.xlsx")
    book, held, _ = load(sheet_file, copy)
    book._sheets.clear()
    with pytest.raises(CannotWrite, match="isi berkas asli tidak dapat ditulis ulang"):
        list(save(book, held, copy, copy))


def test_comments_on_two_sheets_of_a_copy_with_macros_have_two_drawings(sheet_file: Path) -> None:
    """
    # Sheet: Satu
    | 1 |
    # Sheet: Dua
    | 2 |
    """
    book = load_workbook(sheet_file)
    for sheet in book:
        sheet["A1"].comment = Comment(f"tanya {sheet.title}", "Wati")
    book.save(sheet_file)
    copied(with_macros(sheet_file), "ikut.xlsm")
    names = [name for name in parts_of(sheet_file.with_name("ikut.xlsm")) if name.endswith(".vml")]
    assert names == ["xl/drawings/commentsDrawing1.vml", "xl/drawings/commentsDrawing2.vml"]
