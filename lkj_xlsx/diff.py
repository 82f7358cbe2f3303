"""What changed between two documents of one unit: ceilings, realisasi, names, what is new and what is gone."""

import json
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import pandas as pd

from lkj_xlsx.errors import BadRequest
from lkj_xlsx.kode import LEVELS, ROOT, Level, Path, ancestors, ends_with, level_of, spell
from lkj_xlsx.model import Budget, known, paths
from lkj_xlsx.rollup import LEAF_LEVELS, roll_up
from lkj_xlsx.safe_csv import safe_csv
from lkj_xlsx.statements import plain
from lkj_xlsx.table import Cell, Column, Role, Row, Table, Unit

COMPARED: Final = ("pagu", "realisasi")
SHORTEST_CUT: Final = 30
"""SAKTI cuts long names: one of at least so many letters that the other begins with is the same name."""

_TEXTS: Final = {"level": 13, "kode": 34, "uraian": 46, "perubahan": 11, "uraian_semula": 46, "kode_semula": 34}
"""The columns of texts, and how wide they are in a sheet."""
_ABSENT: Final = {"baru": "_semula", "hilang": "_menjadi"}
"""The amounts that a row has not got, as opposed to those that are unknown."""


class Change(NamedTuple):
    """One node or item that differs: rupiah as int, None where unknown or not there.

    `perubahan` is "baru", "hilang" or "berubah"; `uraian_semula` the old name where the name changed, `kode_semula`
    the old path where an item moved, else None.
    """

    level: str
    kode: str
    uraian: str
    perubahan: str
    pagu_semula: int | None
    pagu_menjadi: int | None
    pagu_selisih: int | None
    realisasi_semula: int | None
    realisasi_menjadi: int | None
    realisasi_selisih: int | None
    uraian_semula: str | None
    kode_semula: str | None


class _Entry(NamedTuple):
    """What one document says of a node or an item."""

    path: Path
    uraian: str
    pagu: int | None
    realisasi: int | None


_NOTHING: Final = _Entry(ROOT, "", None, None)
"""What a document says of a node that it has not got."""


def compare(old: Budget, new: Budget, levels: tuple[str, ...] = ()) -> list[Change]:
    """Give what differs: by level from the top, within a level what is unknown first, then the largest changes.

    All levels where none is chosen, items only where both documents have them. A branch without the level is compared
    at what stands in for it, as `show` does; what one document details below the last line of the other is not new.
    So the changes of one chosen level above the items add up to `total`. Where a document never states an amount,
    that alone is no change of a row. `notes` says what was left out. Raises BadRequest for two satker, a document
    without lines, an unknown level, and items that are asked for but not there.
    """
    _refuse(old, new)
    chosen = _chosen(old, new, levels)
    rollups = roll_up(old), roll_up(new)
    keys = _keys(rollups[0].paths, rollups[1].paths), _keys(rollups[1].paths, rollups[0].paths)
    was, now = (_entries(rollup.nodes, own, own) for rollup, own in zip(rollups, keys, strict=True))
    wanted: set[Path] = set()
    for level in LEAF_LEVELS:
        if level in chosen:
            cuts = (rollup.cut(level).index for rollup in rollups)
            found = {own[node] for own, cut in zip(keys, cuts, strict=True) for node in cut}
            wanted |= {key for key in found if found.isdisjoint(ancestors(key))}  # what lies under another is detail
    if Level.ITEM in chosen:
        items = _items(old), _items(new)
        was, now = was | items[0], now | items[1]
        wanted.update(*items)
    compared = [name for name in COMPARED if _states(old, name) and _states(new, name)]
    changes = (_change(was.get(key, _NOTHING), now.get(key, _NOTHING)) for key in sorted(wanted))
    return sorted((change for change in changes if _differs(change, compared)), key=_rank)


def total(old: Budget, new: Budget) -> Change:
    """Give the closing row: everything that the leaves of each document add up to."""
    totals = (roll_up(budget).total for budget in (old, new))
    was, now = (_Entry(ROOT, "JUMLAH", *(known(row[name])[0] for name in COMPARED)) for row in totals)
    return _change(was, now)._replace(perubahan="")


