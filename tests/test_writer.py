import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as Read
from openpyxl.worksheet.worksheet import Worksheet

from lkj_xlsx.errors import CannotWrite
from lkj_xlsx.looks import grouped_nip, height_of
from lkj_xlsx.model import Identity
from lkj_xlsx.rupiah import LARGEST
from lkj_xlsx.table import Cell, Chart, Column, Difference, Ref, Role, Row, Sentence, Table, Unit, Value
from lkj_xlsx.writer import write

IDENTITY = Identity(
    nama_satker="KPU Kota Binjai",
    tahun=2024,
    bulan=12,
    kota="Binjai",
    tanggal_laporan="17 Januari 2025",
    jabatan="SEKRETARIS",
    nama="SYAIFUL AZHAR",
    nip="198402222009021004",
)
COLUMNS = (
    Column("uraian", "Uraian", Unit.TEXT, 30),
    Column("pagu", "Pagu", Unit.RUPIAH, 18),
    Column("serapan", "Serapan", Unit.SERAPAN, 10),
)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def line(*cells: Cell | Value, key: str = "") -> Row:
    return Row(Role.LINE, tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in cells), key)


def table(*rows: Row) -> Table:
    return Table("Contoh", ("Judul",), COLUMNS, rows)


def written(path: Path, *tables: Table, identity: Identity = IDENTITY) -> Worksheet:
    """Write the tables; give the first sheet as a person opens it, formulas as formulas."""
    write(tables, path, identity, force=True)
    sheet = load_workbook(path).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def at(sheet: Worksheet, address: str) -> Read:
    cell = sheet[address]
    assert isinstance(cell, Read)
    return cell


def cached(path: Path, address: str) -> object:
    return at(load_workbook(path, data_only=True).worksheets[0], address).value


def formulas(path: Path) -> list[str]:
    """List the text of every <f> in every sheet."""
    with zipfile.ZipFile(path) as book:
        parts = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        return [node.text or "" for part in parts for node in ET.fromstring(book.read(part)).iter(f"{MAIN}f")]  # noqa: S314 - own file


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "contoh.xlsx"


def test_amounts_and_ratios_are_numbers_with_the_format_of_their_unit(path: Path) -> None:
    sheet = written(path, table(line("Anggaran", 33_239_899_000, Fraction(1, 3))))
    assert [at(sheet, cell).value for cell in ("A4", "B4", "C4")] == ["Anggaran", 33_239_899_000, 1 / 3]
    assert [at(sheet, cell).number_format for cell in ("B4", "C4")] == ['#,##0;-#,##0;"-"', "0.00%"]


def test_a_computed_cell_is_a_formula_with_its_cached_value(path: Path) -> None:
    sheet = written(path, table(line("a", 5, Cell(3, Difference(Ref("a", "pagu"), Ref("a", "pagu"))), key="a")))
    assert (at(sheet, "C4").value, cached(path, "C4")) == ("=B4-B4", 3)


def test_a_computed_cell_that_is_a_text_keeps_it(path: Path) -> None:
    sheet = written(path, table(line("a", 0, Cell("-", Ref("a", "uraian")), key="a")))
    assert (at(sheet, "C4").value, cached(path, "C4")) == ("=A4", "-")


def test_an_unknown_figure_is_a_question_mark_and_no_formula(path: Path) -> None:
    computed = Cell(None, Difference(Ref("a", "pagu"), Ref("a", "pagu")))
    sheet = written(path, table(line("a", Cell(None, is_figure=True), computed, key="a")))
    assert [at(sheet, cell).value for cell in ("B4", "C4")] == ["?", "?"]
    assert formulas(path) == []


def test_nothing_is_printed_where_nothing_is_meant(path: Path) -> None:
    sheet = written(path, table(line("a", None, None)))
    assert [at(sheet, cell).value for cell in ("B4", "C4")] == [None, None]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "{=1}", "=cmd|' /C calc'!A0", "'=1", "\t=1", "\r=1"])
def test_a_text_that_looks_like_a_formula_stays_a_text(path: Path, text: str) -> None:
    sheet = written(path, table(line(text, 1, None)))
    assert (formulas(path), at(sheet, "A4").data_type) == ([], "s")


