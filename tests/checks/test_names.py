from pathlib import Path

import pytest
from conftest import write_sheets

from lkj_xlsx.case import Case
from lkj_xlsx.checks.names import check_names
from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.kode import ROOT, parse, place
from lkj_xlsx.model import Budget, Identity, Line, frame_of, split_leaves
from lkj_xlsx.readers import read

Row = tuple[str, str]
"""A code and its name, in columns A and B."""


def document(file: str, *rows: Row) -> Budget:
    lines = [Line(place(parse(code) or {}, ROOT), name, {"pagu": 1}, "S", row) for row, (code, name) in enumerate(rows)]
    leaves, others = split_leaves(lines)
    columns = {"kode": 0, "uraian": 1, "pagu": 2}
    return Budget(file, "x", Identity(), frame_of(leaves), frame_of(others), columns)


def asked(*budgets: Budget) -> list[Finding]:
    return [finding for group in Case(budgets).groups for finding in check_names(group)]


def named(*rows: Row) -> Budget:
    return document("b.xlsx", *rows)


KEGIATAN = document("a.xlsx", ("CQ.6709", "Perencanaan Program"), ("CQ.6709.QGE.001", "Anggaran"))


def test_one_code_with_two_names_is_found_where_the_second_stands() -> None:
    (finding,) = asked(KEGIATAN, named(("CQ.6709.QGE.001", "Penganggaran")))
    assert (finding.code, finding.severity, str(finding.where)) == ("K110", Severity.PERINGATAN, "b.xlsx!S!B1")
    assert finding.message == "CQ.6709.QGE.001 di sini bernama `Penganggaran`, di tempat lain `Anggaran`"
    assert ([str(place) for place in finding.because], finding.printed) == (["a.xlsx!S!B2"], "Penganggaran")


@pytest.mark.parametrize(
    "name", ["Perencanaan Program", "PERENCANAAN  PROGRAM", "Perencanaan, Program", "Perencanaan Program (6709)"]
)
def test_what_typing_changes_makes_no_other_name(name: str) -> None:
    assert asked(KEGIATAN, named(("CQ.6709", name))) == []


def test_a_long_name_that_sakti_cut_is_the_same_and_a_short_one_is_not() -> None:
    long = "Perencanaan Program Dan Anggaran Serta Penyusunan Peraturan"
    assert asked(named(("CQ.6709", long)), document("c.xlsx", ("CQ.6709", long[:45]))) == []
    assert asked(named(("CQ.6709", long[:45])), document("c.xlsx", ("CQ.6709", long))) == []
    assert len(asked(named(("CQ.6709", long)), document("c.xlsx", ("CQ.6709", long[:12])))) == 1


def test_the_same_short_code_under_two_parents_may_have_two_names() -> None:
    assert asked(named(("CQ.6709.QGE.001", "Anggaran"), ("CQ.6710.QGE.001", "Logistik"))) == []


def test_an_akun_is_called_the_same_under_every_parent() -> None:
    rows = [("CQ.6709.051.0A.521211", "Belanja Bahan"), ("CQ.6710.051.0A.521211", "Belanja Barang")]
    (finding,) = asked(named(*rows))
    assert finding.message == "521211 di sini bernama `Belanja Barang`, di tempat lain `Belanja Bahan`"


def test_a_second_name_is_told_once_however_often_it_stands() -> None:
    rows = [
        *(("CQ.6709.051.0A.521211", "Belanja Bahan"), ("CQ.6710.051.0A.521211", "Belanja Barang")),
        *(("CQ.6711.051.0A.521211", "belanja barang"), ("CQ.6712.051.0A.521211", "Bahan")),
    ]
    assert [finding.where.cell for finding in asked(named(*rows))] == ["B2", "B4"]


def test_items_and_blanks_and_a_repeated_row_have_no_name_of_their_own() -> None:
    akun = "CQ.6709.051.0A.521211"
    items = [(akun, "Belanja Bahan"), (f"{akun}.000001", "Kertas"), (f"{akun}.000001", "Tinta")]
    assert asked(named(*items, (akun, "Bahan lain")), document("c.xlsx", (akun, ""))) == []


def test_a_table_that_does_not_name_the_program_speaks_of_the_same_kegiatan() -> None:
    (finding,) = asked(KEGIATAN, named(("6709", "Pelaksanaan")))
    assert finding.message.startswith("CQ.6709 di sini bernama `Pelaksanaan`")


