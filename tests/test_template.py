import re
import tempfile
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from lkj_xlsx.checks import check
from lkj_xlsx.errors import CannotWrite
from lkj_xlsx.kode import spell
from lkj_xlsx.model import Budget, Identity, known, paths
from lkj_xlsx.readers import glp039, printed, read, workbook, workbook_kinerja
from lkj_xlsx.sheet import open_document
from lkj_xlsx.template import EPOCH, IDENTITAS, ROWS, SHEETS, Rows, fill, write_template

IDENTITY_ROWS: Rows = [
    ("Nama Satker", "KPU Kota Binjai"),
    ("Kode Satker", "656519"),
    ("Bagian Anggaran", "076"),
    ("Unit Eselon I", "01"),
    ("Tahun Anggaran", 2024),
    ("Bulan", "Desember"),
    ("Kota", "Binjai"),
    ("Tanggal Laporan", "17 Januari 2025"),
    ("Jabatan", "SEKRETARIS"),
    ("Nama", "SYAIFUL AZHAR"),
    ("NIP", "198402222009021004"),
]
FILLED: dict[str, Rows] = {
    "Identitas": IDENTITY_ROWS,
    "Anggaran": [
        ("CQ", "Program", None, None),
        ("6709", "Kegiatan", None, None),
        ("QGE.001", "Anggaran", 600, 40, 500, 5, 30, 10),
        ("QGE.003", "=Pelatihan", 60, 0),
    ],
    "Kinerja": [("1", "Sasaran", "Indikator", "QGE.001", 100, "%", None, "maksimal")],
    "Skala": [(0, 100, "Berhasil", "mencapai target")],
}


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "kinerja.xlsx"
    write_template(path)
    return path


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "terisi.xlsx"
    fill(path, FILLED)
    return path


def sheets(path: Path) -> dict[str, Worksheet]:
    book: Workbook = load_workbook(path)
    return {sheet.title: sheet for sheet in book.worksheets if isinstance(sheet, Worksheet)}


def findings(budget: Budget) -> tuple[str, ...]:
    return tuple(str(finding) for finding in check([budget]).findings)


def test_an_empty_template_reads_back_without_a_finding(empty: Path) -> None:
    budget = read(empty)
    assert (budget.format, budget.identity) == (workbook.FORMAT, Identity())
    assert (len(budget.lines), len(budget.printed), budget.indikator, budget.skala) == (0, 0, (), ())
    assert findings(budget) == ()


def test_only_the_reader_of_our_workbook_claims_a_template(empty: Path) -> None:
    document = open_document(empty)
    assert [reader.identify(document) for reader in (workbook, glp039, printed)] == [True, False, False]


def test_a_filled_template_reads_back_as_it_was_filled(filled: Path) -> None:
    budget = read(filled)
    assert budget.identity == Identity(
        nama_satker="KPU Kota Binjai",
        kode_satker="656519",
        bagian_anggaran="076",
        unit_eselon_i="01",
        tahun=2024,
        bulan=12,
        kota="Binjai",
        tanggal_laporan="17 Januari 2025",
        jabatan="SEKRETARIS",
        nama="SYAIFUL AZHAR",
        nip="198402222009021004",
    )
    assert [spell(path) for path in paths(budget.lines)] == ["CQ.6709.QGE.001", "CQ.6709.QGE.003"]
    assert [
        known(budget.lines[name]) for name in ("pagu", "realisasi", "blokir", "realisasi_lalu", "realisasi_ini")
    ] == [
        [600, 60],
        [40, 0],
        [5, None],
        [30, None],
        [10, None],
    ]
    assert list(budget.lines["uraian"]) == ["Anggaran", "=Pelatihan"]
    (indikator,) = budget.indikator
    assert (indikator.tabel, indikator.sasaran, indikator.kode, indikator.target, indikator.realisasi) == (
        "1",
        "Sasaran",
        "QGE.001",
        Decimal(100),
        None,
    )
    (step,) = budget.skala
    assert (step.bawah, step.atas, step.nama) == (Decimal(0), Decimal(100), "Berhasil")
    assert findings(budget) == ()


def test_the_keys_are_those_that_the_reader_knows() -> None:
    assert [key.lower() for key, _ in IDENTITAS] == list(workbook.KEYS)


