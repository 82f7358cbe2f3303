from documents import document, line

from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.model import Budget
from lkj_xlsx.rollup import roll_up
from lkj_xlsx.table import Difference, Ref, Table, Unit
from lkj_xlsx.tables.rincian import COLUMNS, build

GAJI, RAPAT = (f"WA.4321.EBA.994.001.0A.{akun}" for akun in ("511111", "521211"))


def rincian(budget: Budget) -> Table:
    return build(budget, roll_up(budget), ())


def keys(table: Table) -> list[str]:
    return [column.key for column in table.columns]


def test_a_document_that_brings_nothing_more_has_the_usual_columns() -> None:
    assert rincian(document("a", line(GAJI, pagu=1, realisasi=1))).columns == COLUMNS


def test_sumber_dana_stands_after_the_name() -> None:
    table = rincian(document("a", line(GAJI, sumber="PNP + RM", pagu=1), line(RAPAT, pagu=1)))
    assert keys(table)[2:5] == ["uraian", "sumber_dana", "pagu"]
    assert [row.cells[3].value for row in table.rows] == ["PNP + RM", "?"]


def test_what_was_planned_until_the_month_stands_beside_what_was_spent() -> None:
    lines = line(GAJI, months=[5, 6, 7], pagu=100, realisasi=13), line(RAPAT, months=[None], pagu=9, realisasi=1)
    table = rincian(document("a", *lines, bulan=2))
    rpd, deviasi = (table.columns[table.column(name)] for name in ("rpd", "deviasi"))
    assert (rpd.heading, rpd.unit, deviasi.heading) == ("RPD s.d. Februari (Rp)", Unit.RUPIAH, "Deviasi (Rp)")
    assert keys(table)[table.column("rpd") - 1] == "serapan"
    assert (table.value("0", "rpd"), table.value("0", "deviasi")) == (11, 2)
    cell = table.rows[0].cells[table.column("deviasi")]
    assert cell.formula == Difference(Ref("0", "realisasi"), Ref("0", "rpd"))
    unknown = table.rows[1].cells[table.column("rpd")]
    assert (unknown.value, unknown.is_figure, table.value("1", "deviasi")) == (None, True, None)


def test_where_no_month_is_known_the_plan_is_that_of_the_year() -> None:
    table = rincian(document("a", line(GAJI, months=[5, 6, 7], pagu=100)))
    assert table.columns[table.column("rpd")].heading == "RPD setahun (Rp)"
    assert (table.value("0", "rpd"), table.value("0", "deviasi")) == (18, None)


def test_a_note_says_which_columns_came_from_another_document() -> None:
    budget = document("a", line(GAJI, pagu=1, realisasi=1))
    told = [
        Finding("X101", Severity.INFO, Where("t.xlsx"), words)
        for words in (
            "dari berkas ini diambil realisasi; angka lainnya dari a",
            "angka anggaran berkas ini tidak dipakai",
        )
    ]
    table = build(budget, roll_up(budget), tuple(told))
    assert table.notes == ("t.xlsx: dari berkas ini diambil realisasi; angka lainnya dari a",)
