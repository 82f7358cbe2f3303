"""Chapter III of the printed Laporan Kinerja 2024 of KPU Kota Binjai: Tabel 1, B.1 and C.1, every cell as printed.

Nothing is mended here: figures, labels, blanks and slips of typing stand as the report and its scan have them. What
they should be is in `binjai.py`; what `lkj check` says of them is told in `docs/terbit.md`.
"""

from typing import Final

TITLES: Final[dict[str, tuple[str, ...]]] = {
    "Tabel 1": (
        "Tabel 1",
        "Pengukuran Capaian Kinerja Terhadap Rencana Kinerja Tahunan",
        "KPU Kota Binjai Tahun 2024",
    ),
    "Tabel B.1": (
        "Tabel B.1",
        "Pengukuran Capaian Kinerja Terhadap Perjanjian Kinerja",
        "Sekretariat KPU Kota Binjai Tahun 2024",
    ),
    "Tabel C.1": ("Tabel C.1", "Pengukuran Capaian Realisasi Anggaran", "KPU Kota Binjai tahun 2024"),
}

TABEL_1: Final[tuple[tuple[str, tuple[tuple[str, str, str, str], ...]], ...]] = (
    (
        "Perencanaan Program Dan Anggaran, Serta Penyusunan Peraturan Pelaksanaan Penyelenggaraan Pemilu (6709)",
        (
            (
                (
                    "Persentase satker yang menyelenggarakan Pelaksanaan Perencanaan Dan Penyelenggaraan"
                    " Pemilu/Pemilihan (QGE.001)"
                ),
                "100%",
                "95,72%",
                "95%",
            ),
            ("Persentase Penyelenggaraan Pelatihan Teknis Kepemiluan (QGE.003)", "100%", "90,46%", "90%"),
            ("Persentase Sosialisasi/Penyuluhan/Bi mbingan Teknis Tahapan (QGE.004)", "100%", "99,99%", "99%"),
            ("Persentase Satker Dalam Pelaksanaan Sarana IT Pemilu (RAN.001)", "100%", "99,90%", "99%"),
            ("Persentase Satker Dalam Pelaksanaan Sarana IT Pemilu (RAN.002)", "-", "-", "-"),
        ),
    ),
    (
        "Masa Kampanye Pemilu (6870)",
        (
            ("Persentase KPU Kab/Kota Dalam Persiapan Kampanye Pemilu (QGE.001)", "100%", "97,00%", "97%"),
            ("Persentase KPU Kab/Kota Dalam Pengelolaan Kampanye Pemilu (QGE.002)", "100%", "96,99%", "96%"),
        ),
    ),
    (
        "Pengelolaan, Pengadaan, Laporan, dan Dokumentasi Logistik (6871)",
        (
            (
                "Persentase KPU Kab/Kota Dalam Penyiapan dan Pengelolaan Logistik Pemilu (QGE.001)",
                "100%",
                "92,98%",
                "92%",
            ),
            (
                "Persentase KPU Kab/Kota Dalam Pengelolaan Pengadaan Barang dan Jasa (QGE.002)",
                "100%",
                "93,81%",
                "93%",
            ),
            ("Persentase KPU Kab/Kota Dalam Pengelolaan Dokumentasi Logistik (QGE.003)", "100%", "39,42%", "39%"),
        ),
    ),
    (
        "Pemungutan dan Penghitungan Suara (6872)",
        (
            (
                (
                    "Persentase KPU Kab/Kota Dalam Fasilitasi Penyiapan Tahapan Pemungutan dan Penghitungan Suara"
                    " (QGE.001)"
                ),
                "",
                "94,40%",
                "94%",
            ),
            (
                "Persentase KPU Kab/Kota Dalam Pelaksanaan Tahapan 7.Pemungutan dan Penghitungan Suara (QGE.002)",
                "",
                "99,99%",
                "99%",
            ),
            (
                "Persentase KPU Kab/Kota Dalam Evaluasi Pelaksanaan Pemungutan dan Penghitungan Suara (QGE.003)",
                "",
                "59,80%",
                "59%",
            ),
        ),
    ),
    (
        "Pemutakhiran Data Pemilih Dan Penyusunan Daftar Pemilih (6887)",
        (
            (
                (
                    "Persentase KPU Kab/Kota yang melaksanakan Pemilu/Pemilihan yang memutakhirkan Data Pemilih di"
                    " Tingkat Kecamatan seluruh Indonesia melalui Coklit dan Sistem Informasi (QGE.001)"
                ),
                "",
                "93,42%",
                "93%",
            ),
            ("Persentase KPU Kab/Kota yang melaksanakan Rapat Koordinasi Data Pemilih (QGE.002)", "", "98,37%", "98%"),
            ("Persentase KPU Kab/Kota Dalam Penetapan Data Pemilih (QGE.003)", "", "96,95%", "96%"),
        ),
    ),
    (
        (
            "Pengucapan Sumpah/Janji Presiden dan Wakil Presiden serta Anggota DPR, DPD, DPRD Frovinsi, dan DPRD"
            " Kabupaten/Kota (6981)"
        ),
        (
            ("Persentase KPU Kab/Kota Dalam Fasilitasi Penyiapan Sumpah Janis (QGE.002)", "-", "-", "-"),
            ("Persentase KPU Kab/Kota Dalam Pelaksanaan Kegiatan Sumpah Janji (QGE.002)", "-", "-", "-"),
        ),
    ),
    (
        "Penetapan Hasil Pemilu (6982)",
        (
            ("Persentase KPU Kab/Kota Dalam Pelaksanaan Tahapan Penetapan Hasil Pemilu (QGE.002)", "-", "1", "-"),
            ("Persentase KPU Kab/Kota Dalam Penyelesaian Sengketa Penetapan Hasil Pemilu (QGE.003)", "-", "-", "-"),
        ),
    ),
    (
        "Layanan Dukungan Manajemen Internal (3355)",
        (
            (
                "Persentase satker yang menyelesaikan pembayaran gaji dan tunjangan pegawai tepat waktu (EBA.994)",
                "100%",
                "92,20%",
                "92%",
            ),
        ),
    ),
    (
        "Penyelenggaraan Operasional Perkantoran Dan Dukungan Sarana Prasarana (3360)",
        (("Persentase KPU Kab/Kota Dalam Layanan Perkantoran (EBA.994)", "100%", "99,85%", "99%"),),
    ),
    (
        "Teknis Penyelenggaraan Pemilu/Pemilihan (6639)",
        (
            (
                (
                    "Persentase KPU Kab/Kota Dalam Penyelenggaraan Pemilihan Walikota dan Wakil Walikota Tahun 2024"
                    " (051.0A)"
                ),
                "100%",
                "99,99%",
                "99%",
            ),
        ),
    ),
)
"""Sasaran, and under each its indicators: name, target, realisasi, % capaian."""

