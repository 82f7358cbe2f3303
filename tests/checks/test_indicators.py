from decimal import Decimal
from pathlib import Path

import pytest
from conftest import write_sheets

from lkj_xlsx.checks import check
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.kode import ROOT, parse, place
from lkj_xlsx.model import Budget, Identity, Indikator, Line, frame_of
from lkj_xlsx.readers import read

BUDGET = """
# Sheet: C.1
| Tabel C.1 |
| KODE | URAIAN | PAGU | REALISASI | % |
| 076.01.CQ | Program | | | |
| 6709 | Perencanaan | | | |
| QGE.001 | Anggaran | 700 | 670 | 95,71% |
| QGE.002 | Pelatihan | 300 | 100 | 33,33% |
| QGE.003 | Sosialisasi | 300 | 200 | 66,67% |
| QGE.004 | Arsip | 400 | 100 | 25,00% |
"""
TABLE = """
# Sheet: 1
| Tabel 1 |
| No | Sasaran | Indikator Kinerja | Target | Realisasi | % Capaian |
"""
SERAPAN = (
    "| 1 | Perencanaan (6709) | Anggaran (QGE.001) | 100% | 95,71% | 95% |",
    "| | | Pelatihan (QGE.002) | 100% | 33,33% | 33% |",
    "| | | Sosialisasi (QGE.003) | 100% | 66,67% | 66% |",
    "| | | Arsip (QGE.004) | 100% | 25,00% | 25% |",
)
"""What C.1 makes of each line: E3 to E6 of sheet 1 is its realisasi, F3 to F6 its % capaian."""


def found(tmp_path: Path, *rows: str, table: str = TABLE, budget: str = BUDGET) -> list[Finding]:
    """Check a budget and a table of indicators that stand in one workbook."""
    path = write_sheets(budget + table + "\n".join(rows), tmp_path / "a.xlsx")
    return list(check([read(path)]).findings)


def alarms(findings: list[Finding]) -> list[tuple[str, Severity, str | None, int | str | None]]:
    """Give what is more than said, with its cell and what it should be."""
    return [(one.code, one.severity, one.where.cell, one.expected) for one in findings if one.severity != "info"]


def of(code: str, findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.code == code]


def indicated(kode: str, realisasi: Decimal | str | None, *codes: str) -> list[Finding]:
    """Ask of a budget of `codes` and one indicator, whose code stands in D5 of Kinerja."""
    lines = frame_of(
        Line(place(parse(code) or {}, ROOT), code, {"pagu": 1}, "S", row) for row, code in enumerate(codes)
    )
    where = Where("a.xlsx", "Kinerja", 4, 3)
    indikator = Indikator("1", "sasaran", "nama", kode, Decimal(100), "%", realisasi, is_minimise=False, where=where)
    budget = Budget("a.xlsx", "x", Identity(), lines, frame_of([]), {"pagu": 2}, indikator=(indikator,))
    return of("K107", list(check([budget]).findings))


def test_an_indicator_of_no_row_is_an_error_where_its_realisasi_is_the_serapan() -> None:
    (finding,) = indicated("6639", None, "CQ.6709.QGE.001")
    assert (finding.code, finding.severity, finding.where.cell) == ("K107", Severity.ERROR, "D5")
    assert finding.printed == "6639"


def test_an_indicator_of_several_rows_is_found() -> None:
    assert [f.code for f in indicated("QGE.001", None, "CQ.6709.QGE.001", "CQ.6639.QGE.001")] == ["K107"]


def test_an_indicator_of_no_row_with_its_own_realisasi_is_a_warning() -> None:
    assert [f.severity for f in indicated("6639", Decimal(0), "CQ.6709.QGE.001")] == [Severity.PERINGATAN]


def test_an_indicator_whose_code_is_none_is_found() -> None:
    assert [f.printed for f in indicated("67-39", None, "CQ.6709.QGE.001")] == ["67-39"]


def test_an_indicator_of_one_row_or_of_no_code_is_not_found() -> None:
    assert indicated("QGE.001", None, "CQ.6709.QGE.001", "CQ.6639.QGE.002") == []
    assert indicated("", Decimal(1), "CQ.6709.QGE.001") == []


def test_an_indicator_beside_no_budget_is_not_asked_about() -> None:
    assert indicated("6639", None) == []


