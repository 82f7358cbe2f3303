"""Read the given files, let each play its part, roll up and check: everything short of writing."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Final

from lkj_xlsx.checks import check
from lkj_xlsx.errors import BadRequest
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.model import Budget, Identity
from lkj_xlsx.readers import glp039, read, workbook
from lkj_xlsx.rollup import Rollup, roll_up

PRECEDENCE: Final = (glp039.FORMAT, workbook.FORMAT)
"""Whose lines are taken when several files bring some: SAKTI's own export before anything typed."""

NOT_USED: Final = "X101"


@dataclass(frozen=True, slots=True)
class Examination:
    """What the given files say together: one budget, what follows from it, and every finding."""

    budget: Budget
    rollup: Rollup
    findings: tuple[Finding, ...]


def examine(files: Sequence[Path], periode: str | None = None) -> Examination:
    """Read files, let each play its part, roll up and check; raises LkjError when they do not fit together."""
    budgets = [read(file) for file in files]
    budget = combine(budgets, periode)
    rollup = roll_up(budget)
    return Examination(budget, rollup, check(budget, rollup))


def combine(budgets: Sequence[Budget], periode: str | None = None) -> Budget:
    """Take the lines of one document, and identity, indicators and scale from wherever they are given."""
    main = _main(budgets, periode)
    others = [budget for budget in budgets if budget is not main]
    _refuse_strangers(main, others)
    findings = [finding for budget in (main, *others) for finding in budget.findings]
    findings += [
        Finding(
            NOT_USED,
            Severity.INFO,
            Where(other.file),
            f"angka anggaran berkas ini tidak dipakai; yang dipakai {main.file} ({main.format})",
        )
        for other in others
        if len(other.lines)
    ]
    indikator = next((budget.indikator for budget in budgets if budget.indikator), ())
    skala = next((budget.skala for budget in budgets if budget.skala), ())
    identity = _identity(main, others, periode)
    return replace(main, identity=identity, indikator=indikator, skala=skala, findings=tuple(findings))


def _main(budgets: Sequence[Budget], periode: str | None) -> Budget:
    """Choose whose lines are reported: SAKTI before our workbook before a printed table, the latest month."""
    with_lines = [budget for budget in budgets if len(budget.lines)]
    if not with_lines:
        files = ", ".join(budget.file for budget in budgets)
        message = f"{files}: tidak ada baris anggaran; berikan ekspor SAKTI, atau isi lembar Anggaran"
        raise BadRequest(message)
    if periode:
        with_lines = [
            budget
            for budget in with_lines
            if budget.identity.periode is None or _within(budget.identity.periode, periode)
        ]
        if not with_lines:
            seen = ", ".join(f"{budget.file} ({budget.identity.periode})" for budget in budgets)
            message = f"tidak ada berkas untuk periode {periode}; yang diberikan: {seen}"
            raise BadRequest(message)
    rank = {name: order for order, name in enumerate(PRECEDENCE)}
    best = min(rank.get(budget.format, len(rank)) for budget in with_lines)
    with_lines = [budget for budget in with_lines if rank.get(budget.format, len(rank)) == best]
    latest = max(budget.identity.periode or "" for budget in with_lines)
    chosen = [budget for budget in with_lines if (budget.identity.periode or "") == latest]
    if len(chosen) > 1:
        files = ", ".join(budget.file for budget in chosen)
        message = f"{files}: {len(chosen)} berkas untuk periode yang sama ({latest or 'tidak disebut'}); berikan satu"
        raise BadRequest(message)
    return chosen[0]


def _within(given: str, wanted: str) -> bool:
    """Tell whether a document's period fits the wanted one; a year alone, on either side, fits its months."""
    return given == wanted or wanted.startswith(f"{given}-") or given.startswith(f"{wanted}-")


def _refuse_strangers(main: Budget, others: Sequence[Budget]) -> None:
    """Refuse files of another satker or year: their figures do not belong in one report."""
    for other in others:
        for name, words in (("kode_satker", "satker"), ("tahun", "tahun anggaran")):
            ours, theirs = getattr(main.identity, name), getattr(other.identity, name)
            if ours is not None and theirs is not None and ours != theirs:
                message = f"{main.file} untuk {words} {ours}, {other.file} untuk {theirs}; buat laporan terpisah"
                raise BadRequest(message)


def _identity(main: Budget, others: Sequence[Budget], periode: str | None) -> Identity:
    """Merge identities: the period of the figures, everything else first from what the officer typed."""
    typed = sorted((main, *others), key=lambda budget: budget.format != workbook.FORMAT)
    values = {
        field.name: next((value for budget in typed if (value := getattr(budget.identity, field.name))), None)
        for field in fields(Identity)
    }
    values["tahun"] = main.identity.tahun or values["tahun"]
    values["bulan"] = main.identity.bulan or values["bulan"]
    if periode:
        tahun, _, bulan = periode.partition("-")
        values["tahun"] = int(tahun)
        values["bulan"] = int(bulan) if bulan else values["bulan"]
    return Identity(**values)
