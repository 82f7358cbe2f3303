from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lkj_xlsx.percent_column import percent_column
from lkj_xlsx.persen import CUT, HALF_EVEN, HALF_UP, Rule, bounds, rounded_percent

RATIOS = {0: Fraction(670, 700), 1: Fraction(1, 3), 2: Fraction(2, 3), 3: Fraction(1, 2)}


def decimals(*texts: str) -> list[Decimal]:
    return [Decimal(text) for text in texts]


def printed_as(*raw: Decimal | float | None) -> list[str | float | None]:
    """Read a column beside RATIOS, and give what each cell says; a Decimal as a text, with its decimals."""
    column = percent_column(raw, {row: ratio for row, ratio in RATIOS.items() if row < len(raw)})
    return [str(value) if isinstance(value, Decimal) else value for value in column.printed]


def test_texts_say_what_they_say_whatever_stands_beside_them() -> None:
    assert printed_as(*decimals("95.7", "33.33", "67", "50")) == ["95.7", "33.33", "67", "50"]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ((95.71, 33.33, 66.67, 50.0), ["95.71", "33.33", "66.67", "50.00"]),
        ((0.9571, 0.3333, 0.6667, 0.5), ["95.71", "33.33", "66.67", "50.00"]),
        ((95.7, 33.3, 66.7, 50.0), ["95.7", "33.3", "66.7", "50.0"]),
        ((96.0, 33.0, 67.0, 50.0), ["96", "33", "67", "50"]),
        ((95.0, 33.0, 66.0, 50.0), ["95", "33", "66", "50"]),
        ((95.714, 33.3, 66.7, 50.0), ["95.714", "33.3", "66.7", "50.0"]),
    ],
    ids=["points", "ratios", "one decimal", "whole", "cut", "one with more decimals"],
)
def test_numbers_typed_in_cells_have_the_decimals_of_their_column(raw: Sequence[float], said: list[str]) -> None:
    assert printed_as(*raw) == said


def test_numbers_that_a_program_divided_stay_numbers_and_one_without_decimals_beside_them_has_two() -> None:
    assert printed_as(670 / 700, 1 / 3, 2 / 3, 0.5) == [670 / 700, 1 / 3, 2 / 3, "50.00"]


def test_a_quotient_kept_in_fifteen_digits_is_the_quotient() -> None:
    raw = [float(f"{float(ratio):.15g}") for ratio in RATIOS.values()]
    assert raw[:3] != [670 / 700, 1 / 3, 2 / 3]
    assert printed_as(*raw) == [670 / 700, 1 / 3, 2 / 3, "50.00"]


def test_another_quotient_is_not_taken_for_the_rows_own() -> None:
    other = float(Fraction(670_000_000_001, 700_000_000_000))
    assert printed_as(other, 1 / 3) == [other, 1 / 3]


def test_zero_and_a_hundred_tell_nothing_of_the_decimals() -> None:
    ratios = {0: Fraction(1), 1: Fraction(0), 2: Fraction(1), 3: Fraction(2, 3)}
    column = percent_column([100.0, 0.0, 100.0, 66.67], ratios)
    assert [str(value) for value in column.printed] == ["100.00", "0.00", "100.00", "66.67"]


def test_a_cell_beside_no_ratio_does_not_say_how_many_decimals_the_others_have() -> None:
    column = percent_column([95.71, 33.33, 64.521], {0: RATIOS[0], 1: RATIOS[1]})
    assert [str(value) for value in column.printed] == ["95.71", "33.33", "64.521"]


def test_a_blank_stays_a_blank() -> None:
    assert printed_as(None, 33.33, None) == [None, "33.33", None]


def test_an_empty_column_is_tested_by_nothing_and_has_two_decimals() -> None:
    column = percent_column([], {})
    assert (column.printed, column.places, column.rule, column.tested) == ((), 2, HALF_UP, 0)
    assert column.is_serapan