def told(path: Path) -> list[tuple[str | None, str | None, int | str | None]]:
    budgets = [read(path)]
    return [(one.where.sheet, one.where.cell, one.printed) for one in asked(*budgets)]


C1 = """
# Sheet: C.1
| Tabel C.1 |
| KODE | URAIAN | PAGU | REALISASI |
| 076.01.CQ | Program Pemilu | | |
| 6709 | Perencanaan | | |
| QGE.001 | Anggaran | 100 | 50 |
| 6710 | Logistik | | |
| QGE.001 | Gudang | 100 | 50 |
"""


def test_the_sasaran_of_tabel_1_is_the_name_of_its_kegiatan_where_most_are(tmp_path: Path) -> None:
    table = """
    # Sheet: 1
    | Tabel 1 |
    | No | Sasaran | Indikator | Target | Realisasi | % Capaian |
    | 1 | Perencanaan (6709) | Penganggaran (QGE.001) | 100% | 50,00% | 50% |
    | 2 | Pengadaan (6710) | Gudang (QGE.001) | 100% | 50,00% | 50% |
    """
    assert told(write_sheets(C1 + table, tmp_path / "a.xlsx")) == [("1", "B4", "Pengadaan")]


def test_a_sasaran_that_is_a_sentence_of_its_own_is_no_second_name(tmp_path: Path) -> None:
    table = """
    # Sheet: 1
    | Tabel 1 |
    | No | Sasaran | Indikator | Target | Realisasi | % Capaian |
    | 1 | Meningkatnya mutu perencanaan (6709) | Dokumen (QGE.001) | 12 Dokumen | 12 Dokumen | 100% |
    | 2 | Terjaminnya pasokan (6710) | Gudang (QGE.001) | 2 Unit | 2 Unit | 100% |
    """
    assert told(write_sheets(C1 + table, tmp_path / "a.xlsx")) == []


def test_a_single_sasaran_with_a_slip_of_typing_is_still_a_name(tmp_path: Path) -> None:
    table = """
    # Sheet: 1
    | Tabel 1 |
    | No | Sasaran | Indikator | Target | Realisasi | % Capaian |
    | 1 | Perencanan (6709) | Penganggaran (QGE.001) | 100% | 50,00% | 50% |
    """
    assert told(write_sheets(C1 + table, tmp_path / "a.xlsx")) == [("1", "B3", "Perencanan")]


B1 = """
# Sheet: B.1
| Tabel B.1 |
| No | Indikator Kinerja | Target | Realisasi | % Capaian |
| Sasaran 1 : {program} (076.01.CQ) | | | | |
| 1 | {one} (6709) | 100% | 50,00% | 50% |
| 2 | {other} (6710) | 100% | 50,00% | 50% |
"""


def test_bands_and_indicators_of_tabel_b1_are_names_of_programs_and_kegiatan(tmp_path: Path) -> None:
    table = B1.format(program="Program Pemilu", one="Perencanaan", other="Pengadaan")
    assert told(write_sheets(C1 + table, tmp_path / "a.xlsx")) == [("B.1", "B5", "Pengadaan")]
    table = B1.format(program="Program Pemilo", one="Perencanaan", other="Logistik")
    assert told(write_sheets(C1 + table, tmp_path / "b.xlsx")) == [("B.1", "A3", "Program Pemilo")]


def test_what_is_measured_of_a_kegiatan_is_no_second_name(tmp_path: Path) -> None:
    table = B1.format(program="Program Pemilu", one="Persentase dokumen tepat waktu", other="Jumlah gudang")
    assert told(write_sheets(C1 + table, tmp_path / "a.xlsx")) == []


def test_indicators_of_no_row_and_indicators_alone_name_nothing(tmp_path: Path) -> None:
    table = """
    # Sheet: 1
    | No | Sasaran | Indikator | Target | Realisasi | % Capaian |
    | 1 | | Anggaran (9999.QGE.001) | 100% | 50,00% | 50% |
    | 2 | Perencanaan | Anggaran | 100% | 50,00% | 50% |
    """
    assert told(write_sheets(C1 + table, tmp_path / "a.xlsx")) == []
    assert told(write_sheets(table, tmp_path / "b.xlsx")) == []
