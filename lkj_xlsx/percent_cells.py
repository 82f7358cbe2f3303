"""The printed percents of a System: what each cell stands for, made when it is asked for, and whole columns at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lkj_xlsx.equations import Percent

Numbers = NDArray[np.float64]
Cells = NDArray[np.int64]
NOTHING: Final = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class PercentColumnCells:
    """Cells in rising order: `make` says what the one at a place stands for.

    `computed` is the number of a cell that holds the very quotient of its row, `low` and `high` the ratios between
    which a percent written with decimals surely stands for its own; NaN elsewhere.
    """

    cells: Cells
    make: Callable[[int], Percent]
    computed: Numbers
    low: Numbers
    high: Numbers


class PercentCells:
    """Percents by the number of their cell."""

    def __init__(self) -> None:
        """Start without any."""
        self._made: dict[int, Percent] = {}
        self._columns: list[PercentColumnCells] = []

    def add(self, column: PercentColumnCells) -> None:
        """Add a column."""
        if len(column.cells):
            self._columns.append(column)

    def __setitem__(self, cell: int, percent: Percent) -> None:
        """Say what one cell stands for."""
        self._made[cell] = percent

    def get(self, cell: int) -> Percent | None:
        """Give what a cell stands for, None for an amount."""
        if cell not in self._made:
            for column in self._columns:
                place = int(np.searchsorted(column.cells, cell))
                if place < len(column.cells) and column.cells[place] == cell:
                    self._made[cell] = column.make(place)
        return self._made.get(cell)

    def __getitem__(self, cell: int) -> Percent:
        """Give what a percent stands for."""
        percent = self.get(cell)
        if percent is None:
            raise KeyError(cell)
        return percent

    def __contains__(self, cell: int) -> bool:
        """Tell whether a cell is a percent."""
        return self.get(cell) is not None

    @property
    def cells(self) -> Cells:
        """Every percent's cell."""
        own = np.fromiter(self._made, dtype=np.int64, count=len(self._made))
        return np.concatenate([own, *(column.cells for column in self._columns)])

    def numbers(self, heads: Cells) -> tuple[Numbers, Numbers, Numbers]:
        """Give of each cell `computed`, `low` and `high`."""
        computed, low, high = (np.full(len(heads), np.nan) for _ in range(3))
        for column in self._columns:
            places = np.searchsorted(column.cells, heads)
            is_own = column.cells[np.minimum(places, len(column.cells) - 1)] == heads
            own = places[is_own]
            computed[is_own], low[is_own], high[is_own] = column.computed[own], column.low[own], column.high[own]
        return computed, low, high
