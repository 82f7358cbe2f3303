from decimal import Decimal
from pathlib import Path

import pytest
from conftest import write_sheets
from openpyxl import load_workbook

from lkj_xlsx.checks import check
from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.kode import spell
from lkj_xlsx.model import Budget, Identity, Indikator, Kategori, paths
from lkj_xlsx.readers import read

Told = list[tuple[str, str, int | None, int | None]]


def told(budget: Budget) -> Told:
    """List the leaves of a budget: path, uraian, pagu, realisasi."""
    amounts = budget.lines[["pagu", "realisasi"]].astype(object)
    amounts = amounts.where(budget.lines[["pagu", "realisasi"]].notna(), None)
    return [
        (spell(path), uraian, pagu, realisasi)
        for path, uraian, pagu, realisasi in zip(
            paths(budget.lines), budget.lines["uraian"], amounts["pagu"], amounts["realisasi"], strict=True
        )
    ]


def brief(findings: tuple[Finding, ...]) -> list[tuple[str, str | None, str | None]]:
    return [(found.code, found.where.sheet, found.where.cell) for found in findings]


def measures(budget: Budget) -> list[tuple[object, object]]:
    return [(indikator.target, indikator.realisasi) for indikator in budget.indikator]


def format_as_percent(path: Path, sheet: str, *cells: str) -> None:
    """Give cells the number format that a spreadsheet gives to a typed `100%`."""
    book = load_workbook(path)
    for cell in cells:
        book[sheet][cell].number_format = "0%"
    book.save(path)


def test_a_budget_is_read_from_anggaran(sheet_file: Path) -> None:
    """
    # Sheet: Anggaran
    | Kode | Uraian | Pagu | Realisasi | Pagu Awal | Blokir | Realisasi Lalu | Realisasi Ini |
    | 076.01.CQ | Program | | | | | | |
    | 6709 | Perencanaan | | | | | | |
    | QGE.001 | Anggaran | 600 | 40 | 500 | 5 | 30 | 10 |
    | QGE.003 | Pelatihan | 60 | 0 | | | | |
    | SUB TOTAL (6709) | | 660 | 40 | | | | |
    """
    budget = read(sheet_file)
    assert told(budget) == [("CQ.6709.QGE.001", "Anggaran", 600, 40), ("CQ.6709.QGE.003", "Pelatihan", 60, 0)]
    first = budget.lines.iloc[0]
    assert (first["blokir"], first["realisasi_lalu"], first["realisasi_ini"]) == (5, 30, 10)
    assert budget.columns == {"pagu": 2, "blokir": 5, "realisasi_lalu": 6, "realisasi_ini": 7, "realisasi": 3}
    assert check([budget]).findings == ()
    assert budget.identity == Identity()


def test_an_amount_that_anggaran_lacks_is_reported(sheet_file: Path) -> None:
    """
    # Sheet: Anggaran
    | Kode | Uraian | Pagu | Realisasi |
    | CQ.6709.QGE.001 | Anggaran | 600 | |
    | CQ.6709.QGE.003 | Pelatihan | | 0 |
    """
    budget = read(sheet_file)
    assert told(budget) == [("CQ.6709.QGE.001", "Anggaran", 600, None), ("CQ.6709.QGE.003", "Pelatihan", None, 0)]
    assert brief(budget.findings) == [("R108", "Anggaran", "D2"), ("R108", "Anggaran", "C3")]


def test_anggaran_without_its_headings_is_refused(sheet_file: Path) -> None:
    """
    # Sheet: Anggaran
    | Kode | Uraian | Pagu |
    | 6709 | Perencanaan | 600 |
    """
    with pytest.raises(
        UnreadableFile, match=r"^contoh\.xlsx!Anggaran: judul kolom kode, pagu, realisasi .*lkj template"
    ):
        read(sheet_file)


