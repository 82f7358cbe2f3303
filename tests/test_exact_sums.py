import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx import exact_sums
from lkj_xlsx.exact_sums import added, parts_of, whole
from lkj_xlsx.rupiah import LARGEST

AMOUNTS = st.one_of(st.none(), st.integers(-LARGEST, LARGEST), st.sampled_from([LARGEST, -LARGEST, LARGEST - 1, 1, -1]))
ROWS = st.lists(st.tuples(st.integers(0, 3), AMOUNTS), max_size=12)


def summed(rows: list[tuple[int, int | None]], groups: int) -> list[int | None]:
    """Add in Python."""
    found: list[int | None] = []
    for group in range(groups):
        own = [amount for at, amount in rows if at == group]
        known = [amount for amount in own if amount is not None]
        total = sum(known)
        found.append(total if len(known) == len(own) and abs(total) <= LARGEST else None)
    return found


@given(ROWS)
def test_every_sum_is_that_of_python_or_unknown(rows: list[tuple[int, int | None]]) -> None:
    ids = np.array([group for group, _ in rows], np.int64)
    parts = parts_of(pd.Series([amount for _, amount in rows], dtype="Int64"))
    sums = added(parts, ids, 4)
    by_two = added(sums, np.array([0, 0, 1, 1], np.int64))
    assert pd.Series(whole(sums)).astype(object).where(lambda one: one.notna(), None).tolist() == summed(rows, 4)
    pairs = [(group // 2, amount) for group, amount in rows]
    assert pd.Series(whole(by_two)).astype(object).where(lambda one: one.notna(), None).tolist() == summed(pairs, 2)


def test_sums_just_within_and_just_beyond_what_a_sheet_holds() -> None:
    for amounts, total in (
        ([LARGEST, 0], LARGEST),
        ([LARGEST, 1], None),
        ([LARGEST, 1, -1], LARGEST),
        ([-LARGEST], -LARGEST),
        ([-LARGEST, -1], None),
        ([LARGEST] * 3 + [-LARGEST] * 3, 0),
    ):
        column = pd.Series(amounts, dtype="Int64")
        (found,) = whole(added(parts_of(column), np.zeros(len(amounts), np.int64)))
        assert found is pd.NA if total is None else found == total


def test_more_amounts_than_are_surely_exact_are_not_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact_sums, "MOST", 2)
    assert len(parts_of(pd.Series([1, 2], dtype="Int64"))) == 3
    with pytest.raises(OverflowError):
        parts_of(pd.Series([1, 2, 3], dtype="Int64"))