def notes(old: Budget, new: Budget) -> list[str]:
    """Say what was not compared, and why."""
    said = []
    for one, other in ((old, new), (new, old)):
        deepest = _deepest(one)
        if deepest.depth < _deepest(other).depth:
            said.append(f"{one.file} dirinci sampai {deepest}; rincian {other.file} di bawahnya tidak dibandingkan")
        unstated = (name for name in COMPARED if not _states(one, name))
        said += [f"{one.file} tidak memuat {name}; perubahan {name} tidak diketahui" for name in unstated]
    return said


def _refuse(old: Budget, new: Budget) -> None:
    """Refuse what cannot be compared."""
    for budget in (old, new):
        if budget.lines.empty:
            message = f"{budget.file}: tidak ada baris anggaran; berikan ekspor SAKTI, atau isi lembar Anggaran"
            raise BadRequest(message)
    ours, theirs = old.identity.kode_satker, new.identity.kode_satker
    if ours is not None and theirs is not None and ours != theirs:
        message = f"{old.file} untuk satker {ours}, {new.file} untuk {theirs}; berikan dua berkas dari satker yang sama"
        raise BadRequest(message)


def _chosen(old: Budget, new: Budget, levels: tuple[str, ...]) -> tuple[str, ...]:
    """Give the levels to compare."""
    for level in levels:
        if level not in LEVELS:
            message = f"--level {level}: tidak dikenal; pilih {', '.join(LEVELS)}"
            raise BadRequest(message)
    without = [budget.file for budget in (old, new) if _deepest(budget) is not Level.ITEM]
    if without and Level.ITEM in levels:
        message = f"--level item: {' dan '.join(without)} tidak memuat item; pilih {', '.join(LEAF_LEVELS)}"
        raise BadRequest(message)
    return levels or (LEAF_LEVELS if without else LEVELS)


def _states(budget: Budget, name: str) -> bool:
    """Tell whether a document states an amount in any of its lines."""
    return bool(budget.lines[name].notna().any())


def _deepest(budget: Budget) -> Level:
    """Name the deepest level that a document has."""
    if (budget.printed[Level.ITEM] != "").any():
        return Level.ITEM
    return next((level for level in reversed(LEAF_LEVELS) if (budget.lines[level] != "").any()), Level.PROGRAM)


def _keys(own: Sequence[Path], others: Sequence[Path]) -> list[Path]:
    """Give each path the top that it lacks (a typed table has no program), if the other document has just one."""
    tops = {path: next(depth for depth, code in enumerate(path) if code) for path in own if not path[0]}
    endings: dict[Path, list[Path]] = {}
    for depth in set(tops.values()):
        for path in others:
            if path[0] and path[depth]:
                endings.setdefault((*ROOT[:depth], *path[depth:]), []).append(path)
    same = set(others)

    def key(path: Path) -> Path:
        for above in (*ancestors(path), path) if path in tops else ():
            named = endings.get(above, [])
            if above in same:
                break
            if len(named) == 1:
                return (*named[0][: tops[path]], *path[tops[path] :])
        return path

    return [key(path) for path in own]


def _entries(frame: pd.DataFrame, keys: Iterable[Path], places: Iterable[Path]) -> dict[Path, _Entry]:
    """Give rows by key, those of one key added; an item number found at several places has none of them as its path."""
    found: dict[Path, _Entry] = {}
    columns = (frame["uraian"].tolist(), *(known(frame[name]) for name in COMPARED))
    for key, entry in zip(keys, map(_Entry, places, *columns), strict=True):
        have = found.setdefault(key, entry)
        if have is not entry:
            path = have.path if have.path == entry.path else key
            uraian = min(filter(None, (have.uraian, entry.uraian)), default="")
            found[key] = _Entry(path, uraian, _sum(have.pagu, entry.pagu), _sum(have.realisasi, entry.realisasi))
    return found


