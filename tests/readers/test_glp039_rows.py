from datetime import date
from decimal import Decimal

import make_glp039_contoh as made
import pandas as pd
import pytest
from both_ways import read_both_ways
from hypothesis import given, settings
from hypothesis import strategies as st

from lkj_xlsx.book import Odd
from lkj_xlsx.checks import check
from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.finding import Severity
from lkj_xlsx.kode import ROOT
from lkj_xlsx.model import Budget, paths
from lkj_xlsx.readers import glp039
from lkj_xlsx.readers.glp039_columns import figure_columns, is_figure, number_columns
from lkj_xlsx.readers.glp039_rows import Code, code_of
from lkj_xlsx.rupiah import LARGEST, Fault
from lkj_xlsx.sheet import Document, Sheet

Grid = list[list[object]]
PROGRAM, KEGIATAN, SUBKOMPONEN, AKUN_ROW, ITEM_ROW = 9, 10, 14, 15, 16
"""Rows of the invented export at item depth."""


def grid(shape: made.Shape = made.ITEM) -> Grid:
    return [[*cells] for cells in made.grid(shape)]


def read_grid(cells: Grid) -> Budget:
    return read_both_ways(cells)


def brief(budget: Budget) -> list[tuple[str, str | None]]:
    return [(found.code, found.where.cell) for found in budget.findings]


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        (1, "WA", Code(0, ("WA",), is_sound=True)),
        (1, "WA.4321", Code(0, ("WA", "4321"), is_sound=True)),
        (1, "W.4321", Code(0, ("W", "4321"), is_sound=False)),
        (1, "4321", Code(0, ("4321",), is_sound=False)),
        (2, "EBA", Code(2, ("EBA",), is_sound=True)),
        (2, "EBA.Z08", Code(2, ("EBA", "Z08"), is_sound=True)),
        (2, "FAN. ZZ1 ", Code(2, ("FAN", "ZZ1"), is_sound=True)),
        (4, "ZZ1", Code(4, ("ZZ1",), is_sound=True)),
        (4, "051.052", Code(4, ("052",), is_sound=False)),
        (5, "051.0A", Code(4, ("051", "0A"), is_sound=True)),
        (5, "ZZ1.AC", Code(4, ("ZZ1", "AC"), is_sound=True)),
        (5, "A", Code(5, ("0A",), is_sound=True)),
        (7, "521211", Code(6, ("521211",), is_sound=True)),
        (7, "52121", Code(6, ("52121",), is_sound=False)),
    ],
)
def test_a_code_is_taken_apart_by_its_column_and_shape(column: int, text: str, expected: Code) -> None:
    assert code_of(column, text) == expected


def test_a_code_closes_what_is_below_it_and_keeps_what_is_above() -> None:
    path = ("WA", "4321", "EBA", "994", "001", "0A", "521211", "000001")
    assert code_of(2, "EBA.Z08").under(path) == ("WA", "4321", "EBA", "Z08", "", "", "", "")
    assert code_of(5, "002.0B").under(path) == ("WA", "4321", "EBA", "994", "002", "0B", "", "")
    assert code_of(1, "CL").under(path) == ("CL", *ROOT[1:])


def test_an_item_number_below_an_item_is_its_sibling() -> None:
    numbers = [path[7] for path in paths(read_grid(grid()).printed) if path[7]]
    assert numbers == [f"{number:06d}" for number in (1, 2, 3, 4, 5, 6, 323, 324, 325, 326, 400)]


@pytest.mark.parametrize("at", [("WA.4321", 10), ("EBA.994", 12), ("001.0A", 14)])
def test_a_code_whose_parent_has_no_row_is_right_where_its_level_was_not_chosen(at: tuple[str, int]) -> None:
    code, row = at
    cells = grid()
    parents = {
        "WA.4321": ("Program; ", {9}),
        "EBA.994": ("Output; ", {11, 42}),
        "001.0A": ("Komponen; ", {13, 19, 33, 44}),
    }
    word, rows = parents[code]
    assert code in cells[row]
    cells[1] = [str(cells[1][0]).replace(f" {word}", " ", 1)]
    chosen = [values for number, values in enumerate(cells) if number not in rows]
    assert brief(read_grid(chosen)) == []
    chosen[1] = cells[1][:0]
    assert {found for found, _ in brief(read_grid(chosen))} == {"K104"}


