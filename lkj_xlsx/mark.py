# ruff: noqa: SLF001 - the traps of openpyxl that are avoided here lie under its public names
"""A marked copy of a workbook: wrong cells coloured, each with a note, and a first sheet that lists and links them."""

import re
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from lkj_xlsx.errors import CannotWrite, UnreadableFile
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.looks import A4, LINE_HEIGHT, height_of
from lkj_xlsx.rupiah import LARGEST, spell
from lkj_xlsx.sheet import BROKEN
from lkj_xlsx.whole_file import whole_file

COLOURS: Final = {Severity.ERROR: "FFFFB3B3", Severity.PERINGATAN: "FFFFE699", Severity.INFO: "FFBDD7EE"}
PROVING: Final = "FFDCE6D5"
HEADING: Final = "FFD9E1F2"
AUTHOR: Final = "lkj"
LIST: Final = "Temuan"
WIDTHS: Final[Mapping[str, int]] = {
    **{"No": 7, "Tingkat": 13, "Kode": 8, "Tempat": 28},
    **{"Temuan": 58, "Tertulis": 19, "Seharusnya": 19, "Karena": 24},
}
NONE: Final = "Tidak ada temuan."
LONGEST_NOTE: Final = 1_000
LINES: Final = 20
"""A text that fills more lines of its column goes on in the next row: no row is taller than 409 points."""
NO_DATE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - openpyxl's dates are naive

_CONTROL: Final = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_QUIET: Final = re.compile("no default style|extension is not supported")  # what an extension held is counted below
_SHEET, _DRAWING = r"xl/worksheets/[^/]*\.xml", r"xl/drawings/[^/]*\.(?:xml|vml)"
KINDS: Final[Mapping[str, tuple[str, bytes]]] = {
    "grafik": (r"xl/charts/chart[^/]*\.xml", b""),
    "gambar": (_DRAWING, rb"<(?:\w+:)?(?:pic|imagedata)[ >]"),
    "bentuk atau kotak teks": (_DRAWING, rb"<(?:\w+:)?(?:sp|cxnSp)[ >]"),
    "diagram SmartArt": (r"xl/diagrams/data", b""),
    "tombol atau kotak isian": (_DRAWING, rb'ObjectType="(?!Note")'),
    "objek sisipan": (_SHEET, rb"<(?:\w+:)?oleObject[ >]"),
    "percakapan (komentar berutas)": ("xl/threadedComments/", b""),
    "aturan format bersyarat": (_SHEET, rb"<(?:\w+:)?cfRule[ >]"),
    "aturan validasi data": (_SHEET, rb"<(?:\w+:)?dataValidation[ >]"),
    "grafik mini (sparkline)": (_SHEET, rb"<(?:\w+:)?sparkline[ >]"),
    "rentang yang boleh disunting": (_SHEET, rb"<(?:\w+:)?protectedRange[ >]"),
    "tabel pivot": (r"xl/pivotTables/[^/]*\.xml", b""),
    "pengiris (slicer) atau garis waktu": ("xl/(?:slicers|timelines)/", b""),
    "sambungan data": (r"xl/connections\.xml|xl/queryTables/", b""),
    "tautan ke workbook lain": (r"xl/externalLinks/[^/]*\.xml", b""),
    "penanda rumus larik dinamis": (r"xl/metadata\.xml", b""),
    "lembar makro atau dialog": (r"xl/(?:macrosheets|dialogsheets)/[^/]*\.xml", b""),
    "proyek makro (beri salinan nama .xlsm agar ikut)": (r"xl/vbaProject\.bin", b""),
}
"""What openpyxl may drop: the parts of the file that hold it, and how one begins there (b"": the part is one)."""


