"""Cells of which something is known, without a Python object for each."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Cells = NDArray[np.int64]


class Marks:
    """Cells of which something is known, whole runs of them in rising order."""

    def __init__(self) -> None:
        """Start without any."""
        self._runs: list[Cells] = []

    def add(self, cells: int | Sequence[int] | Cells) -> None:
        """Mark a cell, or a run of them."""
        run = np.atleast_1d(np.asarray(cells, dtype=np.int64))
        if len(run):
            self._runs.append(run)

    def __iter__(self) -> Iterator[int]:
        """Give the marked cells."""
        return iter(np.concatenate([np.zeros(0, dtype=np.int64), *self._runs]).tolist())

    def __contains__(self, cell: int) -> bool:
        """Tell whether a cell is marked."""
        return any(run[min(int(np.searchsorted(run, cell)), len(run) - 1)] == cell for run in self._runs)
