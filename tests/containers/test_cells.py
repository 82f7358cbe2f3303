import re
import weakref
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worksheets import LITERALS, ODD_LITERALS

from lkj_xlsx.book import Odd
from lkj_xlsx.containers import cells
from lkj_xlsx.containers.cells import FRACTION, POOLED, WHOLE, Cells, Rows, number_of
from lkj_xlsx.containers.limits import LONGEST_TEXT, MOST_ROWS
from lkj_xlsx.containers.markup import NotSound
from lkj_xlsx.rupiah import Fault

NUMBER = re.compile(r"([+-]?)(?=\.?[0-9])([0-9]*)\.?([0-9]*)(?:[eE]([+-]?[0-9]+))?", re.ASCII)
FIGURES = st.one_of(
    st.from_regex(r"[+-]?[0-9]{0,26}(\.[0-9]{0,10})?([eE][+-]?[0-9]{1,3})?", fullmatch=True),
    st.from_regex(r"-?[0-9]{15,26}", fullmatch=True),
    st.sampled_from((*LITERALS, *ODD_LITERALS)),
    st.text("0123456789.-+eE_ NaIF", max_size=12),
)


def oracle(literal: str) -> Fraction | None:
    """Read a literal by other means: None for no number."""
    match = NUMBER.fullmatch(literal.strip(" \t\r\n"))
    if match is None:
        return None
    mantissa = Fraction(int(match[2] + match[3] or "0"), 10 ** len(match[3]))
    return (-1 if match[1] == "-" else 1) * mantissa * Fraction(10) ** int(match[4] or 0)


@given(FIGURES)
def test_a_literal_is_the_very_number_it_writes_or_said_to_be_none(literal: str) -> None:
    read, truth = number_of(literal), oracle(literal)
    if isinstance(read, Odd):
        assert read.literal == literal[:80]
        assert (truth is None) == (read.fault is Fault.NOT_A_NUMBER)
        if truth is not None:
            assert truth
            assert read.fault is (Fault.TOO_LARGE if abs(truth) > 1 else Fault.FRACTION)
    else:
        assert truth is not None
        assert Fraction(read) == truth
        assert isinstance(read, int) == (truth.denominator == 1)


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        ("1.2309652E10", 12309652000),
        ("12309652000.0", 12309652000),
        (" 12309652000\n", 12309652000),
        ("9007199254740993", 2**53 + 1),
        ("-0", 0),
        ("0E999999999", 0),
        (".5", Decimal("0.5")),
        ("5.", 5),
        ("+1", 1),
        ("1e5", 100000),
        ("1E0000000000005", 100000),
        ("0.10", Decimal("0.1")),
        ("1E307", 10**307),
    ],
)
def test_a_figure_is_read_exactly(literal: str, value: int | Decimal) -> None:
    assert number_of(literal) == value
    assert type(number_of(literal)) is type(value)


@pytest.mark.parametrize(
    ("literal", "fault"),
    [
        *(
            (word, Fault.NOT_A_NUMBER)
            for word in ("NaN", "INF", "-inf", "1_000", "\uff11", "\u0661", "1E", "--1", ".", "")
        ),
        *(
            (word, Fault.NOT_A_NUMBER)
            for word in ("0x10", "1,5", "1 0", "\xa05", "E5", "1E+", "1" * 401, "1E9999999999")
        ),
        *((word, Fault.TOO_LARGE) for word in ("1E308", "1E309", "1E999", "-1E999", "9" * 309)),
        *((word, Fault.FRACTION) for word in ("1E-310", "0." + "0" * 310 + "1")),
    ],
)
def test_what_is_no_figure_or_beyond_a_double_says_why(literal: str, fault: Fault) -> None:
    read = number_of(literal)
    assert isinstance(read, Odd)
    assert read.fault is fault


VALUES = st.one_of(
    st.text(min_size=1, max_size=3),
    st.integers(-(10**20), 10**20),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).filter(lambda one: one != int(one)),
    st.booleans(),
    st.dates(),
    st.builds(Odd, st.sampled_from(Fault), st.text(max_size=2)),
)


@given(st.dictionaries(st.tuples(st.integers(0, 3_000), st.integers(0, 16_383)), VALUES, max_size=20))
def test_what_is_put_is_laid_out_in_its_place_whatever_the_order(put: dict[tuple[int, int], object]) -> None:
    filling = Cells()
    for number, ((row, column), value) in enumerate(put.items()):
        filling.put(row, column, value, number)
    rows = filling.rows()
    assert filling.count == len(put)
    assert len(rows) == max((row + 1 for row, _ in put), default=0)
    laid = {(at, column): value for at, row in enumerate(rows) for column, value in enumerate(row) if value is not None}
    assert laid == put
    assert {place: type(value) for place, value in laid.items()} == {place: type(value) for place, value in put.items()}
    assert [rows.style(*place) for place in put] == list(range(len(put)))


def test_equal_texts_are_kept_once_and_equal_values_of_two_types_apart() -> None:
    filling = Cells(["bersama"])
    assert [filling.pooled(value) for value in ("a", "a", True, 10**18, 10**18)] == [1, 1, 2, 3, 3]
    assert filling.packed(1) == (WHOLE, 1)
    assert filling.packed(bool("benar")) == (POOLED, 2)
    assert filling.packed(Decimal("-1.25")) == (FRACTION + 2, -125)
    assert filling.packed(Decimal("1E-199")) == (FRACTION + 199, 1)
    assert filling.packed(Decimal("1E-200")) == (POOLED, 4)
    assert filling.packed(10**18 - 1) == (WHOLE, 10**18 - 1)
    assert filling.packed(Decimal("1234567890123456.789")) == (POOLED, 5)


