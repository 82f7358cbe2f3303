from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from conftest import write_sheets
from small_system import system_of

from lkj_xlsx import repair
from lkj_xlsx.checks import check
from lkj_xlsx.checks.faults import tell_faults
from lkj_xlsx.equations import Percent
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.readers import read
from lkj_xlsx.repair import diagnose
from lkj_xlsx.system import System

Written = Callable[[str], list[Finding]]


def found(*paths: Path) -> list[Finding]:
    """Give every error and warning."""
    return [one for one in check([read(path) for path in paths]).findings if one.severity is not Severity.INFO]


@pytest.fixture
def judged(tmp_path: Path) -> Written:
    """Give what is found on a sheet of rows under the headings of a table with or without more columns."""
    return lambda text: found(write_sheets(text, tmp_path / "contoh.xlsx"))


def said(findings: list[Finding]) -> list[tuple[str, str | None, str]]:
    return [(one.code, one.where.cell, one.message) for one in findings]


def because(finding: Finding) -> list[str | None]:
    return [place.cell for place in finding.because]


TWO_BLOCKS: Final = """
    | KODE | URAIAN | PAGU | REALISASI |
    | 076.01.CQ | Program | | |
    | 6639 | Teknis | | |
    | QGE.001 | Pemilihan | 300 | 200 |
    | QGE.002 | Logistik | 40 | 30 |
    | | SUB TOTAL (6639) | 340 | 230 |
    | 6709 | Perencanaan | | |
    | QGE.001 | Anggaran | 500 | 400 |
    | | SUB TOTAL (6709) | 500 | 400 |
    | | TOTAL | 840 | 630 |
"""
BLOCK: Final = """
    | KODE | URAIAN | PAGU | REALISASI | % |
    | 076.01.CQ | Program | | | |
    | 6639 | Teknis | | | |
    | QGE.001 | Pemilihan | 300 | 200 | 66,67% |
    | QGE.002 | Logistik | 400 | 300 | 75,00% |
    | | SUB TOTAL (6639) | 700 | 500 | 71,43% |
    | | TOTAL | 700 | 500 | 71,43% |
"""
SISA: Final = """
    | KODE | URAIAN | PAGU | REALISASI | SISA |
    | 076.01.CQ | Program | | | |
    | 6639 | Teknis | | | |
    | QGE.001 | Pemilihan | 300 | 200 | 100 |
    | QGE.002 | Logistik | 40 | 30 | 10 |
    | | SUB TOTAL (6639) | 340 | 230 | 110 |
"""


@pytest.mark.parametrize("text", [TWO_BLOCKS, BLOCK, SISA])
def test_nothing_is_said_of_what_adds_up(judged: Written, text: str) -> None:
    assert judged(text) == []


def test_a_wrong_total_is_told_with_its_figure_the_slip_and_every_equation_that_proves_it(judged: Written) -> None:
    (finding,) = judged(TWO_BLOCKS.replace("| 340 |", "| 345 |"))
    assert str(finding) == (
        "contoh.xlsx!Sheet1!C6: error T101: SUB TOTAL (6639) pagu tertulis 345, seharusnya 340"
        " (satu angka salah: 5 tertulis, 0 seharusnya): jumlah 2 rincian; TOTAL pagu 840 dikurangi rincian lain;"
        " karena C4, C5, C10, C9"
    )
    assert (finding.printed, finding.expected) == (345, 340)


def test_a_figure_that_no_single_slip_makes_is_told_without_one(judged: Written) -> None:
    (finding,) = judged(TWO_BLOCKS.replace("| 340 |", "| 921 |"))
    assert finding.message == (
        "SUB TOTAL (6639) pagu tertulis 921, seharusnya 340: jumlah 2 rincian; TOTAL pagu 840 dikurangi rincian lain"
    )


