"""Questions S: the category scale holds every percent once."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.model import Budget, Kategori
from lkj_xlsx.persen import spell_percent
from lkj_xlsx.rollup import Rollup

UNIT: Final = Decimal("0.01")
"""The step between two percents that are compared with a scale: a serapan has two decimals."""


def check_gaps(budget: Budget, _rollup: Rollup) -> Iterator[Finding]:
    """S101: a percent falls into no category of the scale.

    ada persen yang tidak masuk kategori mana pun
    """
    steps = _sorted(budget.skala)
    if steps and steps[0].bawah is not None and steps[0].bawah > 0:
        last = spell_percent(steps[0].bawah - UNIT)
        message = f"0,00% sampai {last} tidak masuk kategori mana pun, di bawah `{steps[0].nama}`"
        yield Finding("S101", Severity.PERINGATAN, steps[0].where, message)
    for below, above in pairwise(steps):
        if below.atas is not None and above.bawah is not None and above.bawah - below.atas > UNIT:
            first, last = spell_percent(below.atas + UNIT), spell_percent(above.bawah - UNIT)
            message = f"{first} sampai {last} tidak masuk kategori mana pun (`{below.nama}`, lalu `{above.nama}`)"
            yield Finding("S101", Severity.PERINGATAN, above.where, message, because=(below.where,))


def check_overlaps(budget: Budget, _rollup: Rollup) -> Iterator[Finding]:
    """S102: a percent falls into two categories of the scale.

    ada persen yang masuk dua kategori
    """
    for below, above in pairwise(_sorted(budget.skala)):
        if below.atas is None or above.bawah is None or above.bawah <= below.atas:
            low = above.bawah if above.bawah is not None else below.bawah
            high = below.atas if below.atas is not None else above.atas
            first, last = ("" if bound is None else spell_percent(bound) for bound in (low, high))
            both = first if first == last else f"{first} sampai {last}"
            message = f"{both} masuk ke `{below.nama}` dan `{above.nama}`"
            yield Finding("S102", Severity.PERINGATAN, above.where, message, because=(below.where,))


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
