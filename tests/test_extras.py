import pandas as pd
import pytest
from documents import document, line
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.extras import (
    AND,
    UNKNOWN,
    brings_plan,
    brings_sources,
    extra_columns,
    joined,
    planned,
    sources_of,
    until,
)
from lkj_xlsx.model import RPD, frame_of, known
from lkj_xlsx.rupiah import LARGEST

SOURCES = st.lists(st.sampled_from(["", "RM", "PNP", "BLU"]), max_size=6)


@pytest.mark.parametrize(
    ("sources", "spelled"),
    [
        ([], ""),
        (["", ""], ""),
        (["RM"], "RM"),
        (["RM", "PNP", "RM"], "PNP + RM"),
        (["RM", ""], "RM + ?"),
        (["PNP + RM", "BLU"], "BLU + PNP + RM"),
        (["?"], ""),
    ],
)
def test_several_sumber_dana_are_spelled_in_one_order(sources: list[str], spelled: str) -> None:
    assert joined(sources) == spelled


@given(SOURCES, SOURCES)
def test_sources_joined_in_parts_are_those_joined_at_once(one: list[str], other: list[str]) -> None:
    parts = [joined(part) for part in (one, other) if part]
    assert joined(parts) == joined([*one, *other]) == joined([*other, *one])
    assert set(joined(one).split(AND)) - {UNKNOWN} == set(one) or not any(one) or "" in one


def test_what_was_planned_is_added_until_the_month() -> None:
    lines = frame_of([line("CQ.6709", months=[10, 20, 30]), line("CQ.6710", months=[1, None, 3])])
    assert [known(planned(lines, bulan)) for bulan in (1, 2, 12, None)] == [[10, 1], [30, None], [60, None], [60, None]]


def test_a_plan_beyond_what_a_sheet_holds_is_not_given() -> None:
    assert known(planned(frame_of([line("CQ", months=[LARGEST, 1])]), 2)) == [None]


def test_until_when_is_said_in_words() -> None:
    assert (until(10), until(None)) == ("s.d. Oktober", "setahun")


def test_extra_columns_are_named_only_where_a_row_says_something() -> None:
    nothing = document("a", line("CQ", pagu=1)).lines
    blank = nothing.assign(sumber_dana="", **{name: pd.Series([None], dtype="Int64") for name in RPD})
    full = document("a", line("CQ", sumber="RM", months=[1])).lines
    assert [extra_columns(frame) for frame in (nothing, blank, full)] == [(), (), ("sumber_dana", "rpd", "deviasi")]
    assert (brings_sources(blank), brings_plan(blank)) == (False, False)


def test_the_sumber_dana_of_rows_is_blank_where_none_is_said() -> None:
    nothing = document("a", line("CQ", pagu=1)).lines
    mixed = pd.concat([nothing, document("b", line("CQ", sumber="RM")).lines], ignore_index=True)
    assert (sources_of(nothing), sources_of(mixed)) == ([""], ["", "RM"])
