"""Questions of indicators and percents: what each names, what it is computed from, how it is rounded."""

from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher

import numpy as np

from lkj_xlsx.case import Case, Group
from lkj_xlsx.checks.percents import Sample, tell_mean, tell_mean_of_budget
from lkj_xlsx.equations import Percent
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.kode import ROOT, level_of, parse, place, plain, short, spell
from lkj_xlsx.measures import Mean, Measured, Measures
from lkj_xlsx.persen import Rule, spell_percent
from lkj_xlsx.system import System


def equate_indicators(system: System, case: Case) -> None:
    """X104: an indicator's realisasi is not the serapan of its code.

    realisasi indikator bukan serapan kodenya
    """
    for measures in (measures for group in case.groups for measures in group.measures if measures.is_serapan):
        for row in measures.rows:
            if row.document is None or "realisasi" not in row.cells or not measures.is_percent(row):
                continue
            covers = [row.document.cover(row.path, name) for name in ("realisasi", "pagu")]
            if all(covers):
                part, whole = (c[0] if len(c) == 1 else system.add_sum("X104", c) for c in covers)
                system.add_quotients("X104", [row.cells["realisasi"]], [part], [whole])


def equate_capaian(system: System, case: Case) -> None:
    """P102: a printed % capaian is not realisasi / target.

    % capaian yang tercetak bukan realisasi dibagi target
    """
    for measures in (measures for group in case.groups for measures in group.measures):
        for row in measures.rows:
            names = ("capaian", "realisasi", "target")
            is_serapan = measures.is_serapan and measures.is_percent(row) and row.figure("capaian") is not None
            is_divided = row.figure("target") != 0 or is_serapan
            if is_divided and all(name in row.cells for name in names) and not measures.formula_of_capaian(row):
                system.add_quotients("P102", *([row.cells[name]] for name in names))


def check_indicators(group: Group) -> Iterator[Finding]:
    """K107: an indicator's code names no row of the budget, or several.

    kode indikator tidak menunjuk tepat satu baris anggaran
    """
    if not group.documents:
        return
    for indikator in (indikator for budget in group.budgets for indikator in budget.indikator):
        found = parse(indikator.kode) if indikator.kode else None
        path = place(found, ROOT) if found else ROOT
        if not indikator.kode or (found and any(document.find(path) for document in group.documents)):
            continue
        needs_code = indikator.realisasi is None and not indikator.cells
        severity = Severity.ERROR if needs_code else Severity.PERINGATAN
        outcome = "tidak dapat diuji" if indikator.cells else "realisasi yang diketik yang dicetak"
        outcome = "realisasinya tidak diketahui" if needs_code else outcome
        message = f"kode indikator `{indikator.kode}` tidak menunjuk tepat satu baris anggaran; {outcome}"
        yield Finding("K107", severity, indikator.where, message, indikator.kode)


def check_repeated_indicators(group: Group) -> Iterator[Finding]:
    """K111: two indicators have one code although a code beside it has none.

    dua indikator berkode sama, padahal kode di sebelahnya tidak punya indikator
    """
    for measures in (measures for measures in group.measures if measures.is_serapan):
        seen: dict[object, list[Measured]] = {}
        for row in measures.rows:
            if row.document is not None:
                seen.setdefault(row.path, []).append(row)
        for rows in list(seen.values()):
            document = rows[0].document
            if len(rows) < 2 or document is None:  # noqa: PLR2004 - two of one code
                continue
            level = level_of(rows[0].path)
            beside = [
                other
                for other, at in document.nodes.items()
                if at >= 0 and level_of(other) is level and other[:2] == rows[0].path[:2] and other not in seen
            ]
            if not beside:
                continue
            likeness = [(_likeness(row, document.name(other)), row, other) for row in rows for other in beside]
            _, wrong, meant = max(likeness, key=lambda found: found[0])
            message = (
                f"kode {short(rows[0].path)} dipakai dua indikator; mungkin maksudnya {short(meant)}"
                f" ({document.name(meant)}), yang tidak punya indikator"
            )
            others = tuple(row.indikator.where for row in rows if row is not wrong)
            yield Finding(
                "K111", Severity.PERINGATAN, wrong.indikator.where, message, short(rows[0].path), because=others
            )


def _likeness(row: Measured, name: str) -> float:
    return SequenceMatcher(None, plain(row.indikator.nama), plain(name)).ratio()


def check_codeless_indicators(group: Group) -> Iterator[Finding]:
    """K112: an indicator prints no code and is known by its name, or not at all.

    indikator tanpa kode; dikenali dari namanya, atau tidak dapat dibandingkan
    """
    for row in (row for measures in group.measures for row in measures.rows if not row.indikator.kode):
        outcome = f"dibaca sebagai {spell(row.path)} dari namanya" if row.document else "tidak dapat dibandingkan"
        message = f"indikator `{row.indikator.nama}` tanpa kode; {outcome}"
        yield Finding("K112", Severity.INFO, row.indikator.where, message)


