"""What follows when some cells are taken for wrong: what they must hold then, or which other cell is wrong too.

Decided by narrowing bounds (propagation.py), in exact integers and fractions; every trial is remembered.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

import numpy as np

from lkj_xlsx.equations import Equation, Linear
from lkj_xlsx.hitting_set import Cellset
from lkj_xlsx.persen import SLIVER, Bounds, Number
from lkj_xlsx.persen import bounds as ratios_of
from lkj_xlsx.propagation import Domains, propagate
from lkj_xlsx.system import System

Value = int | Decimal
"""Rupiah, or percent points as printed."""

MOST_MINIMISED: Final = 60
"""A refusal by more equations than this is taken as it is."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A set of cells whose change makes the equations hold, and what every free cell must then lie between.

    `in_steps` are the bounds when amounts keep to the whole thousands of their column; None where that cannot be.
    """

    cells: Cellset
    domains: Domains
    in_steps: Domains | None

    def value(self, system: System, cell: int) -> Value | None:
        """Give the one figure that a free cell must hold, None where several would do."""
        freely = _one_in(system, cell, self.domains)
        return _one_in(system, cell, self.in_steps or {}) if freely is None else freely

    def needs_steps(self, system: System, cell: int) -> bool:
        """Tell whether it is one figure only because its column is in whole thousands."""
        return _one_in(system, cell, self.domains) is None


def _one_in(system: System, cell: int, domains: Domains) -> Value | None:
    """Give the one figure within the bounds of a cell, None where there are several."""
    low, high = domains.get(cell) or (0, 1)
    if cell in system.percents:
        return system.percents[cell].spelled(low, high)
    return int(low) if low == high and not low % system.steps.get(cell, 1) else None


class Trials:
    """The cells of a system taken for wrong, set after set; `blank` are those that hold no figure."""

    def __init__(self, system: System) -> None:
        """Start with nothing tried."""
        self.system = system
        self.blank = frozenset(np.flatnonzero(~system.known).tolist()) | system.sums
        self._memory: dict[object, Domains | Cellset] = {}

    def support(self, index: int) -> Cellset:
        """Give the printed cells of an equation, those of a sum that nobody prints instead of it."""
        cells: set[int] = set()
        for cell in self.system.equation(index).cells:
            if cell in self.system.sums:
                made = next(c for i in self.system.touching(cell) if isinstance(c := self.system.equation(i), Linear))
                cells.update(made.cells)
            else:
                cells.add(cell)
        return frozenset(cells) - self.blank

    def around(self, changed: Cellset) -> tuple[list[int], Cellset]:
        """Give the equations that a change can touch, through empty cells too, and the cells it frees."""
        free, waiting = set(changed), list(changed)
        equations: dict[int, None] = {}
        while waiting:
            for index in self.system.touching(waiting.pop()):
                if index not in equations:
                    equations[index] = None
                    more = [c for c in self.system.equation(index).cells if c in self.blank and c not in free]
                    free.update(more)
                    waiting.extend(more)
        return sorted(equations), frozenset(free)

    def attempt(
        self,
        changed: Cellset,
        also: Iterable[int],
        within: Mapping[int, Bounds] | None = None,
        *,
        in_steps: bool = False,
    ) -> Repair | Cellset:
        """Change some cells so that the equations around them and `also` hold, else give cells of which one is wrong.

        `within` bounds what a cell may hold; `in_steps` keeps all amounts to whole thousands. What hangs together is
        tried together, and remembered: hitting sets share most of their parts.
        """
        around, free = self.around(changed)
        for index in also:
            blanks = [cell for cell in self.system.equation(index).cells if cell in self.blank and cell not in free]
            more, freed = self.around(frozenset(blanks)) if blanks else ([index], frozenset())
            around, free = [*around, *more, index], free | freed
        domains: Domains = {}
        stepped: Domains | None = {}
        for indices, cells in self._blocks(list(dict.fromkeys(around)), free):
            limits = {cell: bounds for cell, bounds in (within or {}).items() if cell in cells}
            outcome = self._tried(indices, cells, limits, in_steps=in_steps)
            if isinstance(outcome, frozenset):
                return outcome
            domains |= outcome
            if stepped is not None:
                narrower = self._tried(indices, cells, limits, in_steps=True)
                stepped = None if isinstance(narrower, frozenset) else stepped | narrower
        return Repair(changed, domains, stepped)

    def elsewhere(self, cell: int, value: Value) -> Iterator[Bounds]:
        """Give the bounds of every other figure that a cell could hold: those below, and those above."""
        lowest, highest = self.system.widest(cell)
        percent = self.system.percents.get(cell)
        low: Number = Fraction(value) if percent is None else Fraction(value) / 100
        high = low
        if percent and not percent.is_exact:
            low, high = ratios_of(Decimal(value), percent.rule)
        step = SLIVER if percent else 1
        return (side for side in ((lowest, low - step), (high + step, highest)) if side[0] <= side[1])

    def _blocks(self, indices: list[int], free: Cellset) -> Iterator[tuple[tuple[int, ...], Cellset]]:
        """Part equations into those that share free cells; one without any stands alone."""
        home: dict[int, int] = {}
        members: dict[int, list[int]] = {}
        for index in indices:
            own = {home[cell] for cell in self.system.equation(index).cells if cell in home}
            joined = [index, *(i for block in sorted(own) for i in members.pop(block))]
            members[index] = joined
            for i in joined:
                home.update((cell, index) for cell in self.system.equation(i).cells if cell in free)
        for joined in members.values():
            cells = frozenset(cell for i in joined for cell in self.system.equation(i).cells if cell in free)
            yield tuple(sorted(joined)), cells

    def _tried(self, indices: tuple[int, ...], free: Cellset, limits: Domains, *, in_steps: bool) -> Domains | Cellset:
        """Narrow the free cells of one block of equations; else give the cells that refuse it."""
        has_steps = in_steps and any(cell in self.system.steps for cell in free)
        key = (indices, free, tuple(sorted(limits.items())), has_steps)
        if key not in self._memory:
            equations = [self.system.equation(index) for index in indices]
            domains = propagate(self.system, equations, free, limits, in_steps=has_steps)
            if isinstance(domains, tuple):
                self._memory[key] = self._refusal(domains, free, limits, in_steps=has_steps)
            else:
                self._memory[key] = domains
        return self._memory[key]

    def _refusal(self, equations: tuple[Equation, ...], free: Cellset, limits: Domains, *, in_steps: bool) -> Cellset:
        """Give the printed cells of equations that cannot hold together, none of which can be left out."""
        kept = equations
        for one in equations if len(equations) <= MOST_MINIMISED else ():
            fewer = tuple(other for other in kept if other is not one)
            refusing = propagate(self.system, fewer, free, limits, in_steps=in_steps)
            if isinstance(refusing, tuple):
                kept = refusing
        return frozenset(cell for one in kept for cell in one.cells) - free - self.blank
