from collections.abc import Mapping, Sequence
from itertools import chain, combinations
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from lkj_xlsx.hitting_set import Cellset, lightest_hitting_set, weight_of

CELLS: Final = range(7)
SETS: Final = st.frozensets(st.sampled_from(CELLS), min_size=1, max_size=4)
CONFLICTS: Final = st.lists(SETS, min_size=1, max_size=7)
EXCLUDED: Final = st.lists(SETS, max_size=5)
WEIGHTS: Final = st.dictionaries(st.sampled_from(CELLS), st.integers(1, 4))


def all_hitting_sets(conflicts: Sequence[Cellset], excluded: Sequence[Cellset]) -> list[Cellset]:
    every = chain.from_iterable(combinations(CELLS, size) for size in range(len(CELLS) + 1))
    sets = (frozenset(cells) for cells in every)
    return [one for one in sets if all(one & c for c in conflicts) and not any(known <= one for known in excluded)]


@settings(max_examples=300)
@given(CONFLICTS, EXCLUDED, WEIGHTS)
def test_no_set_that_meets_every_conflict_and_holds_no_excluded_one_is_lighter(
    conflicts: list[Cellset], excluded: list[Cellset], weights: Mapping[int, int]
) -> None:
    found = lightest_hitting_set(conflicts, excluded, weights)
    possible = all_hitting_sets(conflicts, excluded)
    assert (found is None) == (not possible)
    if found is not None:
        assert found in possible
        assert weight_of(found, weights) == min(weight_of(one, weights) for one in possible)


@settings(max_examples=50)
@given(CONFLICTS, EXCLUDED, WEIGHTS)
def test_the_same_conflicts_give_the_same_set(
    conflicts: list[Cellset], excluded: list[Cellset], weights: Mapping[int, int]
) -> None:
    alike = [frozenset(sorted(conflict, reverse=True)) for conflict in conflicts]
    turned = dict(reversed(list(weights.items())))
    assert lightest_hitting_set(alike, excluded, turned) == lightest_hitting_set(conflicts, excluded, weights)


@settings(max_examples=50)
@given(CONFLICTS, WEIGHTS)
def test_excluding_each_that_is_found_gives_all_the_lightest_one_after_another(
    conflicts: list[Cellset], weights: Mapping[int, int]
) -> None:
    possible = all_hitting_sets(conflicts, [])
    least = min(weight_of(one, weights) for one in possible)
    found: list[Cellset] = []
    while (one := lightest_hitting_set(conflicts, found, weights)) and weight_of(one, weights) == least:
        found.append(one)
    assert len(found) == len(set(found))
    assert set(found) == {one for one in possible if weight_of(one, weights) == least}


def test_twins_of_a_cell_are_found_when_it_is_excluded() -> None:
    """Cells 0, 1 and 2 meet the same conflicts: one of them stands for all until it is excluded."""
    conflicts = [frozenset({0, 1, 2, 3}), frozenset({0, 1, 2, 4})]
    found: list[Cellset] = []
    for _ in range(3):
        found.append(lightest_hitting_set(conflicts, found, {}) or frozenset())
    assert found == [frozenset({cell}) for cell in range(3)]
    assert lightest_hitting_set(conflicts, found, {}) == frozenset({3, 4})


def test_one_heavy_cell_gives_way_to_two_light_ones_only_when_it_weighs_more_than_both() -> None:
    conflicts = [frozenset({0, 1}), frozenset({0, 2})]
    assert lightest_hitting_set(conflicts, [], {}) == frozenset({0})
    assert lightest_hitting_set(conflicts, [], {0: 3}) == frozenset({1, 2})


def test_where_every_way_is_excluded_there_is_none() -> None:
    assert lightest_hitting_set([frozenset({0, 1})], [frozenset({0})], {}) == frozenset({1})
    assert lightest_hitting_set([frozenset({0, 1})], [frozenset({0}), frozenset({1})], {}) is None
    assert lightest_hitting_set([frozenset()], [], {}) is None


def test_a_cell_weighs_1_unless_it_is_said_to_weigh_more() -> None:
    assert weight_of([1, 2, 3], {2: 3}) == 5
    assert weight_of([], {2: 3}) == 0