def test_postings_are_added_to_the_line_they_name(sheet_file: Path) -> None:
    """
    # Sheet: Pagu
    | Kode | Uraian | Pagu |
    | 076.01.CQ | Program | |
    | 6709 | Perencanaan | |
    | QGE.001 | Anggaran | 600 |
    | QGE.003 | Pelatihan | 60 |
    | 6710 | Lain | |
    | QGE.003 | Pelatihan | 6 |
    # Sheet: Realisasi
    | Tanggal | Kode | Realisasi |
    | 2024-01-31 | CQ.6709.QGE.001 | 30 |
    | 2024-02-29 | CQ.6709.QGE.001 | 15 |
    | 2024-03-31 | CQ.6709.QGE.001 | -5 |
    | 2024-03-31 | 6710.QGE.003 | 6 |
    """
    budget = read(sheet_file)
    assert told(budget) == [
        ("CQ.6709.QGE.001", "Anggaran", 600, 40),
        ("CQ.6709.QGE.003", "Pelatihan", 60, 0),
        ("CQ.6710.QGE.003", "Pelatihan", 6, 6),
    ]
    assert check([budget]).findings == ()


def test_a_posting_under_an_unknown_or_a_vague_code_is_reported_and_not_lost(sheet_file: Path) -> None:
    """
    # Sheet: Pagu
    | Kode | Uraian | Pagu |
    | CQ.6709.QGE.001 | Anggaran | 600 |
    | CQ.6870.QGE.001 | Kampanye | 60 |
    # Sheet: Realisasi
    | Kode | Realisasi |
    | CQ.6709.QGE.001 | 30 |
    | CQ.6982.QGE.002 | 7 |
    """
    budget = read(sheet_file)
    (found,) = budget.findings
    assert (found.code, str(found.where), found.severity) == ("K106", "contoh.xlsx!Realisasi!A3", Severity.ERROR)
    assert "CQ.6982.QGE.002" in found.message
    assert ("CQ.6982.QGE.002", "", None, 7) in told(budget)


def test_each_amount_of_two_sheets_is_placed_on_its_own_sheet(sheet_file: Path) -> None:
    """
    # Sheet: Pagu
    | Kode | Uraian | Catatan | Pagu |
    | CQ.6709.QGE.001 | Anggaran | | 600 |
    # Sheet: Realisasi
    | Kode | Realisasi |
    | CQ.6982.QGE.002 | 7 |
    """
    budget = read(sheet_file)
    assert budget.where("Pagu", 1, "pagu").cell == "D2"
    assert budget.where("Realisasi", 1, "realisasi").cell == "B2"
    assert budget.where("Realisasi", 1, "pagu").cell == "A2"


def test_a_short_code_that_fits_two_lines_is_reported(sheet_file: Path) -> None:
    """
    # Sheet: Pagu
    | Kode | Uraian | Pagu |
    | CQ.6709.QGE.001 | Anggaran | 600 |
    | CQ.6870.QGE.001 | Kampanye | 60 |
    # Sheet: Realisasi
    | Kode | Realisasi |
    | QGE.001 | 30 |
    """
    budget = read(sheet_file)
    (found,) = budget.findings
    assert (found.code, str(found.where)) == ("K106", "contoh.xlsx!Realisasi!A2")
    assert "cocok dengan 2 baris Pagu" in found.message


def test_a_posting_without_an_amount_makes_its_line_unknown(sheet_file: Path) -> None:
    """
    # Sheet: Pagu
    | Kode | Uraian | Pagu |
    | CQ.6709.QGE.001 | Anggaran | 600 |
    # Sheet: Realisasi
    | Kode | Realisasi |
    | CQ.6709.QGE.001 | 30 |
    | CQ.6709.QGE.001 | |
    | CQ.6709.QGE.001 | 5 |
    """
    budget = read(sheet_file)
    assert told(budget) == [("CQ.6709.QGE.001", "Anggaran", 600, None)]
    assert brief(budget.findings) == [("R108", "Realisasi", "B3")]


