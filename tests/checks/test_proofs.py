from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from small_system import Figure, Table, slips, system_of, tables

from lkj_xlsx.checks.faults import tell_faults
from lkj_xlsx.checks.proofs import Forced
from lkj_xlsx.equations import Percent
from lkj_xlsx.repair import diagnose
from lkj_xlsx.system import System

SOME: Final = settings(max_examples=80)


def forced(system: System) -> Forced:
    return Forced(system, diagnose(system))


def drawn(table: Table, data: st.DataObject) -> System:
    """Change up to three figures of a table by a digit, and leave out up to three."""
    cells = st.sampled_from(range(len(table.figures)))
    wrong = data.draw(st.lists(cells, min_size=1, max_size=3, unique=True))
    changes: Mapping[int, Figure] = {cell: data.draw(st.sampled_from(slips(table.figures[cell]))) for cell in wrong}
    return table.system({**dict.fromkeys(data.draw(st.lists(cells, max_size=3))), **changes})


@SOME
@given(tables(), st.data())
def test_what_proves_a_figure_holds_with_it_and_not_without_it(table: Table, data: st.DataObject) -> None:
    one = forced(drawn(table, data))
    for cell in one.values:
        others = {other: value for other, value in one.values.items() if other != cell}
        for equation in one.proofs(cell):
            assert cell in equation.cells
            assert one._holds(equation, one.values) is True
            assert one.is_blank(cell) or one._holds(equation, others) is False


@SOME
@given(tables(), st.data())
def test_what_is_told_has_the_code_of_an_equation_of_its_cell_and_other_printed_cells_for_reasons(
    table: Table, data: st.DataObject
) -> None:
    system = drawn(table, data)
    one = forced(system)
    cell_at = {system.where(cell): cell for cell in range(len(table.figures))}
    for finding in tell_faults(system, diagnose(system), []):
        cell = cell_at[finding.where]
        reasons = [cell_at[where] for where in finding.because]
        assert cell not in reasons
        assert len(reasons) == len(set(reasons)) > 0
        assert all(system.known[other] for other in reasons)
        assert finding.code == "T111" or finding.code in {equation.code for equation in one.equations(cell)}
        if finding.expected is not None:
            assert all(other not in one.values for other in reasons)


def test_a_sound_system_forces_nothing() -> None:
    assert forced(system_of([9, 4, 5], sums=[(0, (1, 2))])).values == {}


def test_a_wrong_cell_is_proved_by_what_leans_on_no_other_wrong_cell() -> None:
    """Cell 0 is 9 by its lines and by cell 3; the sum of 0 and 5 would say so too, but 5 is wrong itself."""
    sums = [(0, (1, 2)), (3, (0,)), (6, (0, 5)), (7, (5,)), (8, (5,))]
    one = forced(system_of([8, 4, 5, 9, 0, 2, 10, 1, 1], sums=sums))
    assert one.values == {0: 9, 5: 1}
    assert [equation.head for equation in one.proofs(0)] == [0, 3]
    assert [equation.head for equation in one.proofs(5)] == [7, 8]


def test_a_wrong_cell_is_proved_by_what_leans_on_another_wrong_one_where_nothing_else_proves_it() -> None:
    """Cell 3 is 0 and 4; 0 is wrong, and what proves 0 proves 3 as well."""
    one = forced(system_of([8, 4, 5, 20, 1, 10, 9], sums=[(0, (1, 2)), (6, (0,)), (3, (0, 4)), (5, (3,))]))
    assert one.values == {0: 9, 3: 10}
    assert [equation.head for equation in one.proofs(3)] == [5]
    leaning = forced(system_of([9, 4, 5, None, 1], sums=[(0, (1, 2)), (3, (0, 4))]))
    assert leaning.values == {3: 10}
    wrong = forced(system_of([8, 4, 5, None, 1, 9], sums=[(0, (1, 2)), (5, (0,)), (3, (0, 4))]))
    assert wrong.values == {0: 9, 3: 10}
    (proof,) = wrong.proofs(3)
    assert proof.head == 3
    assert [place.cell for place in wrong.places(3, [proof])] == ["A5", "A2", "A3", "A6"]


def test_an_equation_that_an_empty_cell_keeps_from_being_tested_does_not_fail() -> None:
    one = forced(system_of([9, 4, None, None, 7, 4, 4], sums=[(0, (1, 2, 3)), (4, (5, 6))]))
    assert one.failing(0) == []
    assert [equation.head for equation in one.failing(5)] == [4]


def test_a_percent_of_nothing_fails_only_where_it_is_not_0() -> None:
    for printed, fails in (("100", True), ("0", False)):
        one = forced(system_of([Percent(Decimal(printed), places=0), 0, 0], ratios=[(0, 1, 2)]))
        assert bool(one.failing(0)) is fails


