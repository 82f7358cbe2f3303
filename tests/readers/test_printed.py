from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import write_sheets
from pandas.testing import assert_frame_equal

from lkj_xlsx.checks import check
from lkj_xlsx.combining import combine
from lkj_xlsx.errors import BadRequest, UnreadableFile
from lkj_xlsx.finding import Finding, Severity, column_letters
from lkj_xlsx.kode import spell
from lkj_xlsx.model import CODES, FIGURES, Budget, paths
from lkj_xlsx.readers import read

Told = list[tuple[str, str, int | None, int | None]]


def told(budget: Budget, *, printed: bool = False) -> Told:
    """List what a budget says: path, uraian, pagu, realisasi."""
    frame = budget.printed if printed else budget.lines
    amounts = frame[["pagu", "realisasi"]].astype(object).where(frame[["pagu", "realisasi"]].notna(), None)
    return [
        (spell(path), uraian, pagu, realisasi)
        for path, uraian, pagu, realisasi in zip(
            paths(frame), frame["uraian"], amounts["pagu"], amounts["realisasi"], strict=True
        )
    ]


def brief(findings: tuple[Finding, ...]) -> list[tuple[str, str | None]]:
    return [(found.code, found.where.cell) for found in findings]


def all_findings(budget: Budget) -> tuple[Finding, ...]:
    return check([budget]).findings


def in_full(budget: Budget) -> str:
    """Spell everything that a budget says, a line a row, and every finding."""
    lines = [f"format | {budget.format}"]
    lines += [f"{name} | {value}" for name in budget.identity.__slots__ if (value := getattr(budget.identity, name))]
    lines += [f"columns | {name} | {column_letters(column)}" for name, column in budget.columns.items()]
    for title, frame in (("line", budget.lines), ("printed", budget.printed)):
        for path, row in zip(paths(frame), frame.to_dict("records"), strict=True):
            amounts = " | ".join(str(row[name]) for name in ("pagu", "realisasi"))
            lines.append(
                f"{title} | {spell(path)} | {row['uraian']} | {amounts} | {row['row'] + 1} | {row['is_total']}"
            )
    lines += [str(found) for found in all_findings(budget)]
    return "\n".join(lines) + "\n"


