"""What one document says: its identity, its lines, what it prints as totals, its indicators and its scale.

Glossary (term, expansion, meaning; official sources in the reference of each):

| term | meaning | source |
|---|---|---|
| pagu | budget ceiling, rupiah | DIPA |
| blokir, lock pagu | the part of the pagu that may not be spent now | SAKTI GLP039 |
| realisasi | spent; *lalu* before this month, *ini* in it, without either: cumulative | SAKTI GLP039 |
| sisa | pagu - realisasi | LKj chapter III |
| serapan | realisasi / pagu, a ratio of sums, half-up to two decimals | LKj chapter III |
| capaian | realisasi of an indicator / its target, cut to a whole percent | PermenPANRB 53/2014 |
| sumber dana | where the money comes from: RM (rupiah murni), PNP (PNBP), PLN, BLU | RKK |
| RPD | rencana penarikan dana, planned spending a month | PMK 62/2023 |
| satker | satuan kerja, the work unit | PMK 62/2023 |
| KRO, RO | klasifikasi rincian output, rincian output | PMK 62/2023 |
| akun | six-digit account; its first two digits are the jenis belanja | bagan akun standar |
| uraian | the name that stands beside a code | SAKTI, LKj |
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from lkj_xlsx.finding import Finding, Where
from lkj_xlsx.kode import LEVELS, ROOT, Path, parent

if TYPE_CHECKING:
    import pandas as pd

AMOUNTS: Final = ("pagu", "blokir", "realisasi_lalu", "realisasi_ini", "realisasi")
"""The amount columns of a frame: rupiah, `Int64`, <NA> where the document does not say."""

SISA: Final = "sisa"
PERSEN: Final = "persen"
"""What a document prints of a row besides: what is left (rupiah, `Int64`), and realisasi / pagu.

A percent is a `Decimal` of percent points as printed, or a `float`: a bare number in a cell, whose scale (0.99 or 99)
only its whole column can tell. None where none is printed.
"""

SUMBER_DANA: Final = "sumber_dana"
"""Where the money comes from, as documents print it (`RM`, `PNP`, `PLN`, `BLU`); one path may have several."""

RPD: Final = tuple(f"rpd_{month:02d}" for month in range(1, 13))
"""Rencana penarikan dana: what is planned to be spent in each month, rupiah, `Int64`."""

EXTRAS: Final = (SUMBER_DANA, *RPD)
"""Columns that a frame has only where its document brings them."""

FILE: Final = "file"
"""A column that only the lines of a merged budget have: the file that each stands in."""

FIGURES: Final = (*AMOUNTS, SISA, PERSEN)
"""The figures a row prints, in the order of a SAKTI export's seven numbers but for the percent."""

CODES: Final = tuple(level.value for level in LEVELS)
"""The code columns of a frame, one a level: text, "" where the level is missing."""

BULAN: Final = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)

Amounts = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose figures they are and for which period; what a document does not say is None."""

    nama_satker: str | None = None
    kode_satker: str | None = None
    bagian_anggaran: str | None = None
    unit_eselon_i: str | None = None
    kementerian: str | None = None
    tahun: int | None = None
    bulan: int | None = None
    kota: str | None = None
    tanggal_laporan: str | None = None
    jabatan: str | None = None
    nama: str | None = None
    nip: str | None = None

    @property
    def unit(self) -> str:
        """Bagian anggaran and unit as they stand before a program code: `076.01`."""
        return ".".join(part for part in (self.bagian_anggaran, self.unit_eselon_i) if part)

    @property
    def whose(self) -> str:
        """The last title line of a printed table: `KPU Kota Binjai Tahun 2024`."""
        return " ".join(part for part in (self.nama_satker, f"Tahun {self.tahun}" if self.tahun else "") if part)

    @property
    def periode(self) -> str | None:
        """The period as the command line spells it: `2024-12`, or the year alone."""
        if self.tahun is None:
            return None
        return f"{self.tahun}-{self.bulan:02d}" if self.bulan else str(self.tahun)


@dataclass(frozen=True, slots=True)
class Indikator:
    """One performance indicator of Tabel 1 or Tabel B.1.

    `target`, `realisasi` and `capaian` are numbers in the unit `satuan` (percent points when it is `%`), a text where
    the document has one (`WTP`, `-`), or None; realisasi None means the serapan of `kode`. `cells` names the cells of
    `kode`, `target`, `realisasi` and `capaian` where they are not that of the indicator itself.
    """

    tabel: str
    sasaran: str
    nama: str
    kode: str
    target: Decimal | str | None
    satuan: str
    realisasi: Decimal | str | None
    is_minimise: bool
    where: Where
    capaian: Decimal | str | None = None
    cells: Mapping[str, Where] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kategori:
    """One step of the category scale, both bounds included, in percent points; None is unbounded."""

    bawah: Decimal | None
    atas: Decimal | None
    nama: str
    keterangan: str
    where: Where


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a document on its way into a frame."""

    path: Path
    uraian: str
    amounts: Amounts
    sheet: str
    row: int
    is_total: bool = False
    persen: Decimal | float | None = None
    sumber_dana: str = ""