def test_a_wrong_percent_follows_the_wrong_figure_that_it_was_computed_from() -> None:
    sums, ratios = [(1, (3,)), (4, (1,)), (6, (1,)), (5, (2,))], [(0, 1, 2)]
    computed = forced(system_of([Percent(Decimal("80.00")), 800, 1000, 500, 500, 1000, 500], sums=sums, ratios=ratios))
    assert computed.values == {0: Decimal("50.00"), 1: 500}
    assert (computed.follows(0), computed.follows(1)) == (1, None)
    typed = forced(system_of([Percent(Decimal("81.00")), 800, 1000, 500, 500, 1000, 500], sums=sums, ratios=ratios))
    assert typed.values == {0: Decimal("50.00"), 1: 500}
    assert typed.follows(0) is None


def test_a_cell_without_proofs_has_the_code_of_its_own_equation_and_the_cells_beyond_the_empty_one() -> None:
    """Cell 0 is 1 less 2; 1 is empty, so the equation cannot be tested, and still 0 cannot be."""
    system = system_of([-548, None, 547, 547, 900, None], sums=[(3, (2,)), (4, (1, 5))], differences=[(0, 1, 2)])
    system.may_be_negative.add(np.array([0]))
    one = forced(system)
    assert one.failing(0) == []
    assert one.code(0, []) == "T107"
    assert [place.cell for place in one.places(0, [])] == ["A3", "A5"]


def test_the_code_of_a_cell_is_of_its_own_total_or_quotient_before_that_of_what_it_is_part_of() -> None:
    one = forced(system_of([9, 4, 5, 2], sums=[(0, (1, 2))], differences=[(1, 2, 3)]))
    equations = one.equations(1)
    assert [equation.code for equation in equations] == ["T101", "T107"]
    assert one.code(1, equations) == "T107"
    assert one.code(1, equations[:1]) == "T101"


def test_a_figure_is_seen_from_elsewhere_as_it_is_mended_and_from_its_own_cell_as_it_is_printed() -> None:
    one = forced(system_of([8, 4, 5, 9], sums=[(0, (1, 2)), (3, (0,))]))
    assert (one.now(0, 3), one.now(0, 0), one.printed(0), one.now(1, 0)) == (9, 8, 8, 4)


def test_a_sum_that_nobody_prints_is_shown_by_its_lines() -> None:
    system = system_of([30, 40, 7, Percent(Decimal("20.00")), 30, 40], sums=[(4, (0,)), (5, (1,))])
    whole = system.add_sum("X102", [0, 1])
    system.add_quotients("P101", [3], [2], [whole])
    one = forced(system)
    quotient = system.equation(system.failing()[0])
    assert one.printed_cells(quotient) == [3, 2, 0, 1]
    assert one.now(whole, 3) == 70


def test_a_sum_that_nobody_prints_is_no_empty_cell_to_be_filled() -> None:
    system = system_of([30, None, 7, 40], sums=[(3, (1,))])
    system.add_sum("X102", [0, 1])
    assert forced(system).blanks == [1]


def test_a_computed_percent_is_printed_with_the_decimals_of_what_it_should_be() -> None:
    system = system_of([Percent(0.9571), 957_1416, 10_000_000, 957_1416], sums=[(3, (1,))], ratios=[(0, 1, 2)])
    assert forced(system).printed(0) == Decimal("95.71")
    one = forced(
        system_of(
            [Percent(0.9571), 9_571_416, 10**7, 9_571_416, 10**7], sums=[(3, (1,)), (4, (2,))], ratios=[(0, 1, 2)]
        )
    )
    assert one.values == {0: Decimal("95.714")}
    assert str(one.printed(0)) == "95.710"


def test_no_figure_is_proved_by_another_that_was_found_with_it() -> None:
    """Cell 1 is what 3 leaves of 0, and the empty percent 2 is computed of it: that percent proves nothing."""
    cells: list[int | Percent | None] = [300, None, Percent(None), 100, 200, 400, 100]
    one = forced(system_of(cells, sums=[(0, (1, 3)), (6, (3,))], ratios=[(2, 1, 5)]))
    assert one.values == {1: 200, 2: Decimal("50.00")}
    assert [equation.code for equation in one.proofs(1)] == ["T101"]
    assert [place.cell for place in one.places(2, one.proofs(2))] == ["A6", "A1", "A4"]


def test_an_empty_cell_is_proved_by_what_leans_on_a_wrong_one_rather_than_by_what_leans_on_itself() -> None:
    """Cell 0 is wrong: 9 by two totals. So cell 1 is 5, and the empty percent of it is no proof of that."""
    cells: list[int | Percent | None] = [8, None, 4, 9, 9, Percent(None), 10]
    one = forced(system_of(cells, sums=[(0, (1, 2)), (3, (0,)), (4, (0,))], ratios=[(5, 1, 6)]))
    assert one.values == {0: 9, 1: 5, 5: Decimal("50.00")}
    assert [equation.code for equation in one.proofs(1)] == ["T101"]
    assert [place.cell for place in one.places(1, one.proofs(1))] == ["A3", "A4", "A5"]