def test_the_printed_table_of_a_real_report_reads_as_its_golden_says(
    sheet_file: Path, golden: Callable[[str, str], None]
) -> None:
    """
    | Tabel C.1 |
    | Pengukuran Capaian Realisasi Anggaran |
    | KPU Kota Binjai tahun 2024 |
    | |
    | KODE | PROGRAM/KEGIATAN | PAGU (Rp) | REALISASI | % |
    | | /OUTPUT | | (Rp) | CAPAIAN |
    | 6639 | Teknis Penyelenggaraan Pemilu/Pemilihan | | | |
    | 051.0A | Penyelenggaraan Pemilihan Walikota | 12,309,652,000 | 12,308,653,258 | 99,99% |
    | | dan Wakil Walikota Binjai Tahun 2024 | | | |
    | | SUB TOTAL (6709) | 12,309,652,000 | 12,308,653,258 | 99,99% |
    | 6709 | Perencanaan Program Dan Anggaran | | | |
    | QGE.001 | Perencanaan Dan Penganggaran Pemilu | 997,018,000 | 935,217,560 | 95,75% |
    | QGE.003 | Penyelenggaraan Pelatihan Teknis Kepemiluan | 28,140,000 | 28,112,340 | 99,90% |
    | QGE.004 | Sosialisasi/Penyuluhan/Bimbingan Teknis | 91,095,000 | 91,090,241 | 99,99% |
    | RAN.001 | Persiapan Kebutuhan Sarana IT Pemilu | 3,323,000 | 3,319,630 | 99,90% |
    | RAN.002 | Pengelolaan Sarana IT Pemilu | 1,000 | - | - |
    | | SUB TOTAL (6709) | 1,099,577,000 | 1,057,739,771 | 96,20% |
    | 6867 | Pembentukan/Seleksi Badan Adhoc | | | |
    | QGE.002 | Penyaluran Honorarium Badan Adhoc | 12,320,873,000 | 12,233,190,888 | 99,29% |
    | | SUB TOTAL | 12,320,873,000 | 12,233,190,888 | 99,29% |
    | 6870 | Masa Kampanye Pemilu | | | |
    | QGE.001 | Persiapan Kampanye Pemilu | 7,803,000 | 7,569,000 | 97,00% |
    | QGE.002 | Pengelolaan Kampanye Pemilu | 877,611,000 | 851,209,800 | 96,99% |
    | | SUB TOTAL (6870) | 885,414,000 | 858,778,800 | 96,99% % |
    | 6871 | Pengelolaan, Pengadaan, Laporan, dan Dokumentasi Logistik | | | |
    | QGE.001 | Penyiapan dan Pengelolaan Logistik Pemilu | 59,411,000 | 51,361,730 | 86,45% |
    | QGE.002 | Pengelolaan Pengadaan Barang dan Jasa | 1,600,773,000 | 1,501,611,904 | 93,81% |
    | QGE.003 | Pengelolaan Dokumentasi Logistik | 17,341,000 | 6,835,350 | 39,42% |
    | | SUB TOTAL (6871) | 1,677,525,000 | 1,559,808,984 | 92,98% |
    | 6872 | Pemungutan dan Penghitungan Suara | | | |
    | QGE.001 | Fasilitasi Penyiapan Tahapan Pemungutan | | 944,000 | 94,40% |
    | QGE.002 | Pelaksanaan Tahapan 7.Pemungutan | 1,945,810,000 | 1,945,666,100 | 99,99% |
    | QGE.003 | Evaluasi Pelaksanaan Pemungutan | 7 444 000 | 4,431,500 | 59,80% |
    | | SUB TOTAL (6710) | 1,954,221,000 | 1,951,041,600 | 99,84% |
    | 6981 | Pengucapan Sumpah/Janji | | | |
    | QGE.001 | Fasilitas Penyiapan Sumpah Janji | 1,000 | - | % |
    | QGE.002 | Pelaksanaan Kegiatan Sumpah Janji | 1,000 | 1 | % |
    | 6982 | Penetapan Peserta Pemilu | | | |
    | QGE.002 | Pelaksanaan Tahapan Penetapan Hasil Pemilu | | - | % |
    | QGE.003 | Penyelesaian Sengketa Penetapan Partai Politik | 500,000 | - | % |
    | | SUB TOTAL | | 0 | % |
    | 076.01.WA | Program Dukungan Manajemen (076.01.WA) | | | |
    | 3355 | Pengelolaan Keuangan Dan Barang Milik Negara | | | |
    | EBA.994 | Layanan Perkantoran | 2,871,095,000 | 2,847,991,005 | 99,20 % |
    | | SUB TOTAL (3355) | 2,871,095,000 | 2,847,991,005 | 99,20 % |
    | 3360 | Operasional Perkantortoran Dan Dukungan Sarana Prasarana | | | |
    | EBA.994 | Layanan Perkantoran | 117,015,000 | 116,843,132 | 99,85% |
    | SUB TOTAL (3360) | | 117,015,000 | 116,843,132 | 99,85% |
    | SUB TOTAL PROGRAM 076.01.CQ | | 30,251,789,000 | 29,969,213,301 | 99,07% |
    | SUB TOTAL PROGRAM 076.01.WA | | 2,988,110,000 | 2,964,834,137 | 99,22% |
    | TOTAL PAGU T.A 2024 (Rp) | | 33,239,899,000 | | |
    | TOTAL REALISASI ANGGARAN (Rp) | | 32,934,047,438 | | |
    | Persentase Realisasi Anggaran (%) | | 99,08% | | |
    | Sisa AnggaranTahun 2024 (Rp) | | 305,851,562 | | |
    """
    golden("read/tabel-c1.txt", in_full(read(sheet_file)))