def test_a_wrong_line_is_told_with_the_code_of_what_it_breaks_and_its_own_percent_as_a_reason(judged: Written) -> None:
    (finding,) = judged(BLOCK.replace("| 400 | 300 |", "| 400 | 370 |"))
    assert said([finding]) == [
        (
            "T101",
            "D5",
            (
                "RO CQ.6639.QGE.002 realisasi tertulis 370, seharusnya 300 (satu angka salah: 7 tertulis, 0"
                " seharusnya): SUB TOTAL (6639) realisasi 500 dikurangi rincian lain; RO CQ.6639.QGE.002 persen 75,00%"
            ),
        )
    ]
    assert because(finding) == ["D6", "D4", "E5", "C5"]


def test_a_wrong_percent_is_told_with_what_it_divides(judged: Written) -> None:
    (finding,) = judged(BLOCK.replace("75,00%", "76,00%"))
    assert said([finding]) == [
        (
            "P101",
            "E5",
            (
                "RO CQ.6639.QGE.002 persen tertulis 76,00%, seharusnya 75,00%"
                " (satu angka salah: 6 tertulis, 5 seharusnya): 300 / 400"
            ),
        )
    ]
    assert (finding.printed, finding.expected, because(finding)) == ("76,00%", "75,00%", ["D5", "C5"])


def test_a_wrong_remainder_is_told_with_its_identity(judged: Written) -> None:
    (finding,) = judged(SISA.replace("| 10 |", "| 19 |"))
    assert said([finding]) == [
        (
            "T107",
            "E5",
            (
                "RO CQ.6639.QGE.002 sisa tertulis 19, seharusnya 10 (satu angka salah: 9 tertulis, 0 seharusnya):"
                " SUB TOTAL (6639) sisa 110 dikurangi rincian lain; pagu - realisasi = sisa"
            ),
        )
    ]
    assert because(finding) == ["E6", "E4", "C5", "D5"]