def test_a_sound_table_says_only_how_it_rounds(tmp_path: Path) -> None:
    findings = found(tmp_path, *SERAPAN)
    assert {finding.code for finding in findings} == {"P103"}
    assert [(one.where.sheet, one.where.cell, one.message) for one in findings] == [
        ("1", "E3", "kolom realisasi Tabel 1 dibulatkan ke yang terdekat, 5 ke atas; 1 sel membuktikannya"),
        ("1", "F3", "kolom % capaian Tabel 1 dipotong; 2 sel membuktikannya"),
        ("C.1", "E5", "kolom persen dibulatkan ke yang terdekat, 5 ke atas; 1 sel membuktikannya"),
    ]
    assert {finding.severity for finding in findings} == {Severity.INFO}


def test_columns_whose_cells_cannot_tell_say_nothing_of_rounding(tmp_path: Path) -> None:
    budget = BUDGET.replace("670 | 95,71%", "350 | 50,00%").replace("100 | 33,33%", "150 | 50,00%")
    budget = budget.replace("200 | 66,67%", "75 | 25,00%")
    rows = (
        *("| 1 | Perencanaan (6709) | Anggaran (QGE.001) | 100% | 50,00% | 50% |",),
        *("| | | Pelatihan (QGE.002) | 100% | 50,00% | 50% |", "| | | Sosialisasi (QGE.003) | 100% | 25,00% | 25% |"),
        SERAPAN[3],
    )
    assert found(tmp_path, *rows, budget=budget) == []


def test_an_indicator_that_is_not_the_serapan_of_its_code_is_found_with_the_right_one(tmp_path: Path) -> None:
    rows = (SERAPAN[0], "| | | Pelatihan (QGE.002) | 100% | 38,33% | 33% |", *SERAPAN[2:])
    findings = found(tmp_path, *rows)
    assert alarms(findings) == [("X104", Severity.ERROR, "E4", "33,33%")]
    (finding,) = of("X104", findings)
    assert finding.message.startswith("Tabel 1 6709.QGE.002 realisasi tertulis 38,33%, seharusnya 33,33%")
    assert "100 / 300" in finding.message
    assert [str(seen) for seen in finding.because] == [
        *("a.xlsx!C.1!D6", "a.xlsx!C.1!C6", "a.xlsx!1!F4", "a.xlsx!1!D4"),
    ]


def test_an_indicator_of_a_kegiatan_that_prints_no_total_is_the_serapan_of_its_lines(tmp_path: Path) -> None:
    table = """
    # Sheet: B.1
    | Tabel B.1 |
    | No | Indikator Kinerja | Target | Realisasi | % Capaian |
    | Sasaran 1 : Program (076.01.CQ) | | | | |
    | 1 | Perencanaan (6709) | 100% | {} | {} |
    """
    assert alarms(found(tmp_path, table=table.format("62,94%", "62%"))) == []
    two = BUDGET + "| 6710 | Lain | | | |\n| QGE.001 | a | 100 | 50 | 50,00% |\n"
    more = table.format("62,49%", "62%") + "| 2 | Lain (6710) | 100% | 50,00% | 50% |\n"
    more += "| 3 | Program | 100% | 62,22% | 62% |\n"
    findings = found(tmp_path, table=more, budget=two)
    assert [(one.code, one.where.cell, one.expected) for one in findings if one.severity == "error"] == [
        ("X104", "D4", "62,94%")
    ]


@pytest.mark.parametrize(
    "row",
    [
        "| | | Sosialisasi (QGE.003) | 12 Dokumen | 12 Dokumen | 100% |",
        "| | | Sosialisasi (QGE.003) | 4 kali | 5 kali | 125% |",
        "| | | Sosialisasi (QGE.003) | 12 | 12 | 100% |",
        "| | | Sosialisasi (QGE.003) | WTP | WTP | 100% |",
        "| | | Sosialisasi (QGE.003) | - | - | - |",
        "| | | Sosialisasi (QGE.003) | ≥ 95 | 97 | 100% |",
    ],
)
def test_a_count_among_serapan_is_not_compared_with_the_budget(tmp_path: Path, row: str) -> None:
    assert alarms(found(tmp_path, *SERAPAN[:2], row, SERAPAN[3])) == []


def test_a_bare_realisasi_without_a_target_among_percents_is_compared(tmp_path: Path) -> None:
    findings = found(tmp_path, *SERAPAN[:2], "| | | Sosialisasi (QGE.003) | - | 1 | - |", SERAPAN[3])
    assert [(one.code, one.where.cell) for one in findings if one.severity == "error"] == [("X104", "E5")]


