from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st
from small_system import Figure, Table, slips, system_of, tables

from lkj_xlsx.equations import Percent
from lkj_xlsx.persen import Rule, rounded_percent
from lkj_xlsx.trial import Repair, Trials

SOME: Final = settings(max_examples=60)


def drawn(table: Table, data: st.DataObject, most: int) -> Mapping[int, Figure]:
    """Change some cells of a table by a digit each."""
    cells = data.draw(st.sets(st.sampled_from(range(len(table.figures))), min_size=1, max_size=most))
    return {cell: data.draw(st.sampled_from(slips(table.figures[cell]))) for cell in sorted(cells)}


@SOME
@given(tables(), st.data())
def test_the_cells_that_are_really_wrong_are_a_repair_with_the_true_figures_within_its_bounds(
    table: Table, data: st.DataObject
) -> None:
    changes = drawn(table, data, 3)
    system = table.system(changes)
    outcome = Trials(system).attempt(frozenset(changes), system.failing())
    assert isinstance(outcome, Repair)
    for cell in changes:
        low, high = outcome.domains[cell]
        true = table.figures[cell]
        if isinstance(true, int):
            assert low <= true <= high
        else:
            first, last = Percent(true, table.rule, table.places).bounds
            assert low <= last
            assert first <= high
        assert outcome.value(system, cell) in (true, None)


@SOME
@given(tables(), st.data())
def test_of_the_cells_that_refuse_a_change_at_least_one_is_really_wrong(table: Table, data: st.DataObject) -> None:
    changes = drawn(table, data, 3)
    system = table.system(changes)
    trials = Trials(system)
    tried = data.draw(st.frozensets(st.sampled_from(range(len(table.figures))), max_size=2))
    outcome = trials.attempt(tried, system.failing())
    if isinstance(outcome, frozenset):
        assert outcome & changes.keys()
        assert not outcome & tried
        again = trials.attempt(tried, system.failing())
        assert again == outcome


@given(st.integers(0, 20_000), st.sampled_from(list(Rule)), st.integers(0, 2))
def test_elsewhere_is_every_other_figure_and_not_this_one(units: int, rule: Rule, places: int) -> None:
    value = Decimal(units).scaleb(-places)
    system = system_of([units, Percent(value, rule, places)])
    (below, above) = Trials(system).elsewhere(1, value)
    for ratio in (Fraction(value) / 100, *Percent(value, rule, places).bounds):
        assert below[1] < ratio < above[0]
    unit = Decimal(1).scaleb(-places)
    assert rounded_percent(Fraction(above[0]), places=places, rule=rule) == value + unit
    assert rounded_percent(Fraction(below[1]), places=places, rule=rule) == value - unit
    sides = list(Trials(system).elsewhere(0, units))
    assert sides == [side for side in ((0, units - 1), (units + 1, system.widest(0)[1])) if side[0] <= side[1]]


def test_an_exact_percent_is_elsewhere_right_beside_itself() -> None:
    system = system_of([Percent(Decimal(95), is_exact=True)])
    below, above = Trials(system).elsewhere(0, Decimal(95))
    assert below[1] < Fraction(95, 100) < above[0]
    assert above[0] - below[1] < Fraction(1, 10**30)


def test_what_supports_an_equation_are_its_printed_cells_and_the_lines_of_a_sum_that_nobody_prints() -> None:
    system = system_of([30, 40, 7, Percent(Decimal("20.00")), None], sums=[(0, (1, 4))])
    whole = system.add_sum("X102", [0, 1])
    system.add_quotients("P101", [3], [2], [whole])
    trials = Trials(system)
    assert [sorted(trials.support(index)) for index in range(3)] == [[0, 1], [0, 1], [0, 1, 2, 3]]
    assert trials.blank == {4, whole}


def test_a_change_touches_what_hangs_on_it_through_empty_cells_and_no_more() -> None:
    """Cell 1 is empty: a change of 0 reaches 2 and 3 through it; 4 and 5 hang on 2, which is printed."""
    system = system_of([9, None, 4, 5, 6, 2], sums=[(0, (1, 2)), (1, (3,)), (4, (2, 5))])
    assert Trials(system).around(frozenset({0})) == ([0, 1], frozenset({0, 1}))
    assert Trials(system).around(frozenset({2})) == ([0, 1, 2], frozenset({1, 2}))


def test_a_refusal_leaves_out_what_it_does_not_need() -> None:
    """Cell 1 is 3 by 0 and 2, and 4 by 3 and 4: nothing else is named, though 5 and 6 say that it is 3 too."""
    system = system_of([5, 0, 2, 6, 2, 8, 5], sums=[(0, (1, 2)), (3, (1, 4)), (5, (1, 6))])
    refusing = Trials(system).attempt(frozenset({1}), system.failing())
    assert isinstance(refusing, frozenset)
    assert refusing in ({0, 2, 3, 4}, {3, 4, 5, 6})


def test_whole_thousands_are_another_bound_and_none_where_there_is_no_such_figure() -> None:
    system = system_of([Percent(Decimal("50.0"), places=1), 3_000, 1, 3_000], sums=[(3, (1,))], ratios=[(0, 1, 2)])
    system.steps[2] = 1000
    repair = Trials(system).attempt(frozenset({2}), system.failing())
    assert isinstance(repair, Repair)
    assert repair.domains[2] == (5_995, 6_006)
    assert repair.in_steps == {2: (6_000, 6_000)}
    assert (repair.value(system, 2), repair.needs_steps(system, 2)) == (6_000, True)
    system = system_of([Percent(Decimal("50.0"), places=1), 3_300, 1, 3_300], sums=[(3, (1,))], ratios=[(0, 1, 2)])
    system.steps[2] = 1000
    repair = Trials(system).attempt(frozenset({2}), system.failing())
    assert isinstance(repair, Repair)
    assert (repair.in_steps, repair.value(system, 2)) == (None, None)


def test_an_amount_that_its_column_in_thousands_could_not_print_is_no_figure() -> None:
    system = system_of([9_500, 1, 5_000], sums=[(0, (1, 2))])
    for step, figure in ((1, 4_500), (500, 4_500), (1000, None)):
        system.steps[1] = step
        repair = Trials(system).attempt(frozenset({1}), [0])
        assert isinstance(repair, Repair)
        assert (repair.domains[1], repair.value(system, 1)) == ((4_500, 4_500), figure)


def test_a_refusal_does_not_name_what_only_narrowed_a_cell_on_the_way() -> None:
    """Cells 1 and 4 are at most 10 by the first sum, but it is the second that refuses: 9 is more than 3."""
    system = system_of([10, 5, 9, 3, 6], sums=[(0, (1, 4)), (3, (1, 2))])
    assert Trials(system).attempt(frozenset({1, 4}), system.failing()) == frozenset({2, 3})


def test_what_was_tried_within_bounds_is_another_trial() -> None:
    system = system_of([9, 1, 4], sums=[(0, (1, 2))])
    trials = Trials(system)
    assert isinstance(trials.attempt(frozenset({1}), [0]), Repair)
    assert trials.attempt(frozenset({1}), [0], {1: (6, 9)}) == frozenset({0, 2})
    assert isinstance(trials.attempt(frozenset({1}), [0], {1: (5, 9)}), Repair)