@given(text=ANY_TEXT)
@example(text="=1+1")
@example(text="https://example.org")
@example(text="_x0041_")
@example(text="\x00\x1f\x7f\ufffe\uffff")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_of_any_kind_becomes_a_formula(path: Path, text: str) -> None:
    rows = (line(text, 1, None), Row(Role.GROUP, (Cell(text, across=3), Cell(), Cell())))
    noted = replace(table(*rows), title=(text,), notes=(text,), is_signed=True)
    who = replace(IDENTITY, nama_satker=text, kota=text, jabatan=text, nama=text, nip=text)
    write((noted,), path, who, force=True)
    assert formulas(path) == []
    for part in parts_of(path).values():
        ET.fromstring(part)  # noqa: S314 - own file


@given(text=ANY_TEXT)
@example(text='"&1&"')
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_out_of_the_words_of_a_sentence(path: Path, text: str) -> None:
    sentence = Cell(text, Sentence((text,)))
    write((table(line(sentence, 1, None)),), path, IDENTITY, force=True)
    (formula,) = formulas(path)
    assert re.fullmatch(r'"(?:[^"]|"")*"', formula, re.DOTALL)


def test_a_text_that_fills_a_cell_is_written_whole(path: Path) -> None:
    assert at(written(path, table(line("a" * 32_767, 1, None))), "A4").value == "a" * 32_767


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (Cell("a" * 32_768), "Contoh: teks lebih dari 32767 huruf"),
        (Cell("\U0001f600" * 16_384), "Contoh: teks lebih dari 32767 huruf"),
        (Cell(5, unit=Unit.BILANGAN, suffix="s" * 201), "Contoh: satuan `s+…` lebih dari 200 huruf"),
        (Cell(LARGEST + 1), "melampaui 2\\^53"),
        (Cell(-LARGEST - 1), "melampaui 2\\^53"),
    ],
)
@pytest.mark.parametrize("is_there", [False, True])
def test_what_a_cell_cannot_hold_stops_the_run_and_leaves_nothing(
    path: Path, cell: Cell, words: str, *, is_there: bool
) -> None:
    if is_there:
        path.write_bytes(b"laporan lama")
    with pytest.raises(CannotWrite, match=words):
        write((table(line(cell, 1, None)),), path, IDENTITY, force=True)
    assert [found.read_bytes() for found in path.parent.iterdir()] == [b"laporan lama"] * is_there


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        *[("a\x01b", "a\ufffdb"), ("a\ud800b", "a\ufffdb"), ("a\rb", "a\ufffdb"), ("a\ufffeb\uffff", "a\ufffdb\ufffd")],
        *[("a\r\nb", "a\nb"), ("a\tb\nc", "a\tb\nc"), ("\U0001f600", "\U0001f600"), ("_x0041_", "_x0041_")],
    ],
)
def test_what_no_cell_can_show_is_marked_and_said_under_the_table(path: Path, text: str, shown: str) -> None:
    formula = Cell(text, Ref("a", "uraian"))
    sheet = written(path, table(line(text, 1, formula, key="a")))
    assert str(at(sheet, "A4").value).replace("_x005F_", "_") == shown
    assert str(cached(path, "C4")).replace("_x005F_", "_") == shown
    is_marked = "\ufffd" in shown
    told = "1 teks memuat huruf yang tidak dapat dicetak; ditulis sebagai \ufffd."
    assert at(sheet, "A5").value == (told if is_marked else None)


def test_a_text_of_as_many_signs_as_a_cell_holds_is_written_whole(path: Path) -> None:
    assert at(written(path, table(line("\U0001f600" * 16_383, 1, None))), "A4").value == "\U0001f600" * 16_383


def test_a_unit_of_hers_cannot_break_out_of_its_format(path: Path) -> None:
    sheet = written(path, table(line("a", Cell(3, unit=Unit.BILANGAN, suffix='";\x01\n[Red]' + "s" * 190), None)))
    assert at(sheet, "B4").number_format == "General\" ';\ufffd [Red]" + "s" * 190 + '"'


def test_the_largest_amount_of_a_sheet_is_written(path: Path) -> None:
    assert at(written(path, table(line("a", LARGEST, None))), "B4").value == LARGEST


