import time
from fractions import Fraction
from typing import Final

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from lkj_xlsx.rupiah import (
    LARGEST,
    Fault,
    amount_of_number,
    amount_of_text,
    figure,
    is_nil,
    proven_marks,
    spell,
    spell_difference,
)

UNHURRIED: Final = settings(deadline=None)
"""A loaded machine is no failure."""

DOTS: Final = frozenset({"."})
COMMAS: Final = frozenset({","})
NOTHING: Final[frozenset[str]] = frozenset()
BOTH: Final = DOTS | COMMAS

amounts = st.integers(-LARGEST, LARGEST)
naturals = st.integers(0, LARGEST)


def grouped(amount: int, mark: str) -> str:
    return f"{amount:,}".replace(",", mark)


@UNHURRIED
@given(amounts)
def test_what_is_printed_is_read_back_in_a_column_that_proves_dots(amount: int) -> None:
    assert amount == amount_of_text(spell(amount), DOTS)


@UNHURRIED
@given(amounts)
def test_commas_are_read_back_in_a_column_that_proves_commas(amount: int) -> None:
    assert amount == amount_of_text(grouped(amount, ","), COMMAS)


@UNHURRIED
@given(amounts, st.sampled_from([NOTHING, DOTS, COMMAS, BOTH]))
def test_plain_digits_need_no_proof(amount: int, proven: frozenset[str]) -> None:
    assert amount == amount_of_text(str(amount), proven)


@UNHURRIED
@given(naturals, st.sampled_from(["Rp {},-", "Rp{},-", "Rp. {},-", "rp {},--", "IDR {}", "Rp\u00a0{}", " {} "]))
def test_rupiah_dress_is_taken_off(amount: int, dress: str) -> None:
    assert amount == amount_of_text(dress.format(grouped(amount, ".")), DOTS)


@UNHURRIED
@given(naturals, st.sampled_from(["({})", "( {} )", "-{}", "\u2212{}", "-Rp {},-", "Rp -{},-", "(Rp {})", "- {}"]))
def test_every_spelling_of_minus_is_negative(amount: int, dress: str) -> None:
    assert -amount == amount_of_text(dress.format(grouped(amount, ".")), DOTS)


@UNHURRIED
@given(st.integers(10**6, LARGEST), st.sampled_from([".", ","]), st.sampled_from([NOTHING, DOTS, COMMAS, BOTH]))
def test_two_marks_prove_themselves_whatever_the_column_says(amount: int, mark: str, proven: frozenset[str]) -> None:
    assert amount == amount_of_text(grouped(amount, mark), proven)


@UNHURRIED
@given(st.integers(1000, LARGEST), st.sampled_from([".", ","]), st.sampled_from(["0", "00", "000"]))
def test_decimals_of_zero_prove_the_mark_before_them(amount: int, mark: str, zeros: str) -> None:
    other = "," if mark == "." else "."
    assert amount == amount_of_text(f"{grouped(amount, mark)}{other}{zeros}", NOTHING)


@UNHURRIED
@given(st.integers(1000, LARGEST), st.sampled_from([".", ","]))
def test_a_closing_stroke_proves_the_mark(amount: int, mark: str) -> None:
    other = "," if mark == "." else "."
    assert amount == amount_of_text(f"{grouped(amount, mark)}{other}-", NOTHING)


@pytest.mark.parametrize("text", ["1.000", "999.999", "1,000", "(1.000)", "Rp 1.000", "-1,000"])
@pytest.mark.parametrize("proven", [NOTHING, BOTH])
def test_a_lone_group_is_undecidable_where_the_column_proves_nothing_or_both(text: str, proven: frozenset[str]) -> None:
    assert amount_of_text(text, proven) == Fault.UNDECIDABLE


def test_a_lone_group_of_the_other_mark_is_undecidable() -> None:
    assert amount_of_text("1.000", COMMAS) == Fault.UNDECIDABLE
    assert amount_of_text("1,000", DOTS) == Fault.UNDECIDABLE


def test_a_lone_group_that_cannot_be_thousands_is_a_fraction() -> None:
    assert amount_of_text("1,5", NOTHING) == Fault.FRACTION
    assert amount_of_text("0,001", NOTHING) == Fault.FRACTION
    assert amount_of_text("1.000,50", NOTHING) == Fault.FRACTION


def test_a_lone_group_that_cannot_be_a_fraction_of_rupiah_is_whole() -> None:
    assert amount_of_text("1000,00", NOTHING) == 1000
    assert amount_of_text("12,0", NOTHING) == 12


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "abc", "Rp", "1.00.000", "1..000", ".100", "1,000,00", "1.000.00", "1,000.000,0", "12 000", "1 2",
        "(1", "1)", "(-1)", "--1", "-Rp -1", "+1", "1e5", "0x10", "1_000", "1%", "=1", "1.000.000.", "01.000.000",
        "\uff11\uff10\uff10", "\uff11.000.000", "\u0661\u0662", "1\uff0e000.000", "\u00b2", "\u00bd",
    ],
)  # fmt: skip
@pytest.mark.parametrize("proven", [NOTHING, DOTS, COMMAS, BOTH])
def test_what_is_not_one_number_is_said_to_be_none(text: str, proven: frozenset[str]) -> None:
    assert amount_of_text(text, proven) == Fault.NOT_A_NUMBER