def test_a_ledger_without_a_row_says_nothing_of_spending(sheet_file: Path) -> None:
    """
    # Sheet: Pagu
    | Kode | Uraian | Pagu |
    | CQ.6709.QGE.001 | Anggaran | 600 |
    # Sheet: Realisasi
    | Kode | Realisasi |
    """
    assert told(read(sheet_file)) == [("CQ.6709.QGE.001", "Anggaran", 600, None)]


def test_identitas_gives_back_the_zeros_that_numbers_lost(sheet_file: Path) -> None:
    """
    # Sheet: Identitas
    | Kunci | Nilai |
    | Nama Satker | KPU Kota Binjai |
    | Kode Satker | 6519 |
    | Bagian Anggaran | 76 |
    | Unit Eselon I | 1 |
    | Tahun Anggaran | 2024 |
    | Bulan | Desember |
    | Kota | Binjai |
    | Tanggal Laporan | 2025-01-17 |
    | Jabatan | SEKRETARIS |
    | Nama : | SYAIFUL |
    | NIP | '198402222009021004 |
    # Sheet: Kinerja
    | Tabel | Sasaran | Indikator Kinerja | Kode | Target | Satuan | Realisasi | Arah |
    """
    budget = read(sheet_file)
    assert budget.identity == Identity(
        nama_satker="KPU Kota Binjai",
        kode_satker="006519",
        bagian_anggaran="076",
        unit_eselon_i="01",
        tahun=2024,
        bulan=12,
        kota="Binjai",
        tanggal_laporan="17 Januari 2025",
        jabatan="SEKRETARIS",
        nama="SYAIFUL",
        nip="198402222009021004",
    )
    assert budget.findings == ()
    assert budget.identity.periode == "2024-12"


@pytest.mark.parametrize(("typed", "month"), [("12", 12), ("'07", 7), ("maret", 3), ("AGUSTUS", 8), ("1", 1)])
def test_a_month_is_its_number_or_its_name(tmp_path: Path, typed: str, month: int) -> None:
    path = write_sheets(
        f"# Sheet: Identitas\n| Bulan | {typed} |\n# Sheet: Anggaran\n| Kode | Pagu | Realisasi |",
        tmp_path / "bulan.xlsx",
    )
    assert read(path).identity.bulan == month


def test_values_of_identitas_that_are_none_of_their_kind_are_reported(sheet_file: Path) -> None:
    """
    # Sheet: Identitas
    | Kunci | Nilai |
    | Tahun Anggaran | dua ribu |
    | Bulan | 13 |
    | NIP | 198402222009021004 |
    | Nomor Telepon | 061 |
    | Kota | |
    # Sheet: Anggaran
    | Kode | Pagu | Realisasi |
    """
    budget = read(sheet_file)
    assert brief(budget.findings) == [
        ("R302", "Identitas", "B2"),
        ("R302", "Identitas", "B3"),
        ("R303", "Identitas", "B4"),
        ("R301", "Identitas", "A5"),
    ]
    assert budget.identity == Identity()
    assert "nip" in budget.findings[3].message


def test_an_indicator_is_read_whole(sheet_file: Path) -> None:
    """
    # Sheet: Kinerja
    | Tabel | Sasaran | Indikator Kinerja | Kode | Target | Satuan | Realisasi | Arah |
    | 1 | Sasaran satu | Indikator satu | CQ.6709.QGE.001 | 100 | % | | |
    | 1 | | Indikator dua | CQ.6709.QGE.003 | 12 | Dokumen | 11 | maksimal |
    | B.1 | Sasaran tiga | Indikator tiga | | 5 | kali | 2.5 | Minimal |
    """
    budget = read(sheet_file)
    where = [indikator.where.cell for indikator in budget.indikator]
    assert where == ["C2", "C3", "C4"]
    assert budget.indikator[0] == Indikator(
        tabel="1",
        sasaran="Sasaran satu",
        nama="Indikator satu",
        kode="CQ.6709.QGE.001",
        target=Decimal(100),
        satuan="%",
        realisasi=None,
        is_minimise=False,
        where=budget.indikator[0].where,
    )
    assert [indikator.sasaran for indikator in budget.indikator] == ["Sasaran satu", "Sasaran satu", "Sasaran tiga"]
    assert [indikator.tabel for indikator in budget.indikator] == ["1", "1", "B.1"]
    assert [indikator.is_minimise for indikator in budget.indikator] == [False, False, True]
    assert measures(budget)[1:] == [(Decimal(12), Decimal(11)), (Decimal(5), Decimal("2.5"))]
    assert budget.findings == ()


