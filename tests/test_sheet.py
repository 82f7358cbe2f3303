import zipfile
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from lkj_xlsx.book import Odd
from lkj_xlsx.errors import LkjError, UnreadableFile
from lkj_xlsx.figures import Figures
from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.readers import read
from lkj_xlsx.rupiah import Fault
from lkj_xlsx.sheet import Sheet, open_document, unread

NOTHING: frozenset[str] = frozenset()
LIMIT = 2**53
ROOT = Path(__file__).parents[1]


def only_sheet(path: Path) -> Sheet:
    (sheet,) = open_document(path).sheets
    return sheet


def row_of(path: Path, row: int = 0) -> list[int | Fault | None]:
    sheet = only_sheet(path)
    return [sheet.amount(row, column, NOTHING) for column in range(len(sheet.rows[row]))]


def read_column(path: Path) -> tuple[list[int | None], list[Finding]]:
    findings: list[Finding] = []
    sheet = only_sheet(path)
    figures = Figures(sheet, {"pagu": 0}, range(9), findings)
    return [figures.read(row, "pagu") for row in range(len(sheet.rows))], findings


def rewrite(path: Path, replacements: dict[str, str]) -> None:
    """Replace text in the sheet's own XML: writers of workbooks round what lies beyond 2^53."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    for old, new in replacements.items():
        assert old in sheet
        sheet = sheet.replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else content)


def brief(findings: list[Finding]) -> list[tuple[str, str | None, tuple[str | None, ...]]]:
    return [(found.code, found.where.cell, tuple(place.cell for place in found.because)) for found in findings]


def test_addresses_count_from_a1_where_the_data_start_at_d5(sheet_file: Path) -> None:
    """
    | | | | | |
    | | | | | |
    | | | | | |
    | | | | | |
    | | | | Pagu | Realisasi |
    | | | | 1000 | 900 |
    """
    sheet = only_sheet(sheet_file)
    assert sheet.text(4, 3) == "Pagu"
    assert (sheet.at(5, 3), sheet.at(5, 4)) == (1000, 900)
    assert (sheet.at(0, 0), sheet.at(99, 0), sheet.at(0, 99)) == (None, None, None)
    assert str(sheet.where(4, 3)) == "contoh.xlsx!Sheet1!D5"
    assert str(sheet.where(4)) == "contoh.xlsx!Sheet1!baris 5"


def test_a_blank_an_error_and_a_formula_nobody_calculated_are_told_apart(sheet_file: Path) -> None:
    """
    | | #REF! | =E1+F1 | 0 | - | 7 |
    """
    assert row_of(sheet_file) == [None, Fault.ERROR_CELL, Fault.UNCACHED, 0, 0, 7]


def test_every_error_of_a_spreadsheet_is_an_error_cell(sheet_file: Path) -> None:
    """
    | #REF! | #DIV/0! | #N/A | #NAME? | #NULL! | #NUM! | #VALUE! |
    """
    assert row_of(sheet_file) == [Fault.ERROR_CELL] * 7


def test_errors_and_uncalculated_formulas_keep_their_addresses_where_the_data_start_at_d5(sheet_file: Path) -> None:
    """
    # Sheet: Lain
    | x |
    # Sheet: Data
    | | | | | |
    | | | | | |
    | | | | | |
    | | | | | |
    | | | | 5 | #REF! |
    | | | | =D1 | 6 |
    """
    sheet = open_document(sheet_file).sheets[1]
    assert [sheet.amount(4, column, NOTHING) for column in (2, 3, 4)] == [None, 5, Fault.ERROR_CELL]
    assert [sheet.amount(5, column, NOTHING) for column in (2, 3, 4)] == [None, Fault.UNCACHED, 6]


def test_an_error_and_an_uncalculated_formula_are_findings_at_their_cells(sheet_file: Path) -> None:
    """
    | 1 |
    | #REF! |
    | =B1 |
    | |
    | 2 |
    """
    amounts, findings = read_column(sheet_file)
    assert amounts == [1, None, None, None, 2]
    assert brief(findings) == [("R105", "A2", ()), ("R106", "A3", ())]
    assert {found.severity for found in findings} == {Severity.ERROR}


def test_a_calculated_formula_is_the_value_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "rumus.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("B1", "=1/0", None, "#DIV/0!")
    assert row_of(path) == [2, Fault.ERROR_CELL]


def test_a_formula_that_shows_nothing_is_a_blank(tmp_path: Path) -> None:
    path = tmp_path / "kosong.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", '=IF(B1="","",B1)', None, "nihil")
        sheet.write_number("C1", 1)
    rewrite(path, {"<v>nihil</v>": "<v></v>"})
    assert row_of(path) == [None, None, 1]


def test_dates_times_and_booleans_are_no_amounts(sheet_file: Path) -> None:
    """
    | TRUE |
    | FALSE |
    | 2024-12-31 |
    | 5 |
    """
    amounts, findings = read_column(sheet_file)
    assert amounts == [None, None, None, 5]
    assert brief(findings) == [("R107", "A1", ()), ("R107", "A2", ()), ("R107", "A3", ())]


def test_a_date_with_a_time_is_no_amount(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = datetime(2024, 12, 31, 23, 59)  # noqa: DTZ001 - a spreadsheet knows no time zone
    book.save(tmp_path / "jam.xlsx")
    assert row_of(tmp_path / "jam.xlsx") == [Fault.NOT_AMOUNT]


@pytest.mark.parametrize("sign", ["", "-"])
def test_the_largest_exact_integer_is_taken_and_the_next_refused(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "besar.xlsx"
    figures = {f"<v>{1001 + above}</v>": f"<v>{sign}{LIMIT + above}</v>" for above in (-1, 0, 1, 2)}
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, [1000, 1001, 1002, 1003])
    rewrite(path, figures)
    assert row_of(path) == [int(f"{sign}{LIMIT - 1}"), int(f"{sign}{LIMIT}"), Fault.TOO_LARGE, Fault.TOO_LARGE]


def test_a_fraction_of_a_rupiah_is_refused(sheet_file: Path) -> None:
    """
    | 1.5 | 2.0 | 0.1 |
    """
    assert row_of(sheet_file) == [Fault.FRACTION, 2, Fault.FRACTION]


def test_a_column_that_cannot_be_decided_is_reported_once_with_all_its_cells(sheet_file: Path) -> None:
    """
    | '1.000 |
    | 7 |
    | '2.500 |
    | - |
    | '3.000 |
    """
    amounts, findings = read_column(sheet_file)
    assert amounts == [None, 7, None, 0, None]
    assert brief(findings) == [("R104", "A1", ("A3", "A5"))]


def test_one_cell_decides_for_its_column(sheet_file: Path) -> None:
    """
    | '1.000 |
    | '2.500 |
    | '1.000.000 |
    """
    assert read_column(sheet_file) == ([1000, 2500, 1000000], [])


def test_each_column_is_decided_by_itself(sheet_file: Path) -> None:
    """
    | '1.000.000 | '1.000 |
    """
    findings: list[Finding] = []
    figures = Figures(only_sheet(sheet_file), {"pagu": 0, "realisasi": 1}, range(9), findings)
    assert figures.read_all(0) == {"pagu": 1000000, "realisasi": None}
    assert brief(findings) == [("R104", "B1", ())]


def test_rows_above_the_first_do_not_decide_a_column(sheet_file: Path) -> None:
    """
    | 1.000.000 |
    | '1.000 |
    """
    findings: list[Finding] = []
    figures = Figures(only_sheet(sheet_file), {"pagu": 0}, range(1, 9), findings)
    assert figures.read(1, "pagu") is None
    assert brief(findings) == [("R104", "A2", ())]


def test_two_ways_of_writing_thousands_in_one_column_are_reported(sheet_file: Path) -> None:
    """
    | 1.000.000 |
    | 2,000,000 |
    | '3.000 |
    | 4,000,000 |
    """
    amounts, findings = read_column(sheet_file)
    assert amounts == [1000000, 2000000, None, 4000000]
    assert brief(findings) == [("R104", "A3", ()), ("R109", "A2", ("A4",))]
    assert [found.severity for found in findings] == [Severity.ERROR, Severity.PERINGATAN]


def test_a_text_that_is_no_figure_is_a_finding_that_quotes_it(sheet_file: Path) -> None:
    """
    | seribu |
    | 1.00.000 |
    | 1.000,50 |
    """
    amounts, findings = read_column(sheet_file)
    assert amounts == [None, None, None]
    assert [(found.code, found.printed) for found in findings] == [
        ("R101", "seribu"),
        ("R101", "1.00.000"),
        ("R102", "1.000,50"),
    ]


def test_a_missing_amount_is_reported_only_where_the_cell_is_blank(sheet_file: Path) -> None:
    """
    | 5 |
    | |
    | #REF! |
    """
    findings: list[Finding] = []
    figures = Figures(only_sheet(sheet_file), {"pagu": 0}, range(9), findings)
    for row in range(3):
        figures.read(row, "pagu")
        figures.report_empty(row, "pagu")
        figures.report_empty(row, "blokir")
    assert [(found.code, found.where.cell) for found in findings if found.code == "R108"] == [("R108", "A2")]
    assert [found.code for found in findings if found.where.cell == "A3"] == ["R105"]
    assert figures.read(0, "blokir") is None


def test_texts_are_given_without_what_surrounds_them_and_numbers_without_a_point(sheet_file: Path) -> None:
    """
    | 6709 | 0.5 | '051 | a   b |
    """
    sheet = only_sheet(sheet_file)
    assert [sheet.text(0, column) for column in range(5)] == ["6709", "0.5", "051", "a b", ""]


def test_every_kind_of_cell_has_a_text_a_value_and_an_amount_or_why_not() -> None:
    error = Odd(Fault.ERROR_CELL, "#REF!")
    cells: list[tuple[object, str, object, object]] = [
        (None, "", None, None),
        (" \n", "", None, None),
        (" 1.000.000 ", "1.000.000", " 1.000.000 ", 1_000_000),
        (12309652000, "12309652000", 12309652000, 12309652000),
        (6709.0, "6709", 6709.0, 6709),
        (0.5, "0.5", 0.5, Fault.FRACTION),
        (Decimal("1E-7"), "0.0000001", Decimal("1E-7"), Fault.FRACTION),
        (10**20, "1" + "0" * 20, 10**20, Fault.TOO_LARGE),
        (bool("benar"), "True", bool("benar"), Fault.NOT_AMOUNT),
        (date(2024, 12, 31), "2024-12-31", date(2024, 12, 31), Fault.NOT_AMOUNT),
        (error, "#REF!", Fault.ERROR_CELL, Fault.ERROR_CELL),
    ]
    sheet = Sheet("a.xlsx", "A", [[cell for cell, _, _, _ in cells]])
    for column, (_, text, value, amount) in enumerate(cells):
        assert (sheet.text(0, column), sheet.value(0, column)) == (text, value)
        assert sheet.amount(0, column, NOTHING) == amount
    assert sheet.percent_places(0, 0) is None


def test_a_sheet_is_found_whatever_the_case_of_its_name(sheet_file: Path) -> None:
    """
    # Sheet: ANGGARAN
    | x |
    # Sheet: Lain
    | y |
    """
    document = open_document(sheet_file)
    assert [sheet.name for sheet in document.sheets] == ["ANGGARAN", "Lain"]
    found = document.named("Anggaran")
    assert found is not None
    assert found.text(0, 0) == "x"
    assert document.named("Pagu") is None


def test_a_hidden_sheet_is_read_like_any_other(tmp_path: Path) -> None:
    book = Workbook()
    hidden = book.create_sheet("Tersembunyi")
    hidden["A1"] = 1
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "buku.xlsx")
    document = open_document(tmp_path / "buku.xlsx")
    assert [sheet.name for sheet in document.sheets] == ["Sheet", "Tersembunyi"]
    assert [str(note) for note in document.notes] == [
        "buku.xlsx!Tersembunyi: info R112: lembar ini tersembunyi; ikut dibaca"
    ]
    assert unread(document, {"Tersembunyi"}) == [*document.notes]


def test_a_file_may_be_called_by_another_name_than_its_own(sheet_file: Path) -> None:
    """
    | x |
    """
    document = open_document(sheet_file, "unggahan.xlsx")
    assert (document.file, document.sheets[0].file) == ("unggahan.xlsx", "unggahan.xlsx")


def test_how_a_file_was_read_is_told(sheet_file: Path) -> None:
    """
    | x |
    """
    with zipfile.ZipFile(sheet_file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"")
    (note,) = open_document(sheet_file).notes
    assert str(note) == "contoh.xlsx: info R112: makro di dalamnya tidak dijalankan dan tidak dibaca"


def test_a_sheet_that_holds_something_and_was_not_read_is_named(sheet_file: Path) -> None:
    """
    # Sheet: Anggaran
    | x |
    # Sheet: Catatan
    | y |
    # Sheet: Kosong
    | |
    """
    blank = Sheet("contoh.xlsx", "Spasi", [[None, " \n"], []])
    document = open_document(sheet_file)
    (found,) = unread(replace(document, sheets=(*document.sheets, blank)), {"Anggaran"})
    assert (found.code, found.severity, str(found.where)) == ("R110", Severity.INFO, "contoh.xlsx!Catatan")


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"%PDF-1.7\n", "PDF"), (b"PK\x03\x04 and no more", "rusak atau terpotong"), (b"", "kosong")],
    ids=["pdf", "no zip", "empty"],
)
def test_a_file_that_is_no_workbook_is_refused_with_its_kind_and_what_to_do(
    tmp_path: Path, content: bytes, says: str
) -> None:
    path = tmp_path / "fa detail.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as refused:
        open_document(path)
    assert str(refused.value).startswith("fa detail.xlsx: ")
    assert says in str(refused.value)
    assert "unduh lagi" in str(refused.value)


def test_a_workbook_cut_short_is_refused_wherever_it_is_cut(sheet_file: Path) -> None:
    """
    | Kode | Pagu |
    | 6709 | 1000 |
    """
    whole = sheet_file.read_bytes()
    for length in range(4, len(whole), 97):
        sheet_file.write_bytes(whole[:length])
        with pytest.raises(UnreadableFile, match=r"^contoh\.xlsx: isi workbook rusak atau terpotong"):
            open_document(sheet_file)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_a_workbook_with_a_broken_part_is_refused(sheet_file: Path, tmp_path: Path, part: str) -> None:
    """
    | Kode | Pagu |
    | 6709 | 1000 |
    """
    path = tmp_path / "rusak.xlsx"
    with zipfile.ZipFile(sheet_file) as whole, zipfile.ZipFile(path, "w") as broken:
        for name in whole.namelist():
            content = whole.read(name)
            broken.writestr(name, content[: len(content) // 2] if name == part else content)
    with pytest.raises(UnreadableFile, match=r"^rusak\.xlsx: "):
        open_document(path)


def test_parts_that_say_nothing_of_the_cells_may_be_damaged(sheet_file: Path, tmp_path: Path) -> None:
    """
    | Kode | Pagu |
    | 6709 | #REF! |
    """
    path = tmp_path / "rusak.xlsx"
    with zipfile.ZipFile(sheet_file) as whole, zipfile.ZipFile(path, "w") as broken:
        for name in whole.namelist():
            broken.writestr(name, b"?" if name in ("docProps/core.xml", "[Content_Types].xml") else whole.read(name))
    assert row_of(path, 1) == [6709, Fault.ERROR_CELL]


def test_a_number_that_is_none_is_a_finding_that_quotes_it(tmp_path: Path) -> None:
    path = tmp_path / "angka.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_column(0, 0, [1001, 1002])
    rewrite(path, {"<v>1001</v>": "<v>NaN</v>"})
    amounts, findings = read_column(path)
    assert amounts == [None, 1002]
    assert [(found.code, found.where.cell) for found in findings] == [("R101", "A1")]


def test_one_cell_far_away_is_read_at_its_address(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = 1
    book.worksheets[0]["XFD12000"] = 5
    book.save(tmp_path / "jauh.xlsx")
    sheet = only_sheet(tmp_path / "jauh.xlsx")
    assert (len(sheet.rows), sheet.at(0, 0), sheet.at(11_999, 16_383)) == (12_000, 1, 5)


def test_a_long_list_of_merged_cells_after_the_rows_is_no_far_cell(tmp_path: Path) -> None:
    path = tmp_path / "gabungan.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row in range(6000):
            sheet.merge_range(row, 0, row, 34, "x")
    assert len(only_sheet(path).rows) == 6000


@settings(max_examples=100)
@given(data=st.data())
def test_a_damaged_workbook_is_refused_or_read_and_never_a_bug(data: st.DataObject) -> None:
    content = bytearray((ROOT / "samples" / "kpu-binjai-2024.xlsx").read_bytes())
    places = st.integers(0, len(content) - 1)
    for place, byte in data.draw(st.dictionaries(places, st.integers(0, 255), min_size=1, max_size=8)).items():
        content[place] = byte
    with TemporaryDirectory() as folder, suppress(LkjError):
        path = Path(folder) / "rusak.xlsx"
        path.write_bytes(bytes(content))
        read(path)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dokumen.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(UnreadableFile, match=r"^dokumen\.xlsx: .*bukan workbook \.xlsx.*simpan sebagai"):
        open_document(path)


def test_a_workbook_of_charts_alone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "grafik.xlsx"
    book = Workbook()
    book.create_chartsheet("Grafik")
    book.remove(book.worksheets[0])
    book.save(path)
    with pytest.raises(UnreadableFile, match=r"^grafik\.xlsx: workbook tanpa lembar kerja"):
        open_document(path)


def test_a_missing_file_and_a_folder_are_refused_with_their_whole_path(tmp_path: Path) -> None:
    for path in (tmp_path / "tidak ada.xlsx", tmp_path):
        with pytest.raises(UnreadableFile) as refused:
            open_document(path)
        assert str(path) in str(refused.value)
        assert "periksa nama dan izin berkas" in str(refused.value)