def test_subtotals_are_taken_by_their_place_and_not_by_a_wrong_label(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI |
    | 076.01.CQ | Program | | |
    | 6639 | Teknis | | |
    | 051.0A | Pemilihan | 300 | 200 |
    | | SUB TOTAL (6709) | 300 | 200 |
    | 6709 | Perencanaan | | |
    | QGE.001 | Anggaran | 50 | 40 |
    | | SUB TOTAL (6710) | 50 | 40 |
    | | JUMLAH | 350 | 240 |
    """
    budget = read(sheet_file)
    totals = budget.printed[budget.printed["is_total"]]
    assert [spell(path) for path in paths(totals)] == ["CQ.6639", "CQ.6709", ""]
    assert totals["uraian"].tolist() == ["SUB TOTAL (6709)", "SUB TOTAL (6710)", "JUMLAH"]
    assert brief(all_findings(budget)) == [("K109", "B5"), ("K109", "B8")]


def test_a_wrong_subtotal_is_found_at_its_cell_with_its_lines(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI |
    | 076.01.CQ | Program | | |
    | 6709 | Perencanaan | | |
    | QGE.001 | Anggaran | 600,000 | 40 |
    | QGE.002 | Pelatihan | 400,000 | 40 |
    | | SUB TOTAL (6709) | 1,100,000 | 80 |
    | 6710 | Lain | | |
    | QGE.001 | Anggaran | 1,000,000 | 0 |
    """
    (found,) = all_findings(read(sheet_file))
    assert str(found) == (
        "contoh.xlsx!Sheet1!C6: error T101: SUB TOTAL (6709) pagu tertulis 1.100.000, jumlah rincian 1.000.000"
        " (selisih +100.000); karena C4, C5"
    )


def test_a_program_that_prints_a_total_but_no_band_is_inferred(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI |
    | 6709 | Perencanaan | | |
    | QGE.001 | Anggaran | 600 | 40 |
    | 076.01.WA | Dukungan | | |
    | 3355 | Keuangan | | |
    | EBA.994 | Layanan | 70 | 60 |
    | SUB TOTAL PROGRAM 076.01.CQ | | 600 | 40 |
    | SUB TOTAL PROGRAM 076.01.WA | | 70 | 60 |
    """
    budget = read(sheet_file)
    assert told(budget) == [("CQ.6709.QGE.001", "Anggaran", 600, 40), ("WA.3355.EBA.994", "Layanan", 70, 60)]
    (found,) = all_findings(budget)
    assert (found.code, found.severity, found.where.cell) == ("K105", Severity.PERINGATAN, "A2")
    assert [place.cell for place in found.because] == ["A7"]
    assert "076.01.CQ" in found.message
    assert (budget.identity.bagian_anggaran, budget.identity.unit_eselon_i) == ("076", "01")


def test_no_program_is_inferred_where_two_could_be_meant(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI |
    | 6709 | Perencanaan | | |
    | QGE.001 | Anggaran | 600 | 40 |
    | SUB TOTAL PROGRAM 076.01.CQ | | 600 | 40 |
    | SUB TOTAL PROGRAM 076.01.WA | | 70 | 60 |
    """
    codes = [code for code, _ in brief(all_findings(read(sheet_file)))]
    assert "K105" not in codes
    assert "K102" in codes


def test_totals_of_everything_give_one_figure_each(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI |
    | 076.01.CQ | Program | | |
    | 6709 | Perencanaan | | |
    | QGE.001 | Anggaran | 600 | 40 |
    | TOTAL PAGU T.A 2024 (Rp) | | 601 | |
    | TOTAL REALISASI ANGGARAN (Rp) | | 41 | |
    | Persentase Realisasi Anggaran (%) | | 6,67% | |
    | Sisa Anggaran Tahun 2024 (Rp) | | 560 | |
    """
    budget = read(sheet_file)
    totals = budget.printed[budget.printed["is_total"]]
    assert totals["uraian"].tolist() == [
        "TOTAL PAGU T.A 2024 (Rp)",
        "TOTAL REALISASI ANGGARAN (Rp)",
        "Persentase Realisasi Anggaran (%)",
        "Sisa Anggaran Tahun 2024 (Rp)",
    ]
    assert totals["sisa"].dropna().tolist() == [560]
    assert [value for value in totals["persen"] if value is not None] == [Decimal("6.67")]
    assert [(found.where.cell, found.expected) for found in all_findings(budget) if found.severity == "error"] == [
        ("C5", 600),
        ("C6", 40),
    ]


def test_amounts_are_read_as_officers_write_them(sheet_file: Path) -> None:
    """
    | KODE | URAIAN | PAGU | REALISASI |
    | 076.01.CQ | Program | | |
    | 6709 | Perencanaan | | |
    | QGE.001 | a | Rp 1.000,- | (1.000) |
    | QGE.002 | b | Rp. 2.000.000 | -2.000.000 |
    | QGE.003 | c | 3000 | - |
    | QGE.004 | d | 4.000.000,00 | 0 |
    | QGE.005 | e | Rp5.000.000,- | 5 |
    """
    budget = read(sheet_file)
    assert [(pagu, realisasi) for _, _, pagu, realisasi in told(budget)] == [
        (1000, -1000),
        (2000000, -2000000),
        (3000, 0),
        (4000000, 0),
        (5000000, 5),
    ]
    assert budget.findings == ()


@pytest.mark.parametrize("words", ["(dalam ribuan rupiah)", "Dalam jutaan", "PAGU (Rp ribu)", "Rp. ribu"])
def test_a_table_in_thousands_is_refused(tmp_path: Path, words: str) -> None:
    path = write_sheets(
        f"""
        | Tabel C.1 {words} |
        | KODE | URAIAN | PAGU | REALISASI |
        | 6709 | Perencanaan | 600 | 40 |
        """,
        tmp_path / "ribuan.xlsx",
    )
    with pytest.raises(UnreadableFile, match=r"^ribuan\.xlsx!Sheet1: angkanya dalam (ribu|juta)"):
        read(path)


@pytest.mark.parametrize(
    "words", ["(ribuan rupiah)", "Satuan: jutaan Rupiah", "Pagu (ribuan)", "(Rp. 000)", "(dalam Rp 1.000)"]
)
def test_a_table_in_thousands_is_refused_in_other_words_too(tmp_path: Path, words: str) -> None:
    table = f"| {words} |\n| KODE | URAIAN | PAGU | REALISASI |\n| CQ.6709 | Perencanaan | 600 | 40 |"
    with pytest.raises(UnreadableFile):
        read(write_sheets(table, tmp_path / "ribuan.xlsx"))


def test_a_cumulative_heading_that_names_this_month_is_the_realisasi(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi Bulan Ini | Realisasi s.d. Bulan Ini |
    | 076.01.CQ | Program | | | |
    | 6709 | Perencanaan | 600 | 10 | 40 |
    """
    assert told(read(sheet_file)) == [("CQ.6709", "Perencanaan", 600, 40)]


def test_headings_in_two_rows_with_column_numbers_below_are_one_heading(sheet_file: Path) -> None:
    """
    | No | Kode | Uraian | Pagu | | Realisasi | | | % |
    | | | | Awal | Revisi | s.d. Bulan Lalu | Bulan Ini | s.d. Bulan Ini | |
    | (1) | (2) | (3) | (4) | (5) | (6) | (7) | (8) | (9) |
    | 1 | 076.01.CQ | Program | | | | | | |
    | 2 | 6709 | Perencanaan | | | | | | |
    | 3 | QGE.001 | Anggaran | 500 | 600 | 30 | 10 | 40 | 6,67 |
    """
    budget = read(sheet_file)
    (line,) = budget.lines.to_dict("records")
    assert {name: line[name] for name in ("pagu", "realisasi_lalu", "realisasi_ini", "realisasi")} == {
        "pagu": 600,
        "realisasi_lalu": 30,
        "realisasi_ini": 10,
        "realisasi": 40,
    }


def test_subheadings_below_a_spanning_heading_are_read_together(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi | | | Sisa |
    | | | (Rp) | Lalu | Ini | Jumlah | (Rp) |
    | 1 | 2 | 3 | 4 | 5 | 6 | 7 |
    | 076.01.CQ | Program | | | | | |
    | 6709 | Perencanaan | 600 | 30 | 10 | 40 | 560 |
    """
    budget = read(sheet_file)
    assert {name: column_letters(column) for name, column in budget.columns.items()} == {
        "kode": "A",
        "uraian": "B",
        "sisa": "G",
        "pagu": "C",
        "realisasi_lalu": "D",
        "realisasi_ini": "E",
        "realisasi": "F",
    }
    assert told(budget) == [("CQ.6709", "Perencanaan", 600, 40)]


def test_two_columns_that_mean_the_same_are_refused(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Pagu Revisi | Realisasi |
    | 6709 | Perencanaan | 500 | 600 | 40 |
    """
    with pytest.raises(UnreadableFile, match=r"^contoh\.xlsx!Sheet1!C1 dan D1: dua kolom berarti `pagu`"):
        read(sheet_file)


def test_of_two_tables_neither_is_chosen_where_nothing_tells_which_and_a_report_is_refused(sheet_file: Path) -> None:
    """
    # Sheet: Satu
    | Kode | Uraian | Pagu | Realisasi |
    | 6709 | Perencanaan | 500 | 40 |
    # Sheet: Dua
    | Kode | Uraian | Pagu | Realisasi |
    | 6709 | Perencanaan | 500 | 40 |
    """
    budget = read(sheet_file)
    assert (len(budget.lines), [len(table.lines) for table in budget.others]) == (0, [1, 1])
    with pytest.raises(BadRequest, match=r"2 lembar .*`Satu`, `Dua`.*Tabel C\.1"):
        combine([budget])


def test_of_two_tables_the_one_titled_c1_gives_the_lines_and_the_other_is_compared(sheet_file: Path) -> None:
    """
    # Sheet: Satu
    | Kode | Uraian | Pagu | Realisasi |
    | 6709 | Perencanaan | 500 | 40 |
    # Sheet: Dua
    | Tabel C.1 |
    | Kode | Uraian | Pagu | Realisasi |
    | 076.01.CQ | Program | | |
    | 6710 | Perencanaan | 600 | 50 |
    """
    budget = read(sheet_file)
    assert told(budget) == [("CQ.6710", "Perencanaan", 600, 50)]
    assert [told(table) for table in budget.others] == [[("6709", "Perencanaan", 500, 40)]]
    assert ("X102", "A4") in brief(all_findings(budget))
    assert [(found.code, str(found.where)) for found in combine([budget]).findings] == [("X101", "contoh.xlsx!Satu")]


def test_short_codes_in_reading_order_and_whole_paths_say_the_same(tmp_path: Path) -> None:
    rows = [
        ("076.01.CQ", "076.01.CQ", "Program", None),
        ("6639", "076.01.CQ.6639", "Teknis", None),
        ("051.0A", "076.01.CQ.6639.051.0A", "Pemilihan", 300),
        ("6709", "076.01.CQ.6709", "Perencanaan", None),
        ("QGE.001", "076.01.CQ.6709.QGE.001", "Anggaran", None),
        ("051", "076.01.CQ.6709.QGE.001.051", "Komponen", None),
        ("051.0A", "076.01.CQ.6709.QGE.001.051.0A", "Sub", None),
        ("521211", "076.01.CQ.6709.QGE.001.051.0A.521211", "Bahan", 20),
        ("521811", "076.01.CQ.6709.QGE.001.051.0A.521811", "Persediaan", 30),
        ("076.01.WA", "076.01.WA", "Dukungan", None),
        ("3355", "076.01.WA.3355", "Keuangan", None),
        ("EBA.994", "076.01.WA.3355.EBA.994", "Layanan", 70),
    ]
    budgets = []
    for number in (0, 1):
        table = "\n".join(f"| '{row[number]} | {row[2]} | {row[3] or ''} | {row[3] or ''} |" for row in rows)
        path = write_sheets(f"| Kode | Uraian | Pagu | Realisasi |\n{table}", tmp_path / f"kode{number}.xlsx")
        budgets.append(read(path))
    short, whole = budgets
    assert [path for path, *_ in told(short)] == [
        "CQ.6639.051.0A",
        "CQ.6709.QGE.001.051.0A.521211",
        "CQ.6709.QGE.001.051.0A.521811",
        "WA.3355.EBA.994",
    ]
    assert_frame_equal(short.lines, whole.lines)
    assert_frame_equal(short.printed, whole.printed)
    assert all_findings(short) == all_findings(whole) == ()


def test_of_two_tables_the_one_on_the_sheet_rincian_is_read(sheet_file: Path) -> None:
    """
    # Sheet: Tabel C.1
    | Kode | Uraian | Pagu | Realisasi |
    | CQ.6709 | Perencanaan | 500 | 40 |
    # Sheet: Rincian
    | Kode | Uraian | Pagu | Realisasi |
    | CQ.6709.QGE.001 | Anggaran | 500 | 40 |
    """
    assert told(read(sheet_file)) == [("CQ.6709.QGE.001", "Anggaran", 500, 40)]


def test_two_tables_both_titled_c1_are_refused(sheet_file: Path) -> None:
    """
    # Sheet: Satu
    | Tabel C.1 |
    | Kode | Uraian | Pagu | Realisasi |
    | CQ.6709 | Perencanaan | 500 | 40 |
    # Sheet: Dua
    | Tabel C.1 |
    | Kode | Uraian | Pagu | Realisasi |
    | CQ.6709 | Perencanaan | 500 | 40 |
    """
    with pytest.raises(BadRequest, match="2 lembar"):
        combine([read(sheet_file)])


def test_a_bare_jumlah_closes_its_kegiatan_and_only_the_last_one_is_of_everything(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | 076.01.CQ | Program | | |
    | 6709 | Perencanaan | | |
    | QGE.001 | a | 600 | 40 |
    | | JUMLAH | 600 | 40 |
    | 6710 | Lain | | |
    | QGE.001 | b | 60 | 4 |
    | | JUMLAH | 660 | 44 |
    """
    budget = read(sheet_file)
    totals = budget.printed[budget.printed["is_total"]]
    assert [spell(path) for path in paths(totals)] == ["CQ.6709", ""]
    assert all_findings(budget) == ()


def test_the_row_of_the_whole_unit_is_a_total_of_everything(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | 076 | Komisi Pemilihan Umum | 661 | 44 |
    | 076.01 | Komisi Pemilihan Umum | 660 | 44 |
    | 076.01.CQ | Program | 660 | 44 |
    | 6709 | Perencanaan | 600 | 40 |
    | 6710 | Lain | 60 | 4 |
    """
    budget = read(sheet_file)
    assert [spell(path) for path in paths(budget.printed)] == ["", "", "CQ"]
    assert brief(all_findings(budget)) == [("T101", "C2")]


def test_a_name_merged_beyond_its_column_is_still_the_name(sheet_file: Path) -> None:
    """
    | Kode | | | Pagu | Realisasi |
    | 076.01.CQ | Program | | | |
    | 6709 | | Perencanaan | 600 | 40 |
    """
    assert told(read(sheet_file)) == [("CQ.6709", "Perencanaan", 600, 40)]


def test_codes_stored_as_numbers_are_codes(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | 076.01.CQ | Program | | |
    | 6709 | Perencanaan | | |
    | 521211 | Bahan | 600 | 40 |
    """
    assert told(read(sheet_file)) == [("CQ.6709.521211", "Bahan", 600, 40)]


def test_a_code_that_is_none_and_a_row_without_one_are_reported(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | 076.01.CQ | Program | | |
    | 6709 | Perencanaan | 600 | 40 |
    | 67O9 | Salah ketik | 10 | 5 |
    | | Tanpa kode | 20 | 5 |
    """
    budget = read(sheet_file)
    assert told(budget) == [("CQ.6709", "Perencanaan", 600, 40)]
    assert brief(budget.findings) == [("K103", "A4"), ("R201", "A5")]


def test_a_row_without_a_code_whose_figures_are_errors_is_reported(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | CQ.6709 | Perencanaan | 600 | 40 |
    | | Tanpa kode | #REF! | =1+1 |
    | CQ.6710 | Lain | 60 | 4 |
    """
    assert 2 in {found.where.row for found in read(sheet_file).findings}


def test_an_amount_too_large_for_a_spreadsheet_is_reported(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | CQ.6709 | Perencanaan | 9007199254740994 | 40 |
    """
    assert brief(read(sheet_file).findings) == [("R103", "C2")]


def test_an_empty_amount_of_a_line_is_unknown_and_not_nought(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | 076.01.CQ | Program | | |
    | 6709 | Perencanaan | | |
    | QGE.001 | a | | 40 |
    | QGE.002 | b | 0 | - |
    """
    budget = read(sheet_file)
    assert told(budget) == [("CQ.6709.QGE.001", "a", None, 40), ("CQ.6709.QGE.002", "b", 0, 0)]
    assert brief(budget.findings) == [("R108", "C4")]


def test_a_figure_that_cannot_be_read_is_unknown(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | 076.01.CQ | Program | | |
    | 6709 | Perencanaan | | |
    | QGE.001 | a | #REF! | 40 |
    | QGE.002 | b | =1+1 | TRUE |
    | QGE.003 | c | '1.000 | 1 |
    """
    budget = read(sheet_file)
    assert [pagu for _, _, pagu, _ in told(budget)] == [None, None, None]
    assert brief(budget.findings) == [("R104", "C6"), ("R105", "C4"), ("R106", "C5"), ("R107", "D5")]


def test_a_page_heading_repeated_in_the_table_is_skipped(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | 076.01.CQ | Program | | |
    | 6709 | Perencanaan | 600 | 40 |
    | Kode | Uraian | Pagu | Realisasi |
    | 6710 | Lain | 10 | 5 |
    """
    budget = read(sheet_file)
    assert told(budget) == [("CQ.6709", "Perencanaan", 600, 40), ("CQ.6710", "Lain", 10, 5)]


def test_a_name_over_two_rows_is_one_name_and_a_signature_below_is_none(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | 076.01.CQ | Program | | |
    | 6709 | Perencanaan Program | 600 | 40 |
    | | dan Anggaran | | |
    | | JUMLAH | 600 | 40 |
    | | Binjai, 17 Januari 2025 | | |
    """
    budget = read(sheet_file)
    assert told(budget) == [("CQ.6709", "Perencanaan Program dan Anggaran", 600, 40)]
    assert all_findings(budget) == ()


def test_the_columns_may_stand_anywhere(sheet_file: Path) -> None:
    """
    | |
    | | | |
    | | | | Realisasi Anggaran | Sisa | Alokasi | Nama Kegiatan | MAK |
    | | | | 9 | 591 | 600 | Program | 076.01.CQ |
    | | | | 9 | 591 | 600 | Perencanaan | 6709 |
    """
    budget = read(sheet_file)
    assert told(budget) == [("CQ.6709", "Perencanaan", 600, 9)]
    assert str(budget.where("Sheet1", 4, "pagu")) == "contoh.xlsx!Sheet1!F5"
    assert all_findings(budget) == ()


def test_the_year_and_unit_come_from_the_title(sheet_file: Path) -> None:
    """
    | Realisasi Anggaran |
    | KPU Kota Binjai Tahun Anggaran 2024 |
    | Kode | Uraian | Pagu | Realisasi |
    | 076.01.CQ | Program | | |
    | 6709 | Perencanaan | 600 | 40 |
    """
    identity = read(sheet_file).identity
    assert (identity.nama_satker, identity.tahun, identity.unit) == ("KPU Kota Binjai", 2024, "076.01")


def test_the_same_short_code_under_two_kegiatan_is_two_lines(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | 076.01.CQ | Program | | |
    | 6709 | a | | |
    | QGE.001 | b | 600 | 40 |
    | 6870 | c | | |
    | QGE.001 | d | 60 | 4 |
    | QGE.001 | e | 6 | 4 |
    """
    budget = read(sheet_file)
    assert [path for path, *_ in told(budget)] == ["CQ.6709.QGE.001", "CQ.6870.QGE.001", "CQ.6870.QGE.001"]
    assert brief(all_findings(budget)) == [("K101", "C7")]


def test_frames_have_every_column_whatever_the_table_prints(sheet_file: Path) -> None:
    """
    | Kode | Uraian | Pagu | Realisasi |
    | 6709 | a | 5 | 4 |
    """
    budget = read(sheet_file)
    for frame in (budget.lines, budget.printed):
        assert list(frame.columns) == [*CODES, "uraian", *FIGURES, "sheet", "row", "is_total"]
