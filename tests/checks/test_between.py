from pathlib import Path

import pytest
from conftest import write_sheets
from hypothesis import given, settings
from hypothesis import strategies as st

from lkj_xlsx.checks import check
from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.kode import ROOT, parse, place
from lkj_xlsx.model import Budget, Identity, Line, frame_of, split_leaves
from lkj_xlsx.readers import read

Row = tuple[str, int | None, int | None]
"""A code (or the label of a total) in column A, pagu in C, realisasi in D."""
EXPORT = "ekspor"
YEAR = Identity(tahun=2024)


def document(
    *rows: Row, file: str = "b.xlsx", identity: Identity = YEAR, lalu: bool = False, form: str = "x"
) -> Budget:
    lines = [
        Line(
            place(parse(code) or {}, ROOT),
            code,
            {"pagu": pagu, "realisasi": realisasi}
            | ({"realisasi_lalu": realisasi, "realisasi_ini": 0} if lalu else {}),
            "S",
            row,
            is_total="TOTAL" in code,
        )
        for row, (code, pagu, realisasi) in enumerate(rows)
    ]
    leaves, others = split_leaves(lines)
    columns = {"kode": 0, "uraian": 1, "pagu": 2, "realisasi": 3, "realisasi_lalu": 4, "realisasi_ini": 5}
    return Budget(file, form, identity, frame_of(leaves), frame_of(others), columns)


def month(bulan: int | None, *rows: Row, file: str = "b.xlsx", form: str = EXPORT) -> Budget:
    return document(*rows, file=file, identity=Identity(tahun=2024, bulan=bulan), lalu=True, form=form)


def found(budgets: list[Budget], *codes: str) -> list[Finding]:
    return [finding for finding in check(budgets).findings if not codes or finding.code in codes]


def brief(findings: list[Finding]) -> list[tuple[str, str, int | str | None]]:
    return [(one.code, str(one.where), one.expected) for one in findings]


REFERENCE: tuple[Row, ...] = (
    *(("CQ", 1000, 500), ("CQ.6709", 700, 300), ("CQ.6709.QGE.001", 400, 100), ("CQ.6709.QGE.002", 300, 200)),
    *(("CQ.6710", 300, 200), ("CQ.6710.QGE.001", 300, 200), ("TOTAL", 1000, 500)),
)
A = document(*REFERENCE, file="a.xlsx")


def changed(row: int, pagu: int | None, realisasi: int | None) -> list[Row]:
    rows = list(REFERENCE)
    rows[row] = (rows[row][0], pagu, realisasi)
    return rows


def test_two_documents_that_agree_say_nothing() -> None:
    assert found([A, document(*REFERENCE)]) == []


def test_a_figure_that_another_document_gives_differently_is_found_with_the_right_one() -> None:
    (finding,) = found([A, document(*changed(3, 300, 210))])
    assert (finding.severity, str(finding.where), finding.printed, finding.expected) == (
        *(Severity.ERROR, "b.xlsx!S!D4"),
        *(210, 200),
    )
    assert "a.xlsx" in finding.message


def test_a_figure_that_only_another_document_can_contradict_is_x103() -> None:
    (finding,) = found([document(("CQ.6709.QGE.001", 5, 2), file="a.xlsx"), document(("CQ.6709.QGE.001", 5, 1))])
    assert (finding.code, finding.severity, str(finding.where)) == ("X103", Severity.ERROR, "b.xlsx!S!D1")
    assert finding.message.startswith("RO CQ.6709.QGE.001 realisasi tertulis 1, a.xlsx memuat 2 (selisih -1)")
    assert [str(place) for place in finding.because] == ["a.xlsx!S!D1"]


def test_a_table_of_kegiatan_is_compared_with_the_lines_that_make_them_up() -> None:
    lines: list[Row] = [row for row in REFERENCE if "QGE" in row[0]]
    table = document(("CQ.6709", 700, 301), ("CQ.6710", 300, 200))
    (finding,) = found([document(*lines, file="a.xlsx"), table])
    assert (finding.code, str(finding.where)) == ("X103", "b.xlsx!S!D1")
    assert found([document(*lines, file="a.xlsx"), document(("CQ.6709", 700, 300), ("CQ.6710", 300, 200))]) == []


def test_a_table_that_names_no_program_speaks_of_the_same_codes() -> None:
    rows: list[Row] = [(code.removeprefix("CQ."), *figures) for code, *figures in REFERENCE[1:]]  # type: ignore[misc]
    findings = found([A, document(*rows)])
    assert {finding.code for finding in findings} <= {"K102"}
    rows[2] = ("6709.QGE.002", 300, 201)
    assert ("b.xlsx!S!D3", 200) in [(place, expected) for _, place, expected in brief(found([A, document(*rows)]))]


