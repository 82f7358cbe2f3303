"""Write `contoh-monsakti.csv`: MonSAKTI's "Data Mentah Penganggaran" of an invented satker, two revisions of it.

Run as `python samples/make_monsakti.py [FILE]`. Names and order of the columns are those of the download; headings
(HEADER1 1) carry the total of the items below them, as the download's do. From documentation, no real file.
"""

import csv
import io
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

from contoh_satker import ITEMS, SATKER, Item

DEFAULT: Final = Path(__file__).with_name("contoh-monsakti.csv")
MONTHS: Final = 12
COLUMNS: Final = (
    *("KDSATKER", "KODE_PROGRAM", "KODE_KEGIATAN", "KODE_OUTPUT", "KDIB", "VOLUME_OUTPUT", "KODE_SUBOUTPUT"),
    *("VOLUME_SUBOUTPUT", "KODE_KOMPONEN", "KODE_SUBKOMPONEN", "URAIAN_SUBKOMPONEN", "KODE_AKUN", "KODE_JENIS_BEBAN"),
    *("KODE_CARA_TARIK", "KODE_JENIS_BANTUAN", "KODE_REGISTER", "HEADER1", "HEADER2", "KODE_ITEM", "NOMOR_ITEM"),
    *("CONS_ITEM", "URAIAN_ITEM", "SUMBER_DANA", "VOL_KEG_1", "SAT_KEG_1", "VOL_KEG_2", "SAT_KEG_2", "VOL_KEG_3"),
    *("SAT_KEG_3", "VOL_KEG_4", "SAT_KEG_4", "VOLKEG", "SATKEG", "HARGASAT", "TOTAL", "KODE_BLOKIR", "NILAI_BLOKIR"),
    "KODE_STS_HISTORY",
    *(f"POK_NILAI_{month}" for month in range(1, MONTHS + 1)),
)


def months(total: int) -> list[int]:
    """Share a total out over twelve months, the last takes what is left."""
    each = total // MONTHS // 1000 * 1000
    return [each] * (MONTHS - 1) + [total - each * (MONTHS - 1)]


def row(item: Item, revision: str, number: int) -> dict[str, object]:
    """Give one row: an item as it stood in a revision."""
    volume = item.volume_before if revision == "B01" else item.volume
    total = volume * item.harga
    names = ("PROGRAM", "KEGIATAN", "OUTPUT", "SUBOUTPUT", "KOMPONEN", "SUBKOMPONEN", "AKUN")
    return {
        "KDSATKER": SATKER,
        **{f"KODE_{name}": code for name, code in zip(names, item.kode, strict=True)},
        "KDIB": "00",
        "VOLUME_OUTPUT": 1,
        "VOLUME_SUBOUTPUT": 1,
        "URAIAN_SUBKOMPONEN": item.nama_subkomponen,
        "KODE_JENIS_BEBAN": item.sumber_dana,
        "KODE_CARA_TARIK": 0,
        "HEADER1": 0,
        "HEADER2": 0,
        "NOMOR_ITEM": number,
        "CONS_ITEM": item.number,
        "URAIAN_ITEM": item.uraian,
        "SUMBER_DANA": item.sumber_dana,
        "VOL_KEG_1": volume,
        "SAT_KEG_1": item.satuan,
        "VOLKEG": volume,
        "SATKEG": item.satuan,
        "HARGASAT": item.harga,
        "TOTAL": total,
        "KODE_BLOKIR": 1 if item.blokir else "",
        "NILAI_BLOKIR": item.blokir if revision == "B02" else 0,
        "KODE_STS_HISTORY": revision,
        **{f"POK_NILAI_{month}": nilai for month, nilai in enumerate(months(total), start=1)},
    }


def heading(name: str, below: list[dict[str, object]]) -> dict[str, object]:
    """Give the row that heads others and repeats their total."""
    first = dict(below[0])
    first |= {"HEADER1": 1, "URAIAN_ITEM": name, "TOTAL": sum(int(str(one["TOTAL"])) for one in below)}
    own = ("CONS_ITEM", "VOLKEG", "SATKEG", "HARGASAT", "VOL_KEG_1", "SAT_KEG_1")
    return first | dict.fromkeys(own, "") | {f"POK_NILAI_{month}": 0 for month in range(1, MONTHS + 1)}


def rows() -> Iterator[dict[str, object]]:
    """Give every row, revision after revision."""
    for revision in ("B01", "B02"):
        numbered = enumerate(ITEMS, start=1)
        for (_, name), own in groupby(numbered, key=lambda pair: (pair[1].kode, pair[1].judul)):
            below = [row(item, revision, number) for number, item in own]
            if name:
                yield heading(name, below)
            yield from below


def main(path: Path) -> None:
    """Write the sample to `path`."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows())
    path.write_bytes(text.getvalue().encode())
    print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