def mark(original: Path, findings: Sequence[Finding], copy: Path, *, force: bool = False) -> tuple[str, ...]:
    """Write a copy of the original in which the cells with findings are coloured, noted, listed and linked.

    Returns what the copy could not keep, a sentence each. Same input, same bytes; the original is only read.
    Raises UnreadableFile when it is no sound workbook, CannotWrite when the copy cannot be written or is the original.
    """
    try:
        content = original.read_bytes()
        has_macros = "xl/vbaProject.bin" in ZipFile(BytesIO(content)).namelist()
    except BROKEN as error:
        raise UnreadableFile(_unreadable(original, error)) from error
    if copy.resolve() == original.resolve() or (copy.exists() and copy.samefile(original)):
        message = f"{copy}: itu berkas asli, yang tidak boleh disentuh; beri salinan nama lain"
        raise CannotWrite(message)
    if copy.suffix.lower() not in {".xlsx", ".xlsm" if has_macros else ".xlsx"}:
        message = f"{copy}: Excel tidak akan membuka salinan dengan nama ini; beri nama yang berakhir dengan .xlsx"
        raise CannotWrite(message)
    ordered = sorted(findings, key=lambda finding: finding.severity.rank)
    here = [finding for finding in ordered if finding.where.file == original.name]
    elsewhere = Counter(finding.where.file for finding in findings if finding.where.file != original.name)
    with whole_file(copy, force=force) as partial:
        book, remarks = _load(original, content, keep_vba=copy.suffix.lower() == ".xlsm")
        taken = {name.lower() for name in book.sheetnames}
        names = (LIST, f"{LIST} lkj", *(f"{LIST} lkj {number}" for number in range(2, len(taken) + 2)))
        name = next(name for name in names if name.lower() not in taken)
        places = _Places(book, original.name)
        _colour(here, places, name)
        formulas = _settle(book)
        _list(book.create_sheet(name, 0), here, places, elsewhere)
        book.active = 0
        for sheet in (*book.worksheets, *book.chartsheets):
            for view in (sheet.views if isinstance(sheet, Worksheet) else sheet.sheetViews).sheetView:
                view.tabSelected = sheet.title == name  # two selected sheets would be edited as one
        for window in book.views:
            window.firstSheet = 0
        try:
            saved = BytesIO()
            ExcelWriter(book, ZipFile(saved, "w")).save()
        except (*BROKEN, ArithmeticError) as error:
            message = f"{copy}: isi {original.name} tidak dapat ditulis ulang ({error}); simpan ulang di Excel lalu coba"
            raise CannotWrite(message) from error
        with ZipFile(BytesIO(content)) as before, ZipFile(saved) as after:
            _pack(after, partial, [book.sheetnames.index(sheet.title) for sheet in book.worksheets])
            return (*_losses(_census(before), _census(after), formulas), *remarks)


def _unreadable(original: Path, error: Exception) -> str:
    advice = "buka di Excel atau LibreOffice, simpan sebagai .xlsx, lalu coba lagi"
    return f"{original}: tidak dapat dibuka untuk disalin ({error}); {advice}"


class _Sheet(Worksheet):
    """A sheet whose merged cells keep what they hold: openpyxl empties all but the first of a range."""

    def _clean_merge_range(self, mcr: object) -> None:
        pass


class _Reader(ExcelReader):
    """openpyxl's reader, leaving numbers under a date format the numbers they are: some would become #VALUE!."""

    def read_worksheets(self) -> None:
        book = self.wb
        book._date_formats = set()
        book.create_sheet = lambda title: book._add_sheet(_Sheet(book, title)) or book.worksheets[-1]
        super().read_worksheets()
        del book.create_sheet