def test_a_wrong_line_and_everything_above_it_are_found_although_that_is_most_of_a_small_table() -> None:
    rows: list[Row] = [
        ("CQ.6709", 700, 310),
        ("CQ.6709.QGE.001", 400, 110),
        ("CQ.6709.QGE.002", 300, 200),
        ("TOTAL", 700, 310),
    ]
    reference: list[Row] = [
        ("CQ.6709", 700, 300),
        ("CQ.6709.QGE.001", 400, 100),
        ("CQ.6709.QGE.002", 300, 200),
        ("TOTAL", 700, 300),
    ]
    findings = found([document(*reference, file="a.xlsx"), document(*rows)])
    assert {finding.code for finding in findings} == {"X103"}
    assert "X105" not in {finding.code for finding in findings}


def test_a_table_of_which_most_figures_differ_is_of_another_period_and_not_compared() -> None:
    rows: list[Row] = [
        *(("CQ", 1000, 400), ("CQ.6709", 700, 250), ("CQ.6709.QGE.001", 400, 90), ("CQ.6709.QGE.002", 300, 160)),
        *(("CQ.6710", 300, 150), ("CQ.6710.QGE.001", 300, 150), ("TOTAL", 1000, 400)),
    ]
    (finding,) = found([A, document(*rows)])
    assert (finding.code, finding.severity, str(finding.where)) == ("X105", Severity.PERINGATAN, "b.xlsx!S!baris 1")
    assert finding.message == (
        "realisasi tidak dibandingkan dengan a.xlsx: 7 dari 7 angka berbeda, tampaknya periode atau revisi lain"
    )


def test_two_documents_of_two_months_are_compared_by_their_ceilings_only() -> None:
    later = document(*changed(3, 310, 999), identity=Identity(tahun=2024, bulan=8))
    findings = found([document(*REFERENCE, file="a.xlsx", identity=Identity(tahun=2024, bulan=7)), later])
    assert [(one.code, one.severity, str(one.where)) for one in findings if one.code == "X105"] == [
        ("X105", Severity.INFO, "b.xlsx!S!baris 1")
    ]
    assert "periodenya 2024-08 dan 2024-07" in next(one.message for one in findings if one.code == "X105")
    assert ("b.xlsx!S!C4", 300) in [(place, expected) for _, place, expected in brief(findings)]
    assert [str(one.where) for one in findings if one.code == "X103"] == ["b.xlsx!S!C4"]


def test_a_table_without_a_month_is_compared_with_the_export_of_its_own() -> None:
    export = month(12, *REFERENCE, file="a.xlsx")
    assert "X105" not in {one.code for one in found([export, document(*REFERENCE)])}


def test_of_two_exports_a_table_is_compared_with_that_of_its_month() -> None:
    july = month(7, *[(code, pagu, 0) for code, pagu, _ in REFERENCE], file="juli.xlsx")
    august = month(8, *REFERENCE, file="agustus.xlsx")
    table = document(*REFERENCE, identity=Identity(tahun=2024, bulan=7), file="tabel.xlsx")
    judged = found([august, july, table], "X103", "X105")
    assert {str(one.where) for one in judged} == {"tabel.xlsx!S!baris 1"}
    assert "juli.xlsx" in judged[0].message


def test_two_exports_of_one_month_are_no_pair_and_our_workbook_beside_one_is() -> None:
    wrong = changed(3, 300, 210)
    assert found([month(8, *REFERENCE, file="a.xlsx"), month(8, *wrong)], "X103") == []
    assert "b.xlsx!S!D4" in [
        str(one.where) for one in found([month(8, *REFERENCE, file="a.xlsx"), month(8, *wrong, form="buku kerja")])
    ]


def test_a_figure_that_one_of_them_does_not_print_is_not_compared() -> None:
    assert found([A, document(*changed(3, 300, None)[3:4])], "X103", "X105") == []


def test_a_code_that_only_one_of_two_tables_has_is_found_in_the_other(tmp_path: Path) -> None:
    text = """
    # Sheet: Satu
    | Tabel C.1 |
    | KODE | URAIAN | PAGU | REALISASI |
    | 076.01.CQ | Program | | |
    | 6709 | a | | |
    | QGE.001 | b | 60 | 4 |
    | QGE.002 | c | 60 | 4 |
    # Sheet: Dua
    | KODE | URAIAN | PAGU | REALISASI |
    | 076.01.CQ | Program | | |
    | 6709 | a | | |
    | QGE.001 | b | 60 | 4 |
    | QGE.003 | d | 60 | 4 |
    """
    findings = found([read(write_sheets(text, tmp_path / "a.xlsx"))])
    assert [(one.code, one.severity, str(one.where), one.printed) for one in findings] == [
        ("X102", Severity.PERINGATAN, "a.xlsx!Dua!A5", "QGE.003"),
        ("X102", Severity.PERINGATAN, "a.xlsx!Satu!A6", "QGE.002"),
    ]
    assert findings[0].message == "ro CQ.6709.QGE.003 tidak ada di a.xlsx!Satu"


