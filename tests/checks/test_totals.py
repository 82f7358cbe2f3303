from collections.abc import Callable, Iterator
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lkj_xlsx.checks import check
from lkj_xlsx.checks.totals import check_ceilings, check_items, check_magnitude, check_spending_without_ceiling
from lkj_xlsx.finding import NAMED, Finding, Severity
from lkj_xlsx.kode import ROOT, Path, ancestors, parse, place, spell
from lkj_xlsx.model import Budget, Identity, Line, frame_of, split_leaves
from lkj_xlsx.rollup import Rollup, roll_up
from lkj_xlsx.rupiah import LARGEST

Check = Callable[[Budget, Rollup], Iterator[Finding]]
Row = tuple[str, int | None, int | None]
"""Column A of a sheet is the code or the label of a total, C the pagu, D the realisasi."""

SLOWLY: Final = settings(deadline=None, max_examples=25)


def lines_of(rows: tuple[Row, ...]) -> Iterator[Line]:
    for row, (code, pagu, realisasi) in enumerate(rows):
        is_total = "TOTAL" in code
        path = place(parse(code.split("TOTAL")[-1]) or {}, ROOT)
        yield Line(path, code, {"pagu": pagu, "realisasi": realisasi}, "S", row, is_total)


def document(*rows: Row) -> Budget:
    """Lay rows out from row 1 of a sheet: pagu in column C, realisasi in column D."""
    leaves, others = split_leaves(lines_of(rows))
    return Budget("a.xlsx", "x", Identity(), frame_of(leaves), frame_of(others), {"pagu": 2, "realisasi": 3})


def asked(question: Check, *rows: Row) -> list[Finding]:
    budget = document(*rows)
    return list(question(budget, roll_up(budget)))


def found(question: Check, *rows: Row) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.where.cell) for finding in asked(question, *rows)]


def cells(finding: Finding) -> list[str | None]:
    return [place.cell for place in finding.because]


def judged(*rows: Row) -> list[Finding]:
    """Test what rows print against each other."""
    return [finding for finding in check([document(*rows)]).findings if finding.code in ("T101", "T109", "T111")]


def places(*rows: Row) -> list[tuple[str | None, int | str | None]]:
    """Give the cells that are found wrong, with what they should be."""
    return [(finding.where.cell, finding.expected) for finding in judged(*rows)]


def test_a_total_that_is_not_the_sum_of_its_lines_is_found_with_all_that_may_be_wrong() -> None:
    rows = (("CQ.6709", 1_100_000, 10), ("CQ.6709.QGE.001", 400_000, 4), ("CQ.6709.QGE.002", 600_000, 6))
    finding, *rest = judged(*rows)
    assert rest == []
    assert str(finding) == (
        "a.xlsx!S!C1: error T101: kegiatan CQ.6709 pagu tertulis 1.100.000, jumlah rincian 1.000.000"
        " (selisih +100.000); karena C2, C3"
    )
    assert (finding.printed, finding.expected) == (1_100_000, None)


def test_a_total_that_is_the_sum_of_its_lines_is_not_found() -> None:
    assert judged(("CQ.6709", 1_000_000, 10), ("CQ.6709.QGE.001", 400_000, 4), ("CQ.6709.QGE.002", 600_000, 6)) == []


def test_two_totals_that_agree_prove_a_line_wrong_and_a_line_and_a_total_the_other_total() -> None:
    rows = (("CQ.6709.QGE.001", 4, 1), ("SUB TOTAL CQ.6709", 5, 2), ("TOTAL", 5, 1))
    assert places(*rows) == [("C1", 5), ("D2", 1)]


def test_a_total_is_named_by_its_own_label() -> None:
    rows = (("CQ.6709.QGE.001", 4, 1), ("CQ.6709.QGE.002", 4, 1), ("SUB TOTAL CQ.6709", 9, 2))
    assert judged(*rows)[0].message.startswith("SUB TOTAL CQ.6709 pagu tertulis 9,")


