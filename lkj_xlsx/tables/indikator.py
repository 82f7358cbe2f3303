"""Indicators measured: target, realisasi (taken from Tabel C.1 where it is a serapan) and % capaian.

Shared by Tabel 1 and Tabel B.1. Without indicators, each makes one a RO or a kegiatan, target 100%.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from lkj_xlsx.finding import Where
from lkj_xlsx.kode import ROOT, Level, Path, level_of, parse, place, short, spell
from lkj_xlsx.model import Budget, Indikator, paths
from lkj_xlsx.persen import CUT, rounded_percent
from lkj_xlsx.rollup import Rollup
from lkj_xlsx.table import Capaian, Cell, Ref, Unit
from lkj_xlsx.tables import tabel_c1
from lkj_xlsx.tables.rincian import ratio, sum_of

FULL: Final = Decimal(100)
PERCENT: Final = ("%", "")
NO_VALUE: Final = "-"
ASSUMED: Final = "Indikator tidak diberikan: satu indikator tiap {level}, target 100%, realisasi = serapan anggaran."


@dataclass(frozen=True, slots=True)
class Measured:
    """One indicator, where its code lies in the budget, and its three cells."""

    indikator: Indikator
    path: Path
    target: Cell
    realisasi: Cell
    capaian: Cell


def measured(tabel: str, budget: Budget, rollup: Rollup) -> tuple[Measured, ...]:
    """Measure the indicators of one table, in their order; made up one a RO or kegiatan where none are given."""
    given = [indikator for indikator in budget.indikator if indikator.tabel == tabel]
    if not given:
        given = list(_assumed(tabel, budget, rollup))
    lines = frozenset(rollup.cut(Level.RO).index)
    return tuple(_measure(index, indikator, rollup, lines) for index, indikator in enumerate(given))


def is_assumed(tabel: str, budget: Budget) -> bool:
    """Tell whether a table's indicators had to be made up."""
    return not any(indikator.tabel == tabel for indikator in budget.indikator)


def row_key(index: int) -> str:
    """Name the row of the indicator at that place, for references from its own cells."""
    return f"indikator {index}"


def _assumed(tabel: str, budget: Budget, rollup: Rollup) -> Iterator[Indikator]:
    level = Level.RO if tabel == "1" else Level.KEGIATAN
    nodes = rollup.cut(level)
    names = dict(zip(rollup.paths, rollup.names, strict=True))
    for path, kode, uraian in zip(paths(nodes), nodes["kode"], nodes["uraian"], strict=True):
        above = (*path[:2], *ROOT[2:]) if tabel == "1" else (path[0], *ROOT[1:])
        nama = f"Persentase realisasi anggaran {uraian}" if tabel == "1" else uraian
        yield Indikator(
            tabel, names.get(above, ""), nama, kode, FULL, "%", None, is_minimise=False, where=Where(budget.file)
        )


def _measure(index: int, indikator: Indikator, rollup: Rollup, lines: frozenset[int]) -> Measured:
    """Measure one indicator; `lines` are the positions of the nodes that are lines of Tabel C.1."""
    position = rollup.find(indikator.kode) if indikator.kode else None
    path = place(parse(indikator.kode) or {}, ROOT) if position is None else rollup.paths[position]
    target = _number(indikator.target, indikator.satuan)
    if indikator.realisasi is not None:
        realisasi = _number(indikator.realisasi, indikator.satuan)
    elif position is not None and indikator.satuan in PERCENT:
        realisasi = _serapan(rollup, position, path, is_line=position in lines)
    else:
        realisasi = Cell(None, is_figure=True)
    return Measured(indikator, path, target, realisasi, _capaian(row_key(index), target, realisasi, indikator))


def _number(value: Decimal | str | None, satuan: str) -> Cell:
    """Make the cell of a typed target or realisasi, in its own unit."""
    if not isinstance(value, Decimal):
        return Cell(value or NO_VALUE, unit=Unit.LABEL)
    if satuan in PERCENT:
        is_whole = value == value.to_integral_value()
        return Cell(Fraction(value) / 100, unit=Unit.PERSEN if is_whole else Unit.SERAPAN)
    is_whole = value == value.to_integral_value()
    return Cell(int(value) if is_whole else Fraction(value), unit=Unit.BILANGAN, suffix=satuan)


def _serapan(rollup: Rollup, position: int, path: Path, *, is_line: bool) -> Cell:
    """Point at the percent of the code's row in Tabel C.1, or compute it from Rincian where C.1 has no such row."""
    pagu, realisasi = (rollup.figures[name][position] for name in ("pagu", "realisasi"))
    level = level_of(path)
    if is_line or level in (Level.PROGRAM, Level.KEGIATAN):
        key = (
            tabel_c1.line_key(spell(path))
            if is_line
            else tabel_c1.program_key(path[0])
            if level is Level.PROGRAM
            else tabel_c1.kegiatan_key(path[0], path[1])
        )
        value = ratio(Ref("", ""), Ref("", ""), realisasi, pagu).value
        return Cell(value, Ref(key, "persen", tabel_c1.NAME), unit=Unit.SERAPAN)
    is_leaf = rollup.is_leaf(position)
    spent, ceiling = (sum_of(path, name, is_leaf=is_leaf) for name in ("realisasi", "pagu"))
    cell = ratio(spent, ceiling, realisasi, pagu)
    return Cell(cell.value, cell.formula, unit=Unit.SERAPAN)


def _capaian(key: str, target: Cell, realisasi: Cell, indikator: Indikator) -> Cell:
    """Realisasi / target, cut to a whole percent; where lower is better, (2 x target - realisasi) / target."""
    t, r = target.value, realisasi.value
    if isinstance(t, str) or t is None or t == 0 or (isinstance(r, str) and realisasi.formula is None):
        return Cell(NO_VALUE, unit=Unit.LABEL)
    formula = Capaian(Ref(key, "realisasi"), Ref(key, "target"), indikator.is_minimise)
    if r is None:
        return Cell(None, formula)
    if isinstance(r, str):
        return Cell(NO_VALUE, formula)
    exact = Fraction(2 * t - r if indikator.is_minimise else r) / t
    return Cell(Fraction(rounded_percent(exact, places=0, rule=CUT)) / 100, formula)


def code_beside(measure: Measured) -> str:
    """Give the code the report prints beside an indicator: `QGE.001`, `6709`, `051.0A`."""
    return short(measure.path)
