from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Final

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from small_system import Figure, Table, slips, system_of, tables

from lkj_xlsx import repair
from lkj_xlsx.equations import Percent
from lkj_xlsx.hitting_set import weight_of
from lkj_xlsx.repair import MOST_REPAIRS, Diagnosis, Fault, diagnose
from lkj_xlsx.system import System
from lkj_xlsx.trial import Value

SOME: Final = settings(max_examples=60)
FEW: Final = settings(max_examples=25)


@contextmanager
def limits(*, repairs: int = MOST_REPAIRS, steps: int = repair.MOST_STEPS) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(repair, "MOST_REPAIRS", repairs)
        patch.setattr(repair, "MOST_STEPS", steps)
        yield


def changes_of(table: Table, data: st.DataObject, count: int) -> dict[int, Figure]:
    """Change some cells of a table by one digit each."""
    cells = data.draw(st.lists(st.sampled_from(range(len(table.figures))), min_size=count, max_size=count, unique=True))
    return {cell: data.draw(st.sampled_from(slips(table.figures[cell]))) for cell in cells}


def claimed(diagnosis: Diagnosis, system: System) -> dict[int, Value]:
    """Give every figure that is claimed, of wrong cells and empty ones."""
    figures = {cell: value for fault in diagnosis.faults for cell, value in fault.figures.items()}
    for one in diagnosis.filled:
        figures |= {cell: value for cell in one.domains if (value := one.value(system, cell)) is not None}
    return figures


def weight(diagnosis: Diagnosis, system: System) -> int:
    """Add up what the smallest repairs of all faults weigh."""
    assert all(fault.repairs for fault in diagnosis.faults)
    return sum(weight_of(fault.repairs[0].cells, system.weights) for fault in diagnosis.faults)


@SOME
@given(tables())
def test_a_sound_table_has_no_fault(table: Table) -> None:
    assert table.holds({})
    assert diagnose(table.system()) == Diagnosis((), ())


@settings(max_examples=150)
@given(tables(), st.data())
def test_of_one_wrong_digit_the_repairs_are_the_single_changes_that_explain_it_and_a_figure_is_claimed_of_the_only_one(
    table: Table, data: st.DataObject
) -> None:
    ((cell, wrong),) = changes_of(table, data, 1).items()
    explanations = table.explanations({cell: wrong})
    assert explanations[cell] == {table.figures[cell]}
    (fault,) = diagnose(table.system({cell: wrong})).faults
    assert {one.cells for one in fault.repairs} == {frozenset({other}) for other in explanations}
    assert set(fault.suspects) == set(explanations)
    assert fault.certain == ((cell,) if len(explanations) == 1 else ())
    assert fault.figures == ({cell: table.figures[cell]} if len(explanations) == 1 else {})


@SOME
@given(tables(), st.data())
def test_every_fault_goes_when_what_was_changed_is_put_back_or_another_explanation_taken(
    table: Table, data: st.DataObject
) -> None:
    changes = changes_of(table, data, 1)
    for cell, (figure,) in table.explanations(changes).items():
        assert diagnose(table.system({**changes, cell: figure})) == Diagnosis((), ())


def hold_the_law(table: Table, changes: Mapping[int, Figure], blanks: frozenset[int]) -> Diagnosis:
    """No repair is larger than what is really wrong, and where none is smaller, whatever is claimed is true."""
    system = table.system({**changes, **dict.fromkeys(blanks)})
    diagnosis = diagnose(system)
    assert weight(diagnosis, system) <= len(changes)
    if weight(diagnosis, system) == len(changes):
        assert {cell for fault in diagnosis.faults for cell in fault.certain} <= changes.keys()
        assert changes.keys() <= {cell for fault in diagnosis.faults for cell in fault.suspects}
        for cell, value in claimed(diagnosis, system).items():
            assert value == table.figures[cell]
            assert cell in changes.keys() | blanks
    return diagnosis


@settings(max_examples=150)
@given(tables(), st.data())
def test_two_wrong_digits_are_repaired_by_no_more_changes_and_what_is_claimed_is_true(
    table: Table, data: st.DataObject
) -> None:
    changes = changes_of(table, data, 2)
    diagnosis = hold_the_law(table, changes, frozenset())
    if sum(len(fault.repairs[0].cells) for fault in diagnosis.faults) == 2:
        for fault in diagnosis.faults:
            own = frozenset(changes) & set(fault.suspects)
            assert len(fault.repairs) >= MOST_REPAIRS or own in {one.cells for one in fault.repairs}


