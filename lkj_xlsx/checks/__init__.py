"""One file per letter of question asked of documents.

A question is an equation that printed figures must obey (`equate_…`: it adds equations to the System, which tests
and localises them), or a check (`check_…`: a generator of findings). Its docstring opens with its code and sentence;
the last line is the sentence as the user reads it. To ask a new one: write it, and put it into the tuple of what it
looks at.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from lkj_xlsx.case import Case, Group, grouped
from lkj_xlsx.checks.between import check_absent, check_comparable, equate_documents
from lkj_xlsx.checks.codes import check_duplicate_paths, check_orphans
from lkj_xlsx.checks.faults import FORCED_BLANK, tell_faults
from lkj_xlsx.checks.indicators import (
    check_codeless_indicators,
    check_indicators,
    check_means,
    check_repeated_indicators,
    check_rules,
    check_untested_percents,
    equate_capaian,
    equate_indicators,
)
from lkj_xlsx.checks.joins import tell_joins, tell_unsettled
from lkj_xlsx.checks.labels import check_labels, check_missing_totals, check_places_of_codes
from lkj_xlsx.checks.months import (
    check_decreasing,
    check_month_gaps,
    check_new_and_gone,
    check_revised_ceilings,
    check_two_files_a_month,
    check_unchained,
    equate_months,
    tell_late_postings,
)
from lkj_xlsx.checks.names import check_names
from lkj_xlsx.checks.percents import equate_serapan
from lkj_xlsx.checks.reading import READING
from lkj_xlsx.checks.scale import check_bounds, check_gaps, check_overlaps
from lkj_xlsx.checks.totals import (
    check_ceilings,
    check_items,
    check_items_have_akun,
    check_magnitude,
    check_net_of_blokir,
    check_spending_without_ceiling,
    check_totals_have_lines,
    equate_cumulatives,
    equate_remainders,
    equate_totals,
)
from lkj_xlsx.engine import Engine, Here
from lkj_xlsx.equations import Status
from lkj_xlsx.finding import Finding
from lkj_xlsx.model import Budget
from lkj_xlsx.repair import diagnose
from lkj_xlsx.rollup import Rollup, roll_up
from lkj_xlsx.statements import Statements
from lkj_xlsx.system import System

EQUATIONS: Final[tuple[Callable[[System, Statements], None], ...]] = (
    equate_totals,
    equate_remainders,
    equate_cumulatives,
    equate_serapan,
)
"""What one table's own figures must obey."""

EQUATIONS_BETWEEN: Final[tuple[Callable[[System, Case], None], ...]] = (
    equate_documents,
    equate_indicators,
    equate_capaian,
    equate_months,
)
"""What figures of several tables or months must obey."""

CHECKS: Final[tuple[Callable[[Budget, Rollup], Iterator[Finding]], ...]] = (
    check_duplicate_paths,
    check_labels,
    check_missing_totals,
    check_places_of_codes,
    check_items,
    check_items_have_akun,
    check_totals_have_lines,
    check_ceilings,
    check_spending_without_ceiling,
    check_magnitude,
    check_net_of_blokir,
    check_gaps,
    check_overlaps,
    check_bounds,
)
"""Questions asked of each table by itself."""

CHECKS_OF_LINES: Final[tuple[Callable[[Budget, Rollup], Iterator[Finding]], ...]] = (check_orphans,)
"""Questions asked only of the table whose lines count; others of the same file may say less of where a code belongs."""

CHECKS_OF_GROUP: Final[tuple[Callable[[Group], Iterator[Finding]], ...]] = (
    check_indicators,
    check_repeated_indicators,
    check_codeless_indicators,
    check_names,
    check_absent,
    check_comparable,
    check_rules,
    check_untested_percents,
    check_means,
    check_revised_ceilings,
    check_new_and_gone,
    check_decreasing,
    check_month_gaps,
    check_two_files_a_month,
)
"""Questions asked of all documents of one satker and year together."""

