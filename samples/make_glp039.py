"""Write the sample `kpu-binjai-2024-12-glp039.xlsx`: a SAKTI "FA Detail" export (GLP039) at item depth.

Run as `python samples/make_glp039.py [FILE]`. The shape is that of the real export: header letters that are not the
data letters, a footnote in the program column after each page, and rows that a page break cuts in two.
"""

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal, NamedTuple

import binjai
import glp039_xml as xml
from glp039_budget import Node, build

DEFAULT: Final = Path(__file__).with_name("kpu-binjai-2024-12-glp039.xlsx")
RECORDS_PER_PAGE: Final = 25
LONG_NAME: Final = 75
FOOTNOTE: Final = (
    "*Lock Pagu adalah jumlah pagu yang sedang dalam proses usulan revisi DIPA atau POK. "
    "Lock pagu akan hilang setelah usulan revisi DIPA/POK selesai menjadi DIPA."
)
DEPTH: Final = "Per Program; Kegiatan; Output; SubOutput; Komponen; SubKomponen; Akun; Item;"
MONTHS: Final = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)

# The column of the code, the one before the name, the one of the name, by level.
TEXT_COLUMNS: Final = {
    "program": ("B", "C", "D"),
    "kegiatan": ("B", "H", "I"),
    "kro": ("C", "F", "G"),
    "ro": ("C", "J", "K"),
    "komponen": ("E", "I", "J"),
    "subkomponen": ("F", "K", "L"),
    "akun": ("H", "L", "M"),
    "item": ("", "", "N"),
}
# pagu, lock, lalu, ini, s.d., %, sisa: the first row of numbers stands elsewhere than all others.
TOTAL_COLUMNS: Final = ("Q", "S", "W", "X", "Y", "AC", "AD")
NUMBER_COLUMNS: Final = ("Q", "S", "W", "X", "Z", "AC", "AE")
TOTAL_MERGES: Final = ("A:P", "Q:R", "S:V", "Y:AB", "AD:AI")
NUMBER_MERGES: Final = ("Q:R", "S:V", "X:Y", "Z:AB", "AC:AD", "AE:AI")
# What the second half of a cut record lacks.
LOST_BY_ITEM: Final = ("Z", "AC")
LOST_BY_PARENT: Final = ("W", "X")

Half = Literal["whole", "first", "second"]


class Record(NamedTuple):
    """A printed row: a node, or one half of it."""

    node: Node
    half: Half


class Sheet:
    """The rows and merges written so far."""

    def __init__(self) -> None:
        """Start with an empty sheet."""
        self.rows: list[str] = []
        self.merges: list[str] = []

    def add(
        self,
        height: int,
        cells: dict[str, tuple[str | float, int]],
        merges: tuple[str, ...],
        *,
        last: str = "AI",
    ) -> None:
        """Add a row; merges are given as column ranges."""
        row = len(self.rows) + 1
        self.rows.append(xml.row_xml(row, height, cells, last=last))
        for merge in merges:
            first, _, end = merge.partition(":")
            self.merges.append(f"{first}{row}:{end}{row}")


def numbers(node: Node) -> tuple[float, ...]:
    """Return pagu, lock, lalu, ini, s.d., % (a fraction) and sisa of a node."""
    spent = node.lalu + node.ini
    return node.pagu, 0, node.lalu, node.ini, spent, spent / node.pagu, node.pagu - spent


def walk(node: Node) -> Iterator[Record]:
    """Yield the printed rows in tree order, a cut record as its two halves."""
    for child in node.children:
        if child.tail:
            yield Record(child, "first")
            yield Record(child, "second")
        elif child.shown:
            yield Record(child, "whole")
        yield from walk(child)