def test_a_wrong_cumulative_is_told_with_its_identity(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI LALU | REALISASI INI | REALISASI SD |
    | 076.01.CQ | Program | | | | |
    | 6639 | Teknis | | | | |
    | QGE.001 | Pemilihan | 300 | 100 | 100 | 240 |
    | QGE.002 | Logistik | 40 | 20 | 10 | 30 |
    | | SUB TOTAL (6639) | 340 | 120 | 110 | 230 |
    """
    (finding,) = found(sheet_file)
    assert finding.message.endswith("dikurangi rincian lain; realisasi lalu + realisasi ini = realisasi")
    assert (finding.code, finding.where.cell, finding.expected) == ("T108", "F4", 200)


def test_a_percent_that_was_computed_from_a_wrong_figure_follows_it(judged: Written) -> None:
    total, percent = judged(BLOCK.replace("(6639) | 700 | 500 | 71,43%", "(6639) | 700 | 800 | 114,29%"))[:2]
    assert (total.code, total.where.cell, total.expected) == ("T101", "D6", 500)
    assert percent.message == "SUB TOTAL (6639) persen tertulis 114,29%, seharusnya 71,43% (mengikuti D6): 500 / 700"
    assert because(percent) == ["C6", "D4", "D5", "D7"]


def test_of_a_wrong_percent_beside_a_wrong_figure_that_does_not_make_it_the_slip_is_named(judged: Written) -> None:
    text = BLOCK.replace("(6639) | 700 | 500 | 71,43%", "(6639) | 700 | 800 | 71,93%")
    (percent,) = [finding for finding in judged(text) if finding.where.cell == "E6"]
    assert "(satu angka salah: 9 tertulis, 4 seharusnya)" in percent.message


def test_a_cell_that_is_wrong_for_certain_is_told_without_a_figure_where_two_slips_explain_as_much(
    sheet_file: Path,
) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI | % |
    | 076.01.CQ | Program | | | |
    | 6639 | Teknis | | | |
    | QGE.001 | Pemilihan | 10000 | 3120 | 61% |
    | QGE.002 | Logistik | 5000 | 4000 | 80% |
    | | SUB TOTAL (6639) | 15000 | 10123 | 67% |
    """
    (finding,) = found(sheet_file)
    message = (
        "RO CQ.6639.QGE.001 realisasi tertulis 3.120, tidak cocok dengan sel lain; nilainya tidak dapat dipastikan"
    )
    assert said([finding]) == [("T101", "D4", message)]
    assert (finding.printed, finding.expected) == (3120, None)
    assert because(finding) == ["D6", "D5", "E4", "C4"]


@pytest.mark.parametrize(("sisa", "codes"), [(-548, ["T101"]), (-547, [])])
def test_a_cell_that_only_an_empty_one_contradicts_has_a_code_of_its_own_and_the_cells_beyond_as_reasons(
    judged: Written, sisa: int, codes: list[str]
) -> None:
    """The ceiling that is not printed would be -1."""
    findings = judged(f"""
    | KODE | URAIAN | PAGU | REALISASI | SISA |
    | 076.01.CQ | Program | | | |
    | 6639 | Teknis | | | |
    | QGE.001 | Pemilihan | 500 | 400 | 100 |
    | | SUB TOTAL (6639) | 500 | 400 | 100 |
    | 6709 | Perencanaan | | | |
    | QGE.001 | Anggaran | | 547 | |
    | | SUB TOTAL (6709) | | 547 | {sisa} |
    """)
    own = [finding for finding in findings if finding.where.cell == "E8" and finding.expected is None]
    assert [finding.code for finding in own] == codes
    assert [because(finding) for finding in own] == [["D8", "D7"] for _ in codes]


def test_where_the_total_may_be_wrong_as_well_as_its_lines_all_of_them_are_named(judged: Written) -> None:
    (finding,) = judged(TWO_BLOCKS.replace("| 340 | 230 |", "| 340 | 236 |").replace("| 840 | 630 |", "| 840 | |"))
    assert said([finding]) == [
        ("T101", "D6", "SUB TOTAL (6639) realisasi tertulis 236, jumlah rincian 230 (selisih +6)")
    ]
    assert (finding.printed, finding.expected, because(finding)) == (236, None, ["D4", "D5"])


def test_where_the_total_is_proved_it_is_said_that_one_of_the_lines_is_wrong(judged: Written) -> None:
    (finding,) = judged(TWO_BLOCKS.replace("| 40 | 30 |", "| 72 | 30 |"))
    message = "SUB TOTAL (6639) pagu tertulis 340, jumlah rincian 372 (selisih -32)"
    assert said([finding]) == [("T101", "C6", f"{message}; yang salah salah satu dari sel yang disebut")]
    assert because(finding) == ["C4", "C5"]


@pytest.mark.parametrize(
    ("wrong", "words"), [(309, "; satu angka salah: 9 tertulis, 0 seharusnya bila D5 300"), (399, ""), (400, "")]
)
def test_the_one_suspect_that_a_slip_explains_is_named_and_of_two_or_none_nothing_is(
    judged: Written, wrong: int, words: str
) -> None:
    """300 is right. One digit makes it of 309, none of 399; 400 may be 300, or the 200 above it 100."""
    text = BLOCK.replace("| 400 | 300 | 75,00% |", f"| 400 | {wrong} | |").replace(
        "| 300 | 200 | 66,67% |", "| 300 | 200 | |"
    )
    (finding,) = judged(text)
    said_before = f"SUB TOTAL (6639) realisasi tertulis 500, jumlah rincian {200 + wrong} (selisih {300 - wrong})"
    assert finding.message == f"{said_before}; yang salah salah satu dari sel yang disebut{words}"


def test_an_identity_of_which_every_cell_is_suspect_is_told_with_what_it_makes(judged: Written) -> None:
    (finding,) = judged("""
    | KODE | URAIAN | PAGU | REALISASI | SISA |
    | 076.01.CQ | Program | | | |
    | 6639 | Teknis | | | |
    | QGE.001 | Pemilihan | 300 | 200 | 110 |
    """)
    message = "RO CQ.6639.QGE.001 sisa tertulis 110, pagu - realisasi 100 (selisih +10)"
    assert said([finding]) == [("T107", "E4", message)]
    assert because(finding) == ["C4", "D4"]


def test_a_percent_of_which_every_cell_is_suspect_is_told_with_its_quotient(judged: Written) -> None:
    (finding,) = judged("""
    | KODE | URAIAN | PAGU | REALISASI | % |
    | 076.01.CQ | Program | | | |
    | 6639 | Teknis | | | |
    | QGE.001 | Pemilihan | 30000 | 20000 | 66,77% |
    | QGE.002 | Logistik | 30000 | 20000 | 66,67% |
    """)
    quotient = "realisasi / pagu = 20.000 / 30.000 = 66,67%"
    assert finding.message == (
        f"RO CQ.6639.QGE.001 persen tertulis 66,77%, {quotient};"
        " satu angka salah: 7 tertulis, 6 seharusnya bila E4 66,67%"
    )
    assert (finding.code, finding.printed, finding.expected, because(finding)) == ("P101", "66,77%", None, ["D4", "C4"])


def test_a_percent_of_nothing_is_told_with_a_dash_for_its_quotient(judged: Written) -> None:
    findings = judged("""
    | KODE | URAIAN | PAGU | REALISASI | % |
    | 076.01.CQ | Program | | | |
    | 6639 | Teknis | | | |
    | QGE.001 | Pemilihan | 0 | 100 | 50,00% |
    | QGE.002 | Logistik | 200 | 100 | 50,00% |
    | QGE.003 | Lain | 400 | 200 | 50,00% |
    """)
    (finding,) = [one for one in findings if one.code == "P101"]
    assert finding.message == "RO CQ.6639.QGE.001 persen tertulis 50,00%, realisasi / pagu = 100 / 0 = -"
    assert (finding.where.cell, finding.expected) == ("E4", None)


def test_too_many_faults_at_once_are_reported_and_no_cell_is_pointed_at(
    judged: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = BLOCK.replace("| 700 | 500 | 71,43% |\n    | | TOTAL", "| 710 | 540 | 71,43% |\n    | | TOTAL")
    words = "; terlalu banyak yang tidak cocok sekaligus untuk menunjuk selnya"
    assert [(one.where.cell, one.expected) for one in judged(text)] == [("C6", 700), ("D6", 500)]
    monkeypatch.setattr(repair, "MOST_CHANGES", 1)
    findings = judged(text)
    assert [(one.code, one.where.cell, one.expected) for one in findings] == [
        *(("T101", "C6", None), ("T101", "D6", None), ("P101", "E6", None)),
        *(("T101", "C7", None), ("T101", "D7", None)),
    ]
    assert all(one.message.endswith(words) for one in findings)
    assert findings[0].message == f"SUB TOTAL (6639) pagu tertulis 710, jumlah rincian 700 (selisih +10){words}"
    assert because(findings[0]) == ["C4", "C5"]


def test_an_empty_line_and_an_empty_total_are_told_with_what_they_must_hold(judged: Written) -> None:
    line, total = judged(TWO_BLOCKS.replace("| 40 |", "| |").replace("| 340 |", "| |"))
    assert said([line, total]) == [
        (
            "R108",
            "C5",
            (
                "RO CQ.6639.QGE.002 pagu kosong, seharusnya 40:"
                " SUB TOTAL (6639) pagu (juga kosong) 340 dikurangi rincian lain"
            ),
        ),
        (
            "T111",
            "C6",
            "SUB TOTAL (6639) pagu kosong, seharusnya 340: TOTAL pagu 840 dikurangi rincian lain",
        ),
    ]
    assert (line.severity, total.severity) == (Severity.ERROR, Severity.PERINGATAN)
    assert (line.expected, total.expected) == (40, 340)
    assert (because(line), because(total)) == (["C4", "C10", "C9"], ["C10", "C9"])


def test_an_empty_cell_that_nothing_forces_is_told_without_a_figure(judged: Written) -> None:
    line, *rest = judged(TWO_BLOCKS.replace("| 40 |", "| |").replace("| 300 |", "| |"))
    assert (line.code, line.expected, line.because) == ("R108", None, ())
    assert [(one.code, one.expected) for one in rest] == [("R108", None)]


def test_a_cell_that_cannot_be_read_is_told_where_it_was_found_with_what_it_must_hold(judged: Written) -> None:
    (finding,) = judged(TWO_BLOCKS.replace("| 40 |", "| 4O |"))
    message = "`4O` bukan satu angka, seharusnya 40: SUB TOTAL (6639) pagu 340 dikurangi rincian lain"
    assert said([finding]) == [("R101", "C5", message)]
    assert (finding.printed, finding.expected, because(finding)) == ("4O", 40, ["C6", "C4"])


def test_a_reason_names_the_figures_that_were_mended_first(judged: Written) -> None:
    program = "| | SUB TOTAL PROGRAM 076.01.CQ | 840 | 630 |\n    | | TOTAL |"
    text = TWO_BLOCKS.replace("| 340 |", "| 345 |").replace("| 40 |", "| |").replace("| | TOTAL |", program)
    line, total = judged(text)
    assert line.message == (
        "RO CQ.6639.QGE.002 pagu kosong, seharusnya 40:"
        " SUB TOTAL (6639) pagu (setelah dibetulkan) 340 dikurangi rincian lain"
    )
    assert (because(line), because(total)) == (["C4", "C10", "C9"], ["C10", "C9"])
    assert (total.where.cell, total.expected) == ("C6", 340)


def test_a_reason_names_the_line_that_was_filled_first(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI | SISA | % |
    | 076.01.CQ | Program | | | | |
    | 6639 | Teknis | | | | |
    | QGE.001 | Pemilihan | 300 | 200 | 100 | 66,67% |
    | QGE.002 | Logistik | 450 | 450 | 100 | 77,78% |
    | QGE.003 | Lain | 400 | | | |
    | | SUB TOTAL (6639) | 1150 | 800 | 350 | 69,57% |
    """
    wrong, empty, remainder = found(sheet_file)
    assert wrong.message.endswith(
        ": SUB TOTAL (6639) realisasi 800 dikurangi rincian lain (D6 250); pagu - realisasi = sisa;"
        " RO CQ.6639.QGE.002 persen 77,78%"
    )
    assert [one.expected for one in (wrong, empty, remainder)] == [350, 250, 150]


@pytest.mark.parametrize(("typed", "expected"), [("4500", 5000), ("45", None)])
def test_a_figure_that_is_certain_only_in_whole_thousands_says_so(
    judged: Written, typed: str, expected: int | None
) -> None:
    """Of 4.500 a percent of 90,0 leaves 4.998 to 5.002; of 45 none in thousands."""
    percent = "90,0%" if expected else "0,1%"
    findings = judged(f"""
    | KODE | URAIAN | PAGU | REALISASI | % |
    | 076.01.CQ | Program | | | |
    | 6639 | Teknis | | | |
    | QGE.001 | Pemilihan | 3000 | 2000 | 66,67% |
    | QGE.002 | Logistik | 4000 | 3000 | 75,00% |
    | QGE.003 | Lain | | {typed} | {percent} |
    | QGE.004 | Lain | 6000 | 3000 | 50,00% |
    | QGE.005 | Lain | 7000 | 3500 | 50,00% |
    | QGE.006 | Lain | 9000 | 4500 | 50,00% |
    """)
    (finding,) = [one for one in findings if one.where.cell == "C6"]
    assert finding.expected == expected
    assert finding.message.endswith(
        f": RO CQ.6639.QGE.003 persen {percent}; semua angka di kolomnya ribuan bulat"
        if expected
        else "bila memang nihil"
    )


def test_another_table_is_a_reason_with_its_file_and_what_it_holds(sheet_file: Path) -> None:
    """
    # Sheet: C.1
    | KODE | URAIAN | PAGU | REALISASI |
    | 076.01.CQ | Program | | |
    | 6639 | Teknis | | |
    | QGE.001 | Pemilihan | 300 | 200 |
    | QGE.002 | Logistik | 30 | 20 |
    | | SUB TOTAL (6639) | 340 | 220 |
    # Sheet: C.2
    | KODE | URAIAN | PAGU | REALISASI |
    | 076.01.CQ | Program | | |
    | 6639 | Teknis | | |
    | QGE.001 | Pemilihan | 300 | 200 |
    | QGE.002 | Logistik | 40 | 20 |
    | | SUB TOTAL (6639) | 340 | 220 |
    """
    (finding,) = found(sheet_file)
    assert str(finding).endswith(
        ": SUB TOTAL (6639) pagu 340 dikurangi rincian lain; contoh.xlsx memuat 40; karena C6, C4, C.2!C5"
    )
    assert (finding.code, str(finding.where), finding.expected) == ("T101", "contoh.xlsx!C.1!C5", 40)


def with_percent_elsewhere(wrong: int) -> System:
    """Cell 0 is the sum of 1 and 2; a percent of 1 in 3 stands on another sheet."""
    system = system_of([700, wrong, 400, 400], sums=[(0, (1, 2))])
    system.add_cells(
        np.zeros(1, dtype=np.int64),
        np.array([True]),
        lambda at: Where("a.xlsx", "T", at, 2),
        lambda _: "Indikator persen",
    )
    system.percents[4] = Percent(Decimal("75.00"))
    system.add_quotients("P101", [4], [1], [3])
    return system


def test_a_reason_on_another_sheet_is_named_with_its_place() -> None:
    system = with_percent_elsewhere(350)
    (finding,) = tell_faults(system, diagnose(system), [])
    assert finding.message.endswith(": sel 0 700 dikurangi rincian lain; Indikator persen (T!C1) 75,00%")
    assert finding.reasons == "A1, A3, T!C1, A4"
    assert tell_faults(with_percent_elsewhere(300), diagnose(with_percent_elsewhere(300)), []) == []


def test_a_forced_cell_is_called_unreadable_where_reading_named_it_and_empty_where_it_did_not() -> None:
    system = system_of([9, None, 4], sums=[(0, (1, 2))])
    elsewhere = Finding("R103", Severity.PERINGATAN, Where("a.xlsx", "S", 8, 0), "kolom", because=(system.where(1),))
    for reading, word in (([], "kosong"), ([elsewhere], "tidak terbaca")):
        *others, told = tell_faults(system, diagnose(system), reading)
        assert others == reading
        assert (told.code, told.message) == ("T111", f"sel 1 {word}, seharusnya 5: sel 0 9 dikurangi rincian lain")
    system.may_be_empty.add(np.array([1]))
    assert tell_faults(system, diagnose(system), []) == []


def test_a_percent_without_a_sign_is_told_without_one() -> None:
    cells: list[int | Percent | None] = [Percent(Decimal("76.00"), is_bare=True), 300, 400, 700, 400, 700, 300]
    system = system_of(cells, sums=[(3, (1, 2)), (5, (1, 4)), (6, (1,)), (2, (4,))], ratios=[(0, 1, 2)])
    (finding,) = tell_faults(system, diagnose(system), [])
    assert finding.message.startswith("sel 0 tertulis 76,00, seharusnya 75,00%")
    assert (finding.printed, finding.expected) == ("76,00", "75,00%")
