"""The lightest set with a member of every conflict: scipy's HiGHS, over yes-or-no variables and no figure at all."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

Cellset = frozenset[int]


def lightest_hitting_set(
    conflicts: Sequence[Cellset], excluded: Sequence[Cellset], weights: Mapping[int, int]
) -> tuple[Cellset, float]:
    """Give a lightest set that meets every conflict and contains none of the excluded sets, and its weight.

    A cell weighs 1 unless `weights` says more. Where there is no such set: the empty one, of infinite weight.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - half a second that sound documents do not pay

    cells = sorted(frozenset().union(*conflicts))
    place = {cell: index for index, cell in enumerate(cells)}
    rows = np.zeros((len(conflicts) + len(excluded), len(cells)))
    low, high = np.full(len(rows), -np.inf), np.full(len(rows), np.inf)
    for row, conflict in enumerate(conflicts):
        rows[row, [place[cell] for cell in conflict]] = 1
        low[row] = 1
    for row, known in enumerate(excluded, start=len(conflicts)):
        rows[row, [place[cell] for cell in known]] = 1
        high[row] = len(known) - 1
    of_cells = np.array([weights.get(cell, 1) for cell in cells], dtype=float)
    answer = milp(of_cells, constraints=LinearConstraint(rows, low, high), integrality=1, bounds=Bounds(0, 1))
    if not answer.success:
        return frozenset(), float("inf")
    chosen = frozenset(cell for cell, taken in zip(cells, answer.x, strict=True) if round(taken))
    return chosen, weight_of(chosen, weights)


def weight_of(cells: Iterable[int], weights: Mapping[int, int]) -> float:
    """Add up what cells weigh."""
    return float(sum(weights.get(cell, 1) for cell in cells))