def test_a_total_that_is_not_printed_is_not_compared() -> None:
    assert judged(("CQ.6709", None, None), ("CQ.6709.QGE.001", 4, 1), ("TOTAL", None, 1)) == []


def test_a_printed_total_of_zero_is_compared() -> None:
    assert places(("CQ.6709", 0, 1), ("CQ.6709.QGE.001", 4, 1)) == [("C1", None)]


def test_a_total_over_one_unknown_line_says_what_the_line_is() -> None:
    rows = (("CQ.6709", 9, 1), ("CQ.6709.QGE.001", 4, 1), ("CQ.6709.QGE.002", None, 0))
    (finding,) = judged(*rows)
    assert (finding.code, finding.where.cell, finding.expected) == ("T111", "C3", 5)
    assert cells(finding) == ["C1", "C2"]


def test_a_total_over_two_unknown_lines_says_nothing() -> None:
    assert judged(("CQ.6709", 9, 1), ("CQ.6709.QGE.001", None, 1), ("CQ.6709.QGE.002", None, 0)) == []


def test_a_total_of_something_without_lines_is_found() -> None:
    finding, *rest = judged(("CQ.6709.QGE.001", 4, 1), ("SUB TOTAL CQ.6639", 5, 1))
    assert (finding.code, finding.where.cell, rest) == ("T109", "C2", [])


def test_a_grand_total_over_no_lines_at_all_raises_nothing() -> None:
    assert judged(("TOTAL", 5, 1)) == []


def test_a_wrong_item_is_no_wrong_total() -> None:
    rows = (("CQ.6709.051.0A.521211", 4, 1), ("CQ.6709.051.0A.521211.000001", 3, 1))
    assert [finding.code for finding in check([document(*rows)]).findings] == ["T102"]


@pytest.mark.parametrize("count", [NAMED, NAMED + 1])
def test_many_lines_are_counted_in_words_and_all_kept_as_proof(count: int) -> None:
    lines: list[Row] = [(f"CQ.6709.QGE.{row:03}", 1, 0) for row in range(1, count + 1)]
    (finding,) = judged(*lines, ("SUB TOTAL CQ.6709", 99, 0))
    assert len(finding.because) == count
    assert (f"jumlah {count} rincian" in finding.message) is (count > NAMED)


def test_a_line_printed_twice_alike_is_told_once_and_counted_once() -> None:
    rows = (("CQ.6709", 4, 1), ("CQ.6709.QGE.001", 4, 1), ("CQ.6709.QGE.001", 4, 1))
    assert [finding.code for finding in check([document(*rows)]).findings] == ["K101"]


CODES: Final = (
    ("CQ", "WA"),
    ("6709", "6639"),
    ("QGE", "EBA"),
    ("001", "Z08"),
    ("051", "ZZ1"),
    ("0A", "0B"),
    ("521211",),
)


@st.composite
def consistent_documents(draw: st.DrawFn) -> list[Row]:
    """Leaves at different depths with a printed total for everything above them, and the grand total."""
    full = st.tuples(*(st.sampled_from(codes) for codes in CODES))
    cut = st.tuples(full, st.sampled_from([2, 4, 5, 6, 7])).map(
        lambda drawn: (*drawn[0][: drawn[1]], *ROOT[drawn[1] :])
    )
    drawn: list[Path] = draw(st.lists(cut, min_size=1, max_size=10, unique=True))
    above = {node for path in drawn for node in ancestors(path)}
    amounts = {
        path: draw(st.tuples(st.integers(1, 10**12), st.integers(-100, 1))) for path in drawn if path not in above
    }
    nodes = dict.fromkeys(node for path in amounts for node in (*ancestors(path), path))
    rows: list[Row] = [("TOTAL", *_sums(list(amounts.values())))]
    for node in nodes:
        held = [amount for path, amount in amounts.items() if node in (*ancestors(path), path)]
        rows.append((spell(node), *_sums(held)))
    return rows


def _sums(amounts: list[tuple[int, int]]) -> tuple[int, int]:
    return sum(pagu for pagu, _ in amounts), sum(realisasi for _, realisasi in amounts)


