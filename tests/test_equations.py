from decimal import Decimal
from fractions import Fraction
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.equations import BEYOND, Linear, Percent, Quotient
from lkj_xlsx.persen import CUT, HALF_UP, Rule, bounds_of_number, rounded_percent

RATIOS: Final = st.builds(Fraction, st.integers(-2000, 2000), st.integers(1, 999))
RULES: Final = st.sampled_from(list(Rule))
PLACES: Final = st.integers(0, 4)
WIDTHS: Final = st.builds(Fraction, st.integers(0, 50), st.just(10**6))


@given(RATIOS, RULES, PLACES)
def test_a_percent_stands_for_every_ratio_that_prints_so_and_for_no_other(
    ratio: Fraction, rule: Rule, places: int
) -> None:
    value = rounded_percent(ratio, places=places, rule=rule)
    unit = Decimal(1).scaleb(-places)
    for printed in (value - unit, value, value + unit):
        low, high = Percent(printed, rule, places).bounds
        assert (low <= ratio <= high) == (printed == value)


@given(RATIOS, WIDTHS, RULES, PLACES)
def test_a_percent_is_spelled_for_an_interval_when_all_of_it_prints_alike(
    low: Fraction, width: Fraction, rule: Rule, places: int
) -> None:
    ends = [rounded_percent(ratio, places=places, rule=rule) for ratio in (low, low + width)]
    spelled = Percent(Decimal(0), rule, places).spelled(low, low + width)
    assert spelled == (ends[0] if ends[0] == ends[1] else None)
    if spelled is not None:
        middle = low + width / 3
        assert rounded_percent(middle, places=places, rule=rule) == spelled
        assert spelled.as_tuple().exponent == -places


@given(RATIOS, WIDTHS, PLACES)
def test_an_exact_percent_is_spelled_when_one_figure_of_its_decimals_lies_in_the_interval(
    low: Fraction, width: Fraction, places: int
) -> None:
    unit = Fraction(1, 100 * 10**places)
    first = -(-low // unit)
    within = [step for step in (first, first + 1) if step * unit <= low + width]
    spelled = Percent(Decimal(0), HALF_UP, places, is_exact=True).spelled(low, low + width)
    assert spelled == (Decimal(first).scaleb(-places) if len(within) == 1 else None)


@given(RATIOS, PLACES)
def test_an_exact_percent_stands_for_itself(ratio: Fraction, places: int) -> None:
    value = rounded_percent(ratio, places=places)
    exact = Fraction(value) / 100
    assert Percent(value, is_exact=True).bounds == (exact, exact)
    low, high = Percent(value).bounds
    assert low < exact < high


def test_a_percent_that_a_program_divided_stands_for_its_own_last_bits() -> None:
    assert Percent(0.9571).bounds == bounds_of_number(0.9571)
    low, high = Percent(0.9571).bounds
    assert low <= Fraction(0.9571) <= high
    assert high - low < Fraction(1, 10**14)


def test_an_empty_percent_stands_for_anything() -> None:
    assert Percent(None).bounds == (-BEYOND, BEYOND)


def test_a_computed_percent_is_corrected_with_as_many_decimals_as_tell_it_apart() -> None:
    ratio = Fraction(957_1416, 10**7)
    assert Percent(0.9571).spelled(ratio, ratio) == Decimal("95.714")
    assert Percent(0.90).spelled(ratio, ratio) == Decimal("95.71")
    assert Percent(Decimal("95.71")).spelled(ratio, ratio) == Decimal("95.71")


def test_no_decimals_tell_a_computed_percent_from_itself() -> None:
    ratio = Fraction(0.9571)
    assert Percent(0.9571).spelled(ratio, ratio) is None


@pytest.mark.parametrize(("rule", "printed"), [(HALF_UP, "95.72"), (CUT, "95.71")])
def test_a_computed_percent_is_printed_as_its_column_rounds(rule: Rule, printed: str) -> None:
    assert Percent(0.957189, rule).as_printed(2) == Decimal(printed)
    assert Percent(Decimal("95.7"), rule).as_printed(2) == Decimal("95.7")
    assert Percent(None, rule).as_printed(2) is None


def test_every_cell_of_an_equation_is_named_the_head_first() -> None:
    assert Linear("T101", 5, {5: -1, 2: 1, 9: 1}, 0).cells == (5, 2, 9)
    assert Quotient("P101", 7, 3, 1).cells == (7, 3, 1)
