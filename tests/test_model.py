import pytest

from lkj_xlsx.finding import Where
from lkj_xlsx.kode import ROOT, Path, parse, place
from lkj_xlsx.model import AMOUNTS, CODES, FIGURES, Budget, Identity, Line, frame_of, paths, split_leaves


def line(code: str, row: int = 0, *, is_total: bool = False, **amounts: int | None) -> Line:
    return Line(path_of(code), "nama", amounts, "Sheet1", row, is_total)


def path_of(code: str) -> Path:
    return place(parse(code) or {}, ROOT)


def codes_of(lines: list[Line]) -> list[str]:
    return [".".join(code for code in line.path if code) for line in lines]


def test_a_frame_has_a_column_a_code_and_an_amount() -> None:
    frame = frame_of([line("CQ.6709", 4, pagu=10)])
    assert list(frame) == [*CODES, "uraian", *FIGURES, "sheet", "row", "is_total"]
    assert next(paths(frame)) == path_of("CQ.6709")
    assert frame["row"].to_list() == [4]


@pytest.mark.parametrize("lines", [[], [line("CQ", pagu=1)], [line("CQ", pagu=None)]])
def test_a_frame_has_the_same_types_whatever_it_holds(lines: list[Line]) -> None:
    frame = frame_of(lines)
    assert {str(frame[amount].dtype) for amount in AMOUNTS} == {"Int64"}
    assert {str(frame[code].dtype) for code in CODES} == {"object"}
    assert [str(frame[name].dtype) for name in ("uraian", "sheet", "row", "is_total")] == [
        "object",
        "object",
        "int64",
        "bool",
    ]


def test_an_amount_beside_an_unknown_one_stays_exact() -> None:
    frame = frame_of(
        [line("CQ", pagu=2**53 - 1), line("WA", pagu=None), line("WB", pagu=-(2**53) + 1), line("WC", pagu=0)]
    )
    assert frame["pagu"].isna().to_list() == [False, True, False, False]
    assert frame["pagu"].dropna().to_list() == [2**53 - 1, -(2**53) + 1, 0]


def test_an_amount_that_a_row_does_not_name_is_unknown() -> None:
    assert frame_of([line("CQ", pagu=1)])["realisasi"].isna().to_list() == [True]


def test_a_row_with_no_row_below_it_is_a_leaf() -> None:
    rows = [line("CQ"), line("CQ.6709"), line("CQ.6709.QGE.001"), line("CQ.6639"), line("WA")]
    leaves, others = split_leaves(rows)
    assert codes_of(leaves) == ["CQ.6709.QGE.001", "CQ.6639", "WA"]
    assert codes_of(others) == ["CQ", "CQ.6709"]


def test_an_item_is_no_leaf_and_makes_its_akun_no_parent() -> None:
    rows = [line("CQ.6709.051.0A"), line("CQ.6709.051.0A.521211"), line("CQ.6709.051.0A.521211.000001")]
    leaves, others = split_leaves(rows)
    assert codes_of(leaves) == ["CQ.6709.051.0A.521211"]
    assert codes_of(others) == ["CQ.6709.051.0A", "CQ.6709.051.0A.521211.000001"]


def test_a_printed_total_is_no_leaf_and_makes_no_parent() -> None:
    rows = [line("CQ"), line("CQ.6709", is_total=True), line("WA", is_total=True)]
    leaves, others = split_leaves(rows)
    assert codes_of(leaves) == ["CQ"]
    assert codes_of(others) == ["CQ.6709", "WA"]


def test_a_row_without_a_code_is_no_leaf() -> None:
    leaves, others = split_leaves([line("TOTAL"), line("CQ")])
    assert codes_of(leaves) == ["CQ"]
    assert len(others) == 1


def test_the_same_leaf_twice_is_two_leaves() -> None:
    assert codes_of(split_leaves([line("CQ", 1), line("CQ", 2)])[0]) == ["CQ", "CQ"]


def test_a_short_code_under_another_parent_is_another_leaf() -> None:
    leaves, others = split_leaves([line("CQ.6709.QGE.001"), line("CQ.6710.QGE.001.051")])
    assert len(leaves) == 2
    assert others == []


def test_the_unit_is_what_stands_before_a_program() -> None:
    assert Identity(bagian_anggaran="076", unit_eselon_i="01").unit == "076.01"
    assert Identity(bagian_anggaran="076").unit == "076"
    assert Identity().unit == ""


def test_a_period_is_a_year_with_its_month_where_known() -> None:
    assert Identity(tahun=2024, bulan=3).periode == "2024-03"
    assert Identity(tahun=2024).periode == "2024"
    assert Identity(bulan=3).periode is None


def test_an_amount_has_a_cell_and_a_row_has_none() -> None:
    elsewhere = Where("a.xlsx", "Sheet1", 8, 5)
    none = frame_of([])
    budget = Budget("a.xlsx", "x", Identity(), none, none, {"pagu": 2}, {("Sheet1", 7, "pagu"): elsewhere})
    assert budget.where("Sheet1", 6, "pagu") == Where("a.xlsx", "Sheet1", 6, 2)
    assert elsewhere == budget.where("Sheet1", 7, "pagu")
    assert budget.where("Sheet1", 7) == Where("a.xlsx", "Sheet1", 7)
    assert budget.where("Sheet1", 7, "blokir") == Where("a.xlsx", "Sheet1", 7)
