"""Whose lines count when several documents are given, and what is taken from the others."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Final

from lkj_xlsx import misfits
from lkj_xlsx.errors import BadRequest
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.joining import join
from lkj_xlsx.model import Budget, Identity
from lkj_xlsx.readers import emon, glp039, monsakti, pok, printed, rkk, rkks, transaksi, workbook

CEILINGS: Final = (rkk.FORMAT, rkks.FORMAT, pok.FORMAT)
"""Documents of ceilings and plans: nothing in them is spent."""

PRECEDENCE: Final = (
    glp039.FORMAT,
    workbook.FORMAT,
    monsakti.FORMAT,
    *CEILINGS,
    printed.FORMAT,
    emon.FORMAT,
    transaksi.FORMAT,
)
"""Whose lines are taken when several files bring some: SAKTI's own export before anything typed, a budget with its
ceilings before what was printed of it, rounded figures and bare postings last."""

NOT_USED: Final = "X101"
JOINS: Final = frozenset((NOT_USED, *misfits.CODES))
"""The findings that follow from which document's lines count."""


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
    fitting = [other for other in ranked(others) if len(other.lines) and _is_within(other, periode)]
    done = join(main, fitting)
    taken = {other.file: words for other, words in zip(fitting, done.taken, strict=True)}
    _refuse_twins(fitting, taken)
    findings = [finding for budget in (main, *others) for finding in budget.findings]
    findings += done.findings
    findings += [_not_used(other, taken.get(other.file, ()), main) for other in others if len(other.lines)]
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
    identity = _identity(done.budget, others, periode)
    return replace(done.budget, identity=identity, indikator=indikator, skala=skala, findings=tuple(findings))


def _not_used(other: Budget, taken: Sequence[str], main: Budget) -> Finding:
    """Say that a document's figures are not used, or what was taken from it."""
    used = f"{main.file} ({main.format})"
    message = f"angka anggaran berkas ini tidak dipakai; yang dipakai {used}"
    if taken:
        message = f"{misfits.TAKEN} {', '.join(taken)}; angka lainnya dari {used}"
    return Finding(NOT_USED, Severity.INFO, Where(other.file), message)


def _refuse_twins(others: Sequence[Budget], taken: Mapping[str, Sequence[str]]) -> None:
    """Refuse two documents of one kind and period where something is taken from one: nothing says which is right."""
    kinds = Counter((other.format, other.identity.periode) for other in others)
    for other in others:
        kind = (other.format, other.identity.periode)
        if taken[other.file] and kinds[kind] > 1:
            alike = [one.file for one in others if (one.format, one.identity.periode) == kind]
            words = ", ".join(taken[other.file])
            message = (
                f"{', '.join(alike)}: {len(alike)} berkas sejenis, dan {words} diambil dari salah satu; berikan satu"
            )
            raise BadRequest(message)


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
        with_lines = [budget for budget in with_lines if _is_within(budget, periode)]
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


def _is_within(budget: Budget, wanted: str | None) -> bool:
    """Tell whether a document's period fits the wanted one; a year alone, on either side, fits its months."""
    given = budget.identity.periode
    if given is None or wanted is None:
        return True
    return given == wanted or wanted.startswith(f"{given}-") or given.startswith(f"{wanted}-")


def _refuse_strangers(main: Budget, others: Sequence[Budget]) -> None:
    """Refuse files of another satker or year: their figures do not belong in one report.

    What SAKTI makes without naming a satker (an RKK) names the unit at least.
    """
    for other in others:
        for name, words in (("kode_satker", "satker"), ("tahun", "tahun anggaran")):
            ours, theirs = getattr(main.identity, name), getattr(other.identity, name)
            if ours is not None and theirs is not None and ours != theirs:
                message = f"{main.file} untuk {words} {ours}, {other.file} untuk {theirs}; buat laporan terpisah"
                raise BadRequest(message)
        units = main.identity.unit, other.identity.unit
        if (
            all("." in unit for unit in units)
            and len(set(units)) > 1
            and workbook.FORMAT not in (main.format, other.format)
        ):
            message = f"{main.file} untuk unit {units[0]}, {other.file} untuk {units[1]}; buat laporan terpisah"
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
