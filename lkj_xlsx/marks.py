"""Cells of which something is known, without a Python object for each."""

import numpy as np
from numpy.typing import NDArray

Cells = NDArray[np.int64]


class Marks:
    """Cells of which something is known, whole runs of them in rising order."""

    def __init__(self) -> None:
        """Start without any."""
        self._runs: list[Cells] = []

    def add(self, run: Cells) -> None:
        """Mark a run of cells."""
        if len(run):
            self._runs.append(run)

    def __contains__(self, cell: int) -> bool:
        """Tell whether a cell is marked."""
        return any(run[min(int(np.searchsorted(run, cell)), len(run) - 1)] == cell for run in self._runs)
