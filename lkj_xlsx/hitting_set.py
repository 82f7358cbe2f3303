"""The lightest set with a member of every conflict, by OR-tools' CP-SAT: yes or no, whole numbers, no float."""

from collections.abc import Iterable, Mapping, Sequence

Cellset = frozenset[int]


def lightest_hitting_set(
    conflicts: Sequence[Cellset], excluded: Sequence[Cellset], weights: Mapping[int, int]
) -> Cellset | None:
    """Give a lightest set that meets every conflict and contains none of the excluded sets, None where there is none.

    A cell weighs 1 unless `weights` says more. The same conflicts give the same set.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415 - a fifth of a second that sound documents do not pay

    model = cp_model.CpModel()
    taken = {cell: model.new_bool_var(f"{cell}") for cell in _useful(conflicts, excluded, weights)}
    for conflict in conflicts:
        model.add_bool_or([taken[cell] for cell in sorted(conflict & taken.keys())])
    for known in excluded:
        if known <= taken.keys():
            model.add_bool_or([~taken[cell] for cell in sorted(known)])
    model.minimize(sum(weights.get(cell, 1) * taken[cell] for cell in taken))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1  # several would race, and the first answer differ from run to run
    solver.parameters.cp_model_presolve = False  # small and plain: with the whole relaxation instead, 15 times faster
    solver.parameters.linearization_level = 2
    if solver.solve(model) != cp_model.OPTIMAL:
        return None
    return frozenset(cell for cell in taken if solver.boolean_value(taken[cell]))


def _useful(conflicts: Sequence[Cellset], excluded: Sequence[Cellset], weights: Mapping[int, int]) -> list[int]:
    """Give the cells of which a lightest set can be made: all but those in whose place another does at least as well.

    That other meets the same conflicts, weighs no more, and is in no excluded set. The lines of a total are so many
    twins: without them the solver is a hundred times faster.
    """
    met: dict[int, set[int]] = {}
    for index, conflict in enumerate(conflicts):
        for cell in conflict:
            met.setdefault(cell, set()).add(index)
    barred = frozenset().union(*excluded)
    free: list[int] = []
    for cell in sorted(met.keys() - barred, key=lambda cell: (-len(met[cell]), weights.get(cell, 1), cell)):
        if not _is_outdone(cell, free, met, weights):
            free.append(cell)
    return sorted([*free, *(cell for cell in barred & met.keys() if not _is_outdone(cell, free, met, weights))])


def _is_outdone(cell: int, by: Iterable[int], met: Mapping[int, set[int]], weights: Mapping[int, int]) -> bool:
    """Tell whether one of some cells meets all the conflicts that a cell does and weighs no more."""
    return any(met[cell] <= met[other] and weights.get(other, 1) <= weights.get(cell, 1) for other in by)


def weight_of(cells: Iterable[int], weights: Mapping[int, int]) -> int:
    """Add up what cells weigh."""
    return sum(weights.get(cell, 1) for cell in cells)