def test_the_headings_are_those_that_the_reader_knows(empty: Path) -> None:
    written = {name: [str(cell.value).lower() for cell in sheet[1]] for name, sheet in sheets(empty).items()}
    assert list(written) == ["Identitas", "Anggaran", "Kinerja", "Skala"]
    assert written["Kinerja"] == list(workbook_kinerja.KINERJA)
    assert written["Skala"] == list(workbook_kinerja.SKALA)
    assert set(read(empty).columns) == {"pagu", "blokir", "realisasi_lalu", "realisasi_ini", "realisasi"}


def test_headings_are_protected_and_the_rows_below_are_open(empty: Path) -> None:
    for name, sheet in sheets(empty).items():
        assert sheet.protection.sheet, name
        assert not sheet.protection.password, name
        assert all(cell.protection.locked for cell in sheet[1]), name
    assert [cell.protection.locked for cell in sheets(empty)["Identitas"]["A"]] == [True] * (len(IDENTITAS) + 1)
    assert [cell.protection.locked for cell in sheets(empty)["Identitas"]["B"][1:]] == [False] * len(IDENTITAS)


@pytest.mark.parametrize(("name", "columns"), SHEETS)
def test_every_column_of_a_list_is_open_for_typing(
    empty: Path, name: str, columns: tuple[tuple[str, int, str], ...]
) -> None:
    with zipfile.ZipFile(empty) as book:
        index = list(sheets(empty)).index(name) + 1
        sheet = book.read(f"xl/worksheets/sheet{index}.xml").decode()
    spans = re.findall(r'<col min="(\d+)" max="(\d+)" [^>]*style=', sheet)
    assert sum(int(last) - int(first) + 1 for first, last in spans) == len(columns)


def test_filled_cells_are_open_for_typing_too(filled: Path) -> None:
    sheet = sheets(filled)["Anggaran"]
    assert [cell.protection.locked for cell in sheet[4]] == [False] * 8


def test_amounts_are_validated_as_whole_rupiah(empty: Path) -> None:
    rules = sheets(empty)["Anggaran"].data_validations.dataValidation
    assert {str(rule.sqref): (rule.type, rule.errorStyle) for rule in rules} == {
        f"{column}2:{column}{ROWS + 1}": ("whole", "warning") for column in "CDEFGH"
    }


def test_fixed_words_are_chosen_from_a_list(empty: Path) -> None:
    rules = sheets(empty)["Kinerja"].data_validations.dataValidation
    assert {str(rule.sqref): (rule.type, rule.formula1) for rule in rules} == {
        f"A2:A{ROWS + 1}": ("list", '"1,B.1"'),
        f"H2:H{ROWS + 1}": ("list", '"maksimal,minimal"'),
    }


def test_every_key_and_nearly_every_heading_has_a_note(empty: Path) -> None:
    noted = {
        name: [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
        for name, sheet in sheets(empty).items()
    }
    assert noted["Identitas"] == [note for _, note in IDENTITAS]
    assert {name: len(notes) for name, notes in noted.items()} == {
        "Identitas": 11,
        "Anggaran": 8,
        "Kinerja": 8,
        "Skala": 3,
    }


def test_a_code_and_a_nip_are_kept_as_texts(filled: Path) -> None:
    assert {cell.number_format for cell in sheets(filled)["Anggaran"]["A"][1:]} == {"@"}
    assert sheets(filled)["Identitas"]["B12"].number_format == "@"


def test_a_text_that_looks_like_a_formula_stays_a_text(filled: Path) -> None:
    assert (sheets(filled)["Anggaran"]["B5"].value, sheets(filled)["Anggaran"]["B5"].data_type) == ("=Pelatihan", "s")


def test_the_same_template_has_the_same_bytes(empty: Path, tmp_path: Path) -> None:
    write_template(tmp_path / "lagi.xlsx")
    assert (tmp_path / "lagi.xlsx").read_bytes() == empty.read_bytes()
    assert load_workbook(empty).properties.created == EPOCH


def test_an_existing_template_is_refused_without_force(empty: Path) -> None:
    before = empty.read_bytes()
    with pytest.raises(CannotWrite, match="sudah ada"):
        write_template(empty)
    assert empty.read_bytes() == before
    fill(empty, FILLED, force=True)
    assert empty.read_bytes() != before


def test_a_template_that_cannot_be_written_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(CannotWrite):
        fill(tmp_path / "baru.xlsx", {"Anggaran": [("CQ", "rusak \ud800")]})
    assert list(tmp_path.iterdir()) == []