@SLOWLY
@given(consistent_documents())
def test_a_consistent_document_gives_no_finding_of_any_check(rows: list[Row]) -> None:
    verdict = check([document(*rows)])
    assert verdict.findings == ()
    assert verdict.tally.failing == 0


@SLOWLY
@given(consistent_documents(), st.integers(-(10**12), 10**12).filter(bool), st.data())
def test_any_one_changed_figure_is_found_or_among_the_cells_that_may_be_wrong(
    rows: list[Row], change: int, data: st.DataObject
) -> None:
    row, column = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.sampled_from([1, 2]))
    code, pagu, realisasi = rows[row]
    assert pagu is not None
    assert realisasi is not None
    wrong: Row = (code, pagu + change, realisasi) if column == 1 else (code, pagu, realisasi + change)
    findings = judged(*rows[:row], wrong, *rows[row + 1 :])
    cell = "CD"[column - 1] + str(row + 1)
    assert [finding for finding in findings if cell in (finding.where.cell, *cells(finding))]
    assert [
        finding.expected for finding in findings if finding.where.cell == cell and finding.expected is not None
    ] in (
        [],
        [(pagu, realisasi)[column - 1]],
    )
    assert {finding.where.cell for finding in findings if finding.expected is not None} <= {cell}


AKUN: Final = "CQ.6709.051.0A.521211"


def test_items_that_do_not_add_up_to_their_akun_are_found_at_the_akun() -> None:
    rows = ((AKUN, 100, 50), (f"{AKUN}.000001", 60, 30), (f"{AKUN}.000002", 30, 20))
    (finding,) = asked(check_items, *rows)
    assert (finding.code, finding.severity, finding.where.cell) == ("T102", Severity.PERINGATAN, "C1")
    assert f"akun {AKUN} berbeda dari jumlah 2 itemnya: pagu +10;" in finding.message
    assert (finding.printed, finding.expected) == (100, None)


def test_items_that_add_up_to_their_akun_are_not_found() -> None:
    assert found(check_items, (AKUN, 100, 50), (f"{AKUN}.000001", 60, 30), (f"{AKUN}.000002", 40, 20)) == []


def test_items_are_compared_with_the_akun_of_their_own_branch() -> None:
    other = AKUN.replace("6709", "6639")
    rows = ((AKUN, 60, 0), (f"{AKUN}.000001", 60, 0), (other, 40, 0), (f"{other}.000001", 40, 0))
    assert found(check_items, *rows) == []
    assert found(check_items, *rows[:3], (f"{other}.000001", 41, 0)) == [("T102", "C3")]


def test_a_wrong_realisasi_of_items_is_found_in_its_column() -> None:
    assert found(check_items, (AKUN, 60, 31), (f"{AKUN}.000001", 60, 30)) == [("T102", "D1")]


def test_an_item_that_equals_the_gap_is_named_as_its_likely_cause() -> None:
    rows = ((AKUN, 160, 80), (f"{AKUN}.000001", 60, 30), (f"{AKUN}.000002", 40, 20))
    (finding,) = asked(check_items, *rows)
    assert "; sama dengan item 000001;" in finding.message
    assert cells(finding) == ["C2"]


def test_an_akun_without_items_is_found_where_others_have_them() -> None:
    other = AKUN.replace("6709", "6639")
    assert found(check_items, (AKUN, 60, 30), (f"{AKUN}.000001", 60, 30), (other, 40, 0)) == [("T102", "C3")]


def test_a_document_without_items_has_none_to_add() -> None:
    assert found(check_items, (AKUN, 60, 30)) == []


def test_an_unknown_amount_of_an_akun_is_not_compared_with_its_items() -> None:
    assert found(check_items, (AKUN, None, 30), (f"{AKUN}.000001", 60, 30)) == []


