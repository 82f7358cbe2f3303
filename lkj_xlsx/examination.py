"""Read the given files, let each play its part, check them all and roll up: everything short of writing."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Final

from lkj_xlsx.checks import Tally, Verdict, check, in_order
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
    tally: Tally


def examine(files: Sequence[Path], periode: str | None = None) -> Examination:
    """Read files, let each play its part, check and roll up; raises LkjError when they do not fit together."""
    budgets = read_all(files)
    budget = combine(budgets, periode)
    rollup = roll_up(budget)
    verdict = check(ranked(budgets), {id(budget.lines): rollup})
    unused = [finding for finding in budget.findings if finding.code == NOT_USED]
    return Examination(budget, rollup, in_order([*verdict.findings, *unused]), verdict.tally)


def audit(files: Sequence[Path]) -> Verdict:
    """Read any mix of files and say everything that does not hold within them and between them."""
    return check(ranked(read_all(files)))


def found_in_reading(budgets: Sequence[Budget]) -> tuple[Finding, ...]:
    """Give what was found while reading, with the figure that the other cells force where a cell holds none."""
    places = {(finding.code, finding.where) for budget in budgets for finding in budget.findings}
    if not places:
        return ()
    return tuple(one for one in check(ranked(budgets)).findings if (one.code, one.where) in places)


def read_all(files: Sequence[Path]) -> list[Budget]:
    """Read each file, under a name that tells it from the others."""
    return [read(file, name) for file, name in zip(files, named(files), strict=True)]


def named(files: Sequence[Path]) -> list[str]:
    """Name files as findings do: by their own name, or as they were given where two have the same."""
    names = [file.name for file in files]
    return [str(file) if names.count(file.name) > 1 else file.name for file in files]


def ranked(budgets: Sequence[Budget]) -> list[Budget]:
    """Put documents in the order in which their figures are trusted: by PRECEDENCE, then the latest month first."""
    rank = {name: order for order, name in enumerate(PRECEDENCE)}
    latest = sorted(budgets, key=lambda budget: (budget.identity.periode or "", budget.file), reverse=True)
    return sorted(latest, key=lambda budget: rank.get(budget.format, len(rank)))


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
    findings += [
        Finding(
            NOT_USED,
            Severity.INFO,
            Where(main.file, table.printed["sheet"].iloc[0] if len(table.printed) else table.lines["sheet"].iloc[0]),
            f"angka tabel ini tidak dipakai; yang dipakai lembar {main.lines['sheet'].iloc[0]}",
        )
        for table in main.others
        if len(table.printed) or len(table.lines)
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
        for budget in budgets:
            sheets = [str(table.lines["sheet"].iloc[0]) for table in budget.others if len(table.lines)]
            if sheets:
                names = ", ".join(f"`{sheet}`" for sheet in sheets)
                message = (
                    f"{budget.file}: {len(sheets)} lembar berisi tabel anggaran ({names});"
                    " sisakan satu, atau beri judul `Tabel C.1`"
                )
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
