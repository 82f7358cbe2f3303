"""Percents: divide exactly, round once by a named rule, print; and what a percent that somebody printed can stand for.

A percent is a `Decimal` of percent points whose exponent is its precision: `99.90` says more than `99.9`. A printed one
stands for every ratio that rounds to it, so it is tested as an interval, never as a number.
"""

import math
import re
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import Final


class Rule(Enum):
    """How a column drops decimals; the words are the ones the user reads."""

    HALF_UP = "dibulatkan ke yang terdekat, 5 ke atas"
    """Serapan, sisa %: measured on the seed, every cell that can tell is rounded half-up."""
    CUT = "dipotong"
    """`% Capaian`: measured on the seed, every cell that can tell is cut to a whole percent."""
    HALF_EVEN = "dibulatkan ke yang terdekat, 5 ke angka genap"


HALF_UP, CUT, HALF_EVEN = Rule

SLIVER: Final = Fraction(1, 10**40)
"""Closes a half-open interval: two different quotients of figures below 2^53 lie much farther apart."""

MOST_DECIMALS: Final = 8
"""A number in a cell with more decimals of a percent than this was divided by a program, not typed."""

_PERCENT: Final = re.compile(
    r"(?P<minus>[-\u2212])?\s*(?P<whole>[0-9]{1,6})(?:[.,](?P<decimals>[0-9]{1,12}))?\s*(?P<sign>%?)(?P<more>[%\s]*)",
    re.ASCII,
)

MEAN: Final = re.compile(r"rata\s*-?\s*rata", re.IGNORECASE)
"""What a row or column says that prints a mean of percents, not a ratio of sums."""

Number = int | Fraction
Bounds = tuple[Number, Number]


def percent(part: int, whole: int, *, places: int = 2, rule: Rule = HALF_UP) -> Decimal | None:
    """Divide exactly and round once: percent points, or None for a whole of 0.

    Serapan = realisasi / pagu x 100 (REGULATION.md 4); 0/0 has no value and prints `-`.
    """
    return None if whole == 0 else rounded_percent(Fraction(part, whole), places=places, rule=rule)


def rounded_percent(ratio: Fraction, *, places: int = 2, rule: Rule = HALF_UP) -> Decimal:
    """Round an exact ratio once, to percent points with `places` decimals."""
    scaled = abs(ratio) * 100 * 10**places
    units = int(scaled)
    rest = scaled - units
    half = Fraction(1, 2)
    if (rule is HALF_UP and rest >= half) or (rule is HALF_EVEN and (rest > half or (rest == half and units % 2))):
        units += 1
    return Decimal(units if ratio >= 0 else -units).scaleb(-places)


def places_of(value: Decimal) -> int:
    """Say with how many decimals a percent was printed."""
    return max(0, -int(value.as_tuple().exponent))


def bounds(value: Decimal, rule: Rule) -> Bounds:
    """Give the smallest and the largest ratio that print as this percent under a rule (1 is 100 percent)."""
    return _bounds(value, places_of(value), rule)  # 95.7 and 95.70 are equal, and stand for other ratios


@lru_cache(maxsize=4096)
def _bounds(value: Decimal, places: int, rule: Rule) -> Bounds:
    size, unit = Fraction(abs(value)) / 100, Fraction(1, 100 * 10**places)
    is_even = int(abs(value).scaleb(places)) % 2 == 0
    if rule is CUT:
        low, high = size, size + unit - SLIVER
    else:
        edge = unit / 2 if rule is HALF_UP or is_even else unit / 2 - SLIVER
        low, high = size - edge, size + (edge if rule is HALF_EVEN else unit / 2 - SLIVER)
    if value == 0:
        return -high, high
    return (low, high) if value > 0 else (-high, -low)


def bounds_of_number(value: float) -> Bounds:
    """Give the ratios that a number divided by a program can stand for: its last bits are noise."""
    exact, noise = Fraction(value), Fraction(math.ulp(value)) * 4
    return exact - noise, exact + noise


def best_rule(pairs: Iterable[tuple[Decimal, Fraction, int]], usual: Rule) -> tuple[Rule, int, int]:
    """Choose the rule by which most printed percents follow from their ratios; `usual` where several do alike.

    Each percent comes with its ratio, and how many of both there are.

    Gives with it how many percents tell it from another rule, and how many fit it.
    """
    fits, told = dict.fromkeys(Rule, 0), dict.fromkeys(Rule, 0)
    for value, ratio, count in pairs:
        fitting = [rule for rule in Rule if bounds(value, rule)[0] <= ratio <= bounds(value, rule)[1]]
        for rule in fitting:
            fits[rule] += count
            told[rule] += count * (len(fitting) < len(Rule))
    best = max(Rule, key=lambda rule: (fits[rule], rule is usual))
    return best, told[best], fits[best]


def percent_of_text(text: str) -> tuple[Decimal, bool] | None:
    """Read a text as one percent (`99,99%`, `99,20 %`, `1`), and tell whether it was well written, or None."""
    match = _PERCENT.fullmatch(text.strip())
    if match is None:
        return None
    digits = f"{match['whole']}.{match['decimals']}" if match["decimals"] else match["whole"]
    return Decimal(f"-{digits}" if match["minus"] else digits), not match["more"]


def spell_percent(value: Decimal | None) -> str:
    """Print percent points as the report does: `99,08%`; no value is `-`."""
    return "-" if value is None else f"{value:f}%".replace(".", ",")