@pytest.mark.parametrize("text", ["-", " - ", "\u2013", "\u2014", "Rp -", "Rp. -", "\u00a0-"])
def test_a_stroke_states_nihil(text: str) -> None:
    assert is_nil(text)
    assert amount_of_text(text, NOTHING) == 0


@pytest.mark.parametrize("text", ["", " ", "0", "--", "nihil", "1-", "- 1"])
def test_what_is_not_a_stroke_does_not_state_nihil(text: str) -> None:
    assert not is_nil(text)


@UNHURRIED
@given(st.integers(LARGEST + 1, 10**40), st.sampled_from(["{}", "-{}", "Rp {},-", "({})"]))
@example(LARGEST + 1, "{}")
def test_a_text_beyond_the_largest_is_refused(amount: int, dress: str) -> None:
    assert amount_of_text(dress.format(amount), NOTHING) == Fault.TOO_LARGE
    assert amount_of_text(dress.format(grouped(amount, ".")), NOTHING) == Fault.TOO_LARGE


def test_a_cell_full_of_digits_is_refused_like_any_too_large_text() -> None:
    assert amount_of_text("9" * 32_767, NOTHING) == Fault.TOO_LARGE


@pytest.mark.parametrize("start", ["(", "-", "Rp", "(Rp"])
def test_a_cell_full_of_spaces_is_refused_at_once(start: str) -> None:
    begin = time.perf_counter()
    assert figure(f"{start}{' ' * 1_000}x") is None
    assert time.perf_counter() - begin < 0.5


figure_like = st.text(alphabet="0123456789.,-()RpIDR \u00a0\u2212\u2013\uff11\u0663e+%")


@UNHURRIED
@given(st.text() | figure_like, st.sampled_from([NOTHING, DOTS, COMMAS, BOTH]))
def test_any_text_is_an_exact_integer_or_a_fault(text: str, proven: frozenset[str]) -> None:
    amount = amount_of_text(text, proven)
    assert type(amount) in (int, Fault)
    assert isinstance(amount, Fault) or abs(amount) <= LARGEST


@UNHURRIED
@given(figure_like)
def test_a_figure_that_is_read_without_proof_is_read_the_same_with_any(text: str) -> None:
    alone = amount_of_text(text, NOTHING)
    assume(alone is not Fault.UNDECIDABLE)
    assert {alone} == {amount_of_text(text, proven) for proven in (DOTS, COMMAS, BOTH)}


@UNHURRIED
@given(st.lists(figure_like))
def test_a_column_proves_what_its_cells_prove(texts: list[str]) -> None:
    assert frozenset(mark for text in texts for mark in proven_marks([text])) == proven_marks(texts)


def test_one_self_proving_cell_decides_the_column() -> None:
    assert frozenset() == proven_marks(["1.000", "500", "-", "x", ""])
    assert frozenset(".") == proven_marks(["1.000", "1.000.000"])
    assert frozenset(".,") == proven_marks(["1,000,000", "1.000.000"])


@UNHURRIED
@given(st.integers(-LARGEST, LARGEST))
def test_a_numeric_cell_of_whole_rupiah_is_that_integer(amount: int) -> None:
    assert amount == amount_of_number(amount)


@UNHURRIED
@given(st.floats(-LARGEST, LARGEST, exclude_min=True, exclude_max=True))
def test_a_float_is_an_integer_exactly_when_it_is_whole(value: float) -> None:
    amount = amount_of_number(value)
    assert type(amount) in (int, Fault)
    assert amount == (Fraction(value).numerator if Fraction(value).denominator == 1 else Fault.FRACTION)


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), 1e300, 2.0**53, -(2.0**53), 2**53 + 1, -(2**53) - 1])
def test_a_number_that_a_sheet_cannot_hold_exactly_is_too_large(value: float) -> None:
    assert amount_of_number(value) == Fault.TOO_LARGE


def test_the_largest_number_a_sheet_holds_is_read() -> None:
    assert amount_of_number(2**53) == 2**53
    assert amount_of_number(2.0**53 - 1) == 2**53 - 1


def test_not_a_number_is_no_amount() -> None:
    assert isinstance(amount_of_number(float("nan")), Fault)


def test_half_a_rupiah_is_a_fraction() -> None:
    assert amount_of_number(0.5) == Fault.FRACTION
    assert amount_of_number(-0.0) == 0


def test_amounts_are_printed_with_dots() -> None:
    assert spell(1_100_000) == "1.100.000"
    assert spell(-1_000) == "-1.000"
    assert spell(0) == "0"
    assert spell(None) == "?"


def test_differences_are_printed_with_their_sign() -> None:
    assert spell_difference(100_000) == "+100.000"
    assert spell_difference(-100_000) == "-100.000"
    assert spell_difference(0) == "0"


def test_every_fault_has_a_code_and_words_of_its_own() -> None:
    assert len(Fault) == len({fault.code for fault in Fault}) == len({fault.words for fault in Fault})
