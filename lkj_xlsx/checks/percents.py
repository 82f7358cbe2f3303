"""Questions P: a printed percent is what its own row makes, rounded as its column rounds; a mean is one of its rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

import numpy as np

from lkj_xlsx.equations import Percent
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.kode import ROOT, level_of
from lkj_xlsx.model import PERSEN
from lkj_xlsx.persen import Bounds, Rule, bounds, bounds_of_number, rounded_percent, spell_percent
from lkj_xlsx.statements import Statements
from lkj_xlsx.system import System

WEIGHTED: Final = re.compile(r"tertimbang|berbobot", re.IGNORECASE)
"""What a mean is called that no plain mean of its rows needs to be."""


def equate_serapan(system: System, statements: Statements) -> None:
    """P101: a printed percent is not realisasi / pagu.

    persen yang tercetak bukan realisasi dibagi pagu
    """
    printed = np.flatnonzero(statements.ids[PERSEN] >= 0)
    columns = [statements.across(name)[printed] for name in ("realisasi", "pagu")]
    both = (columns[0] >= 0) & (columns[1] >= 0)
    heads, parts, wholes = (column[both] for column in (statements.ids[PERSEN][printed], *columns))
    system.add_quotients("P101", heads, parts, wholes)


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows that a mean may be of: what each of their percents stands for, None where none is printed."""

    rows: tuple[Percent | None, ...]

    @property
    def known(self) -> list[Percent]:
        """The rows that print a percent."""
        return [row for row in self.rows if row is not None]

    @property
    def counts(self) -> list[int]:
        """How many rows a mean may divide by: those that print a percent, or all, those left out as 0."""
        return [count for count in dict.fromkeys((len(self.known), len(self.rows))) if self.known]

    def fitting(self, printed: Decimal | float) -> list[int]:
        """Give the counts of rows for which the mean prints like this."""
        low, high = (sum((Fraction(row.bounds[side]) for row in self.known), Fraction()) for side in (0, 1))
        return [count for count in self.counts if _meets(printed, (low / count, high / count))]

    def spelled(self) -> str:
        """Say what the means of the printed percents are, by how many rows are counted."""
        total = sum((_ratio(row.printed) for row in self.known), Fraction())
        means = ((count, rounded_percent(total / count)) for count in self.counts)
        return "; ".join(f"{spell_percent(mean)} bila n = {count}" for count, mean in means)


def _ratio(printed: Decimal | float | None) -> Fraction:
    return Fraction(printed) if isinstance(printed, float) else Fraction(printed or 0) / 100


def _meets(printed: Decimal | float, mean: Bounds) -> bool:
    ranges = [bounds_of_number(printed)] if isinstance(printed, float) else [bounds(printed, rule) for rule in Rule]
    return any(low <= mean[1] and mean[0] <= high for low, high in ranges)


def tell_mean(where: Where, name: str, printed: Decimal | float, samples: Sequence[Sample]) -> Iterator[Finding]:
    """Say what is amiss with a printed mean: `samples` are the rows that it may be of, the likeliest first."""
    spelled = _spelled(printed)
    if WEIGHTED.search(name):
        yield Finding("P106", Severity.INFO, where, f"`{name}` {spelled} tidak diuji: rata-rata berbobot", spelled)
        return
    fitting = [(sample, sample.fitting(printed)) for sample in samples]
    if any(len(sample.rows) in counts for sample, counts in fitting):
        return
    partial = next(((sample, counts[0]) for sample, counts in fitting if counts), None)
    if partial:
        sample, count = partial
        left_out = len(sample.rows) - count
        message = f"rata-rata {spelled} dari {count} baris; {left_out} baris dilewati ({sample.spelled()})"
        yield Finding("P106", Severity.PERINGATAN, where, message, spelled)
    elif known := [sample for sample in samples if sample.known]:
        message = f"rata-rata tertulis {spelled}; dari barisnya {known[0].spelled()}"
        yield Finding("P106", Severity.ERROR, where, message, spelled)


def tell_mean_of_budget(document: Statements, row: int) -> Iterator[Finding]:
    """Say what is amiss with a mean in a budget table; officers call a ratio of sums one too."""
    printed, where = document.percents.printed[row], document.where(row, PERSEN)
    if printed is None:
        return
    realisasi, pagu = (document.amount(ROOT, name) for name in ("realisasi", "pagu"))
    ratio = Fraction(realisasi, pagu) if realisasi is not None and pagu else None
    samples = _samples_above(document, row)
    found = list(tell_mean(where, document.label(row), printed, samples))
    if found and ratio is not None and _meets(printed, (ratio, ratio)):
        spelled = _spelled(printed)
        message = f"`{document.label(row)}` {spelled} = jumlah realisasi / jumlah pagu, bukan rata-rata persen"
        yield Finding("P106", Severity.INFO, where, message, spelled)
    else:
        yield from found


def _samples_above(document: Statements, row: int) -> list[Sample]:
    """Give what a mean in a budget table may be of: its leaves, the rows of one level, its totals, everything."""
    before = max(np.flatnonzero(document.is_mean[:row]).tolist(), default=-1)
    levels = dict.fromkeys(level_of(path) for path in document.paths if path != ROOT)
    choices: list[Sample] = []
    for first in dict.fromkeys((before + 1, 0)):
        rows = [one for one in range(first, row) if not document.is_mean[one]]
        choices.append(_sample(document, [one for one in rows if document.is_leaf[one]]))
        choices += [
            _sample(document, [one for one in rows if level_of(document.paths[one]) is level]) for level in levels
        ]
        choices += [
            _sample(document, [one for one in rows if document.is_total[one] and document.paths[one] != ROOT]),
            _sample(document, rows),
        ]
    return choices


def _sample(document: Statements, rows: Sequence[int]) -> Sample:
    """Give what the percents of some rows stand for; a row without any figure is a heading, and no row."""
    printed = [document.percents.printed[row] for row in rows if document.has_figures[row]]
    rule = document.percents.rule
    return Sample(tuple(None if value is None else Percent(value, rule) for value in printed))


def _spelled(printed: Decimal | float) -> str:
    return spell_percent(rounded_percent(Fraction(printed)) if isinstance(printed, float) else printed)