def frame_of(lines: Iterable[Line]) -> "pd.DataFrame":
    """Lay rows out as a frame: CODES, uraian, FIGURES, sheet, row (0-based), is_total.

    `is_total` marks a total printed under a label of its own (`SUB TOTAL (6709)`); its uraian is that label.
    EXTRAS follow where any row brings them.
    """
    rows = list(lines)
    extras: dict[str, list[object]] = {}
    if any(line.sumber_dana for line in rows):
        extras[SUMBER_DANA] = [line.sumber_dana for line in rows]
    if any(name in line.amounts for line in rows for name in RPD):
        extras |= {name: [line.amounts.get(name) for line in rows] for name in RPD}
    return lay_out(
        [line.path for line in rows],
        {name: [line.amounts.get(name) for line in rows] for name in (*AMOUNTS, SISA)},
        uraian=[line.uraian for line in rows],
        persen=[line.persen for line in rows],
        sheet=[line.sheet for line in rows],
        row=[line.row for line in rows],
        is_total=[line.is_total for line in rows],
        **extras,
    )


def lay_out(paths: Sequence[Path], amounts: Mapping[str, Any], **others: Sequence[object]) -> "pd.DataFrame":
    """Lay the columns of rows out as `frame_of` does.

    Amounts are whole rupiah or None, or a pair of arrays: values, and which of them are unknown. `others` are uraian,
    PERSEN, sheet, row, is_total, and those of EXTRAS that the rows have.
    """
    import pandas as pd  # noqa: PLC0415 - the names above are asked for where no frame is made

    def whole(own: Any) -> "pd.Series":  # noqa: ANN401 - either of two
        return pd.Series(pd.arrays.IntegerArray(*own) if isinstance(own, tuple) else own, dtype="Int64")

    kinds: dict[str, Any] = {"row": "int64", "is_total": bool}
    codes = zip(*paths, strict=True) if paths else [()] * len(CODES)
    columns = {name: pd.Series(list(own), dtype=object) for name, own in zip(CODES, codes, strict=True)}
    columns["uraian"] = pd.Series(others["uraian"], dtype=object)
    columns |= {name: whole(own) for name, own in amounts.items()}
    columns |= {
        name: whole(own) if name in RPD else pd.Series(own, dtype=kinds.get(name, object))
        for name, own in others.items()
        if name != "uraian"
    }
    return pd.DataFrame(columns, copy=False)


def leaf_places(paths: Sequence[Path], totals: Collection[int] = ()) -> list[int]:
    """Give the places of the leaves among rows: those with no row below them, but for the totals at some places.

    Items are never leaves: a SAKTI akun sometimes includes a line that its items lack (FORMATS.md 1.8), so the akun is
    what is added.
    """
    able = [place for place, path in enumerate(paths) if path != ROOT and not path[-1] and place not in totals]
    parents = {ROOT}
    for place in able:
        above = parent(paths[place])
        while above not in parents:
            parents.add(above)
            above = parent(above)
    return [place for place in able if paths[place] not in parents]


def split_leaves(lines: Iterable[Line]) -> tuple[list[Line], list[Line]]:
    """Part what is added from what is only compared: the leaves, and every other row."""
    rows = list(lines)
    places = set(leaf_places([row.path for row in rows], {place for place, row in enumerate(rows) if row.is_total}))
    others = [row for place, row in enumerate(rows) if place not in places]
    return [rows[place] for place in sorted(places)], others


@dataclass(frozen=True, slots=True)
class Budget:
    """One document: what it says, and where.

    `lines` are its leaves, `printed` everything else it prints (totals, names of groups, items), both as
    `frame_of` lays them out. `columns` gives the 0-based column of each figure (and of `kode` and `uraian` where one
    column holds them), `cells` the exceptions (sheet, row, name) that stand elsewhere. `others` are further tables of
    figures in the same file: they are compared with these, and never added.
    """

    file: str
    format: str
    identity: Identity
    lines: "pd.DataFrame"
    printed: "pd.DataFrame"
    columns: Mapping[str, int] = field(default_factory=dict)
    cells: Mapping[tuple[str, int, str], Where] = field(default_factory=dict)
    indikator: tuple[Indikator, ...] = ()
    skala: tuple[Kategori, ...] = ()
    findings: tuple[Finding, ...] = ()
    others: tuple["Budget", ...] = ()

    def where(self, sheet: str, row: int, name: str | None = None) -> Where:
        """Name the cell of a figure, `kode` or `uraian` in a row of this document (the row, when none is given).

        Where codes and names have no column of their own, as in a SAKTI export, the row is named by its pagu.
        """
        if name is None:
            return Where(self.file, sheet, row)
        column = self.columns.get(name, self.columns.get("pagu") if name in ("kode", "uraian") else None)
        return self.cells.get((sheet, row, name)) or Where(self.file, sheet, row, column)


def paths(frame: "pd.DataFrame") -> Iterator[Path]:
    """Give the Path of each row of a frame, in order."""
    return zip(*(frame[code].tolist() for code in CODES), strict=True)


def known(column: "pd.Series") -> list[int | None]:
    """Give a column of amounts as Python integers, None where unknown."""
    amounts: list[int | None] = column.astype(object).where(column.notna(), None).tolist()
    return amounts
