"""A printed column of percents: what each cell says, by which rule it drops decimals, and whether it is a serapan."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from lkj_xlsx.persen import HALF_UP, MOST_DECIMALS, Rule, best_rule, places_of

FEWEST: Final = 2
"""So many percents are needed before a column can be said not to be realisasi / pagu."""
USUAL_PLACES: Final = 2
"""The decimals of a serapan, where no cell was typed and shows them, or where a program divided others beside it."""
FIFTEEN_DIGITS: Final = Fraction(1, 10**14)
"""How far a number of 15 digits may lie from the one that it was written for."""
ROUND: Final = (Decimal(0), Decimal(100))
"""Percents that tell nothing of the decimals of their column: most columns have some."""


@dataclass(frozen=True, slots=True)
class PercentColumn:
    """What a column prints: a Decimal of percent points, a float that a program divided, or None, a row each.

    `told` is how many cells tell `rule` from another, `fitting` how many of the `tested` follow from their row by it.
    """

    printed: tuple[Decimal | float | None, ...]
    places: int
    rule: Rule
    told: int
    fitting: int
    tested: int
    scale: float = 1.0
    """What a bare number was multiplied by to become a ratio."""

    @property
    def is_serapan(self) -> bool:
        """Tell whether the column is realisasi / pagu: at least half of many are."""
        return self.tested < FEWEST or self.fitting * 2 >= self.tested


def percent_column(
    raw: Sequence[Decimal | float | None],
    ratios: Mapping[int, Fraction],
    counts: Sequence[int] | None = None,
    quotients: int = 0,
) -> PercentColumn:
    """Read a column off its cells; `ratios` is realisasi / pagu of the rows that know both.

    A bare number (`float`) is a ratio or percent points, whichever fits more rows. `counts` says how often each row
    stands in the column, once where none is given; `quotients` how many more rows hold their very own ratio.
    """
    counts = counts or [1] * len(raw)
    scale = _scale(raw, ratios, counts, quotients)
    points = [
        _typed(value * scale, ratios.get(row)) if isinstance(value, float) else value for row, value in enumerate(raw)
    ]
    printed = _with_zeros(raw, points, Counted(ratios, counts, quotients))
    typed = [
        (value, ratios[row], counts[row])
        for row, value in enumerate(printed)
        if isinstance(value, Decimal) and row in ratios
    ]
    rule, told, fitting = best_rule(typed, HALF_UP)
    divided = [
        (value, ratios[row], counts[row])
        for row, value in enumerate(printed)
        if isinstance(value, float) and row in ratios
    ]
    near = quotients + sum(count for value, ratio, count in divided if abs(value - float(ratio)) < 10**-MOST_DECIMALS)
    places = max((places_of(value) for value in printed if isinstance(value, Decimal)), default=USUAL_PLACES)
    tested = quotients + sum(count for *_, count in (*typed, *divided))
    return PercentColumn(printed, places, rule, told, fitting + near, tested, scale)


class Counted(NamedTuple):
    """The rows that know their ratio, how often each stands in the column, and how many more hold their own ratio."""

    ratios: Mapping[int, Fraction]
    counts: Sequence[int]
    quotients: int


def _scale(
    raw: Sequence[Decimal | float | None], ratios: Mapping[int, Fraction], counts: Sequence[int], quotients: int
) -> float:
    """Choose 1 (ratios) or 1/100 (percent points) for bare numbers: what brings more of them nearer to their ratio."""
    votes = -quotients
    for row, value in enumerate(raw):
        if isinstance(value, float) and row in ratios:
            as_ratio, as_points = (abs(value * scale - float(ratios[row])) for scale in (1.0, 0.01))
            votes += ((as_points < as_ratio) - (as_ratio < as_points)) * counts[row]
    return 0.01 if votes > 0 else 1.0


def _typed(value: float, ratio: Fraction | None) -> Decimal | float:
    """Give a number typed in a cell as percent points; one that a program divided stays as it is.

    LibreOffice keeps 15 digits of a quotient: where these are those of the row's own, the quotient itself is given.
    """
    points = value * 100
    short = round(points, MOST_DECIMALS)
    if abs(points - short) <= 4 * math.ulp(points):
        return Decimal(repr(short)).normalize()
    is_own = ratio is not None and abs(Fraction(value) - ratio) <= abs(ratio) * FIFTEEN_DIGITS
    return float(ratio) if ratio is not None and is_own else value


def _with_zeros(
    raw: Sequence[Decimal | float | None], printed: Sequence[Decimal | float | None], counted: Counted
) -> tuple[Decimal | float | None, ...]:
    """Give numbers typed in cells the decimals of their column: a spreadsheet keeps no zeros at their end.

    They are those of most cells that can tell and know their ratio: one typed with more of them keeps its own.
    """
    is_number = [isinstance(value, float) for value in raw]
    told = Counter({USUAL_PLACES: counted.quotients} if counted.quotients else {})
    for row in counted.ratios:
        value = printed[row]
        if is_number[row] and value not in ROUND:
            told[places_of(value) if isinstance(value, Decimal) else USUAL_PLACES] += counted.counts[row]
    usual = max(sorted(told, reverse=True), key=told.__getitem__, default=0)
    return tuple(
        value.quantize(Decimal(1).scaleb(-max(usual, places_of(value))))
        if is_typed and isinstance(value, Decimal)
        else value
        for value, is_typed in zip(printed, is_number, strict=True)
    )
