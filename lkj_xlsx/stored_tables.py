"""The tables of `lkj query` over documents that are kept as Parquet, asked where they stand: Python sees no row.

Only where that is sure to give what reading the documents would: exports of one kind, one for each satker and month,
that all bring the same figures, so that none takes anything from another. Anything else is read (query_tables.py).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from glob import has_magic
from pathlib import Path
from typing import Any, Final

from lkj_xlsx.footer import identity_of, said_of
from lkj_xlsx.inputs import Inputs
from lkj_xlsx.kode import JENIS_BELANJA, LEAF_LEVELS, Level, jenis_belanja
from lkj_xlsx.model import AMOUNTS, CODES, SISA, Identity
from lkj_xlsx.parquet import said_in
from lkj_xlsx.rupiah import LARGEST
from lkj_xlsx.schemas import SCHEMAS

SUFFIX: Final = ".parquet"


@dataclass(frozen=True, slots=True)
class Kept:
    """One document: where it stands, whose it is, and what its footer says besides."""

    path: Path
    identity: Identity
    said: Mapping[str, Any]


class StoredTables:
    """Documents of the same kind, one for each satker and month, in the order in which they were given."""

    def __init__(self, documents: Sequence[Kept]) -> None:
        """Group them by satker and year; of each, the latest month counts."""
        groups: dict[tuple[str | None, int | None], list[Kept]] = {}
        for one in documents:
            groups.setdefault((one.identity.kode_satker, one.identity.tahun), []).append(one)
        self.groups = [sorted(own, key=lambda one: one.identity.bulan or 0) for own in groups.values()]
        self.documents = tuple(documents)
        self.paths = tuple(one.path for one in documents)

    @property
    def noted(self) -> list[Path]:
        """The documents of each satker and year of which anything was found while reading one."""
        return [one.path for own in self.groups if any(each.said["findings"] for each in own) for one in own]

    def sql(self, name: str) -> str | None:
        """Give the SELECT that is a table, None for one that only the documents themselves can make."""
        mains, months = [own[-1] for own in self.groups], [one for own in self.groups for one in own]
        makers: dict[str, Callable[[], str]] = {
            "rincian": lambda: _leaves(mains, "rincian"),
            "bulanan": lambda: _leaves(months, "rincian"),
            "item": lambda: _leaves(mains, "NOT rincian AND item IS NOT NULL"),
            "item_bulanan": lambda: _leaves(months, "NOT rincian AND item IS NOT NULL"),
            "tercetak": lambda: _printed(self.documents),
            "jenis_belanja": lambda: _by_jenis(mains),
        }
        if all(one.said["is_whole"] for one in mains):
            makers |= {level.value: partial(_nodes, mains, level) for level in LEAF_LEVELS}
        return makers[name]() if name in makers else None


def stored_tables(inputs: Inputs) -> StoredTables | None:
    """Give the tables of files that are all kept documents of one kind; None where they must be read.

    Raises UnreadableFile for a Parquet file that is damaged.
    """
    if not inputs.files or any(path.suffix.lower() != SUFFIX or has_magic(str(path)) for path in inputs.paths):
        return None  # DuckDB lets nobody into a file whose name is a pattern
    footers = said_in(inputs.paths, str(inputs.paths[0].parent))
    said = [said_of(footers.get(str(path))) for path in inputs.paths]
    documents = [
        Kept(path, identity_of(own), own) for path, own in zip(inputs.paths, said, strict=True) if own is not None
    ]
    return StoredTables(documents) if len(documents) == len(said) and _is_of_one_kind(documents) else None


def _is_of_one_kind(documents: Sequence[Kept]) -> bool:
    """Tell whether no document can take anything from another, and each says where it stands whose it is."""
    first = documents[0].said
    whose = {(one.identity.kode_satker, one.identity.tahun, one.identity.bulan) for one in documents}
    return (
        len(whose) == len(documents)
        and set(first["brings"]) == set(AMOUNTS)
        and all(
            (one.said["format"], one.said["brings"], one.said["others"], one.said["indikator"])
            == (first["format"], first["brings"], [], [])
            and _says_whose(one)
            for one in documents
        )
    )


def _says_whose(one: Kept) -> bool:
    """Tell whether the folders of a document name its year, month and satker, as consolidation does."""
    own = one.identity
    if not (own.tahun and own.bulan and own.kode_satker):
        return False
    wanted = [f"tahun={own.tahun}", f"bulan={own.bulan}", f"satker={own.kode_satker}"]
    return list(one.path.parts[-4:-1]) == wanted


def quoted(text: str) -> str:
    """Spell a text as SQL does."""
    return "'" + text.replace("'", "''") + "'"


def _rows(documents: Sequence[Kept]) -> str:
    """Spell the rows of some documents, in their order."""
    files = ", ".join(quoted(str(one.path)) for one in documents)
    kinds = "{'tahun': INTEGER, 'bulan': INTEGER, 'satker': VARCHAR}"
    return f"read_parquet([{files}], hive_partitioning = true, hive_types = {kinds}, file_row_number = true)"


def _leaves(documents: Sequence[Kept], which: str) -> str:
    return _shaped(
        "rincian",
        f"SELECT {_sisa()}, NULL AS rpd, left(akun, 2) AS jenis_belanja FROM {_rows(documents)} WHERE {which}",
    )


def _sisa() -> str:
    return f"* EXCLUDE ({SISA}), pagu - realisasi AS {SISA}"


def _shaped(name: str, select: str) -> str:
    """Give a SELECT the columns and types of a table."""
    columns = ", ".join(f'"{column}"::{kind} AS "{column}"' for column, kind in SCHEMAS[name].items())
    return f"SELECT {columns} FROM ({select})"


def _printed(documents: Sequence[Kept]) -> str:
    deepest = " ".join(f"WHEN {code} IS NOT NULL THEN '{code}'" for code in reversed(CODES))
    columns = f"* REPLACE (rtrim(persen, '%') AS persen), CASE {deepest} END AS tingkat"
    return _shaped("tercetak", f"SELECT {columns} FROM {_rows(documents)} WHERE NOT rincian")


def _sums() -> str:
    """Spell the sums of all amounts: unknown where a part is, or beyond what a sheet can hold."""
    return ", ".join(
        f"CASE WHEN abs(jumlah({name})) <= {LARGEST} THEN jumlah({name}) END AS {name}" for name in AMOUNTS
    )


def _finished(name: str, select: str) -> str:
    """Add what follows from the amounts of a sum."""
    sisa = f"CASE WHEN abs(pagu - realisasi) <= {LARGEST} THEN pagu - realisasi END AS {SISA}"
    extra = f"{sisa}, serapan(realisasi, pagu) AS serapan, NULL AS sumber_dana, NULL AS rpd"
    return _shaped(name, f"SELECT *, {extra} FROM ({select})")


def _nodes(documents: Sequence[Kept], level: Level) -> str:
    """Spell the totals of a level; a node is called by the first name that its document prints beside its code."""
    codes = CODES[: level.depth + 1]
    below = " AND ".join(f"{code} IS NULL" for code in CODES[level.depth + 1 :])
    whole = " AND ".join(f"{code} IS NOT NULL" for code in codes)
    keys = ", ".join(("tahun", "bulan", "satker", *codes))
    rows = _rows(documents)
    named = (
        f"SELECT {keys}, arg_min(uraian, (rincian, file_row_number)) AS uraian FROM {rows}"
        f" WHERE NOT jumlah AND uraian <> '' AND {whole} AND {below} GROUP BY {keys}"
    )
    place = "min((file_index, file_row_number)) AS place"
    sums = f"SELECT {keys}, {_sums()}, {place} FROM {rows} WHERE rincian GROUP BY {keys}"
    kode = ", ".join(codes)
    whose = "tahun, bulan, satker"
    order = ", ".join(
        f"min(place) OVER (PARTITION BY {', '.join((whose, *codes[:depth]))})" for depth in range(len(codes) + 1)
    )
    return _finished(
        level.value,
        f"SELECT * REPLACE (coalesce(uraian, '') AS uraian), concat_ws('.', {kode}) AS kode, '{level.value}' AS tingkat"
        f" FROM ({sums}) LEFT JOIN ({named}) USING ({keys}) ORDER BY {order}",
    )


def _by_jenis(documents: Sequence[Kept]) -> str:
    """Spell the totals by the first two digits of the akun."""
    names = " ".join(f"WHEN '{kode}' THEN '{name}'" for kode, name in JENIS_BELANJA.items())
    other = jenis_belanja("")
    sums = (
        f"SELECT satker, tahun, bulan, left(akun, 2) AS kode, {_sums()}, min(file_index) AS place"
        f" FROM {_rows(documents)} WHERE rincian AND akun IS NOT NULL GROUP BY satker, tahun, bulan, left(akun, 2)"
    )
    name = f"CASE kode {names} ELSE '{other}' || kode END AS uraian"
    return _finished("jenis_belanja", f"SELECT *, {name} FROM ({sums}) ORDER BY place, kode")
