import csv
from collections.abc import Callable
from pathlib import Path

import glp039_contoh
import make_glp039_contoh as made
import pytest
from both_ways import read_both_ways
from contoh_satker import ITEMS
from hypothesis import given, settings
from hypothesis import strategies as st
from told_in_full import in_full

from lkj_xlsx.checks import check
from lkj_xlsx.finding import Finding
from lkj_xlsx.kode import LEVELS, Level, level_of, spell
from lkj_xlsx.model import AMOUNTS, FIGURES, Budget, paths
from lkj_xlsx.readers import glp039, read
from lkj_xlsx.readers.glp039_columns import SEVEN
from lkj_xlsx.rollup import roll_up
from lkj_xlsx.sheet import Sheet, open_document

SAMPLES = Path(__file__).parents[2] / "samples"
TOTAL = {"pagu": 1_954_500_000, "blokir": 0, "realisasi_lalu": 252_927_255, "realisasi_ini": 148_910_518}
SHORT = made.Shape("kro", 0, (10, 12, 16, 17, 19, 22, 24), (10, 12, 16, 17, 18, 22, 23))
BY_DEPTH = {level: SHORT._replace(deepest=level) for level in glp039_contoh.LEVELS[:3]} | {
    "ro": made.RO,
    "komponen": made.RO._replace(deepest="komponen"),
    "subkomponen": made.AKUN._replace(deepest="subkomponen"),
    "akun": made.AKUN,
    "item": made.ITEM,
}


def brief(findings: tuple[Finding, ...]) -> list[tuple[str, str | None]]:
    return [(found.code, found.where.cell) for found in findings]


def read_grid(grid: made.Grid) -> Budget:
    return read_both_ways(grid)


def read_csv(path: Path, grid: list[list[str]], separator: str = ";") -> Budget:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=separator).writerows(grid)
    return read(path)


def spelled(shape: made.Shape, marks: str) -> list[list[str]]:
    return [[made.spelled(cell, marks) for cell in cells] for cells in made.grid(shape)]


def told(budget: Budget) -> list[tuple[object, ...]]:
    """Tell path, name and amounts of every row, whatever its place."""
    return [
        (spell(path), row["uraian"], *(row[name] for name in (*AMOUNTS, "sisa")))
        for frame in (budget.printed, budget.lines)
        for path, row in zip(paths(frame), frame.to_dict("records"), strict=True)
    ]


@pytest.mark.parametrize("name", made.MADE)
def test_a_sample_reads_as_its_golden_says(name: str, golden: Callable[[str, str], None]) -> None:
    budget = read(SAMPLES / name)
    findings = "".join(f"check | {found}\n" for found in check([budget]).findings)
    golden(f"read/{name.removeprefix('contoh-')}.txt", in_full(budget) + findings)


@pytest.mark.parametrize("name", made.MADE)
def test_every_level_of_a_sample_adds_up_to_what_its_satker_has(name: str) -> None:
    rollup = roll_up(read(SAMPLES / name))
    expected = {**TOTAL, "realisasi": TOTAL["realisasi_lalu"] + TOTAL["realisasi_ini"]}
    for level in LEVELS[:4]:
        sums = rollup.cut(level)[list(AMOUNTS)].sum()
        assert {amount: int(sums[amount]) for amount in AMOUNTS} == expected


def test_one_export_says_the_same_as_workbook_csv_and_web_page(tmp_path: Path) -> None:
    made.write_xlsx(made.ITEM, tmp_path / "item.xlsx")
    expected = told(read(tmp_path / "item.xlsx"))
    assert told(read(SAMPLES / "contoh-glp039-item.csv")) == expected
    assert told(read(SAMPLES / "contoh-glp039-item.xls")) == expected
    assert told(read(SAMPLES / "contoh-glp039-transaksi.xlsx")) == expected


@pytest.mark.parametrize("depth", BY_DEPTH)
def test_the_deepest_rows_above_the_item_are_the_leaves(depth: str) -> None:
    shape = BY_DEPTH[depth]
    budget = read_grid(made.grid(shape))
    leaf = Level(depth) if depth != "item" else Level.AKUN
    assert {level_of(path) for path in paths(budget.lines)} == {leaf}
    assert {name: int(budget.lines[name].sum()) for name in TOTAL} == TOTAL
    of_total = dict(
        zip(("pagu", "blokir", "realisasi_lalu", "realisasi_ini", "realisasi"), shape.of_total, strict=False)
    )
    total = int(budget.printed[budget.printed["is_total"]]["row"].iloc[0])
    assert {name: budget.where("GLP039", total, name).column for name in AMOUNTS} == of_total
    assert tuple(budget.columns[name] for name in SEVEN) == shape.figures
    assert check([budget]).findings == ()


