from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest
from conftest import write_sheets

from lkj_xlsx.examination import examine
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.model import Identity
from lkj_xlsx.rollup import roll_up
from lkj_xlsx.table import Cell, Difference, Formula, Quotient, Ref, Role, Row, Sum, SumWhere, Table, Value
from lkj_xlsx.tables import TABLES, build, tabel_c1, temuan

SAMPLES: Final = Path(__file__).parents[2] / "samples"
SMALL: Final = """
# Sheet: Identitas
| Kunci | Nilai |
| Nama Satker | KPU Kota Contoh |
| Bagian Anggaran | '076 |
| Unit Eselon I | '01 |
| Tahun Anggaran | 2024 |
# Sheet: Anggaran
| Kode | Uraian | Pagu | Realisasi |
| CQ | Program Pemilu | | |
| CQ.6709 | Perencanaan | | |
| CQ.6709.QGE.001 | Anggaran | 300 | 100 |
| CQ.6709.QGE.003 | Pelatihan | 60 | 0 |
| CQ.6639 | Teknis | | |
| CQ.6639.051.0A | Pemilihan | 200 | 199 |
| WA.3355.EBA.994 | Layanan | 0 | 0 |
"""
Tables = Callable[[str], dict[str, Table]]


def built(path: Path) -> dict[str, Table]:
    examined = examine([path])
    return {table.name: table for table in build(examined.budget, examined.rollup, examined.findings)}


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    """Give a function that builds every table of a workbook written as text."""
    return lambda text: built(write_sheets(text, tmp_path / "contoh.xlsx"))


def row_of(table: Table, key: str) -> Row:
    (found,) = [row for row in table.rows if row.key == key]
    return found


def values(row: Row) -> list[Value]:
    return [cell.value for cell in row.cells]


def references(formula: Formula | None) -> list[Ref]:
    match formula:
        case Ref():
            return [formula]
        case Sum(cells):
            return list(cells)
        case Difference(minuend, subtrahend):
            return [minuend, subtrahend]
        case Quotient(Ref() as part, Ref() as whole):
            return [part, whole]
        case _:
            return []


def test_the_sheets_are_built_in_the_order_of_the_workbook() -> None:
    names = ["Ringkasan", "Tabel 1", "Tabel B.1", "Tabel C.1", "Belanja", "Rincian", "Temuan"]
    assert list(built(SAMPLES / "kpu-binjai-2024.xlsx")) == names
    assert len(TABLES) == len(names)


@pytest.mark.parametrize("sample", ["kpu-binjai-2024.xlsx", "kpu-binjai-2024-12-glp039.xlsx"])
def test_every_reference_hits_one_row_and_carries_its_value(sample: str) -> None:
    every = built(SAMPLES / sample)
    for table in every.values():
        keys = [row.key for row in table.rows if row.key]
        assert len(keys) == len(set(keys))
        for cell in (cell for row in table.rows for cell in row.cells):
            hit = [every[ref.table or table.name].value(ref.row, ref.column) for ref in references(cell.formula)]
            match cell.formula:
                case Ref():
                    assert [cell.value] == hit
                case Sum():
                    assert cell.value == sum(value for value in hit if isinstance(value, int))
                case Quotient() if hit and isinstance(hit[1], int) and hit[1]:
                    assert isinstance(hit[0], int)
                    assert cell.value == Fraction(hit[0], hit[1])


@pytest.mark.parametrize("sample", ["kpu-binjai-2024.xlsx", "kpu-binjai-2024-12-glp039.xlsx"])
def test_every_sum_over_rincian_has_the_value_it_stands_for(sample: str) -> None:
    every = built(SAMPLES / sample)
    rincian = every["Rincian"]
    for cell in (cell for name in ("Tabel C.1", "Belanja") for row in every[name].rows for cell in row.cells):
        if isinstance(cell.formula, SumWhere):
            by, column = rincian.column(cell.formula.by), rincian.column(cell.formula.column)
            code = cell.formula.code
            under = [
                row.cells[column].value
                for row in rincian.rows
                if (text := str(row.cells[by].value)) == code
                or (cell.formula.is_prefix and text.startswith(f"{code}."))
            ]
            assert under
            assert cell.value == sum(value for value in under if isinstance(value, int))


