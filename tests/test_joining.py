from collections.abc import Callable

import pytest
from documents import document, line, path, told
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.joining import Joined, is_postings, join
from lkj_xlsx.model import RPD, Budget, Line, known
from lkj_xlsx.rollup import roll_up

GAJI, RAPAT, DINAS = (f"WA.4321.EBA.994.001.0A.{akun}" for akun in ("511111", "521211", "524111"))
RO = "WA.4321.EBA.994"


def fa(*lines: Line, items: tuple[Line, ...] = (), bulan: int = 3) -> Budget:
    return document("fa.xlsx", *lines, items=items, kode_satker="999001", tahun=2025, bulan=bulan)


def column(done: Joined, name: str) -> list[int | None]:
    return known(done.budget.lines[name])


def sources(done: Joined) -> list[str]:
    return list(done.budget.lines["sumber_dana"])


FA = fa(line(GAJI, 1, pagu=100, realisasi=20), line(RAPAT, 2, pagu=50, realisasi=9))


def test_an_akun_gets_its_sumber_dana_and_keeps_its_figures() -> None:
    rkk = document(
        "rkk.xlsx", line(GAJI, 8, "RM", pagu=100), line(RAPAT, 9, "RM", pagu=20), line(RAPAT, 10, "PNP", pagu=30)
    )
    done = join(FA, [rkk])
    assert (sources(done), column(done, "pagu"), column(done, "realisasi")) == (["RM", "PNP + RM"], [100, 50], [20, 9])
    assert (done.taken, done.findings) == ((("sumber dana",),), ())
    assert done.budget.columns == FA.columns


def test_rpd_is_added_over_sumber_dana_and_items_of_an_akun() -> None:
    monsakti = document(
        "m.csv",
        line(GAJI, 1, "A", [5, 6], pagu=100),
        line(RAPAT, 2, "A", [1], pagu=30),
        line(RAPAT, 3, "D", [2], pagu=20),
    )
    done = join(FA, [monsakti])
    assert ([column(done, name) for name in RPD[:3]], sources(done)) == ([[5, 3], [6, 0], [0, 0]], ["A", "A + D"])
    assert done.taken == (("sumber dana", "RPD"),)
    assert known(roll_up(done.budget).total["rpd"]) == [14]
    assert known(roll_up(done.budget).total["deviasi"]) == [15]


def test_a_plan_below_a_line_is_added_up_to_it() -> None:
    done = join(fa(line(RO, pagu=150)), [document("m.csv", line(GAJI, months=[5]), line(RAPAT, months=[None]))])
    assert [column(done, name) for name in RPD[:2]] == [[None], [0]]


def test_each_column_comes_from_the_first_document_that_brings_it() -> None:
    rkk, pok = document("rkk", line(RO, sumber="RM", pagu=1)), document("pok", line(RO, months=[7], pagu=1, blokir=2))
    late = document("late", line(RO, sumber="A", months=[9], pagu=1, blokir=9))
    done = join(fa(line(RO, pagu=1, realisasi=1)), [rkk, pok, late])
    assert (sources(done), column(done, "rpd_01"), column(done, "blokir")) == (["RM"], [7], [2])
    assert done.taken == (("sumber dana",), ("RPD", "blokir"), ())


def test_a_document_that_brings_nothing_new_leaves_all_as_it_is() -> None:
    done = join(FA, [document("w.xlsx", line(GAJI, pagu=99, realisasi=9))])
    assert (done.budget, done.taken, done.findings) == (FA, ((),), ())
    assert done.budget.lines is FA.lines


def test_postings_are_the_realisasi_of_a_budget_and_its_month() -> None:
    budget = document("m.csv", line(GAJI, 1, "A", pagu=100), line(RAPAT, 2, "A", pagu=30), line(RAPAT, 3, "D", pagu=20))
    postings = document(
        "t.xlsx",
        line(GAJI, 5, "A", realisasi=40, realisasi_lalu=30, realisasi_ini=10),
        line(RAPAT, 6, "D", realisasi=7, realisasi_lalu=0, realisasi_ini=7),
        tahun=2025,
        bulan=4,
    )
    done = join(budget, [postings])
    assert [column(done, name) for name in ("realisasi", "realisasi_lalu", "realisasi_ini")] == [
        [40, 0, 7],
        [30, 0, 0],
        [10, 0, 7],
    ]
    assert (done.budget.identity.periode, done.taken) == ("2025-04", (("realisasi",),))
    assert told(done.findings) == [("X131", "info", "m.csv!S!C3")]


def test_postings_without_a_month_say_nothing_of_months() -> None:
    done = join(document("rkk", line(GAJI, pagu=1), line(RAPAT, pagu=1)), [document("t", line(GAJI, realisasi=1))])
    assert [column(done, name) for name in ("realisasi", "realisasi_ini")] == [[1, 0], [None, None]]
    assert done.budget.identity.periode is None


def test_what_a_document_with_ceilings_lacks_is_not_known() -> None:
    typed = document("w", line(GAJI, pagu=1, realisasi=1))
    done = join(document("rkk", line(GAJI, pagu=1), line(RAPAT, pagu=1)), [typed])
    assert column(done, "realisasi") == [1, None]
    assert told(done.findings) == [("X131", "peringatan", "rkk!S!C1")]


def test_the_sumber_dana_of_postings_is_not_that_of_a_budget() -> None:
    assert join(FA, [document("t", line(GAJI, sumber="A", realisasi=20))]).taken == ((),)


def test_only_a_document_of_spending_without_ceilings_is_a_list_of_postings() -> None:
    documents = (FA, document("rkk", line(RO, pagu=1)), document("t", line(RO, realisasi=1)))
    assert [is_postings(one) for one in documents] == [False, False, True]


