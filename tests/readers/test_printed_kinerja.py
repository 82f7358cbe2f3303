from decimal import Decimal
from pathlib import Path

import pytest
from conftest import write_sheets
from openpyxl import load_workbook

from lkj_xlsx.checks import check
from lkj_xlsx.finding import Severity
from lkj_xlsx.model import Indikator
from lkj_xlsx.readers import read
from lkj_xlsx.readers.printed_kinerja import code_of


def indicators(path: Path) -> tuple[Indikator, ...]:
    return read(path).indikator


def measures(indikator: Indikator) -> tuple[Decimal | str | None, Decimal | str | None, Decimal | str | None, str]:
    return indikator.target, indikator.realisasi, indikator.capaian, indikator.satuan


def measured(tmp_path: Path, target: str, realisasi: str, capaian: str = "") -> Indikator:
    text = f"| No | Indikator | Target | Realisasi | % |\n| 1 | Layanan | {target} | {realisasi} | {capaian} |"
    (indikator,) = indicators(write_sheets(text, tmp_path / "a.xlsx"))
    return indikator


def alarms(path: Path) -> list[tuple[str, str | None]]:
    found = check([read(path)]).findings
    return [(one.code, one.where.cell) for one in found if one.severity != Severity.INFO]


def test_indicators_share_the_sasaran_that_stands_above_them_with_its_code(sheet_file: Path) -> None:
    """
    | Tabel 1 |
    | No | Sasaran Kegiatan | Indikator Kinerja | Target | Realisasi | % Capaian |
    | 1. | Perencanaan Program Dan | Pelaksanaan (QGE.001) | 100% | 95,72% | 95% |
    | | Anggaran (6709) | Pelatihan (QGE.003) | 100% | 90,46% | 90% |
    | 2. | Masa Kampanye (6870) | Persiapan (QGE.001) | 100% | 97,00% | 97% |
    """
    told = [(one.tabel, one.sasaran, one.nama, one.kode) for one in indicators(sheet_file)]
    assert told == [
        ("1", "Perencanaan Program Dan Anggaran", "Pelaksanaan", "6709.QGE.001"),
        ("1", "Perencanaan Program Dan Anggaran", "Pelatihan", "6709.QGE.003"),
        ("1", "Masa Kampanye", "Persiapan", "6870.QGE.001"),
    ]


def test_a_sasaran_without_a_number_opens_a_group_once_that_above_is_closed_by_a_code(sheet_file: Path) -> None:
    """
    | Sasaran | Indikator | Target | Realisasi |
    | Perencanaan (6709) | Anggaran | 1 | 1 |
    | Kampanye | Persiapan | 1 | 1 |
    | Pemilu (6870) | Pengelolaan | 1 | 1 |
    """
    assert [one.sasaran for one in indicators(sheet_file)] == ["Perencanaan", "Kampanye Pemilu", "Kampanye Pemilu"]


def test_a_sasaran_goes_on_in_rows_of_its_own_until_a_blank_one(sheet_file: Path) -> None:
    """
    | No | Sasaran | Indikator | Target | Realisasi |
    | 1 | Terwujudnya | Layanan | 1 | 1 |
    | | layanan prima | | | |
    | |
    | | Catatan kaki | | | |
    """
    assert [one.sasaran for one in indicators(sheet_file)] == ["Terwujudnya layanan prima"]


def test_a_band_opens_a_program_and_its_cell_is_the_sasaran_of_the_first_below(sheet_file: Path) -> None:
    """
    | Tabel B.1 |
    | No | Indikator Kinerja | Target | Realisasi | % |
    | Sasaran 1 : Program Penyelenggaraan Pemilu (076.01.CQ) | | | | |
    | 1. | Perencanaan (6709) | 100% | 96,20% | 96% |
    | 2. | Kampanye (6870) | 100% | 96,99% | 96% |
    | Program Dukungan Manajemen (076.01.WA) | | | | |
    | 1. | Keuangan (3355) | 100% | 99,20% | 99% |
    """
    found = indicators(sheet_file)
    assert [(one.tabel, one.sasaran, one.kode) for one in found] == [
        ("B.1", "Program Penyelenggaraan Pemilu", "CQ.6709"),
        ("B.1", "Program Penyelenggaraan Pemilu", "CQ.6870"),
        ("B.1", "Program Dukungan Manajemen", "WA.3355"),
    ]
    assert ["sasaran" in one.cells for one in found] == [True, False, True]
    assert str(found[0].cells["sasaran"]) == "contoh.xlsx!Sheet1!A3"


def test_a_numbered_row_without_measures_is_an_indicator_and_one_without_a_number_is_none(sheet_file: Path) -> None:
    """
    | No | Indikator | Target | Realisasi |
    | 1 | Layanan | | |
    | | Sumber: data olahan | | |
    """
    assert [one.nama for one in indicators(sheet_file)] == ["Layanan Sumber: data olahan"]


def test_a_name_goes_on_in_the_rows_below_that_hold_nothing_else(sheet_file: Path) -> None:
    """
    | No | Indikator | Target | Realisasi |
    | 1 | Persentase layanan | 100% | 90% |
    | | yang tepat waktu | | |
    | Sasaran 2 : Lain | | | |
    | 2 | Lain | 100% | 90% |
    """
    assert [one.nama for one in indicators(sheet_file)] == ["Persentase layanan yang tepat waktu", "Lain"]