@pytest.mark.parametrize("value", ["cek lagi", date(2025, 4, 1), True, Odd(Fault.ERROR_CELL, "#REF!")])
def test_what_stands_beside_the_report_is_told_once_for_the_record(value: object) -> None:
    cells = grid()
    for row in (AKUN_ROW, ITEM_ROW):
        cells[row] += [None, None, value]
    cells.append([None] * 40 + [value])
    budget = read_grid(cells)
    assert [(found.code, found.severity) for found in budget.findings if found.code != "R201"] == [
        ("R110", Severity.INFO)
    ]
    (found,) = [found for found in budget.findings if found.code == "R110"]
    assert found.message == f"{2 + len(found.because) - 1} sel berisi di luar kolom laporan, tidak dibaca"
    assert found.where.cell == "AH16"
    assert int(budget.lines["pagu"].sum()) == 1_954_500_000


@pytest.mark.parametrize("value", [7, Decimal("0.5"), 0.25, "7", "1.000", "12,5 %"])
def test_a_figure_outside_the_amount_columns_is_an_error(value: object) -> None:
    cells = grid()
    cells[AKUN_ROW][19] = value
    assert brief(read_grid(cells)) == [("R202", "T16")]


def test_a_percent_that_is_missing_hides_no_stray_figure() -> None:
    cells = grid()
    cells[AKUN_ROW][28], cells[AKUN_ROW][19] = None, 7
    assert brief(read_grid(cells)) == [("R202", "T16")]


def test_blanks_that_look_like_texts_are_nothing() -> None:
    cells = grid()
    cells[AKUN_ROW][19] = "  "
    cells[AKUN_ROW][2] = " "
    cells.insert(20, [" ", None, "   "])
    cells.insert(20, [])
    assert brief(read_grid(cells)) == []


def test_figures_below_everything_that_belong_to_no_code_are_an_error() -> None:
    cells = grid()
    cells.append([None] * 16 + [5, None, 0, None, None, None, 5, 0, None, 5, None, None, 1, None, 0])
    assert brief(read_grid(cells)) == [("R201", f"Q{len(cells)}")]


def test_a_number_of_more_digits_than_a_sheet_can_hold_is_refused_with_its_cell() -> None:
    cells = grid()
    cells[AKUN_ROW][16] = LARGEST + 1
    assert brief(read_grid(cells)) == [("R103", "Q16")]


def test_a_fraction_of_a_rupiah_is_refused_with_its_cell() -> None:
    cells = grid()
    cells[AKUN_ROW][16] = Decimal("1280500000.5")
    assert brief(read_grid(cells)) == [("R102", "Q16")]


def test_a_report_of_floats_reads_the_same() -> None:
    cells = [[float(cell) if isinstance(cell, int) else cell for cell in values] for values in grid()]
    assert read_grid(cells).lines.equals(read_grid(grid()).lines)
    assert brief(read_grid(cells)) == []


def test_a_name_cut_within_a_word_is_joined_as_it_stands() -> None:
    cells = grid()
    rows = [row for row, values in enumerate(cells) if "Jasa Pengamanan, " in str(values[13:14])]
    cells[rows[0]][13], cells[rows[0] + 2][13] = "000005. Jasa Penga", "manan"
    assert "Jasa Pengamanan" in read_grid(cells).printed["uraian"].tolist()


def test_a_second_half_of_another_percent_is_no_continuation() -> None:
    cells = grid()
    halves = [row for row, values in enumerate(cells) if values[2:3] == ["EBA.Z08"]]
    assert len(halves) == 2
    cells[halves[1]][28] = 0.5
    assert [found.code for found in check([read_grid(cells)]).findings] == ["P101"]


def test_a_row_without_its_name_is_read() -> None:
    cells = grid()
    cells[AKUN_ROW][12] = None
    budget = read_grid(cells)
    assert brief(budget) == []
    assert budget.lines["uraian"].tolist()[0] == ""


