from pathlib import Path

import pytest
from conftest import write_sheets

from lkj_xlsx.checks import check
from lkj_xlsx.checks.labels import check_labels, check_missing_totals
from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.kode import ROOT, parse, place
from lkj_xlsx.model import Budget, Identity, Line, frame_of, split_leaves
from lkj_xlsx.readers import read
from lkj_xlsx.rollup import roll_up


def findings(path: Path) -> tuple[Finding, ...]:
    return check([read(path)]).findings


def found(path: Path, *codes: str) -> list[tuple[str, str | None]]:
    return [(one.code, one.where.cell) for one in findings(path) if one.code in codes]


def alarms(path: Path) -> list[str]:
    return [str(one) for one in findings(path) if one.severity is not Severity.INFO]


def test_a_label_that_names_another_block_than_it_closes_is_found_with_the_right_label(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI |
    | 076.01.CQ | Program | | |
    | 6639 | Teknis | | |
    | QGE.001 | Pemilihan | 300 | 200 |
    | | SUB TOTAL (6709) | 300 | 200 |
    | 6709 | Perencanaan | | |
    | QGE.001 | Anggaran | 50 | 40 |
    | | SUB TOTAL (6709) | 50 | 40 |
    """
    (finding,) = findings(sheet_file)
    assert (finding.code, finding.severity, finding.where.cell) == ("K109", Severity.ERROR, "B5")
    assert (finding.printed, finding.expected) == ("SUB TOTAL (6709)", "SUB TOTAL (6639)")
    assert finding.message == "label `SUB TOTAL (6709)` menutup blok 6639; seharusnya `SUB TOTAL (6639)`"


def test_a_wrong_label_of_a_kro_names_the_kro(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI |
    | 076.01.CQ | Program | | |
    | 6639 | Teknis | | |
    | QGE | Layanan | | |
    | QGE.001 | Pemilihan | 300 | 200 |
    | | SUB TOTAL (QGE.002) | 300 | 200 |
    """
    assert [(one.where.cell, one.expected) for one in findings(sheet_file) if one.code == "K109"] == [
        ("B6", "SUB TOTAL (QGE.001)")
    ]


@pytest.mark.parametrize(
    "label",
    [
        *("SUB TOTAL", "Sub-total", "SUB JUMLAH", "JUMLAH", "JML", "TOTAL", "GRAND TOTAL", "Jumlah Kegiatan"),
        *("SUB TOTAL (6639)", "SUB TOTAL 6639", "Jumlah Kegiatan 6639", "SUB TOTAL 076.01.CQ.6639"),
        *("JUMLAH 2024", "TOTAL T.A 2024", "Jumlah Tahun Anggaran 2024", "TOTAL SATKER 656519"),
        *("SUB TOTAL QGE", "SUB TOTAL PROGRAM 076.01.CQ", "SUB TOTAL PROGRAM CQ", "Jumlah Program"),
        *("JUMLAH RM", "SUB TOTAL (RM)", "JUMLAH BMN", "SUB TOTAL BLU", "Jumlah Belanja Barang", "TOTAL SAKTI"),
    ],
)
def test_no_right_way_to_name_a_total_is_an_error(tmp_path: Path, label: str) -> None:
    path = write_sheets(
        f"""
        | KODE | URAIAN | PAGU | REALISASI |
        | 076.01.CQ | Program | | |
        | 6639 | Teknis | | |
        | QGE.001 | Pemilihan | 300 | 200 |
        | QGE.002 | Pelantikan | 30 | 20 |
        | | {label} | 330 | 220 |
        """,
        tmp_path / "label.xlsx",
    )
    assert alarms(path) == []


def test_the_label_of_a_program_names_the_program_with_its_unit(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI |
    | 076.01.CQ | Program | | |
    | 6639 | Teknis | | |
    | QGE.001 | Pemilihan | 300 | 200 |
    | 076.01.WA | Program | | |
    | 3355 | Keuangan | | |
    | EBA.994 | Layanan | 70 | 60 |
    | SUB TOTAL PROGRAM 076.01.CQ | | 300 | 200 |
    | SUB TOTAL PROGRAM 076.01.WA | | 70 | 60 |
    """
    assert alarms(sheet_file) == []


def labelled(label: str, path: str) -> list[Finding]:
    lines = [Line(place(parse("CQ.6709.QGE.001") or {}, ROOT), "a", {"pagu": 1}, "S", 0)]
    lines.append(Line(place(parse(path) or {}, ROOT), label, {"pagu": 1}, "S", 1, is_total=True))
    leaves, others = split_leaves(lines)
    identity = Identity(bagian_anggaran="076", unit_eselon_i="01")
    budget = Budget("a.xlsx", "x", identity, frame_of(leaves), frame_of(others), {"pagu": 2, "uraian": 1})
    return list(check_labels(budget, roll_up(budget)))


def test_a_label_of_another_program_is_mended_with_the_unit_before_the_code() -> None:
    (finding,) = labelled("SUB TOTAL PROGRAM 076.01.WA", "CQ")
    assert finding.expected == "SUB TOTAL PROGRAM 076.01.CQ"
    assert labelled("SUB TOTAL PROGRAM WA", "CQ")[0].expected == "SUB TOTAL PROGRAM 076.01.CQ"


@pytest.mark.parametrize("label", ["JUMLAH RM", "JUMLAH BLU", "TOTAL 2024", "TOTAL SATKER 656519", "SUB TOTAL"])
def test_a_word_a_year_or_a_satker_at_the_end_of_a_label_is_no_code(label: str) -> None:
    assert labelled(label, "CQ.6709") == []


def test_a_year_in_brackets_is_the_kegiatan_that_it_names() -> None:
    assert labelled("SUB TOTAL (2024)", "CQ.6709")[0].expected == "SUB TOTAL (6709)"


def test_a_total_of_everything_may_be_called_anything() -> None:
    assert labelled("TOTAL (6709)", "") == []


def test_a_block_without_a_total_among_blocks_with_one_is_found_at_its_band(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI |
    | 076.01.CQ | Program | | |
    | 6639 | Teknis | | |
    | QGE.001 | Pemilihan | 300 | 200 |
    | | SUB TOTAL (6639) | 300 | 200 |
    | 6709 | Perencanaan | | |
    | QGE.001 | Anggaran | 50 | 40 |
    | 6710 | Lain | | |
    | QGE.001 | Anggaran | 50 | 40 |
    | | SUB TOTAL (6710) | 50 | 40 |
    """
    (finding,) = findings(sheet_file)
    assert (finding.code, finding.severity, finding.where.cell) == ("T112", Severity.PERINGATAN, "A6")
    assert finding.message == "kegiatan 6709 tanpa baris jumlah, padahal 2 blok lain punya"


def test_totals_of_only_half_of_the_blocks_are_no_habit(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI |
    | 076.01.CQ | Program | | |
    | 6639 | Teknis | | |
    | QGE.001 | Pemilihan | 300 | 200 |
    | | SUB TOTAL (6639) | 300 | 200 |
    | 6709 | Perencanaan | | |
    | QGE.001 | Anggaran | 50 | 40 |
    """
    assert found(sheet_file, "T112") == []


def test_a_block_without_a_band_is_named_by_its_first_line() -> None:
    codes = ("CQ.6639.QGE.001", "CQ.6709.QGE.001", "CQ.6710.QGE.001")
    lines = [Line(place(parse(code) or {}, ROOT), code, {"pagu": 1}, "S", row) for row, code in enumerate(codes)]
    totals = [
        Line(place(parse(code) or {}, ROOT), f"SUB TOTAL {code}", {"pagu": 1}, "S", 9, is_total=True)
        for code in ("CQ.6639", "CQ.6710")
    ]
    budget = Budget("a.xlsx", "x", Identity(), frame_of(lines), frame_of(totals), {"kode": 0})
    (finding,) = check_missing_totals(budget, roll_up(budget))
    assert finding.where.cell == "A2"


def test_a_code_of_another_level_where_an_ro_belongs_is_a_note(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI |
    | 076.01.CQ | Program | | |
    | 6639 | Teknis | | |
    | 051.0A | Pemilihan | 300 | 200 |
    | | SUB TOTAL (6639) | 300 | 200 |
    | 6709 | Perencanaan | | |
    | QGE.001 | Anggaran | 50 | 40 |
    | QGE.002 | Anggaran | 50 | 40 |
    | | SUB TOTAL (6709) | 100 | 80 |
    """
    (finding,) = findings(sheet_file)
    assert (finding.code, finding.severity, finding.where.cell) == ("K108", Severity.INFO, "A4")
    assert finding.message == "subkomponen `051.0A` berdiri langsung di bawah kegiatan 6639, tanpa RO"


def test_lines_of_many_levels_or_below_an_ro_have_no_wrong_place(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI |
    | 076.01.CQ | Program | | |
    | 6639 | Teknis | | |
    | 051.0A | Pemilihan | 300 | 200 |
    | 051.0B | Pemilihan | 300 | 200 |
    | | SUB TOTAL (6639) | 600 | 400 |
    | 6709 | Perencanaan | | |
    | QGE.001 | Anggaran | | |
    | 051.0A | Anggaran | 50 | 40 |
    | | SUB TOTAL (6709) | 50 | 40 |
    """
    assert found(sheet_file, "K108") == []


def test_a_line_below_an_ro_stands_where_it_belongs(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI |
    | 076.01.CQ | Program | | |
    | 6709 | Perencanaan | | |
    | QGE.001 | Anggaran | 50 | 40 |
    | QGE.002 | Anggaran | 50 | 40 |
    | QGE.003 | Anggaran | | |
    | 051.0A | Anggaran | 50 | 40 |
    | | SUB TOTAL (6709) | 150 | 120 |
    """
    assert found(sheet_file, "K108") == []


def test_a_table_without_totals_says_nothing_of_places(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI |
    | 076.01.CQ | Program | | |
    | 6639 | Teknis | | |
    | 051.0A | Pemilihan | 300 | 200 |
    | QGE.001 | Anggaran | 50 | 40 |
    | QGE.002 | Anggaran | 50 | 40 |
    """
    assert found(sheet_file, "K108", "T112") == []


def test_a_kegiatan_that_is_a_line_itself_stands_in_no_wrong_place(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI |
    | 076.01.CQ | Program | | |
    | 6639 | Teknis | 300 | 200 |
    | 6709 | Perencanaan | | |
    | QGE.001 | Anggaran | 50 | 40 |
    | QGE.002 | Anggaran | 50 | 40 |
    | | SUB TOTAL (6709) | 100 | 80 |
    """
    assert found(sheet_file, "K108") == []