def test_indicators_that_are_no_serapan_are_not_compared_and_that_is_said_once(tmp_path: Path) -> None:
    findings = found(
        tmp_path,
        "| 1 | Perencanaan (6709) | Kepuasan peserta (QGE.001) | 80% | 88% | 110% |",
        "| | | Ketepatan waktu (QGE.002) | 100% | 100% | 100% |",
        "| | | Kehadiran (QGE.003) | 90% | 81% | 90% |",
    )
    assert alarms(findings) == []
    (finding,) = of("P104", findings)
    assert (finding.severity, finding.where.cell) == (Severity.INFO, "E3")
    assert finding.message == "realisasi Tabel 1 bukan serapan kodenya; tidak dibandingkan dengan anggaran"


def test_half_of_a_table_that_fits_is_not_most_of_it(tmp_path: Path) -> None:
    findings = found(
        tmp_path,
        *SERAPAN[:2],
        *(row.replace("66,67% | 66%", "80,00% | 80%").replace("25,00% | 25%", "70,00% | 70%") for row in SERAPAN[2:]),
    )
    assert alarms(findings) == []
    assert len(of("P104", findings)) == 1


def test_a_capaian_that_is_not_realisasi_through_target_is_found(tmp_path: Path) -> None:
    rows = (SERAPAN[0].replace("| 95% |", "| 59% |"), *SERAPAN[1:])
    (finding,) = of("P102", found(tmp_path, *rows))
    assert (finding.severity, finding.where.cell, finding.printed, finding.expected) == (
        *(Severity.ERROR, "F3"),
        *("59%", "95%"),
    )


def test_an_empty_target_is_given_only_where_it_is_the_usual_one(tmp_path: Path) -> None:
    rows = (*SERAPAN, "| | | Kepuasan |  | 99,50% | {} |")
    (finding,) = of("T111", found(tmp_path, *(row.format("99%") for row in rows)))
    assert (finding.where.cell, finding.expected) == ("D7", "100%")
    (finding,) = of("T111", found(tmp_path, *(row.format("91%") for row in rows)))
    assert (finding.where.cell, finding.expected, [where.cell for where in finding.because]) == (
        "D7",
        None,
        ["F7", "E7"],
    )
    assert "sel lain memerlukan 109%, padahal di baris lain 100%" in finding.message


def test_a_capaian_beside_a_target_of_nought_or_none_is_not_tested(tmp_path: Path) -> None:
    rows = (
        "| 1 | Keamanan | Kecelakaan kerja | 0 | 0 | 100% |",
        "| 2 | Keamanan | Kehilangan barang | - | 3 | - |",
        "| 3 | Keamanan | Laporan | 4 Laporan | 4 Laporan | 100% |",
    )
    assert alarms(found(tmp_path, *rows)) == []


@pytest.mark.parametrize(
    "row",
    [
        "| 1 | Mutu | Jumlah temuan | 10 temuan | 8 temuan | 120% |",
        "| 1 | Mutu | Jumlah temuan | 10 temuan | 8 temuan | 125% |",
        "| 1 | Mutu | Jumlah keluhan | 5 kali | 0 kali | 200% |",
        "| 1 | Mutu | Lama layanan | 3 hari | 2 hari | 133,33% |",
        "| 1 | Mutu | Lama layanan | 3 hari | 2 hari | 150 |",
        "| 1 | Mutu | Peserta | 10 orang | 40 orang | 120% |",
        "| 1 | Mutu | Peserta | 10 orang | 40 orang | 100% |",
        "| 1 | Mutu | Waktu tunggu | 10 menit | 2 menit | 120% |",
    ],
)
def test_a_capaian_by_another_known_formula_is_said_and_is_no_error(tmp_path: Path, row: str) -> None:
    findings = found(tmp_path, row, "| 2 | Mutu | Laporan | 4 Laporan | 3 Laporan | 75% |")
    assert alarms(findings) == []
    (finding,) = of("P104", findings)
    assert (finding.severity, finding.where.cell) == (Severity.INFO, "F3")
    assert "bukan realisasi / target tetapi " in finding.message


