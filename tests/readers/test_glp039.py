import warnings
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from itertools import chain
from pathlib import Path

import glp039_budget
import make_glp039
import pytest
from both_ways import read_both_ways
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from pandas.testing import assert_frame_equal

from lkj_xlsx.checks import check
from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.finding import Finding, Severity, Where, column_letters
from lkj_xlsx.kode import LEVELS, Level, ancestors, level_of, spell
from lkj_xlsx.kode import Path as Kode
from lkj_xlsx.model import AMOUNTS, CODES, FIGURES, Budget, paths
from lkj_xlsx.readers import glp039, read
from lkj_xlsx.rollup import roll_up
from lkj_xlsx.sheet import Document, Sheet, open_document

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "kpu-binjai-2024-12-glp039.xlsx"
REAL = ROOT.parent / "shared" / "real"
AKUN_LETTERS = ("P", "R", "V", "W", "Y", "AB", "AD")
AKUN_TOTAL_LETTERS = ("P", "R", "V", "W", "X", "AB", "AC")
FOOTER = "*Lock Pagu adalah jumlah pagu."

Rows = list[list[object]]


@cache
def document() -> Document:
    return open_document(SAMPLE)


@cache
def sample() -> Budget:
    return glp039.read(document())


def copied_rows() -> Rows:
    return [[*row, *[None] * (35 - len(row))] for row in document().sheets[0].rows]


def read_rows(rows: Rows) -> Budget:
    sheet = document().sheets[0]
    return read_both_ways(rows, sheet.file, sheet.name)


def at(rows: Rows, cell: str) -> tuple[int, int]:
    letters = cell.rstrip("0123456789")
    column = next(column for column in range(len(rows[0])) if column_letters(column) == letters)
    return int(cell.removeprefix(letters)) - 1, column


def put(rows: Rows, cell: str, value: object, *, was: object) -> None:
    row, column = at(rows, cell)
    assert rows[row][column] == was
    rows[row][column] = value


def blank_row(**cells: object) -> list[object]:
    row: list[object] = [None] * 35
    for letters, value in cells.items():
        row[at([row], f"{letters}1")[1]] = value
    return row


def all_findings(budget: Budget) -> tuple[Finding, ...]:
    return check([budget]).findings


def brief(findings: tuple[Finding, ...]) -> list[tuple[str, str | None]]:
    return [(found.code, found.where.cell) for found in findings]


def every_path(budget: Budget) -> Counter[Level | None]:
    return Counter(level_of(path) for frame in (budget.lines, budget.printed) for path in paths(frame))


def uraian_of(budget: Budget, row: int) -> str:
    names = [
        name
        for frame in (budget.lines, budget.printed)
        for name, found in zip(frame["uraian"], frame["row"], strict=True)
        if found == row - 1
    ]
    assert len(names) == 1
    return str(names[0])


def assert_every_level_adds_up(budget: Budget) -> None:
    rollup = roll_up(budget)
    (total,) = budget.printed[budget.printed["is_total"]].to_dict("records")
    for level in LEVELS[:-1]:
        sums = rollup.cut(level)[list(AMOUNTS)].sum()
        assert {name: int(sums[name]) for name in AMOUNTS} == {name: int(total[name]) for name in AMOUNTS}


def test_the_sample_reads_as_its_golden_says(golden: Callable[[str, str], None]) -> None:
    budget = sample()
    (total,) = budget.printed[budget.printed["is_total"]].to_dict("records")
    counts = every_path(budget)
    lines = [
        f"file | {budget.file}",
        f"format | {budget.format}",
        *(f"{name} | {getattr(budget.identity, name)}" for name in budget.identity.__slots__),
        *(f"columns | {name} | {column_letters(column)}" for name, column in budget.columns.items()),
        *(f"rows | {level} | {counts[level]}" for level in LEVELS),
        *(
            f"{total['uraian']} | {name} | {total[name]} | {budget.where(total['sheet'], total['row'], name).cell}"
            for name in AMOUNTS
        ),
        *(str(found) for found in all_findings(budget)),
    ]
    golden("read/glp039.txt", "\n".join(lines) + "\n")


def test_every_leaf_of_the_sample_reads_as_its_golden_says(golden: Callable[[str, str], None]) -> None:
    lines = [
        f"{spell(path)} | {line['uraian']} | {line['pagu']} | {line['realisasi_lalu']} | {line['realisasi_ini']}"
        f" | {line['realisasi']} | {line['row'] + 1}"
        for path, line in zip(paths(sample().lines), sample().lines.to_dict("records"), strict=True)
    ]
    golden("read/glp039-leaves.txt", "kode | uraian | pagu | lalu | ini | realisasi | row\n" + "\n".join(lines) + "\n")


