"""What changed between two documents of one unit: ceilings, realisasi, names, what is new and what is gone."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import pandas as pd

from lkj_xlsx.errors import BadRequest
from lkj_xlsx.kode import LEAF_LEVELS, LEVELS, ROOT, Level, Path, ancestors, level_of, plain, spell, without_code
from lkj_xlsx.model import CODES, Budget, known, paths
from lkj_xlsx.rollup import roll_up
from lkj_xlsx.safe_csv import safe_csv
from lkj_xlsx.table import Cell, Column, Role, Row, Table, Unit

COMPARED: Final = ("pagu", "realisasi")
SHORTEST_CUT: Final = 30
"""SAKTI cuts long names: one of at least so many letters that the other begins with is the same name."""

_TEXTS: Final = {"level": 13, "kode": 34, "uraian": 46, "perubahan": 11, "uraian_semula": 46, "kode_semula": 34}
"""The columns of texts, and how wide they are in a sheet."""
_ABSENT: Final = {"baru": ("pagu_semula", "realisasi_semula"), "hilang": ("pagu_menjadi", "realisasi_menjadi")}


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

    All levels where none is chosen, items if both documents have them. A branch without the level is compared at what
    stands in for it, as `show` does, and what one document details below the last line of the other is not new: so
    the changes of a chosen level above the items add up to `total`. An amount that a document never states changes no
    row. `notes` says what was left out. Raises BadRequest: two satker, no lines, an unknown level, items not there.
    """
    _refuse(old, new)
    chosen = _chosen(old, new, levels)
    placed = _placed(old, new), _placed(new, old)
    rollups = [roll_up(budget) for budget in placed]
    was, now = (_entries(rollup.nodes, rollup.paths) for rollup in rollups)
    wanted: set[Path] = set()
    for level in LEAF_LEVELS:
        if level in chosen:
            found = {rollup.paths[node] for rollup in rollups for node in rollup.cut(level).index}
            wanted |= {path for path in found if found.isdisjoint(ancestors(path))}  # what lies under another is detail
    if Level.ITEM in chosen:
        was, now = was | _items(placed[0]), now | _items(placed[1])
        wanted.update(key for key in (*was, *now) if key[Level.ITEM.depth])
    compared = [name for name in COMPARED if all(budget.lines[name].notna().any() for budget in (old, new))]
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
        unstated = (name for name in COMPARED if one.lines[name].isna().all())
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


def _deepest(budget: Budget) -> Level:
    """Name the deepest level that a document has."""
    if (budget.printed[Level.ITEM] != "").any():
        return Level.ITEM
    return next((level for level in reversed(LEAF_LEVELS) if (budget.lines[level] != "").any()), Level.PROGRAM)


def _placed(budget: Budget, other: Budget) -> Budget:
    """Give a document's paths the top that they lack (a typed table has no program), where the other has just one."""
    if (budget.lines[Level.PROGRAM] != "").all():
        return budget
    endings: dict[Path, list[Path]] = {}
    for path in {path for line in paths(other.lines) for path in (*ancestors(line), line)}:
        for depth in (depth for depth, code in enumerate(path) if code):
            endings.setdefault((*ROOT[:depth], *path[depth:]), []).append(path)

    def whole(path: Path) -> Path:
        for above in (*ancestors(path), path):
            named = endings.get(above, [])
            if len(named) == 1:
                return tuple(code or top for code, top in zip(path, named[0], strict=True))
        return path

    def frame(rows: pd.DataFrame) -> pd.DataFrame:
        found = [whole(path) for path in paths(rows)]
        codes = zip(CODES, zip(*found, strict=True), strict=True) if found else ()
        return rows.assign(**{code: pd.Series(column, rows.index, dtype=object) for code, column in codes})

    return replace(budget, lines=frame(budget.lines), printed=frame(budget.printed))


def _entries(frame: pd.DataFrame, keys: Iterable[Path]) -> dict[Path, _Entry]:
    """Give rows by key, those of one key added; an item number found at several places has none of them as its path."""
    found: dict[Path, _Entry] = {}
    columns = (frame["uraian"].tolist(), *(known(frame[name]) for name in COMPARED))
    for key, entry in zip(keys, map(_Entry, paths(frame), *columns), strict=True):
        have = found.setdefault(key, entry)
        if have is not entry:
            path = have.path if have.path == entry.path else key
            uraian = min(filter(None, (have.uraian, entry.uraian)), default="")
            pairs = zip(have[2:], entry[2:], strict=True)
            found[key] = _Entry(path, uraian, *(None if None in pair else sum(filter(None, pair)) for pair in pairs))
    return found


def _items(budget: Budget) -> dict[Path, _Entry]:
    """Give the items as printed, by number: unique within a satker, and the same from month to month."""
    items = budget.printed[budget.printed[Level.ITEM] != ""]
    return _entries(items, ((*ROOT[:-1], number) for number in items[Level.ITEM]))


def _change(was: _Entry, now: _Entry) -> Change:
    has_moved = was.path != now.path and ROOT not in (was.path, now.path)
    path = was.path if now is _NOTHING else now.path
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
    names = (without_code(name) if name.endswith(")") else name for name in (was, now))
    short, long = sorted(map(plain, names), key=len)
    is_cut = len(short) >= SHORTEST_CUT and long.startswith(short)
    return bool(short) and short != long and not is_cut


def _differs(change: Change, compared: Sequence[str]) -> bool:
    """Tell whether a row is on one side only, changed its name or place, or an amount that both documents state."""
    is_other = any(getattr(change, f"{name}_semula") != getattr(change, f"{name}_menjadi") for name in compared)
    return is_other or change.perubahan != "berubah" or bool(change.uraian_semula or change.kode_semula)


def _rank(change: Change) -> tuple[int, bool, int, int, str]:
    pagu, realisasi = change.pagu_selisih, change.realisasi_selisih
    return Level(change.level).depth, None not in (pagu, realisasi), -abs(pagu or 0), -abs(realisasi or 0), change.kode


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
    blank = (*_TEXTS, *_ABSENT.get(change.perubahan, ()))
    return tuple(Cell(value, is_figure=name not in blank) for name, value in change._asdict().items())