def test_a_heading_on_every_page_is_no_indicator(sheet_file: Path) -> None:
    """
    | No | Indikator | Target | Realisasi | % |
    | 1 | Layanan | 4 | 3 | 75 |
    | No | Indikator | Target | Realisasi | % |
    | 2 | Arsip | 4 | 3 | 75 |
    """
    assert [one.nama for one in indicators(sheet_file)] == ["Layanan", "Arsip"]


def test_a_code_has_a_column_of_its_own_or_ends_the_name(sheet_file: Path) -> None:
    """
    | Kode | Indikator | Target | Realisasi |
    | 6709.QGE.001 | Anggaran | 1 | 1 |
    | | Arsip (QGE.004) | 1 | 1 |
    | entah | Lain (QGE.005) | 1 | 1 |
    """
    assert [(one.nama, one.kode) for one in indicators(sheet_file)] == [
        ("Anggaran", "6709.QGE.001"),
        ("Arsip", "QGE.004"),
        ("Lain", "QGE.005"),
    ]


@pytest.mark.parametrize("name", ["Anggaran (6709)", "Anggaran QGE.001", "Program Dukungan (WA)"])
def test_a_code_that_ends_a_name_is_one(name: str) -> None:
    assert code_of(name) is not None


@pytest.mark.parametrize("name", ["Nilai Reformasi Birokrasi (RB)", "Capaian 6709", "Tahun 2024", "Layanan", ""])
def test_a_word_a_bare_number_or_a_year_that_ends_a_name_is_no_code(name: str) -> None:
    assert code_of(name) is None


@pytest.mark.parametrize(
    ("title", "tabel"), [("Tabel 2.1 Capaian", "2.1"), ("TABEL b.1", "B.1"), ("Capaian Kinerja", "B.1")]
)
def test_a_table_is_numbered_by_its_title_else_by_its_columns(tmp_path: Path, title: str, tabel: str) -> None:
    table = f"| {title} |\n| No | Indikator | Target | Realisasi |\n| 1 | a | 1 | 1 |"
    assert [one.tabel for one in indicators(write_sheets(table, tmp_path / "a.xlsx"))] == [tabel]


@pytest.mark.parametrize(
    ("text", "value", "satuan"),
    [
        ("100%", Decimal(100), "%"),
        ("95,72 %", Decimal("95.72"), "%"),
        ("12 Laporan", Decimal(12), "Laporan"),
        ("1.250 orang", Decimal(1250), "orang"),
        ("3,55", Decimal("3.55"), ""),
        ("'1,250", "1,250", ""),
        ("'1.250.000,5", "1.250.000,5", ""),
        ("WTP", "WTP", ""),
        ("≥ 90%", "≥ 90%", ""),
        ("A (80,01)", "A (80,01)", ""),
        ("'-", "-", ""),
        ("", None, ""),
        ("75.5", Decimal("75.5"), ""),
        ("12", Decimal(12), ""),
    ],
)
def test_a_measure_is_a_number_with_its_unit_or_the_text_that_stands_there(
    tmp_path: Path, text: str, value: Decimal | str | None, satuan: str
) -> None:
    found = measured(tmp_path, text, "1")
    assert (found.target, found.satuan) == (value, satuan)


def test_a_dot_groups_thousands_unless_the_row_writes_decimals_with_it(tmp_path: Path) -> None:
    assert measured(tmp_path, "'1.250 poin", "'1.300 poin").target == Decimal(1250)
    assert measured(tmp_path, "'1.250 poin", "'1.3 poin").target == Decimal("1.250")


def test_a_number_under_a_percent_format_is_percent_points_as_shown(tmp_path: Path) -> None:
    path = write_sheets("| No | Indikator | Target | Realisasi |\n| 1 | a | 1 | 0.9572 |", tmp_path / "a.xlsx")
    book = load_workbook(path)
    book.worksheets[0]["C2"].number_format, book.worksheets[0]["D2"].number_format = "0%", "0.0%"
    book.save(path)
    (indikator,) = indicators(path)
    assert measures(indikator) == (Decimal(100), Decimal("95.72"), None, "%")


def test_the_unit_of_a_column_is_taken_where_no_measure_has_its_own(sheet_file: Path) -> None:
    """
    | No | Indikator | Satuan | Target | Realisasi |
    | 1 | a | Dokumen | 12 | 11 |
    | 2 | b | Dokumen | 12 buku | 11 |
    """
    assert [one.satuan for one in indicators(sheet_file)] == ["Dokumen", "buku"]


def test_a_cell_that_holds_an_error_is_a_finding_and_no_measure(sheet_file: Path) -> None:
    """
    | No | Indikator | Target | Realisasi |
    | 1 | a | #REF! | =1+1 |
    """
    budget = read(sheet_file)
    assert [(found.code, found.where.cell) for found in budget.findings] == [("R105", "C2"), ("R106", "D2")]
    assert measures(budget.indikator[0]) == (None, None, None, "")


def test_a_truth_value_is_a_text(sheet_file: Path) -> None:
    """
    | No | Indikator | Target | Realisasi |
    | 1 | a | TRUE | 1 |
    """
    assert indicators(sheet_file)[0].target == "True"


def test_the_headings_target_capaian_and_percent_are_read(sheet_file: Path) -> None:
    """
    | No | Indikator | Target | Capaian | % Capaian |
    | 1 | Layanan | 250 | 100 | 40 |
    | 2 | Arsip | 250 | 200 | 81 |
    """
    assert [measures(one)[:3] for one in indicators(sheet_file)] == [
        (Decimal(250), Decimal(100), Decimal(40)),
        (Decimal(250), Decimal(200), Decimal(81)),
    ]
    assert alarms(sheet_file) == [("P102", "E3")]