def test_lines_of_several_sumber_dana_become_one_where_the_other_does_not_tell_them_apart() -> None:
    rkk = document("rkk", line(RAPAT, 1, "RM", pagu=30), line(GAJI, 2, "RM", pagu=9), line(RAPAT, 3, "PNP", pagu=20))
    done = join(rkk, [document("t", line(RAPAT, 7, "A", realisasi=5), line(GAJI, 8, "A", realisasi=6))])
    assert (column(done, "pagu"), column(done, "realisasi"), sources(done)) == ([50, 9], [5, 6], ["PNP + RM", "RM"])
    assert told(done.findings) == [("X133", "info", "rkk!S!C2")]
    assert [str(one) for one in done.findings[0].because] == ["rkk!S!C4"]


def test_two_lines_of_one_path_both_get_its_sumber_dana() -> None:
    done = join(fa(line(GAJI, 1, pagu=1), line(GAJI, 2, pagu=2)), [document("rkk", line(GAJI, sumber="RM", pagu=3))])
    assert (sources(done), column(done, "pagu"), done.findings) == (["RM", "RM"], [1, 2], ())


def test_a_document_without_lines_takes_nothing() -> None:
    done = join(document("k"), [document("rkk", line(GAJI, sumber="RM", pagu=3))])
    assert (done.taken, len(done.budget.lines), [one.code for one in done.findings]) == (((),), 0, ["X132"])


ITEM, SECOND = f"{RAPAT}.000323", f"{RAPAT}.000324"


def items(done: Joined, name: str) -> list[object]:
    return [None if value != value else value for value in done.budget.printed[name].astype(object)]  # noqa: PLR0124 - NaN


def test_items_take_the_plan_of_their_number() -> None:
    budget = fa(
        line(RAPAT, pagu=5, realisasi=1), items=(line(RO, pagu=5), line(ITEM, 1, pagu=2), line(SECOND, 2, pagu=3))
    )
    monsakti = document(
        "m",
        line(RAPAT, months=[9], sumber="A", pagu=5),
        items=(line(SECOND, 4, "A", [4], pagu=3), line(ITEM, 5, "A", [5], pagu=2)),
    )
    done = join(budget, [monsakti])
    assert (known(done.budget.printed["rpd_01"]), list(done.budget.printed["sumber_dana"])) == (
        [None, 5, 4],
        ["", "A", "A"],
    )
    assert done.findings == ()


def test_an_item_has_the_only_sumber_dana_of_its_akun() -> None:
    budget = fa(
        line(RAPAT, pagu=5),
        line(GAJI, pagu=1),
        items=(line(ITEM, pagu=5), line(f"{GAJI}.000001", pagu=1), line(RO, pagu=6)),
    )
    rkk = document(
        "rkk", line(RAPAT, sumber="RM", pagu=5), line(GAJI, sumber="RM", pagu=0), line(GAJI, sumber="PNP", pagu=1)
    )
    assert list(join(budget, [rkk]).budget.printed["sumber_dana"]) == ["RM", "", ""]


def test_an_item_of_which_nothing_was_posted_has_none_and_other_rows_say_nothing() -> None:
    budget = document("m", line(RAPAT, pagu=5), items=(line(RO, pagu=5), line(ITEM, pagu=2), line(SECOND, pagu=3)))
    postings = document(
        "t", line(RAPAT, realisasi=3), items=(line(SECOND, realisasi=1), line(SECOND, sumber="D", realisasi=2))
    )
    done = join(budget, [postings])
    assert known(done.budget.printed["realisasi"]) == [None, 0, 3]
    assert done.findings == ()


CODES = st.sampled_from([GAJI, RAPAT, DINAS])
AMOUNT = st.integers(0, 1000)


@st.composite
def lines_of(draw: Callable[[st.SearchStrategy[object]], object]) -> list[Line]:
    codes = draw(st.lists(CODES, max_size=5))
    assert isinstance(codes, list)
    return [line(code, row, "", [row + 1], pagu=10 + row) for row, code in enumerate(codes)]


@given(st.lists(CODES, unique=True, min_size=1), lines_of())
def test_the_joined_sum_and_what_is_lost_are_the_whole(codes: list[str], theirs: list[Line]) -> None:
    main, other = fa(*(line(code, pagu=1, realisasi=1) for code in codes)), document("pok", *theirs)
    done = join(main, [other])
    inside = sum(value or 0 for name in RPD for value in (column(done, name) if done.taken[0] else []))
    lost = sum(one.amounts["rpd_01"] or 0 for one in theirs if one.path not in {path(code) for code in codes})
    assert inside + lost == sum(one.amounts["rpd_01"] or 0 for one in theirs)
    assert bool(lost) == any(one.code in ("X130", "X132") for one in done.findings)


@given(st.permutations(range(4)))
def test_the_order_of_rows_changes_no_sum(order: list[int]) -> None:
    rows = [
        line(GAJI, 1, "RM", [1], pagu=1),
        line(RAPAT, 2, "RM", [2], pagu=1),
        line(RAPAT, 3, "PNP", [3], pagu=1),
        line(DINAS, 4, "RM", [4], pagu=1),
    ]
    done = join(FA, [document("m", *(rows[at] for at in order))])
    assert (column(done, "rpd_01"), sources(done)) == ([1, 5], ["RM", "PNP + RM"])
    assert [one.code for one in done.findings] == ["X130"]


@pytest.mark.parametrize("name", ["pagu", "realisasi"])
def test_a_figure_that_stands_in_the_document_is_never_replaced(name: str) -> None:
    typed = document("w", line(GAJI, pagu=1, realisasi=2, blokir=3), line(RAPAT, pagu=1, realisasi=2, blokir=3))
    assert column(join(FA, [typed]), name) == known(FA.lines[name])