@pytest.mark.parametrize(("separator", "marks"), [(";", ".,"), (",", ",."), ("\t", ".,"), (",", ".,"), (";", ",.")])
@pytest.mark.parametrize("depth", ["ro", "akun", "item"])
def test_separator_and_marks_make_no_difference(tmp_path: Path, depth: str, separator: str, marks: str) -> None:
    budget = read_csv(tmp_path / "fa.csv", spelled(BY_DEPTH[depth], marks), separator)
    assert told(budget) == told(read_grid(made.grid(BY_DEPTH[depth])))
    assert {found.code for found in check([budget]).findings} <= {"R112", "P103"}


def test_a_csv_that_a_script_wrote_has_bare_numbers_and_fractions(tmp_path: Path) -> None:
    grid = [
        ["" if cell is None else repr(cell) if isinstance(cell, float) else str(cell) for cell in cells]
        for cells in made.grid(made.ITEM)
    ]
    budget = read_csv(tmp_path / "fa.csv", grid)
    assert told(budget) == told(read_grid(made.grid(made.ITEM)))
    assert {found.code for found in check([budget]).findings} == {"R112"}


def test_a_csv_of_floats_is_read_by_its_decimal_point(tmp_path: Path) -> None:
    grid = [
        ["" if cell is None else str(float(cell)) if isinstance(cell, int) else str(cell) for cell in cells]
        for cells in made.grid(made.AKUN)
    ]
    budget = read_csv(tmp_path / "fa.csv", grid)
    assert told(budget) == told(read_grid(made.grid(made.AKUN)))
    assert {found.code for found in check([budget]).findings} == {"R112"}


def test_a_csv_with_a_field_for_each_chosen_level_is_understood(tmp_path: Path) -> None:
    grid = spelled(made.AKUN, ".,")
    grid[1] = [part.strip() for part in grid[1][0].split(";")]
    grid = [row for row in grid if not row[7:8] or not row[7]]
    budget = read_csv(tmp_path / "fa.csv", grid)
    assert ("R215", "A2") in brief(budget.findings)


SMALL = """
LAPORAN KETERSEDIAAN DANA DETAIL TA 2025
"Per Program; Kegiatan;"
Periode Maret 2025
Satuan Kerja;;;999001;BALAI CONTOH
Uraian;;;;;PAGU;LOCK;LALU;INI;SD;PERSEN;SISA
JUMLAH SELURUHNYA;;;;;{pagu};0;{lalu};0;{lalu};{persen};{sisa}
;WA;;Program;;{pagu};0;{lalu};0;{lalu};{persen};{sisa}
;WA.4321;;;Kegiatan;{pagu};0;{lalu};0;{lalu};{persen};{sisa}
""".lstrip()


def small(path: Path, **figures: str) -> Budget:
    path.write_text(SMALL.format(**figures), encoding="utf-8")
    return read(path)


def test_what_a_dot_means_is_decided_for_the_whole_file_and_not_for_a_column(tmp_path: Path) -> None:
    budget = small(tmp_path / "a.csv", pagu="1.500.000", lalu="500.000", persen="33 %", sisa="1.000.000")
    assert budget.lines["realisasi"].tolist() == [500_000]
    assert "R104" not in dict(brief(budget.findings))


def test_a_percent_tells_what_a_dot_means_where_no_amount_does(tmp_path: Path) -> None:
    figures = {"pagu": "800.000", "lalu": "500.000", "sisa": "300.000"}
    assert small(tmp_path / "a.csv", persen="62,50 %", **figures).lines["pagu"].tolist() == [800_000]


def test_an_amount_weighs_more_than_a_percent(tmp_path: Path) -> None:
    figures = {"pagu": "1.800.000", "lalu": "500.000", "sisa": "1.300.000"}
    budget = small(tmp_path / "a.csv", persen="27.78 %", **figures)
    assert budget.lines["realisasi"].tolist() == [500_000]


def test_a_file_that_does_not_tell_what_its_dots_mean_is_told_once(tmp_path: Path) -> None:
    budget = small(tmp_path / "a.csv", pagu="800.000", lalu="500.000", persen="63 %", sisa="300.000")
    (found,) = [found for found in budget.findings if found.code == "R104"]
    assert (found.where.cell, len(found.because)) == ("F6", 11)
    assert budget.lines["pagu"].isna().all()


def test_a_file_of_two_ways_to_write_thousands_is_told_once(tmp_path: Path) -> None:
    budget = small(tmp_path / "a.csv", pagu="1.800.000", lalu="1,500,000", persen="83 %", sisa="300000")
    (found,) = [found for found in budget.findings if found.code == "R109"]
    assert found.message == "lembar ini memakai dua cara menulis ribuan (titik dan koma)"
    assert budget.lines[["pagu", "realisasi"]].to_numpy().tolist() == [[1_800_000, 1_500_000]]


