"""Printed figures as cells, and the equations between them: tested exactly, whole columns at a time.

Everything is added first and tested once, in numpy; only what fails is looked at by itself (repair.py).
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, wraps
from itertools import accumulate
from typing import Any, Final, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from lkj_xlsx.equations import BEYOND, Equation, Linear, Quotient, Status
from lkj_xlsx.exact_sums import HALF
from lkj_xlsx.finding import Where
from lkj_xlsx.marks import Marks
from lkj_xlsx.percent_cells import PercentCells
from lkj_xlsx.persen import Bounds
from lkj_xlsx.rupiah import LARGEST

Cells = NDArray[np.int64]
Signs = NDArray[np.int8]
T = TypeVar("T")

NOISE: Final = 4
"""A quotient computed by another program may be off by so many units in its last place."""
UNSURE: Final = 1e-12
"""Ratios that lie nearer than this to an edge, beside their size, are compared exactly."""


def kept(make: Callable[["System", int], T]) -> Callable[["System", int], T]:
    """Keep what is made of a cell or an equation, as long as its System lives."""

    @wraps(make)
    def once(system: "System", number: int) -> T:
        known = system.kept.setdefault(make.__name__, {})
        if number not in known:
            known[number] = make(system, number)
        return cast("T", known[number])

    return once


@dataclass(frozen=True, slots=True)
class Block:
    """A run of cells registered together: where each is, and what it is called."""

    first: int
    where: Callable[[int], Where]
    label: Callable[[int], str]


class System:
    """Cells and equations; add everything, then test."""

    def __init__(self) -> None:
        """Start empty."""
        self._values: list[Cells] = []
        self._known: list[NDArray[np.bool_]] = []
        self._blocks: list[Block] = []
        self._size = 0
        self._linears: list[tuple[str, Cells, Signs, Cells]] = []
        self._quotients: list[tuple[str, Cells]] = []
        self.percents = PercentCells()
        self.weights: dict[int, int] = {}
        self.steps: dict[int, int] = {}
        self.may_be_negative = Marks()
        self.sums: set[int] = set()
        self.may_be_empty = Marks()
        self.usual: dict[int, Decimal] = {}
        self.loose: set[str] = set()
        self.kept: dict[str, dict[int, Any]] = {}

    def add_cells(
        self, values: Cells, known: NDArray[np.bool_], where: Callable[[int], Where], label: Callable[[int], str]
    ) -> Cells:
        """Register a run of cells (rupiah; 0 for a percent); `where` and `label` take a position within the run."""
        self._blocks.append(Block(self._size, where, label))
        self._values.append(values)
        self._known.append(known)
        ids = np.arange(self._size, self._size + len(values), dtype=np.int64)
        self._size += len(values)
        return ids

    def add_rows(self, code: str, columns: Sequence[Cells], signs: Sequence[int]) -> None:
        """Add one linear equation a row of the columns; the first is the head. A row with a cell of -1 has none."""
        rows = np.column_stack(columns)
        rows = rows[(rows >= 0).all(axis=1)]
        lengths = np.full(len(rows), len(columns), dtype=np.int64)
        self._linears.append((code, rows.ravel(), np.tile(np.array(signs, dtype=np.int8), len(rows)), lengths))

    def add_sums(self, code: str, heads: Sequence[int], members: Sequence[Sequence[int]]) -> None:
        """Add one equation a head: it is the sum of its members."""
        flat = [cell for own in members for cell in own]
        lengths = [len(own) for own in members]
        self.add_column_of_sums(code, *(np.array(part, dtype=np.int64) for part in (heads, flat, lengths)))

    def add_column_of_sums(self, code: str, heads: Cells, members: Cells, lengths: Cells) -> None:
        """Add one equation a head: it is the sum of so many of the members, which stand one head's after another's."""
        starts = np.cumsum(lengths) - lengths
        cells = np.insert(members, starts, heads)
        signs = np.ones(len(cells), dtype=np.int8)
        signs[starts + np.arange(len(heads))] = -1
        self._linears.append((code, cells, signs, lengths + 1))

    def add_quotients(
        self, code: str, heads: Sequence[int] | Cells, parts: Sequence[int] | Cells, wholes: Sequence[int] | Cells
    ) -> None:
        """Add one equation a head: a percent cell that is its part divided by its whole."""
        self._quotients.append((code, np.array([heads, parts, wholes], dtype=np.int64)))

    def add_sum(self, code: str, members: Sequence[int]) -> int:
        """Register the sum of some cells that no document prints, so that a percent can divide it."""
        values = np.concatenate(self._values)[list(members)]
        known = bool(np.concatenate(self._known)[list(members)].all())
        value = sum(values.tolist()) if known else 0
        where, label = self.where(members[0]), self.label(members[0])
        (cell,) = self.add_cells(
            np.array([value], dtype=np.int64), np.array([known]), lambda _: where, lambda _: label
        ).tolist()
        self.add_sums(code, [cell], [members])
        self.sums.add(cell)
        return int(cell)

    @cached_property
    def values(self) -> Cells:
        """The amount of each cell, 0 where unknown."""
        return np.concatenate(self._values) if self._values else np.zeros(0, dtype=np.int64)

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        """Whether each cell holds a figure."""
        return np.concatenate(self._known) if self._known else np.zeros(0, dtype=np.bool_)

    @cached_property
    def _flat(self) -> tuple[Cells, Signs, Cells]:
        """All linear equations: their cells and signs, one after another, and where each begins."""
        none = np.zeros(0, dtype=np.int64)
        parts = [("", none, none.astype(np.int8), none), *self._linears]
        cells, signs, lengths = (np.concatenate([part[index] for part in parts]) for index in (1, 2, 3))
        return cells, signs, np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)

    @cached_property
    def _ratios(self) -> Cells:
        """All quotients: in three rows their percents, parts and wholes."""
        return np.concatenate([np.zeros((3, 0), dtype=np.int64), *(cells for _, cells in self._quotients)], axis=1)

    @cached_property
    def _ends(self) -> tuple[list[int], list[str]]:
        """Where each run of equations of one code ends, and that code."""
        runs = [(len(lengths), code) for code, _, _, lengths in self._linears]
        runs += [(cells.shape[1], code) for code, cells in self._quotients]
        return list(accumulate(length for length, _ in runs)), [code for _, code in runs]

    @cached_property
    def status(self) -> NDArray[np.int8]:
        """Test every equation: linear ones first, then quotients."""
        cells, signs, starts = self._flat
        if len(starts) > 1:
            values = self.values[cells]
            high = np.add.reduceat(signs * (values >> HALF), starts[:-1])
            low = np.add.reduceat(signs * (values & (2**HALF - 1)), starts[:-1])
            is_zero = (high + (low >> HALF) == 0) & (low & (2**HALF - 1) == 0)
            all_known = np.logical_and.reduceat(self.known[cells], starts[:-1])
            linear = np.where(all_known, np.where(is_zero, Status.HOLDS, Status.FAILS), Status.UNKNOWN)
        else:
            linear = np.zeros(0, dtype=np.int8)
        return np.concatenate([linear, self._test_quotients()]).astype(np.int8)

    def _test_quotients(self) -> NDArray[np.int8]:
        """Test the percents: in floats where these can tell, exactly where they cannot."""
        heads, parts, wholes = self._ratios
        status = np.full(len(heads), Status.UNKNOWN, dtype=np.int8)
        if not len(heads):
            return status
        is_known = self.known[heads] & self.known[parts] & self.known[wholes]
        is_of_amounts = ~np.isin(parts, self.percents.cells)
        is_tested = is_known & is_of_amounts & (self.values[wholes] != 0)
        is_of_nothing = is_known & is_of_amounts & (self.values[wholes] == 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = self.values[parts] / self.values[wholes]
        computed, low, high = self.percents.numbers(heads)
        for index in np.flatnonzero(is_tested & np.isnan(computed) & np.isnan(low)).tolist():
            printed = self.percents[int(heads[index])].printed
            computed[index] = printed if isinstance(printed, float) else np.nan
        is_near = np.abs(ratio - computed) <= NOISE * np.spacing(np.abs(computed))
        status[is_tested] = np.where(is_near, Status.HOLDS, Status.FAILS)[is_tested]
        margin = UNSURE * np.maximum(np.abs(ratio), 1)
        is_within = (low + margin < ratio) & (ratio < high - margin)
        is_without = (ratio < low - margin) | (high + margin < ratio)
        is_sure = is_tested & (self.values[wholes] > 0) & (is_within | is_without)
        status[is_sure] = np.where(is_within, Status.HOLDS, Status.FAILS)[is_sure]
        is_open = is_known & (~is_of_amounts | is_of_nothing | (is_tested & np.isnan(computed) & ~is_sure))
        for index in np.flatnonzero(is_open).tolist():
            status[index] = self._test_exactly(*self._ratios[:, index].tolist())
        return status

    def _test_exactly(self, head: int, part: int, whole: int) -> Status:
        (low, high), (p_low, p_high), (w_low, w_high) = (self.bounds(cell) for cell in (head, part, whole))
        if w_low <= 0:
            is_of_nothing = w_high == 0 and not low <= 0 <= high
            return Status.FAILS if is_of_nothing else Status.UNKNOWN
        ratios = [Fraction(p) / w for p in (p_low, p_high) for w in (w_low, w_high)]
        return Status.HOLDS if min(ratios) <= high and low <= max(ratios) else Status.FAILS

    @kept
    def bounds(self, cell: int) -> Bounds:
        """Give what a printed cell can stand for: one amount, or the ratios that print as its percent."""
        percent = self.percents.get(cell)
        if percent:
            return percent.bounds
        amount = int(self.values[cell])
        return amount, amount

    def widest(self, cell: int) -> Bounds:
        """Give what a cell could hold if nothing were printed in it."""
        if cell in self.percents:
            return -BEYOND, BEYOND
        return -LARGEST if cell in self.may_be_negative else 0, LARGEST

    @cached_property
    def _touching(self) -> tuple[Cells, Cells]:
        """For each cell its equations: sorted cells, and the equation of each."""
        cells, _, starts = self._flat
        linear, quotients = np.diff(starts), np.full(self._ratios.shape[1], len(self._ratios))
        of_equation = np.repeat(np.arange(len(linear) + len(quotients)), np.concatenate([linear, quotients]))
        cells = np.concatenate([cells, self._ratios.T.ravel()])
        order = np.argsort(cells, kind="stable")
        return cells[order], of_equation[order]

    @kept
    def touching(self, cell: int) -> tuple[int, ...]:
        """Give the numbers of the equations that a cell stands in, without loose ones."""
        cells, equations = self._touching
        first, last = np.searchsorted(cells, [cell, cell + 1])
        return tuple(index for index in equations[first:last].tolist() if self.code_of(index) not in self.loose)

    @kept
    def equation(self, index: int) -> Equation:
        """Give one equation by its number."""
        _, _, starts = self._flat
        if index < len(starts) - 1:
            cells, signs = (part[starts[index] : starts[index + 1]].tolist() for part in self._flat[:2])
            rest = sum(sign * int(self.values[cell]) for cell, sign in zip(cells, signs, strict=True))
            return Linear(self.code_of(index), cells[0], dict(zip(cells, signs, strict=True)), rest)
        return Quotient(self.code_of(index), *self._ratios[:, index - len(starts) + 1].tolist())

    def failing(self) -> list[int]:
        """Give the numbers of the equations that fail, in the order in which they were added.

        Those of a loose code (last month's cumulative is this month's lalu, unless something was posted late) may fail
        without a misprint: they are tested, and no cell is changed for them.
        """
        failing = np.flatnonzero(self.status == Status.FAILS).tolist()
        return [index for index in failing if self.code_of(index) not in self.loose]

    def code_of(self, index: int) -> str:
        """Give the code of the question that an equation asks."""
        ends, codes = self._ends
        return codes[bisect_right(ends, index)]

    def block_of(self, cell: int) -> tuple[Block, int]:
        """Give the run that a cell was registered in, and its position there."""
        firsts = [block.first for block in self._blocks]
        block = self._blocks[int(np.searchsorted(firsts, cell, side="right")) - 1]
        return block, cell - block.first

    def where(self, cell: int) -> Where:
        """Name the place of a cell."""
        block, position = self.block_of(cell)
        return block.where(position)

    def label(self, cell: int) -> str:
        """Say what a cell is: `SUB TOTAL (6709) pagu`."""
        block, position = self.block_of(cell)
        return block.label(position)
