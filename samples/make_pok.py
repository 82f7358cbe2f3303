"""Write `contoh-pok.xlsx`: SAKTI's "Form Cetak POK" of an invented satker, in thousands of rupiah.

Run as `python samples/make_pok.py [FILE]`. Sheet, columns and first row are those that two programs which read such
files agree on, and so are the row that numbers the columns and items without a code (FORMATS.md section 10). From
documentation, no real file.
"""

import sys
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Final

import xlsxwriter
from contoh_satker import ITEMS, SATKER, UNIT, Item
from glp039_contoh import Row, rows

DEFAULT: Final = Path(__file__).with_name("contoh-pok.xlsx")
SHEET: Final = "UC_ANG_6.4"
CREATED: Final = datetime(2025, 4, 2)  # noqa: DTZ001 - a workbook knows no time zone
B, C, E, G, AL, AM = 1, 2, 4, 6, 37, 38
MONTHS: Final = (17, 18, 19, 20, 21, 22, 24, 26, 27, 28, 29, 31)
"""R, S, T, U, V, W, Y, AA, AB, AC, AD, AF."""
NAMES: Final = ("JAN", "FEB", "MAR", "APR", "MEI", "JUN", "JUL", "AGS", "SEP", "OKT", "NOV", "DES")
RIBU: Final = 1000
ROWS_PER_PAGE: Final = 22
HEADINGS: Final[dict[int, str | int]] = {
    B: "KODE",
    C: "URAIAN",
    **dict(zip(MONTHS, NAMES, strict=True)),
    AL: "JUMLAH",
    AM: "BLOKIR",
}
FOOTER: Final[tuple[dict[int, str | int], ...]] = (
    {C: "KOTA CONTOH, 2 April 2025"},
    {C: "KUASA PENGGUNA ANGGARAN"},
    {},
    {C: "NAMA PEJABAT CONTOH"},
    {C: "NIP. 190001011900011001"},
)

Cells = dict[int, str | int | float]


def months(item: Item) -> list[int]:
    """Share the ceiling of an item out over the year: wages evenly, anything else from March on, odd sums last."""
    first = 0 if item.kode[-1].startswith("51") else 2
    each = item.total // (len(MONTHS) - first) // 500 * 500
    plan = [0] * first + [each] * (len(MONTHS) - first - 1)
    return [*plan, item.total - sum(plan)]


def code(row: Row) -> str:
    """Spell the code of a row: its length tells its level."""
    program, kegiatan, kro, ro, komponen, subkomponen, akun = row.items[0].kode
    return {
        "program": f"{'.'.join(UNIT)}.{program}",
        "kegiatan": kegiatan,
        "kro": f"{kegiatan}.{kro}",
        "ro": f"{kro}.{ro}",
        "komponen": komponen,
        "subkomponen": subkomponen,
        "akun": akun,
        "item": "",
    }[row.level]


def figures(items: tuple[Item, ...]) -> Cells:
    """Give months, total and blokir of some items, in thousands."""
    plan = [sum(month) for month in zip(*map(months, items), strict=True)]
    total, blocked = (sum(getattr(item, name) for item in items) for name in ("total", "blokir"))
    amounts = dict(zip((*MONTHS, AL, AM), (*plan, total, blocked), strict=True))
    return {column: float(Decimal(amount) / RIBU) for column, amount in amounts.items()}


def table() -> Iterator[Cells]:
    """Give every row; an item has no code."""
    for row in rows():
        name = row.items[0].uraian if row.level == "item" else row.uraian.replace("|", "")
        yield {**({B: code(row)} if code(row) else {}), C: name, **figures(row.items)}
    yield {B: "JUMLAH", **figures(ITEMS)}


def printed() -> Iterator[Cells]:
    """Give the sheet from its first row, the headings again on every page."""
    yield {B: "PETUNJUK OPERASIONAL KEGIATAN (dalam ribuan rupiah)"}
    yield {B: "SATUAN KERJA", E: f"{'.'.join(UNIT)}.{SATKER}", G: "BALAI CONTOH"}
    yield from ({} for _ in range(4))
    body = table()
    while page := tuple(islice(body, ROWS_PER_PAGE)):
        yield dict(HEADINGS)
        yield {column: str(number) for number, column in enumerate(HEADINGS, start=1)}
        yield from page
    yield from map(dict, FOOTER)


def main(path: Path) -> None:
    """Write the sample to `path`."""
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties({"title": "Contoh, bukan data sebenarnya", "created": CREATED})
        sheet = book.add_worksheet(SHEET)
        for at, cells in enumerate(printed()):
            for column, value in cells.items():
                write = sheet.write_string if isinstance(value, str) else sheet.write_number
                write(at, column, value)
    print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
