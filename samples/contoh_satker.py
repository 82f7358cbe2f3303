"""An invented satker, its budget in two revisions and its spending: what the samples of MonSAKTI are made of."""

from typing import Final, NamedTuple

SATKER: Final = "999001"
UNIT: Final = "999", "01"
TAHUN: Final = 2025


class Item(NamedTuple):
    """One item: where it stands, what it costs (volume x price), and how it was before the last revision."""

    kode: tuple[str, str, str, str, str, str, str]
    nama_subkomponen: str
    number: int
    uraian: str
    sumber_dana: str
    volume: int
    satuan: str
    harga: int
    volume_before: int
    blokir: int = 0
    judul: str = ""

    @property
    def total(self) -> int:
        """The ceiling of the item."""
        return self.volume * self.harga


def _kode(kegiatan: str, kro: str, ro: str, komponen: str, rest: str) -> tuple[str, str, str, str, str, str, str]:
    subkomponen, akun = rest.split(".")
    return "WA", kegiatan, kro, ro, komponen, subkomponen, akun


_GAJI: Final = "TANPA SUB KOMPONEN"
_KANTOR: Final = "Operasional dan Pemeliharaan Kantor"
_DATA: Final = 'Pengumpulan Data, tahap "lapangan"'
ITEMS: Final = (
    Item(_kode("4321", "EBA", "994", "001", "A.511111"), _GAJI, 1, "Gaji Pokok PNS", "A", 13, "BLN", 98_500_000, 13),
    Item(_kode("4321", "EBA", "994", "001", "A.511129"), _GAJI, 2, "Uang Makan PNS", "A", 12, "BLN", 9_240_000, 12),
    Item(
        _kode("4321", "EBA", "994", "002", "A.521111"), _KANTOR, 3, "Langganan Surat Kabar", "A", 12, "BLN", 350_000, 12
    ),
    Item(
        _kode("4321", "EBA", "994", "002", "A.521111"),
        _KANTOR,
        4,
        "Jasa Kebersihan, 2 orang x 12 bulan",
        "A",
        24,
        "OB",
        3_150_000,
        24,
        judul="Jasa Kantor",
    ),
    Item(
        _kode("4321", "EBA", "994", "002", "A.521111"),
        _KANTOR,
        5,
        "Jasa Pengamanan, 2 orang x 12 bulan",
        "A",
        24,
        "OB",
        3_400_000,
        24,
        judul="Jasa Kantor",
    ),
    Item(
        _kode("4321", "EBA", "994", "002", "A.522111"), _KANTOR, 6, "Langganan Listrik", "A", 12, "BLN", 6_750_000, 12
    ),
    Item(_kode("4321", "EBA", "Z08", "ZZ1", "AC.521211"), _DATA, 323, "Konsumsi Rapat", "A", 310, "OK", 52_000, 300),
    Item(_kode("4321", "EBA", "Z08", "ZZ1", "AC.521211"), _DATA, 324, "Bahan Cetakan", "A", 1, "PKT", 14_800_000, 1),
    Item(_kode("4321", "EBA", "Z08", "ZZ1", "AC.521211"), _DATA, 325, "Seminar Kit", "D", 80, "PKT", 150_000, 80),
    Item(
        _kode("4321", "EBA", "Z08", "ZZ1", "AC.524111"),
        _DATA,
        326,
        "Perjalanan Dinas Biasa",
        "A",
        42,
        "OP",
        4_150_000,
        40,
        blokir=24_900_000,
    ),
    Item(_kode("4325", "CAN", "001", "051", "A.532111"), _GAJI, 400, "Laptop", "A", 6, "UNIT", 17_250_000, 7),
)


class Posting(NamedTuple):
    """One row of a list of postings: an item's number, its SP2D, the day, what was paid."""

    number: int
    sp2d: str
    tanggal: str
    nilai: int
    uraian: str


POSTINGS: Final = (
    Posting(1, "250011301000101", "02-01-2025", 96_812_400, "Gaji induk Januari 2025"),
    Posting(1, "250011301000177", "03-02-2025", 97_046_900, "Gaji induk Februari 2025"),
    Posting(1, "250011301000298", "03-03-2025", 97_046_900, "Gaji induk Maret 2025"),
    Posting(2, "250011301000181", "05-02-2025", 8_906_000, "Uang makan Januari 2025"),
    Posting(2, "250011301000305", "05-03-2025", 8_513_500, "Uang makan Februari 2025"),
    Posting(3, "250011301000190", "12-02-2025", 350_000, "Penggantian uang persediaan GUP 1"),
    Posting(4, "250011301000190", "12-02-2025", 6_300_000, "Penggantian uang persediaan GUP 1"),
    Posting(5, "250011301000190", "12-02-2025", 6_800_000, "Penggantian uang persediaan GUP 1"),
    Posting(6, "250011301000112", "21-01-2025", 5_984_210, "Tagihan listrik Desember 2024"),
    Posting(6, "250011301000203", "20-02-2025", 6_127_745, "Tagihan listrik Januari 2025"),
    Posting(6, "250011301000333", "20-03-2025", 6_090_118, "Tagihan listrik Februari 2025"),
    Posting(323, "250011301000340", "24-03-2025", 2_080_000, "Penggantian uang persediaan GUP 2"),
    Posting(323, "250011301000340", "24-03-2025", 1_560_000, "Penggantian uang persediaan GUP 2"),
    Posting(324, "250011301000340", "24-03-2025", 14_750_000, "Penggantian uang persediaan GUP 2"),
    Posting(325, "250011301000341", "24-03-2025", 11_900_000, "Seminar kit dari PNBP"),
    Posting(326, "250011301000221", "26-02-2025", 24_600_000, "Perjalanan dinas Februari 2025"),
    Posting(326, "250011301000347", "27-03-2025", -1_230_000, "Pengembalian belanja perjalanan dinas"),
    Posting(326, "250011301000352", "27-03-2025", 4_100_000, "Perjalanan dinas Maret 2025"),
    Posting(326, "250011301000352", "27-03-2025", 4_100_000, "Perjalanan dinas Maret 2025"),
)
"""The last two are the same in everything: two people on one trip."""
