from decimal import Decimal
from fractions import Fraction
from typing import Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_system import Sum, system_of

from lkj_xlsx.equations import BEYOND, Linear, Percent, Quotient, Status
from lkj_xlsx.finding import Where
from lkj_xlsx.persen import Rule, rounded_percent
from lkj_xlsx.rupiah import LARGEST
from lkj_xlsx.system import System

AMOUNTS: Final = st.one_of(
    st.integers(-9, 9), st.integers(-LARGEST, LARGEST), st.sampled_from([LARGEST, -LARGEST, 2**26, 2**26 - 1, -(2**26)])
)
HOLDS, FAILS, UNKNOWN = Status.HOLDS, Status.FAILS, Status.UNKNOWN


def statuses(system: System) -> list[int]:
    return [int(one) for one in system.status]


@settings(max_examples=150)
@given(st.lists(AMOUNTS, min_size=1, max_size=8), st.sampled_from([0, 0, 1, -1, 2**26, 2**52]), st.integers(0, 3))
def test_a_sum_is_tested_exactly_however_large_its_amounts(members: list[int], gap: int, copies: int) -> None:
    head = sum(members) + gap
    chosen = members * (copies + 1)
    total = head + sum(members) * copies
    if abs(total) <= 2**62:
        system = system_of([total, *chosen], sums=[(0, tuple(range(1, len(chosen) + 1)))])
        assert statuses(system) == [FAILS if gap else HOLDS]
        (equation,) = [system.equation(0)]
        assert isinstance(equation, Linear)
        assert equation.rest == -gap


def test_a_thousand_largest_amounts_do_not_wrap_round() -> None:
    """2^11 times 2^53 is 2^64, which is 0 in 64 bits: a total of 0 is not their sum."""
    count = 2**11
    system = system_of([0, *[2**53] * count], sums=[(0, tuple(range(1, count + 1)))])
    assert statuses(system) == [FAILS]


@settings(max_examples=100)
@given(st.lists(st.one_of(st.none(), st.integers(-5, 5)), min_size=4, max_size=4), st.data())
def test_many_equations_are_tested_as_one_by_one(figures: list[int | None], data: st.DataObject) -> None:
    orders = st.permutations(range(4)).flatmap(lambda order: st.integers(2, 4).map(lambda size: order[:size]))
    sums: list[Sum] = [(head, tuple(own)) for head, *own in data.draw(st.lists(orders, max_size=6))]
    differences = [(a, b, c) for a, b, c, _ in data.draw(st.lists(st.permutations(range(4)), max_size=3))]
    expected = []
    for head, members in sums:
        values = [figures[cell] for cell in (head, *members)]
        known = [value for value in values if value is not None]
        is_zero = len(known) == len(values) and known[0] == sum(known[1:])
        expected.append(UNKNOWN if len(known) < len(values) else HOLDS if is_zero else FAILS)
    for cells in differences:
        sisa, pagu, realisasi = (figures[cell] for cell in cells)
        if sisa is None or pagu is None or realisasi is None:
            expected.append(UNKNOWN)
        else:
            expected.append(HOLDS if sisa == pagu - realisasi else FAILS)
    system = system_of(figures, sums=sums, differences=differences)
    assert statuses(system) == expected
    assert system.failing() == [index for index, one in enumerate(expected) if one is FAILS]
    for cell in range(4):
        own = [index for index in range(len(expected)) if cell in system.equation(index).cells]
        assert list(system.touching(cell)) == own


@settings(max_examples=200)
@given(st.integers(0, LARGEST), st.integers(1, LARGEST), st.sampled_from(list(Rule)), st.integers(0, 4))
def test_a_printed_percent_holds_when_its_quotient_rounds_to_it_and_the_next_one_does_not(
    part: int, whole: int, rule: Rule, places: int
) -> None:
    right = rounded_percent(Fraction(part, whole), places=places, rule=rule)
    for printed in (right, right + Decimal(1).scaleb(-places), right - Decimal(1).scaleb(-places)):
        system = system_of([Percent(printed, rule, places), part, whole], ratios=[(0, 1, 2)])
        assert statuses(system) == [HOLDS if printed == right else FAILS]


@settings(max_examples=200)
@given(st.integers(0, LARGEST), st.integers(1, LARGEST), st.sampled_from([0, 2, -2, 9, -9]))
def test_a_computed_percent_may_be_off_by_its_last_bits_and_no_more(part: int, whole: int, units: int) -> None:
    right = part / whole
    printed = right + units * float(np.spacing(right))
    system = system_of([Percent(printed), part, whole], ratios=[(0, 1, 2)])
    assert statuses(system) == [HOLDS if abs(units) <= 4 else FAILS]