def test_tabel_c1_has_bands_lines_sub_totals_and_a_close(tables: Tables) -> None:
    table = tables(SMALL)["Tabel C.1"]
    assert table.title == ("Tabel C.1", "Pengukuran Capaian Realisasi Anggaran", "KPU Kota Contoh Tahun 2024")
    assert [(row.role, row.cells[0].value) for row in table.rows] == [
        (Role.GROUP, "076.01.CQ"),
        (Role.GROUP, "6709"),
        (Role.LINE, "QGE.001"),
        (Role.LINE, "QGE.003"),
        (Role.SUBTOTAL, "SUB TOTAL (6709)"),
        (Role.GROUP, "6639"),
        (Role.LINE, "051.0A"),
        (Role.SUBTOTAL, "SUB TOTAL (6639)"),
        (Role.GROUP, "076.01.WA"),
        (Role.GROUP, "3355"),
        (Role.LINE, "EBA.994"),
        (Role.SUBTOTAL, "SUB TOTAL (3355)"),
        (Role.TOTAL, "SUB TOTAL PROGRAM 076.01.CQ"),
        (Role.TOTAL, "SUB TOTAL PROGRAM 076.01.WA"),
        (Role.TOTAL, "TOTAL PAGU T.A 2024 (Rp)"),
        (Role.TOTAL, "TOTAL REALISASI ANGGARAN (Rp)"),
        (Role.TOTAL, "Persentase Realisasi Anggaran (%)"),
        (Role.TOTAL, "Sisa Anggaran Tahun 2024 (Rp)"),
    ]
    assert values(row_of(table, "kegiatan CQ.6709"))[2:] == [360, 100, Fraction(100, 360)]
    assert values(row_of(table, "program CQ"))[2:] == [560, 299, Fraction(299, 560)]
    assert [row_of(table, key).cells[2].value for key in ("pagu", "realisasi", "persen", "sisa")] == [
        560,
        299,
        Fraction(299, 560),
        261,
    ]


def test_nothing_of_nothing_is_a_dash(tables: Tables) -> None:
    every = tables(SMALL)
    assert values(row_of(every["Tabel C.1"], "line WA.3355.EBA.994"))[2:] == [0, 0, "-"]
    assert values(row_of(every["Tabel C.1"], "kegiatan WA.3355"))[2:] == [0, 0, "-"]


def test_a_program_without_a_name_is_called_by_its_code(tables: Tables) -> None:
    bands = [row.cells[1].value for row in tables(SMALL)["Tabel C.1"].rows if row.role is Role.GROUP]
    assert bands[0] == "Program Pemilu (076.01.CQ)"
    assert bands[3] == "(076.01.WA)"


def test_an_unknown_figure_leaves_every_total_above_it_unknown(tables: Tables) -> None:
    table = tables(SMALL.replace("| 60 | 0 |", "| | 0 |"))["Tabel C.1"]
    assert values(row_of(table, "line CQ.6709.QGE.003"))[2:] == [None, 0, None]
    assert values(row_of(table, "kegiatan CQ.6709"))[2:] == [None, 100, None]
    assert values(row_of(table, "program CQ"))[2:] == [None, 299, None]
    assert [row_of(table, key).cells[2].value for key in ("pagu", "realisasi", "persen", "sisa")] == [
        None,
        299,
        None,
        None,
    ]
    assert values(row_of(table, "kegiatan CQ.6639"))[2:] == [200, 199, Fraction(199, 200)]


def test_tabel_b1_has_a_band_a_program_and_numbers_restart(tables: Tables) -> None:
    table = tables(SMALL)["Tabel B.1"]
    assert [(row.role, row.cells[0].value) for row in table.rows] == [
        (Role.GROUP, "Sasaran 1 : Program Pemilu (076.01.CQ)"),
        (Role.LINE, "1."),
        (Role.LINE, "2."),
        (Role.GROUP, "Sasaran 2 : (076.01.WA)"),
        (Role.LINE, "1."),
    ]


def test_tabel_1_has_one_number_and_one_sasaran_a_kegiatan(tables: Tables) -> None:
    table = tables(SMALL)["Tabel 1"]
    assert [(row.cells[0].value, row.cells[1].value, row.cells[0].down) for row in table.rows] == [
        ("1.", "Perencanaan (6709)", 2),
        (None, None, 1),
        ("2.", "Teknis (6639)", 1),
        ("3.", "(3355)", 1),
    ]


def test_rincian_lists_the_leaves_and_where_each_stands(tables: Tables) -> None:
    table = tables(SMALL)["Rincian"]
    first = values(table.rows[0])
    assert first[:4] == ["CQ.6709.QGE.001", None, "Anggaran", 300]
    assert first[4:7] == [None, None, None]
    assert first[7:] == [100, 200, Fraction(1, 3), "contoh.xlsx", "Anggaran", 4]
    assert len(table.rows) == 4
    assert table.is_list


