"""Percents read at once for rows that are alike are those of every row read by itself."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.equations import Percent
from lkj_xlsx.percent_column import percent_column
from lkj_xlsx.percent_rows import read_percents
from lkj_xlsx.persen import HALF_UP

AMOUNTS = st.integers(-3, 12) | st.integers(-(2**53), 2**53)
HELD = "held"
"""Stands for the quotient of the row, as a program divides."""
POINTS = "points"
PRINTED = (
    st.none()
    | st.sampled_from([HELD, HELD, POINTS, 0.0, 1.0, 100.0, 0.5, 99.99])
    | st.floats(-2, 200)
    | st.decimals(-10, 200, places=2)
)
ROWS = st.lists(st.tuples(PRINTED, AMOUNTS, AMOUNTS, st.booleans()), max_size=12)


def printed(value: object, part: int, whole: int) -> Decimal | float | None:
    if value in (HELD, POINTS):
        return None if not whole else part / whole * (1 if value == HELD else 100)
    return value  # type: ignore[return-value]  # as PRINTED draws it


@given(ROWS)
def test_rows_read_at_once_say_what_each_says_by_itself(rows: list[tuple[object, int, int, bool]]) -> None:
    raw = [printed(value, part, whole) for value, part, whole, _ in rows]
    parts, wholes = (np.array([row[at] for row in rows], dtype=np.int64) for at in (1, 2))
    has_ratio = np.array(
        [known and whole != 0 and value is not None for (_, _, whole, known), value in zip(rows, raw, strict=True)],
        dtype=bool,
    )
    ratios = {at: Fraction(rows[at][1], rows[at][2]) for at in np.flatnonzero(has_ratio).tolist()}
    read, column = read_percents(raw, parts, wholes, has_ratio), percent_column(raw, ratios)
    assert read.column == column
    assert [type(value) for value in read.column.printed] == [type(value) for value in column.printed]
    assert [str(value) for value in read.column.printed] == [str(value) for value in column.printed]


def test_edges_are_those_of_each_percent_and_of_no_number() -> None:
    raw: list[Decimal | float | None] = [Decimal("100.00"), 1 / 3, None, Decimal("100.00")]
    amounts = np.array([2, 1, 1, 5]), np.array([2, 3, 2, 5])
    read = read_percents(raw, *amounts, np.array([True, True, False, True]))
    asked: list[int] = []

    def percent(row: int) -> Percent:
        asked.append(row)
        return Percent(read.column.printed[row], HALF_UP)

    low, high = read.edges(np.array([0, 1, 3]), percent)
    assert asked == [0]
    assert np.isnan(low).tolist() == np.isnan(high).tolist() == [False, True, False]
    assert low[0] == low[2] < 1 < high[0] == high[2]
