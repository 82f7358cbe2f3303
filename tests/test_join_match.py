from documents import document, line, path
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.join_match import Match, finder, grouped, match, match_items, merged, total
from lkj_xlsx.model import AMOUNTS, Line, known, paths
from lkj_xlsx.rupiah import LARGEST

AKUN = "WA.4321.EBA.994.001.0A.521211"
OTHER = "WA.4321.EBA.994.001.0A.524111"
SUB = "WA.4321.EBA.994.001.0A"


def matched(ours: list[Line], theirs: list[Line], *, is_shared: bool = False) -> Match:
    return match(document("a", *ours).lines, document("b", *theirs).lines, is_shared=is_shared)


def test_lines_of_one_path_are_partners() -> None:
    fit = matched([line(AKUN), line(OTHER)], [line(OTHER), line(AKUN)])
    assert (fit.rows, fit.lost, fit.lacking, fit.torn) == (((1,), (0,)), (), (), frozenset())


def test_what_stands_below_a_line_is_a_part_of_it() -> None:
    assert matched([line(SUB)], [line(AKUN), line(OTHER)]).rows == ((0, 1),)


def test_what_stands_above_a_line_is_no_partner() -> None:
    fit = matched([line(AKUN)], [line(SUB)])
    assert (fit.rows, fit.lost, fit.lacking, fit.is_empty) == (((),), (0,), (0,), True)


def test_a_line_without_program_is_the_only_one_with_the_rest_of_its_path() -> None:
    assert matched([line(AKUN)], [line(AKUN[3:])]).rows == ((0,),)
    assert matched([line(AKUN[3:])], [line(AKUN)]).rows == ((0,),)
    assert matched([line(SUB)], [line(AKUN[3:])]).rows == ((0,),)


def test_a_line_without_program_that_fits_two_is_lost() -> None:
    fit = matched([line(AKUN), line(AKUN.replace("WA", "CQ"))], [line(AKUN[3:])])
    assert (fit.rows, fit.lost) == (((), ()), (0,))


def test_another_program_is_another_line() -> None:
    assert matched([line(AKUN)], [line(AKUN.replace("WA", "CQ"))]).is_empty


def test_lines_of_several_sumber_dana_take_their_own() -> None:
    ours = [line(AKUN, sumber="A"), line(AKUN, sumber="D")]
    fit = matched(ours, [line(AKUN, sumber="D"), line(AKUN, sumber="A"), line(AKUN, sumber="A")])
    assert (fit.rows, fit.torn) == (((1, 2), (0,)), frozenset())


def test_what_does_not_tell_sumber_dana_apart_tears_a_path() -> None:
    ours = [line(AKUN, sumber="A"), line(AKUN, sumber="D")]
    for theirs in ([line(AKUN)], [line(AKUN, sumber="RM")], [line(AKUN, sumber="A"), line(AKUN, sumber="RM")]):
        fit = matched(ours, theirs)
        assert (fit.rows, fit.torn, fit.is_empty) == (((), ()), frozenset((path(AKUN),)), False)


def test_two_lines_that_say_no_sumber_dana_are_torn_unless_the_same_is_said_of_both() -> None:
    assert matched([line(AKUN), line(AKUN)], [line(AKUN)]).torn == {path(AKUN)}
    assert matched([line(AKUN), line(AKUN)], [line(AKUN)], is_shared=True).rows == ((0,), (0,))


def test_items_are_partners_by_the_path_of_their_akun_and_their_number() -> None:
    lines = document("a", line(AKUN), line(OTHER)).lines
    ours = document("a", line(AKUN + ".000001"), line(SUB), line(OTHER + ".000002")).lines
    theirs = document(
        "b", line(AKUN[3:] + ".000001"), line(AKUN + ".000009"), line(SUB), line("CQ.1234.EBA.994.001.0A.521211.000001")
    ).lines
    fit = match_items(lines, ours, theirs)
    assert (fit.rows, fit.lost, fit.lacking) == (((0,), None, ()), (1,), (2,))


def test_an_item_has_no_partner_where_its_akun_is_no_line() -> None:
    lines = document("a", line(SUB)).lines
    items = document("b", line(AKUN + ".000001")).lines
    assert match_items(lines, items, items).rows == ((),)


def test_lines_of_a_torn_path_become_one_where_the_first_stands() -> None:
    lines = document(
        "a",
        line(AKUN, 1, "RM", [5], pagu=60, realisasi=None),
        line(OTHER, 2, "RM", [1], pagu=7),
        line(AKUN, 3, "PNP", [6], pagu=40, realisasi=3),
    ).lines
    one = merged(lines, {path(AKUN)})
    assert list(paths(one)) == [path(AKUN), path(OTHER)]
    assert (known(one["pagu"]), known(one["realisasi"]), known(one["rpd_01"])) == ([100, 7], [None, None], [11, 1])
    assert (one["row"].tolist(), one["sumber_dana"].tolist()) == ([1, 2], ["PNP + RM", "RM"])
    assert one.dtypes.to_dict() == lines.dtypes.to_dict()


def test_lines_without_sumber_dana_are_merged_without_one() -> None:
    one = merged(document("a", line(AKUN, pagu=1), line(AKUN, pagu=2)).lines, {path(AKUN)})
    assert (known(one["pagu"]), "sumber_dana" in one) == ([3], False)


def test_a_sum_is_unknown_over_anything_unknown_or_too_large() -> None:
    assert [total(values) for values in ([], [1, -3], [1, None], [LARGEST, 1], [LARGEST])] == [
        0,
        -2,
        None,
        None,
        LARGEST,
    ]


CODES = st.sampled_from([AKUN, OTHER, SUB, AKUN[3:], OTHER.replace("WA", "CQ")])
LINES = st.lists(st.builds(line, CODES, sumber=st.sampled_from(["", "A", "D"]), pagu=st.integers(0, 9)), max_size=8)


@given(LINES, LINES)
def test_each_row_of_the_other_is_in_one_line_or_lost_or_torn(ours: list[Line], theirs: list[Line]) -> None:
    fit = matched(ours, theirs)
    placed = [row for rows in fit.rows for row in rows or ()]
    torn = [row for row in range(len(theirs)) if row not in placed and row not in fit.lost]
    assert sorted([*placed, *fit.lost, *torn]) == list(range(len(theirs)))
    assert bool(torn) == bool(fit.torn)


@given(LINES)
def test_merging_keeps_every_sum(lines: list[Line]) -> None:
    frame = document("a", *lines).lines
    whole = merged(frame, set(paths(frame)))
    assert len(whole) == len(set(paths(frame)))
    assert all(sum(filter(None, known(frame[name]))) == sum(filter(None, known(whole[name]))) for name in AMOUNTS)


@given(st.lists(st.integers(0, 3)))
def test_grouping_keeps_every_position(keys: list[int]) -> None:
    assert sorted(at for own in grouped(keys).values() for at in own) == list(range(len(keys)))


def test_a_path_that_is_known_finds_itself() -> None:
    find = finder([path(AKUN), path(AKUN[3:])])
    assert (find(path(AKUN)), find(path(AKUN[3:])), find(path("WA"))) == (path(AKUN), path(AKUN[3:]), None)
