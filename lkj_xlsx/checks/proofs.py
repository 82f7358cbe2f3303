"""What the equations force, and which of them prove it: every figure as it is after all faults are mended."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction

from lkj_xlsx.equations import Equation, Linear
from lkj_xlsx.finding import Where
from lkj_xlsx.persen import Bounds, bounds, places_of
from lkj_xlsx.repair import Diagnosis
from lkj_xlsx.system import System
from lkj_xlsx.trial import Value


class Forced:
    """The figures that the documents force: `values` of wrong and empty cells, `blanks` of the empty ones alone.

    Those `in_thousands` are certain only because their whole column is.
    """

    def __init__(self, system: System, diagnosis: Diagnosis) -> None:
        """Gather what every smallest repair agrees on, and what fills the empty cells that no fault touches."""
        self.system = system
        self.values: dict[int, Value] = {}
        self._proved: dict[int, frozenset[int]] = {}
        for fault in diagnosis.faults:
            self.values |= fault.figures
        for repair in diagnosis.filled:
            found = ((cell, repair.value(system, cell)) for cell in sorted(repair.domains))
            self.values |= {cell: value for cell, value in found if value is not None}
        repairs = [*diagnosis.filled, *(repair for fault in diagnosis.faults for repair in fault.repairs)]
        self.in_thousands = {
            cell
            for repair in repairs
            for cell in self.values
            if cell in repair.domains and repair.needs_steps(system, cell)
        }
        self.blanks = [cell for cell in self.values if self.is_blank(cell) and cell not in system.sums]

    def is_blank(self, cell: int) -> bool:
        """Tell whether a cell holds no figure."""
        return not self.system.known[cell]

    def printed(self, cell: int) -> Value:
        """Give what a cell prints; a percent that a program divided as its column would print it."""
        percent = self.system.percents.get(cell)
        if percent is None:
            return int(self.system.values[cell])
        forced = self.values.get(cell)
        places = places_of(forced) if isinstance(forced, Decimal) else percent.places
        return percent.as_printed(places) or Decimal(0)

    def now(self, cell: int, seen_from: int) -> Value:
        """Give the figure of a cell as another one needs it: forced where it is wrong or empty, else as printed."""
        values = {} if cell == seen_from else self.values
        if cell in self.system.sums and cell not in values:
            return self._amount(cell, values)
        return values.get(cell, self.printed(cell))

    def equations(self, cell: int) -> list[Equation]:
        """Give the equations that a cell stands in."""
        return [self.system.equation(index) for index in self.system.touching(cell)]

    def failing(self, cell: int) -> list[Equation]:
        """Give those that fail as printed."""
        return [equation for equation in self.equations(cell) if self._holds(equation, {}) is False]

    def proofs(self, cell: int) -> list[Equation]:
        """Give the equations that hold with the forced figure of a cell and did not with the printed one.

        Those that lean on another wrong cell only where nothing else proves it; those that lean on a figure which
        itself leans on this one only where nothing at all does.
        """
        proofs: dict[tuple[bool, bool], list[Equation]] = {}
        for equation in self.equations(cell):
            others = {c: self.values[c] for c in equation.cells if c in self.values and c != cell}
            mended = {**others, cell: self.values[cell]} if cell in self.values else others
            if self._holds(equation, mended) is not True:
                continue
            if self.is_blank(cell) or self._holds(equation, others) is False:
                is_circular = not others.keys() <= self._proved_without(cell)
                proofs.setdefault((is_circular, any(not self.is_blank(c) for c in others)), []).append(equation)
        return proofs[min(proofs)] if proofs else []

    def _proved_without(self, cell: int) -> frozenset[int]:
        """Give the forced cells whose figures follow from printed ones, step by step, and never from this cell."""
        if cell in self._proved:
            return self._proved[cell]
        proved: set[int] = set()
        open_ = self.values.keys() - {cell}
        while more := {c for c in open_ if any(self._makes(equation, c, proved) for equation in self.equations(c))}:
            proved |= more
            open_ -= more
        self._proved[cell] = frozenset(proved)
        return self._proved[cell]

    def _makes(self, equation: Equation, cell: int, proved: Collection[int]) -> bool:
        """Tell whether an equation gives the figure of a cell by cells that are printed right or proved."""
        is_known = all(c == cell or c in proved or not (c in self.values or self.is_blank(c)) for c in equation.cells)
        return is_known and self._holds(equation, self.values) is True

    def follows(self, cell: int) -> int | None:
        """Give the wrong cell from which a wrong one was computed: as printed, the two agree."""
        for equation in self.equations(cell):
            wrong = [c for c in equation.cells if c in self.values and c != cell and not self.is_blank(c)]
            if wrong and equation.head == cell and self._holds(equation, {}):
                return wrong[0]
        return None

    def printed_cells(self, equation: Equation) -> list[int]:
        """Give the cells of an equation, what makes up a sum that nobody prints instead of that sum."""
        cells: list[int] = []
        for cell in equation.cells:
            cells += [c for c in self._made(cell).cells if c != cell] if cell in self.system.sums else [cell]
        return cells

    def places(self, cell: int, proofs: list[Equation]) -> tuple[Where, ...]:
        """Name the cells that prove one, each once; what is itself empty or wrong gives way to what proves it.

        Without proofs, because other cells without a figure stand between: the printed cells around it.
        """
        cells: dict[int, None] = {}
        seen, waiting = {cell}, list(proofs or self.equations(cell))
        while waiting:
            for c in self.printed_cells(waiting.pop(0)):
                if c in seen:
                    continue
                seen.add(c)
                if c in self.values or self.is_blank(c):
                    more = (self.proofs(c) if c in self.values else []) or self.equations(c)
                    waiting += [equation for equation in more if cell not in equation.cells]
                else:
                    cells[c] = None
        return tuple(dict.fromkeys(self.system.where(c) for c in cells))

    def code(self, cell: int, proofs: list[Equation]) -> str:
        """Give the code of what proves a cell wrong, of its own total or quotient first."""
        equations = proofs or self.equations(cell)
        return next((equation.code for equation in equations if equation.head == cell), equations[0].code)

    def _holds(self, equation: Equation, values: Mapping[int, Value]) -> bool | None:
        """Test an equation with some figures in place of the printed ones; None when it cannot be tested."""
        if any(self.is_blank(cell) and cell not in values for cell in equation.cells):
            return None
        if isinstance(equation, Linear):
            return sum(sign * self._amount(cell, values) for cell, sign in equation.signs.items()) == 0
        (low, high), (p_low, p_high), (w_low, w_high) = (self.bounds(cell, values) for cell in equation.cells)
        if w_low <= 0:  # nothing divided by nothing is nothing
            return False if w_high == 0 and not low <= 0 <= high else None
        ratios = [Fraction(p) / w for p in (p_low, p_high) for w in (w_low, w_high)]
        return min(ratios) <= high and low <= max(ratios)

    def _amount(self, cell: int, values: Mapping[int, Value]) -> int:
        if cell in self.system.sums and cell not in values:
            return sum(self._amount(member, values) for member in self._made(cell).cells if member != cell)
        return int(values.get(cell, self.system.values[cell]))

    def _made(self, cell: int) -> Equation:
        """Give the equation of a sum that nobody prints."""
        return next(e for e in self.equations(cell) if isinstance(e, Linear) and e.head == cell)

    def bounds(self, cell: int, values: Mapping[int, Value]) -> Bounds:
        """Give what a cell can stand for, with some figures in place of the printed ones."""
        percent = self.system.percents.get(cell)
        if percent is None:
            amount = self._amount(cell, values)
            return amount, amount
        if cell not in values:
            return percent.bounds
        exact = Fraction(values[cell]) / 100
        return (exact, exact) if percent.is_exact else bounds(Decimal(values[cell]), percent.rule)
