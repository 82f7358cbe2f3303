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
    cells = sorted(frozenset().union(*conflicts))
    taken = {cell: model.new_bool_var(f"{cell}") for cell in cells}
    for conflict in conflicts:
        model.add_bool_or([taken[cell] for cell in sorted(conflict)])
    for known in excluded:
        model.add_bool_or([~taken[cell] for cell in sorted(known)])
    model.minimize(sum(weights.get(cell, 1) * taken[cell] for cell in cells))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1  # several would race, and the first answer differ from run to run
    solver.parameters.cp_model_presolve = False  # small and plain: with the whole relaxation instead, 15 times faster
    solver.parameters.linearization_level = 2
    if solver.solve(model) != cp_model.OPTIMAL:
        return None
    return frozenset(cell for cell in cells if solver.boolean_value(taken[cell]))


def weight_of(cells: Iterable[int], weights: Mapping[int, int]) -> int:
    """Add up what cells weigh."""
    return sum(weights.get(cell, 1) for cell in cells)
