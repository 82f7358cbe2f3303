from documents import document, line
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.model import Budget, Line, known
from lkj_xlsx.planned_months import planned_by_month

GAJI, RAPAT, DINAS = (f"WA.4321.EBA.994.001.0A.{akun}" for akun in ("511111", "521211", "524111"))


def month(bulan: int, *lines: Line) -> Budget:
    return document(f"{bulan}", *lines, kode_satker="999001", tahun=2025, bulan=bulan)


PLAN = month(3, line(GAJI, months=[10, 20, 30], pagu=90), line(RAPAT, sumber="RM", months=[1, None, 3], pagu=9))
MARCH = month(3, line(GAJI, pagu=90, realisasi_ini=31), line(DINAS, pagu=5, realisasi_ini=4))


def test_each_leaf_has_a_row_a_month_with_what_was_spent_in_it() -> None:
    rows = planned_by_month(PLAN, [MARCH])
    assert len(rows) == 2 * 12 + 1
    gaji = rows[rows["kode"] == GAJI]
    assert gaji["bulan"].tolist() == list(range(1, 13))
    assert (known(gaji["rpd"])[:4], known(gaji["realisasi_ini"])[:4]) == ([10, 20, 30, 0], [None, None, 31, None])
    rapat = rows[rows["kode"] == RAPAT]
    assert (known(rapat["rpd"])[:3], rapat["sumber_dana"].tolist()[:1]) == ([1, None, 3], ["RM"])
    assert (set(rows["satker"]), set(rows["tahun"]), set(rows["kegiatan"])) == ({"999001"}, {2025}, {"4321"})


def test_spending_on_what_is_no_leaf_any_more_is_not_lost() -> None:
    rows = planned_by_month(PLAN, [MARCH])
    gone = rows[rows["kode"] == DINAS]
    assert [gone[name].tolist() for name in ("bulan", "realisasi_ini")] == [[3], [4]]
    assert gone["rpd"].isna().all()


def test_a_document_without_a_plan_has_no_rows() -> None:
    assert planned_by_month(MARCH, [MARCH]).empty


@given(st.lists(st.tuples(st.sampled_from([GAJI, RAPAT, DINAS]), st.integers(-9, 9)), max_size=6))
def test_what_was_spent_in_a_month_is_all_there(spent: list[tuple[str, int]]) -> None:
    given_month = month(3, *(line(code, row, pagu=1, realisasi_ini=amount) for row, (code, amount) in enumerate(spent)))
    rows = planned_by_month(PLAN, [given_month])
    assert sum(filter(None, known(rows["realisasi_ini"]))) == sum(amount for _, amount in spent)
    assert sum(filter(None, known(rows["rpd"]))) == 64
