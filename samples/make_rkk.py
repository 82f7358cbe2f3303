"""Write `contoh-rkk.xlsx`, `contoh-rkks.xlsx` and `contoh-pok.xlsx`: the ceilings of the invented satker in three forms.

Run as `python samples/make_rkk.py [FOLDER]`. The RKK has the shape of the real one (FORMATS.md section 9): no headings,
groups among the items, one akun twice, once per sumber dana, the letters of its last rows moved. The other two are from
documentation (sections 10 and 11), no real file.
"""

import sys
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Final

import xlsxwriter
from contoh_satker import ITEMS, SATKER, UNIT, Item

FOLDER: Final = Path(__file__).parent
CREATED: Final = datetime(2025, 4, 2)  # noqa: DTZ001 - a workbook knows no time zone
SOURCES: Final = {"A": "RM", "D": "PNP"}
NAMES: Final = {
    "WA": "Program Dukungan Manajemen",
    "4321": "Pengelolaan Contoh[Base Line]",
    "4325": "Sarana Contoh",
    "EBA": "Layanan Dukungan Manajemen Internal[Base Line]",
    "CAN": "Sarana Bidang Teknologi Informasi",
}
MONTHS: Final = ("R", "S", "T", "U", "V", "W", "Y", "AA", "AB", "AC", "AD", "AF")
FIRST_SHIFTED: Final = "4325"
"""From this kegiatan on, J is K and L is N: the last page of the RKK."""
LEVELS: Final = ("program", "kegiatan", "kro", "ro", "komponen", "subkomponen", "akun")

Row = dict[str, str | float]


def nodes() -> Iterator[tuple[int, tuple[str, ...], list[Item]]]:
    """Give the tree row by row: depth, path, and the items below; an akun once per sumber dana."""

    def below(
        items: list[Item], depth: int, path: tuple[str, ...]
    ) -> Iterator[tuple[int, tuple[str, ...], list[Item]]]:
        if depth == len(LEVELS):
            return

        def key(item: Item) -> tuple[str, ...]:
            return (item.kode[depth], item.sumber_dana if depth == len(LEVELS) - 1 else "")

        for (code, _), own in groupby(sorted(items, key=key), key):
            group = list(own)
            yield depth, (*path, code), group
            yield from below(group, depth + 1, (*path, code))

    yield from below(list(ITEMS), 0, ())


def name_of(path: tuple[str, ...], items: list[Item]) -> str:
    """Give the name beside a code."""
    return items[0].nama_subkomponen if len(path) == 6 else NAMES.get(path[-1], f"Uraian {path[-1]}")  # noqa: PLR2004


def rkk() -> Iterator[Row]:
    """Give the rows of the RKK, by column letter."""
    unit = ".".join(UNIT)
    for _, path, items in nodes():
        shift = len(path) > 1 and path[1] == FIRST_SHIFTED
        amount, source = ("K", "N") if shift else ("J", "L")
        codes = (f"{unit}.{path[0]}", *path[1:2], ".".join(path[1:3]), ".".join(path[1:4]), *path[4:])
        row: Row = {"A": codes[len(path) - 1], "D": name_of(path, items), amount: sum(item.total for item in items)}
        if len(path) == 5:  # noqa: PLR2004 - a komponen
            row["M" if shift else "K"] = "U"
        if len(path) < len(LEVELS):
            yield row
            if len(path) == 3:  # noqa: PLR2004 - a KRO
                yield {"D": "Lokasi : KOTA CONTOH"}
            continue
        row[source] = SOURCES[items[0].sumber_dana]
        yield row
        yield {"D": "(KPPN.999-Contoh )"}
        for judul, group in groupby(items, lambda item: item.judul):
            own = list(group)
            if judul:
                yield {"D": "> ", "E": judul, amount: sum(item.total for item in own)}
            for item in own:
                volume = f"{float(item.volume)} {item.satuan.lower()}"
                cells: Row = {"D": "  - ", "E": item.uraian, "G": volume, "H": item.harga, amount: item.total}
                yield {**cells, **({"M" if shift else "K": "*"} if item.blokir == item.total else {})}
    yield {"I": "KOTA CONTOH, 2 April 2025"}
    yield {"B": "Catatan :", "C": "1. U = Komponen Utama 2. P = Komponen Penunjang 3. * = Blokir"}
    yield {"I": "NAMA PEJABAT"}
    yield {"I": "NIP 000000000000000000"}


