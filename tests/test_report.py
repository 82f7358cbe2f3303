import re
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

import lkj_xlsx
from lkj_xlsx.errors import BadRequest, CannotWrite, LkjError, UnknownFormat
from lkj_xlsx.finding import Severity
from lkj_xlsx.model import Identity
from lkj_xlsx.report import Report, default_name, write_report

SAMPLES: Final = Path(__file__).parents[1] / "samples"
WORKBOOK: Final = SAMPLES / "kpu-binjai-2024.xlsx"
GLP039: Final = SAMPLES / "kpu-binjai-2024-12-glp039.xlsx"
SHEETS: Final = ["Ringkasan", "Tabel 1", "Tabel B.1", "Tabel C.1", "Belanja", "Rincian", "Temuan"]

Golden = Callable[[str, str], None]


@pytest.fixture(scope="module")
def of_workbook(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Give the attachments of our own workbook."""
    return write_report([WORKBOOK], tmp_path_factory.mktemp("workbook") / "lampiran.xlsx")


@pytest.fixture(scope="module")
def of_glp039(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Give the attachments of the same budget as SAKTI exports it."""
    return write_report([GLP039], tmp_path_factory.mktemp("glp039") / "lampiran.xlsx")


def worksheets(book: Workbook) -> dict[str, Worksheet]:
    return {sheet.title: sheet for sheet in book.worksheets if isinstance(sheet, Worksheet)}


def opened(done: Report) -> dict[str, Worksheet]:
    """Give the sheets with formulas as formulas."""
    return worksheets(load_workbook(done.path))


def calculated(done: Report) -> dict[str, Worksheet]:
    """Give the sheets with formulas as the values cached for them."""
    return worksheets(load_workbook(done.path, data_only=True))


def told(done: Report, name: str) -> str:
    """List a sheet, a line a cell: place, value, number format, formula."""
    values, sheet = calculated(done)[name], opened(done)[name]
    lines = [
        f"{name.removeprefix('Tabel ')}!{cell.coordinate} | {values[cell.coordinate].value} | {cell.number_format} | "
        f"{cell.value if cell.data_type == 'f' else ''}".rstrip()
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    ]
    return "\n".join(lines) + "\n"


def rows_of(done: Report, name: str) -> list[tuple[object, ...]]:
    return list(calculated(done)[name].iter_rows(values_only=True))


def row_of(done: Report, label: str) -> tuple[object, ...]:
    """Give pagu, realisasi and percent of the one row of Tabel C.1 with that label."""
    (found,) = [row for row in rows_of(done, "Tabel C.1") if row[0] == label]
    return found[2:5]


def percent(value: object) -> str:
    assert isinstance(value, float)
    return f"{value:.2%}".replace(".", ",")


@pytest.mark.parametrize(
    ("sheet", "name"),
    [
        ("Ringkasan", "ringkasan"),
        ("Tabel 1", "tabel-1"),
        ("Tabel B.1", "tabel-b1"),
        ("Tabel C.1", "tabel-c1"),
    ],
)
def test_every_cell_of_the_sample_is_as_it_was(of_workbook: Report, golden: Golden, sheet: str, name: str) -> None:
    golden(f"report/{name}.txt", told(of_workbook, sheet))


@pytest.mark.parametrize("which", ["of_workbook", "of_glp039"])
def test_the_totals_are_those_of_the_printed_report(which: str, request: pytest.FixtureRequest) -> None:
    done: Report = request.getfixturevalue(which)
    assert row_of(done, "TOTAL PAGU T.A 2024 (Rp)")[0] == 33_239_899_000
    assert row_of(done, "TOTAL REALISASI ANGGARAN (Rp)")[0] == 32_934_047_438
    assert row_of(done, "Sisa Anggaran Tahun 2024 (Rp)")[0] == 305_851_562
    assert percent(row_of(done, "Persentase Realisasi Anggaran (%)")[0]) == "99,08%"


@pytest.mark.parametrize(
    ("label", "serapan"),
    [
        ("SUB TOTAL (6639)", "99,99%"),
        ("SUB TOTAL (6709)", "96,20%"),
        ("SUB TOTAL (6867)", "99,29%"),
        ("SUB TOTAL (6870)", "96,99%"),
        ("SUB TOTAL (6871)", "92,98%"),
        ("SUB TOTAL (6872)", "99,84%"),
        ("SUB TOTAL (3355)", "99,20%"),
        ("SUB TOTAL (3360)", "99,85%"),
        ("SUB TOTAL PROGRAM 076.01.CQ", "99,07%"),
        ("SUB TOTAL PROGRAM 076.01.WA", "99,22%"),
    ],
)
@pytest.mark.parametrize("which", ["of_workbook", "of_glp039"])
def test_the_sub_totals_are_those_of_the_printed_report(
    which: str, label: str, serapan: str, request: pytest.FixtureRequest
) -> None:
    assert percent(row_of(request.getfixturevalue(which), label)[2]) == serapan


def test_both_samples_give_the_same_tabel_c1(of_workbook: Report, of_glp039: Report) -> None:
    ours, theirs = (
        [row for row in rows_of(done, "Tabel C.1") if row[0] is not None] for done in (of_workbook, of_glp039)
    )
    body = [row[0] for row in ours].index("KODE")
    assert len(ours[body:]) > 40
    assert ours[body:] == theirs[body:]


def test_the_seven_sheets_stand_in_order(of_workbook: Report) -> None:
    assert list(opened(of_workbook)) == SHEETS
    assert [table.name for table in of_workbook.tables] == SHEETS


@pytest.mark.parametrize("name", ["1", "B.1"])
def test_every_serapan_of_an_indicator_points_at_tabel_c1(of_workbook: Report, name: str) -> None:
    sheet = opened(of_workbook)[f"Tabel {name}"]
    column = {"1": "E", "B.1": "D"}[name]
    realisasi = [cell.value for cell in sheet[column] if cell.number_format == "0.00%"]
    typed = [value for value in realisasi if not isinstance(value, str)]
    pointing = [value for value in realisasi if isinstance(value, str)]
    assert typed == {"1": [0.9342, 0.9837, 0.9695], "B.1": []}[name]  # kegiatan 6887: no budget line in C.1
    assert len(pointing) >= 8
    assert [value for value in pointing if not re.fullmatch(r"='Tabel C\.1'!E\d+", value)] == []


@pytest.mark.parametrize("which", ["of_workbook", "of_glp039"])
def test_every_line_of_tabel_c1_is_a_sum_over_rincian(which: str, request: pytest.FixtureRequest) -> None:
    done: Report = request.getfixturevalue(which)
    sheet, table = opened(done)["Tabel C.1"], next(table for table in done.tables if table.name == "Tabel C.1")
    lines = [row for row in table.rows if row.key.startswith("line ")]
    amounts = [str(cell.value) for row in sheet.iter_rows() for cell in row[2:4] if "Rincian" in str(cell.value)]
    assert len(amounts) == 2 * len(lines) == 2 * 21
    assert all(value.startswith("=SUMIFS('Rincian'!$") for value in amounts)


@pytest.mark.parametrize("which", ["of_workbook", "of_glp039"])
def test_no_formula_has_an_empty_or_a_wrong_cached_value(which: str, request: pytest.FixtureRequest) -> None:
    done: Report = request.getfixturevalue(which)
    values = calculated(done)
    wrong = [
        f"{name}!{cell.coordinate}"
        for name, sheet in opened(done).items()
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and str(values[name][cell.coordinate].value)[:1] in ("", "N", "#")
    ]
    assert wrong == []


def test_no_words_within_a_formula_are_longer_than_a_spreadsheet_takes(tmp_path: Path) -> None:
    book = load_workbook(WORKBOOK)
    book["Identitas"]["B2"] = "Komisi Pemilihan Umum " * 12
    book.save(tmp_path / "masukan.xlsx")
    done = write_report([tmp_path / "masukan.xlsx"], tmp_path / "lampiran.xlsx")
    formulas = [
        str(cell.value)
        for sheet in opened(done).values()
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    longest = max(len(words) for formula in formulas for words in re.findall(r'"((?:[^"]|"")*)"', formula))
    assert longest <= 255


def test_every_sheet_is_ready_to_print(of_workbook: Report) -> None:
    for name, sheet in opened(of_workbook).items():
        assert sheet.page_setup.paperSize == 9, name
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, name
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0), name
        assert sheet.print_area, name


def test_the_heading_rows_of_every_table_repeat(of_workbook: Report) -> None:
    assert {name: sheet.print_title_rows for name, sheet in opened(of_workbook).items()} == {
        "Ringkasan": None,
        "Tabel 1": "$5:$5",
        "Tabel B.1": "$5:$6",
        "Tabel C.1": "$5:$5",
        "Belanja": "$4:$4",
        "Rincian": "$4:$4",
        "Temuan": "$3:$3",
    }


def test_there_is_one_chart_and_it_stands_in_ringkasan(of_workbook: Report) -> None:
    with zipfile.ZipFile(of_workbook.path) as book:
        charts = [name for name in book.namelist() if name.startswith("xl/charts/")]
        chart = book.read(charts[0]).decode()
        drawn = b"<drawing" in book.read("xl/worksheets/sheet1.xml")
    assert charts == ["xl/charts/chart1.xml"]
    assert drawn
    first, last = (
        row for row, value in enumerate(rows_of(of_workbook, "Ringkasan"), 1) if value[0] in ("CQ.6639", "WA.3360")
    )
    assert re.findall("<c:f>(.*?)</c:f>", chart) == [
        f"Ringkasan!$A${first}:$A${last}",
        f"Ringkasan!$F${first}:$F${last}",
    ]


def test_the_three_tables_of_the_report_are_signed(of_workbook: Report) -> None:
    signed = [
        name for name, sheet in calculated(of_workbook).items() if "NIP. 19840222 200902 1 004" in set(flat(sheet))
    ]
    assert signed == ["Tabel 1", "Tabel B.1", "Tabel C.1"]


def flat(sheet: Worksheet) -> list[object]:
    return [value for row in sheet.iter_rows(values_only=True) for value in row]


def test_two_runs_give_the_same_bytes(of_workbook: Report, tmp_path: Path) -> None:
    again = write_report([WORKBOOK], tmp_path / "lagi.xlsx")
    assert again.path.read_bytes() == of_workbook.path.read_bytes()


def test_the_order_of_the_files_changes_nothing(tmp_path: Path) -> None:
    one, other = (
        write_report(files, tmp_path / name)
        for files, name in (([WORKBOOK, GLP039], "satu.xlsx"), ([GLP039, WORKBOOK], "dua.xlsx"))
    )
    assert one.path.read_bytes() == other.path.read_bytes()


def test_a_sakti_export_takes_its_indicators_from_our_workbook(tmp_path: Path, of_workbook: Report) -> None:
    both = write_report([GLP039, WORKBOOK], tmp_path / "dua.xlsx")
    for name in ("Tabel 1", "Tabel B.1", "Tabel C.1"):
        assert rows_of(both, name) == rows_of(of_workbook, name)
    assert [finding.code for finding in both.findings if finding.severity is Severity.INFO] == ["X101"]


def test_an_existing_file_is_refused_without_force(tmp_path: Path) -> None:
    path = tmp_path / "lampiran.xlsx"
    path.write_bytes(b"laporan lama")
    with pytest.raises(CannotWrite, match="sudah ada"):
        write_report([WORKBOOK], path)
    assert path.read_bytes() == b"laporan lama"
    write_report([WORKBOOK], path, force=True)
    assert zipfile.is_zipfile(path)


@pytest.mark.parametrize(
    ("name", "periode", "error"),
    [("rusak.xlsx", None, LkjError), ("catatan.csv", None, LkjError), ("kpu-binjai-2024.xlsx", "2023-12", BadRequest)],
)
def test_a_run_that_fails_leaves_nothing_behind(
    tmp_path: Path, name: str, periode: str | None, error: type[LkjError]
) -> None:
    source = tmp_path / "masuk"
    source.mkdir()
    (source / name).write_bytes(WORKBOOK.read_bytes() if name == WORKBOOK.name else b"bukan lembar kerja")
    target = tmp_path / "keluar"
    target.mkdir()
    with pytest.raises(error):
        write_report([source / name], target / "lampiran.xlsx", periode)
    assert list(target.iterdir()) == []


def test_a_workbook_of_another_kind_is_refused_with_what_was_seen(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "Daftar hadir"
    book.save(tmp_path / "hadir.xlsx")
    with pytest.raises(UnknownFormat, match="Daftar hadir"):
        write_report([tmp_path / "hadir.xlsx"], tmp_path / "lampiran.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["hadir.xlsx"]


def test_a_report_without_a_name_is_called_after_satker_and_period(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = write_report([WORKBOOK])
    assert [path.name for path in tmp_path.iterdir()] == ["lkj-656519-2024-12.xlsx"] == [str(done.path)]


@pytest.mark.parametrize(
    ("identity", "name"),
    [
        (Identity(kode_satker="656519", tahun=2024, bulan=3), "lkj-656519-2024-03.xlsx"),
        (Identity(tahun=2024), "lkj-2024.xlsx"),
        (Identity(kode_satker="656519"), "lkj-656519.xlsx"),
        (Identity(), "lkj.xlsx"),
    ],
)
def test_a_name_leaves_out_what_is_not_known(identity: Identity, name: str) -> None:
    assert default_name(identity) == name


def test_one_changed_figure_is_followed_everywhere_by_formulas(of_workbook: Report) -> None:
    """Only Rincian holds typed amounts: every other amount and percent of pagu and realisasi is a formula."""
    sheets = opened(of_workbook)
    typed = [
        f"{name}!{cell.coordinate}"
        for name in ("Ringkasan", "Tabel C.1", "Belanja")
        for row in sheets[name].iter_rows()
        for cell in row
        if cell.data_type == "n" and cell.value is not None
    ]
    assert typed == []


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_lines_of_rincian_say_where_they_come_from(of_glp039: Report) -> None:
    source = load_workbook(GLP039).worksheets[0]
    assert isinstance(source, Worksheet)
    rows = [row for row in rows_of(of_glp039, "Rincian") if row[12] and row[12] != "Baris"]
    assert {row[10] for row in rows} == {GLP039.name}
    assert {row[11] for row in rows} == {source.title}
    places = [int(str(row[12])) for row in rows]
    assert all(one < other for one, other in pairwise(places))
    for row, place in zip(rows, places, strict=True):
        assert row[1] in {str(cell.value) for cell in source[place]}


@pytest.mark.parametrize("name", lkj_xlsx.__all__)
def test_every_public_name_is_a_function_or_a_class_however_often_it_is_asked_for(name: str) -> None:
    assert [callable(getattr(lkj_xlsx, name)) for _ in range(2)] == [True, True]


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'laporan'"):
        _ = lkj_xlsx.laporan