def _load(original: Path, content: bytes, *, keep_vba: bool) -> tuple[Workbook, list[str]]:
    """Load the workbook, nothing in it taken from the clock, and tell what openpyxl says of it."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            reader = _Reader(BytesIO(content), keep_vba=keep_vba, rich_text=True)
            core = reader.archive.read("docProps/core.xml") if "docProps/core.xml" in reader.valid_files else b""
            reader.read()
        except BROKEN as error:
            raise UnreadableFile(_unreadable(original, error)) from error
    book = reader.wb
    for name, absent in (("created", NO_DATE), ("modified", NO_DATE), ("creator", None)):
        if name.encode() not in core:
            setattr(book.properties, name, absent)
    book.template = False
    if len(book._fills) == 1:
        book._fills.append(PatternFill("gray125"))  # Excel takes the second fill for its own; SAKTI writes one
    texts = dict.fromkeys(str(warning.message) for warning in told)
    return book, [f"pustaka penyalin (openpyxl) memberi tahu: {text}" for text in texts if not _QUIET.search(text)]


class _Places:
    """The cells of a workbook by the places of findings; of a merged range, the first cell."""

    def __init__(self, book: Workbook, file: str) -> None:
        self.file = file
        self.sheets = {sheet.title: sheet for sheet in book.worksheets}
        self.anchors = {
            (sheet.title, row, column): (merged.min_row, merged.min_col)
            for sheet in book.worksheets
            for merged in sheet.merged_cells.ranges
            for row in range(merged.min_row, merged.max_row + 1)
            for column in range(merged.min_col, merged.max_col + 1)
        }

    def cell(self, where: Where) -> Cell | None:
        """Give the cell of a place, a new one in the style of its row or column; None when no cell is meant."""
        sheet = self.sheets.get(where.sheet or "")
        if where.file != self.file or sheet is None or where.row is None or where.column is None:
            return None
        row, column = where.row + 1, where.column + 1
        row, column = self.anchors.get((sheet.title, row, column), (row, column))
        is_new = (row, column) not in sheet._cells
        cell = sheet.cell(row, column)
        if is_new:
            columns = (span for span in sheet.column_dimensions.values() if span.min <= column <= span.max)
            spans = (sheet.row_dimensions.get(row), *columns)
            cell._style = StyleArray(next((span._style for span in spans if span and span.has_style), cell._style))
        return cell

    def link(self, where: Where) -> str | None:
        """Spell the address that a place opens, None when it is on no sheet."""
        cell = where.cell or f"A{(where.row or 0) + 1}"
        return f"{quote_sheetname(where.sheet)}!{cell}" if where.sheet in self.sheets else None

    def spell(self, where: Where, sheet: str | None = None) -> str:
        """Spell a place without the file and sheet that go without saying."""
        if where.file != self.file:
            return str(where)
        return (where.cell if where.sheet == sheet else None) or str(replace(where, file="")) or self.file


def _colour(here: Sequence[Finding], places: _Places, name: str) -> None:
    """Colour and note the cells with findings; tint the cells that prove one and show no colour yet."""
    found: dict[Cell, list[Finding]] = {}
    for finding in here:
        if cell := places.cell(finding.where):
            found.setdefault(cell, []).append(finding)
    for cell, theirs in found.items():
        cell.fill = PatternFill("solid", COLOURS[theirs[0].severity])
        cell.comment = _note(cell.comment, theirs, f" … lihat lembar {name}")
    for place in dict.fromkeys(place for finding in here for place in finding.because):
        cell = places.cell(place)
        if cell and cell not in found and (not cell.fill.fill_type or str(cell.fill.fgColor.rgb).endswith("FFFFFF")):
            cell.fill = PatternFill("solid", PROVING)


def _note(old: Comment | None, theirs: Sequence[Finding], tail: str) -> Comment:
    """Say the findings of a cell, under what its note says already."""
    expected = ("" if finding.expected is None else f"\nSeharusnya: {_figure(finding.expected)}" for finding in theirs)
    parts = (f"{each.severity} {each.code}: {each.message}{true}" for each, true in zip(theirs, expected, strict=True))
    text = "\n\n".join(parts)
    text = _safe(text if len(text) <= LONGEST_NOTE else text[: LONGEST_NOTE - len(tail)] + tail)
    return Comment(f"{old.text}\n\n{text}", old.author) if old else Comment(text, AUTHOR)


def _figure(value: int | str | None) -> str:
    return spell(value) if isinstance(value, int) else value or ""


def _safe(text: str) -> str:
    r"""Spell what XML cannot hold (`\x01`, half a surrogate pair) and what Excel would decode (`_x0041_`)."""
    return _CONTROL.sub(lambda match: ascii(match[0])[1:-1], _ESCAPE.sub("_x005F_", text))


def _height(text: str, width: float) -> float:
    return sum(height_of(line, width) for line in text.split("\n"))


def _settle(book: Workbook) -> int:
    """Keep figures to the last digit (openpyxl writes 16 of 17), give notes room; count the formulas."""
    cells = [cell for sheet in book.worksheets for cell in sheet._cells.values()]
    for cell in cells:
        value = cell._value
        is_long = isinstance(value, int) and abs(value) > LARGEST
        if is_long or (isinstance(value, float) and float(f"{value:.16g}") != value):
            cell._value = repr(value)
        if cell.comment:
            cell.comment.width = 330
            cell.comment.height = min(_height(cell.comment.text, 45) * 1.4 + 14, 440)
    formulas = sum(cell.data_type == "f" for cell in cells)
    if formulas:
        book.calculation = book.calculation or CalcProperties()
        book.calculation.fullCalcOnLoad = True
    return formulas


def _list(sheet: Worksheet, here: Sequence[Finding], places: _Places, elsewhere: Mapping[str, int]) -> None:
    """Write the first sheet: title, legend, headings, a row a finding, and what is in other files."""
    counts = Counter(finding.severity for finding in here)
    _put(sheet, 1, 1, f"Temuan di {places.file}: " + ", ".join(f"{counts[each]} {each}" for each in Severity), across=8)
    for column, (word, colour) in enumerate([("Warna:", None), *COLOURS.items(), ("sel pembukti", PROVING)], start=1):
        _put(sheet, 2, column, word, colour)
    top = 3
    for column, (heading, width) in enumerate(WIDTHS.items(), start=1):
        _put(sheet, top, column, heading, HEADING)
        sheet.column_dimensions[get_column_letter(column)].width = width
    row = top + 1
    ...