def rkks() -> Iterator[Row]:
    """Give the rows of the RKKS: whole codes with the location after the KRO."""
    yield dict(
        zip("ABCDE", ("Kode", "Program/ Kegiatan/ KRO/ RO/ Komponen", "Volume", "Harga Satuan", "Jumlah"), strict=True)
    )
    number = 0
    done: set[tuple[str, ...]] = set()
    for _, path, items in nodes():
        full = ".".join((SATKER, *UNIT, *path[:3], *(("02", "00") if len(path) > 2 else ()), *path[3:]))  # noqa: PLR2004
        if path not in done:
            done.add(path)
            whole = [item for item in ITEMS if item.kode[: len(path)] == path]
            yield {"A": f"{full}|| {'.'.join(path[1:4])}", "B": name_of(path, items), "E": sum(i.total for i in whole)}
        for item in items if len(path) == len(LEVELS) else ():
            number += 1
            code = f"{full}.{item.sumber_dana}.{number:05}||"
            yield {"A": code, "B": item.uraian, "C": item.volume, "D": item.harga, "E": item.total}
    yield {"A": "Jumlah", "E": sum(item.total for item in ITEMS)}


def pok() -> Iterator[Row]:
    """Give the rows of the POK from the first, in thousands, a twelfth in each month and the rest in December."""
    yield {"B": "RENCANA PENARIKAN DANA"}
    yield {"B": "SATUAN KERJA", "F": f"CONTOH SATKER {SATKER}"}
    for _ in range(4):
        yield {}
    yield {"B": "KODE", "C": "URAIAN", "AL": "JUMLAH", "AM": "BLOKIR"}
    unit = ".".join(UNIT)
    done: set[tuple[str, ...]] = set()
    for _, path, _items in nodes():
        if path in done:
            continue
        done.add(path)
        whole = [item for item in ITEMS if item.kode[: len(path)] == path]
        codes = (f"{unit}.{path[0]}", *path[1:2], ".".join(path[1:3]), ".".join(path[2:4]), *path[4:])
        months = [sum(item.total // 1_000 // 12 for item in whole)] * 11
        total = sum(item.total for item in whole) / 1_000
        months.append(total - sum(months))
        blokir = sum(item.blokir for item in whole) / 1_000
        yield {
            **{"B": codes[len(path) - 1], "C": name_of(path, whole), "AL": total, "AM": blokir},
            **dict(zip(MONTHS, months, strict=True)),
        }
    for text in ("Keterangan", "Mengetahui", "", "", "KUASA PENGGUNA ANGGARAN"):
        yield {"C": text} if text else {}


def write(path: Path, name: str, rows: Iterator[Row]) -> None:
    """Write rows given by column letter."""
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties({"title": "Contoh, bukan data sebenarnya", "created": CREATED})
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows, start=1):
            for letters, cell in row.items():
                (sheet.write_string if isinstance(cell, str) else sheet.write_number)(f"{letters}{at}", cell)
    print(path)


def main(folder: Path) -> None:
    """Write the three samples into `folder`."""
    write(folder / "contoh-rkk.xlsx", "RKK_MULTIYEAR_SATKER", rkk())
    write(folder / "contoh-rkks.xlsx", "Sheet1", rkks())
    write(folder / "contoh-pok.xlsx", "UC_ANG_6.4", pok())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