def test_every_level_of_the_sample_adds_up_to_its_grand_total() -> None:
    assert_every_level_adds_up(sample())


def test_the_rows_printed_at_each_level_add_up_to_the_grand_total() -> None:
    printed = sample().printed
    (total,) = printed[printed["is_total"]].to_dict("records")
    for level in (Level.PROGRAM, Level.KEGIATAN, Level.KOMPONEN, Level.SUBKOMPONEN):
        own = printed[[level_of(path) is level for path in paths(printed)]]
        assert {name: own[name].sum() for name in AMOUNTS} == {name: total[name] for name in AMOUNTS}


def test_the_sample_says_what_the_tree_it_was_made_from_says() -> None:
    def akun_of(node: glp039_budget.Node) -> list[tuple[str, str, int, int, int]]:
        if node.level == "akun":
            return [(node.path, node.uraian + node.tail, node.pagu, node.lalu, node.ini)]
        return list(chain.from_iterable(akun_of(child) for child in node.children))

    columns = ["uraian", "pagu", "realisasi_lalu", "realisasi_ini"]
    found = [
        (spell(path), *(line[name] for name in columns))
        for path, line in zip(paths(sample().lines), sample().lines.to_dict("records"), strict=True)
    ]
    assert found == akun_of(glp039_budget.build())


