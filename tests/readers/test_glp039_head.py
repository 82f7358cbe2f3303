import make_glp039_contoh as made
import pytest
from both_ways import read_both_ways

from lkj_xlsx.finding import Severity
from lkj_xlsx.model import Budget
from lkj_xlsx.readers import glp039
from lkj_xlsx.sheet import Document, Sheet

Grid = list[list[object]]


def grid() -> Grid:
    return [[*cells] for cells in made.grid(made.ITEM)]


def read_grid(cells: Grid) -> Budget:
    return read_both_ways(cells)


def brief(budget: Budget) -> list[tuple[str, str | None]]:
    return [(found.code, found.where.cell) for found in budget.findings]


def test_a_total_below_the_rows_is_still_the_total() -> None:
    cells = grid()
    total = cells.pop(8)
    budget = read_grid([*cells, total])
    assert brief(budget) == []
    assert int(budget.lines["pagu"].sum()) == 1_954_500_000
    assert int(budget.printed[budget.printed["is_total"]]["row"].iloc[0]) == len(cells)


def test_without_a_total_headings_on_every_page_hide_no_rows() -> None:
    cells = grid()
    del cells[8]
    again = [*cells[:20], *cells[:8], *cells[20:]]
    budget = read_grid(again)
    assert brief(budget) == [("R204", "A1")]
    assert int(budget.lines["pagu"].sum()) == 1_954_500_000


def test_a_title_below_blank_rows_is_found() -> None:
    budget = read_grid([[], [None, "  "], *grid()])
    assert brief(budget) == []
    assert budget.identity.kode_satker == "999001"


def test_a_period_without_a_year_of_the_title_is_told_at_its_row() -> None:
    cells = grid()
    cells[2] = ["Periode Maret 2024"]
    budget = read_grid([[], *cells])
    assert brief(budget) == [("R203", "A4")]


def test_a_code_that_a_spreadsheet_made_a_number_gets_its_zeros_back() -> None:
    cells = grid()
    cells[3][14], cells[4][14] = 36, 1
    identity = read_grid(cells).identity
    assert (identity.bagian_anggaran, identity.unit_eselon_i) == ("036", "01")


def test_a_unit_that_has_a_name_and_no_code_keeps_its_name() -> None:
    cells = grid()
    cells[4] = ["Unit Organisasi\t", None, "A"]
    identity = read_grid(cells).identity
    assert (identity.unit_eselon_i, identity.bagian_anggaran) == ("A", "999")


def test_a_sheet_that_holds_nothing_or_another_title_is_no_report() -> None:
    sheets: list[Grid] = [[], [[None], [" "]], [["Catatan"], ["LAPORAN KETERSEDIAAN DANA DETAIL TA 2025"]]]
    for rows in sheets:
        assert not glp039.identify(Document("contoh.xlsx", (Sheet("contoh.xlsx", "GLP039", rows),)))


def test_rows_that_go_deeper_than_the_report_says_are_reported() -> None:
    cells = grid()
    cells[1] = ["Per Program; Kegiatan; Output; SubOutput; Komponen; SubKomponen; Akun;"]
    (found,) = read_grid(cells).findings
    assert (found.code, found.severity, found.where.cell) == ("R215", Severity.PERINGATAN, "A2")
    assert found.message == "judul menyebut sampai akun, barisnya sampai item"
    assert [place.cell for place in found.because] == ["Q17"]


def test_rows_that_stop_above_what_the_report_says_are_reported() -> None:
    cells = [values for values in grid() if not str(values[13:14]).startswith("['0")]
    (found,) = [found for found in read_grid(cells).findings if found.code == "R215"]
    assert (
        found.message
        == "judul menyebut sampai item, barisnya sampai akun; ada baris yang hilang: unduh lagi dari SAKTI"
    )


@pytest.mark.parametrize("words", [None, "Per Bagian; Seksi;"])
def test_a_report_that_does_not_say_its_levels_is_not_tested_for_them(words: str | None) -> None:
    cells = grid()
    cells[1] = [words]
    assert brief(read_grid(cells)) == []
