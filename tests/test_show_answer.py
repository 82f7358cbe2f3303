import csv
import io
import json
from fractions import Fraction

from documents import document, line

from lkj_xlsx.model import Budget
from lkj_xlsx.rollup import roll_up
from lkj_xlsx.show import NUMBERS, TEXTS, Choice, Node, columns_of, select
from lkj_xlsx.show_answer import as_csv, as_json, as_table
from lkj_xlsx.table import Unit

PLAIN = document("a", line("WA.4321", pagu=100, realisasi=20))
FULL = document("a", line("WA.4321", sumber="RM", months=[5, 6], pagu=100, realisasi=20), bulan=1)


def nodes(budget: Budget) -> list[Node]:
    return select(budget, roll_up(budget), Choice(("kegiatan",)))


def test_data_carries_the_extra_columns_only_where_a_document_brings_them() -> None:
    assert columns_of(PLAIN) == NUMBERS
    assert columns_of(FULL) == (*NUMBERS, "sumber_dana", "rpd", "deviasi")
    assert list(json.loads(as_json(nodes(PLAIN), columns_of(PLAIN)))[0]) == [*TEXTS, *NUMBERS]


def test_json_gives_amounts_as_integers_and_sumber_dana_as_text() -> None:
    (row,) = json.loads(as_json(nodes(FULL), columns_of(FULL)))
    assert (row["sumber_dana"], row["rpd"], row["deviasi"], row["serapan"]) == ("RM", 5, 15, "20.00")


def test_csv_and_sheet_carry_them_too() -> None:
    heading, row = csv.reader(io.StringIO(as_csv(nodes(FULL), ("sumber_dana", "rpd", "deviasi"))))
    assert (heading[3:], row[3:]) == (["sumber_dana", "rpd", "deviasi"], ["RM", "5", "15"])
    table = as_table(nodes(FULL), ("serapan", "realisasi_ini", "sumber_dana", "rpd"))
    assert [column.heading for column in table.columns[3:]] == ["Serapan", "Realisasi Ini", "Sumber Dana", "RPD"]
    assert [column.unit for column in table.columns[3:]] == [Unit.SERAPAN, Unit.RUPIAH, Unit.TEXT, Unit.RUPIAH]
    assert [cell.value for cell in table.rows[0].cells[3:]] == [Fraction(1, 5), None, "RM", 5]