@SOME
@given(tables(), st.data(), st.integers(0, 2))
def test_what_is_claimed_beside_empty_cells_is_true(table: Table, data: st.DataObject, count: int) -> None:
    changes = changes_of(table, data, count)
    cells = [cell for cell in range(len(table.figures)) if cell not in changes]
    assume(cells)
    hold_the_law(table, changes, data.draw(st.frozensets(st.sampled_from(cells), min_size=1, max_size=4)))


@SOME
@given(tables(), st.data())
def test_one_empty_cell_of_a_sound_table_gets_its_figure(table: Table, data: st.DataObject) -> None:
    cell = data.draw(st.sampled_from(range(len(table.figures))))
    system = table.system({cell: None})
    diagnosis = diagnose(system)
    assert diagnosis.faults == ()
    assert claimed(diagnosis, system) == {cell: table.figures[cell]}


@FEW
@given(tables(2, 2), st.data(), st.integers(1, 3), st.integers(0, 6))
def test_a_search_cut_short_claims_nothing_that_the_whole_one_does_not(
    table: Table, data: st.DataObject, repairs: int, steps: int
) -> None:
    changes = changes_of(table, data, 2)
    whole = diagnose(table.system(changes))
    with limits(repairs=repairs, steps=steps):
        short = diagnose(table.system(changes))
    figures = [claimed(diagnosis, table.system(changes)) for diagnosis in (short, whole)]
    assert figures[0].items() <= figures[1].items()
    assert {cell for fault in short.faults for cell in fault.certain} <= {
        c for fault in whole.faults for c in fault.certain
    }


@FEW
@given(tables(2, 2), st.data(), st.sampled_from([1, 2]), st.integers(0, 4))
def test_a_search_cut_short_keeps_the_law(table: Table, data: st.DataObject, repairs: int, steps: int) -> None:
    changes = changes_of(table, data, 2)
    with limits(repairs=repairs, steps=steps):
        diagnosis = diagnose(table.system(changes))
    if all(fault.repairs for fault in diagnosis.faults):
        with limits(repairs=repairs, steps=steps):
            hold_the_law(table, changes, frozenset())


@SOME
@given(tables(), st.data())
def test_of_one_wrong_figure_of_any_kind_no_other_is_claimed_than_the_true_one(
    table: Table, data: st.DataObject
) -> None:
    cell = data.draw(st.sampled_from(range(len(table.figures))))
    wrong = data.draw(st.integers(0, 30_000))
    change = wrong if isinstance(table.figures[cell], int) else Decimal(wrong).scaleb(-table.places)
    diagnosis = diagnose(table.system({cell: change}))
    figures = claimed(diagnosis, table.system({cell: change}))
    assert figures.items() <= {(cell, table.figures[cell])}
    assert not figures or table.explanations({cell: change}).keys() == {cell}


@FEW
@given(tables(), st.data())
def test_the_same_document_is_judged_the_same_every_time(table: Table, data: st.DataObject) -> None:
    changes = changes_of(table, data, min(3, len(table.figures)))
    assert diagnose(table.system(changes)) == diagnose(table.system(changes))


def only_fault(system: System) -> Fault:
    (fault,) = diagnose(system).faults
    return fault


def test_a_search_without_a_step_claims_nothing_and_points_at_every_cell() -> None:
    system = system_of([9, 4, 4, 5, 1], sums=[(0, (1, 2)), (3, (4, 2))])
    whole = only_fault(system)
    assert (whole.certain, whole.figures) == ((), {})
    two = system_of([9, 4, 4, 10, 4, 4, 7], sums=[(0, (1, 2)), (3, (4, 5)), (6, (0, 3))])
    assert only_fault(two).repairs
    with limits(steps=0):
        fault = only_fault(two)
    assert (fault.repairs, fault.certain, fault.figures) == ((), (), {})
    assert (fault.equations, fault.suspects) == ((0, 1, 2), (0, 1, 2, 3, 4, 5, 6))