@pytest.mark.parametrize(
    ("row", "other"),
    [
        ("| 1 | Mutu | Jumlah temuan | 10 temuan | 8 temuan | 119% |", "75%"),
        ("| 1 | Mutu | Peserta | 10 orang | 40 orang | 130% |", "75%"),
        ("| 1 | Mutu | Peserta | 10 orang | 4 orang | 120% |", "75%"),
        ("| 1 | Mutu | Peserta | 10 orang | 13 orang | 120% |", "130%"),
    ],
    ids=["no formula", "no usual cap", "below the cap", "another row beyond the cap"],
)
def test_a_capaian_by_no_known_formula_is_an_error(tmp_path: Path, row: str, other: str) -> None:
    target, realisasi = (10, 13) if other == "130%" else (4, 3)
    findings = found(tmp_path, row, f"| 2 | Mutu | Laporan | {target} Laporan | {realisasi} Laporan | {other} |")
    assert [(code, cell) for code, _, cell, _ in alarms(findings)] == [("P102", "F3")]


def test_a_serapan_is_never_measured_the_other_way_round(tmp_path: Path) -> None:
    rows = (SERAPAN[0].replace("| 95% |", "| 104% |"), *SERAPAN[1:])
    assert [(code, cell) for code, _, cell, _ in alarms(found(tmp_path, *rows))] == [("P102", "F3")]


@pytest.mark.parametrize(
    "row",
    [
        "| 1 | Mutu | Kepuasan | 80% | 88,24% | 110,29% |",
        "| 1 | Mutu | Kepuasan | 80% | 88% | 110,29% |",
        "| 1 | Mutu | Indeks | 3,5 | 3,27 | 93,57% |",
        "| 1 | Mutu | Peserta | 1.250 orang | 1.300 orang | 104% |",
        "| 1 | Mutu | Peserta | 1.200 orang | 600 orang | 50% |",
        "| 1 | Mutu | Nilai | 80 | 75,5 | 94,38 |",
    ],
)
def test_a_capaian_computed_from_what_the_cells_only_show_rounded_is_right(tmp_path: Path, row: str) -> None:
    assert alarms(found(tmp_path, row)) == []


def test_two_indicators_of_one_code_are_found_at_the_one_that_means_another(tmp_path: Path) -> None:
    rows = (*SERAPAN[:2], SERAPAN[2], "| | | Arsip (QGE.003) | 100% | 25,00% | 25% |")
    (finding,) = of("K111", found(tmp_path, *rows))
    assert (finding.severity, finding.where.cell, finding.printed) == (Severity.PERINGATAN, "C6", "QGE.003")
    assert finding.message == (
        "kode QGE.003 dipakai dua indikator; mungkin maksudnya QGE.004 (Arsip), yang tidak punya indikator"
    )
    assert [str(seen) for seen in finding.because] == ["a.xlsx!1!C5"]


def test_two_indicators_of_one_code_are_right_where_no_code_is_left_over(tmp_path: Path) -> None:
    assert of("K111", found(tmp_path, *SERAPAN, "| | | Arsip lagi (QGE.004) | 100% | 25,00% | 25% |")) == []


def test_two_indicators_of_one_code_are_right_where_none_is_a_serapan(tmp_path: Path) -> None:
    rows = (
        "| 1 | Perencanaan (6709) | Dokumen (QGE.001) | 12 Dokumen | 12 Dokumen | 100% |",
        "| | | Ketepatan (QGE.001) | 80% | 88% | 110% |",
    )
    findings = found(tmp_path, *rows)
    assert of("K111", findings) == of("X102", findings) == []


def test_an_indicator_without_a_code_is_known_by_its_name_or_not_at_all(tmp_path: Path) -> None:
    rows = (SERAPAN[0], "| | | Pelatihan | 100% | 33,33% | 33% |", "| | | Lainnya | 100% | 20,00% | 20% |")
    findings = of("K112", found(tmp_path, *rows))
    assert [(one.severity, one.where.cell, one.message) for one in findings] == [
        (Severity.INFO, "C4", "indikator `Pelatihan` tanpa kode; dibaca sebagai CQ.6709.QGE.002 dari namanya"),
        (Severity.INFO, "C5", "indikator `Lainnya` tanpa kode; tidak dapat dibandingkan"),
    ]


def test_an_indicator_with_a_code_is_not_said_to_have_none(tmp_path: Path) -> None:
    assert of("K112", found(tmp_path, *SERAPAN)) == []


def test_a_column_of_percents_that_is_no_serapan_is_said_to_be_untested(tmp_path: Path) -> None:
    budget = BUDGET
    for printed, other in (("95,71%", "70%"), ("33,33%", "90%"), ("66,67%", "80%"), ("25,00%", "60%")):
        budget = budget.replace(printed, other)
    (finding,) = found(tmp_path, table="", budget=budget)
    assert (finding.code, finding.severity, finding.where.cell) == ("P104", Severity.PERINGATAN, "E5")
    assert finding.message == "kolom persen cocok dengan realisasi / pagu hanya di 0 dari 4 baris; tidak diuji"


