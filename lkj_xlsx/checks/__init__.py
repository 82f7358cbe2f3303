"""One file per letter of question asked of a document; each check is a generator of findings.

To ask a new question: write `check_…` whose docstring opens with its code and sentence, and put it into CHECKS.
"""

from collections.abc import Callable, Iterator
from typing import Final

from lkj_xlsx.checks.codes import check_duplicate_paths, check_indicators, check_orphans
from lkj_xlsx.checks.reading import READING
from lkj_xlsx.checks.totals import (
    check_ceilings,
    check_items,
    check_items_have_akun,
    check_magnitude,
    check_printed_totals,
    check_spending_without_ceiling,
)
from lkj_xlsx.finding import Finding
from lkj_xlsx.model import Budget
from lkj_xlsx.rollup import Rollup

Check = Callable[[Budget, Rollup], Iterator[Finding]]

CHECKS: Final[tuple[Check, ...]] = (
    check_duplicate_paths,
    check_orphans,
    check_indicators,
    check_printed_totals,
    check_items,
    check_items_have_akun,
    check_ceilings,
    check_spending_without_ceiling,
    check_magnitude,
)


def check(budget: Budget, rollup: Rollup) -> tuple[Finding, ...]:
    """Ask every question of one document; what its reader found comes first."""
    return (*budget.findings, *(finding for question in CHECKS for finding in question(budget, rollup)))


def catalogue() -> dict[str, str]:
    """List every finding there is: its code, and the sentence that says when it is made."""
    sentences = ((question.__doc__ or "").splitlines()[0] for question in CHECKS)
    asked = dict(sentence.split(": ", 1) for sentence in sentences)
    return dict(sorted({**READING, **asked}.items()))
