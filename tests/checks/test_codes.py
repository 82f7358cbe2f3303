from collections.abc import Callable, Iterator

from lkj_xlsx.checks.codes import check_duplicate_paths, check_orphans
from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.kode import ROOT, parse, place
from lkj_xlsx.model import Budget, Identity, Line, frame_of, split_leaves
from lkj_xlsx.rollup import Rollup, roll_up

Check = Callable[[Budget, Rollup], Iterator[Finding]]
AKUN = "CQ.6709.051.0A.521211"


def asked(question: Check, *codes: str) -> list[Finding]:
    """Lay codes out from row 1 of a sheet, a pagu beside each in column C, and ask."""
    lines = [Line(place(parse(code) or {}, ROOT), code, {"pagu": 1}, "S", row) for row, code in enumerate(codes)]
    leaves, others = split_leaves(lines)
    budget = Budget("a.xlsx", "x", Identity(), frame_of(leaves), frame_of(others), {"pagu": 2})
    return list(question(budget, roll_up(budget)))


def found(question: Check, *codes: str) -> list[tuple[str, str | None, list[str | None]]]:
    return [
        (finding.code, finding.where.cell, [place.cell for place in finding.because])
        for finding in asked(question, *codes)
    ]


def test_a_path_on_two_rows_is_found_at_the_second() -> None:
    assert found(check_duplicate_paths, "CQ.6709.QGE.001", "CQ.6709.QGE.002", "CQ.6709.QGE.001") == [
        ("K101", "C3", ["C1"])
    ]


def test_a_path_on_three_rows_is_found_twice() -> None:
    expected = [("K101", "C2", ["C1"]), ("K101", "C3", ["C1"])]
    assert expected == found(check_duplicate_paths, AKUN, AKUN, AKUN)


def test_the_same_short_code_under_two_parents_is_no_duplicate() -> None:
    assert found(check_duplicate_paths, "CQ.6709.QGE.001", "CQ.6710.QGE.001", "WA.6709.QGE.001") == []


def test_the_same_akun_under_two_subkomponen_is_no_duplicate() -> None:
    assert found(check_duplicate_paths, "CQ.6709.051.0A.521211", "CQ.6709.051.0B.521211") == []


def test_two_spellings_of_one_subkomponen_are_a_duplicate() -> None:
    assert found(check_duplicate_paths, "CQ.6709.051.A", "CQ.6709.051.0A") == [("K101", "C2", ["C1"])]


def test_an_item_on_two_rows_is_found() -> None:
    assert found(check_duplicate_paths, AKUN, f"{AKUN}.000001", f"{AKUN}.000001") == [("K101", "C3", ["C2"])]


def test_two_items_of_one_akun_are_no_duplicate() -> None:
    assert found(check_duplicate_paths, AKUN, f"{AKUN}.000001", f"{AKUN}.000002") == []


def test_a_group_printed_twice_is_no_duplicate_line() -> None:
    assert found(check_duplicate_paths, "CQ.6709", "CQ.6709", "CQ.6709.QGE.001") == []


def test_a_duplicate_is_an_error_that_says_the_whole_path() -> None:
    finding, *_ = asked(check_duplicate_paths, AKUN, AKUN)
    assert (finding.severity, finding.printed) == (Severity.ERROR, AKUN)
    assert f"`{AKUN}`" in finding.message


def test_a_kegiatan_without_a_program_is_a_warning() -> None:
    (finding,) = asked(check_orphans, "6709.QGE.001")
    assert (finding.code, finding.severity, finding.where.cell) == ("K102", Severity.PERINGATAN, "C1")
    assert finding.message == "kegiatan `6709` berdiri tanpa program di atasnya"


def test_a_code_without_a_kegiatan_is_an_error() -> None:
    (finding,) = asked(check_orphans, "QGE.001")
    assert (finding.code, finding.severity) == ("K102", Severity.ERROR)
    assert finding.message == "kro `QGE` berdiri tanpa program dan kegiatan di atasnya"


def test_a_code_right_under_a_program_is_named_as_what_stands_there() -> None:
    (finding,) = asked(check_orphans, "CQ.QGE.001")
    assert (finding.code, finding.severity, finding.where.cell) == ("K102", Severity.ERROR, "C1")
    assert finding.message == "kro `CQ.QGE` berdiri tanpa kegiatan di atasnya"


def test_an_orphan_group_is_found_once_at_its_first_line() -> None:
    codes = ("CQ.6709.051", "6639.QGE.001", "6639.QGE.002", "6640.QGE.001")
    assert [cell for _, cell, _ in found(check_orphans, *codes)] == ["C2", "C4"]


def test_a_code_with_program_and_kegiatan_is_no_orphan() -> None:
    assert found(check_orphans, "CQ.6709.QGE.001.051.0A.521211", "CQ.6639.051.0A", "CQ.6640", "WA") == []