def test_more_changes_than_are_looked_for_are_only_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    system = system_of([9, 4, 4, 10, 4, 4, 16], sums=[(0, (1, 2)), (3, (4, 5)), (6, (0, 3))])
    assert {one.cells for one in only_fault(system).repairs} >= {frozenset({0, 3})}
    monkeypatch.setattr(repair, "MOST_CHANGES", 1)
    assert only_fault(system).repairs == ()


def test_two_faults_without_a_cell_in_common_are_two() -> None:
    system = system_of([9, 4, 4, 10, 4, 4], sums=[(0, (1, 2)), (3, (4, 5))])
    assert [fault.suspects for fault in diagnose(system).faults] == [(0, 1, 2), (3, 4, 5)]


def test_a_cell_that_is_unlikely_to_be_wrong_is_not_suspected_beside_a_lighter_one() -> None:
    system = system_of([9, 4, 4], sums=[(0, (1, 2))])
    system.weights[1] = 3
    assert only_fault(system).suspects == (0, 2)
    system.weights.update({0: 3, 2: 3})
    assert only_fault(system).suspects == (0, 1, 2)


def test_of_a_loose_equation_no_cell_is_wrong() -> None:
    system = system_of([9, 4, 4], sums=[(0, (1, 2))])
    system.loose.add("T101")
    assert diagnose(system) == Diagnosis((), ())


def test_empty_cells_are_filled_one_after_another() -> None:
    """Cell 0 is the total of 1 and 2, cell 1 that of 3 and 4, cell 5 is 3 less 6."""
    system = system_of([100, None, 30, None, 25, 35, 10], sums=[(0, (1, 2)), (1, (3, 4))], differences=[(5, 3, 6)])
    assert diagnose(system).faults == ()
    assert claimed(diagnose(system), system) == {1: 70, 3: 45}


def test_two_empty_cells_of_one_sum_are_not_filled_unless_there_is_nothing_left_for_them() -> None:
    system = system_of([9, None, None, 4], sums=[(0, (1, 2, 3))])
    assert claimed(diagnose(system), system) == {}
    system = system_of([9, None, None, 9], sums=[(0, (1, 2, 3))])
    assert claimed(diagnose(system), system) == {1: 0, 2: 0}


def test_an_empty_cell_that_nothing_can_fill_is_a_fault_of_the_others() -> None:
    system = system_of([5, None, 7], sums=[(0, (1, 2))])
    fault = only_fault(system)
    assert (fault.equations, fault.suspects, fault.certain, fault.figures) == ((), (0, 2), (), {})
    system.may_be_negative.add(np.array([1]))
    assert claimed(diagnose(system), system) == {1: -2}


def test_an_empty_cell_beside_a_doubtful_one_is_not_filled() -> None:
    doubtful = system_of([9, 4, 4, 20, None], sums=[(0, (1, 2)), (3, (0, 4))])
    assert claimed(diagnose(doubtful), doubtful) == {}
    sure = system_of([8, 4, 4, 20, None], sums=[(0, (1, 2)), (3, (0, 4))])
    assert claimed(diagnose(sure), sure) == {4: 12}


def test_a_wrong_cell_and_an_empty_one_that_hang_together_are_both_told() -> None:
    """Cell 0 is wrong: 1 + 2, and what 3 leaves of 4, say so; only then is 5 known."""
    system = system_of([80, 4, 4, 12, 20, None, 20], sums=[(0, (1, 2)), (4, (0, 3)), (6, (0, 5))])
    assert only_fault(system).figures == {0: 8, 5: 12}


def test_a_column_in_whole_thousands_decides_what_a_percent_leaves_open() -> None:
    figures: list[int | Percent | None] = [Percent(Decimal("50.0"), places=1), 3_000, None]
    system = system_of(figures, ratios=[(0, 1, 2)])
    assert claimed(diagnose(system), system) == {}
    system.steps[2] = 1000
    assert claimed(diagnose(system), system) == {2: 6_000}


def test_a_figure_that_no_column_in_thousands_prints_is_not_claimed() -> None:
    """Two totals say 4.500 where the column is in whole thousands."""
    proved = [(0, (1, 2)), (3, (1, 4))]
    system = system_of([9_500, 7_000, 5_000, 9_700, 5_200], sums=proved)
    assert only_fault(system).figures == {1: 4_500}
    system.steps[1] = 1000
    assert only_fault(system).figures == {}


