"""`Belanja`: pagu and realisasi per jenis belanja and akun."""

from typing import Final

from lkj_xlsx.finding import Finding
from lkj_xlsx.kode import jenis_belanja
from lkj_xlsx.model import Budget, known
from lkj_xlsx.rollup import Rollup
from lkj_xlsx.table import Cell, Column, Ref, Role, Row, Sum, SumWhere, Table, Unit
from lkj_xlsx.tables.rincian import NAME as RINCIAN
from lkj_xlsx.tables.rincian import difference, ratio
from lkj_xlsx.tables.tabel_c1 import title

NAME: Final = "Belanja"

COLUMNS: Final = (
    Column("kode", "Kode", Unit.LABEL, 10),
    Column("uraian", "Jenis Belanja / Akun", Unit.TEXT, 40),
    Column("pagu", "Pagu (Rp)", Unit.RUPIAH, 18),
    Column("realisasi", "Realisasi (Rp)", Unit.RUPIAH, 18),
    Column("sisa", "Sisa (Rp)", Unit.RUPIAH, 18),
    Column("serapan", "Serapan", Unit.SERAPAN, 11),
)
NO_AKUN: Final = (
    "Masukan tidak memuat akun, jadi belanja per jenis tidak dapat disusun. Berikan ekspor SAKTI sampai tingkat akun."
)
SOME_WITHOUT: Final = (
    "{count} baris rincian tanpa akun tidak termasuk di lembar ini; jumlahnya karena itu bukan jumlah seluruh anggaran."
)


def build(budget: Budget, rollup: Rollup, findings: tuple[Finding, ...]) -> Table:  # noqa: ARG001 - one signature for all tables
    """Build the table: a line an akun, summed over Rincian, and a sub total a jenis belanja."""
    rows: list[Row] = []
    akun = rollup.akun
    for jenis in dict.fromkeys(code[:2] for code in akun["kode"]):
        of_jenis = akun[akun["kode"].str[:2] == jenis]
        pagus, realisasis = known(of_jenis["pagu"]), known(of_jenis["realisasi"])
        lines = [
            _line(kode, uraian, pagu, realisasi)
            for kode, uraian, pagu, realisasi in zip(
                of_jenis["kode"], of_jenis["uraian"], pagus, realisasis, strict=True
            )
        ]
        refs = [row.key for row in lines]
        rows.append(_total(jenis, jenis_belanja(jenis), refs, _sum(pagus), _sum(realisasis), Role.SUBTOTAL))
        rows.extend(lines)
    if rows:
        tops = [row.key for row in rows if row.role is Role.SUBTOTAL]
        pagu, realisasi = _sum(known(akun["pagu"])), _sum(known(akun["realisasi"]))
        rows.append(_total("", "JUMLAH", tops, pagu, realisasi, Role.TOTAL))
    without = int((budget.lines["akun"] == "").sum())
    notes = () if not without else (SOME_WITHOUT.format(count=without),) if rows else (NO_AKUN,)
    words = "Realisasi Anggaran per Jenis Belanja dan Akun"
    return Table(NAME, title(budget.identity, "", words), COLUMNS, tuple(rows), notes)


def _sum(values: list[int | None]) -> int | None:
    numbers = [value for value in values if value is not None]
    return sum(numbers) if len(numbers) == len(values) else None


def _line(kode: str, uraian: str, pagu: int | None, realisasi: int | None) -> Row:
    return _row(
        f"akun {kode}",
        (Cell(kode), Cell(uraian)),
        Cell(pagu, SumWhere(RINCIAN, "pagu", "akun", kode)),
        Cell(realisasi, SumWhere(RINCIAN, "realisasi", "akun", kode)),
        Role.LINE,
    )


def _total(kode: str, uraian: str, members: list[str], pagu: int | None, realisasi: int | None, role: Role) -> Row:
    head = (Cell(kode), Cell(uraian)) if kode else (Cell(uraian, across=2, unit=Unit.LABEL), Cell())
    sums = (Sum(tuple(Ref(member, column) for member in members)) for column in ("pagu", "realisasi"))
    return _row(f"jenis {kode}", head, Cell(pagu, next(sums)), Cell(realisasi, next(sums)), role)


def _row(key: str, head: tuple[Cell, ...], pagu: Cell, realisasi: Cell, role: Role) -> Row:
    p = pagu.value if isinstance(pagu.value, int) else None
    r = realisasi.value if isinstance(realisasi.value, int) else None
    tail = (difference(key, p, r), ratio(Ref(key, "realisasi"), Ref(key, "pagu"), r, p))
    return Row(role, (*head, pagu, realisasi, *tail), key)
