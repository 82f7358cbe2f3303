"""`Tabel B.1`: Pengukuran Capaian Kinerja Terhadap Perjanjian Kinerja, laid out as the printed LKj has it."""

from itertools import groupby
from typing import Final

from lkj_xlsx.finding import Finding
from lkj_xlsx.kode import ROOT, short
from lkj_xlsx.model import Budget, paths
from lkj_xlsx.rollup import Rollup
from lkj_xlsx.table import Cell, Column, Role, Row, Table, Unit
from lkj_xlsx.tables.indikator import ASSUMED, code_beside, is_assumed, measured, row_key
from lkj_xlsx.tables.tabel_c1 import title, with_code

NAME: Final = "Tabel B.1"

COLUMNS: Final = (
    Column("no", "No", Unit.LABEL, 5),
    Column("indikator", "Indikator Kinerja", Unit.TEXT, 52),
    Column("target", "Target", Unit.PERSEN, 12, group="Kinerja"),
    Column("realisasi", "Realisasi", Unit.SERAPAN, 12, group="Kinerja"),
    Column("capaian", "% Capaian", Unit.PERSEN, 12, group="Kinerja"),
)


def build(budget: Budget, rollup: Rollup, findings: tuple[Finding, ...]) -> Table:  # noqa: ARG001 - one signature for all tables
    """Build the table: a band a program, whose numbering restarts, and a row an indicator."""
    names = dict(zip(paths(rollup.nodes), rollup.nodes["uraian"], strict=True))
    rows: list[Row] = []
    numbered = enumerate(measured("B.1", budget, rollup))
    for sasaran, (program, group) in enumerate(groupby(numbered, key=lambda pair: pair[1].path[0]), start=1):
        members = list(group)
        path = (program, *ROOT[1:])
        name = members[0][1].indikator.sasaran or names.get(path, "")
        code = short(path, budget.identity.unit) if program else ""
        band = f"Sasaran {sasaran} : {with_code(name, code)}"
        rows.append(Row(Role.GROUP, (Cell(band, across=len(COLUMNS)), *(Cell() for _ in COLUMNS[1:]))))
        rows.extend(
            Row(
                Role.LINE,
                (
                    Cell(f"{number}."),
                    Cell(with_code(measure.indikator.nama, code_beside(measure))),
                    measure.target,
                    measure.realisasi,
                    measure.capaian,
                ),
                row_key(index),
            )
            for number, (index, measure) in enumerate(members, start=1)
        )
    words = "Pengukuran Capaian Kinerja Terhadap Perjanjian Kinerja"
    notes = (ASSUMED.format(level="kegiatan"),) if is_assumed("B.1", budget) else ()
    return Table(NAME, title(budget.identity, NAME, words), COLUMNS, tuple(rows), notes, is_signed=True)
