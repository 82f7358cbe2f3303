"""Questions of names: one code is called one thing, wherever it stands."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from lkj_xlsx.case import Group
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.kode import ROOT, Level, Path, level_of, spell, without_code
from lkj_xlsx.statements import Statements, plain

CUT_AT: Final = 30
"""SAKTI cuts long names: one that begins another, and is at least so long, is the same."""


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
    for document in group.documents:
        seen: set[Path] = set()
        for row, path in enumerate(document.paths):
            if document.is_total[row] or path[Level.ITEM.depth] or path in seen:
                continue
            seen.add(path)
            name = without_code(str(document.rows["uraian"].iloc[row]))
            if name:
                akun = path[Level.AKUN.depth]
                own = _path_in(group.documents[0], path)
                yield akun or own, Named(name, document.where(row, "uraian"))
    for measures in group.measures:
        for measured in measures.rows:
            if measured.document is None:
                continue
            path = _path_in(group.documents[0], measured.path)
            level = level_of(path)
            sasaran = measured.indikator.cells.get("sasaran")
            above = (*path[: (1 if measures.tabel == "B.1" else 2)], *ROOT[(1 if measures.tabel == "B.1" else 2) :])
            if sasaran and measured.indikator.sasaran:
                yield above, Named(measured.indikator.sasaran, sasaran)
            if level in (Level.PROGRAM, Level.KEGIATAN):
                yield path, Named(measured.indikator.nama, measured.indikator.where)


def _path_in(reference: Statements, path: Path) -> Path:
    """Spell a path as the first document does: whole, where this one does not know the program."""
    return reference.find(path) or path