def _items(budget: Budget) -> dict[Path, _Entry]:
    """Give the items as printed, by number: unique within a satker, and the same from month to month."""
    items = budget.printed[budget.printed[Level.ITEM] != ""]
    return _entries(items, ((*ROOT[:-1], number) for number in items[Level.ITEM]), paths(items))


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _change(was: _Entry, now: _Entry) -> Change:
    has_moved = _has_moved(was.path, now.path)
    path = now.path if has_moved else max(now.path, was.path, key=lambda path: len(spell(path)))
    return Change(
        str(level_of(path) or ""),
        spell(path),
        now.uraian or was.uraian,
        "baru" if was is _NOTHING else "hilang" if now is _NOTHING else "berubah",
        *_step(was, now, "pagu"),
        *_step(was, now, "realisasi"),
        was.uraian if _is_renamed(was.uraian, now.uraian) else None,
        spell(was.path) if has_moved else None,
    )


def _step(was: _Entry, now: _Entry, name: str) -> tuple[int | None, int | None, int | None]:
    """Give an amount before, after, and what it changed by."""
    semula, menjadi = getattr(was, name), getattr(now, name)
    is_unknown = any(getattr(entry, name) is None and entry is not _NOTHING for entry in (was, now))
    return semula, menjadi, None if is_unknown else (menjadi or 0) - (semula or 0)


def _is_renamed(was: str, now: str) -> bool:
    """Tell whether two names, both given, differ in more than their spelling and where they are cut."""
    short, long = sorted((plain(was), plain(now)), key=len)
    is_cut = len(short) >= SHORTEST_CUT and long.startswith(short)
    return bool(short) and short != long and not is_cut


def _has_moved(was: Path, now: Path) -> bool:
    """Tell whether two paths, both given, are not one whose top a document may lack."""
    one, other = (tuple(filter(None, path)) for path in (was, now))
    return bool(one and other) and not ends_with(was, other) and not ends_with(now, one)


def _differs(change: Change, compared: Sequence[str]) -> bool:
    """Tell whether a name or path changed, or an amount that both documents state."""
    steps = ((getattr(change, f"{name}_semula"), getattr(change, f"{name}_menjadi")) for name in compared)
    is_other = change.perubahan != "berubah" or any(semula != menjadi for semula, menjadi in steps)
    return is_other or change.uraian_semula is not None or change.kode_semula is not None


def _rank(change: Change) -> tuple[int, bool, int, int, str]:
    pagu, realisasi = change.pagu_selisih, change.realisasi_selisih
    is_known = pagu is not None and realisasi is not None
    return Level(change.level).depth, is_known, -abs(pagu or 0), -abs(realisasi or 0), change.kode


def as_json(changes: Sequence[Change]) -> str:
    """Spell changes as a JSON list."""
    return json.dumps([change._asdict() for change in changes], ensure_ascii=False, indent=1)


def as_csv(changes: Sequence[Change]) -> str:
    """Spell changes as CSV; a name that a spreadsheet would run as a formula gets a leading apostrophe."""
    return safe_csv(Change._fields, changes)


def as_table(changes: Sequence[Change], closing: Change) -> Table:
    """Lay changes out as one sheet, `total` as its closing row."""
    columns = tuple(
        Column(name, name.replace("_", " ").title(), Unit.TEXT if name in _TEXTS else Unit.RUPIAH, _TEXTS.get(name, 17))
        for name in Change._fields
    )
    rows = (*(Row(Role.LINE, _cells(change)) for change in changes), Row(Role.TOTAL, _cells(closing), "total"))
    return Table("Perubahan", (), columns, rows, is_list=True)


def _cells(change: Change) -> tuple[Cell, ...]:
    """Give the cells of a row: `?` for what is unknown, blank for what is not there."""
    absent = _ABSENT.get(change.perubahan, "-")
    return tuple(
        Cell(value, is_figure=name not in _TEXTS and not name.endswith(absent))
        for name, value in change._asdict().items()
    )