CHECKS_OF_ALL: Final[tuple[Callable[[Sequence[Sequence[Budget]]], Iterator[Finding]], ...]] = (check_unchained,)
"""Questions asked of everything that was given."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many equations there are: those that hold, those that fail, and those that could not be tested, by reason."""

    holding: int
    failing: int
    untested: Mapping[str, int]

    def __str__(self) -> str:
        """Spell the closing line of a check."""
        tested = self.holding + self.failing
        line = f"{_counted(tested)} persamaan diuji: {_counted(self.holding)} cocok, {_counted(self.failing)} tidak"
        if self.untested:
            each = [f"{_counted(count)} karena {reason}" for reason, count in self.untested.items()]
            reasons = ", ".join(each if len(each) > 1 else self.untested)
            line += f"; {_counted(sum(self.untested.values()))} tidak dapat diuji ({reasons})"
        return line


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking gave: every finding, by place, and how much was tested."""

    findings: tuple[Finding, ...]
    tally: Tally


def check(
    budgets: Sequence[Budget], rollups: Mapping[int, Rollup] | None = None, engine: Engine | None = None
) -> Verdict:
    """Ask every question of the given documents, those whose figures are trusted most first.

    Documents of one satker and year are checked together, each such group by itself, where `engine` works. `rollups`
    spares adding up again a budget whose roll-up is known, by the `id` of its lines. Raises nothing: what is wrong is
    a finding.
    """
    groups = list(grouped(budgets).values())
    one_group = len(groups) < 2  # noqa: PLR2004 - nothing to spread
    whole = check_group(budgets, rollups) if one_group else (engine or Here()).fold(check_group, _added, groups)
    found = [*whole.findings, *tell_unsettled(budgets)]
    found += [finding for of_all in CHECKS_OF_ALL for finding in of_all(groups)]
    return Verdict(in_order(found), whole.tally)


def check_group(budgets: Sequence[Budget], rollups: Mapping[int, Rollup] | None = None) -> Verdict:
    """Ask every question of the documents of one satker and year; see check."""
    case = Case(budgets)
    for document in case.documents:
        for equate in EQUATIONS:
            equate(case.system, document)
    for equate_between in EQUATIONS_BETWEEN:
        equate_between(case.system, case)
    reading = [finding for budget in budgets for finding in budget.findings]
    found = tell_faults(case.system, diagnose(case.system), reading)
    for budget in budgets:
        for table in (budget, *budget.others):
            rollup = (rollups or {}).get(id(table.lines)) or roll_up(table)
            asked = (*CHECKS_OF_LINES, *CHECKS) if table is budget else CHECKS
            found += [finding for question in asked for finding in question(table, rollup)]
    for group in case.groups:
        found += [finding for of_group in CHECKS_OF_GROUP for finding in of_group(group)]
        found += tell_late_postings(group)
        found += tell_joins(group.budgets)
    return Verdict(tuple(found), _tally(case.system))


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Put findings in the order of a reader's eye, file by file, sheet, row, column; each once."""

    def place(finding: Finding) -> tuple[Any, ...]:
        where = finding.where
        row, column = (-1 if part is None else part for part in (where.row, where.column))
        return where.file, where.sheet or "", row, column, finding.severity.rank, finding.code, finding.message

    return tuple(sorted(dict.fromkeys(findings), key=place))


def _tally(system: System) -> Tally:
    status = system.status
    untested: dict[str, int] = {}
    for index in np.flatnonzero(status == Status.UNKNOWN).tolist():
        cells = system.equation(index).cells
        reason = "sel kosong atau tidak terbaca" if not system.known[list(cells)].all() else "pagu atau target 0"
        untested[reason] = untested.get(reason, 0) + 1
    return Tally(int((status == Status.HOLDS).sum()), int((status == Status.FAILS).sum()), untested)


def _added(one: Verdict, other: Verdict) -> Verdict:
    """Put the verdicts of two groups together."""
    (a, b), reasons = (one.tally, other.tally), {**one.tally.untested, **other.tally.untested}
    untested = {why: a.untested.get(why, 0) + b.untested.get(why, 0) for why in reasons}
    tally = Tally(a.holding + b.holding, a.failing + b.failing, untested)
    return Verdict((*one.findings, *other.findings), tally)


def _counted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def catalogue() -> dict[str, str]:
    """List every finding there is: its code, and the sentence that says when it is made."""
    return {code: english for code, (english, _) in _sentences().items()}


def arti() -> dict[str, str]:
    """List every finding there is: its code, and the sentence that its reader knows it by."""
    return {code: indonesian for code, (_, indonesian) in _sentences().items()}


def _sentences() -> dict[str, tuple[str, str]]:
    asked = (*EQUATIONS, *EQUATIONS_BETWEEN, *CHECKS, *CHECKS_OF_LINES, *CHECKS_OF_GROUP, *CHECKS_OF_ALL)
    found = dict(READING)
    for question in asked:
        code, sentence = (question.__doc__ or "").splitlines()[0].split(": ", 1)
        found[code] = (sentence, (question.__doc__ or "").strip().splitlines()[-1].strip())
    found[FORCED_BLANK] = ("an empty cell that the others force.", "sel kosong yang isinya dipastikan sel lain")
    return dict(sorted(found.items()))