def test_a_dash_is_nihil_in_a_csv(tmp_path: Path) -> None:
    text = SMALL.format(pagu="1.800.000", lalu="1.500.000", persen="83,33 %", sisa="300.000").replace(";0;", ";-;")
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    budget = read(tmp_path / "a.csv")
    assert budget.lines[["blokir", "realisasi_ini"]].to_numpy().tolist() == [[0, 0]]
    assert {found.code for found in check([budget]).findings} <= {"R112", "P103"}


def test_a_percent_that_is_none_is_reported_with_its_cell(tmp_path: Path) -> None:
    budget = small(tmp_path / "a.csv", pagu="1.800.000", lalu="1.500.000", persen="83,33 %", sisa="300.000")
    text = (tmp_path / "a.csv").read_text("utf-8")
    (tmp_path / "a.csv").write_text(text.replace("83,33 %", "########", 1), encoding="utf-8")
    budget = read(tmp_path / "a.csv")
    assert brief(tuple(found for found in budget.findings if found.code != "R112")) == [("R204", "A6")]


def test_an_amount_that_excel_showed_as_hashes_is_reported(tmp_path: Path) -> None:
    grid = spelled(made.ITEM, ".,")
    grid[15][16] = "########"
    budget = read_csv(tmp_path / "fa.csv", grid)
    assert ("R101", "Q16") in brief(budget.findings)


@pytest.mark.parametrize("level", ["akun", "item"])
def test_komponen_and_ro_that_are_no_numbers_keep_their_level_in_a_csv(tmp_path: Path, level: str) -> None:
    budget = read_csv(tmp_path / "fa.csv", spelled(BY_DEPTH[level], ".,"))
    assert ("WA", "4321", "EBA", "Z08", "ZZ1", "AC", "521211", "") in list(paths(budget.lines))


def test_a_cut_name_gets_its_blank_back_where_a_web_page_took_it() -> None:
    names = read(SAMPLES / "contoh-glp039-item.xls").printed["uraian"].tolist()
    assert "Jasa Pengamanan, 2 orang x 12 bulan" in names
    assert "Layanan Data dan Informasi yang Dikumpulkan Bersama Masyarakat" in names


@given(depth=st.sampled_from(sorted(BY_DEPTH)), marks=st.sampled_from([".,", ",.", ""]), page=st.integers(1, 40))
@settings(max_examples=30)
def test_where_pages_end_and_how_figures_are_written_changes_nothing(depth: str, marks: str, page: int) -> None:
    shape = BY_DEPTH[depth]
    expected = told(read_grid(made.grid(shape)))
    grid: made.Grid = []
    for number, cells in enumerate(made.grid(shape)):
        is_note = len(cells) == 2
        after_note = bool(grid) and len(grid[-1]) == 2
        if number > 9 and number % page == 0 and not is_note and not after_note:
            grid.append([None, made.LOCK_NOTE])
            grid.extend(made.head(shape))
        grid.append([made.spelled(cell, marks) or None for cell in cells] if marks else list(cells))
    budget = read_grid(grid)
    assert told(budget) == expected
    assert {found.code for found in check([budget]).findings} <= {"P103"}


@given(place=st.integers(0, 10**6), name=st.sampled_from(FIGURES))
@settings(max_examples=30)
def test_any_one_figure_of_a_csv_that_is_changed_is_found(place: int, name: str) -> None:
    grid: made.Grid = [[made.spelled(cell, ".,") or None for cell in cells] for cells in made.grid(made.ITEM)]
    budget = read_grid(grid)
    column = budget.columns[name]
    rows = [row for row in range(9, len(grid)) if column < len(grid[row]) and grid[row][column]]
    row = rows[place % len(rows)]
    text = str(grid[row][column])
    grid[row][column] = text[:-1] + ("1" if text[-1] != "1" else "2") if name != "persen" else f"9{text}"
    found = check([read_grid(grid)]).findings
    cell = Sheet("contoh.xlsx", "GLP039", grid).where(row, column)
    assert any(cell in (one.where, *one.because) for one in found)


def test_the_samples_are_of_one_satker() -> None:
    assert {read(SAMPLES / name).identity for name in made.MADE} == {read(SAMPLES / "contoh-glp039-akun.xlsx").identity}
    assert sum(item.total for item in ITEMS) == TOTAL["pagu"]


def test_a_csv_is_known_by_its_title_and_not_by_its_name() -> None:
    document = open_document(SAMPLES / "contoh-glp039-item.csv", "apa saja.txt")
    assert glp039.identify(document)
    assert glp039.read(document).file == "apa saja.txt"