def test_spending_above_the_ceiling_is_found_at_the_realisasi() -> None:
    (finding,) = asked(check_ceilings, ("CQ.6709.QGE.001", 100, 101), ("CQ.6709.QGE.002", 100, 0))
    assert (finding.code, finding.where.cell, finding.printed, cells(finding)) == ("T103", "D1", 101, ["C1"])
    assert finding.message == "realisasi ro CQ.6709.QGE.001 101 melampaui pagu 100 (selisih +1)"


def test_spending_the_whole_ceiling_is_not_found() -> None:
    assert found(check_ceilings, ("CQ.6709.QGE.001", 100, 100)) == []


def test_a_refund_is_not_found() -> None:
    assert found(check_ceilings, ("CQ.6709.QGE.001", 100, -5)) == []
    assert found(check_spending_without_ceiling, ("CQ.6709.QGE.001", 0, -5)) == []


def test_a_group_that_overspends_is_found_where_it_is_printed() -> None:
    rows = (("CQ.6709", 200, 210), ("CQ.6709.QGE.001", 100, 120), ("CQ.6709.EBA.001", 100, 90), ("CQ.6639.051", 100, 0))
    assert found(check_ceilings, *rows) == [("T103", "D1"), ("T103", "D2")]


def test_the_same_overspending_is_found_once_along_a_chain_of_only_children() -> None:
    rows = (("CQ.6709.QGE.001.051.0A.521211", 100, 120), ("CQ.6709.QGE.001.051.0A.521213", 100, 90))
    over = [finding.message.split()[2] for finding in asked(check_ceilings, *rows)]
    assert sorted(over) == ["CQ.6709.QGE.001.051.0A", "CQ.6709.QGE.001.051.0A.521211"]


def test_spending_where_an_amount_is_unknown_is_not_found() -> None:
    assert found(check_ceilings, ("CQ.6709.QGE.001", None, 5), ("CQ.6709.QGE.002", 5, None)) == []
    assert found(check_spending_without_ceiling, ("CQ.6709.QGE.001", None, 5)) == []


def test_spending_under_a_ceiling_of_zero_is_a_finding_of_its_own() -> None:
    rows = (("CQ.6709.QGE.001", 0, 5), ("CQ.6709.QGE.002", 100, 0))
    assert found(check_spending_without_ceiling, *rows) == [("T104", "D1")]
    assert found(check_ceilings, *rows) == []


def test_nothing_spent_under_a_ceiling_of_zero_is_not_found() -> None:
    assert found(check_spending_without_ceiling, ("CQ.6709.QGE.001", 0, 0)) == []
    assert found(check_spending_without_ceiling, ("CQ.6709.QGE.001", 1, 5)) == []


def test_a_total_beyond_the_largest_is_found() -> None:
    assert found(check_magnitude, ("CQ.6709", LARGEST, 0), ("CQ.6639", LARGEST, 0)) == [("T105", "C1")]
    assert found(check_magnitude, ("CQ.6709", 1, LARGEST), ("CQ.6639", 1, LARGEST)) == [("T105", "D1")]


def test_a_total_one_beyond_the_largest_is_found() -> None:
    assert found(check_magnitude, ("CQ.6709", LARGEST, 0), ("CQ.6639", 1, 0)) == [("T105", "C1")]


def test_a_total_of_the_largest_is_not_found() -> None:
    assert found(check_magnitude, ("CQ.6709", LARGEST - 1, 0), ("CQ.6639", 1, 0)) == []


def test_a_total_that_is_unknown_is_not_taken_for_a_large_one() -> None:
    assert found(check_magnitude, ("CQ.6709", None, 0), ("CQ.6639", 1, 0)) == []


def test_a_total_beyond_the_largest_is_found_although_another_branch_is_unknown() -> None:
    rows = (("CQ.6709.051", LARGEST, 0), ("CQ.6709.052", LARGEST, 0), ("CQ.6639.051", None, 0))
    assert [code for code, _ in found(check_magnitude, *rows)] == ["T105"]


def test_a_document_of_nothing_has_no_findings() -> None:
    budget = document()
    assert check([budget]).findings == ()