def test_a_hundred_percent_is_one_measure_however_it_is_typed(sheet_file: Path) -> None:
    """
    # Sheet: Kinerja
    | Tabel | Sasaran | Indikator Kinerja | Kode | Target | Satuan | Realisasi | Arah |
    | 1 | S | angka | 6709 | 100 | % | 99.5 | |
    | 1 | S | sel persen | 6709 | 1 | % | 0.995 | |
    | 1 | S | teks | 6709 | 100% | % | 99,5 % | |
    | 1 | S | teks tanpa tanda | 6709 | '100 | % | '99,5 | |
    | 1 | S | satu persen | 6709 | 1 | % | 0.5 | |
    """
    format_as_percent(sheet_file, "Kinerja", "E3", "G3")
    hundred, most = Decimal(100), Decimal("99.5")
    assert measures(read(sheet_file)) == [
        (hundred, most),
        (hundred, most),
        (hundred, most),
        (hundred, most),
        (Decimal(1), Decimal("0.5")),
    ]


def test_measures_that_are_no_number_stay_as_they_are_written(sheet_file: Path) -> None:
    """
    # Sheet: Kinerja
    | Tabel | Sasaran | Indikator Kinerja | Kode | Target | Satuan | Realisasi | Arah |
    | 1 | S | opini | | WTP | opini | WTP | |
    | 1 | S | nihil | 6709 | - | % | - | |
    | 1 | S | persen dari dokumen | 6709 | 100% | Dokumen | 5 | |
    """
    budget = read(sheet_file)
    assert measures(budget) == [("WTP", "WTP"), ("-", "-"), ("100%", Decimal(5))]
    assert brief(budget.findings) == [
        ("R307", "Kinerja", "E2"),
        ("R307", "Kinerja", "G2"),
        ("R307", "Kinerja", "E4"),
    ]
    assert {found.severity for found in budget.findings} == {Severity.PERINGATAN}


def test_an_indicator_that_cannot_be_placed_or_computed_is_reported(sheet_file: Path) -> None:
    """
    # Sheet: Kinerja
    | Tabel | Sasaran | Indikator Kinerja | Kode | Target | Satuan | Realisasi | Arah |
    | 2 | S | tabel lain | 6709 | 100 | % | | |
    | Tabel 1 | S | arah lain | 6709 | 100 | % | | ke atas |
    | tabel b.1 | S | tanpa kode | | 100 | % | | |
    | | | | | | | | |
    """
    budget = read(sheet_file)
    assert brief(budget.findings) == [
        ("R304", "Kinerja", "A2"),
        ("R305", "Kinerja", "H3"),
        ("R306", "Kinerja", "D4"),
    ]
    assert [(indikator.tabel, indikator.nama) for indikator in budget.indikator] == [
        ("1", "arah lain"),
        ("B.1", "tanpa kode"),
    ]


def test_a_measure_that_is_an_error_or_was_not_calculated_is_not_taken_for_a_blank(sheet_file: Path) -> None:
    """
    # Sheet: Kinerja
    | Tabel | Sasaran | Indikator Kinerja | Kode | Target | Satuan | Realisasi | Arah |
    | 1 | S | salah | 6709 | 100 | % | #REF! | |
    | 1 | S | belum dihitung | 6709 | 100 | % | =E2 | |
    """
    budget = read(sheet_file)
    assert [(sheet, cell) for _, sheet, cell in brief(budget.findings)] == [("Kinerja", "G2"), ("Kinerja", "G3")]


