"""Questions of names: one code is called one thing, wherever it stands."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

import numpy as np

from lkj_xlsx.case import Group
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.kode import ROOT, Level, Path, level_of, plain, spell, without_code
from lkj_xlsx.measures import Measures
from lkj_xlsx.statements import Statements

CUT_AT: Final = 30
"""SAKTI cuts long names: one that begins another, and is at least so long, is the same."""


ALIKE: Final = 0.9
"""Names that have so much in common differ by a slip of typing."""


class Named(NamedTuple):
    """A name, and where it stands."""

    name: str
    where: Where


def check_names(group: Group) -> Iterator[Finding]:
    """K110: one code has two names.

    satu kode punya dua nama
    """
    first: dict[Path | str, Named] = {}
    told: set[tuple[Path | str, str]] = set()
    for key, named in _names(group):
        seen = first.setdefault(key, named)
        if _is_same(seen.name, named.name) or (key, plain(named.name)) in told:
            continue
        told.add((key, plain(named.name)))
        code = key if isinstance(key, str) else spell(key)
        message = f"{code} di sini bernama `{named.name}`, di tempat lain `{seen.name}`"
        yield Finding("K110", Severity.PERINGATAN, named.where, message, named.name, because=(seen.where,))


def _is_same(one: str, other: str) -> bool:
    short, long = sorted((plain(one), plain(other)), key=len)
    return short == long or (len(short) >= CUT_AT and long.startswith(short))


def _names(group: Group) -> Iterator[tuple[Path | str, Named]]:
    """Give every name of a group's documents: of each node by its path, of an akun by its number alone."""
    is_alone = len(group.documents) == 1 and not group.measures
    for document in group.documents:
        for row in _named_rows(document, is_alone=is_alone):
            path = document.path(row)
            name = without_code(document.names[row])
            if name:
                key = path[Level.AKUN.depth] or _path_in(group.documents[0], path)
                yield key, Named(name, document.where(row, "uraian"))
    for measures in group.measures:
        for column in _columns(group.documents[0], measures) if group.documents else ():
            if _are_names(group.documents[0], column):
                yield from column


def _named_rows(document: Statements, *, is_alone: bool) -> list[int]:
    """Give the first row of each node but items and totals.

    In a document alone only an akun can have two names: there, the first row of each akun and name.
    """
    is_item = document.tree.depth[document.node] == Level.ITEM.depth
    rows = np.flatnonzero(~document.is_total & ~is_item)
    rows = rows[np.sort(np.unique(document.node[rows], return_index=True)[1])]
    if not is_alone:
        return list(map(int, rows))
    own = document.rows[["akun", "uraian"]].iloc[rows]
    return list(map(int, rows[((own["akun"] != "") & ~own.duplicated()).to_numpy(dtype=bool)]))


def _columns(reference: Statements, measures: Measures) -> tuple[list[tuple[Path, Named]], ...]:
    """Give what a table of indicators calls nodes of the budget: its sasaran, and its indicators above the RO."""
    depth = 1 if measures.tabel == "B.1" else 2
    sasaran, indicators = [], []
    for measured in measures.rows:
        if measured.document is None:
            continue
        path = _path_in(reference, measured.path)
        where = measured.indikator.cells.get("sasaran")
        if where and measured.indikator.sasaran:
            sasaran.append(((*path[:depth], *ROOT[depth:]), Named(measured.indikator.sasaran, where)))
        if level_of(path) in (Level.PROGRAM, Level.KEGIATAN):
            indicators.append((path, Named(measured.indikator.nama, measured.indikator.where)))
    return sasaran, indicators


def _are_names(reference: Statements, column: Sequence[tuple[Path, Named]]) -> bool:
    """Tell whether a column of a table of indicators holds names of the budget: at least half of it nearly are.

    A sasaran may be a sentence of its own (`Meningkatnya …`), and an indicator what is measured of a kegiatan.
    """
    pairs = ((reference.name(path), named.name) for path, named in column)
    return sum(_is_like(without_code(name), other) for name, other in pairs) * 2 >= len(column)


def _is_like(one: str, other: str) -> bool:
    return _is_same(one, other) or SequenceMatcher(None, plain(one), plain(other)).ratio() >= ALIKE


def _path_in(reference: Statements, path: Path) -> Path:
    """Spell a path as the first document does: whole, where this one does not know the program."""
    return reference.find(path) or path
