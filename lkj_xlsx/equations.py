"""The vocabulary of what must hold between printed figures: linear equations, quotients, and what a percent stands for.

A *cell* is one figure that some document prints (or leaves empty), known by a number. An equation is linear (a total
and its lines, pagu - realisasi = sisa) or a quotient (a printed percent and what it divides). Amounts are exact
integers; a printed percent stands for an interval (persen.py).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import Final

from lkj_xlsx.persen import HALF_UP, Bounds, Number, Rule, bounds, bounds_of_number, rounded_percent

MOST_PLACES: Final = 16
"""With more decimals than this no two computed percents differ."""
BEYOND: Final = Fraction(10**9)
"""No percent that a report prints is larger."""


class Status(IntEnum):
    """What testing an equation gave."""

    HOLDS = 0
    FAILS = 1
    UNKNOWN = 2
    """A cell is empty or unreadable, or the ceiling is 0."""


@dataclass(frozen=True, slots=True)
class Linear:
    """A sum of cells, each with its sign, that must be 0; `head` is the total or remainder that the others make."""

    code: str
    head: int
    signs: Mapping[int, int]
    rest: int
    """The sum as printed, unknown cells counted as 0."""

    @property
    def cells(self) -> tuple[int, ...]:
        """Every cell of the equation, the head first."""
        return tuple(self.signs)


@dataclass(frozen=True, slots=True)
class Quotient:
    """A printed percent that must be what one cell makes of another."""

    code: str
    head: int
    part: int
    whole: int

    @property
    def cells(self) -> tuple[int, int, int]:
        """Every cell of the equation, the percent first."""
        return (self.head, self.part, self.whole)


Equation = Linear | Quotient


@dataclass(frozen=True, slots=True)
class Percent:
    """A percent cell: what it prints (a float was divided by a program), how its column rounds, whether it is exact."""

    printed: Decimal | float | None
    rule: Rule = HALF_UP
    places: int = 2
    is_exact: bool = False
    """A target, or a measure in a unit of its own: stands for itself, not for what rounds to it."""
    is_bare: bool = False
    """It prints no percent sign."""

    @property
    def bounds(self) -> Bounds:
        """The ratios that the cell can stand for (1 is 100 percent)."""
        if isinstance(self.printed, float):
            return bounds_of_number(self.printed)
        if self.printed is None:
            return -BEYOND, BEYOND
        exact = Fraction(self.printed) / 100
        return (exact, exact) if self.is_exact else bounds(self.printed, self.rule)

    def spelled(self, low: Number, high: Number) -> Decimal | None:
        """Give the percent that the column prints for a ratio between these, None where they print differently.

        Instead of a computed number, with as many decimals as tell it from that number.
        """
        if self.is_exact:
            scale = 100 * 10**self.places
            first, last = math.ceil(low * scale), math.floor(high * scale)
            return Decimal(first).scaleb(-self.places) if first == last else None
        for places in range(self.places, MOST_PLACES if isinstance(self.printed, float) else self.places + 1):
            lowest, highest = (rounded_percent(Fraction(ratio), places=places, rule=self.rule) for ratio in (low, high))
            if lowest != highest:
                return None
            if not isinstance(self.printed, float) or lowest != self.as_printed(places):
                return lowest
        return None

    def as_printed(self, places: int) -> Decimal | None:
        """Give what the cell prints, a computed number with so many decimals."""
        if isinstance(self.printed, float):
            return rounded_percent(Fraction(self.printed), places=places, rule=self.rule)
        return self.printed
