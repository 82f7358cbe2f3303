"""Write `contoh-transaksi-sp2d.xlsx`: MonSAKTI's "Monitoring Detail Transaksi FA 16 Segmen Versi SP2D", invented.

Run as `python samples/make_transaksi.py [FILE]`. Row 1 title, row 2 names, numbers of documents with a quote before
them, as the download has them. From documentation, no real file.
"""

import sys
from datetime import datetime
from pathlib import Path
from typing import Final

import xlsxwriter
from contoh_satker import ITEMS, POSTINGS, SATKER, UNIT, Item, Posting

DEFAULT: Final = Path(__file__).with_name("contoh-transaksi-sp2d.xlsx")
CREATED: Final = datetime(2025, 4, 2)  # noqa: DTZ001 - a workbook knows no time zone
COLUMNS: Final = ("NO", "KODE COA", "NO SPP", "TANGGAL SPP", "NO SP2D", "TANGGAL SP2D", "URAIAN", "NILAI RUPIAH")


def coa(item: Item) -> str:
    """Spell the sixteen segments of an item."""
    program, kegiatan, kro, ro, komponen, subkomponen, akun = item.kode
    kewenangan = "00000.2.0800.2.000000.000000"
    return ".".join(
        (
            *(SATKER, "010", akun, f"{''.join(UNIT)}{program}", f"{kegiatan}{kro}", f"{item.sumber_dana}000000001"),
            *(kewenangan, ro, komponen, subkomponen.zfill(2), f"{item.number:06d}"),
        )
    )


def cells(number: int, posting: Posting, item: Item) -> tuple[str | int, ...]:
    """Give the cells of one row."""
    spp = f"'{int(posting.sp2d[-4:]):05d}T"
    return (
        *(number, coa(item), spp, posting.tanggal, f"'{posting.sp2d}", posting.tanggal),
        *(posting.uraian, posting.nilai),
    )


def main(path: Path) -> None:
    """Write the sample to `path`."""
    items = {item.number: item for item in ITEMS}
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties({"title": "Contoh, bukan data sebenarnya", "created": CREATED})
        sheet = book.add_worksheet("Sheet1")
        sheet.write_string(0, 0, "Monitoring Detail Transaksi FA 16 Segmen Versi SP2D")
        sheet.write_row(1, 0, COLUMNS)
        for row, posting in enumerate(POSTINGS, start=2):
            for column, cell in enumerate(cells(row - 1, posting, items[posting.number])):
                write = sheet.write_number if isinstance(cell, int) else sheet.write_string
                write(row, column, cell)
    print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
