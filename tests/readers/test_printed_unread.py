from pathlib import Path

import pytest

from lkj_xlsx.errors import UnknownFormat
from lkj_xlsx.finding import Severity
from lkj_xlsx.readers import read

Told = list[tuple[str, str | None, str]]


def told(path: Path) -> Told:
    findings = [found for found in read(path).findings if found.code == "R110"]
    assert {found.severity for found in findings} <= {Severity.INFO}
    return [(found.where.sheet or "", found.where.cell, found.message) for found in findings]


def test_a_table_without_codes_and_one_of_jenis_belanja_are_named_at_their_headings(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | CQ.6709 | Perencanaan | 600 | 40 |
    | |
    | | No | Program | Pagu | Realisasi |
    | | 1 | Perencanaan | 600 | 40 |
    | |
    | Kode | Jenis Belanja | Pagu | Realisasi |
    | 51 | Belanja Pegawai | 600 | 40 |
    """
    assert told(sheet_file) == [
        ("Sheet1", "B4", "tabel ini tidak dibaca: tanpa kolom Kode"),
        ("Sheet1", "A7", "tabel ini tidak dibaca: kodenya jenis belanja, bukan kode program sampai akun"),
    ]


def test_a_sheet_is_named_as_a_whole_only_where_it_holds_no_table(sheet_file: Path) -> None:
    """
    # Sheet: C.1
    | Kode | Uraian | Pagu | Realisasi |
    | CQ.6709 | Perencanaan | 600 | 40 |
    # Sheet: Lain
    | No | Program | Pagu | Realisasi |
    # Sheet: Catatan
    | catatan |
    """
    assert told(sheet_file) == [
        ("Catatan", None, "lembar ini tidak dibaca"),
        ("Lain", "A1", "tabel ini tidak dibaca: tanpa kolom Kode"),
    ]


def test_a_document_with_such_tables_alone_is_refused(sheet_file: Path) -> None:
    """
    | No | Program | Pagu | Realisasi |
    | 1 | Perencanaan | 600 | 40 |
    """
    with pytest.raises(UnknownFormat, match="kolom Kode, Pagu dan Realisasi"):
        read(sheet_file)


def test_columns_of_figures_that_are_not_read_are_named_once(sheet_file: Path) -> None:
    """
    | No | Kode | Uraian | 2023 | | 2024 | | Tanggal | Fisik | Ket |
    | | | | Pagu | Realisasi | Pagu | Realisasi | | | |
    | 1 | CQ.6709 | Perencanaan | 500 | 30 | 600 | 40 | 2024-12-31 | 9 | tepat |
    """
    assert told(sheet_file) == [("Sheet1", "D2", "kolom `Pagu`, `Realisasi` berisi angka yang tidak diperiksa")]


def test_a_column_of_text_figures_counts_and_one_of_words_does_not(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi | Hibah | Lokasi |
    | CQ.6709 | Perencanaan | 600 | 40 | Rp1.000.000 | Binjai |
    """
    assert told(sheet_file) == [("Sheet1", "E1", "kolom `Hibah` berisi angka yang tidak diperiksa")]


def test_what_a_table_of_indicators_does_not_read_is_named(sheet_file: Path) -> None:
    """
    | No | Sasaran | Indikator | Satuan | Target | Realisasi | % | Anggaran (Rp) |
    | 1 | Layanan | Kepuasan | Poin | 4 | 3 | 75 | 600 |
    """
    assert told(sheet_file) == [("Sheet1", "H1", "kolom `Anggaran (Rp)` berisi angka yang tidak diperiksa")]


def test_a_table_that_is_read_whole_is_not_named(sheet_file: Path) -> None:
    """
    | No | Kode | | Uraian | Pagu | Blokir | Realisasi | Sisa | % |
    | 1 | CQ.6709 | 5 | Perencanaan | 600 | 0 | 40 | 560 | 6,67 |
    """
    assert told(sheet_file) == []