@pytest.mark.parametrize(
    ("printed", "part", "whole", "expected"),
    [
        ("0.00", 0, 0, UNKNOWN),
        ("100.00", 0, 0, FAILS),
        ("0.00", 5, 0, UNKNOWN),
        ("0.00", 0, 5, HOLDS),
        (None, 5, 5, UNKNOWN),
        ("100.00", None, 5, UNKNOWN),
        ("100.00", 5, None, UNKNOWN),
    ],
)
def test_a_percent_of_nothing_is_0_or_wrong_and_one_of_a_blank_is_not_tested(
    printed: str | None, part: int | None, whole: int | None, expected: Status
) -> None:
    percent = Percent(None if printed is None else Decimal(printed))
    assert statuses(system_of([percent, part, whole], ratios=[(0, 1, 2)])) == [expected]


@pytest.mark.parametrize(
    ("head", "expected"), [("95", HOLDS), ("94", HOLDS), ("96", HOLDS), ("97", FAILS), ("93", FAILS)]
)
def test_a_percent_of_percents_holds_when_any_quotient_of_what_they_stand_for_prints_so(
    head: str, expected: Status
) -> None:
    """90 stands for 89,5 to 90,5 and 95 for 94,5 to 95,5: the quotients lie from 93,7 to 95,8."""
    percents = [Percent(Decimal(text), places=0) for text in (head, "90", "95")]
    assert statuses(system_of(percents, ratios=[(0, 1, 2)])) == [expected]


def test_a_row_that_lacks_a_cell_has_no_equation() -> None:
    system = system_of([5, 3, 2, 5, 3, 3])
    columns = [np.array(cells, dtype=np.int64) for cells in ([0, 3, 0], [1, 4, -1], [2, 5, 2])]
    system.add_rows("T108", columns, (-1, 1, 1))
    assert statuses(system) == [HOLDS, FAILS]
    assert system.equation(1).cells == (3, 4, 5)


def test_a_sum_that_nobody_prints_can_be_divided_and_is_unknown_when_a_line_is() -> None:
    for second, expected in ((2, HOLDS), (3, FAILS), (None, UNKNOWN)):
        system = system_of([3, second, 1, Percent(Decimal("20.00"))])
        whole = system.add_sum("X104", [0, 1])
        system.add_quotients("P101", [3], [2], [whole])
        assert statuses(system) == [UNKNOWN if second is None else HOLDS, expected]
        assert system.sums == {whole}
        assert (system.where(whole), system.label(whole)) == (system.where(0), "sel 0")


def test_loose_equations_are_tested_and_change_no_cell() -> None:
    system = system_of([5, 2, 2], sums=[(0, (1, 2))], differences=[(0, 1, 2)])
    assert (system.failing(), system.status.tolist().count(Status.FAILS)) == ([0, 1], 2)
    assert system.touching(1) == (0, 1)
    loose = system_of([5, 2, 2], sums=[(0, (1, 2))], differences=[(0, 1, 2)])
    loose.loose.add("T107")
    assert (loose.failing(), loose.status.tolist().count(Status.FAILS)) == ([0], 2)
    assert loose.touching(1) == (0,)


def test_linear_equations_are_numbered_before_quotients_each_with_its_code_and_cells() -> None:
    system = system_of([Percent(Decimal(50)), 1, 2, 1], ratios=[(0, 1, 2)], sums=[(2, (1, 3))])
    assert [system.code_of(index) for index in (0, 1)] == ["T101", "P101"]
    assert system.equation(0) == Linear("T101", 2, {2: -1, 1: 1, 3: 1}, 0)
    assert system.equation(1) == Quotient("P101", 0, 1, 2)
    assert [system.touching(cell) for cell in range(4)] == [(1,), (0, 1), (0, 1), (0,)]


def test_each_cell_is_named_by_the_run_that_it_was_registered_in() -> None:
    system = system_of([1, 2, 3])
    ids = system.add_cells(
        np.array([4, 5], dtype=np.int64), np.array([True, False]), lambda at: Where("b.xlsx", "T", 9, at), str
    )
    assert ids.tolist() == [3, 4]
    assert [str(system.where(cell)) for cell in (0, 2, 3, 4)] == [
        "a.xlsx!S!A1",
        "a.xlsx!S!A3",
        "b.xlsx!T!A10",
        "b.xlsx!T!B10",
    ]
    assert [system.label(cell) for cell in (2, 3, 4)] == ["sel 2", "0", "1"]
    assert (system.values.tolist(), system.known.tolist()) == ([1, 2, 3, 4, 5], [True, True, True, True, False])


def test_a_cell_stands_for_its_amount_or_for_what_rounds_to_its_percent() -> None:
    percent = Percent(Decimal("95.7"))
    system = system_of([7, percent])
    assert system.bounds(0) == (7, 7)
    assert system.bounds(1) == percent.bounds


def test_a_cell_could_hold_any_figure_of_its_column() -> None:
    system = system_of([7, 8, Percent(Decimal(1))])
    system.may_be_negative.add(np.array([1]))
    assert [system.widest(cell) for cell in range(3)] == [(0, LARGEST), (-LARGEST, LARGEST), (-BEYOND, BEYOND)]


def test_a_system_without_cells_has_nothing_to_test() -> None:
    system = System()
    assert (statuses(system), system.failing(), system.values.tolist(), system.known.tolist()) == ([], [], [], [])
