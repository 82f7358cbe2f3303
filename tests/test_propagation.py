from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_system import Sum, system_of

from lkj_xlsx import propagation
from lkj_xlsx.equations import Equation, Linear, Percent
from lkj_xlsx.persen import Rule, rounded_percent
from lkj_xlsx.propagation import Domains, propagate
from lkj_xlsx.rupiah import LARGEST
from lkj_xlsx.system import System

TOP: Final = 6
"""The amounts of the small systems lie between 0 and this, so that all of them can be tried."""
AMOUNTS: Final = range(4)
PERCENTS: Final = (4, 5)


@dataclass(frozen=True)
class Puzzle:
    """A small system: some of its cells are free, and what the others print may contradict itself."""

    figures: tuple[int | Percent, ...]
    sums: tuple[Sum, ...]
    differences: tuple[tuple[int, int, int], ...]
    ratios: tuple[tuple[int, int, int], ...]
    free: frozenset[int]

    @property
    def system(self) -> System:
        return system_of(self.figures, self.sums, self.differences, self.ratios)

    @property
    def equations(self) -> list[Equation]:
        count = len(self.sums) + len(self.differences) + len(self.ratios)
        return [self.system.equation(index) for index in range(count)]

    @property
    def within(self) -> Domains:
        return {cell: (0, TOP) for cell in self.free if cell in AMOUNTS}

    def solutions(self, equations: Sequence[Equation]) -> Iterator[Mapping[int, int]]:
        """Give every choice of the free amounts for which equations hold, tried one by one."""
        own = [cell for cell in AMOUNTS if cell in self.free]
        printed = {cell: figure for cell, figure in enumerate(self.figures) if isinstance(figure, int)}
        for choice in product(range(TOP + 1), repeat=len(own)):
            now = {**printed, **dict(zip(own, choice, strict=True))}
            if all(self._holds(equation, now) for equation in equations):
                yield now

    def _holds(self, equation: Equation, now: Mapping[int, int]) -> bool:
        if isinstance(equation, Linear):
            return sum(sign * now[cell] for cell, sign in equation.signs.items()) == 0
        head = self.figures[equation.head]
        assert isinstance(head, Percent)
        if equation.head in self.free:
            return True
        if now[equation.whole] == 0:
            return equation.whole not in self.free and head.printed == 0
        ratio = Fraction(now[equation.part], now[equation.whole])
        return rounded_percent(ratio, places=head.places, rule=head.rule) == head.printed


@st.composite
def puzzles(draw: st.DrawFn) -> Puzzle:
    rule, places = draw(st.sampled_from(list(Rule))), draw(st.integers(0, 1))
    amounts = draw(st.lists(st.integers(0, TOP), min_size=len(AMOUNTS), max_size=len(AMOUNTS)))
    ratios = draw(st.lists(st.permutations(AMOUNTS).map(lambda order: (order[0], order[1])), max_size=2))
    percents = []
    for part, whole in ratios:
        ratio = Fraction(amounts[part], amounts[whole] or 1) + Fraction(draw(st.sampled_from([0, 0, 0, 1, 10])), 10)
        percents.append(Percent(rounded_percent(ratio, places=places, rule=rule), rule, places))
    orders = st.permutations(AMOUNTS).flatmap(lambda order: st.integers(2, 4).map(lambda size: tuple(order[:size])))
    sums = draw(st.lists(orders, max_size=2))
    differences = draw(st.lists(st.permutations(AMOUNTS).map(lambda order: (order[0], order[1], order[2])), max_size=2))
    heads = range(len(AMOUNTS), len(AMOUNTS) + len(ratios))
    return Puzzle(
        (*amounts, *percents),
        tuple((order[0], order[1:]) for order in sums),
        tuple(differences),
        tuple((head, *cells) for head, cells in zip(heads, ratios, strict=True)),
        draw(st.frozensets(st.sampled_from([*AMOUNTS, *heads]), min_size=1)),
    )


@settings(max_examples=400)
@given(puzzles())
def test_no_true_solution_is_cut_away_and_what_is_refused_has_none(puzzle: Puzzle) -> None:
    equations = puzzle.equations
    outcome = propagate(puzzle.system, equations, puzzle.free, puzzle.within)
    if isinstance(outcome, tuple):
        assert all(one in equations for one in outcome)
        assert next(puzzle.solutions(outcome), None) is None
        return
    for solution in puzzle.solutions(equations):
        for cell in puzzle.free & set(AMOUNTS):
            low, high = outcome[cell]
            assert low <= solution[cell] <= high
        for head, part, whole in puzzle.ratios:
            if head in puzzle.free and solution[whole]:
                low, high = outcome[head]
                assert low <= Fraction(solution[part], solution[whole]) <= high


@settings(max_examples=150)
@given(puzzles())
def test_one_free_amount_of_sums_alone_is_known_or_refused(puzzle: Puzzle) -> None:
    free = frozenset({0})
    own = Puzzle(puzzle.figures, puzzle.sums, puzzle.differences, (), free)
    touching = [equation for equation in own.equations if 0 in equation.cells]
    outcome = propagate(own.system, own.equations, free, own.within)
    solutions = [solution[0] for solution in own.solutions(own.equations)]
    if isinstance(outcome, tuple):
        assert solutions == []
    elif touching:
        (figure,) = solutions
        assert outcome == {0: (figure, figure)}
    else:
        assert outcome == {0: (0, TOP)}


