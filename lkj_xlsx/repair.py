"""The smallest set of printed cells whose change makes all equations hold: error localisation (Fellegi and Holt, 1976).

Every equation that fails has at least one wrong cell, so a repair hits every one of them. The smallest hitting set
comes from a solver (OR-tools' CP-SAT, over yes-or-no variables only); whether it *is* a repair is decided by interval
propagation in exact fractions, and where it is not, the equations that refuse it, taken together, are one more set to
be hit. So no figure ever passes through a float, and the solver needs no large constants. Models: the R packages
errorlocate and deductive; implicit hitting sets. The reasons are in ADR 10.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import numpy as np

from lkj_xlsx.equations import Equation, Linear
from lkj_xlsx.hitting_set import Cellset, lightest_hitting_set, weight_of
from lkj_xlsx.propagation import Domains, propagate
from lkj_xlsx.system import System

MOST_CHANGES: Final = 14
"""A part of a document that needs more repairs than this at once is only reported, not localised."""
MOST_REPAIRS: Final = 200
"""So many equally small repairs of one part are listed; past that none of them is believed."""
MOST_STEPS: Final = 1000
"""How many hitting sets are tried for one part of a document."""
MOST_MINIMISED: Final = 60
"""A refusal by more equations than this is taken as it is."""
UNSURE: Final = 3
"""The weight of a cell that is unlikely to be wrong."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A set of cells whose change makes the equations hold, and what every free cell must then lie between.

    `in_steps` are the bounds when amounts keep to the whole thousands of their column; None where that cannot be.
    """

    cells: Cellset
    domains: Domains
    in_steps: Domains | None

    def value(self, system: System, cell: int) -> int | Decimal | None:
        """Give the one figure that a free cell must hold, None where several would do."""
        for domains in (self.domains, self.in_steps):
            low, high = (domains or {}).get(cell) or (0, 1)
            if cell in system.percents:
                if (spelled := system.percents[cell].spelled(low, high)) is not None:
                    return spelled
            elif low == high:
                return int(low)
        return None


@dataclass(frozen=True, slots=True)
class Fault:
    """A part of the documents that contradicts itself: the equations that fail, and its smallest repairs.

    `certain` are the cells that every smallest repair changes, `suspects` those that some do. Without repairs not all
    were found within limits: every cell is suspect. `equations` is empty when only empty cells cannot be filled.
    """

    equations: tuple[int, ...]
    repairs: tuple[Repair, ...]
    certain: tuple[int, ...]
    suspects: tuple[int, ...]

    def value(self, system: System, cell: int) -> int | Decimal | None:
        """Give the figure that a cell holds after every repair, None where they differ or leave it open."""
        values = {repair.value(system, cell) for repair in self.repairs}
        return values.pop() if len(values) == 1 else None

    def values(self, system: System, cell: int) -> tuple[int | Decimal, ...]:
        """Give the figures that a cell holds after one repair or another, where that is just one figure."""
        found = (repair.value(system, cell) for repair in self.repairs if cell in repair.cells)
        return tuple(dict.fromkeys(value for value in found if value is not None))


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Every fault, and for each run of empty cells what fills them."""

    faults: tuple[Fault, ...]
    filled: tuple[Repair, ...]


def diagnose(system: System) -> Diagnosis:
    """Localise every contradiction of a system, each part of it by itself, and fill what is empty."""
    if not system.failing() and bool(system.known.all()):
        return Diagnosis((), ())
    return _Search(system).diagnosis()