def test_kinerja_without_a_heading_is_refused_by_name(sheet_file: Path) -> None:
    """
    # Sheet: Kinerja
    | Tabel | Sasaran | Indikator Kinerja | Kode | Satuan | Realisasi | Arah |
    """
    with pytest.raises(UnreadableFile, match=r"^contoh\.xlsx!Kinerja: judul kolom `Target` tidak ditemukan"):
        read(sheet_file)


def test_a_scale_is_read_in_percent_points_however_it_is_typed(sheet_file: Path) -> None:
    """
    # Sheet: Kinerja
    | Tabel | Sasaran | Indikator Kinerja | Kode | Target | Satuan | Realisasi | Arah |
    # Sheet: Skala
    | Batas Bawah | Batas Atas | Kategori | Keterangan |
    | 100.01 | | Sangat Berhasil | melampaui |
    | 0.9 | 1 | Berhasil | mencapai |
    | 71 | 89.99 | Cukup Berhasil | mendekati |
    | | 70,99% | Kurang Berhasil | |
    | | | | |
    | nol | 50 | Tidak Berhasil | |
    """
    format_as_percent(sheet_file, "Skala", "A3", "B3")
    budget = read(sheet_file)
    assert budget.skala == (
        Kategori(Decimal("100.01"), None, "Sangat Berhasil", "melampaui", Where("contoh.xlsx", "Skala", 1, 2)),
        Kategori(Decimal(90), Decimal(100), "Berhasil", "mencapai", Where("contoh.xlsx", "Skala", 2, 2)),
        Kategori(Decimal(71), Decimal("89.99"), "Cukup Berhasil", "mendekati", Where("contoh.xlsx", "Skala", 3, 2)),
        Kategori(None, Decimal("70.99"), "Kurang Berhasil", "", Where("contoh.xlsx", "Skala", 4, 2)),
    )
    assert brief(budget.findings) == [("R307", "Skala", "A7")]


def test_a_sheet_that_is_none_of_ours_is_named_and_an_empty_one_is_not(sheet_file: Path) -> None:
    """
    # Sheet: Anggaran
    | Kode | Uraian | Pagu | Realisasi |
    | CQ.6709 | Perencanaan | 600 | 40 |
    # Sheet: Petunjuk
    | Isi sel kuning |
    # Sheet: Catatan
    | ingat ini |
    # Sheet: Sheet3
    | |
    """
    budget = read(sheet_file)
    assert brief(budget.findings) == [("R110", "Catatan", None)]
    assert budget.findings[0].severity is Severity.INFO


def test_both_anggaran_and_pagu_do_not_pass_unnoticed(sheet_file: Path) -> None:
    """
    # Sheet: Anggaran
    | Kode | Uraian | Pagu | Realisasi |
    | CQ.6709 | Perencanaan | 600 | 40 |
    # Sheet: Pagu
    | Kode | Uraian | Pagu |
    | CQ.6710 | Lain | 600 |
    # Sheet: Realisasi
    | Kode | Realisasi |
    | CQ.6710 | 40 |
    """
    budget = read(sheet_file)
    assert told(budget) == [("CQ.6709", "Perencanaan", 600, 40)]
    assert [sheet for _, sheet, _ in brief(budget.findings)] == ["Pagu", "Realisasi"]


def test_a_workbook_of_indicators_alone_has_no_lines(sheet_file: Path) -> None:
    """
    # Sheet: Kinerja
    | Tabel | Sasaran | Indikator Kinerja | Kode | Target | Satuan | Realisasi | Arah |
    | 1 | S | I | 6709 | 100 | % | | |
    """
    budget = read(sheet_file)
    assert (len(budget.lines), len(budget.printed), len(budget.indikator)) == (0, 0, 1)
    assert budget.columns == {}