def test_a_figure_that_is_no_slip_is_not_claimed_where_two_slips_explain_as_much() -> None:
    """Cell 1 may be 6.123; or 6.120 of which one digit is wrong, and one of cell 2: a percent of 61 allows both."""

    def figures(percent: str, places: int) -> Mapping[int, Value]:
        cells: list[int | Percent | None] = [10_123, 3_120, 4_000, Percent(Decimal(percent), places=places), 10_000]
        return only_fault(system_of(cells, sums=[(0, (1, 2))], ratios=[(3, 1, 4)])).figures

    assert figures("61", 0) == {}
    assert figures("61.23", 2) == {1: 6_123}


def test_a_percent_that_divides_a_sum_which_nobody_prints_accuses_its_lines() -> None:
    system = system_of([30, 40, 7, Percent(Decimal("20.00")), 30], sums=[(4, (0,))])
    whole = system.add_sum("X102", [0, 1])
    system.add_quotients("P101", [3], [2], [whole])
    fault = only_fault(system)
    assert (fault.suspects, fault.certain) == ((1, 2, 3), ())
    assert (fault.values(system, 2), fault.values(system, 3), fault.values(system, 1)) == (
        (14,),
        (Decimal("10.00"),),
        (5,),
    )


TORN: Final = system_of([8, 1, 3, 9, 4, 7, 1, 8, 2], sums=[(0, (1, 2)), (3, (1, 4)), (5, (1, 6)), (7, (1, 8))])
"""Two sums say that cell 1 is 5, two that it is 6: it is wrong for certain, and what it should be nobody knows."""
AGREED: Final = system_of([8, 1, 3, 9, 4, 6, 1, 8, 3, 9], sums=[(0, (1, 2)), (3, (1, 4)), (5, (1, 6)), (9, (7, 8))])
"""Three sums say that cell 1 is 5; a fourth, which has no cell of theirs, fails by itself."""


@pytest.mark.parametrize("steps", [*range(16), 600])
@pytest.mark.parametrize("repairs", [1, 2, 25])
def test_what_another_repair_would_make_otherwise_is_not_claimed_however_short_the_search(
    repairs: int, steps: int
) -> None:
    with limits(repairs=repairs, steps=steps):
        fault = only_fault(TORN)
    assert fault.figures == {}
    assert set(fault.certain) <= {1}
    assert steps < 600 or fault.certain == (1,)


def test_a_figure_that_all_repairs_agree_on_is_claimed_beside_another_fault() -> None:
    assert [fault.figures for fault in diagnose(AGREED).faults] == [{1: 5}, {}]


def many(lines: int) -> System:
    """Cell 0 is 9 where two totals say 8; a sum of lines that has it as a member is wrong in another place too."""
    first = 6
    cells = [9, 4, 4, 8, 8 + 2 * lines + 1, 8, *[2] * lines]
    return system_of(cells, sums=[(0, (1, 2)), (3, (0,)), (5, (0,)), (4, (0, *range(first, first + lines)))])


@pytest.mark.parametrize("lines", [3, 40])
def test_a_figure_is_claimed_beside_so_many_suspects_that_not_all_repairs_are_listed(lines: int) -> None:
    fault = only_fault(many(lines))
    assert (len(fault.repairs) == MOST_REPAIRS) is (lines == 40)
    assert (fault.certain, fault.figures) == ((0,), {0: 8})


def test_an_empty_cell_that_two_faults_would_fill_differently_is_not_filled_by_either() -> None:
    """Cell 2 is 9 less cell 1, which may be wrong; cell 5 is wrong for certain, and 8 is 5 and 2."""
    sums = [(0, (1, 2)), (4, (1, 3)), (6, (5,)), (7, (5,)), (8, (5, 2))]
    assert only_fault(system_of([9, 4, None, 3, 8, 6, 7, 7, None], sums=sums)).figures == {5: 7}
    assert only_fault(system_of([9, 4, None, 3, 7, 6, 7, 7, None], sums=sums)).figures == {2: 5, 5: 7, 8: 12}