def check_rules(group: Group) -> Iterator[Finding]:
    """P103: the rule by which a column of percents drops decimals, as its cells tell it.

    cara pembulatan satu kolom persen, sebagaimana terbaca dari selnya
    """
    for document in group.documents:
        column = document.percents
        if column.is_serapan and column.told:
            where = document.where(next(row for row, value in enumerate(column.printed) if value is not None), "persen")
            yield _rule(where, "persen", column.rule, column.told)
    for measures in group.measures:
        for name, rule, told in (
            ("realisasi", measures.rule_of_realisasi, measures.told_of_realisasi if measures.is_serapan else 0),
            ("% capaian", measures.rule_of_capaian, measures.told_of_capaian),
        ):
            key = "capaian" if name == "% capaian" else name
            first = next((row.indikator.cells[key] for row in measures.rows if key in row.cells), None)
            if told and first:
                yield _rule(first, f"{name} Tabel {measures.tabel}", rule, told)


def _rule(where: Where, name: str, rule: Rule, told: int) -> Finding:
    return Finding("P103", Severity.INFO, where, f"kolom {name} {rule.value}; {told} sel membuktikannya")


def check_untested_percents(group: Group) -> Iterator[Finding]:
    """P104: a column of percents is not realisasi / pagu, and is not tested as one.

    kolom persen bukan realisasi / pagu, jadi tidak diuji
    """
    for document in group.documents:
        column = document.percents
        if not column.is_serapan:
            where = document.where(next(row for row, value in enumerate(column.printed) if value is not None), "persen")
            message = f"kolom persen cocok dengan realisasi / pagu hanya di {column.fitting} dari {column.tested} baris"
            yield Finding("P104", Severity.PERINGATAN, where, f"{message}; tidak diuji")
    for measures in group.measures:
        known = list(measures.quotients())
        if known and not measures.is_serapan:
            message = f"realisasi Tabel {measures.tabel} bukan serapan kodenya; tidak dibandingkan dengan anggaran"
            yield Finding("P104", Severity.INFO, known[0][0].indikator.cells["realisasi"], message)
        for row in measures.rows:
            if formula := measures.formula_of_capaian(row):
                percent = spell_percent(row.figure("capaian"))
                message = f"% capaian {percent} bukan realisasi / target tetapi {formula}; tidak diuji"
                yield Finding("P104", Severity.INFO, row.indikator.cells["capaian"], message, percent)


def check_means(group: Group) -> Iterator[Finding]:
    """P106: a mean of percents leaves rows out, or is none of the means that its rows give.

    rata-rata persen melewatkan baris, atau bukan rata-rata mana pun dari barisnya
    """
    for measures in group.measures:
        for name in ("realisasi", "capaian"):
            for mean in measures.means:
                yield from _mean_of_indicators(measures, mean, name)
        known = [row for row in measures.rows if row.figure("capaian") is not None]
        left_out = len(measures.rows) - len(known)
        if known and left_out and not measures.means:
            sample = Sample(tuple(measures.stands_for("capaian", row) for row in measures.rows))
            message = (
                f"rata-rata % capaian Tabel {measures.tabel}: {sample.spelled()} ({left_out} baris tanpa angka"
                " dilewati atau dihitung 0)"
            )
            yield Finding("P106", Severity.INFO, known[0].indikator.cells["capaian"], message)
    for document in group.documents:
        for row in np.flatnonzero(document.is_mean).tolist():
            yield from tell_mean_of_budget(document, row)


def _mean_of_indicators(measures: Measures, mean: Mean, name: str) -> Iterator[Finding]:
    """Compare a mean with those of all rows of its table, of those above it, and of those of its own sasaran."""
    printed = getattr(mean.indikator, name)
    if not isinstance(printed, Decimal) or measures.explains_itself(mean.indikator):
        return
    above = measures.rows[: mean.above]
    before = max((other.above for other in measures.means if other.above < mean.above), default=0)
    own = [row for row in above if above and row.indikator.sasaran == above[-1].indikator.sasaran]
    choices = (above[before:], above, own, measures.rows)
    samples = [Sample(tuple(measures.stands_for(name, row) for row in rows)) for rows in choices]
    others = [getattr(other.indikator, name) for other in measures.means if other.above < mean.above]
    samples.append(Sample(tuple(Percent(other) for other in others if isinstance(other, Decimal))))
    yield from tell_mean(mean.indikator.cells[name], mean.indikator.nama, printed, samples)
