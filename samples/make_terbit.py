"""Write `kpu-binjai-2024-terbit.xlsx`: the three tables of the printed report in text cells, faults and all."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import terbit
import xlsxwriter

DEFAULT: Final = Path(__file__).with_name("kpu-binjai-2024-terbit.xlsx")
CREATED: Final = datetime(2025, 1, 17)  # noqa: DTZ001 - a workbook knows no time zone
WIDTHS: Final = {
    "Tabel 1": (5, 34, 44, 10, 11, 11),
    "Tabel B.1": (5, 56, 12, 12, 12),
    "Tabel C.1": (13, 44, 18, 18, 12),
}


class Sheet:
    """One table being written, row after row; every cell is text."""

    def __init__(self, book: Any, name: str) -> None:  # noqa: ANN401 - xlsxwriter ships no types
        """Write the titles."""
        self.sheet = book.add_worksheet(name)
        self.plain = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        self.bold = book.add_format({"border": 1, "text_wrap": True, "bold": True, "align": "center"})
        self.title = book.add_format({"bold": True, "align": "center"})
        self.widths = WIDTHS[name]
        self.width = len(self.widths)
        for column, width in enumerate(WIDTHS[name]):
            self.sheet.set_column(column, column, width)
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.row = 0
        for line in terbit.TITLES[name]:
            self.sheet.merge_range(self.row, 0, self.row, self.width - 1, line, self.title)
            self.row += 1
        self.row += 1

    def add(self, cells: tuple[str, ...], look: Any = None) -> None:  # noqa: ANN401 - as above
        """Write one row of text cells, tall enough for what wraps; an empty text is a blank cell."""
        lines = (-(-len(text) // width) for text, width in zip(cells, self.widths, strict=False))
        self.sheet.set_row(self.row, 15 * max(1, *lines))
        for column in range(self.width):
            text = cells[column] if column < len(cells) else ""
            if text:
                self.sheet.write_string(self.row, column, text, look or self.plain)
            else:
                self.sheet.write_blank(self.row, column, None, look or self.plain)
        self.row += 1

    def band(self, text: str) -> None:
        """Write one text across the table."""
        self.sheet.merge_range(self.row, 0, self.row, self.width - 1, text, self.bold)
        self.row += 1


def _tabel_1(sheet: Sheet) -> None:
    sheet.add(("No.", "Sasaran Kegiatan", "Indikator Kinerja", "Target", "Realisasi", "% Capaian"), sheet.bold)
    for number, (sasaran, indicators) in enumerate(terbit.TABEL_1, start=1):
        first = sheet.row
        for index, indicator in enumerate(indicators):
            lead = (f"{number}.", sasaran) if index == 0 else ("", "")
            sheet.add((*lead, *indicator))
        if len(indicators) > 1:
            for column, text in enumerate((f"{number}.", sasaran)):
                sheet.sheet.merge_range(first, column, sheet.row - 1, column, text, sheet.plain)


def _tabel_b1(sheet: Sheet) -> None:
    top = sheet.row
    sheet.add(("No", "Indikator Kinerja", "Kinerja"), sheet.bold)
    sheet.add(("", "", "Target", "Realisasi", "% Capaian"), sheet.bold)
    for column, text in ((0, "No"), (1, "Indikator Kinerja")):
        sheet.sheet.merge_range(top, column, top + 1, column, text, sheet.bold)
    sheet.sheet.merge_range(top, 2, top, 4, "Kinerja", sheet.bold)
    for cells in terbit.TABEL_B1:
        sheet.band(cells[0]) if len(cells) == 1 else sheet.add(cells)


def _tabel_c1(sheet: Sheet) -> None:
    sheet.add(("KODE", "PROGRAM/KEGIATAN/OUTPUT", "PAGU (Rp)", "REALISASI (Rp)", "% CAPAIAN"), sheet.bold)
    for cells in terbit.TABEL_C1:
        row = sheet.row
        sheet.add(cells)
        if "TOTAL" in cells[0] or "Anggaran" in cells[0]:
            sheet.sheet.merge_range(row, 0, row, 1, cells[0], sheet.plain)


def main(path: Path) -> None:
    """Write the sample to `path`."""
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties({"title": "Laporan Kinerja 2024, Bab III, seperti tercetak", "created": CREATED})
        for name, write in (("Tabel 1", _tabel_1), ("Tabel B.1", _tabel_b1), ("Tabel C.1", _tabel_c1)):
            write(Sheet(book, name))
    print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