DEWAN: Final = "DPR, DPD, DPRD Provinsi, dan DPRD Kabupaten/Kota"
TABEL_B1: Final[tuple[tuple[str, ...], ...]] = (
    ("Sasaran 1 : Program Penyelenggaraan Pemilu Dalam Proses Konsolidasi Demokrasi (076.01.CQ)",),
    ("1.", "Teknis Penyelenggaraan Pemilu/Pemilihan", "100%", "99,99%", "99%"),
    (
        "2.",
        "Perencanaan Program Dan Anggaran, Serta Penyusunan Peraturan Pelaksanaan Penyelenggaraan Pemilu (6709)",
        "100%",
        "96,20%",
        "96%",
    ),
    ("3.", "Pembentukan/Seleksi Badan Adhoc (6867)", "100%", "99,25%", "99%"),
    ("4.", "Masa Kampanye Pemilu (6870)", "100%", "96,99%", "96%"),
    ("5.", "Pengelolaan, Pengadaan, Laporan, dan Dokumentasi Logistik (6871)", "100%", "92,98%", "92%"),
    ("6.", "Pemungutan dan Penghitungan Suara (6872)", "100%", "99,84%", "99%"),
    ("7.", f"Pengucapan Sumpah/Janji Presiden dan Wakil Presiden serta Anggota {DEWAN} (6981)", "-", "-", "-"),
    ("8.", "Penetapan Hasil Pemilu (6982)", "-", "-", "-"),
    ("Sasaran 2 : Program Dukungan Manajemen (076.01.WA)",),
    ("1.", "Pengelolaan Keuangan Dan Barang Milik Negara (3355)", "100%", "99,20%", "99%"),
    ("2.", "Operasional Perkantoran Dan DUkungan Sarana Prasarana (3360)", "100%", "99,85%", "99%"),
)
"""Bands, and rows: number, indicator, target, realisasi, % capaian."""

