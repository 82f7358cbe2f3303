"""The invented satker of `contoh_satker.py` as the rows of a SAKTI export GLP039, March 2025, down to its postings.

Spending before March is "Periode Lalu", spending in March "Periode Ini". Names of levels are invented, those of akun
are the national ones.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from contoh_satker import ITEMS, POSTINGS, Item, Posting

BULAN: Final = 3
LEVELS: Final = ("program", "kegiatan", "kro", "ro", "komponen", "subkomponen", "akun", "item")

NAMES: Final = {
    "WA": "Program Dukungan Manajemen",
    "4321": "Pengelolaan Balai Contoh",
    "4325": "Pengadaan Sarana Balai Contoh",
    "EBA": "Layanan Dukungan Manajemen Internal",
    "CAN": "Sarana Bidang Teknologi Informasi dan Komunikasi",
    "EBA.994": "Layanan Perkantoran",
    "EBA.Z08": "Layanan Data dan Informasi yang Dikumpulkan |Bersama Masyarakat",
    "CAN.001": "Perangkat Pengolah Data dan Komunikasi",
    "001": "Gaji dan Tunjangan",
    "002": "Operasional dan Pemeliharaan Kantor",
    "ZZ1": "Pengumpulan dan Pengolahan Data",
    "051": "Pengadaan Perangkat",
    "511111": "Belanja Gaji Pokok PNS",
    "511129": "Belanja Uang Makan PNS",
    "521111": "Belanja Keperluan Perkantoran",
    "521211": "Belanja Bahan",
    "522111": "Belanja Langganan Listrik",
    "524111": "Belanja Perjalanan Dinas Biasa",
    "532111": "Belanja Modal Peralatan dan Mesin",
    "Jasa Pengamanan, 2 orang x 12 bulan": "Jasa Pengamanan, |2 orang x 12 bulan",
}
"""The name of each code; `|` is where a page break cuts it in two."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the export: its level, code and name (`|` where a page cuts it), the items below, its transactions."""

    level: str
    kode: str
    uraian: str
    items: tuple[Item, ...]
    postings: tuple[Posting, ...] = ()

    @property
    def figures(self) -> tuple[int, int, int]:
        """Pagu, realisasi of the months before, realisasi of this month."""
        numbers = {item.number for item in self.items}
        own = [posting for posting in POSTINGS if posting.number in numbers]
        ini = sum(posting.nilai for posting in own if month(posting) == BULAN)
        return sum(item.total for item in self.items), sum(posting.nilai for posting in own) - ini, ini


def month(posting: Posting) -> int:
    """Give the month in which a posting was paid."""
    return int(posting.tanggal.split("-")[1])


def total() -> Row:
    """Give JUMLAH SELURUHNYA."""
    return Row("", "", "JUMLAH SELURUHNYA", ITEMS)


def rows(items: tuple[Item, ...] = ITEMS, depth: int = 0) -> Iterator[Row]:
    """Give the rows in tree order, from program down to item."""
    if depth == len(LEVELS) - 1:
        for item in items:
            own = tuple(posting for posting in POSTINGS if posting.number == item.number and month(posting) == BULAN)
            name = NAMES.get(item.uraian, item.uraian)
            yield Row("item", "", f"{item.number:06d}. {name}", (item,), own)
        return
    for _, group in groupby(items, key=lambda item: item.kode[: depth + 1]):
        below = tuple(group)
        kode, name = _named(below[0], LEVELS[depth])
        yield Row(LEVELS[depth], kode, name, below)
        yield from rows(below, depth + 1)


def _named(item: Item, level: str) -> tuple[str, str]:
    """Spell the code of an item at a level as SAKTI does, and name it."""
    program, kegiatan, kro, ro, komponen, subkomponen, akun = item.kode
    match level:
        case "kegiatan":
            return f"{program}.{kegiatan}", NAMES[kegiatan]
        case "ro":
            return f"{kro}.{ro}", NAMES[f"{kro}.{ro}"]
        case "subkomponen":
            return f"{komponen}.{subkomponen.zfill(2)}", item.nama_subkomponen
    kode = {"program": program, "kro": kro, "komponen": komponen, "akun": akun}[level]
    return kode, NAMES[kode]
