"""The budget and the indicators of KPU Kota Binjai 2024, made consistent: the figures behind every Binjai sample.

They come from the printed Laporan Kinerja 2024. Where that report contradicts itself, the figure that its own
sub-totals, totals and percents prove stands here, with the proof beside it. The satker code is invented.
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

import binjai_kinerja
from binjai_kinerja import DEWAN, PENYUSUNAN, PROGRAM_CQ, PROGRAM_WA

IDENTITAS: Final[tuple[tuple[str, str | int], ...]] = (
    ("Nama Satker", "KPU Kota Binjai"),
    ("Kode Satker", "656519"),  # invented: the report prints none
    ("Bagian Anggaran", "076"),
    ("Unit Eselon I", "01"),
    ("Tahun Anggaran", 2024),
    ("Bulan", 12),
    ("Kota", "Binjai"),
    ("Tanggal Laporan", "17 Januari 2025"),  # printed 2024: a year that was over cannot be signed at its start
    ("Jabatan", "SEKRETARIS KOMISI PEMILIHAN UMUM KOTA BINJAI"),
    ("Nama", "SYAIFUL AZHAR"),
    ("NIP", "19840222 200902 1 004"),
)

KEMENTERIAN: Final = "KOMISI PEMILIHAN UMUM"
UNIT_ORGANISASI: Final = "KOMISI PEMILIHAN UMUM"

KINERJA: Final = binjai_kinerja.KINERJA
"""The indicators of Tabel 1 and Tabel B.1, a row as the sheet `Kinerja` of the workbook has it."""


class Anggaran(NamedTuple):
    """A row of Tabel C.1: a band when it has no figures, else a line, in rupiah."""

    kode: str
    uraian: str
    pagu: int | None = None
    realisasi: int | None = None


ANGGARAN: Final[tuple[Anggaran, ...]] = (
    Anggaran("076.01.CQ", PROGRAM_CQ),
    Anggaran("6639", "Teknis Penyelenggaraan Pemilu/Pemilihan"),
    Anggaran(
        "051.0A",
        "Penyelenggaraan Pemilihan Walikota dan Wakil Walikota Binjai Tahun 2024",
        12_309_652_000,
        12_308_653_258,
    ),
    Anggaran("6709", f"Perencanaan Program Dan Anggaran, {PENYUSUNAN}"),
    # Printed 997,018,000. The sub-total 1,099,577,000 less 28,140,000, 91,095,000, 3,323,000 and 1,000 leaves
    # 977,018,000, and 935,217,560 of that is the 95,72% of Tabel 1 (of 997,018,000 it would be 93,80%).
    Anggaran("QGE.001", "Perencanaan Dan Penganggaran Pemilu", 977_018_000, 935_217_560),
    Anggaran("QGE.003", "Penyelenggaraan Pelatihan Teknis Kepemiluan", 28_140_000, 28_112_340),
    Anggaran("QGE.004", "Sosialisasi/Penyuluhan/Bimbingan Teknis Tahapan", 91_095_000, 91_090_241),
    Anggaran("RAN.001", "Persiapan Kebutuhan Sarana IT Pemilu", 3_323_000, 3_319_630),
    Anggaran("RAN.002", "Pengelolaan Sarana IT Pemilu", 1_000, 0),
    Anggaran("6867", "Pembentukan/Seleksi Badan Adhoc"),
    Anggaran("QGE.002", "Penyaluran Honorarium Badan Adhoc", 12_320_873_000, 12_233_190_888),
    Anggaran("6870", "Masa Kampanye Pemilu"),
    Anggaran("QGE.001", "Persiapan Kampanye Pemilu", 7_803_000, 7_569_000),
    Anggaran("QGE.002", "Pengelolaan Kampanye Pemilu", 877_611_000, 851_209_800),
    Anggaran("6871", "Pengelolaan, Pengadaan, Laporan, dan Dokumentasi Logistik"),
    Anggaran("QGE.001", "Penyiapan dan Pengelolaan Logistik Pemilu", 59_411_000, 51_361_730),
    Anggaran("QGE.002", "Pengelolaan Pengadaan Barang dan Jasa", 1_600_773_000, 1_501_611_904),
    Anggaran("QGE.003", "Pengelolaan Dokumentasi Logistik", 17_341_000, 6_835_350),
    Anggaran("6872", "Pemungutan dan Penghitungan Suara"),
    # Not printed. 944,000 is 94,40% of 1,000,000 and of no other thousand of rupiah.
    Anggaran("QGE.001", "Fasilitasi Penyiapan Tahapan Pemungutan dan Penghitungan Suara", 1_000_000, 944_000),
    Anggaran(
        "QGE.002",
        "Pelaksanaan Tahapan 7.Pemungutan dan Penghitungan Suara",
        1_945_810_000,
        1_945_666_100,
    ),
    # Printed 7,444,000. The sub-total 1,954,221,000 less 1,000,000 and 1,945,810,000 leaves 7,411,000, and
    # 4,431,500 of that is the printed 59,80% (of 7,444,000 it would be 59,53%).
    Anggaran("QGE.003", "Evaluasi Pelaksanaan Pemungutan dan Penghitungan Suara", 7_411_000, 4_431_500),
    Anggaran("6981", f"Pengucapan Sumpah/Janji Presiden dan Wakil Presiden serta Anggota {DEWAN}"),
    Anggaran("QGE.001", "Fasilitas Penyiapan Sumpah Janji", 1_000, 0),
    Anggaran("QGE.002", "Pelaksanaan Kegiatan Sumpah Janji", 1_000, 0),
    # C.1 calls it "Penetapan Peserta Pemilu", Tabel 1 and Tabel B.1 call it by this name.
    Anggaran("6982", "Penetapan Hasil Pemilu"),
    # Not printed. The program total 30,251,789,000 less every other line of the program leaves 4,025,000.
    Anggaran("QGE.002", "Pelaksanaan Tahapan Penetapan Hasil Pemilu", 4_025_000, 0),
    Anggaran("QGE.003", "Penyelesaian Sengketa Penetapan Partai Politik Peserta Pemilu", 500_000, 0),
    Anggaran("076.01.WA", PROGRAM_WA),
    Anggaran("3355", "Pengelolaan Keuangan Dan Barang Milik Negara"),
    Anggaran("EBA.994", "Layanan Perkantoran", 2_871_095_000, 2_847_991_005),
    Anggaran("3360", "Operasional Perkantoran Dan Dukungan Sarana Prasarana"),
    Anggaran("EBA.994", "Layanan Perkantoran", 117_015_000, 116_843_132),
)

PRINTED_TOTALS: Final[dict[str, tuple[int, int]]] = {
    "CQ.6639": (12_309_652_000, 12_308_653_258),
    "CQ.6709": (1_099_577_000, 1_057_739_771),
    "CQ.6867": (12_320_873_000, 12_233_190_888),
    "CQ.6870": (885_414_000, 858_778_800),
    "CQ.6871": (1_677_525_000, 1_559_808_984),
    "CQ.6872": (1_954_221_000, 1_951_041_600),
    "WA.3355": (2_871_095_000, 2_847_991_005),
    "WA.3360": (117_015_000, 116_843_132),
    "CQ": (30_251_789_000, 29_969_213_301),
    "WA": (2_988_110_000, 2_964_834_137),
    "": (33_239_899_000, 32_934_047_438),
}
"""Pagu and realisasi that Tabel C.1 prints as a sum, by path; the grand total has the empty path."""

PRINTED_SISA: Final = 305_851_562

PRINTED_SERAPAN: Final[dict[str, str]] = {
    "CQ.6639.051.0A": "99.99",
    "CQ.6709.QGE.001": "95.72",  # from Tabel 1; C.1 prints 95,75
    "CQ.6709.QGE.003": "99.90",
    "CQ.6709.QGE.004": "99.99",
    "CQ.6709.RAN.001": "99.90",
    "CQ.6709": "96.20",
    "CQ.6867": "99.29",
    "CQ.6870.QGE.001": "97.00",
    "CQ.6870.QGE.002": "96.99",
    "CQ.6870": "96.99",
    "CQ.6871.QGE.001": "86.45",
    "CQ.6871.QGE.002": "93.81",
    "CQ.6871.QGE.003": "39.42",
    "CQ.6871": "92.98",
    "CQ.6872.QGE.001": "94.40",
    "CQ.6872.QGE.002": "99.99",
    "CQ.6872.QGE.003": "59.80",
    "CQ.6872": "99.84",
    "WA.3355": "99.20",
    "WA.3360": "99.85",
    "CQ": "99.07",
    "WA": "99.22",
    "": "99.08",
}
"""Percents that Tabel C.1 prints, half-up to two decimals, by path."""

SKALA: Final[tuple[tuple[float, float | None, str, str], ...]] = (
    # Tabel 3.1 prints 90-100, 71-90, 51-70 and 0-50, and no range at all for the first row. Chosen here: 100.01,
    # since the first row means "beyond the target"; 89.99, since 90 stands in two rows; 70.99 and 50.99, since
    # nothing is printed between 70 and 71 and between 50 and 51.
    (100.01, None, "Sangat Berhasil", "Kegiatan yang dilaksanakan telah melampaui target indikator kinerja"),
    (90, 100, "Berhasil", "Kegiatan yang dilaksanakan telah mencapai target indikator kinerja"),
    (71, 89.99, "Cukup Berhasil", "Kegiatan yang dilaksanakan telah mendekati target indikator kinerja"),
    (51, 70.99, "Kurang Berhasil", "Kegiatan yang dilaksanakan tidak sesuai dengan target indikator"),
    (0, 50.99, "Tidak Berhasil", "Kegiatan yang dilaksanakan sangat tidak sesuai dengan indikator kinerja"),
)
"""Tabel 3.1: lower bound, upper bound (None: open), category, explanation."""


def leaves() -> Iterator[tuple[str, str, int, int]]:
    """Yield every budget line as whole path (`CQ.6709.QGE.001`), uraian, pagu, realisasi."""
    program = kegiatan = ""
    for kode, uraian, pagu, realisasi in ANGGARAN:
        if pagu is not None and realisasi is not None:
            yield f"{program}.{kegiatan}.{kode}", uraian, pagu, realisasi
        elif kode.startswith("076.01."):
            program = kode.removeprefix("076.01.")
        else:
            kegiatan = kode


def total(path: str) -> tuple[int, int]:
    """Add the lines under a path: pagu and realisasi; the empty path is the whole satker."""
    under = [leaf for leaf in leaves() if not path or f"{leaf[0]}.".startswith(f"{path}.")]
    return sum(leaf[2] for leaf in under), sum(leaf[3] for leaf in under)


def _demand(what: str, *, actual: object, printed: object) -> None:
    """Stop at the first figure that is not the one the report proves."""
    if actual != printed:
        message = f"{what}: {actual} here, {printed} in the report"
        raise ValueError(message)


def verify() -> None:
    """Hold the lines against every sub-total, total, remainder and percent that Tabel C.1 prints."""
    for path, printed in PRINTED_TOTALS.items():
        _demand(path or "total", actual=total(path), printed=printed)
    pagu, realisasi = total("")
    _demand("sisa", actual=pagu - realisasi, printed=PRINTED_SISA)
    for path, percent in PRINTED_SERAPAN.items():
        pagu, realisasi = total(path)
        exact = Decimal(100 * realisasi) / pagu
        rounded = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
        _demand(f"serapan {path}", actual=rounded, printed=Decimal(percent))


if __name__ == "__main__":
    verify()