def test_a_text_may_be_as_long_as_a_cell_holds_and_no_longer() -> None:
    filling = Cells()
    filling.put(0, 0, "x" * LONGEST_TEXT, 0)
    with pytest.raises(NotSound, match=f"sel berisi {LONGEST_TEXT + 1} huruf, batasnya {LONGEST_TEXT}"):
        filling.put(0, 1, "y" * (LONGEST_TEXT + 1), 0)


def test_rows_may_stand_anywhere_in_the_grid_once() -> None:
    filling = Cells()
    for row in (5, 0, MOST_ROWS - 1):
        filling.open_row(row)
    for row, why in (
        (5, "baris 6 ada dua"),
        (-1, "baris 0 di luar lembar"),
        (MOST_ROWS, "baris 1048577 di luar lembar"),
    ):
        with pytest.raises(NotSound, match=why):
            filling.open_row(row)
    filling.open_rows(np.array([1, 2]))
    with pytest.raises(NotSound, match="baris 3 ada dua"):
        filling.open_rows(np.array([2, 3, 5]))


def test_two_cells_in_one_place_are_refused_by_their_address() -> None:
    filling = Cells()
    filling.put(7, 27, 1, 0)
    filling.put(3, 0, 1, 0)
    filling.put(7, 27, 1, 0)
    with pytest.raises(NotSound, match="sel AB8 ada dua"):
        filling.rows()


def test_a_sheet_holds_as_many_cells_as_allowed_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MOST_CELLS", 3)
    filling = Cells()
    for column in range(3):
        filling.put(0, column, 1, 0)
    with pytest.raises(NotSound, match="lembar berisi lebih dari 3 sel"):
        filling.put(0, 3, 1, 0)
    with pytest.raises(NotSound, match="lembar berisi lebih dari 3 sel"):
        Cells().put_all(*(np.zeros(4, kind) for kind in cells.KINDS))


def test_rows_take_up_as_many_places_as_allowed_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MOST_PLACES", 10)
    filling = Cells()
    filling.put(0, 3, 1, 0)
    filling.put(9, 5, 1, 0)
    assert len(filling.rows()) == 10
    filling.put(0, 3, 1, 0)
    filling.put(9, 6, 1, 0)
    with pytest.raises(NotSound, match="baris-barisnya memuat 11 tempat sampai sel terakhirnya, batasnya 10"):
        filling.rows()


def tall(rows: int) -> Rows:
    """Make a sheet whose every third row says its number in column B."""
    filling = Cells()
    for row in range(0, rows, 3):
        filling.put(row, 1, row, 1)
    return filling.rows()


def test_rows_are_a_sequence_ragged_to_their_last_cells() -> None:
    rows = tall(10)
    assert [len(row) for row in rows] == [2, 0, 0, 2, 0, 0, 2, 0, 0, 2]
    assert rows[-1] == rows[9] == [None, 9]
    assert rows[2:7:2] == [[], [], [None, 6]]
    for index in (10, -11):
        with pytest.raises(IndexError):
            rows[index]


def test_the_style_of_what_is_no_cell_is_none() -> None:
    rows = tall(4)
    assert [rows.style(*place) for place in ((0, 1), (0, 0), (0, 2), (1, 1), (-1, 1), (4, 1))] == [1, *[None] * 5]


def test_an_empty_sheet_has_no_rows() -> None:
    assert list(Cells().rows()) == []


def test_rows_are_laid_out_when_they_are_looked_at_and_few_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "_KEPT_PLACES", 1_000)
    laid: list[int] = []
    lay_out = Rows._lay_out

    def spy(self: Rows, row: int) -> list[object]:
        laid.append(row)
        return lay_out(self, row)

    monkeypatch.setattr(Rows, "_lay_out", spy)
    small, large = tall(1_024), tall(5_000)
    assert laid == []
    assert [row[1] for row in large if row] == list(range(0, 5_000, 3))
    assert laid == list(range(0, 4_999, 3))  # what is blank is never laid out
    assert (large[4_998], large[4_497], large[0], large[0]) == ([None, 4_998], [None, 4_497], [None, 0], [None, 0])
    assert laid[1_667:] in ([0], [4_497, 0])
    del laid[:]
    assert [small[row] for row in (0, 1_023, 0, 1_023)] == [[None, 0], [None, 1_023]] * 2
    assert laid == [0, 1_023]


def test_rows_that_were_looked_at_are_freed_with_their_sheet() -> None:
    rows = tall(10)
    assert rows[9]
    gone = weakref.ref(rows)
    del rows
    assert gone() is None


def test_dates_and_texts_stay_what_they_are() -> None:
    filling = Cells(["bersama"])
    filling.put(0, 0, date(2024, 12, 31), 0)
    filling.put_all(*(np.array([value], kind) for value, kind in zip((0, 1, POOLED, 0, 9), cells.KINDS, strict=True)))
    assert list(filling.rows()) == [[date(2024, 12, 31), "bersama"]]
