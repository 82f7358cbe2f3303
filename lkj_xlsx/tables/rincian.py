"""`Rincian`: the leaves, each with the file, sheet and row it came from; every other sheet is computed from here."""

from fractions import Fraction
from typing import Final

from lkj_xlsx.condense import CONDENSED
from lkj_xlsx.extras import DEVIASI, PLANNED, UNKNOWN, brings_plan, brings_sources, planned, sources_of, until
from lkj_xlsx.finding import Finding
from lkj_xlsx.kode import ROOT, Path, level_of, spell
from lkj_xlsx.misfits import TAKEN
from lkj_xlsx.model import AMOUNTS, FILE, SUMBER_DANA, Budget, known, paths
from lkj_xlsx.rollup import Rollup
from lkj_xlsx.table import Cell, Column, Difference, Quotient, Ref, Role, Row, SumWhere, Table, Unit

NAME: Final = "Rincian"

COLUMNS: Final = (
    Column("kode", "Kode", Unit.TEXT, 34),
    Column("akun", "Akun", Unit.LABEL, 9),
    Column("uraian", "Uraian", Unit.TEXT, 40),
    Column("pagu", "Pagu (Rp)", Unit.RUPIAH, 17),
    Column("blokir", "Blokir (Rp)", Unit.RUPIAH, 15),
    Column("realisasi_lalu", "Realisasi Lalu (Rp)", Unit.RUPIAH, 17),
    Column("realisasi_ini", "Realisasi Ini (Rp)", Unit.RUPIAH, 17),
    Column("realisasi", "Realisasi (Rp)", Unit.RUPIAH, 17),
    Column("sisa", "Sisa (Rp)", Unit.RUPIAH, 17),
    Column("serapan", "Serapan", Unit.SERAPAN, 10),
    Column("berkas", "Berkas", Unit.TEXT, 26),
    Column("lembar", "Lembar", Unit.TEXT, 20),
    Column("baris", "Baris", Unit.LABEL, 7),
)


SUMBER: Final = Column(SUMBER_DANA, "Sumber Dana", Unit.LABEL, 13)


def build(budget: Budget, rollup: Rollup, findings: tuple[Finding, ...]) -> Table:  # noqa: ARG001 - one signature for all tables
    """List the leaves in the document's order; sisa, serapan and deviasi are computed in the row.

    Each row names where its line stands; notes say which columns came from another document.
    """
    lines, bulan = budget.lines, budget.identity.bulan
    has_sources, has_plan = brings_sources(lines), brings_plan(lines)
    sources = sources_of(lines)
    plans = known(planned(lines, bulan)) if has_plan else []
    amounts = {name: known(lines[name]) for name in AMOUNTS}
    files = lines[FILE] if FILE in lines else [budget.file] * len(lines)
    rows = []
    for index, (path, uraian, file, sheet, row) in enumerate(
        zip(paths(lines), lines["uraian"], files, lines["sheet"], lines["row"], strict=True)
    ):
        key = f"{index}"
        pagu, realisasi = amounts["pagu"][index], amounts["realisasi"][index]
        cells = (
            Cell(spell(path)),
            Cell(path[6] or None),
            Cell(uraian),
            *([Cell(sources[index] or UNKNOWN)] if has_sources else []),
            *(Cell(amounts[name][index], is_figure=name in ("pagu", "realisasi")) for name in AMOUNTS),
            difference(key, pagu, realisasi),
            ratio(Ref(key, "realisasi"), Ref(key, "pagu"), realisasi, pagu),
            *(_against_plan(key, plans[index], realisasi) if has_plan else ()),
            Cell(file),
            Cell(sheet),
            Cell(int(row) + 1 if row >= 0 else None),
        )
        rows.append(Row(Role.LINE, cells, key))
    title = tuple(line for line in ("Rincian Anggaran dan Realisasi", budget.identity.whose) if line)
    columns = _columns(bulan, has_sources=has_sources, has_plan=has_plan)
    notes = tuple(
        f"{one.where}: {one.message}" for one in findings if one.message.startswith(TAKEN) or one.code == CONDENSED
    )
    return Table(NAME, title, columns, tuple(rows), notes, is_list=True)


def _columns(bulan: int | None, *, has_sources: bool, has_plan: bool) -> tuple[Column, ...]:
    """Give the columns, with those that only some documents bring where they stand."""
    by_uraian, by_serapan = 3, 10
    plan = (
        Column(PLANNED, f"RPD {until(bulan)} (Rp)", Unit.RUPIAH, 17),
        Column(DEVIASI, "Deviasi (Rp)", Unit.RUPIAH, 17),
    )
    return (
        *COLUMNS[:by_uraian],
        *([SUMBER] if has_sources else []),
        *COLUMNS[by_uraian:by_serapan],
        *(plan if has_plan else ()),
        *COLUMNS[by_serapan:],
    )


def _against_plan(key: str, plan: int | None, realisasi: int | None) -> tuple[Cell, Cell]:
    """Make the cells of what was planned, and of how far spending is from it."""
    deviasi = None if plan is None or realisasi is None else realisasi - plan
    return Cell(plan, is_figure=True), Cell(deviasi, Difference(Ref(key, "realisasi"), Ref(key, PLANNED)))


def difference(key: str, pagu: int | None, realisasi: int | None) -> Cell:
    """Make the cell sisa = pagu - realisasi of a row."""
    value = None if pagu is None or realisasi is None else pagu - realisasi
    return Cell(value, Difference(Ref(key, "pagu"), Ref(key, "realisasi")))


def ratio(part: Ref | SumWhere, whole: Ref | SumWhere, part_value: int | None, whole_value: int | None) -> Cell:
    """Make a cell part / whole, unrounded; `-` where whole is 0, unknown where either is."""
    if part_value is None or whole_value is None:
        return Cell(None, Quotient(part, whole))
    return Cell(Fraction(part_value, whole_value) if whole_value else "-", Quotient(part, whole))


def sum_of(path: Path, amount: str, *, is_leaf: bool) -> SumWhere:
    """Say that an amount is the sum over Rincian of everything at or under a path."""
    code = spell(path) if path != ROOT else ""
    return SumWhere(NAME, amount, "kode", code, is_prefix=not is_leaf and level_of(path) is not None)