def test_an_amount_that_no_column_gives_is_blank_and_a_missing_ceiling_is_unknown(tables: Tables) -> None:
    (row,) = [
        row
        for row in tables(SMALL.replace("| 60 | 0 |", "| | 0 |"))["Rincian"].rows
        if "QGE.003" in str(row.cells[0].value)
    ]
    assert [cell.is_figure for cell in row.cells[3:8]] == [True, False, False, False, True]
    assert [cell.value for cell in row.cells[3:10]] == [None, None, None, None, 0, None, None]


def test_belanja_adds_every_akun_and_jenis(tables: Tables) -> None:
    text = """
    # Sheet: Anggaran
    | Kode | Uraian | Pagu | Realisasi |
    | CQ.6709.QGE.001.051.0A.521211 | Bahan | 300 | 100 |
    | CQ.6709.QGE.003.051.0A.521211 | Bahan | 60 | 0 |
    | CQ.6709.QGE.003.051.0A.524111 | Perjalanan | 40 | 40 |
    | WA.3355.EBA.994.001.0A.511111 | Gaji | 500 | 450 |
    """
    table = tables(text)["Belanja"]
    assert [values(row)[:5] for row in table.rows] == [
        ["51", "Belanja Pegawai", 500, 450, 50],
        ["511111", "Gaji", 500, 450, 50],
        ["52", "Belanja Barang", 400, 140, 260],
        ["521211", "Bahan", 360, 100, 260],
        ["524111", "Perjalanan", 40, 40, 0],
        ["JUMLAH", None, 900, 590, 310],
    ]
    assert table.notes == ()
    assert table.rows[-1].cells[2].formula == Sum((Ref("jenis 51", "pagu"), Ref("jenis 52", "pagu")))


def test_belanja_says_that_there_is_no_akun(tables: Tables) -> None:
    table = tables(SMALL)["Belanja"]
    words = "Masukan tidak memuat akun, jadi belanja per jenis tidak dapat disusun."
    assert table.rows == ()
    assert table.notes == (f"{words} Berikan ekspor SAKTI sampai tingkat akun.",)


def test_belanja_says_how_many_lines_it_leaves_out(tables: Tables) -> None:
    text = """
    # Sheet: Anggaran
    | Kode | Uraian | Pagu | Realisasi |
    | CQ.6709.QGE.001.051.0A.521211 | Bahan | 300 | 100 |
    | CQ.6709.QGE.003 | Pelatihan | 60 | 0 |
    """
    (note,) = tables(text)["Belanja"].notes
    assert note.startswith("1 baris rincian tanpa akun tidak termasuk")


def test_findings_are_listed_worst_first_each_linked_to_its_cell() -> None:
    at = Where("a.xlsx", "Anggaran", 9, 2)
    findings = (
        Finding("X101", Severity.INFO, Where("b.xlsx"), "tidak dipakai"),
        Finding("T101", Severity.ERROR, at, "beda", 1_100_000, 1_000_000, (Where("a.xlsx", "Anggaran", 7, 2), at)),
    )
    examined = examine([SAMPLES / "kpu-binjai-2024.xlsx"])
    table = temuan.build(examined.budget, roll_up(examined.budget), findings)
    assert [values(row) for row in table.rows] == [
        [1, "error", "T101", "a.xlsx!Anggaran!C10", "beda", "1.100.000", "1.000.000", "C8, C10"],
        [2, "info", "X101", "b.xlsx", "tidak dipakai", None, None, None],
    ]
    assert [row.cells[3].link for row in table.rows] == ["external:a.xlsx#'Anggaran'!C10", "external:b.xlsx"]
    assert table.notes == ()


def test_no_findings_are_said_to_be_none(tables: Tables) -> None:
    table = tables(SMALL)["Temuan"]
    assert (table.rows, table.notes) == ((), ("Tidak ada temuan.",))


@pytest.mark.parametrize(
    ("identity", "title"),
    [
        (Identity(nama_satker="KPU", tahun=2024), ("Tabel", "Judul", "KPU Tahun 2024")),
        (Identity(nama_satker="KPU"), ("Tabel", "Judul", "KPU")),
        (Identity(tahun=2024), ("Tabel", "Judul", "Tahun 2024")),
        (Identity(), ("Tabel", "Judul")),
    ],
)
def test_a_title_leaves_out_what_is_not_known(identity: Identity, title: tuple[str, ...]) -> None:
    assert tabel_c1.title(identity, "Tabel", "Judul") == title


def test_a_cell_prints_nothing_where_nothing_is_meant() -> None:
    assert Cell() == Cell(None, None, is_figure=False)