@pytest.mark.parametrize(
    ("texts", "rule", "told"),
    [
        (("95.71", "33.33", "66.67", "50.00"), HALF_UP, 1),
        (("95.71", "33.33", "66.66", "50.00"), CUT, 1),
        (("96", "33", "67", "50"), HALF_UP, 2),
        (("50.00", "33.33"), HALF_UP, 0),
    ],
)
def test_the_rule_is_that_of_the_cells_that_can_tell(texts: tuple[str, ...], rule: Rule, told: int) -> None:
    ratios = {
        row: min(RATIOS.values(), key=lambda ratio: abs(ratio * 100 - Fraction(text))) for row, text in enumerate(texts)
    }
    column = percent_column(decimals(*texts), ratios)
    assert (column.rule, column.told, column.fitting) == (rule, told, len(texts))


def test_half_to_even_is_told_by_a_half() -> None:
    column = percent_column(decimals("12.4", "37.5"), {0: Fraction(1245, 10_000), 1: Fraction(3746, 10_000)})
    assert (column.rule, column.fitting) == (HALF_EVEN, 2)


@pytest.mark.parametrize(
    ("texts", "is_serapan"),
    [
        (("12.00", "13.00", "14.00", "15.00"), False),
        (("95.71", "13.00", "14.00", "15.00"), False),
        (("95.71", "33.33", "14.00", "15.00"), True),
        (("12.00", "13.00"), False),
        (("95.71", "13.00"), True),
        (("12.00",), True),
    ],
)
def test_a_column_of_which_less_than_half_fit_is_no_serapan_unless_it_is_a_single_cell(
    texts: tuple[str, ...], *, is_serapan: bool
) -> None:
    column = percent_column(decimals(*texts), {row: RATIOS[row] for row in range(len(texts))})
    assert column.is_serapan is is_serapan


def test_divided_numbers_fit_their_own_rows_only() -> None:
    column = percent_column([670 / 700, 1 / 3, 0.123456789012, 0.2345678901234], RATIOS)
    assert (column.fitting, column.tested) == (2, 4)


@pytest.mark.parametrize("scale", [1.0, 100.0])
def test_a_slip_in_one_cell_does_not_change_the_scale_of_the_others(scale: float) -> None:
    raw = [0.9571 * scale, 0.3333 * scale, 0.6667 * scale, 50_000.0 * scale]
    assert [str(value) for value in percent_column(raw, RATIOS).printed[:3]] == ["95.71", "33.33", "66.67"]


def test_small_percents_are_read_in_the_scale_that_brings_them_near() -> None:
    ratios = {0: Fraction(3, 1000), 1: Fraction(4, 1000)}
    as_points, as_ratios = percent_column([0.3, 0.4], ratios), percent_column([0.003, 0.004], ratios)
    assert as_points.printed == as_ratios.printed == (Decimal("0.3"), Decimal("0.4"))


SHARES = st.builds(Fraction, st.integers(0, 10**9), st.integers(10**8, 10**9))


@given(
    st.lists(SHARES, min_size=1, max_size=8),
    st.sampled_from(list(Rule)),
    st.integers(0, 4),
    st.sampled_from(["text", "points", "ratio"]),
)
def test_a_generated_column_is_read_in_the_scale_and_by_the_rule_under_which_it_was_printed(
    ratios: list[Fraction], rule: Rule, places: int, form: str
) -> None:
    true = [rounded_percent(ratio, places=places, rule=rule) for ratio in ratios]
    forms: dict[str, Sequence[Decimal | float]] = {
        "text": true,
        "points": [float(percent) for percent in true],
        "ratio": [float(percent.scaleb(-2)) for percent in true],
    }
    assume(form == "text" or any(percent >= 1 for percent in true))
    column = percent_column(forms[form], dict(enumerate(ratios)))
    assert [value for value in column.printed if isinstance(value, Decimal)] == true
    assert column.is_serapan
    assert column.fitting == column.tested == len(ratios)
    for value, ratio in zip(column.printed, ratios, strict=True):
        assert isinstance(value, Decimal)
        low, high = bounds(value, column.rule)
        assert low <= ratio <= high


@given(st.lists(SHARES, min_size=1, max_size=8))
def test_a_column_of_quotients_is_exact_in_either_scale(ratios: list[Fraction]) -> None:
    for scale in (1, 100):
        column = percent_column([float(ratio * scale) for ratio in ratios], dict(enumerate(ratios)))
        assert column.is_serapan
        assert column.fitting == len(ratios)