def test_a_name_that_is_a_number_hides_no_column() -> None:
    cells: Grid = [[made.spelled(cell, ".,") or None for cell in values] for values in made.grid(made.ITEM)]
    cells[AKUN_ROW][12] = "2024"
    budget = read_grid(cells)
    assert brief(budget) == []
    assert budget.lines["uraian"].tolist()[0] == "2024"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("1.000", True), ("(5)", True), ("62,44 %", True), ("051", True), ("%", False), ("", False), (" ", False)),
        *(("Rapat (5)", False), ("9" * 41, False), ("-", False), ("12-03-2025", False)),
    ],
)
def test_a_figure_is_told_from_a_text(text: str, *, expected: bool) -> None:
    assert is_figure(text) is expected


def test_the_figures_of_a_row_are_right_of_its_code() -> None:
    assert figure_columns([None, None, "051", "nama", "1.000", "-", "62,44 %", 5, True, None]) == (4, 5, 6, 7)
    assert figure_columns([" ", 7, "521211", "nama"]) == (1,)
    assert number_columns([1, 0.5, Decimal(2), True, "3", None]) == (0, 1, 2)


def test_a_report_whose_rows_lack_a_figure_each_is_refused() -> None:
    cells = [[None if column == 18 else cell for column, cell in enumerate(values)] for values in grid()]
    with pytest.raises(UnreadableFile, match="tujuh angka"):
        read_grid(cells)


CELLS = st.one_of(
    *(st.none(), st.booleans(), st.dates(), st.integers(), st.decimals(allow_nan=False, allow_infinity=False)),
    *(st.floats(), st.text(max_size=8), st.sampled_from([Odd(Fault.UNCACHED), "*", "WA.4321", "000001. a", "1.000"])),
    *(st.sampled_from(["JUMLAH SELURUHNYA", "Periode Maret 2025", "12-03-2025", "Per Item;", "-", "62,44 %"]),),
)


@given(
    changes=st.lists(st.tuples(st.integers(0, 50), st.integers(0, 33), CELLS), max_size=12),
    without=st.sets(st.integers(1, 49), max_size=8),
)
@settings(max_examples=120)
def test_whatever_is_done_to_a_report_is_told_or_refused(
    changes: list[tuple[int, int, object]], without: set[int]
) -> None:
    cells = grid(made.TRANSACTIONS)
    for row, column, value in changes:
        cells[row] += [None] * (column + 1 - len(cells[row]))
        cells[row][column] = value
    cells = [values for row, values in enumerate(cells) if row not in without]
    document = Document("contoh.xlsx", (Sheet("contoh.xlsx", "GLP039", cells),))
    if not glp039.identify(document):
        return
    budget = glp039.read(document)
    lost = 1_954_500_000 - sum(int(pagu) for pagu in budget.lines["pagu"] if not pd.isna(pagu))
    assert not lost or check([budget]).findings


ODD = (
    None,
    "",
    " ",
    "* Catatan",
    "WA",
    "WA.4321",
    "EBA.994",
    "000323. Nama",
    "Nama",
    "12-03-2025",
    "JUMLAH SELURUHNYA",
)
VALUES = st.one_of(
    st.sampled_from([*ODD, Odd(Fault.ERROR_CELL, "#REF!"), date(2025, 3, 12), True, Decimal("0.5"), 2**53, 2**53 + 1]),
    st.integers(-2, 2),
)
CHANGES = st.lists(st.tuples(st.integers(8, 60), st.integers(0, 35), VALUES), max_size=4)
MOVES = st.lists(st.tuples(st.sampled_from(["copy", "note", "cut"]), st.integers(9, 60)), max_size=3)


@settings(max_examples=200)
@given(CHANGES, MOVES)
def test_whatever_stands_in_its_rows_both_ways_read_the_same(
    changes: list[tuple[int, int, object]], moves: list[tuple[str, int]]
) -> None:
    cells = grid()
    for row, column, value in changes:
        values = cells[8 + row % (len(cells) - 8)]
        values += [None] * (column + 1 - len(values))
        values[column] = value
    for what, at in moves:
        row = 9 + at % (len(cells) - 9)
        if what == "cut":
            del cells[row]
        else:
            cells.insert(row, [*cells[row]] if what == "copy" else [None, "* Catatan kaki"])
    read_grid(cells)