class _Search:
    """The parts being repaired; a conflict is a set of cells of which at least one is wrong."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.blank = frozenset(np.flatnonzero(~system.known).tolist()) | system.sums
        self.failing = system.failing()
        self._memory: dict[tuple[tuple[int, ...], Cellset], tuple[Domains, Domains | None] | Cellset] = {}

    def diagnosis(self) -> Diagnosis:
        """Solve part after part; parts that turn out to share a cell are solved again as one."""
        conflicts = [self._support(index) for index in self.failing]
        filled: list[tuple[Cellset, Repair]] = []
        for equations in self._blank_parts():
            outcome = self._repair_with(frozenset(), equations)
            if isinstance(outcome, Repair):
                touched = frozenset(cell for index in equations for cell in self.system.equation(index).cells)
                filled.append((touched, outcome))
            else:
                conflicts.append(outcome)
        todo = list(_parts(conflicts))
        solved: list[tuple[list[Cellset], Fault]] = []
        while todo:
            part = todo.pop(0)
            fault = self._solve(part)
            cells = frozenset().union(*part)
            known = [conflicts for conflicts, _ in solved if cells & frozenset().union(*conflicts)]
            waiting = [other for other in todo if cells & frozenset().union(*other)]
            if known or waiting:
                solved = [(conflicts, fault) for conflicts, fault in solved if conflicts not in known]
                todo = [other for other in todo if other not in waiting]
                todo.insert(0, [conflict for one in (part, *known, *waiting) for conflict in one])
            else:
                solved.append((part, fault))
        faults = tuple(sorted((fault for _, fault in solved), key=lambda fault: (fault.suspects, fault.equations)))
        doubtful = frozenset(cell for fault in faults for cell in fault.suspects)
        return Diagnosis(faults, tuple(repair for cells, repair in filled if not cells & doubtful))

    def _support(self, index: int) -> Cellset:
        """Give the printed cells of an equation, those of a sum that nobody prints instead of it."""
        cells: set[int] = set()
        for cell in self.system.equation(index).cells:
            if cell in self.system.sums:
                made = next(c for i in self.system.touching(cell) if isinstance(c := self.system.equation(i), Linear))
                cells.update(made.cells)
            else:
                cells.add(cell)
        return frozenset(cells) - self.blank

    def _blank_parts(self) -> Iterator[list[int]]:
        """Give the equations of every run of empty cells that hang together through equations."""
        seen: set[int] = set()
        for cell in sorted(self.blank - self.system.sums):
            if cell not in seen:
                equations, free = self._around(frozenset({cell}))
                seen |= free
                yield equations

    def _around(self, changed: Cellset) -> tuple[list[int], Cellset]:
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

    def _repair_with(self, changed: Cellset, also: Iterable[int]) -> "Repair | Cellset":
        """Try a set of changed cells: a repair, or else the cells of which one more is wrong.

        What hangs together is tried together, and remembered: hitting sets share most of their parts.
        """
        around, free = self._around(changed)
        for index in also:
            blanks = [cell for cell in self.system.equation(index).cells if cell in self.blank and cell not in free]
            more, freed = self._around(frozenset(blanks)) if blanks else ([index], frozenset())
            around, free = [*around, *more, index], free | freed
        domains: Domains = {}
        stepped: Domains | None = {}
        for indices, cells in self._blocks(list(dict.fromkeys(around)), free):
            outcome = self._tried(indices, cells)
            if isinstance(outcome, frozenset):
                return outcome
            domains |= outcome[0]
            stepped = None if stepped is None or outcome[1] is None else stepped | outcome[1]
        return Repair(changed, domains, stepped)

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

    def _tried(self, indices: tuple[int, ...], free: Cellset) -> "tuple[Domains, Domains | None] | Cellset":
        """Narrow the free cells of one block of equations, freely and in steps; else the cells that refuse it."""
        if (indices, free) not in self._memory:
            equations = [self.system.equation(index) for index in indices]
            domains = propagate(self.system, equations, free)
            if isinstance(domains, tuple):
                self._memory[indices, free] = self._refusal(domains, free)
            else:
                has_steps = any(cell in self.system.steps for cell in free)
                stepped = propagate(self.system, equations, free, in_steps=True) if has_steps else domains
                self._memory[indices, free] = domains, None if isinstance(stepped, tuple) else stepped
        return self._memory[indices, free]

    def _refusal(self, equations: tuple[Equation, ...], free: Cellset) -> Cellset:
        """Give the printed cells of equations that cannot hold together, none of which can be left out."""
        kept = equations
        for one in equations if len(equations) <= MOST_MINIMISED else ():
            fewer = tuple(other for other in kept if other is not one)
            if isinstance(refusing := propagate(self.system, fewer, free), tuple):
                kept = refusing
        return frozenset(cell for one in kept for cell in one.cells) - free - self.blank

    def _solve(self, conflicts: list[Cellset]) -> Fault:
        """Find the smallest repairs of one part; conflicts found on the way are added to it."""
        repairs, is_all = self._single_repairs(conflicts), True
        if not repairs and all(conflicts):
            repairs, is_all = self._larger_repairs(conflicts)
        sets = [repair.cells for repair in repairs]
        certain = frozenset.intersection(*sets) if sets else frozenset()
        suspects = frozenset().union(*(sets or conflicts))
        if not is_all:
            certain = frozenset(cell for cell in certain if self._is_needed(cell, conflicts, repairs[0]))
            repairs, suspects = (), frozenset().union(*conflicts)
        return Fault(tuple(self._failing_in(conflicts)), repairs, tuple(sorted(certain)), tuple(sorted(suspects)))

    def _failing_in(self, conflicts: list[Cellset]) -> list[int]:
        cells = frozenset().union(*conflicts)
        return [index for index in self.failing if cells & self._support(index)]

    def _single_repairs(self, conflicts: list[Cellset]) -> tuple[Repair, ...]:
        """Try every one cell that stands in all conflicts."""
        failing = self._failing_in(conflicts)
        found = []
        for cell in sorted(frozenset.intersection(*conflicts)):
            if not all(cell in conflict for conflict in conflicts) or self.system.weights.get(cell, 1) > 1:
                continue
            outcome = self._repair_with(frozenset({cell}), failing)
            if isinstance(outcome, Repair):
                found.append(outcome)
            else:
                conflicts.append(outcome)
        return tuple(found)

    def _larger_repairs(self, conflicts: list[Cellset]) -> tuple[tuple[Repair, ...], bool]:
        """Let the solver propose smallest hitting sets; tells whether all repairs of the least weight were found."""
        found: list[Repair] = []
        least = MOST_CHANGES
        for _ in range(MOST_STEPS):
            chosen = lightest_hitting_set(conflicts, [repair.cells for repair in found], self.system.weights)
            if chosen is None or weight_of(chosen, self.system.weights) > least:
                return tuple(found), True
            outcome = self._repair_with(chosen, self._failing_in(conflicts))
            if isinstance(outcome, Repair):
                least = weight_of(chosen, self.system.weights)
                found.append(outcome)
                if len(found) >= MOST_REPAIRS:
                    break
            else:
                conflicts.append(outcome)
        return tuple(found), False

    def _is_needed(self, cell: int, conflicts: list[Cellset], repair: Repair) -> bool:
        """Tell whether no repair of the same weight does without a cell."""
        least = weight_of(repair.cells, self.system.weights)
        for _ in range(MOST_STEPS):
            without = [conflict - {cell} for conflict in conflicts]
            chosen = lightest_hitting_set(without, [], self.system.weights)
            if chosen is None or weight_of(chosen, self.system.weights) > least:
                return True
            outcome = self._repair_with(chosen, self._failing_in(conflicts))
            if isinstance(outcome, Repair):
                return False
            conflicts.append(outcome)
        return False


def _parts(conflicts: list[Cellset]) -> Iterator[list[Cellset]]:
    """Part conflicts into groups that share no cell."""
    waiting = list(conflicts)
    while waiting:
        part = [waiting.pop(0)]
        cells = set(part[0])
        grown = True
        while grown:
            joined = [conflict for conflict in waiting if cells & conflict]
            grown = bool(joined)
            part += joined
            cells.update(*joined)
            waiting = [conflict for conflict in waiting if conflict not in joined]
        yield part
