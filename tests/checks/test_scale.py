from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.checks.scale import check_bounds, check_gaps, check_overlaps
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.model import Budget, Identity, Kategori, frame_of
from lkj_xlsx.rollup import Rollup, roll_up

Check = Callable[[Budget, Rollup], Iterator[Finding]]
Step = tuple[str | None, str | None]
"""Lower and upper bound of a category; its name is its letter, its cell C2 and down."""

NOTHING = Budget("a.xlsx", "x", Identity(), frame_of([]), frame_of([]))
ROLLUP = roll_up(NOTHING)
SOUND: tuple[Step, ...] = (("0", "50.99"), ("51", "70.99"), ("71", "89.99"), ("90", "100"), ("100.01", None))


def asked(question: Check, *steps: Step) -> list[Finding]:
    scale = tuple(
        Kategori(bound(low), bound(high), chr(65 + row), "", place(row)) for row, (low, high) in enumerate(steps)
    )
    return list(question(replace(NOTHING, skala=scale), ROLLUP))


def bound(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def place(row: int) -> Where:
    return Where("a.xlsx", "Skala", row + 1, 2)


def told(question: Check, *steps: Step) -> list[tuple[str | None, str, list[str | None]]]:
    return [(one.where.cell, one.message, [seen.cell for seen in one.because]) for one in asked(question, *steps)]


@pytest.mark.parametrize("question", [check_gaps, check_overlaps, check_bounds])
@pytest.mark.parametrize("steps", [(), SOUND, tuple(reversed(SOUND)), SOUND[:4], ((None, "50"), ("50.01", None))])
def test_a_sound_scale_is_not_found_in_whatever_order(question: Check, steps: tuple[Step, ...]) -> None:
    assert asked(question, *steps) == []


def test_percents_between_two_categories_fall_into_none() -> None:
    (finding,) = asked(check_gaps, ("0", "50"), ("51", "100"))
    assert (finding.code, finding.severity, finding.where.cell) == ("S101", Severity.PERINGATAN, "C3")
    assert finding.message == "50,01% sampai 50,99% tidak masuk kategori mana pun (`A`, lalu `B`)"
    assert finding.because == (place(0),)


def test_one_percent_between_two_categories_is_named_alone() -> None:
    assert told(check_gaps, ("0", "50"), ("50.02", "100")) == [
        ("C3", "50,01% tidak masuk kategori mana pun (`A`, lalu `B`)", ["C2"])
    ]


def test_percents_below_the_lowest_and_above_the_highest_category_fall_into_none() -> None:
    assert told(check_gaps, ("51", "70"), ("70.01", "90")) == [
        ("C2", "0,00% sampai 50,99% tidak masuk kategori mana pun, di bawah `A`", []),
        ("C3", "90,01% sampai 100,00% tidak masuk kategori mana pun, di atas `B`", []),
    ]


@pytest.mark.parametrize(
    ("steps", "messages"),
    [
        ([("0", "99.99")], ["100,00% tidak masuk kategori mana pun, di atas `A`"]),
        ([("0.01", "100")], ["0,00% tidak masuk kategori mana pun, di bawah `A`"]),
        ([("0", "100")], []),
        ([("-5", "120")], []),
    ],
)
def test_a_scale_holds_everything_from_nought_to_a_hundred(steps: list[Step], messages: list[str]) -> None:
    assert [finding.message for finding in asked(check_gaps, *steps)] == messages


def test_what_a_wider_category_holds_is_no_gap_between_two_narrow_ones() -> None:
    steps: list[Step] = [("0", "100"), ("10", "20"), ("30", "40")]
    assert asked(check_gaps, *steps) == []
    assert told(check_overlaps, *steps) == [
        ("C3", "10% sampai 20% masuk ke `A` dan `B`", ["C2"]),
        ("C4", "30% sampai 40% masuk ke `A` dan `C`", ["C2"]),
    ]


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ((("0", "50"), ("50", "100")), "50% masuk ke `A` dan `B`"),
        ((("0", "60"), ("50", "100")), "50% sampai 60% masuk ke `A` dan `B`"),
        ((("0", None), ("50", None)), "50% ke atas masuk ke `A` dan `B`"),
        (((None, "60"), (None, "50")), "sampai 50% masuk ke `A` dan `B`"),
        (((None, None), (None, None)), "setiap persen masuk ke `A` dan `B`"),
        (((None, None), ("50", "60")), "50% sampai 60% masuk ke `A` dan `B`"),
    ],
)
def test_a_percent_in_two_categories_is_found_at_the_higher_one(steps: tuple[Step, Step], message: str) -> None:
    (finding,) = asked(check_overlaps, *steps)
    assert (finding.code, finding.severity, finding.where.cell) == ("S102", Severity.PERINGATAN, "C3")
    assert (finding.message, finding.because) == (message, (place(0),))


def test_categories_that_only_touch_do_not_overlap() -> None:
    assert asked(check_overlaps, ("0", "49.99"), ("50", "100")) == []


def test_a_category_that_ends_below_where_it_begins_is_an_error_and_nothing_else() -> None:
    steps: list[Step] = [("0", "50.99"), ("70.5", "51.5"), ("51", "100")]
    (finding,) = asked(check_bounds, *steps)
    assert (finding.code, finding.severity, finding.where.cell) == ("S103", Severity.ERROR, "C3")
    assert finding.message == "kategori `B`: batas atas 51,5 di bawah batas bawah 70,5"
    assert asked(check_gaps, *steps) == asked(check_overlaps, *steps) == []


def test_a_category_of_one_percent_is_sound() -> None:
    assert asked(check_bounds, ("100", "100"), ("100.01", None), (None, "5")) == []


@given(st.lists(st.integers(1, 9999), max_size=6, unique=True), st.booleans())
def test_a_scale_cut_anywhere_holds_every_percent_once(cuts: list[int], is_open: bool) -> None:
    edges = [0, *sorted(cuts), 10_000]
    bounds = [(f"{low / 100:.2f}", f"{(high - 1) / 100:.2f}") for low, high in pairwise(edges)]
    steps: list[Step] = [*bounds[:-1], (bounds[-1][0], None if is_open else "100")]
    assert [told(question, *steps) for question in (check_gaps, check_overlaps, check_bounds)] == [[], [], []]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted), min_size=1, max_size=5))
def test_gaps_and_overlaps_are_where_a_percent_has_no_category_or_two(bounds: list[list[int]]) -> None:
    held = [sum(low <= percent <= high for low, high in bounds) for percent in range(101)]
    steps: list[Step] = [(str(low), str(high)) for low, high in bounds]
    assert bool(asked(check_overlaps, *steps)) is any(count > 1 for count in held)
    assert bool(asked(check_gaps, *steps)) is True  # nothing holds what lies above 40
    joined: list[Step] = [*steps, ("40.01", "100"), ("0", "39.99")]
    assert bool(asked(check_gaps, *joined)) is not any(low <= 40 <= high for low, high in bounds)
