from decimal import Decimal
from pathlib import Path

import pytest
from conftest import write_sheets
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.checks import Tally, check
from lkj_xlsx.checks.percents import Sample, tell_mean
from lkj_xlsx.equations import Percent
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.persen import HALF_UP
from lkj_xlsx.readers import read

HERE = Where("a.xlsx", "S", 4, 4)


def found(path: Path, *codes: str) -> list[Finding]:
    """Give what is found of some codes, or every error and warning."""
    findings = check([read(path)]).findings
    return [one for one in findings if one.code in codes or (not codes and one.severity is not Severity.INFO)]


def brief(findings: list[Finding]) -> list[tuple[str, str | None, int | str | None]]:
    return [(one.code, one.where.cell, one.expected) for one in findings]


def test_a_percent_that_its_row_does_not_make_is_found_with_the_right_one(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI | % |
    | 076.01.CQ | Program | | | |
    | 6709 | Perencanaan | | | |
    | QGE.001 | Anggaran | 700 | 670 | 95,71% |
    | QGE.002 | Pelatihan | 300 | 100 | 33,38% |
    | QGE.003 | Sosialisasi | 300 | 200 | 66,67% |
    """
    (finding,) = found(sheet_file)
    assert str(finding) == (
        "contoh.xlsx!Sheet1!E5: error P101: RO CQ.6709.QGE.002 persen tertulis 33,38%, seharusnya 33,33%"
        " (satu angka salah: 8 tertulis, 3 seharusnya): 100 / 300; karena D5, C5"
    )
    assert (finding.printed, finding.expected) == ("33,38%", "33,33%")


def test_percents_that_their_rows_make_are_not_found_whatever_their_decimals(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI | % |
    | 076.01.CQ | Program | 1600 | 970 | 61% |
    | 6709 | Perencanaan | 1600 | 970 | 60,6% |
    | QGE.001 | Anggaran | 700 | 670 | 95,71 % |
    | QGE.002 | Pelatihan | 300 | 100 | 33,3333% |
    | QGE.003 | Sosialisasi | 600 | 200 | 33,33 |
    """
    assert found(sheet_file) == []


def test_a_percent_of_a_total_under_a_label_is_that_of_its_own_row(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI | % |
    | 076.01.CQ | Program | | | |
    | 6709 | Perencanaan | | | |
    | QGE.001 | Anggaran | 700 | 670 | 95,71% |
    | QGE.002 | Pelatihan | 300 | 100 | 33,33% |
    | | SUB TOTAL (6709) | 1000 | 770 | 77,60% |
    | Persentase Realisasi Anggaran (%) | | | 77,00% | |
    """
    assert brief(found(sheet_file)) == [("P101", "E6", "77,00%")]


def test_a_single_percent_of_everything_is_tested_although_its_row_has_no_amounts(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI |
    | 076.01.CQ | Program | | |
    | 6709 | Perencanaan | 1000 | 770 |
    | TOTAL PAGU T.A 2024 (Rp) | | 1000 | |
    | TOTAL REALISASI ANGGARAN (Rp) | | 770 | |
    | Persentase Realisasi Anggaran (%) | | 79,00% | |
    """
    assert brief(found(sheet_file)) == [("P101", "C6", "77,00%")]


def test_the_percent_of_what_is_left_is_not_tested_as_one_of_what_was_spent(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI |
    | 076.01.CQ | Program | | |
    | 6709 | Perencanaan | 1000 | 770 |
    | TOTAL PAGU T.A 2024 (Rp) | | 1000 | |
    | TOTAL REALISASI ANGGARAN (Rp) | | 770 | |
    | Persentase Sisa Anggaran (%) | | 23,00% | |
    """
    assert found(sheet_file) == []


def test_a_ceiling_of_zero_and_a_negative_month_have_no_wrong_percent(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI | % |
    | 076.01.CQ | Program | | | |
    | 6709 | Perencanaan | | | |
    | QGE.001 | Anggaran | 700 | 670 | 95,71% |
    | QGE.002 | Pelatihan | 0 | 0 | 0,00% |
    | QGE.003 | Sosialisasi | 0 | 0 | - |
    | QGE.004 | Pengembalian | 600 | -300 | -50,00% |
    | QGE.005 | Belum | 600 | 0 | 0% |
    """
    assert found(sheet_file) == []


@pytest.mark.parametrize(
    "percents",
    [
        ("95.71", "33.33", "66.67", "60.63"),
        ("0.9571", "0.3333", "0.6667", "0.6063"),
        ("95.7", "33.3", "66.7", "60.6"),
        ("96", "33", "67", "61"),
        ("95,71 %", "33,33 %", "66,67 %", "60,63 %"),
        ("95,71", "33,33", "66,67", "60,63"),
        ("95.714286", "33.333333", "66.666667", "60.625"),
        ("0.957142857142857", "0.333333333333333", "0.666666666666667", "0.60625"),
        ("95,7%", "33,33%", "67%", "60,6%"),
        ("95,71%", "33,33%", "66,66%", "60,62%"),
        ("#DIV/0!", "33,33%", "n/a", "=D7/C7"),
    ],
    ids=[
        *("points", "ratios", "one decimal", "whole", "texts", "texts without a sign", "six decimals"),
        *("fifteen digits", "mixed", "cut", "errors and formulas"),
    ],
)
def test_no_way_to_write_a_right_percent_is_an_error(tmp_path: Path, percents: tuple[str, ...]) -> None:
    path = write_sheets(
        f"""
        | KODE | URAIAN | PAGU | REALISASI | % |
        | 076.01.CQ | Program | | | |
        | 6709 | Perencanaan | | | |
        | QGE.001 | Anggaran | 700 | 670 | {percents[0]} |
        | QGE.002 | Pelatihan | 300 | 100 | {percents[1]} |
        | QGE.003 | Sosialisasi | 600 | 400 | {percents[2]} |
        | | SUB TOTAL (6709) | 1600 | 1170 | |
        | TOTAL | | 1600 | 1170 | |
        """,
        tmp_path / "persen.xlsx",
    )
    assert [finding for finding in found(path) if finding.severity is Severity.ERROR] == []


def test_one_percent_of_another_scale_among_numbers_is_found(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI | % |
    | 076.01.CQ | Program | | | |
    | 6709 | Perencanaan | | | |
    | QGE.001 | Anggaran | 700 | 670 | 95.71 |
    | QGE.002 | Pelatihan | 300 | 100 | 33.33 |
    | QGE.003 | Sosialisasi | 300 | 200 | 0.67 |
    """
    assert brief(found(sheet_file)) == [("P101", "E6", None)]


def test_two_percents_that_say_something_else_are_no_errors(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI | % |
    | 076.01.CQ | Program | | | |
    | 6709 | Perencanaan | | | |
    | QGE.001 | Anggaran | 700 | 670 | 70% |
    | QGE.002 | Pelatihan | 300 | 100 | 30% |
    """
    assert [(one.code, one.severity) for one in found(sheet_file)] == [("P104", Severity.PERINGATAN)]


def test_a_column_of_weights_or_of_physical_progress_is_no_serapan(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | BOBOT (%) | FISIK (%) | PAGU | REALISASI | SISA (%) |
    | 076.01.CQ | Program | | | | | |
    | 6709 | Perencanaan | | | | | |
    | QGE.001 | Anggaran | 70 | 100 | 700 | 670 | 4,29% |
    | QGE.002 | Pelatihan | 30 | 40 | 300 | 100 | 66,67% |
    """
    assert check([read(sheet_file)]).findings == ()


def test_the_percent_of_an_empty_ceiling_cannot_be_tested_and_is_counted_so(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI | % |
    | 076.01.CQ | Program | | | |
    | 6709 | Perencanaan | | | |
    | QGE.001 | Anggaran | 0 | 0 | 0% |
    | QGE.002 | Pelatihan | #REF! | 100 | 33,33% |
    """
    assert check([read(sheet_file)]).tally == Tally(0, 0, {"pagu atau target 0": 1, "sel kosong atau tidak terbaca": 1})


MEANS = """
| KODE | URAIAN | PAGU | REALISASI | % |
| 076.01.CQ | Program | | | |
| 6709 | Perencanaan | | | |
| QGE.001 | Anggaran | 100 | 90 | 90,00% |
| QGE.002 | Pelatihan | 100 | 60 | 60,00% |
| QGE.003 | Belum | 100 | 0 | - |
| | SUB TOTAL (6709) | 300 | 150 | 50,00% |
| 6710 | Lain | | | |
| QGE.001 | Anggaran | 100 | 30 | 30,00% |
| | SUB TOTAL (6710) | 100 | 30 | 30,00% |
| {label} | | | | {mean} |
"""


@pytest.mark.parametrize(
    ("mean", "which"),
    [
        ("45,00%", "all four lines, the empty one as 0"),
        ("40,00%", "both kegiatan"),
        ("43,33%", "everything above, the empty one as 0"),
    ],
)
def test_a_mean_of_lines_or_of_totals_is_not_found(tmp_path: Path, mean: str, which: str) -> None:
    assert which
    assert found(write_sheets(MEANS.format(label="Rata-rata", mean=mean), tmp_path / "a.xlsx"), "P106") == []


def test_a_mean_that_leaves_a_line_out_says_so_and_what_it_would_be_with_it(tmp_path: Path) -> None:
    (finding,) = found(
        write_sheets(MEANS.format(label="Rata-rata serapan", mean="60,00%"), tmp_path / "a.xlsx"), "P106"
    )
    assert (finding.severity, finding.where.cell, finding.printed) == (Severity.PERINGATAN, "E11", "60,00%")
    assert finding.message == ("rata-rata 60,00% dari 3 baris; 1 baris dilewati (60,00% bila n = 3; 45,00% bila n = 4)")


def test_a_mean_that_is_none_of_its_rows_is_an_error(tmp_path: Path) -> None:
    (finding,) = found(write_sheets(MEANS.format(label="Rata-rata", mean="61,00%"), tmp_path / "a.xlsx"), "P106")
    assert (finding.severity, finding.where.cell) == (Severity.ERROR, "E11")
    assert finding.message == "rata-rata tertulis 61,00%; dari barisnya 60,00% bila n = 3; 45,00% bila n = 4"


def test_a_ratio_of_sums_that_is_called_a_mean_is_only_said(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI | % |
    | 076.01.CQ | Program | | | |
    | 6709 | Perencanaan | | | |
    | QGE.001 | Anggaran | 900 | 90 | 10,00% |
    | QGE.002 | Pelatihan | 100 | 60 | 60,00% |
    | Rata-rata serapan | | | | 15,00% |
    """
    (finding,) = found(sheet_file, "P106")
    assert (finding.severity, finding.where.cell) == (Severity.INFO, "E6")
    assert finding.message == "`Rata-rata serapan` 15,00% = jumlah realisasi / jumlah pagu, bukan rata-rata persen"


def test_a_weighted_mean_is_said_to_be_untested(tmp_path: Path) -> None:
    path = write_sheets(MEANS.format(label="Rata-rata tertimbang", mean="61,00%"), tmp_path / "a.xlsx")
    assert [(one.severity, one.message) for one in found(path, "P106")] == [
        (Severity.INFO, "`Rata-rata tertimbang` 61,00% tidak diuji: rata-rata berbobot")
    ]


def test_a_mean_without_a_figure_says_nothing(tmp_path: Path) -> None:
    assert found(write_sheets(MEANS.format(label="Rata-rata", mean="-"), tmp_path / "a.xlsx"), "P106") == []


def test_each_block_may_have_a_mean_of_its_own_and_the_whole_another(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI | % |
    | 076.01.CQ | Program | | | |
    | 6709 | Perencanaan | | | |
    | QGE.001 | Anggaran | 100 | 90 | 90,00% |
    | QGE.002 | Pelatihan | 100 | 60 | 60,00% |
    | | Rata-rata | | | 75,00% |
    | 6710 | Lain | | | |
    | QGE.001 | Anggaran | 100 | 30 | 30,00% |
    | QGE.002 | Anggaran | 100 | 50 | 50,00% |
    | | Rata-rata | | | 40,00% |
    | | Rata-rata | | | 57,50% |
    """
    assert found(sheet_file) == []


def test_a_mean_of_divided_numbers_is_that_of_their_quotients(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI | % |
    | 076.01.CQ | Program | | | |
    | 6709 | Perencanaan | | | |
    | QGE.001 | Anggaran | 3 | 1 | 0.3333333333333333 |
    | QGE.002 | Pelatihan | 3 | 2 | 0.6666666666666666 |
    | QGE.003 | Lain | 7 | 1 | 0.14285714285714285 |
    | | Rata-rata | | | 0.38095238095238093 |
    """
    assert found(sheet_file) == []


def sample(*percents: str | None) -> Sample:
    return Sample(tuple(None if percent is None else Percent(Decimal(percent), HALF_UP) for percent in percents))


def test_a_mean_of_no_rows_at_all_is_not_tested() -> None:
    assert list(tell_mean(HERE, "Rata-rata", Decimal("50.00"), [sample(), sample(None)])) == []


def test_a_mean_that_a_program_computed_from_cells_that_show_less_is_right() -> None:
    shown = sample("33", "67", "33")
    assert list(tell_mean(HERE, "Rata-rata", Decimal("44.44"), [shown])) == []
    assert len(list(tell_mean(HERE, "Rata-rata", Decimal("46.00"), [shown]))) == 1


@given(st.lists(st.decimals(0, 150, places=2), min_size=1, max_size=9), st.integers(0, 4))
def test_the_true_mean_of_any_rows_is_right_and_leaving_rows_out_is_told(percents: list[Decimal], blanks: int) -> None:
    rows = sample(*map(str, percents), *([None] * blanks))
    mean = sum(percents, Decimal()) / len(percents)
    told = list(tell_mean(HERE, "Rata-rata", mean.quantize(Decimal("0.01")), [rows]))
    is_zero = not any(percents)
    assert [finding.severity for finding in told] == (
        [Severity.PERINGATAN] if blanks and not is_zero else []
    ) or mean < 1
