"""The indicators of KPU Kota Binjai 2024: Tabel 1 and Tabel B.1 of the printed Laporan Kinerja.

The texts are the report's, without the codes in brackets that end them (the program adds them again) and with
scanning accidents mended. A realisasi of None means: the serapan of that code.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

PROGRAM_CQ: Final = "Program Penyelenggaraan Pemilu Dalam Proses Konsolidasi Demokrasi"
PROGRAM_WA: Final = "Program Dukungan Manajemen"
PENYUSUNAN: Final = "Serta Penyusunan Peraturan Pelaksanaan Penyelenggaraan Pemilu"
DEWAN: Final = "DPR, DPD, DPRD Provinsi, dan DPRD Kabupaten/Kota"


class Kinerja(NamedTuple):
    """A row of the sheet `Kinerja` of the workbook."""

    tabel: str
    sasaran: str
    indikator: str
    kode: str
    target: int | str
    satuan: str
    realisasi: float | str | None
    arah: str


Indikator = tuple[str, str, float | str | None]
"""Last part of the code, text, realisasi: None for the serapan, `-` where the report prints no figure."""

TABEL_1: Final[tuple[tuple[str, str, tuple[Indikator, ...]], ...]] = (
    (
        "CQ.6709",
        f"Perencanaan Program Dan Anggaran, {PENYUSUNAN}",
        (
            (
                "QGE.001",
                "Persentase satker yang menyelenggarakan Pelaksanaan Perencanaan Dan Penyelenggaraan Pemilu/Pemilihan",
                None,
            ),
            # Printed 90,46%; C.1 proves 99,90%.
            ("QGE.003", "Persentase Penyelenggaraan Pelatihan Teknis Kepemiluan", None),
            ("QGE.004", "Persentase Sosialisasi/Penyuluhan/Bimbingan Teknis Tahapan", None),
            ("RAN.001", "Persentase Satker Dalam Pelaksanaan Sarana IT Pemilu", None),
            ("RAN.002", "Persentase Satker Dalam Pelaksanaan Sarana IT Pemilu", "-"),
        ),
    ),
    (
        "CQ.6870",
        "Masa Kampanye Pemilu",
        (
            ("QGE.001", "Persentase KPU Kab/Kota Dalam Persiapan Kampanye Pemilu", None),
            ("QGE.002", "Persentase KPU Kab/Kota Dalam Pengelolaan Kampanye Pemilu", None),
        ),
    ),
    (
        "CQ.6871",
        "Pengelolaan, Pengadaan, Laporan, dan Dokumentasi Logistik",
        (
            # Printed 92,98%, which is the serapan of the whole kegiatan; C.1 proves 86,45%.
            ("QGE.001", "Persentase KPU Kab/Kota Dalam Penyiapan dan Pengelolaan Logistik Pemilu", None),
            ("QGE.002", "Persentase KPU Kab/Kota Dalam Pengelolaan Pengadaan Barang dan Jasa", None),
            ("QGE.003", "Persentase KPU Kab/Kota Dalam Pengelolaan Dokumentasi Logistik", None),
        ),
    ),
    (
        "CQ.6872",  # the scan lost the target column of this kegiatan and of 6887
        "Pemungutan dan Penghitungan Suara",
        (
            (
                "QGE.001",
                "Persentase KPU Kab/Kota Dalam Fasilitasi Penyiapan Tahapan Pemungutan dan Penghitungan Suara",
                None,
            ),
            (
                "QGE.002",
                "Persentase KPU Kab/Kota Dalam Pelaksanaan Tahapan 7.Pemungutan dan Penghitungan Suara",
                None,
            ),
            (
                "QGE.003",
                "Persentase KPU Kab/Kota Dalam Evaluasi Pelaksanaan Pemungutan dan Penghitungan Suara",
                None,
            ),
        ),
    ),
    (
        "CQ.6887",  # no line of the budget has this kegiatan, so its figures are typed as printed
        "Pemutakhiran Data Pemilih Dan Penyusunan Daftar Pemilih",
        (
            (
                "QGE.001",
                (
                    "Persentase KPU Kab/Kota yang melaksanakan Pemilu/Pemilihan yang memutakhirkan Data Pemilih"
                    " di Tingkat Kecamatan seluruh Indonesia melalui Coklit dan Sistem Informasi"
                ),
                93.42,
            ),
            ("QGE.002", "Persentase KPU Kab/Kota yang melaksanakan Rapat Koordinasi Data Pemilih", 98.37),
            ("QGE.003", "Persentase KPU Kab/Kota Dalam Penetapan Data Pemilih", 96.95),
        ),
    ),
    (
        "CQ.6981",
        f"Pengucapan Sumpah/Janji Presiden dan Wakil Presiden serta Anggota {DEWAN}",
        (
            # Printed (QGE.002), like the next one; C.1 has "Fasilitas Penyiapan Sumpah Janji" as QGE.001.
            ("QGE.001", "Persentase KPU Kab/Kota Dalam Fasilitasi Penyiapan Sumpah Janji", "-"),
            ("QGE.002", "Persentase KPU Kab/Kota Dalam Pelaksanaan Kegiatan Sumpah Janji", "-"),
        ),
    ),
    (
        "CQ.6982",
        "Penetapan Hasil Pemilu",
        (
            ("QGE.002", "Persentase KPU Kab/Kota Dalam Pelaksanaan Tahapan Penetapan Hasil Pemilu", "-"),
            ("QGE.003", "Persentase KPU Kab/Kota Dalam Penyelesaian Sengketa Penetapan Hasil Pemilu", "-"),
        ),
    ),
    (
        "WA.3355",
        "Layanan Dukungan Manajemen Internal",
        (
            # Printed 92,20%; C.1 and B.1 prove 99,20%.
            (
                "EBA.994",
                "Persentase satker yang menyelesaikan pembayaran gaji dan tunjangan pegawai tepat waktu",
                None,
            ),
        ),
    ),
    (
        "WA.3360",
        "Penyelenggaraan Operasional Perkantoran Dan Dukungan Sarana Prasarana",
        (("EBA.994", "Persentase KPU Kab/Kota Dalam Layanan Perkantoran", None),),
    ),
    (
        "CQ.6639",
        "Teknis Penyelenggaraan Pemilu/Pemilihan",
        (
            (
                "051.0A",
                "Persentase KPU Kab/Kota Dalam Penyelenggaraan Pemilihan Walikota dan Wakil Walikota Tahun 2024",
                None,
            ),
        ),
    ),
)

TABEL_B1: Final[tuple[tuple[str, str, tuple[Indikator, ...]], ...]] = (
    (
        "CQ",
        PROGRAM_CQ,
        (
            ("6639", "Teknis Penyelenggaraan Pemilu/Pemilihan", None),
            ("6709", f"Perencanaan Program Dan Anggaran, {PENYUSUNAN}", None),
            ("6867", "Pembentukan/Seleksi Badan Adhoc", None),  # printed 99,25%, C.1 proves 99,29%
            ("6870", "Masa Kampanye Pemilu", None),
            ("6871", "Pengelolaan, Pengadaan, Laporan, dan Dokumentasi Logistik", None),
            ("6872", "Pemungutan dan Penghitungan Suara", None),
            ("6981", f"Pengucapan Sumpah/Janji Presiden dan Wakil Presiden serta Anggota {DEWAN}", "-"),
            ("6982", "Penetapan Hasil Pemilu", "-"),
        ),
    ),
    (
        "WA",
        PROGRAM_WA,
        (
            ("3355", "Pengelolaan Keuangan Dan Barang Milik Negara", None),
            ("3360", "Operasional Perkantoran Dan Dukungan Sarana Prasarana", None),
        ),
    ),
)


def _rows(tabel: str, groups: tuple[tuple[str, str, tuple[Indikator, ...]], ...]) -> Iterator[Kinerja]:
    """Yield the rows of a table: the sasaran stands on the first indicator of its group only."""
    for parent, sasaran, indicators in groups:
        for index, (kode, indikator, realisasi) in enumerate(indicators):
            target = "-" if realisasi == "-" else 100
            yield Kinerja(
                tabel, "" if index else sasaran, indikator, f"{parent}.{kode}", target, "%", realisasi, "maksimal"
            )


KINERJA: Final[tuple[Kinerja, ...]] = (*_rows("1", TABEL_1), *_rows("B.1", TABEL_B1))
