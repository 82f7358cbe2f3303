"""One akun under several sumber dana is several lines: taken together, or each with its own items."""

from dataclasses import replace
from pathlib import Path

from conftest import write_sheets
from documents import document, line, path

from lkj_xlsx.checks import check
from lkj_xlsx.kode import ROOT
from lkj_xlsx.model import Budget, Line, frame_of
from lkj_xlsx.readers import read
from lkj_xlsx.statements import Statements
from lkj_xlsx.system import System

AKUN, SUB = "WA.4321.EBA.994.001.0A.521211", "WA.4321.EBA.994.001.0A"
ITEMS = tuple(f"{AKUN}.00000{number}" for number in (1, 2, 3))
SPLIT = (line(AKUN, 1, "A", pagu=60, realisasi=6), line(AKUN, 2, "D", pagu=40, realisasi=4))


def codes(*budgets: Budget) -> set[str]:
    return {one.code for one in check(budgets).findings}


def with_items(*pagu: int, sources: str = "AAD") -> Budget:
    items = tuple(
        line(code, 3 + row, source, pagu=amount)
        for row, (code, source, amount) in enumerate(zip(ITEMS, sources, pagu, strict=True))
    )
    return document("m", *(replace(one, amounts={"pagu": one.amounts["pagu"]}) for one in SPLIT), items=items)


def test_items_make_up_the_line_of_their_own_sumber_dana() -> None:
    assert codes(with_items(20, 40, 40)) == set()
    assert codes(with_items(20, 30, 50)) == {"T102"}


def test_items_that_say_no_sumber_dana_make_up_the_whole_akun() -> None:
    one = document(
        "m", line(AKUN, 1, pagu=100), items=(line(ITEMS[0], 2, "A", pagu=60), line(ITEMS[1], 3, "D", pagu=40))
    )
    assert codes(one) == set()


def test_lines_of_one_akun_with_the_very_same_figures_both_count() -> None:
    total = Line(ROOT, "JUMLAH", {"pagu": 100}, "S", 9, is_total=True)
    sub = line(SUB, 0, pagu=100)
    budget = document("rkk", line(AKUN, 1, "RM", pagu=50), line(AKUN, 2, "PNP", pagu=50), items=(sub, total))
    assert codes(budget) == set()
    wrong = replace(budget, printed=frame_of([replace(sub, amounts={"pagu": 50}), total]))
    assert codes(wrong) == {"T101"}


def test_their_sum_is_compared_with_the_one_figure_of_another_document() -> None:
    one = document("fa", line(AKUN, 1, pagu=100, realisasi=10))
    for pair in ((one, document("m", *SPLIT)), (document("m", *SPLIT), one)):
        assert codes(*pair) <= {"X130", "X131"}
    lower = document("fa", line(AKUN, 1, pagu=99, realisasi=10))
    assert "X103" in codes(lower, document("m", *SPLIT))
    assert "X103" in codes(document("m", *SPLIT), lower)


def test_two_documents_that_both_split_an_akun_are_compared_above_it() -> None:
    sub = (line(SUB, 0, pagu=100),)
    other = document("n", line(AKUN, 1, "RM", pagu=30), line(AKUN, 2, "PNP", pagu=70), items=sub)
    assert codes(document("m", *SPLIT, items=sub), other) == set()


def test_the_figure_of_an_akun_is_the_sum_over_its_sumber_dana() -> None:
    document_of = Statements(System(), document("m", *SPLIT))
    assert document_of.amount(path(AKUN), "pagu") == document_of.amount(path(SUB), "pagu") == 100
    assert document_of.cell_of(path(AKUN), "pagu") is None
    assert len(document_of.cover(path(AKUN), "pagu")) == 2


def test_a_list_of_postings_lacks_what_nothing_was_spent_of() -> None:
    spent, other = "WA.4321.EBA.994", "WA.4321.EBA.995"
    budget = document("m", line(spent, 1, pagu=5), line(other, 2, pagu=5))
    assert codes(budget, document("t", line(spent, realisasi=1))) == {"X131"}
    assert "X102" in codes(budget, document("w", line(spent, pagu=5, realisasi=1)))


def test_months_of_postings_are_chained_by_sumber_dana() -> None:
    def month(bulan: int, *lines: Line) -> Budget:
        own = document(f"{bulan}", *lines, tahun=2025, bulan=bulan)
        return replace(own, format="transaksi", columns={**own.columns, "realisasi_lalu": 4, "realisasi_ini": 5})

    first = [
        line(AKUN, 1, "A", realisasi=6, realisasi_lalu=0, realisasi_ini=6),
        line(AKUN, 2, "D", realisasi=4, realisasi_lalu=0, realisasi_ini=4),
    ]
    second = [
        line(AKUN, 1, "D", realisasi=5, realisasi_lalu=4, realisasi_ini=1),
        line(AKUN, 2, "A", realisasi=6, realisasi_lalu=6, realisasi_ini=0),
    ]
    assert codes(month(3, *first), month(4, *second)) == set()
    late = [second[0], replace(second[1], amounts={"realisasi": 8, "realisasi_lalu": 8, "realisasi_ini": 0})]
    assert "X201" in codes(month(3, *first), month(4, *late))


def test_a_printed_table_may_name_the_sumber_dana_of_its_lines(tmp_path: Path) -> None:
    rows = "| Kode | Uraian | {} | Pagu | Realisasi |\n" + "".join(
        f"| {AKUN} | Belanja | {source} | 50 | 5 |\n" for source in ("RM", "PNP")
    )
    named = read(write_sheets(rows.format("Sumber Dana"), tmp_path / "a.xlsx"))
    assert named.lines["sumber_dana"].tolist() == ["RM", "PNP"]
    assert "K101" not in codes(named)
    assert "K101" in codes(read(write_sheets(rows.format("Ket."), tmp_path / "b.xlsx")))
