"""The smallest set of printed cells whose change makes all equations hold: error localisation (Fellegi and Holt, 1976).

Every equation that fails has at least one wrong cell, so a repair hits every one of them. The smallest hitting set
comes from a solver (OR-tools' CP-SAT, over yes-or-no variables only); whether it *is* a repair is decided by interval
propagation in exact fractions, and where it is not, the equations that refuse it, taken together, are one more set to
be hit. So no figure ever passes through a float, and the solver needs no large constants. Models: the R packages
errorlocate and deductive; implicit hitting sets. The reasons are in ADR 10.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from lkj_xlsx.equations import Linear
from lkj_xlsx.hitting_set import Cellset, lightest_hitting_set, weight_of
from lkj_xlsx.misprint import one_digit_off, slip
from lkj_xlsx.propagation import Domains
from lkj_xlsx.system import System
from lkj_xlsx.trial import Repair, Trials, Value

Attempt = Callable[[Cellset], Repair | Cellset]

MOST_CHANGES: Final = 14
"""A part of a document that needs more repairs than this at once is only reported, not localised."""
MOST_REPAIRS: Final = 25
"""So many equally small repairs of one part are listed; past that, what they agree on is proved figure by figure."""
MOST_STEPS: Final = 600
"""How many sets of cells are tried for one part of a document: some two seconds of it, the same on every machine."""
DEAR: Final = 25
"""With so many conflicts more, the next set costs the solver a step more."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A part of the documents that contradicts itself: the equations that fail, and its smallest repairs.

    `certain` are the cells that every smallest repair changes, `figures` what every one of them puts there or into an
    empty cell, `suspects` the cells that one or another changes. `repairs` may be only some where there are many, and
    every cell is suspect then; there are none where none was found within limits. `equations` is empty when only empty
    cells cannot be filled.
    """

    equations: tuple[int, ...]
    repairs: tuple[Repair, ...]
    certain: tuple[int, ...]
    suspects: tuple[int, ...]
    figures: Mapping[int, Value]

    def values(self, system: System, cell: int) -> tuple[Value, ...]:
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


class _Exhausted(Exception):
    """So many sets of cells were tried that the rest stays open."""


class _Search:
    """The parts being repaired; a conflict is a set of cells of which at least one is wrong."""

    def __init__(self, system: System) -> None:
        self.system, self.trials = system, Trials(system)
        self.failing = system.failing()
        self.steps = 0

    def diagnosis(self) -> Diagnosis:
        """Solve part after part; parts that turn out to share a cell, printed or empty, are solved again as one."""
        conflicts = [self.trials.support(index) for index in self.failing]
        filled: list[tuple[Cellset, Repair]] = []
        for equations in self._blank_parts():
            outcome = self.trials.attempt(frozenset(), equations)
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
            cells = self._reach(part)
            known = [conflicts for conflicts, _ in solved if cells & self._reach(conflicts)]
            waiting = [other for other in todo if cells & self._reach(other)]
            if known or waiting:
                solved = [(conflicts, fault) for conflicts, fault in solved if conflicts not in known]
                todo = [other for other in todo if other not in waiting]
                todo.insert(0, [conflict for one in (part, *known, *waiting) for conflict in one])
            else:
                solved.append((part, fault))
        faults = tuple(sorted((fault for _, fault in solved), key=lambda fault: (fault.suspects, fault.equations)))
        doubtful = frozenset(cell for fault in faults for cell in fault.suspects)
        return Diagnosis(faults, tuple(repair for cells, repair in filled if not cells & doubtful))

    def _reach(self, conflicts: list[Cellset]) -> Cellset:
        """Give the cells of a part and the empty ones that its repairs may fill: what another part fills otherwise."""
        return self.trials.around(frozenset().union(*conflicts))[1]

    def _blank_parts(self) -> Iterator[list[int]]:
        """Give the equations of every run of empty cells that hang together through equations."""
        seen: set[int] = set()
        for cell in sorted(self.trials.blank - self.system.sums):
            if cell not in seen:
                equations, free = self.trials.around(frozenset({cell}))
                seen |= free
                yield equations

    def _solve(self, conflicts: list[Cellset]) -> Fault:
        """Find the smallest repairs of one part; conflicts found on the way are added to it."""
        self.steps = 0
        repairs, is_all = self._single_repairs(conflicts), True
        if not repairs and all(conflicts):
            repairs, is_all = self._larger_repairs(conflicts)
        sets = [repair.cells for repair in repairs]
        certain = frozenset.intersection(*sets) if sets else frozenset()
        suspects = frozenset().union(*(sets if is_all and sets else conflicts))
        if not is_all:
            certain = frozenset(cell for cell in certain if self._is_needed(cell, conflicts, repairs))
        figures = self._figures(certain, conflicts, repairs, is_all=is_all)
        return Fault(
            tuple(self._failing_in(conflicts)), repairs, tuple(sorted(certain)), tuple(sorted(suspects)), figures
        )

    def _failing_in(self, conflicts: list[Cellset]) -> list[int]:
        cells = frozenset().union(*conflicts)
        return [index for index in self.failing if cells & self.trials.support(index)]

    def _single_repairs(self, conflicts: list[Cellset]) -> tuple[Repair, ...]:
        """Try every one cell that stands in all conflicts."""
        failing = self._failing_in(conflicts)
        found = []
        for cell in sorted(frozenset.intersection(*conflicts)):
            if not all(cell in conflict for conflict in conflicts) or self.system.weights.get(cell, 1) > 1:
                continue
            outcome = self.trials.attempt(frozenset({cell}), failing)
            if isinstance(outcome, Repair):
                found.append(outcome)
            else:
                conflicts.append(outcome)
        return tuple(found)

    def _larger_repairs(self, conflicts: list[Cellset]) -> tuple[tuple[Repair, ...], bool]:
        """Find smallest repairs of several cells; tells whether these are all there are."""
        found: list[Repair] = []
        attempt, least = self._attempt_at(conflicts), MOST_CHANGES
        try:
            while len(found) < MOST_REPAIRS:
                repair = self._lightest(conflicts, least, attempt, [repair.cells for repair in found])
                if repair is None:
                    return tuple(found), True
                found.append(repair)
                least = weight_of(repair.cells, self.system.weights)
        except _Exhausted:
            pass
        return tuple(found), False

    def _attempt_at(self, conflicts: list[Cellset], within: Domains | None = None) -> Attempt:
        """Give what tries a set of cells for one part: freely, then with a cell held within bounds if that is asked."""
        failing = self._failing_in(conflicts)

        def attempt(chosen: Cellset) -> Repair | Cellset:
            freely = self.trials.attempt(chosen, failing)
            if within is None or not isinstance(freely, Repair):
                return freely
            return self.trials.attempt(chosen, failing, within, in_steps=freely.in_steps is not None)

        return attempt

    def _lightest(
        self,
        conflicts: list[Cellset],
        least: int,
        attempt: Attempt,
        excluded: Sequence[Cellset] = (),
    ) -> Repair | None:
        """Let the solver propose lightest hitting sets until one is a repair; None when none weighs so little.

        Conflicts found on the way are added.
        """
        while self.steps < MOST_STEPS:
            self.steps += 1 + len(conflicts) // DEAR
            chosen = lightest_hitting_set(conflicts, excluded, self.system.weights)
            if chosen is None or weight_of(chosen, self.system.weights) > least:
                return None
            outcome = attempt(chosen)
            if isinstance(outcome, Repair):
                return outcome
            conflicts.append(outcome)
        raise _Exhausted

    def _is_needed(self, cell: int, conflicts: list[Cellset], repairs: Sequence[Repair]) -> bool:
        """Tell whether no repair of the same weight does without a cell."""
        least = weight_of(repairs[0].cells, self.system.weights)
        without = [conflict - {cell} for conflict in conflicts]
        try:
            return self._lightest(without, least, self._attempt_at(conflicts)) is None
        except _Exhausted:
            return False

    def _figures(
        self, certain: Cellset, conflicts: list[Cellset], repairs: Sequence[Repair], *, is_all: bool
    ) -> dict[int, Value]:
        """Give the figures that every smallest repair puts into cells that are wrong for certain, or empty."""
        blank = frozenset(cell for repair in repairs for cell in repair.domains) & self.trials.blank
        figures: dict[int, Value] = {}
        for cell in sorted(certain | blank):
            values = {repair.value(self.system, cell) for repair in repairs}
            value = values.pop()
            if value is None or values or self._may_be_two_slips(cell, value, conflicts, repairs[0]):
                continue
            if is_all or self._is_forced(cell, value, conflicts, repairs):
                figures[cell] = value
        return figures

    def _may_be_two_slips(self, cell: int, value: Value, conflicts: list[Cellset], repair: Repair) -> bool:
        """Tell whether one wrong digit here and a slip in another cell explain as much as a figure that is no slip."""
        system, printed = self.system, int(self.system.values[cell])
        if not isinstance(value, int) or cell in self.trials.blank or slip(printed, value):
            return False
        failing = self._failing_in(conflicts)
        equations = [system.equation(index) for index in system.touching(cell)]
        for signs in (equation.signs for equation in equations if isinstance(equation, Linear)):
            others = sorted(signs.keys() - self.trials.blank - repair.cells)
            for other, wrong in product(others, one_digit_off(printed)):
                held = int(system.values[other])
                is_slip = slip(held, held + signs[other] * signs[cell] * (value - wrong))
                changed, within = repair.cells | {other}, {cell: (wrong, wrong)}
                if is_slip and isinstance(self.trials.attempt(changed, failing, within), Repair):
                    return True
        return False

    def _is_forced(self, cell: int, value: Value, conflicts: list[Cellset], repairs: Sequence[Repair]) -> bool:
        """Tell whether no repair of the same weight puts another figure into a cell."""
        least = weight_of(repairs[0].cells, self.system.weights)
        try:
            return not any(
                self._lightest(list(conflicts), least, self._attempt_at(conflicts, {cell: bounds}))
                for bounds in self.trials.elsewhere(cell, value)
            )
        except _Exhausted:
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
