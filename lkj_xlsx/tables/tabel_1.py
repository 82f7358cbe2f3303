"""`Tabel 1`: Pengukuran Capaian Kinerja Terhadap Rencana Kinerja Tahunan, laid out as the printed LKj has it."""

from dataclasses import replace
from itertools import groupby
from typing import Final

from lkj_xlsx.finding import Finding
from lkj_xlsx.model import Budget
from lkj_xlsx.rollup import Rollup
from lkj_xlsx.table import Cell, Column, Role, Row, Table, Unit
from lkj_xlsx.tables.indikator import ASSUMED, code_beside, is_assumed, measured, row_key
from lkj_xlsx.tables.tabel_c1 import title, with_code

NAME: Final = "Tabel 1"

COLUMNS: Final = (
    Column("no", "No.", Unit.LABEL, 5),
    Column("sasaran", "Sasaran Kegiatan", Unit.TEXT, 28),
    Column("indikator", "Indikator Kinerja", Unit.TEXT, 38),
    Column("target", "Target", Unit.PERSEN, 9),
    Column("realisasi", "Realisasi", Unit.SERAPAN, 10),
    Column("capaian", "% Capaian", Unit.PERSEN, 10),
)


def build(budget: Budget, rollup: Rollup, findings: tuple[Finding, ...]) -> Table:  # noqa: ARG001 - one signature for all tables
    """Build the table: one number and one merged sasaran cell a kegiatan, a row an indicator."""
    rows: list[Row] = []
    numbered = enumerate(measured("1", budget, rollup))
    groups = groupby(numbered, key=lambda pair: (pair[1].indikator.sasaran, pair[1].path[:2]))
    for number, ((sasaran, path), group) in enumerate(groups, start=1):
        members = list(group)
        cells = [
            (
                Cell(),
                Cell(),
                Cell(with_code(measure.indikator.nama, code_beside(measure))),
                measure.target,
                measure.realisasi,
                measure.capaian,
            )
            for _, measure in members
        ]
        lead = (
            Cell(f"{number}.", down=len(members)),
            Cell(with_code(sasaran, path[1]), down=len(members)),
        )
        cells[0] = (*lead, *cells[0][2:])
        rows.extend(Row(Role.LINE, of_row, row_key(index)) for (index, _), of_row in zip(members, cells, strict=True))
    words = "Pengukuran Capaian Kinerja Terhadap Rencana Kinerja Tahunan"
    table = Table(NAME, title(budget.identity, NAME, words), COLUMNS, tuple(rows), is_signed=True)
    return replace(table, notes=(ASSUMED.format(level="RO"),)) if is_assumed("1", budget) else table