def test_a_table_wider_than_a_sheet_stops_the_run_and_leaves_nothing(path: Path) -> None:
    columns = tuple(Column(str(index), "", Unit.TEXT, 1) for index in range(16_385))
    wide = Table("Lebar", (), columns, (Row(Role.LINE, tuple(Cell("a") for _ in columns)),))
    with pytest.raises(CannotWrite, match="lembar kerja tidak memuat semua isinya"):
        write((wide,), path, IDENTITY)
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("names", [("Satu", "Satu"), ("x" * 32,), ("a/b",)])
def test_a_sheet_name_that_a_workbook_refuses_stops_the_run(path: Path, names: Sequence[str]) -> None:
    with pytest.raises(CannotWrite, match="tidak dapat ditulis"):
        write(tuple(replace(table(), name=name) for name in names), path, IDENTITY)
    assert list(path.parent.iterdir()) == []


def test_an_existing_file_is_refused_and_stays_as_it_was(path: Path) -> None:
    path.write_bytes(b"laporan lama")
    with pytest.raises(CannotWrite, match="--force"):
        write((table(),), path, IDENTITY)
    assert path.read_bytes() == b"laporan lama"
    assert list(path.parent.iterdir()) == [path]


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("satu", "dua"):
        write((table(line("a", 1, Fraction(1, 7))),), tmp_path / name, IDENTITY)
    assert (tmp_path / "satu").read_bytes() == (tmp_path / "dua").read_bytes()


def test_titles_headings_and_notes_stand_around_the_body(path: Path) -> None:
    sheet = written(path, replace(table(line("a", 1, None)), title=("Satu", "Dua"), notes=("Catatan",)))
    assert [at(sheet, cell).value for cell in ("A1", "A2", "A3", "A4", "A5", "A6")] == [
        "Satu",
        "Dua",
        None,
        "Uraian",
        "a",
        "Catatan",
    ]
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A1:C1", "A2:C2", "A6:C6"}


def test_headings_with_a_common_heading_stand_under_it(path: Path) -> None:
    columns = (COLUMNS[0], *(replace(column, group="Kinerja") for column in COLUMNS[1:]))
    sheet = written(path, replace(table(line("a", 1, None)), columns=columns))
    assert [at(sheet, cell).value for cell in ("A3", "B3", "B4", "C4")] == ["Uraian", "Kinerja", "Pagu", "Serapan"]
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A1:C1", "A3:A4", "B3:C3"}
    assert sheet.print_title_rows == "$3:$4"


def test_a_cell_spreads_across_and_down(path: Path) -> None:
    first = line(Cell("sasaran", down=2), 1, "a")
    second = line(Cell(), 2, "b")
    third = Row(Role.GROUP, (Cell("pita", across=3), Cell(), Cell()))
    sheet = written(path, table(first, second, third))
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A1:C1", "A4:A5", "A6:C6"}
    assert at(sheet, "B5").value == 2


def test_rows_of_figures_alone_may_stand_under_a_merged_text(path: Path) -> None:
    sheet = written(path, table(line(Cell("sasaran", down=2), 1, None), line(Cell(), 2, None)))
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A1:C1", "A4:A5"}


def test_rows_under_a_long_merged_text_are_tall_enough_for_it(path: Path) -> None:
    words = "sasaran yang panjang sekali " * 10
    rows = (line(Cell(words, down=2), "a", None), line(Cell(), "b", None))
    sheet = written(path, table(*rows))
    heights = [sheet.row_dimensions[row].height for row in (4, 5)]
    assert sum(height or 0 for height in heights) >= height_of(words, 30)


def test_a_typed_measure_prints_its_unit(path: Path) -> None:
    sheet = written(path, table(line("a", Cell(3, unit=Unit.BILANGAN, suffix='Dok"umen'), None)))
    assert at(sheet, "B4").number_format == 'General" Dok\'umen"'


def test_a_finding_is_linked_to_its_cell(path: Path) -> None:
    sheet = written(path, table(line(Cell("sumber.xlsx!A!C10", link="external:sumber.xlsx#'A'!C10"), 1, None)))
    link = at(sheet, "A4").hyperlink
    assert link is not None
    assert (link.target, link.location, at(sheet, "A4").value) == ("sumber.xlsx", "'A'!C10", "sumber.xlsx!A!C10")


@pytest.mark.parametrize(
    "link",
    [
        *[
            "external:\\\\jahat.example\\a.xlsx",
            "external://jahat.example/a.xlsx",
            "external:../a.xlsx",
            "external:C:a",
        ],
        *["http://jahat.example", "file:///etc/passwd", "internal:A!A1", "external:a#b.xlsx", "external:a%5c.xlsx"],
        "external:" + "a" * 3000 + '"',
    ],
)
def test_a_link_that_leads_elsewhere_than_to_a_file_beside_the_workbook_is_no_link(path: Path, link: str) -> None:
    cell = at(written(path, table(line(Cell("tempat", link=link), 1, None))), "A4")
    assert (cell.value, cell.hyperlink) == ("tempat", None)


