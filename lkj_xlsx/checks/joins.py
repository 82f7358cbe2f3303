"""Questions of joins: what one document takes from another fits, and keeps under the ceilings of the first."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lkj_xlsx.case import unsettled
from lkj_xlsx.checks.totals import check_ceilings, check_spending_without_ceiling
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.joining import Joined, join
from lkj_xlsx.misfits import UNJOINED
from lkj_xlsx.model import Budget
from lkj_xlsx.rollup import roll_up


def tell_unsettled(budgets: Sequence[Budget]) -> Iterator[Finding]:
    """Tell of every document that may belong to several satker or years: it is neither joined nor compared."""
    for budget, homes in unsettled(budgets):
        files = ", ".join(home.file for home in homes)
        message = (
            f"tidak menyebut satker dan tahunnya, dan cocok dengan beberapa ({files}): tidak digabung dan tidak"
            " dibandingkan; berikan bersama berkas satu satker saja"
        )
        yield Finding(UNJOINED, Severity.PERINGATAN, Where(budget.file), message)


def tell_joins(budgets: Sequence[Budget]) -> Iterator[Finding]:
    """Join the documents of one satker and year, those trusted most first; give what does not fit."""
    with_lines = [budget for budget in budgets if len(budget.lines)]
    if len(with_lines) > 1:
        done = join(with_lines[0], with_lines[1:])
        yield from done.findings
        yield from _overspent(done, with_lines[1:])


def _overspent(done: Joined, others: Sequence[Budget]) -> Iterator[Finding]:
    """Find spending above its ceiling where the one is in one document and the other in another."""
    sources = [
        f"{word} dari {other.file}"
        for other, words in zip(others, done.taken, strict=True)
        for word in words
        if word in ("pagu", "realisasi")
    ]
    if sources:
        rollup = roll_up(done.budget)
        for check in (check_ceilings, check_spending_without_ceiling):
            for finding in check(done.budget, rollup):
                yield replace(finding, message=f"{finding.message}; {', '.join(sources)}")