@settings(max_examples=150)
@given(st.integers(0, 400), st.integers(1, 400), st.sampled_from(list(Rule)), st.integers(0, 2))
def test_a_percent_leaves_its_part_and_its_whole_exactly_the_amounts_that_print_so(
    part: int, whole: int, rule: Rule, places: int
) -> None:
    """Every amount between the bounds prints the percent, and the next ones on either side do not."""

    def printed(part: int, whole: int) -> Decimal:
        return rounded_percent(Fraction(part, whole), places=places, rule=rule)

    value = printed(part, whole)
    system = system_of([Percent(value, rule, places), part, whole], ratios=[(0, 1, 2)])
    equation = system.equation(0)
    parts = propagate(system, [equation], frozenset({1}))
    assert not isinstance(parts, tuple)
    low, high = parts[1]
    assert [printed(int(one), whole) == value for one in (low, part, high, high + 1)] == [True, True, True, False]
    assert low == 0 or printed(int(low) - 1, whole) != value
    wholes = propagate(system, [equation], frozenset({2}))
    assert not isinstance(wholes, tuple)
    low, high = wholes[2]
    assert low <= whole <= high
    if value > 0:
        assert [printed(part, int(one)) == value for one in (low, high, high + 1)] == [True, True, False]
        assert low == 1 or printed(part, int(low) - 1) != value
    percents = propagate(system, [equation], frozenset({0}))
    assert percents == {0: (Fraction(part, whole), Fraction(part, whole))}


def test_a_percent_of_nothing_is_not_printed_so_its_free_whole_is_at_least_1() -> None:
    system = system_of([Percent(Decimal(0)), 0, 0], ratios=[(0, 1, 2)])
    assert propagate(system, [system.equation(0)], frozenset({2})) == {2: (1, LARGEST)}
    assert propagate(system, [system.equation(0)], frozenset({0})) == {0: system.widest(0)}
    wrong = system_of([Percent(Decimal(5)), 0, 0], ratios=[(0, 1, 2)])
    assert propagate(wrong, [wrong.equation(0)], frozenset({1})) == (wrong.equation(0),)


def test_a_free_cell_lies_within_what_its_column_may_hold() -> None:
    system = system_of([5, 7, 9], sums=[(0, (1, 2))])
    assert propagate(system, [system.equation(0)], frozenset({2})) == (system.equation(0),)
    system.may_be_negative.add(np.array([2]))
    assert propagate(system, [system.equation(0)], frozenset({2})) == {2: (-2, -2)}


def test_whole_thousands_are_kept_to_only_when_asked() -> None:
    system = system_of([9_500, 0, 0], sums=[(0, (1, 2))])
    system.steps[1] = 1000
    equations, free = [system.equation(0)], frozenset({1, 2})
    assert propagate(system, equations, free) == {1: (0, 9_500), 2: (0, 9_500)}
    assert propagate(system, equations, free, in_steps=True) == {1: (0, 9_000), 2: (500, 9_500)}
    system.steps[2] = 1000
    assert propagate(system, equations, free, in_steps=True) == tuple(equations)


def test_only_the_equations_that_led_to_a_refusal_are_named() -> None:
    """Cell 1 is 3 by the first sum, 4 by the second; the third has nothing to do with it."""
    system = system_of([5, 0, 2, 6, 8, 0, 8], sums=[(0, (1, 2)), (3, (1, 2)), (4, (5, 6))])
    equations = [system.equation(index) for index in (2, 0, 1)]
    assert propagate(system, equations, frozenset({1, 5})) == (equations[1], equations[2])


def test_bounds_that_creep_for_ever_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 0 = 1 and 0 = 1 + 2 one fails, but a pass only cuts away what cell 2 is: soon the bounds stay as they are."""
    system = system_of([0, 0, 1], sums=[(0, (1,)), (0, (1, 2))])
    equations = [system.equation(index) for index in (0, 1)]
    for rounds in (3, 60):
        monkeypatch.setattr(propagation, "MOST_ROUNDS", rounds)
        outcome = propagate(system, equations, frozenset({0, 1}))
        assert outcome == {0: (rounds, LARGEST - rounds + 1), 1: (rounds - 1, LARGEST - rounds)}


@settings(max_examples=150)
@given(st.integers(-4, 4), st.integers(0, 6), st.integers(0, 4), st.integers(0, 6), st.data())
def test_no_amount_below_zero_is_cut_away_that_prints_the_percent(
    part_low: int, part_width: int, whole_low: int, whole_width: int, data: st.DataObject
) -> None:
    """Refunds are negative, and so are remainders: part and whole are free within bounds of their own."""
    right = Fraction(
        part_low + data.draw(st.integers(0, part_width)), max(1, whole_low + data.draw(st.integers(0, whole_width)))
    )
    printed = rounded_percent(right, places=0)
    system = system_of([Percent(printed, places=0), 0, 0], ratios=[(0, 1, 2)])
    system.may_be_negative.add(np.array([1]))
    within: Domains = {1: (part_low, part_low + part_width), 2: (whole_low, whole_low + whole_width)}
    outcome = propagate(system, [system.equation(0)], frozenset({1, 2}), within)
    for part in range(part_low, part_low + part_width + 1):
        for whole in range(max(whole_low, 1), whole_low + whole_width + 1):
            if rounded_percent(Fraction(part, whole), places=0) == printed:
                assert not isinstance(outcome, tuple)
                assert outcome[1][0] <= part <= outcome[1][1]
                assert outcome[2][0] <= whole <= outcome[2][1]
