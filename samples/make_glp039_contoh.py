"""Write the samples `contoh-glp039-*`: one invented SAKTI export GLP039 in every shape it comes in.

Run as `python samples/make_glp039_contoh.py [FILE]`: all of them beside this file, or the one of that name. From
documentation, no real file (FORMATS.md 1.5, 2, 3): the letters below the akun and above it, the CSV, the web page.
"""

import csv
import io
import sys
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from pathlib import Path
from typing import Final, NamedTuple

import glp039_xml as xml
from contoh_satker import SATKER, TAHUN, UNIT
from glp039_contoh import LEVELS, Row, rows, total

FOLDER: Final = Path(__file__).parent
RECORDS_PER_PAGE: Final = 14
LOCK_NOTE: Final = (
    "*Lock Pagu adalah jumlah pagu yang sedang dalam proses usulan revisi DIPA atau POK. "
    "Lock pagu akan hilang setelah usulan revisi DIPA/POK selesai menjadi DIPA."
)
SPM_NOTE: Final = "*SPM yang belum terbit SP2D tidak termasuk."
WORDS: Final = ("Program", "Kegiatan", "Output", "SubOutput", "Komponen", "SubKomponen", "Akun", "Item")
CODES: Final = dict(zip(LEVELS, (1, 1, 2, 2, 4, 5, 7, None), strict=True))

Cell = str | int | float | None
Grid = list[list[Cell]]


class Shape(NamedTuple):
    """Where an export puts things, 0-based: item name; pagu, lock, lalu, ini, s.d., %, sisa; those of the total."""

    deepest: str
    name_of_item: int
    figures: tuple[int, int, int, int, int, int, int]
    of_total: tuple[int, int, int, int, int, int, int]
    has_transactions: bool = False


ITEM: Final = Shape("item", 13, (16, 18, 22, 23, 25, 28, 30), (16, 18, 22, 23, 24, 28, 29))
AKUN: Final = Shape("akun", 0, (15, 17, 21, 22, 24, 27, 29), (15, 17, 21, 22, 23, 27, 28))
RO: Final = Shape("ro", 0, (12, 14, 18, 19, 21, 24, 26), (12, 14, 18, 19, 20, 24, 25))
TRANSACTIONS: Final = Shape(
    "item", 14, (18, 20, 24, 25, 28, 31, 34), (18, 20, 24, 25, 27, 31, 33), has_transactions=True
)
NAME_COLUMNS: Final = dict(zip(LEVELS[:-1], (3, 8, 6, 10, 9, 11, 12), strict=True))
SP2D_COLUMN, URAIAN_COLUMN, PAID_COLUMN = 11, 17, 26


def line(cells: dict[int, Cell]) -> list[Cell]:
    """Lay cells out by column, up to the last."""
    return [cells.get(column) for column in range(max(cells) + 1)]


def head(shape: Shape) -> Grid:
    """Give the rows above the total."""
    who, pagu = shape.figures[0] - 2, shape.figures[0]
    chosen = "".join(f"{word}; " for word in WORDS[: LEVELS.index(shape.deepest) + 1]).rstrip()
    return [
        [f"LAPORAN KETERSEDIAAN DANA DETAIL TA {TAHUN}"],
        [f"Per {chosen}"],
        [f"Periode Maret {TAHUN}"],
        line({0: "Kementerian\t:", who: UNIT[0], who + 1: "KEMENTERIAN CONTOH"}),
        line({0: "Unit Organisasi\t", who: UNIT[1], who + 1: "SEKRETARIAT JENDERAL"}),
        line({0: "Satuan Kerja   \t:", who: SATKER, who + 1: "BALAI CONTOH", pagu + 12: "Hal 1 dari", pagu + 15: " 3"}),
        line({0: "Uraian", pagu + 1: "Pagu Revisi", pagu + 3: "Lock Pagu", pagu + 5: f"Realisasi TA {TAHUN}"})
        + [None] * 8
        + ["SISA ANGGARAN"],
        line({pagu + 5: "Periode Lalu", pagu + 7: "Periode Ini", pagu + 8: "s.d. Periode ", pagu + 11: "%"}),
    ]


def figures(row: Row, columns: tuple[int, ...], lost: tuple[int, ...] = ()) -> dict[int, Cell]:
    """Give the seven figures of a row, without those at the places `lost`."""
    pagu, lalu, ini = row.figures
    spent = lalu + ini
    seven = (pagu, 0, lalu, ini, spent, spent / pagu, pagu - spent)
    return {column: None if place in lost else seven[place] for place, column in enumerate(columns)}