def test_of_a_missing_branch_only_its_top_is_told() -> None:
    findings = found([A, document(*REFERENCE, ("WA", 1, 1), ("WA.3355", 1, 1), ("WA.3355.EBA.994", 1, 1))], "X102")
    assert [str(one.where) for one in findings] == ["b.xlsx!S!A8"]


def test_a_table_need_not_go_as_deep_as_another() -> None:
    table = document(("CQ", 1000, 500), ("CQ.6709", 700, 300), ("CQ.6710", 300, 200))
    assert found([A, table]) == []
    assert found([table, document(*REFERENCE, file="c.xlsx")], "X102") != []


def test_a_table_of_one_kegiatan_among_many_lacks_the_others_rightly() -> None:
    rows: list[Row] = [(f"CQ.{code}", 10, 1) for code in range(6701, 6710)]
    part = document(("CQ.6705", 10, 1))
    assert found([document(*rows, file="a.xlsx"), part], "X102") == []
    most = document(*rows[:8])
    assert [one.printed for one in found([document(*rows, file="a.xlsx"), most], "X102")] == ["6709"]


def test_tables_that_have_no_code_in_common_say_so_of_both() -> None:
    findings = found([document(("CQ.6709", 5, 4), file="a.xlsx"), document(("CQ.6710", 5, 4))], "X102")
    assert [str(one.where) for one in findings] == ["a.xlsx!S!A1", "b.xlsx!S!A1"]


INDICATORS = """
# Sheet: C.1
| Tabel C.1 |
| KODE | URAIAN | PAGU | REALISASI |
| 076.01.CQ | Program | | |
| 6709 | a | | |
| QGE.001 | b | 100 | 50 |
| QGE.002 | c | 100 | 90 |
| QGE.003 | d | 100 | 70 |
# Sheet: 1
| Tabel 1 |
| No | Sasaran | Indikator | Target | Realisasi | % Capaian |
| 1 | a (6709) | b (QGE.001) | {} | {} | {} |
| | | c (QGE.002) | {} | {} | {} |
"""


def test_a_line_without_an_indicator_is_found_where_the_others_have_one(tmp_path: Path) -> None:
    text = INDICATORS.format("100%", "50,00%", "50%", "100%", "90,00%", "90%")
    (finding,) = found([read(write_sheets(text, tmp_path / "a.xlsx"))])
    assert (finding.code, finding.severity, str(finding.where)) == ("X102", Severity.PERINGATAN, "a.xlsx!C.1!A7")
    assert finding.message == "ro CQ.6709.QGE.003 tidak punya indikator di Tabel 1"


def test_a_table_of_indicators_in_units_of_their_own_need_not_have_every_line(tmp_path: Path) -> None:
    text = INDICATORS.format("12 Dokumen", "12 Dokumen", "100%", "4 kali", "5 kali", "125%")
    findings = found([read(write_sheets(text, tmp_path / "a.xlsx"))])
    assert [one for one in findings if one.severity is not Severity.INFO] == []


@settings(deadline=None, max_examples=15)
@given(st.data())
def test_of_any_budget_printed_twice_one_changed_figure_is_found_there(data: st.DataObject) -> None:
    codes = [f"CQ.{kegiatan}.QGE.{ro:03}" for kegiatan in (6709, 6710) for ro in range(1, 4)]
    lines: list[Row] = [(code, data.draw(st.integers(1, 10**9)), data.draw(st.integers(1, 10**9))) for code in codes]
    wrong = data.draw(st.integers(0, len(lines) - 1))
    other = list(lines)
    code, pagu, realisasi = lines[wrong]
    other[wrong] = (code, pagu, (realisasi or 0) + 1)
    assert found([document(*lines, file="a.xlsx"), document(*lines)], "X103", "X105", "X102") == []
    (finding,) = found([document(*lines, file="a.xlsx"), document(*other)], "X103")
    assert f"b.xlsx!S!D{wrong + 1}" in (str(finding.where), *map(str, finding.because))


@pytest.mark.parametrize("budgets", [[], [document()], [document(), document()]])
def test_nothing_is_compared_with_nothing(budgets: list[Budget]) -> None:
    assert found(budgets) == []