def test_excel_follows_no_more_links_than_it_can(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lkj_xlsx.checked_sheet.LINKS", 1)
    sheet = written(path, table(*(line(Cell("a", link="external:a.xlsx"), 1, None) for _ in range(2))))
    assert [bool(at(sheet, cell).hyperlink) for cell in ("A4", "A5")] == [True, False]


def test_a_page_is_a4_one_page_wide_with_repeated_headings_and_page_numbers(path: Path) -> None:
    sheet = written(path, table(line("a", 1, None)))
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.page_setup.fitToWidth in (None, 1)  # 1 is the default, which is not written
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.print_area == "'Contoh'!$A$1:$C$4"
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.right is not None
    assert sheet.oddFooter.right.text == "Halaman &P dari &N"


def test_a_wide_table_is_printed_across_the_page(path: Path) -> None:
    wide = replace(table(), columns=(replace(COLUMNS[0], width=131), *COLUMNS[1:]))
    assert written(path, wide).page_setup.orientation == "landscape"


def test_a_list_has_a_filter_and_headings_that_stay(path: Path) -> None:
    sheet = written(path, replace(table(line("a", 1, None), line("b", 2, None)), is_list=True))
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A4", "A3:C5")


def test_a_list_without_rows_has_no_filter(path: Path) -> None:
    sheet = written(path, replace(table(), is_list=True))
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A4", None)


def test_a_chart_stands_under_the_table_and_shows_the_rows_that_are_named(path: Path) -> None:
    rows = [line(name, 1, Fraction(1, number), key=name) for number, name in enumerate("abc", start=1)]
    charted = replace(table(*rows), chart=Chart("Serapan", ("a", "c"), "uraian", "serapan"), is_signed=True)
    sheet = written(path, charted)
    (part,) = (part for name, part in parts_of(path).items() if name.startswith("xl/charts/chart"))
    assert re.findall(rb"<c:f>(.*?)</c:f>", part) == [b"Contoh!$A$4:$A$6", b"Contoh!$C$4:$C$6"]
    assert at(sheet, "A26").value == "Binjai, 17 Januari 2025"


def test_a_table_without_headings_repeats_none(path: Path) -> None:
    columns = tuple(replace(column, heading="") for column in COLUMNS)
    sheet = written(path, replace(table(line("a", 1, None)), columns=columns))
    assert [at(sheet, cell).value for cell in ("A1", "A2", "A3")] == ["Judul", None, "a"]
    assert sheet.print_title_rows is None


def test_a_signature_has_place_date_office_name_and_nip(path: Path) -> None:
    sheet = written(path, replace(table(line("a", 1, None)), is_signed=True))
    signed = [at(sheet, f"A{row}").value for row in range(6, 13)]
    assert signed[:2] + signed[5:] == [
        "Binjai, 17 Januari 2025",
        "SEKRETARIS",
        "SYAIFUL AZHAR",
        "NIP. 19840222 200902 1 004",
    ]


def test_a_signature_leaves_room_for_what_is_not_known(path: Path) -> None:
    sheet = written(path, replace(table(line("a", 1, None)), is_signed=True), identity=Identity())
    assert at(sheet, "A6").value == "." * 15 + ", " + "." * 25
    assert at(sheet, "A11").value == "(" + "." * 30 + ")"
    assert at(sheet, "A12").value == "NIP. " + "." * 25


@pytest.mark.parametrize(
    ("nip", "printed"),
    [
        ("198402222009021004", "19840222 200902 1 004"),
        ("19840222 200902 1 004", "19840222 200902 1 004"),
        ("1984 0222 2009 0210 04", "19840222 200902 1 004"),
        ("1984022220090210", "1984022220090210"),
        ("tidak ada", "tidak ada"),
        (None, "." * 25),
        ("", "." * 25),
    ],
)
def test_a_nip_is_printed_in_groups_of_8_6_1_3(nip: str | None, printed: str) -> None:
    assert grouped_nip(nip) == printed


@given(text=ANY_TEXT, width=st.integers(1, 100))
def test_a_longer_text_is_never_lower(text: str, width: int) -> None:
    assert height_of(text, width) <= height_of(text + " lagi", width)
