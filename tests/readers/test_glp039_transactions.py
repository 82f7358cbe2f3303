from datetime import date

import make_glp039_contoh as made
import pytest
from both_ways import read_both_ways

from lkj_xlsx.checks import check
from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.model import Budget
from lkj_xlsx.readers.glp039_transactions import month_of

INI, PAID = 25, made.PAID_COLUMN


def grid() -> made.Grid:
    return [list(cells) for cells in made.grid(made.TRANSACTIONS)]


def read_grid(cells: made.Grid) -> Budget:
    return read_both_ways(cells)


def transactions(cells: made.Grid) -> list[int]:
    return [row for row, values in enumerate(cells) if len(values) > 1 and month_of(values[1])]


def item_above(cells: made.Grid, row: int) -> int:
    return max(above for above in range(row) if len(cells[above]) > 30)


def told(cells: made.Grid) -> list[str]:
    return [str(found).removeprefix("contoh.xlsx!GLP039!") for found in read_grid(cells).findings]


def differing(cells: made.Grid) -> list[Finding]:
    return [found for found in read_grid(cells).findings if found.code == "R216"]


def test_transactions_are_no_lines_and_are_told_once() -> None:
    with_them, cells = grid(), grid()
    for row in reversed(transactions(cells)):
        del cells[row]
    budget, without = read_grid(with_them), read_grid(cells)
    for name in ("pagu", "realisasi_ini", "uraian"):
        assert budget.lines[name].tolist() == without.lines[name].tolist()
        assert budget.printed[name].tolist() == without.printed[name].tolist()
    assert told(with_them) == [
        "B18: info R217: 10 baris transaksi hanya dibandingkan dengan Periode Ini di atasnya, tidak dijumlah"
    ]
    assert told(cells) == []
    assert check([budget]).findings == budget.findings


@pytest.mark.parametrize("change", [1, -1, 500_000])
def test_an_item_that_is_not_the_sum_of_its_transactions_is_reported(change: int) -> None:
    cells = grid()
    row = transactions(cells)[0]
    paid = cells[row][PAID]
    assert isinstance(paid, int)
    cells[row][PAID] = paid + change
    (found,) = differing(cells)
    assert (found.severity, found.where.cell, found.printed) == (Severity.PERINGATAN, "Z17", 97_046_900)
    assert [place.cell for place in found.because] == ["AA18"]
    assert found.message.startswith(
        "item WA.4321.EBA.994.001.0A.511111.000001 Periode Ini tertulis 97.046.900, jumlah 1 transaksinya"
    )


def test_a_transaction_of_another_month_may_be_listed_too() -> None:
    cells = grid()
    row = transactions(cells)[0]
    earlier: list[made.Cell] = [*cells[row]]
    earlier[1], earlier[PAID] = "03-02-2025", 12_000
    assert differing([*cells[:row], earlier, *cells[row:]]) == []
    earlier[1] = "03-03-2025"
    assert len(differing([*cells[:row], earlier, *cells[row:]])) == 1


def test_a_posting_of_last_month_that_was_booked_in_this_one_is_counted() -> None:
    cells = grid()
    cells[transactions(cells)[0]][1] = "28-02-2025"
    assert differing(cells) == []


def test_a_transaction_that_a_page_break_may_have_cut_agrees_either_way() -> None:
    cells = grid()
    row = transactions(cells)[0]
    note: list[made.Cell] = [None, made.LOCK_NOTE]
    assert differing([*cells[: row + 1], note, list(cells[row]), *cells[row + 1 :]]) == []
    assert len(differing([*cells[: row + 1], list(cells[row]), *cells[row + 1 :]])) == 1
    other: list[made.Cell] = [*cells[row]]
    other[made.SP2D_COLUMN] = "250011301000999"
    assert len(differing([*cells[: row + 1], note, other, *cells[row + 1 :]])) == 1


def test_two_transactions_that_are_the_same_are_two() -> None:
    cells = grid()
    last = transactions(cells)[-1]
    assert cells[last] == cells[last - 1]
    del cells[last]
    (found,) = differing(cells)
    assert found.message.endswith("jumlah 2 transaksinya 2.870.000 (selisih +4.100.000)")


def test_items_that_spent_and_have_no_transaction_are_told_together() -> None:
    cells = grid()
    first, second, *_ = transactions(cells)
    del cells[second], cells[first]
    (found,) = differing(cells)
    assert found.message == "2 baris punya Periode Ini tetapi tidak punya satu pun transaksi di bawahnya"
    assert [place.cell for place in (found.where, *found.because)] == ["Z17", "Z19"]


def test_when_no_item_agrees_it_is_told_once() -> None:
    cells = grid()
    for row in transactions(cells):
        cells[row][PAID] = 7
    (found,) = differing(cells)
    assert found.message.startswith("7 baris berbeda dari jumlah transaksinya dan tidak satu pun cocok")
    assert len(found.because) == 6


@pytest.mark.parametrize("paid", [None, "sekitar 5 juta", 0.5])
def test_a_transaction_without_one_amount_is_reported_and_its_item_not_compared(paid: made.Cell) -> None:
    cells = grid()
    cells[transactions(cells)[0]][PAID] = paid
    budget = read_grid(cells)
    codes = {found.code: found for found in budget.findings}
    assert codes["R218"].where.cell == "B18"
    assert codes["R218"].message == "transaksi tanpa satu angka Periode Ini; tidak dibandingkan dengan baris di atasnya"
    assert "R216" not in codes


def test_a_transaction_with_two_amounts_is_not_guessed() -> None:
    cells = grid()
    cells[transactions(cells)[0]].append(5)
    assert {found.code for found in read_grid(cells).findings} == {"R217", "R218"}


def test_an_item_whose_own_amount_is_missing_is_not_compared() -> None:
    cells = grid()
    cells[item_above(cells, transactions(cells)[0])][INI] = None
    assert {found.code for found in read_grid(cells).findings} == {"R217"}


def test_transactions_above_every_line_are_not_compared() -> None:
    cells = grid()
    row = transactions(cells)[0]
    cells.insert(9, list(cells[row]))
    del cells[row + 1]
    assert [found.message[:7] for found in differing(cells)] == ["1 baris"]


def test_transactions_right_below_their_akun_are_held_against_it() -> None:
    cells = grid()
    for row in [row for row, values in enumerate(cells) if len(values) > 30 and not any(values[1:8])][::-1]:
        if row > 8:
            del cells[row]
    cells[1] = ["Per Program; Kegiatan; Output; SubOutput; Komponen; SubKomponen; Akun;"]
    budget = read_grid([cells[0], *cells[1:]])
    assert {found.code for found in budget.findings} == {"R217"}


@pytest.mark.parametrize(
    ("value", "month"),
    [
        ("12-03-2025", (2025, 3)),
        (" 2/1/2025 ", (2025, 1)),
        (date(2025, 3, 12), (2025, 3)),
        ("WA", None),
        ("12-03-25", None),
        (45000, None),
        (None, None),
    ],
)
def test_a_date_is_told_from_a_code(value: object, month: tuple[int, int] | None) -> None:
    assert month_of(value) == month


def test_transactions_in_a_csv_are_read_by_the_marks_of_the_file() -> None:
    cells: made.Grid = [[made.spelled(cell, ",.") or None for cell in values] for values in grid()]
    assert told(cells) == told(grid())
