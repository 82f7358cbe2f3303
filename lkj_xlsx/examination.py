"""Read the given files, let each play its part, check them all and roll up: everything short of writing."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lkj_xlsx import misfits
from lkj_xlsx.checks import Tally, Verdict, check, in_order
from lkj_xlsx.combining import JOINS, combine, ranked
from lkj_xlsx.engine import How
from lkj_xlsx.errors import BadRequest
from lkj_xlsx.finding import Finding, listed
from lkj_xlsx.inputs import Inputs
from lkj_xlsx.intake import Intake, take_in
from lkj_xlsx.merge import merge
from lkj_xlsx.model import Budget
from lkj_xlsx.rollup import Rollup, roll_up


@dataclass(frozen=True, slots=True)
class Examination:
    """What the given files say together: one budget, what follows from it, and every finding."""

    budget: Budget
    rollup: Rollup
    findings: tuple[Finding, ...]
    tally: Tally


def examine(
    files: Sequence[Path] | Inputs, periode: str | None = None, how: How | None = None, *, is_merged: bool = False
) -> Examination:
    """Read files, let each play its part, check and roll up; `is_merged` adds several satker up.

    Raises LkjError when they do not fit together.
    """
    how = how or How()
    return examine_documents(take_in(files, how), periode, how, is_merged=is_merged)


def examine_documents(
    intake: Intake, periode: str | None = None, how: How | None = None, *, is_merged: bool = False
) -> Examination:
    """Let each document play its part, check and roll up; see examine."""
    if not is_merged:
        _refuse_several(intake.budgets)
    budget = (merge if is_merged else combine)(intake.budgets, periode)
    rollup = roll_up(budget)
    verdict = check(ranked(intake.budgets), {id(budget.lines): rollup}, (how or How()).engine)
    found = [finding for finding in verdict.findings if finding.code not in JOINS]
    found += [finding for finding in budget.findings if finding.code in JOINS]
    return Examination(budget, rollup, in_order([*found, *intake.refused]), verdict.tally)


def audit(files: Sequence[Path] | Inputs, how: How | None = None) -> Verdict:
    """Read any mix of files and say everything that does not hold within them and between them."""
    how = how or How()
    intake = take_in(files, how)
    verdict = check(ranked(intake.budgets), engine=how.engine)
    return Verdict(in_order([*verdict.findings, *intake.refused]), verdict.tally)


def found_in_reading(intake: Intake, how: How | None = None) -> tuple[Finding, ...]:
    """Give what was found while reading, with the figure that the other cells force where a cell holds none.

    What finds no partner when documents are joined is told with it.
    """
    budgets = intake.budgets
    places = {(finding.code, finding.where) for budget in budgets for finding in budget.findings}
    if not places and len(budgets) == 1:
        return intake.refused
    found = check(ranked(budgets), engine=(how or How()).engine).findings
    own = [one for one in found if (one.code, one.where) in places or one.code in misfits.CODES]
    return in_order([*own, *intake.refused])


def _refuse_several(budgets: Sequence[Budget]) -> None:
    """Refuse documents of several satker in words that say what to ask for instead."""
    every = dict.fromkeys(one.identity.kode_satker for one in budgets if len(one.lines) and one.identity.kode_satker)
    if len(every) > 1:
        message = (
            f"berkas dari {len(every)} satker ({listed(list(every))}); `report --per satker -o FOLDER` menulis satu"
            " lampiran untuk setiap satker, `--gabung` menjumlahkan semuanya"
        )
        raise BadRequest(message)
