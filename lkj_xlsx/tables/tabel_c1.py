"""`Tabel C.1`: Pengukuran Capaian Realisasi Anggaran, laid out as the printed LKj has it.

A band a program and a kegiatan, a line a RO (or what stands in for it), SUB TOTAL a kegiatan, then the programs'
sub totals and the grand total. The report's own slips (a missing band, missing or misnamed sub totals) are not
repeated: docs/seed.md lists each.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from lkj_xlsx.finding import Finding
from lkj_xlsx.kode import ROOT, Level, Path, short, spell
from lkj_xlsx.model import CODES, Budget, Identity
from lkj_xlsx.rollup import Rollup
from lkj_xlsx.table import Cell, Column, Difference, Ref, Role, Row, Sum, Table, Unit
from lkj_xlsx.tables.rincian import ratio, sum_of

NAME: Final = "Tabel C.1"

COLUMNS: Final = (
    Column("kode", "KODE", Unit.LABEL, 12),
    Column("uraian", "PROGRAM/KEGIATAN/OUTPUT", Unit.TEXT, 36),
    Column("pagu", "PAGU (Rp)", Unit.RUPIAH, 18),
    Column("realisasi", "REALISASI (Rp)", Unit.RUPIAH, 18),
    Column("persen", "% CAPAIAN", Unit.SERAPAN, 12),
)
BAND: Final = len(COLUMNS) - 1


def title(identity: Identity, number: str, words: str) -> tuple[str, ...]:
    """Give the three title lines of a printed table."""
    return tuple(line for line in (number, words, identity.whose) if line)


def with_code(text: str, code: str) -> str:
    """Add a code in parentheses, as the report does, unless the text has it already."""
    return text if not code or text.endswith(f"({code})") else f"{text} ({code})".strip()


def build(budget: Budget, rollup: Rollup, findings: tuple[Finding, ...]) -> Table:  # noqa: ARG001 - one signature for all tables
    """Build the table; every amount is a sum over Rincian, every percent a quotient of its own row."""
    identity = budget.identity
    rows: list[Row] = []
    tops: list[Row] = []
    programs: list[Row] = []
    names = _Names(rollup)
    for program, of_program in groupby(_lines(rollup), key=lambda line: line[0][0]):
        path = (program, *ROOT[1:])
        if program:
            code = short(path, identity.unit)
            rows.append(_band(code, with_code(names.of(path), code)))
        members: list[Row] = []
        for kegiatan, of_kegiatan in groupby(of_program, key=lambda line: line[0][1]):
            lines = [_line(rollup, path, position) for path, position in of_kegiatan]
            if kegiatan:
                rows.append(_band(kegiatan, names.of((program, kegiatan, *ROOT[2:]))))
                members.append(_total(kegiatan_key(program, kegiatan), f"SUB TOTAL ({kegiatan})", lines, Role.SUBTOTAL))
                rows.extend([*lines, members[-1]])
            else:
                members.extend(lines)
                rows.extend(lines)
        tops.extend(members)
        if program:
            label = f"SUB TOTAL PROGRAM {short(path, identity.unit)}"
            programs.append(_total(program_key(program), label, members, Role.TOTAL))
    rows.extend([*programs, *_grand_total(identity, tops)])
    return Table(
        NAME, title(identity, NAME, "Pengukuran Capaian Realisasi Anggaran"), COLUMNS, tuple(rows), is_signed=True
    )


def line_key(kode: str) -> str:
    """Name the row of a line, for references from other tables."""
    return f"line {kode}"


def kegiatan_key(program: str, kegiatan: str) -> str:
    """Name the sub total row of a kegiatan."""
    return f"kegiatan {program}.{kegiatan}"


def program_key(program: str) -> str:
    """Name the sub total row of a program."""
    return f"program {program}"


def _lines(rollup: Rollup) -> Iterator[tuple[Path, int]]:
    """Give path and position of each line's node, in reading order."""
    cut = rollup.cut(Level.RO)
    for position, path in zip(cut.index, cut[list(CODES)].itertuples(index=False, name=None), strict=True):
        yield path, int(position)


class _Names:
    """The name printed beside each path."""

    def __init__(self, rollup: Rollup) -> None:
        self._names = dict(zip(rollup.paths, rollup.names, strict=True))

    def of(self, path: Path) -> str:
        """Give the name of a path, "" when the document has none."""
        return self._names.get(path, "")


def _band(code: str, name: str) -> Row:
    return Row(Role.GROUP, (Cell(code), Cell(name, across=BAND), *(Cell() for _ in range(BAND - 1))))


def _line(rollup: Rollup, path: Path, position: int) -> Row:
    key = line_key(spell(path))
    is_leaf = rollup.is_leaf(position)
    pagu, realisasi = (rollup.figures[name][position] for name in ("pagu", "realisasi"))
    cells = (
        Cell(short(path)),
        Cell(rollup.names[position]),
        Cell(pagu, sum_of(path, "pagu", is_leaf=is_leaf)),
        Cell(realisasi, sum_of(path, "realisasi", is_leaf=is_leaf)),
        ratio(Ref(key, "realisasi"), Ref(key, "pagu"), realisasi, pagu),
    )
    return Row(Role.LINE, cells, key, depth=1)


def _total(key: str, label: str, members: list[Row], role: Role) -> Row:
    """Make a row that adds the rows it is given, in both amount columns."""
    pagu, realisasi = (_added(members, column) for column in ("pagu", "realisasi"))
    cells = (
        Cell(label, across=2, unit=Unit.LABEL),
        Cell(),
        pagu,
        realisasi,
        ratio(Ref(key, "realisasi"), Ref(key, "pagu"), _int(realisasi), _int(pagu)),
    )
    return Row(role, cells, key)


def _added(members: list[Row], column: str) -> Cell:
    position = [spec.key for spec in COLUMNS].index(column)
    values = [_int(row.cells[position]) for row in members]
    numbers = [value for value in values if value is not None]
    total = sum(numbers) if len(numbers) == len(values) else None
    return Cell(total, Sum(tuple(Ref(row.key, column) for row in members)))


def _int(cell: Cell) -> int | None:
    return cell.value if isinstance(cell.value, int) else None


def _grand_total(identity: Identity, tops: list[Row]) -> list[Row]:
    """Make the four closing rows of the table, each one figure across the amount columns."""
    pagu, realisasi = _added(tops, "pagu"), _added(tops, "realisasi")
    p, r = _int(pagu), _int(realisasi)
    year = f" {identity.tahun}" if identity.tahun else ""
    persen = ratio(Ref("realisasi", "pagu"), Ref("pagu", "pagu"), r, p)
    sisa = Cell(None if p is None or r is None else p - r, Difference(Ref("pagu", "pagu"), Ref("realisasi", "pagu")))
    closing = (
        ("pagu", f"TOTAL PAGU T.A{year} (Rp)", pagu, Unit.RUPIAH),
        ("realisasi", "TOTAL REALISASI ANGGARAN (Rp)", realisasi, Unit.RUPIAH),
        ("persen", "Persentase Realisasi Anggaran (%)", persen, Unit.SERAPAN),
        ("sisa", f"Sisa Anggaran Tahun{year} (Rp)", sisa, Unit.RUPIAH),
    )
    return [
        Row(
            Role.TOTAL,
            (
                Cell(label, across=2, unit=Unit.LABEL),
                Cell(),
                Cell(cell.value, cell.formula, unit=unit, across=3),
                Cell(),
                Cell(),
            ),
            key,
        )
        for key, label, cell, unit in closing
    ]
