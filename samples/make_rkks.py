"""Write `contoh-rkks.xlsx`: the POK of an invented satker as Satu DJA gives it (RKKS), saved as .xlsx.

Run as `python samples/make_rkks.py [FILE]`. Headings and codes are those that code which reads such files expects
(FORMATS.md section 11): `full||short`, two parts of a location after the KRO, five digits an item. From documentation,
no real file.
"""

import sys
from collections.abc import Iterator
from datetime import datetime
from itertools import count, groupby
from pathlib import Path
from typing import Final

import xlsxwriter
from contoh_satker import ITEMS, SATKER, UNIT, Item
from glp039_contoh import LEVELS, Row, rows

DEFAULT: Final = Path(__file__).with_name("contoh-rkks.xlsx")
CREATED: Final = datetime(2025, 4, 2)  # noqa: DTZ001 - a workbook knows no time zone
HEADINGS: Final = ("Kode", "Program/ Kegiatan/ KRO/ RO/ Komponen", "Volume", "Harga Satuan", "Jumlah")
LOCATION: Final = ("02", "00")
BELOW_LOCATION: Final = LEVELS.index("kro")
SHORT: Final = {"program": 3, "kegiatan": 1, "kro": 2, "ro": 3}
"""How many parts the short code of a level has; of the others, one."""

Cells = tuple[str | int, ...]


def full(row: Row) -> str:
    """Spell the whole code of a row, from the satker down."""
    kode = row.items[0].kode[: LEVELS.index(row.level) + 1]
    above, below = kode[: BELOW_LOCATION + 1], kode[BELOW_LOCATION + 1 :]
    location = LOCATION if len(kode) > BELOW_LOCATION else ()
    return ".".join((SATKER, *UNIT, *above, *location, *below))


def short(row: Row) -> str:
    """Spell the code that the application shows."""
    depth = LEVELS.index(row.level)
    return ".".join((*UNIT, *row.items[0].kode[: depth + 1])[-SHORT.get(row.level, 1) :])


def table() -> Iterator[Cells]:
    """Give every row: an akun once for each sumber dana, below it its items."""
    numbers = count(1)
    for row in rows():
        if row.level == "item":
            continue
        name = row.uraian.replace("|", "")
        if row.level != "akun":
            yield f"{full(row)}|| {short(row)}", name, "", "", sum(item.total for item in row.items)
            continue
        for source, grouped in groupby(row.items, key=lambda item: item.sumber_dana):
            own = tuple(grouped)
            yield f"{full(row)}.{source}|| {short(row)}", name, "", "", sum(item.total for item in own)
            yield from (item_row(item, f"{full(row)}.{source}.{next(numbers):05d}||") for item in own)
    yield "Jumlah", "", "", "", sum(item.total for item in ITEMS)


def item_row(item: Item, kode: str) -> Cells:
    """Give the row of an item."""
    return kode, f"- {item.uraian}", f"{item.volume} {item.satuan}", item.harga, item.total


def main(path: Path) -> None:
    """Write the sample to `path`."""
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties({"title": "Contoh, bukan data sebenarnya", "created": CREATED})
        sheet = book.add_worksheet("POK")
        for at, cells in enumerate((HEADINGS, *table())):
            for column, cell in enumerate(cells):
                if cell != "":
                    write = sheet.write_string if isinstance(cell, str) else sheet.write_number
                    write(at, column, cell)
    print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
