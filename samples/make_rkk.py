"""Write `contoh-rkk.xlsx`: SAKTI's "Rincian Kertas Kerja Satker" (RKK) of an invented satker.

Run as `python samples/make_rkk.py [FILE]`. The layout is that of the one real file measured (FORMATS.md section 9): no
title and no headings, the letters of the figures another on the last page, one akun twice, groups that repeat what
their items say. Every name, number and official is invented.
"""

import sys
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Final

import xlsxwriter
from contoh_satker import UNIT, Item
from glp039_contoh import Row, rows

DEFAULT: Final = Path(__file__).with_name("contoh-rkk.xlsx")
SHEET: Final = "RKK_MULTIYEAR_SATKER"
CREATED: Final = datetime(2025, 4, 2)  # noqa: DTZ001 - a workbook knows no time zone
SOURCES: Final = {"A": "RM", "D": "PNP"}
LAST_PAGE: Final = "4325"
"""The kegiatan from which on the figures stand in other letters."""
VOLUMES: Final = {"kro": "1.0 Layanan, ", "ro": "1.0 Layanan"}
KPPN: Final = "(KPPN.010-Contoh )"
FOOTER: Final[tuple[dict[str, str], ...]] = (
    {"B": "Catatan :", "I": "KOTA CONTOH, 2 April 2025"},
    {"C": "1. U = Komponen Utama", "I": "Kuasa Pengguna Anggaran"},
    {"C": "2. P = Komponen Penunjang"},
    {"C": "3. * = Blokir", "I": "NAMA PEJABAT CONTOH"},
    {"I": "NIP. 190001011900011001"},
)

Cells = dict[str, str | int]


def code(row: Row) -> str:
    """Spell the code of a row as an RKK does."""
    program, kegiatan, kro, ro, komponen, subkomponen, akun = row.items[0].kode
    return {
        "program": f"{'.'.join(UNIT)}.{program}",
        "kegiatan": kegiatan,
        "kro": f"{kegiatan}.{kro}",
        "ro": f"{kegiatan}.{kro}.{ro}",
        "komponen": komponen,
        "subkomponen": subkomponen,
        "akun": akun,
    }[row.level]


def parts(item: Item) -> Iterator[tuple[int, str]]:
    """Give the volumes of an item with their mark: of what is blocked an item of its own is made."""
    blocked = item.blokir // item.harga
    if item.volume > blocked:
        yield item.volume - blocked, ""
    if blocked:
        yield blocked, "*"


def item_rows(items: tuple[Item, ...]) -> Iterator[Cells]:
    """Give the items of an akun under the groups they stand in."""
    for group, grouped in groupby(items, key=lambda item: item.judul):
        own = tuple(grouped)
        if group:
            total = sum(item.total for item in own)
            yield {"D": "> ", "E": group, "J": total}
            yield {"D": ">> ", "E": f"{group} Tetap", "J": total}
        for item in own:
            for volume, mark in parts(item):
                uraian = f"{item.uraian} [{volume} {item.satuan.lower()}]"
                cells: Cells = {"D": "  - ", "E": uraian, "G": f"{volume}.0 {item.satuan.lower()}"}
                yield {**cells, "H": item.harga, "J": volume * item.harga, **({"K": mark} if mark else {})}


def table() -> Iterator[Cells]:
    """Give every row of the table, letter by letter as on all pages but the last."""
    for row in rows():
        name = row.uraian.replace("|", "")
        total = sum(item.total for item in row.items)
        match row.level:
            case "item":
                continue
            case "akun":
                for source, grouped in groupby(row.items, key=lambda item: SOURCES[item.sumber_dana]):
                    own = tuple(grouped)
                    yield {"A": code(row), "D": name, "J": sum(item.total for item in own), "L": source}
                    yield {"D": KPPN}
                    yield from item_rows(own)
            case "kro" | "ro":
                yield {"A": code(row), "D": f"{name}[Base Line]", "G": VOLUMES[row.level], "J": total}
                if row.level == "kro":
                    yield {"D": "Lokasi : KOTA CONTOH"}
            case "komponen":
                yield {"A": code(row), "D": name, "J": total, "K": "P" if code(row) == "002" else "U"}
            case _:
                yield {"A": code(row), "D": name, "J": total}


def printed() -> Iterator[Cells]:
    """Give every row at its letters: on the last page J is K, L is N, and what stood in K is in L."""
    is_last = False
    for cells in table():
        is_last = is_last or cells.get("A") == LAST_PAGE
        moved = {"J": "K", "K": "L", "L": "N"} if is_last else {}
        yield {moved.get(letter, letter): value for letter, value in cells.items()}
    yield from FOOTER


def main(path: Path) -> None:
    """Write the sample to `path`."""
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties({"title": "Contoh, bukan data sebenarnya", "created": CREATED})
        sheet = book.add_worksheet(SHEET)
        for at, cells in enumerate(printed()):
            for letter, value in cells.items():
                write = sheet.write_string if isinstance(value, str) else sheet.write_number
                write(at, ord(letter) - ord("A"), value)
    print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
