"""Questions X: documents that speak of the same thing say the same figure, and of the same things."""

from collections.abc import Iterator
from typing import Final

from lkj_xlsx.case import Case, Group
from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.kode import ROOT, Level, Path, ancestors, level_of, short, spell
from lkj_xlsx.model import AMOUNTS
from lkj_xlsx.statements import LABELS, Statements
from lkj_xlsx.system import System

FEWEST_COMPARED: Final = 4
"""With so many figures in common of which most differ, two documents are of different periods, and not compared."""
COMPARED: Final = tuple(name for name in AMOUNTS if name != "blokir")


def equate_documents(system: System, case: Case) -> None:
    """X103: two documents give different figures for the same thing.

    dua berkas atau tabel memuat angka berbeda untuk hal yang sama
    """
    for group in case.groups:
        for reference, other in pairs(group):
            for name in _names(reference, other):
                if is_incomparable(reference, other, name):
                    continue
                heads, members = [], []
                for path in other.stated(name):
                    own = _same(reference, path)
                    if own is None:
                        continue
                    cell, cover = other.cell_of(path, name), reference.cover(own, name)
                    if cell is None:  # one figure a sumber dana: they add up to the one figure that the reference gives
                        cell, cover = reference.cell_of(own, name), other.cover(path, name)
                    if cell is not None and cover:
                        heads.append(cell)
                        members.append(cover)
                system.add_sums("X103", heads, members)


def pairs(group: Group) -> Iterator[tuple[Statements, Statements]]:
    """Give each document with the most trusted one before it that speaks of the same period.

    Two monthly exports are no pair: those of one satker are chained by their months (checks/months.py). Our own
    workbook with a month is no export.
    """
    for index, other in enumerate(group.documents):
        before = [one for one in group.documents[:index] if not _are_exports(one, other)]
        if before:
            yield next((one for one in before if _same_month(one, other)), before[0]), other


def _are_exports(one: Statements, other: Statements) -> bool:
    return one.is_monthly and other.is_monthly and one.budget.format == other.budget.format


def _same(reference: Statements, path: Path) -> Path | None:
    return ROOT if path == ROOT else reference.find(path)


def _same_month(one: Statements, other: Statements) -> bool:
    return len({document.budget.identity.bulan for document in (one, other)} - {None}) <= 1


def _names(reference: Statements, other: Statements) -> tuple[str, ...]:
    """Give the columns that two documents both speak of: the ceiling of the year, and of one month everything.

    Blokir only in one format: what SAKTI locks for a revision is not what RKK, MonSAKTI and POK call blokir.
    """
    if not _same_month(reference, other):
        return ("pagu",)
    return AMOUNTS if reference.budget.format == other.budget.format else COMPARED


def _common(reference: Statements, other: Statements, name: str) -> dict[Path, tuple[int, int]]:
    """Give the figures that two documents have in common, the other's first."""
    both = (
        (path, other.amount(path, name), reference.amount(own, name))
        for path in other.stated(name)
        if (own := _same(reference, path)) is not None
    )
    return {path: (one, two) for path, one, two in both if one is not None and two is not None}


def is_incomparable(reference: Statements, other: Statements, name: str) -> bool:
    """Tell whether most of the figures that two documents have in common differ.

    One line that differs, and so everything above it, is wrong; of two or more it is another period.
    """
    known = _common(reference, other, name)
    differing = [path for path, (one, two) in known.items() if one != two]
    above = {node for path in differing for node in (*ancestors(path), ROOT) if path != ROOT}
    is_one_line = sum(path not in above for path in differing) == 1
    return len(known) >= FEWEST_COMPARED and len(differing) * 2 > len(known) and not is_one_line


def check_comparable(group: Group) -> Iterator[Finding]:
    """X105: the figures of two documents are not compared, as they are of different periods.

    angka dua berkas tidak dibandingkan karena periodenya berbeda
    """
    for reference, other in pairs(group):
        where = other.where(0, None)
        seen = reference.budget.file
        if not _same_month(reference, other):
            months = " dan ".join(str(document.budget.identity.periode) for document in (other, reference))
            message = f"realisasi tidak dibandingkan dengan {seen}: periodenya {months}"
            yield Finding("X105", Severity.INFO, where, message)
        for name in _names(reference, other):
            if is_incomparable(reference, other, name):
                known = _common(reference, other, name)
                differ = sum(one != two for one, two in known.values())
                message = (
                    f"{LABELS[name]} tidak dibandingkan dengan {seen}: {differ} dari {len(known)} angka berbeda,"
                    " tampaknya periode atau revisi lain"
                )
                yield Finding("X105", Severity.PERINGATAN, where, message)


def check_absent(group: Group) -> Iterator[Finding]:
    """X102: a code stands in one table and is absent from another.

    kode ada di satu tabel dan tidak ada di tabel lain
    """
    for reference, other in pairs(group):
        yield from _absent(other, reference, set(Level) - {Level.ITEM})
        if other.stated("pagu"):  # a list of postings rightly lacks what nothing was spent of
            yield from _absent(reference, other, _complete_levels(reference, other))
    for measures in group.measures:
        level = Level.KEGIATAN if measures.tabel == "B.1" else Level.RO
        named = {row.path for row in measures.rows if row.document}
        within = {row.document for row in measures.rows if row.document}
        for document in group.documents:
            if document not in within or not measures.is_serapan:
                continue
            for path, row in document.nodes.items():
                if level_of(path) is level and row >= 0 and path not in named:
                    message = f"{level} {spell(path)} tidak punya indikator di Tabel {measures.tabel}"
                    yield Finding("X102", Severity.PERINGATAN, document.where(row, "kode"), message, spell(path))


def _complete_levels(reference: Statements, other: Statements) -> set[Level]:
    """Give the levels that a document lists more than a part of: a table of one kegiatan lacks the others rightly."""
    levels: set[Level] = set()
    for level in (Level.PROGRAM, Level.KEGIATAN, Level.RO):
        own = [path for path in other.nodes if level_of(path) is level]
        listed = [path for path in reference.nodes if level_of(path) is level]
        shared = sum(_same(other, path) is not None for path in listed)
        if own and (not shared or shared * 2 >= len(listed)):
            levels.add(level)
    return levels


def _absent(one: Statements, other: Statements, levels: set[Level]) -> Iterator[Finding]:
    """Report the topmost nodes of one document that another lacks."""
    missing: set[Path] = set()
    for path, row in one.nodes.items():
        if level_of(path) not in levels or row < 0:
            continue
        if _same(other, path) is None and not missing & set(ancestors(path)):
            missing.add(path)
            sheet = other.rows["sheet"].iloc[0]
            message = f"{level_of(path)} {spell(path)} tidak ada di {other.budget.file}!{sheet}"
            yield Finding("X102", Severity.PERINGATAN, one.where(row, "kode"), message, short(path))