PLAIN = (
    "| 1 | Mutu | Satu | 100% | 90% | 90% |",
    "| 2 | Mutu | Dua | 100% | 60% | 60% |",
    "| 3 | Lain | Tiga | - | - | - |",
    "| 4 | Lain | Empat | 100% | 30% | 30% |",
)


def mean(tmp_path: Path, *rows: str) -> list[tuple[Severity, str | None, str]]:
    return [(one.severity, one.where.cell, one.message) for one in of("P106", found(tmp_path, *rows))]


@pytest.mark.parametrize("label", ["Rata-rata", "Rata - rata Capaian", "Nilai rata-rata kinerja", "RATA-RATA"])
@pytest.mark.parametrize("value", ["45%", "30%", "15%"])
def test_a_mean_of_all_rows_or_of_its_own_sasaran_is_right_and_leaves_none_out(
    tmp_path: Path, label: str, value: str
) -> None:
    if value == "30%":
        assert mean(tmp_path, *PLAIN, f"| | | {label} | | | {value} |")[0][0] is Severity.PERINGATAN
    else:
        assert mean(tmp_path, *PLAIN, f"| | | {label} | | | {value} |") == []


def test_a_mean_that_leaves_rows_out_says_how_many(tmp_path: Path) -> None:
    assert mean(tmp_path, *PLAIN, "| | | Rata-rata | | | 60% |") == [
        (
            Severity.PERINGATAN,
            "F7",
            "rata-rata 60% dari 3 baris; 1 baris dilewati (60,00% bila n = 3; 45,00% bila n = 4)",
        )
    ]


def test_a_mean_that_is_none_of_its_rows_is_an_error(tmp_path: Path) -> None:
    assert mean(tmp_path, *PLAIN, "| | | Rata-rata | | 61% | 66% |") == [
        (Severity.ERROR, "E7", "rata-rata tertulis 61%; dari barisnya 60,00% bila n = 3; 45,00% bila n = 4"),
        (Severity.ERROR, "F7", "rata-rata tertulis 66%; dari barisnya 60,00% bila n = 3; 45,00% bila n = 4"),
    ]


def test_each_sasaran_may_have_a_mean_and_the_table_that_of_rows_or_of_means(tmp_path: Path) -> None:
    rows = (*PLAIN[:2], "| | | Rata-rata | | | 75% |", PLAIN[3], "| 5 | Lain | Lima | 100% | 40% | 40% |")
    assert mean(tmp_path, *rows, "| | | Rata-rata | | | 35% |", "| | | Rata-rata seluruh sasaran | | | 55% |") == []


def test_where_no_mean_is_printed_both_that_rows_would_give_are_said(tmp_path: Path) -> None:
    assert mean(tmp_path, *PLAIN) == [
        (
            Severity.INFO,
            "F3",
            (
                "rata-rata % capaian Tabel 1: 60,00% bila n = 3; 45,00% bila n = 4"
                " (1 baris tanpa angka dilewati atau dihitung 0)"
            ),
        )
    ]


def test_where_no_row_is_left_out_or_none_has_a_figure_no_mean_is_said(tmp_path: Path) -> None:
    assert mean(tmp_path, *PLAIN[:2]) == []
    assert mean(tmp_path, PLAIN[2]) == []


@pytest.mark.parametrize(
    "row",
    [
        "| 5 | Mutu | Rata-rata waktu layanan | 3 hari | 2 hari | 133% |",
        "| 5 | Mutu | Rata-rata serapan anggaran | 95% | 99% | 104% |",
    ],
)
def test_an_indicator_that_measures_a_mean_is_no_mean_of_the_table(tmp_path: Path, row: str) -> None:
    assert alarms(found(tmp_path, *PLAIN[:2], row)) == []


def test_a_mean_computed_from_what_the_cells_only_show_rounded_is_right(tmp_path: Path) -> None:
    rows = (*SERAPAN, "| | | Rata-rata | 100% | 55,18% | 55,18% |")
    assert mean(tmp_path, *rows) == []


def test_a_table_of_indicators_beside_nothing_is_still_tested(tmp_path: Path) -> None:
    findings = found(tmp_path, SERAPAN[0].replace("| 95% |", "| 59% |"), budget="")
    assert [(code, cell) for code, _, cell, _ in alarms(findings)] == [("P102", "F3")]