TABEL_C1: Final[tuple[tuple[str, ...], ...]] = (
    ("6639", "Teknis Penyelenggaraan Pemilu/Pemilihan"),
    (
        "051.0A",
        "Penyelenggaraan Pemilihan Walikota dan Wakil Walikota Binjai Tahun 2024",
        "12,309,652,000",
        "12,308,653,258",
        "99,99%",
    ),
    ("", "SUB TOTAL (6709)", "12,309,652,000", "12,308,653,258", "99,99%"),
    ("6709", "Perencanaan Program Dan Anggaran, Serta Penyusunan Peraturan Pelaksanaan Penyelenggaraan Pemilu"),
    ("QGE.001", "Perencanaan Dan Penganggaran Pemilu", "997,018,000", "935,217,560", "95,75%"),
    ("QGE.003", "Penyelenggaraan Pelatihan Teknis Kepemiluan", "28,140,000", "28,112,340", "99,90%"),
    ("QGE.004", "Sosialisasi/Penyuluhan/Bimbingan Teknis Tahapan", "91,095,000", "91,090,241", "99,99%"),
    ("RAN.001", "Persiapan Kebutuhan Sarana IT Pemilu", "3,323,000", "3,319,630", "99,90%"),
    ("RAN.002", "Pengelolaan Sarana IT Pemilu", "1,000", "-", "-"),
    ("", "SUB TOTAL (6709)", "1,099,577,000", "1,057,739,771", "96,20%"),
    ("6867", "Pembentukan/Seleksi Badan Adhoc"),
    ("QGE.002", "Penyaluran Honorarium Badan Adhoc", "12,320,873,000", "12,233,190,888", "99,29%"),
    ("", "SUB TOTAL", "12,320,873,000", "12,233,190,888", "99,29%"),
    ("6870", "Masa Kampanye Pemilu"),
    ("QGE.001", "Persiapan Kampanye Pemilu", "7,803,000", "7,569,000", "97,00%"),
    ("QGE.002", "Pengelolaan Kampanye Pemilu", "877,611,000", "851,209,800", "96,99%"),
    ("", "SUB TOTAL (6870)", "885,414,000", "858,778,800", "96,99% %"),
    ("6871", "Pengelolaan, Pengadaan, Laporan, dan Dokumentasi Logistik"),
    ("QGE.001", "Penyiapan dan Pengelolaan Logistik Pemilu", "59,411,000", "51,361,730", "86,45%"),
    ("QGE.002", "Pengelolaan Pengadaan Barang dan Jasa", "1,600,773,000", "1,501,611,904", "93,81%"),
    ("QGE.003", "Pengelolaan Dokumentasi Logistik", "17,341,000", "6,835,350", "39,42%"),
    ("", "SUB TOTAL (6871)", "1,677,525,000", "1,559,808,984", "92,98%"),
    ("6872", "Pemungutan dan Penghitungan Suara"),
    ("QGE.001", "Fasilitasi Penyiapan Tahapan Pemungutan dan Penghitungan Suara", "", "944,000", "94,40%"),
    (
        "QGE.002",
        "Pelaksanaan Tahapan 7.Pemungutan dan Penghitungan Suara",
        "1,945,810,000",
        "1,945,666,100",
        "99,99%",
    ),
    ("QGE.003", "Evaluasi Pelaksanaan Pemungutan dan Penghitungan Suara", "7 444 000", "4,431,500", "59,80%"),
    ("", "SUB TOTAL (6710)", "1,954,221,000", "1,951,041,600", "99,84%"),
    ("6981", f"Pengucapan Sumpah/Janji Presiden dan Wakil Presiden serta Anggota {DEWAN}"),
    ("QGE.001", "Fasilitas Penyiapan Sumpah Janji", "1,000", "-", "%"),
    ("QGE.002", "Pelaksanaan Kegiatan Sumpah Janji", "1,000", "1", "%"),
    ("6982", "Penetapan Peserta Pemilu"),
    ("QGE.002", "Pelaksanaan Tahapan Penetapan Hasil Pemilu", "", "-", "%"),
    ("QGE.003", "Penyelesaian Sengketa Penetapan Partai Politik Peserta Pemilu", "500,000", "-", "%"),
    ("", "SUB TOTAL", "", "0", "%"),
    ("076.01.WA", "Program Dukungan Manajemen (076.01.WA)"),
    ("3355", "Pengelolaan Keuangan Dan Barang Milik Negara"),
    ("EBA.994", "Layanan Perkantoran", "2,871,095,000", "2,847,991,005", "99,20 %"),
    ("SUB TOTAL (3355)", "", "2,871,095,000", "2,847,991,005", "99,20 %"),
    ("3360", "Operasional Perkantoran Dan Dukungan Sarana Prasarana"),
    ("EBA.994", "Layanan Perkantoran", "117,015,000", "116,843,132", "99,85%"),
    ("SUB TOTAL (3360)", "", "117,015,000", "116,843,132", "99,85%"),
    ("SUB TOTAL PROGRAM 076.01.CQ", "", "30,251,789,000", "29,969,213,301", "99,07%"),
    ("SUB TOTAL PROGRAM 076.01.WA", "", "2,988,110,000", "2,964,834,137", "99,22%"),
    ("TOTAL PAGU T.A 2024 (Rp)", "", "33,239,899,000"),
    ("TOTAL REALISASI ANGGARAN (Rp)", "", "32,934,047,438"),
    ("Persentase Realisasi Anggaran (%)", "", "99,08%"),
    ("Sisa AnggaranTahun 2024 (Rp)", "", "305,851,562"),
)
"""Rows: code or label, name, ceiling, spending, percent."""