def body(shape: Shape) -> Iterator[list[Cell]]:
    """Give the rows below the headings: a note after each page, a cut row before and after it."""
    yield line({0: total().uraian, **figures(total(), shape.of_total)})
    depth, on_page = LEVELS.index(shape.deepest), 0
    for row in (row for row in rows() if LEVELS.index(row.level) <= depth):
        code = CODES[row.level]
        name = shape.name_of_item if code is None else NAME_COLUMNS[row.level]
        first, _, second = row.uraian.partition("|")
        own: dict[int, Cell] = {} if code is None else {code: row.kode}
        yield line({**own, name: first, **figures(row, shape.figures)})
        on_page += 1
        if second or on_page == RECORDS_PER_PAGE:
            yield line({1: LOCK_NOTE})
            on_page = 0
        if second:
            lost = (4, 5) if code is None else (2, 3)
            yield line({**own, name: second, **figures(row, shape.figures, lost)})
        for posting in row.postings if shape.has_transactions else ():
            paid: dict[int, Cell] = {1: posting.tanggal, SP2D_COLUMN: posting.sp2d}
            yield line(paid | {URAIAN_COLUMN: posting.uraian, PAID_COLUMN: posting.nilai})
    yield line({1: LOCK_NOTE})
    yield line({1: SPM_NOTE})


def grid(shape: Shape) -> Grid:
    """Give the whole export."""
    return [*head(shape), *body(shape)]


def spelled(cell: Cell, marks: str) -> str:
    """Spell a cell as shown: thousands and decimals by `marks`, a fraction as percent."""
    if isinstance(cell, float):
        percent = (Decimal(cell) * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return f"{percent} %".replace(".", marks[1])
    return f"{cell:,}".replace(",", marks[0]) if isinstance(cell, int) else cell or ""


def write_xlsx(shape: Shape, path: Path) -> None:
    """Write as the report library behind SAKTI does."""
    written = []
    for number, cells in enumerate(grid(shape), start=1):
        looks = {str: xml.TEXT, int: xml.MONEY, float: xml.PERCENT}
        named: dict[str, tuple[str | float, int]] = {
            xml.COLUMNS[column]: (cell if isinstance(cell, str) else float(cell), looks[type(cell)])
            for column, cell in enumerate(cells)
            if cell is not None
        }
        written.append(xml.row_xml(number, 15, named))
    xml.write(path, written, ["A1:AH1"])


def write_csv(shape: Shape, path: Path) -> None:
    """Write as Excel saves a CSV where Indonesian is set: `;` between fields, everything as shown."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows([spelled(cell, ".,") for cell in cells] for cells in grid(shape))
    path.write_bytes(text.getvalue().encode("utf-8-sig"))


def write_html(shape: Shape, path: Path) -> None:
    """Write as web applications make an .xls: one table of a page, a run of blanks as one cell that spans them."""
    lines = ['<html><head><meta charset="utf-8"></head><body><table border="1">']
    for cells in grid(shape):
        written, blanks = [], 0
        for cell in cells:
            if cell is None:
                blanks += 1
                continue
            span = f'<td colspan="{blanks}"></td>' if blanks else ""
            written.append(f"{span}<td>{escape(spelled(cell, ',.'))}</td>")
            blanks = 0
        lines.append(f"<tr>{''.join(written)}</tr>")
    lines += ["</table></body></html>", ""]
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")


MADE: Final[dict[str, tuple[Shape, Callable[[Shape, Path], None]]]] = {
    "contoh-glp039-item.csv": (ITEM, write_csv),
    "contoh-glp039-item.xls": (ITEM, write_html),
    "contoh-glp039-akun.xlsx": (AKUN, write_xlsx),
    "contoh-glp039-ro.xlsx": (RO, write_xlsx),
    "contoh-glp039-transaksi.xlsx": (TRANSACTIONS, write_xlsx),
}


def main() -> None:
    """Write all samples beside this file, or the one that is named at the path given."""
    for path in [Path(name) for name in sys.argv[1:]] or [FOLDER / name for name in MADE]:
        shape, write = MADE[path.name]
        write(shape, path)
        print(path)


if __name__ == "__main__":
    main()
