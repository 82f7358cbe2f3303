"""Narrow the bounds of cells that are not known to what equations leave them, in exact integers and fractions.

A pass over the equations narrows each free cell to what the others allow; passes repeat until nothing changes. Sound,
not complete: what it excludes is impossible, and a cell left with one figure must hold it.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from lkj_xlsx.equations import Equation, Linear, Quotient
from lkj_xlsx.hitting_set import Cellset
from lkj_xlsx.persen import Bounds, Number
from lkj_xlsx.rupiah import LARGEST
from lkj_xlsx.system import System

Domains = dict[int, Bounds]

MOST_ROUNDS: Final = 60
"""Propagation stops here: bounds may creep towards a limit for ever."""


def propagate(
    system: System,
    equations: Iterable[Equation],
    free: Cellset,
    within: Domains | None = None,
    *,
    in_steps: bool = False,
) -> Domains | tuple[Equation, ...]:
    """Narrow the bounds of the free cells until nothing changes; else give equations that cannot hold together.

    `within` are bounds to start from; `in_steps` keeps amounts to the whole thousands in which their column is kept.
    """
    state = _State(system, free, within or {}, in_steps=in_steps)
    todo = tuple(equations)
    for _ in range(MOST_ROUNDS):
        state.has_changed = False
        for index, equation in enumerate(todo):
            state.because = frozenset({index}).union(*(state.reasons.get(cell, ()) for cell in equation.cells))
            if not state.narrow(equation):
                return tuple(todo[reason] for reason in sorted(state.because))
        if not state.has_changed:
            break
    return state.domains


class _State:
    """The bounds of the free cells while they are narrowed, and which equations narrowed each."""

    def __init__(self, system: System, free: Cellset, within: Domains, *, in_steps: bool) -> None:
        self.system, self.in_steps = system, in_steps
        self.domains: Domains = {cell: within.get(cell) or system.widest(cell) for cell in free}
        self.reasons: dict[int, frozenset[int]] = {}
        self.because: frozenset[int] = frozenset()
        self.has_changed = False

    def of(self, cell: int) -> Bounds:
        """Give the bounds of a cell, free or printed."""
        return self.domains.get(cell) or self.system.bounds(cell)

    def keep(self, cell: int, low: Number, high: Number) -> bool:
        """Narrow a cell to within bounds; tells whether anything is left."""
        own = self.domains.get(cell)
        if own is None:
            first, last = self.system.bounds(cell)
            return low <= last and first <= high
        low, high = max(low, own[0]), min(high, own[1])
        if cell not in self.system.percents:
            step = self.system.steps.get(cell, 1) if self.in_steps else 1
            low, high = -(-low // step) * step, high // step * step
        if (low, high) != own:
            self.domains[cell] = low, high
            self.reasons[cell] = self.because
            self.has_changed = True
        return low <= high

    def narrow(self, equation: Equation) -> bool:
        """Narrow every cell of a equation; tells whether it can hold."""
        match equation:
            case Linear():
                return self._narrow_linear(equation)
            case Quotient():
                return self._narrow_quotient(equation)

    def _narrow_linear(self, equation: Linear) -> bool:
        free = [cell for cell in self.domains if cell in equation.signs]
        known = self.system.known
        rest = equation.rest - sum(equation.signs[c] * int(self.system.values[c]) for c in free if known[c])
        if not free:
            return rest == 0
        terms = {}
        for cell in free:
            low, high = self.domains[cell]
            sign = equation.signs[cell]
            terms[cell] = (low * sign, high * sign) if sign > 0 else (high * sign, low * sign)
        all_low, all_high = (rest + sum(term[i] for term in terms.values()) for i in (0, 1))
        for cell, (low, high) in terms.items():
            others_low, others_high = all_low - low, all_high - high
            sign = equation.signs[cell]
            bounds = (-others_high, -others_low) if sign > 0 else (others_low, others_high)
            if not self.keep(cell, *bounds):
                return False
        return True

    def _narrow_quotient(self, equation: Quotient) -> bool:
        head, part, whole = equation.cells
        is_printed = whole in self.domains and head not in self.domains and whole not in self.system.percents
        if is_printed and not self.keep(whole, 1, LARGEST):  # nobody prints a percent of nothing
            return False
        (q_low, q_high), (p_low, p_high), (w_low, w_high) = (self.of(cell) for cell in (head, part, whole))
        if w_high <= 0:
            return head in self.domains or w_high < 0 or q_low <= 0 <= q_high
        if w_low > 0:
            ratios = [Fraction(p) / w for p in (p_low, p_high) for w in (w_low, w_high)]
            if not self.keep(head, min(ratios), max(ratios)):
                return False
        products = [q * w for q in (q_low, q_high) for w in (w_low, w_high)]
        if not self.keep(part, min(products), max(products)):
            return False
        if q_low > 0 and p_low >= 0:
            return self.keep(whole, Fraction(p_low) / q_high, Fraction(p_high) / q_low)
        return True
