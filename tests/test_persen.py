from decimal import Decimal
from fractions import Fraction
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lkj_xlsx.persen import (
    CUT,
    HALF_EVEN,
    HALF_UP,
    Rule,
    bounds,
    bounds_of_number,
    percent,
    percent_of_text,
    places_of,
    rounded_percent,
    spell_percent,
)
from lkj_xlsx.rupiah import LARGEST

UNHURRIED: Final = settings(deadline=None)
"""A loaded machine is no failure."""

amounts = st.integers(-LARGEST, LARGEST)
rules = st.sampled_from(list(Rule))


def half_up(ratio: Fraction, places: int) -> Fraction:
    """An oracle that works on digits of the decimal expansion, one place further than asked."""
    sign = -1 if ratio < 0 else 1
    digits = abs(ratio.numerator) * 100 * 10 ** (places + 1) // ratio.denominator
    return Fraction(sign * (digits // 10 + (digits % 10 >= 5)), 10**places)


@UNHURRIED
@given(amounts, amounts.filter(bool), st.integers(0, 4))
@example(1, 800, 2)
@example(-1, 800, 2)
@example(96195, 100000, 2)
@example(-LARGEST, 1, 4)
def test_a_percent_is_rounded_half_up_once(part: int, whole: int, places: int) -> None:
    rounded = percent(part, whole, places=places, rule=HALF_UP)
    assert half_up(Fraction(part, whole), places) == Fraction(rounded or 0)


@UNHURRIED
@given(amounts, amounts.filter(bool), st.integers(0, 4))
def test_a_cut_percent_is_the_largest_not_beyond_the_ratio(part: int, whole: int, places: int) -> None:
    ratio, cut = Fraction(part, whole) * 100, percent(part, whole, places=places, rule=CUT)
    assert cut is not None
    assert abs(Fraction(cut)) <= abs(ratio) < abs(Fraction(cut)) + Fraction(1, 10**places)
    assert cut == 0 or (cut < 0) == (ratio < 0)


@UNHURRIED
@given(amounts, amounts.filter(bool), st.integers(0, 4))
def test_a_percent_has_as_many_decimals_as_asked(part: int, whole: int, places: int) -> None:
    assert -places == rounded_percent(Fraction(part, whole), places=places).as_tuple().exponent


def test_the_rules_differ_where_a_cell_can_tell() -> None:
    assert Decimal("96.20") == percent(96195, 100000)
    assert Decimal("96.19") == percent(96195, 100000, rule=CUT)
    assert Decimal(99) == percent(999, 1000, places=0, rule=CUT)
    assert Decimal(100) == percent(999, 1000, places=0)


def test_a_small_refund_rounds_to_a_zero_without_sign() -> None:
    assert str(percent(-1, 10**9)) == "0.00"


@UNHURRIED
@given(amounts)
def test_a_whole_of_zero_has_no_percent(part: int) -> None:
    assert percent(part, 0) is None


def test_equal_percents_of_other_places_stand_for_other_ratios() -> None:
    assert [bounds(Decimal(text), CUT)[1] > Fraction(1, 200) for text in ("0.00", "0", "0.0")] == [False, True, False]


@UNHURRIED
@given(amounts, amounts.filter(bool), st.integers(0, 4), rules)
@example(1, 800, 2, HALF_EVEN)
@example(3, 800, 2, HALF_EVEN)
def test_a_ratio_lies_within_the_bounds_of_what_it_prints_as(part: int, whole: int, places: int, rule: Rule) -> None:
    ratio = Fraction(part, whole)
    low, high = bounds(rounded_percent(ratio, places=places, rule=rule), rule)
    assert low <= ratio <= high


@UNHURRIED
@given(amounts, st.integers(1, LARGEST), st.integers(0, 4), rules)
@example(96195, 100000, 2, HALF_UP)
@example(96195, 100000, 2, CUT)
@example(1, 800, 2, HALF_EVEN)
def test_a_ratio_lies_outside_the_bounds_of_the_neighbours(part: int, whole: int, places: int, rule: Rule) -> None:
    ratio, unit = Fraction(part, whole), Decimal(1).scaleb(-places)
    printed = rounded_percent(ratio, places=places, rule=rule)
    for other in (printed - unit, printed + unit):
        low, high = bounds(other, rule)
        assert not low <= ratio <= high


def test_rules_differ_at_a_tie_and_only_there() -> None:
    tie = Fraction(96195, 100000)
    assert [rounded_percent(tie, rule=rule) for rule in Rule] == [Decimal("96.20"), Decimal("96.19"), Decimal("96.20")]
    even = Fraction(96185, 100000)
    assert [rounded_percent(even, rule=rule) for rule in Rule] == [Decimal("96.19"), Decimal("96.18"), Decimal("96.18")]


def test_the_number_a_program_divided_bounds_the_quotient_tightly() -> None:
    low, high = bounds_of_number(121913000 / 906800000)
    assert low <= Fraction(121913000, 906800000) <= high
    assert high - low < Fraction(1, 10**15)


@pytest.mark.parametrize(
    ("text", "value", "is_well_written"),
    [
        ("99,99%", "99.99", True), ("99.99 %", "99.99", True), ("100%", "100", True), ("1", "1", True),
        ("0,5", "0.5", True), ("-3,20%", "-3.20", True), (" 99,20 % ", "99.20", True), ("96,99% %", "96.99", False),
        ("96,99%%", "96.99", False),
    ],
)  # fmt: skip
def test_percents_are_read_as_officers_write_them(text: str, value: str, is_well_written: bool) -> None:
    assert percent_of_text(text) == (Decimal(value), is_well_written)
    assert str(percent_of_text(text)[0]) == value  # type: ignore[index]  # the line above says it is there


@pytest.mark.parametrize("text", ["", "%", "-", "WTP", "1.000,5", "5 juta", "10 Dokumen", "1e5", "\uff11%", "1,,5"])
def test_what_is_not_one_percent_is_none(text: str) -> None:
    assert percent_of_text(text) is None


@UNHURRIED
@given(st.decimals(0, 999, places=2), st.sampled_from(["%", " %"]))
def test_a_percent_reads_back_as_it_is_printed(value: Decimal, sign: str) -> None:
    assert percent_of_text(spell_percent(value).replace("%", sign)) == (value, True)


def test_the_exponent_is_the_precision() -> None:
    assert [places_of(Decimal(text)) for text in ("99.90", "99", "1E+2", "0.000")] == [2, 0, 0, 3]


def test_percents_are_printed_with_a_comma() -> None:
    assert spell_percent(Decimal("99.08")) == "99,08%"
    assert spell_percent(Decimal(99)) == "99%"
    assert spell_percent(None) == "-"