def pages(records: list[Record]) -> Iterator[list[Record]]:
    """Share the records out over pages: each cut record lies across two, the others fill them evenly."""
    starts = [0, *(index for index, record in enumerate(records) if record.half == "second"), len(records)]
    for start, end in pairwise(starts):
        count = -(-(end - start) // RECORDS_PER_PAGE)
        for page in range(count):
            first, last = (start + (end - start) * edge // count for edge in (page, page + 1))
            yield records[first:last]


def add_header(sheet: Sheet, page_count: int) -> None:
    """Add rows 1 to 8: title, depth, period, who, and the two heading rows."""
    identity = dict(binjai.IDENTITAS)
    year, month = identity["Tahun Anggaran"], MONTHS[int(identity["Bulan"]) - 1]
    sheet.add(15, {"A": (f"LAPORAN KETERSEDIAAN DANA DETAIL TA {year}", xml.TITLE)}, ("A:AH",), last="AH")
    sheet.add(13, {"A": (DEPTH, xml.SMALL)}, ("A:AG",), last="AG")
    sheet.add(13, {"A": (f"Periode {month} {year}", xml.SMALL)}, ("A:AF",), last="AF")
    for label, kode, name, end in (
        ("Kementerian\t:", identity["Bagian Anggaran"], binjai.KEMENTERIAN, "AB"),
        ("Unit Organisasi\t", identity["Unit Eselon I"], binjai.UNIT_ORGANISASI, "AA"),
        ("Satuan Kerja   \t:", identity["Kode Satker"], str(identity["Nama Satker"]).upper(), "AA"),
    ):
        who: dict[str, tuple[str | float, int]] = {
            "A": (label, xml.LABEL),
            "O": (kode, xml.LABEL),
            "P": (name, xml.LABEL),
        }
        merges: tuple[str, ...] = ("A:N", f"P:{end}")
        if label.startswith("Satuan Kerja"):
            who |= {"AC": ("Hal 1 dari", xml.SMALL), "AF": (f" {page_count}", xml.SMALL)}
            merges += ("AC:AE", "AF:AG")
        sheet.add(15, who, merges)
    heading: dict[str, tuple[str | float, int]] = {
        "A": ("Uraian", xml.HEADING),
        "R": ("Pagu Revisi", xml.HEADING),
        "T": ("Lock Pagu", xml.HEADING),
        "V": (f"Realisasi TA {year}", xml.HEADING),
        "AE": ("SISA ANGGARAN", xml.HEADING),
    }
    sheet.add(38, heading, ("A:P", "V:AC", "AE:AH"), last="AH")
    heading = {
        "V": ("Periode Lalu", xml.HEADING),
        "X": ("Periode Ini", xml.HEADING),
        "Y": ("s.d. Periode ", xml.HEADING),
        "AB": ("%", xml.HEADING),
    }
    sheet.add(19, heading, ("V:W", "Y:AA", "AB:AC"), last="AC")


def add_total(sheet: Sheet, root: Node) -> None:
    """Add the grand total, the only row of numbers with letters of its own."""
    cells: dict[str, tuple[str | float, int]] = {"A": (root.uraian, xml.TOTAL)}
    for column, number in zip(TOTAL_COLUMNS, numbers(root), strict=True):
        cells[column] = (float(number), xml.TOTAL_PERCENT if column == "AC" else xml.TOTAL_MONEY)
    sheet.add(20, cells, TOTAL_MERGES)


def add_record(sheet: Sheet, record: Record) -> None:
    """Add a data row; the second half of a cut one repeats code and numbers, except the ones it lacks."""
    node, half = record
    code, before, name = TEXT_COLUMNS[node.level]
    text = node.tail if half == "second" else node.uraian
    cells: dict[str, tuple[str | float, int]] = {name: (text, xml.TEXT)}
    if code:
        cells[code] = (node.kode, xml.TEXT)
    lost = LOST_BY_PARENT if code else LOST_BY_ITEM
    for column, number in zip(NUMBER_COLUMNS, numbers(node), strict=True):
        missing = half == "second" and column in lost
        cells[column] = ("" if missing else float(number), xml.PERCENT if column == "AC" else xml.MONEY)
    merges = (f"{name}:P", *NUMBER_MERGES)
    sheet.add(18 if len(text) > LONG_NAME else 15, cells, (f"{code}:{before}", *merges) if code else merges)


def main() -> None:
    """Write the sample beside this file, or to the path given."""
    binjai.verify()
    root = build()
    if (root.pagu, root.lalu + root.ini) != binjai.total(""):
        message = "the export does not add up to the budget"
        raise ValueError(message)
    printed = list(pages(list(walk(root))))
    sheet = Sheet()
    add_header(sheet, len(printed))
    add_total(sheet, root)
    for page in printed:
        for record in page:
            add_record(sheet, record)
        sheet.add(12, {"B": (FOOTNOTE, xml.NOTE)}, ("B:AF",), last="AF")
    xml.write(Path(sys.argv[1]) if sys.argv[1:] else DEFAULT, sheet.rows, sheet.merges)


if __name__ == "__main__":
    main()
