"""Questions of months: what an export says was spent before is what the month before said was spent until then."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Final, NamedTuple

from lkj_xlsx.case import Case, Group
from lkj_xlsx.finding import NAMED, Finding, Severity, Where
from lkj_xlsx.kode import ROOT, Level, Path, ancestors, level_of, spell
from lkj_xlsx.model import BULAN, Budget
from lkj_xlsx.rupiah import spell as rupiah
from lkj_xlsx.rupiah import spell_difference
from lkj_xlsx.statements import RUPIAH, Statements
from lkj_xlsx.system import System

LATE: Final = "X201"


class Change(NamedTuple):
    """The row of one thing in two months, None where a month lacks it."""

    path: Path
    before: int | None
    after: int | None


class Chain(NamedTuple):
    """Two months of one satker, one right after the other."""

    before: Statements
    after: Statements

    def changes(self) -> Iterator[Change]:
        """Match the rows of both months: items by their number, everything else by its whole path.

        Exports may be made to different depths: what only one of them shows of the levels is not compared.
        """
        shown = [{level_of(path) for path in document.paths} for document in self]
        old, new = (_rows(document, shown[0] & shown[1]) for document in self)
        for key, row in new.items():
            yield Change(self.after.paths[row], old.get(key), row)
        for key, row in old.items():
            if key not in new:
                yield Change(self.before.paths[row], row, None)

    def leaves(self) -> Iterator[Change]:
        """Give the deepest rows only: items, and akun without any."""
        changes = list(self.changes())
        rows = [(self.before.paths, change.before) for change in changes]
        rows += [(self.after.paths, change.after) for change in changes]
        parents = {above for paths, row in rows if row is not None for above in (*ancestors(paths[row]), ROOT)}
        return (change for change in changes if change.path not in parents)


def _rows(document: Statements, levels: set[Level | None]) -> dict[Path | str, int]:
    """Key the rows of a month by what identifies them from month to month (FORMATS.md 1.6), and by sumber dana."""
    found: dict[Path | str, int] = {}
    for row, path in enumerate(document.paths):
        level = level_of(path)
        if level in levels and (level is None or not document.is_total[row]):
            source = document.sources[row]
            found.setdefault(path[Level.ITEM.depth] or ((*path, source) if source else path), row)
    return found


def _monthly(group: Group) -> dict[int, list[Statements]]:
    """Give the monthly exports of a group by month; our own workbook is one only where there is no other."""
    months: dict[int, list[Statements]] = {}
    for document in group.documents:
        if document.is_monthly:
            same = months.setdefault(document.budget.identity.bulan or 0, [])
            if not same or same[0].budget.format == document.budget.format:
                same.append(document)
    return dict(sorted(months.items()))


def chains(group: Group) -> Iterator[Chain]:
    """Give each two months that follow one another; a month with two files is no link."""
    months = {month: documents[0] for month, documents in _monthly(group).items() if len(documents) == 1}
    for month, document in months.items():
        if month + 1 in months:
            yield Chain(document, months[month + 1])


def equate_months(system: System, case: Case) -> None:
    """X201: what was spent before this month is not what last month's file says.

    realisasi lalu bukan realisasi s.d. bulan sebelumnya: ada pembukuan susulan
    """
    system.loose.add(LATE)
    for group in case.groups:
        for chain in chains(group):
            heads, members = [], []
            for change in chain.changes():
                if change.before is None or change.after is None:
                    continue
                cells = chain.after.ids["realisasi_lalu"][change.after], chain.before.ids["realisasi"][change.before]
                if min(cells) >= 0:
                    heads.append(int(cells[0]))
                    members.append([int(cells[1])])
            system.add_sums(LATE, heads, members)


def tell_late_postings(group: Group) -> Iterator[Finding]:
    """Name every item that was posted late with its amount, and a parent only for what its items do not explain."""
    for chain in chains(group):
        gaps = {change.path: _gap(chain, change, "realisasi_lalu", "realisasi") for change in chain.changes()}
        leaves = {change.path for change in chain.leaves()}
        explained = _explained(chain)
        bulan = BULAN[(chain.before.budget.identity.bulan or 1) - 1]
        for change in chain.changes():
            is_unknown = None in _amounts(chain, change, "realisasi_lalu", "realisasi")
            gap = gaps[change.path] - (0 if change.path in leaves else explained[change.path])
            if gap and not is_unknown:
                where = _where(chain, change, "realisasi_lalu")
                message = (
                    f"{_label(chain, change)}: {spell_difference(gap)} dibukukan susulan setelah berkas {bulan} dibuat"
                    f" (lalu {_spelled(chain.after, change.after, 'realisasi_lalu')},"
                    f" s.d. {bulan} {_spelled(chain.before, change.before, 'realisasi')})"
                )
                because = () if change.before is None else (chain.before.where(change.before, "realisasi"),)
                yield Finding(LATE, Severity.PERINGATAN, where, message, because=because)
        late = [path for path in leaves if gaps[path]]
        if late:
            total = spell_difference(sum(gaps[path] for path in late))
            message = f"{len(late)} baris dibukukan susulan setelah berkas {bulan} dibuat, jumlahnya {total}"
            yield Finding(LATE, Severity.PERINGATAN, chain.after.where(0, "realisasi_lalu"), message)


def _explained(chain: Chain) -> Counter[Path]:
    """Say for each node by how much its items alone move its lalu, one that changed its akun among them."""
    explained: Counter[Path] = Counter()
    for change in chain.leaves():
        lalu, until = _amounts(chain, change, "realisasi_lalu", "realisasi")
        if lalu is not None and until is not None:
            for document, row, amount in ((chain.after, change.after, lalu), (chain.before, change.before, -until)):
                for above in () if row is None else (*ancestors(document.paths[row]), ROOT):
                    explained[above] += amount
    return explained


def check_revised_ceilings(group: Group) -> Iterator[Finding]:
    """X202: ceilings were revised between two months.

    pagu direvisi antara dua bulan
    """
    for chain in chains(group):
        changed = [
            (change, gap)
            for change in chain.leaves()
            if change.before is not None and change.after is not None and (gap := _gap(chain, change, "pagu", "pagu"))
        ]
        if changed:
            spelled = (
                f"{_short(change.path)} {_spelled(chain.before, change.before, 'pagu')} menjadi"
                f" {_spelled(chain.after, change.after, 'pagu')}"
                for change, _ in changed
            )
            total = spell_difference(sum(gap for _, gap in changed))
            yield _listed("X202", chain, [change for change, _ in changed], f"pagu berubah (jumlah {total})", spelled)


def check_new_and_gone(group: Group) -> Iterator[Finding]:
    """X203: items are new or gone between two months.

    item baru atau hilang antara dua bulan
    """
    for chain in chains(group):
        leaves = list(chain.leaves())
        new = [change for change in leaves if change.before is None]
        gone = [change for change in leaves if change.after is None]
        if new:
            spelled = (f"{_short(change.path)} (pagu {_spelled(chain.after, change.after, 'pagu')})" for change in new)
            yield _listed("X203", chain, new, "baru", spelled)
        if gone:
            spelled = (
                f"{_short(change.path)} (pagu {_spelled(chain.before, change.before, 'pagu')})" for change in gone
            )
            yield _listed("X203", chain, gone, "hilang", spelled)
        places = [(change, chain.before.paths[change.before]) for change in leaves if change.before is not None]
        moved = [(change, old) for change, old in places if old != change.path]
        if moved:
            spelled = (f"{_short(new.path)} ({spell(old[:-1])} ke {spell(new.path[:-1])})" for new, old in moved)
            yield _listed("X203", chain, [change for change, _ in moved], "pindah akun", spelled)


def check_decreasing(group: Group) -> Iterator[Finding]:
    """X204: a cumulative is smaller than the month before.

    realisasi s.d. lebih kecil daripada bulan sebelumnya
    """
    for chain in chains(group):
        for change in chain.leaves():
            if change.before is None or change.after is None or _gap(chain, change, "realisasi", "realisasi") >= 0:
                continue
            ini = chain.after.figure(change.after, "realisasi_ini") or 0
            before, after = (_spelled(d, row, "realisasi") for d, row in zip(chain, change[1:], strict=True))
            reason = f"; pengembalian bulan ini {rupiah(ini)}" if ini < 0 else ""
            message = f"{_label(chain, change)}: realisasi s.d. turun dari {before} menjadi {after}{reason}"
            severity = Severity.INFO if ini < 0 else Severity.PERINGATAN
            because = (chain.before.where(change.before, "realisasi"),)
            yield Finding("X204", severity, chain.after.where(change.after, "realisasi"), message, because=because)


def check_month_gaps(group: Group) -> Iterator[Finding]:
    """X205: a month is missing between two that are given.

    ada bulan yang tidak diberikan di antara dua bulan
    """
    months = _monthly(group)
    for before, after in pairwise(months):
        if after - before > 1:
            missing = ", ".join(BULAN[month - 1] for month in range(before + 1, after))
            document = months[after][0]
            message = f"berkas {missing} tidak diberikan; realisasi lalu bulan {BULAN[after - 1]} tidak dapat diuji"
            yield Finding("X205", Severity.PERINGATAN, Where(document.budget.file), message)


def check_two_files_a_month(group: Group) -> Iterator[Finding]:
    """X206: two files are given for one month, and neither is chained to the others.

    dua berkas untuk satu bulan; tidak dirangkai dengan bulan lain
    """
    for month, documents in _monthly(group).items():
        first, *others = documents
        for other in others:
            is_same = other.rows[list(RUPIAH)].equals(first.rows[list(RUPIAH)]) and other.paths == first.paths
            words = "isinya sama" if is_same else "isinya berbeda"
            message = (
                f"{BULAN[month - 1]} juga diberikan sebagai {first.budget.file} ({words}); bulan ini tidak dirangkai"
            )
            yield Finding(
                "X206", Severity.PERINGATAN, Where(other.budget.file), message, because=(Where(first.budget.file),)
            )


def check_unchained(groups: Sequence[Sequence[Budget]]) -> Iterator[Finding]:
    """X207: files of different satker or years are given, and are not chained.

    berkas satker atau tahun yang berbeda tidak dirangkai
    """
    if len(groups) > NAMED:
        first = groups[1][0]
        message = f"{len(groups)} satker atau tahun tidak dirangkai; setiap satker dan tahun diperiksa sendiri"
        yield Finding("X207", Severity.PERINGATAN, Where(first.file), message)
        return
    for before, after in pairwise(group[0] for group in groups):
        words = " dan ".join(
            f"{one.file} (satker {one.identity.kode_satker or '?'}, tahun {one.identity.tahun or '?'})"
            for one in (before, after)
        )
        message = f"{words} tidak dirangkai: satker atau tahunnya berbeda; setiap berkas diperiksa sendiri"
        yield Finding("X207", Severity.PERINGATAN, Where(after.file), message)


def _gap(chain: Chain, change: Change, after: str, before: str) -> int:
    """Say by how much one figure of this month differs from one of the month before, 0 where one is not known."""
    now, then = _amounts(chain, change, after, before)
    return 0 if now is None or then is None else now - then


def _amounts(chain: Chain, change: Change, after: str, before: str) -> tuple[int | None, int | None]:
    """Give a figure of this month and one of the month before; what a month lacks is 0 there."""
    now = 0 if change.after is None else chain.after.figure(change.after, after)
    then = 0 if change.before is None else chain.before.figure(change.before, before)
    return now, then


def _where(chain: Chain, change: Change, name: str) -> Where:
    """Name the row of a change: in this month's file, or in the last one's where it is gone."""
    if change.after is not None:
        return chain.after.where(change.after, name)
    return chain.before.where(change.before or 0, "realisasi")


def _label(chain: Chain, change: Change) -> str:
    document, row = (chain.before, change.before) if change.after is None else (chain.after, change.after)
    return document.label(row or 0)


def _spelled(document: Statements, row: int | None, name: str) -> str:
    return "tidak ada" if row is None else rupiah(document.figure(row, name))


def _short(path: Path) -> str:
    return path[Level.ITEM.depth] or spell(path)


def _listed(code: str, chain: Chain, changes: Sequence[Change], words: str, spelled: Iterator[str]) -> Finding:
    """Make one finding of many rows: the first are named, all are proving cells."""
    named = list(islice(spelled, NAMED))
    more = f"; dan {len(changes) - len(named)} lagi" if len(changes) > len(named) else ""
    months = [BULAN[(document.budget.identity.bulan or 1) - 1] for document in chain]
    message = f"{months[0]} ke {months[1]}: {len(changes)} baris {words}: {'; '.join(named)}{more}"
    because = tuple(_where(chain, change, "pagu") for change in changes)
    return Finding(code, Severity.INFO, because[0], message, because=because[1:])
