"""Questions S: the category scale holds every percent once."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import Final

from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.model import Budget, Kategori
from lkj_xlsx.persen import spell_percent
from lkj_xlsx.rollup import Rollup

UNIT: Final = Decimal("0.01")
"""The step between two percents that are compared with a scale: a serapan has two decimals."""
FULL: Final = Decimal("100.00")
"""A scale must reach so far; what lies beyond, only some offices know."""


def check_gaps(budget: Budget, _rollup: Rollup) -> Iterator[Finding]:
    """S101: a percent falls into no category of the scale.

    ada persen yang tidak masuk kategori mana pun
    """
    steps = _sorted(budget.skala)
    if steps and steps[0].bawah is not None and steps[0].bawah > 0:
        lacking = _range(Decimal("0.00"), steps[0].bawah - UNIT)
        message = f"{lacking} tidak masuk kategori mana pun, di bawah `{steps[0].nama}`"
        yield Finding("S101", Severity.PERINGATAN, steps[0].where, message)
    for index, above in enumerate(steps[1:], start=1):
        below = max(steps[:index], key=_end)
        if below.atas is not None and above.bawah is not None and above.bawah - below.atas > UNIT:
            lacking = _range(below.atas + UNIT, above.bawah - UNIT)
            message = f"{lacking} tidak masuk kategori mana pun (`{below.nama}`, lalu `{above.nama}`)"
            yield Finding("S101", Severity.PERINGATAN, above.where, message, because=(below.where,))
    top = max(steps, key=_end, default=None)
    if top and top.atas is not None and top.atas < FULL:
        lacking = _range(top.atas + UNIT, FULL)
        message = f"{lacking} tidak masuk kategori mana pun, di atas `{top.nama}`"
        yield Finding("S101", Severity.PERINGATAN, top.where, message)


def check_overlaps(budget: Budget, _rollup: Rollup) -> Iterator[Finding]:
    """S102: a percent falls into two categories of the scale.

    ada persen yang masuk dua kategori
    """
    for one, other in combinations(_sorted(budget.skala), 2):
        if one.atas is None or other.bawah is None or other.bawah <= one.atas:
            low = one.bawah if other.bawah is None else other.bawah
            high = min((step.atas for step in (one, other) if step.atas is not None), default=None)
            message = f"{_range(low, high)} masuk ke `{one.nama}` dan `{other.nama}`"
            yield Finding("S102", Severity.PERINGATAN, other.where, message, because=(one.where,))


def _range(low: Decimal | None, high: Decimal | None) -> str:
    """Spell what lies between two bounds, one that is None left out."""
    if low == high:
        return "setiap persen" if low is None else spell_percent(low)
    ends = ("" if low is None else spell_percent(low), "ke atas" if high is None else f"sampai {spell_percent(high)}")
    return " ".join(end for end in ends if end)


def _end(step: Kategori) -> Decimal:
    """Give the percent at which a category ends."""
    return Decimal("Infinity") if step.atas is None else step.atas


def check_bounds(budget: Budget, _rollup: Rollup) -> Iterator[Finding]:
    """S103: a category ends below where it begins.

    batas atas kategori di bawah batas bawahnya
    """
    for step in budget.skala:
        if step.bawah is not None and step.atas is not None and step.atas < step.bawah:
            message = f"kategori `{step.nama}`: batas atas {step.atas} di bawah batas bawah {step.bawah}"
            yield Finding("S103", Severity.ERROR, step.where, message.replace(".", ","))


def _sorted(skala: tuple[Kategori, ...]) -> list[Kategori]:
    """Give the categories from the lowest up."""
    sound = [step for step in skala if step.bawah is None or step.atas is None or step.bawah <= step.atas]
    return sorted(sound, key=lambda step: (step.bawah is not None, step.bawah or Decimal(0)))
