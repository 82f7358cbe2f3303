"""The invented table that every case starts from, and what it adds up to: a Tabel C.1 of two kegiatan and four RO."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

Amounts = Mapping[str, tuple[int | None, int | None]]
"""Pagu and realisasi by whole path; None where unknown."""

SHEET: Final = "C.1"
VICTIM: Final = "C5"
"""The cell that most cases change: the pagu of the first RO."""
SPENT: Final = "D7"
"""The realisasi of the third RO: 0."""


@dataclass(frozen=True, slots=True)
class Line:
    """One RO: the kegiatan above it, its code, its name, pagu and realisasi."""

    kegiatan: str
    kode: str
    uraian: str
    pagu: int
    realisasi: int

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths that its figures count in, with its own."""
        kro = self.kode.partition(".")[0]
        whole = f"CQ.{self.kegiatan}"
        return "CQ", whole, f"{whole}.{kro}", f"{whole}.{self.kode}"


@dataclass(frozen=True, slots=True)
class Table:
    """The lines of the table; cells and sums follow."""

    lines: tuple[Line, ...]

    def with_pagu(self, pagu: int) -> "Table":
        """Give the same table with another pagu in the victim's cell, all totals with it."""
        first, *others = self.lines
        return Table((Line(first.kegiatan, first.kode, first.uraian, pagu, first.realisasi), *others))

    def cells(self) -> dict[str, str | int]:
        """Give what stands in each cell."""
        pagu, realisasi = sum(line.pagu for line in self.lines), sum(line.realisasi for line in self.lines)
        cells: dict[str, str | int] = {
            **_row(1, "Tabel C.1 Pengukuran Capaian Realisasi Anggaran Tahun 2024"),
            **_row(2, "KODE", "PROGRAM/KEGIATAN/OUTPUT", "PAGU (Rp)", "REALISASI (Rp)"),
            **_row(3, "076.01.CQ", "Program Dukungan Manajemen"),
        }
        row = 4
        for kegiatan in sorted({line.kegiatan for line in self.lines}):
            own = [line for line in self.lines if line.kegiatan == kegiatan]
            cells |= _row(row, kegiatan, f"Kegiatan {kegiatan}")
            for line in own:
                row += 1
                cells |= _row(row, line.kode, line.uraian, line.pagu, line.realisasi)
            row += 1
            sums = sum(line.pagu for line in own), sum(line.realisasi for line in own)
            cells |= _row(row, None, f"SUB TOTAL ({kegiatan})", *sums)
            row += 1
        return (
            cells
            | _row(row, None, "TOTAL PAGU T.A 2024", pagu)
            | _row(row + 1, None, "TOTAL REALISASI ANGGARAN", None, realisasi)
        )

    def grid(self) -> list[list[str | int]]:
        """Give the rows of four cells each, blanks as empty texts."""
        cells = self.cells()
        last = max(int(place[1:]) for place in cells)
        return [[cells.get(f"{letter}{row}", "") for letter in "ABCD"] for row in range(1, last + 1)]

    def amounts(self, unknown: str = "") -> Amounts:
        """Give the sums at every path; the cell `unknown` of a line makes every sum over it None."""
        sums: dict[str, tuple[int | None, int | None]] = {}
        for line in self.lines:
            place = next(ref for ref, value in self.cells().items() if value == line.uraian)[1:]
            pagu = None if unknown == f"C{place}" else line.pagu
            realisasi = None if unknown == f"D{place}" else line.realisasi
            for path in line.paths:
                before = sums.get(path, (0, 0))
                sums[path] = _plus(before[0], pagu), _plus(before[1], realisasi)
        return sums


def _row(row: int, *values: str | int | None) -> dict[str, str | int]:
    return {f"{letter}{row}": value for letter, value in zip("ABCD", values, strict=False) if value is not None}


def _plus(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else first + second


TABLE: Final = Table(
    (
        Line("6709", "QGE.001", "Layanan Penyuluhan", 12_309_652_000, 7_000_000_000),
        Line("6709", "QGE.002", "Layanan Sosialisasi", 250_500, 1_000),
        Line("6709", "EBA.994", "Layanan Perkantoran", 1_800_000, 0),
        Line("6710", "QGE.001", "Layanan Pendidikan", 999, 998),
    )
)
