"""Match the lines of one document with those of another, by whole path; where a path has several, by sumber dana."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import pandas as pd

from lkj_xlsx.extras import joined, sources_of
from lkj_xlsx.kode import Level, Path, ancestors, level_of
from lkj_xlsx.model import AMOUNTS, PERSEN, RPD, SISA, SUMBER_DANA, known, paths
from lkj_xlsx.rupiah import LARGEST

Rows = tuple[int, ...]
"""Positions in a frame."""
Find = Callable[[Path], Path | None]

ADDED: Final = (*AMOUNTS, SISA, *RPD)
PROGRAM: Final = Level.PROGRAM.depth


@dataclass(frozen=True, slots=True)
class Match:
    """How the rows of another document fit those that count.

    `rows` gives for each row that counts the rows of the other that make it up (None where that is not asked), `lost`
    the rows that make up none, `torn` the paths with several lines that count, between which the other does not tell.
    """

    rows: tuple[Rows | None, ...]
    lost: Rows
    torn: frozenset[Path] = frozenset()

    @property
    def lacking(self) -> Rows:
        """The rows that count of which the other document says nothing."""
        return tuple(position for position, rows in enumerate(self.rows) if rows == ())

    @property
    def is_empty(self) -> bool:
        """Tell whether the documents have nothing in common."""
        return not self.torn and not any(self.rows)


NOTHING: Final = Match((), ())


def match(ours: pd.DataFrame, theirs: pd.DataFrame, *, is_shared: bool = False) -> Match:
    """Match lines: each of theirs with the one of ours at its path or above it.

    Of a path with several lines of ours each gets theirs of its own sumber dana; where something is taken that is
    no amount (`is_shared`), each gets them all.
    """
    places = grouped(paths(ours))
    find = finder(places)
    targets = [find(path) for path in paths(theirs)]
    our_sources, their_sources = sources_of(ours), sources_of(theirs)
    rows: list[list[int]] = [[] for _ in our_sources]
    torn: set[Path] = set()
    for target, own in grouped(targets).items():
        if target is None:
            continue
        named = {our_sources[place]: place for place in places[target]}
        if len(places[target]) == 1 or is_shared:
            for place in places[target]:
                rows[place] = own
        elif len(named) == len(places[target]) and all(their_sources[row] in named for row in own):
            for row in own:
                rows[named[their_sources[row]]].append(row)
        else:
            torn.add(target)
    lost = tuple(row for row, target in enumerate(targets) if target is None)
    return Match(tuple(map(tuple, rows)), lost, frozenset(torn))


def match_items(lines: pd.DataFrame, ours: pd.DataFrame, theirs: pd.DataFrame) -> Match:
    """Match printed items by the path of their akun, which is one of `lines`, and by their number.

    An item of theirs under an akun that does not count is no lost item: its akun is told of.
    """
    find = finder(set(paths(lines)))
    found = grouped(_item_under(find, path) for path in paths(theirs))
    found.pop(None, None)
    own = list(paths(ours))
    rows = tuple(tuple(found.get(path, ())) if path[-1] else None for path in own)
    lost = sorted(row for path in found.keys() - set(own) for row in found[path])
    return Match(rows, tuple(lost))


def _item_under(find: Find, path: Path) -> Path | None:
    """Give the path of an item under the akun of ours that is its own; None where there is none."""
    akun = find((*path[:-1], "")) if path[-1] else None
    return (*akun[:-1], path[-1]) if akun and level_of(akun) is Level.AKUN else None


Key = TypeVar("Key")


def grouped(keys: Iterable[Key]) -> dict[Key, list[int]]:
    """Give the positions of each key."""
    found: dict[Key, list[int]] = {}
    for position, key in enumerate(keys):
        found.setdefault(key, []).append(position)
    return found


def finder(known_paths: Collection[Path]) -> Find:
    """Make the function that finds the known path which is a path itself, or lies above it.

    Where one side names no program, the rest of the path decides, if just one has it.
    """
    below_program: dict[Path, list[Path]] = {}
    for path in known_paths:
        below_program.setdefault(path[PROGRAM + 1 :], []).append(path)

    def find(path: Path) -> Path | None:
        for own in (path, *reversed(ancestors(path))):
            if own in known_paths:
                return own
            named = below_program.get(own[PROGRAM + 1 :], [])
            if len(named) == 1 and not (own[PROGRAM] and named[0][PROGRAM]):
                return named[0]
        return None

    return find


def merged(lines: pd.DataFrame, torn: Collection[Path]) -> pd.DataFrame:
    """Make one line of the several that each of some paths has, at the first: amounts added, sumber dana joined."""
    columns = {name: known(lines[name]) for name in ADDED if name in lines}
    sources, percents = sources_of(lines), lines[PERSEN].tolist()
    kept = [True] * len(lines)
    for path, places in grouped(paths(lines)).items():
        if path not in torn:
            continue
        first = places[0]
        for values in columns.values():
            values[first] = total(values[place] for place in places)
        sources[first], percents[first] = joined(sources[place] for place in places), None
        for place in places[1:]:
            kept[place] = False
    summed = {name: pd.Series(values, lines.index, dtype="Int64") for name, values in columns.items()}
    texts = {PERSEN: percents, **({SUMBER_DANA: sources} if SUMBER_DANA in lines else {})}
    spelled = {name: pd.Series(values, lines.index, dtype=object) for name, values in texts.items()}
    return lines.assign(**summed, **spelled).loc[kept].reset_index(drop=True)


def total(values: Iterable[int | None]) -> int | None:
    """Add amounts: None over anything unknown, and beyond what a sheet can hold."""
    amounts: Sequence[int | None] = list(values)
    added = None if None in amounts else sum(amount or 0 for amount in amounts)
    return added if added is None or abs(added) <= LARGEST else None