def test_a_copy_saved_again_by_a_spreadsheet_reads_the_same(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the report library writes no default style
        book = load_workbook(SAMPLE)
    book.save(tmp_path / SAMPLE.name)
    again = read(tmp_path / SAMPLE.name)
    assert again.identity == sample().identity
    assert_frame_equal(again.lines, sample().lines)
    assert_frame_equal(again.printed, sample().printed)
    assert all_findings(again) == all_findings(sample())


def write_akun_depth(path: Path) -> None:
    """Write the sample's tree as an export at akun depth: no items, and every letter after M one to the left."""
    root = glp039_budget.build()
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "GLP039_LAPORAN REALISASI SUPER "
    header = {
        "A1": "LAPORAN KETERSEDIAAN DANA DETAIL TA 2024",
        "A2": "Per Program; Kegiatan; Output; SubOutput; Komponen; SubKomponen; Akun;",
        "A3": "Periode Desember 2024",
        "A4": "Kementerian\t:",
        "N4": "076",
        "O4": "KOMISI PEMILIHAN UMUM",
        "A5": "Unit Organisasi\t",
        "N5": "01",
        "O5": "KOMISI PEMILIHAN UMUM",
        "A6": "Satuan Kerja   \t:",
        "N6": "656519",
        "O6": "KPU KOTA BINJAI",
        "AB6": "Hal 1 dari",
        "AE6": " 1",
        "A7": "Uraian",
        "Q7": "Pagu Revisi",
        "S7": "Lock Pagu",
        "U7": "Realisasi TA 2024",
        "AD7": "SISA ANGGARAN",
        "U8": "Periode Lalu",
        "W8": "Periode Ini",
        "X8": "s.d. Periode ",
        "AA8": "%",
        "A9": "JUMLAH SELURUHNYA",
    }
    for cell, text in header.items():
        sheet[cell] = text
    for letters, number in zip(AKUN_TOTAL_LETTERS, make_glp039.numbers(root), strict=True):
        sheet[f"{letters}9"] = float(number)
    nodes = [
        record.node for record in make_glp039.walk(root) if record.half != "second" and record.node.level != "item"
    ]
    for row, node in enumerate(nodes, start=10):
        code, _, name = make_glp039.TEXT_COLUMNS[node.level]
        sheet[f"{code}{row}"], sheet[f"{name}{row}"] = node.kode, node.uraian + node.tail
        for letters, number in zip(AKUN_LETTERS, make_glp039.numbers(node), strict=True):
            sheet[f"{letters}{row}"] = float(number)
    sheet.cell(len(nodes) + 10, 2, FOOTER)
    book.save(path)


def test_an_export_at_akun_depth_reads_the_same_leaves_by_its_own_letters(tmp_path: Path) -> None:
    write_akun_depth(tmp_path / "akun.xlsx")
    budget = read(tmp_path / "akun.xlsx")
    same = [*CODES, "uraian", *AMOUNTS]
    assert {name: budget.columns[name] for name in FIGURES} == dict(
        zip(FIGURES, (15, 17, 21, 22, 24, 29, 27), strict=True)
    )
    assert budget.identity == sample().identity
    assert_frame_equal(budget.lines[same], sample().lines[same])
    assert every_path(budget)[Level.ITEM] == 0
    assert budget.where("GLP039_LAPORAN REALISASI SUPER ", 8, "realisasi").cell == "X9"
    assert all_findings(budget) == ()
    assert_every_level_adds_up(budget)


def test_a_row_split_by_a_page_break_is_one_row_with_one_name() -> None:
    budget = sample()
    merged = {29: 31, 71: 73, 239: 241, 325: 327}
    rows = {*budget.lines["row"], *budget.printed["row"]}
    assert rows.isdisjoint(second - 1 for second in merged.values())
    assert uraian_of(budget, 29) == (
        "Santunan Kecelakaan Kerja Badan Adhoc Penyelenggara Pemilihan Tingkat Kecamatan, Kelurahan dan TPS"
    )
    assert (
        uraian_of(budget, 71) == "Koordinasi dan Supervisi Pelaksanaan Program dan Anggaran Pemilu Bersama Badan Adhoc"
    )
    tails = [
        next(str(cell) for cell in document().sheets[0].rows[second - 1][8:] if cell) for second in merged.values()
    ]
    assert [uraian_of(budget, first).endswith(tail) for first, tail in zip(merged, tails, strict=True)] == [True] * 4


def test_an_item_is_not_continued_without_a_page_break_between() -> None:
    rows = copied_rows()
    del rows[29]
    assert ("R201", "N30") in brief(read_rows(rows).findings)


@pytest.mark.parametrize(("footer", "level"), [(72, Level.SUBKOMPONEN), (240, Level.RO)])
def test_a_parent_is_not_continued_without_a_page_break_between(footer: int, level: Level) -> None:
    rows = copied_rows()
    del rows[footer - 1]
    budget = read_rows(rows)
    found = [path for path in paths(budget.printed) if level_of(path) is level]
    assert len(found) == len(set(found)) + 1
    assert every_path(budget)[level] == every_path(sample())[level] + 1


def split_akun(pagu: float, *, with_footer: bool) -> Budget:
    """Repeat the akun row 83 as the second half of itself, with that pagu."""
    rows = copied_rows()
    second = [*rows[82]]
    put([second], "H1", "521211", was="521211")
    for letters, value in (("M", "Lanjutan"), ("Q", pagu), ("W", ""), ("X", "")):
        second[at(rows, f"{letters}1")[1]] = value
    footer = [blank_row(B=FOOTER)] if with_footer else []
    return read_rows([*rows[:83], *footer, second, *rows[83:]])


def test_an_akun_split_by_a_page_break_counts_once() -> None:
    budget = split_akun(41_820_000.0, with_footer=True)
    assert uraian_of(budget, 83) == "Belanja BahanLanjutan"
    assert budget.lines["pagu"].tolist() == sample().lines["pagu"].tolist()
    assert {code for code, _ in brief(all_findings(budget)) if code != "K110"} == {"T102"}


@pytest.mark.parametrize(("pagu", "with_footer"), [(41_820_000.0, False), (41_819_999.0, True)])
def test_an_akun_that_only_looks_split_stays_visible_as_a_duplicate(pagu: float, *, with_footer: bool) -> None:
    found = brief(all_findings(split_akun(pagu, with_footer=with_footer)))
    row = 85 if with_footer else 84
    assert ("K101", f"Q{row}") in found
    assert ("R108", f"W{row}") in found


def test_a_duplicate_that_says_something_else_breaks_the_total_above_it() -> None:
    found = [finding for finding in all_findings(split_akun(41_819_999.0, with_footer=True)) if finding.code == "T101"]
    assert [finding for finding in found if "Q85" in [finding.where.cell, *(place.cell for place in finding.because)]]


@pytest.mark.parametrize(("cell", "wrong", "code"), [("Q73", 1.0, "T101"), ("Q31", 1.0, "R201"), ("Z73", 1.0, "T101")])
def test_a_second_half_that_differs_from_its_first_is_no_continuation(cell: str, wrong: float, code: str) -> None:
    rows = copied_rows()
    row, column = at(rows, cell)
    rows[row][column] = wrong
    assert code in {
        found for found, place in brief(all_findings(read_rows(rows))) if place and place.endswith(cell[1:])
    }


def test_a_komponen_that_is_no_number_stays_in_its_own_level() -> None:
    found = [path for path in paths(sample().lines) if path[Level.KOMPONEN.depth] == "ZZ1"]
    assert found
    assert {path[:5] for path in found} == {("CQ", "6871", "QGE", "002", "ZZ1")}


def test_an_output_that_is_no_number_stays_in_its_own_level() -> None:
    rows = copied_rows()
    for row in rows:
        if row[2] == "QGE.004":
            row[2] = "QGE.Z08"
    budget = read_rows(rows)
    assert ("CQ", "6709", "QGE", "Z08") in {path[:4] for path in paths(budget.lines)}
    assert brief(all_findings(budget)) == brief(all_findings(sample()))


def test_a_negative_month_is_an_amount_and_no_error() -> None:
    rows = {184: Level.AKUN, 185: Level.ITEM, 183: Level.SUBKOMPONEN}
    found = {
        int(line["row"]) + 1: int(line["realisasi_ini"])
        for frame in (sample().lines, sample().printed)
        for line in frame.to_dict("records")
        if line["row"] + 1 in rows
    }
    assert found.keys() == rows.keys()
    assert all(amount < 0 for amount in found.values())


def test_a_code_of_no_known_shape_is_reported_and_still_counted() -> None:
    rows = copied_rows()
    put(rows, "H83", "52121", was="521211")
    budget = read_rows(rows)
    assert brief(budget.findings) == [("K103", "H83")]
    assert "52121" in budget.lines["akun"].tolist()
    assert_every_level_adds_up(budget)


def test_a_kegiatan_of_another_program_is_reported() -> None:
    rows = copied_rows()
    row = next(row for row in rows if row[1] == "CQ.6639")
    row[1] = "WA.6639"
    budget = read_rows(rows)
    assert brief(budget.findings)[0] == ("K104", "B11")
    assert "berada di bawah program `CQ`" in budget.findings[0].message


def test_a_subkomponen_of_another_komponen_is_reported() -> None:
    rows = copied_rows()
    put(rows, "F71", "052.0B", was="051.0B")
    put(rows, "F73", "052.0B", was="051.0B")
    assert ("K104", "F71") in brief(read_rows(rows).findings)


def test_a_number_outside_the_amount_columns_is_reported() -> None:
    rows = copied_rows()
    put(rows, "T83", 5.0, was=None)
    budget = read_rows(rows)
    assert brief(budget.findings) == [("R202", "T83")]
    assert_frame_equal(budget.lines, sample().lines)


def test_a_row_with_figures_and_no_code_is_reported() -> None:
    rows = copied_rows()
    rows.insert(83, blank_row(Q=5.0))
    assert brief(read_rows(rows).findings) == [("R201", "Q84")]


def test_a_text_that_is_nothing_known_is_reported() -> None:
    rows = copied_rows()
    rows.insert(83, blank_row(M="Catatan"))
    assert brief(read_rows(rows).findings) == [("R201", "M84")]


def test_a_note_in_a_code_column_is_reported_as_a_row_without_a_code() -> None:
    rows = copied_rows()
    rows.insert(83, blank_row(B="Catatan kaki"))
    (found,) = read_rows(rows).findings
    assert (found.code, found.severity, found.where.cell) == ("R201", Severity.PERINGATAN, "B84")


def test_an_export_without_its_grand_total_is_read_and_says_so() -> None:
    rows = copied_rows()
    del rows[8]
    budget = read_rows(rows)
    assert brief(budget.findings) == [("R204", "A1")]
    assert budget.lines["pagu"].tolist() == sample().lines["pagu"].tolist()
    assert not budget.printed["is_total"].any()


def test_a_grand_total_with_a_number_missing_cannot_be_tested() -> None:
    rows = copied_rows()
    put(rows, "W9", "", was=29650702438.0)
    assert brief(read_rows(rows).findings) == [("R204", "A9")]


def test_a_period_of_another_year_than_the_budget_is_reported() -> None:
    rows = copied_rows()
    put(rows, "A3", "Periode Maret 2023", was="Periode Desember 2024")
    budget = read_rows(rows)
    assert brief(budget.findings) == [("R203", "A3")]
    assert (budget.identity.tahun, budget.identity.bulan) == (2024, 3)


def test_headings_repeated_on_each_page_are_skipped_even_inside_a_split_row() -> None:
    rows = copied_rows()
    header = deepcopy(rows[:9])
    for row in (300, 30):
        rows[row:row] = deepcopy(header)
    budget = read_rows(rows)
    assert budget.findings == ()
    for name in ("pagu", "realisasi", "uraian"):
        assert budget.lines[name].tolist() == sample().lines[name].tolist()
        assert budget.printed[name].tolist() == sample().printed[name].tolist()


def test_text_amounts_in_one_row_are_read_by_their_column() -> None:
    rows = copied_rows()
    put(rows, "Q83", "41.820.000", was=41820000.0)
    assert_frame_equal(read_rows(rows).lines, sample().lines)


def test_a_missing_amount_of_a_leaf_is_reported() -> None:
    rows = copied_rows()
    put(rows, "Z83", "", was=41198900.0)
    assert ("R108", "Z83") in brief(read_rows(rows).findings)


def test_an_export_without_a_single_whole_row_is_refused() -> None:
    rows = copied_rows()[:9]
    with pytest.raises(UnreadableFile, match="tujuh angka"):
        read_rows(rows)


def test_two_reports_in_one_file_are_refused() -> None:
    sheet = document().sheets[0]
    with pytest.raises(UnreadableFile, match=r"2 laporan GLP039"):
        glp039.read(Document(sheet.file, (sheet, Sheet(sheet.file, "Dua", sheet.rows))))


def test_a_sheet_beside_the_report_is_named_as_not_read(tmp_path: Path) -> None:
    write_akun_depth(tmp_path / "akun.xlsx")
    book = load_workbook(tmp_path / "akun.xlsx")
    book.create_sheet("Catatan")["A1"] = "ingat ini"
    book.save(tmp_path / "akun.xlsx")
    assert [(found.code, found.where.sheet) for found in read(tmp_path / "akun.xlsx").findings] == [("R110", "Catatan")]


@pytest.mark.parametrize(
    ("name", "month", "realisasi"),
    [("glp039-item-2025-07.xlsx", 7, 121_913_000), ("glp039-item-2025-08.xlsx", 8, 267_272_855)],
)
@pytest.mark.skipif(not REAL.exists(), reason="the real exports are not ours to keep beside the project")
def test_a_real_export_reads_without_a_finding(name: str, month: int, realisasi: int) -> None:
    budget = read(REAL / name)
    assert (budget.identity.kode_satker, budget.identity.tahun, budget.identity.bulan) == ("427768", 2025, month)
    assert every_path(budget) == {
        None: 1,
        Level.PROGRAM: 1,
        Level.KEGIATAN: 1,
        Level.KRO: 1,
        Level.RO: 1,
        Level.KOMPONEN: 2,
        Level.SUBKOMPONEN: 8,
        Level.AKUN: 28,
        Level.ITEM: 66,
    }
    assert all_findings(budget) == ()
    assert_every_level_adds_up(budget)
    for frame in (budget.lines, budget.printed):
        for level in LEVELS:
            own = frame[[level_of(path) is level for path in paths(frame)]]
            if len(own):
                assert (own["pagu"].sum(), own["realisasi"].sum()) == (906_800_000, realisasi)


@cache
def amount_cells() -> tuple[tuple[Kode, int, str], ...]:
    """List each amount that is a leaf or is printed as a total: its path, row and name."""
    return tuple(
        (path, int(row), amount)
        for frame in (sample().lines, sample().printed)
        for path, row in zip(paths(frame), frame["row"], strict=True)
        if level_of(path) is not Level.ITEM
        for amount in AMOUNTS
    )


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_any_one_changed_amount_is_found(data: st.DataObject) -> None:
    path, row, amount = data.draw(st.sampled_from(amount_cells()))
    place = sample().where(document().sheets[0].name, row, amount)
    rows = copied_rows()
    assert place.column is not None
    before = rows[row][place.column]
    assert isinstance(before, int)
    rows[row][place.column] = before + 1
    above = {
        sample().where(sheet, printed_row, amount)
        for printed, sheet, printed_row in zip(
            paths(sample().printed), sample().printed["sheet"], sample().printed["row"], strict=True
        )
        if printed in ancestors(path) or level_of(printed) is None
    }
    seen: set[Where] = set()
    for found in all_findings(read_rows(rows)):
        if found.code.startswith("T") and found not in all_findings_of_sample():
            seen |= {found.where, *found.because}
    assert seen & {place, *above}


@cache
def all_findings_of_sample() -> tuple[Finding, ...]:
    return all_findings(sample())


def test_a_row_of_figures_whose_name_opens_like_a_heading_is_reported() -> None:
    rows = copied_rows()
    rows.append(blank_row(N="Laporan Akhir Kegiatan", Q=5.0, S=0.0, W=5.0, X=0.0, Z=5.0, AC=1.0, AE=0.0))
    found = [finding for finding in read_rows(rows).findings if finding.code == "R201"]
    assert [(finding.severity, finding.where.cell) for finding in found] == [(Severity.ERROR, f"N{len(rows)}")]


def test_a_subkomponen_of_one_letter_is_kept_as_two() -> None:
    rows = copied_rows()
    row = next(index for index, cells in enumerate(rows) if cells[5] == "051.0A")
    rows[row][5] = "051.A"
    assert every_path(read_rows(rows)) == every_path(sample())
