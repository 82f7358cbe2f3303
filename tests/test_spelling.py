import pytest

from lkj_xlsx.spelling import Speller, first_row, heading_rows
from lkj_xlsx.table import (
    Capaian,
    Cell,
    Column,
    Difference,
    Formula,
    Mean,
    Quotient,
    Ref,
    Role,
    Row,
    Sentence,
    Spelled,
    Sum,
    SumWhere,
    Table,
    Unit,
)

COLUMNS = (
    Column("kode", "Kode", Unit.TEXT, 10),
    Column("pagu", "Pagu", Unit.RUPIAH, 10),
    Column("realisasi", "Realisasi", Unit.RUPIAH, 10),
)


def table(name: str, keys: str, *, titles: int = 1) -> Table:
    """Make a table with a row a letter; with one title its first body row is row 4 of the sheet."""
    rows = tuple(Row(Role.LINE, (Cell(), Cell(), Cell()), key) for key in keys)
    return Table(name, ("judul",) * titles, COLUMNS, rows)


SPELLER = Speller((table("Satu", "abcdefg"), table("Dua", "xyz", titles=3), table("Kosong", "", titles=0)))


def spelled(formula: Formula, here: str = "Satu") -> str:
    return SPELLER.formula(formula, here)


def pagu(keys: str) -> tuple[Ref, ...]:
    return tuple(Ref(key, "pagu") for key in keys)


def test_a_reference_within_a_sheet_is_a_bare_address() -> None:
    assert spelled(Ref("a", "realisasi")) == "=C4"


def test_a_reference_into_another_sheet_names_it_in_quotes() -> None:
    assert spelled(Ref("x", "realisasi", "Dua")) == "='Dua'!C6"


def test_a_reference_that_names_its_own_sheet_is_bare() -> None:
    assert spelled(Ref("b", "pagu", "Satu")) == "=B5"


@pytest.mark.parametrize(
    ("keys", "formula"),
    [
        ("abc", "=SUM(B4:B6)"),
        ("abcdefg", "=SUM(B4:B10)"),
        ("c", "=SUM(B6:B6)"),
        ("ac", "=B4+B6"),
        ("aceg", "=B4+B6+B8+B10"),
        ("abd", "=SUM(B4:B5)+SUM(B7:B7)"),
        ("acd", "=SUM(B4:B4)+SUM(B6:B7)"),
        ("abdefg", "=SUM(B4:B5)+SUM(B7:B10)"),
        ("ba", "=B5+B4"),
        ("", "=0"),
    ],
)
def test_a_sum_is_ranges_of_neighbours_joined_by_plus_signs(keys: str, formula: str) -> None:
    assert spelled(Sum(pagu(keys))) == formula


def test_a_sum_over_another_tables_rows_is_a_sumifs_on_the_exact_code() -> None:
    assert (
        spelled(SumWhere("Dua", "pagu", "kode", "CQ.6709")) == """=SUMIFS('Dua'!$B$6:$B$8,'Dua'!$A$6:$A$8,"CQ.6709")"""
    )


def test_a_sum_of_everything_under_a_code_is_a_sumifs_on_its_prefix() -> None:
    formula = SumWhere("Dua", "realisasi", "kode", "CQ.6709", is_prefix=True)
    assert spelled(formula) == """=SUMIFS('Dua'!$C$6:$C$8,'Dua'!$A$6:$A$8,"CQ.6709.*")"""


def test_a_column_of_a_table_without_rows_is_still_a_range() -> None:
    assert spelled(Mean("Kosong", "pagu")) == "=AVERAGE('Kosong'!$B$2:$B$2)"


def test_a_quotient_prints_a_dash_where_its_divisor_is_zero() -> None:
    assert spelled(Quotient(Ref("a", "realisasi"), Ref("a", "pagu"))) == '=IF(B4=0,"-",C4/B4)'


def test_a_quotient_of_sums_spells_each_sum() -> None:
    part, whole = (SumWhere("Dua", name, "kode", "CQ") for name in ("realisasi", "pagu"))
    assert spelled(Quotient(part, whole)) == (
        "=IF(SUMIFS('Dua'!$B$6:$B$8,'Dua'!$A$6:$A$8,\"CQ\")=0,\"-\","
        "SUMIFS('Dua'!$C$6:$C$8,'Dua'!$A$6:$A$8,\"CQ\")/SUMIFS('Dua'!$B$6:$B$8,'Dua'!$A$6:$A$8,\"CQ\"))"
    )


def test_a_difference_is_a_subtraction() -> None:
    assert spelled(Difference(Ref("a", "pagu"), Ref("a", "realisasi"))) == "=B4-C4"


def test_a_capaian_is_cut_to_a_whole_percent() -> None:
    formula = Capaian(Ref("a", "realisasi"), Ref("a", "pagu"))
    assert spelled(formula) == '=IF(ISNUMBER(C4),ROUNDDOWN(ROUND(C4/B4,14),2),"-")'


def test_a_capaian_that_is_better_when_lower_counts_from_twice_the_target() -> None:
    formula = Capaian(Ref("a", "realisasi"), Ref("a", "pagu"), is_minimise=True)
    assert spelled(formula) == '=IF(ISNUMBER(C4),ROUNDDOWN(ROUND((2*B4-C4)/B4,14),2),"-")'


def test_a_mean_is_an_average_of_the_whole_column() -> None:
    assert spelled(Mean("Dua", "pagu")) == "=AVERAGE('Dua'!$B$6:$B$8)"


def test_a_sentence_spells_its_figures_in_indonesian() -> None:
    parts = ("Rp. ", Spelled(Ref("a", "pagu"), Unit.RUPIAH), ",- atau ", Spelled(Ref("a", "realisasi"), Unit.SERAPAN))
    assert spelled(Sentence(parts)) == (
        '="Rp. "&SUBSTITUTE(FIXED(B4,0),",",".")&",- atau "&SUBSTITUTE(FIXED(ROUND(C4*100,2),2,TRUE),".",",")&"%"'
    )


def test_a_sentence_can_spell_what_a_percent_leaves() -> None:
    rest = Spelled(Ref("a", "realisasi"), Unit.SERAPAN, is_rest=True)
    assert spelled(Sentence((rest,))) == '=SUBSTITUTE(FIXED(ROUND((1-C4)*100,2),2,TRUE),".",",")&"%"'


def test_quotes_in_the_words_of_a_sentence_are_doubled() -> None:
    assert spelled(Sentence(('KPU "Binjai"',))) == '="KPU ""Binjai"""'


@pytest.mark.parametrize(
    ("headings", "group", "titles", "heading_count", "body"),
    [("", "", 0, 0, 0), ("", "", 2, 0, 3), ("Kode", "", 0, 1, 1), ("Kode", "", 3, 1, 5), ("Kode", "Kinerja", 3, 2, 6)],
)
def test_the_body_follows_the_titles_a_blank_row_and_the_headings(
    headings: str, group: str, titles: int, heading_count: int, body: int
) -> None:
    columns = (Column("kode", headings, Unit.TEXT, 10, group),)
    laid_out = Table("Satu", ("judul",) * titles, columns, ())
    assert (heading_rows(laid_out), first_row(laid_out)) == (heading_count, body)
