# ruff: noqa: SLF001 - what openpyxl would change (see _Reader), its public names do not reach
"""A marked copy of a workbook: wrong cells coloured, each with a note, and a first sheet that lists and links them."""

import re
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles import Alignment, Border, Fill, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import quote_sheetname
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from lkj_xlsx.errors import CannotWrite, UnreadableFile
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.looks import A4, LONGEST_TEXT, height_of
from lkj_xlsx.rupiah import LARGEST, spell
from lkj_xlsx.sheet import BROKEN
from lkj_xlsx.whole_file import whole_file

COLOURS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "FFFFB3B3",
    Severity.PERINGATAN: "FFFFE699",
    Severity.INFO: "FFBDD7EE",
}
PROVING: Final = "FFDCE6D5"
HEADING: Final = "FFD9E1F2"
AUTHOR: Final = "lkj"
LIST: Final = "Temuan"
COLUMNS: Final[Mapping[str, int]] = {
    **{"No": 6, "Tingkat": 12, "Kode": 8, "Tempat": 28},
    **{"Temuan": 60, "Tertulis": 19, "Seharusnya": 19, "Karena": 24},
}
NONE: Final = "Tidak ada temuan."
LONGEST_NOTE: Final = 1_000
NOTE_WIDTH, NOTE_HEIGHT = 45, 440
"""How many characters a line of a note holds, and how many pixels tall a note may be."""
LINES: Final = 20
"""A text that fills more lines of its column goes on in the next row: Excel's rows end at 409 points."""
NO_DATE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - openpyxl's dates are naive, in UTC

_CONTROL: Final = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_QUIET: Final = re.compile("no default style|extension is not supported")  # the latter are counted in KINDS
_SHEET, _DRAWING = r"xl/worksheets/[^/]*\.xml", r"xl/drawings/drawing[^/]*\.xml"
KINDS: Final[Mapping[str, tuple[str, bytes]]] = {
    "grafik": (r"xl/charts/chart[^/]*\.xml", b""),
    "gambar": (_DRAWING, rb"<(?:\w+:)?pic[ >]"),
    "bentuk atau kotak teks": (_DRAWING, rb"<(?:\w+:)?(?:sp|cxnSp)[ >]"),
    "SmartArt": (r"xl/diagrams/data", b""),
    "gambar kepala atau kaki halaman": (_SHEET, rb"<(?:\w+:)?legacyDrawingHF[ >]"),
    "gambar latar lembar": (_SHEET, rb"<(?:\w+:)?picture[ >]"),
    "objek sisipan": (_SHEET, rb"<(?:\w+:)?oleObject[ >]"),
    "tombol atau kotak isian": (r"xl/drawings/.*\.vml", rb'ObjectType="(?!Note")'),
    "percakapan (komentar berutas)": (r"xl/threadedComments/", b""),
    "aturan format bersyarat": (_SHEET, rb"<(?:\w+:)?cfRule[ >]"),
    "aturan validasi data": (_SHEET, rb"<(?:\w+:)?dataValidation[ >]"),
    "grafik mini (sparkline)": (_SHEET, rb"<(?:\w+:)?sparkline[ >]"),
    "rentang yang boleh disunting": (_SHEET, rb"<(?:\w+:)?protectedRange[ >]"),
    "tampilan khusus": (_SHEET, rb"<(?:\w+:)?customSheetView[ >]"),
    "tabel pivot": (r"xl/pivotTables/[^/]*\.xml", b""),
    "slicer atau garis waktu": (r"xl/(?:slicers|timelines)/", b""),
    "sambungan data": (r"xl/(?:connections\.xml|queryTables/)", b""),
    "tautan ke workbook lain": (r"xl/externalLinks/[^/]*\.xml", b""),
    "penanda rumus larik dinamis": (r"xl/metadata\.xml", b""),
    "lembar makro atau dialog": (r"xl/(?:macrosheets|dialogsheets)/[^/]*\.xml", b""),
    "proyek makro": (r"xl/vbaProject\.bin", b""),
}
"""What openpyxl may drop: the parts that hold it, and how it begins there (no bytes: a part is one)."""


def mark(original: Path, findings: Sequence[Finding], copy: Path, *, force: bool = False) -> tuple[str, ...]:
    """Write a copy of the original in which the cells with findings are coloured, noted, listed and linked.

    Returns what the copy could not keep, a sentence each. The same input gives the same bytes; the original is only
    read. Raises UnreadableFile when it is no sound workbook, CannotWrite when the copy cannot be or is the original.
    """
    try:
        content = original.read_bytes()
        has_macros = "xl/vbaProject.bin" in ZipFile(BytesIO(content)).namelist()
    except BROKEN as error:
        raise UnreadableFile(_unreadable(original.name, error)) from error
    _refuse(original, copy, has_macros=has_macros)
    ordered = sorted(findings, key=lambda finding: finding.severity.rank)
    here = [finding for finding in ordered if finding.where.file == original.name]
    elsewhere = Counter(finding.where.file for finding in ordered if finding.where.file != original.name)
    with whole_file(copy, force=force) as partial:
        book, remarks = _load(original.name, content, keep_vba=copy.suffix.lower() == ".xlsm")
        names = {name.lower() for name in book.sheetnames}
        free = (LIST, f"{LIST} lkj", *(f"{LIST} lkj {number}" for number in range(2, len(names) + 3)))
        name = next(name for name in free if name.lower() not in names)
        places = _Places(book, original.name)
        _colour(here, places, name)
        formulas = _settle(book)
        _list(book.create_sheet(name, 0), here, places, elsewhere)
        for sheet in book.worksheets:
            for view in sheet.views.sheetView:
                view.tabSelected = sheet.title == name  # two selected sheets would be edited as one
        book.active = 0
        for window in book.views:
            window.firstSheet = 0
        return (*remarks, *_pack(book, content, partial), *_of_formulas(formulas))


def _refuse(original: Path, copy: Path, *, has_macros: bool) -> None:
    if copy.resolve() == original.resolve() or (copy.exists() and copy.samefile(original)):
        message = f"{copy}: itu berkas asli, yang tidak boleh disentuh; beri salinan nama lain"
        raise CannotWrite(message)
    if copy.suffix.lower() not in ({".xlsx", ".xlsm"} if has_macros else {".xlsx"}):
        message = f"{copy}: Excel tidak akan membuka salinan ini; beri nama yang berakhir dengan .xlsx"
        raise CannotWrite(message + (" (atau .xlsm, agar makronya ikut)" if has_macros else ""))


def _unreadable(file: str, error: Exception) -> str:
    advice = "buka di Excel atau LibreOffice, simpan sebagai .xlsx, lalu coba lagi"
    return f"{file}: tidak dapat dibuka untuk disalin ({error or type(error).__name__}); {advice}"


class _Sheet(Worksheet):
    """A sheet whose merged cells keep what they hold: openpyxl would empty all but the first of a range."""

    def _clean_merge_range(self, _: object) -> None:
        pass


class _Reader(ExcelReader):
    """openpyxl's reader, leaving numbers under a date format the numbers they are: some would become #VALUE!."""

    def read_worksheets(self) -> None:
        book = self.wb

        def create_sheet(title: str) -> Worksheet:
            sheet = _Sheet(book, title)
            book._add_sheet(sheet)
            return sheet

        book._date_formats = set()
        book.create_sheet = create_sheet  # type: ignore[method-assign, assignment] # the reader asks its book for sheets
        super().read_worksheets()
        del book.create_sheet


def _load(file: str, content: bytes, *, keep_vba: bool) -> tuple[Workbook, list[str]]:
    """Load the workbook, with its dates made independent of the clock, and tell what openpyxl says of it."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            reader = _Reader(BytesIO(content), keep_vba=keep_vba, rich_text=True)
            core = reader.archive.read("docProps/core.xml") if "docProps/core.xml" in reader.valid_files else b""
            reader.read()
        except BROKEN as error:
            raise UnreadableFile(_unreadable(file, error)) from error
    book = reader.wb
    for name, absent in (("created", NO_DATE), ("modified", NO_DATE), ("creator", None)):
        if name.encode() not in core:
            setattr(book.properties, name, absent)
    book.template = False
    if len(book._fills) == 1:
        book._fills.append(PatternFill("gray125"))  # Excel keeps the second fill for itself; SAKTI writes only one
    texts = dict.fromkeys(str(warning.message) for warning in told)
    return book, [f"pustaka penyalin (openpyxl): {text}" for text in texts if not _QUIET.search(text)]


class _Places:
    """The cells of a workbook by the places of findings: of a merged range, the first cell."""

    def __init__(self, book: Workbook, file: str) -> None:
        self.file = file
        self.sheets = {sheet.title: sheet for sheet in book.worksheets}
        self._anchors: dict[str, dict[tuple[int, int], tuple[int, int]]] = {}

    def cell(self, where: Where) -> Cell | None:
        """Give the cell of a place, in the style of its row or column when the file holds none; None for no cell."""
        sheet = self.sheets.get(where.sheet or "")
        if where.file != self.file or sheet is None or where.row is None or where.column is None:
            return None
        if sheet.title not in self._anchors:
            self._anchors[sheet.title] = {
                (row, column): (merged.min_row, merged.min_col)
                for merged in sheet.merged_cells.ranges
                for row in range(merged.min_row, merged.max_row + 1)
                for column in range(merged.min_col, merged.max_col + 1)
            }
        row, column = self._anchors[sheet.title].get((where.row + 1, where.column + 1), (where.row + 1, where.column + 1))
        is_new = (row, column) not in sheet._cells
        cell = sheet.cell(row, column)
        if is_new:
            columns = (span for span in sheet.column_dimensions.values() if span.min <= column <= span.max)
            styles = (span._style for span in (sheet.row_dimensions.get(row), *columns) if span and span.has_style)
            cell._style = StyleArray(next(styles, cell._style))
        return cell

    def link(self, where: Where) -> str | None:
        """Spell the address inside the workbook that a place opens, None when it is not on a sheet of it."""
        if where.sheet not in self.sheets:
            return None
        return f"{quote_sheetname(where.sheet)}!{where.cell or f'A{(where.row or 0) + 1}'}"

    def spell(self, where: Where) -> str:
        """Spell a place without what goes without saying in a list of this file's findings."""
        return str(replace(where, file="")) or self.file if where.file == self.file else str(where)


def _colour(here: Sequence[Finding], places: _Places, name: str) -> None:
    """Colour and note the cells with findings, and tint the bare cells that prove one."""
    found: dict[Cell, list[Finding]] = {}
    for finding in here:
        if cell := places.cell(finding.where):
            found.setdefault(cell, []).append(finding)
    for cell, theirs in found.items():
        cell.fill = _solid(COLOURS[theirs[0].severity])
        cell.comment = _note(cell.comment, theirs, name)
    for place in dict.fromkeys(place for finding in here for place in finding.because):
        cell = places.cell(place)
        if cell and cell not in found and _is_bare(cell.fill):
            cell.fill = _solid(PROVING)


def _solid(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour)


def _is_bare(fill: Fill) -> bool:
    """Tell whether a cell shows no colour of its own: no fill, or the white that report engines paint."""
    return fill.fill_type is None or (fill.fill_type == "solid" and str(fill.fgColor.rgb).endswith("FFFFFF"))


def _note(old: Comment | None, theirs: Sequence[Finding], name: str) -> Comment:
    """Say the findings of a cell under what its note says already."""
    parts = []
    for finding in theirs:
        expected = "" if finding.expected is None else f"\nSeharusnya: {_figure(finding.expected)}"
        parts.append(f"{finding.severity} {finding.code}: {finding.message}{expected}")
    ours = "\n\n".join(parts)
    if len(ours) > LONGEST_NOTE:
        tail = f" … lihat lembar {name}"
        ours = ours[: LONGEST_NOTE - len(tail)] + tail
    return Comment("\n\n".join(([old.text] if old else []) + [_safe(ours)]), old.author if old else AUTHOR)


def _figure(value: int | str | None) -> str:
    return spell(value) if isinstance(value, int) else value or ""


def _safe(text: str) -> str:
    r"""Spell what XML cannot hold (`\x01`, a lone surrogate) and what Excel would decode (`_x0041_`)."""
    return _CONTROL.sub(lambda match: ascii(match[0])[1:-1], _ESCAPE.sub("_x005F_", text))


def _height(text: str, width: float) -> float:
    return sum(height_of(line, width) for line in text.split("\n"))


def _settle(book: Workbook) -> int:
    """Keep figures to the last digit (openpyxl writes 16 of 17), give notes room; count the formulas."""
    formulas = 0
    for sheet in book.worksheets:
        for cell in sheet._cells.values():
            value = cell._value
            formulas += cell.data_type == "f"
            if (isinstance(value, float) and float(f"{value:.16g}") != value) or (
                isinstance(value, int) and abs(value) > LARGEST
            ):
                cell._value = repr(value)
            if cell.comment:
                cell.comment.width = 330
                cell.comment.height = min(_height(cell.comment.text, NOTE_WIDTH) * 4 / 3 + 14, NOTE_HEIGHT)
    if formulas:
        book.calculation = book.calculation or CalcProperties()
        book.calculation.fullCalcOnLoad = True
    return formulas


def _list(sheet: Worksheet, here: Sequence[Finding], places: _Places, elsewhere: Mapping[str, int]) -> None:
    """Write the first sheet: title, legend, and a row a finding, worst first."""
    last = len(COLUMNS)
    for index, width in enumerate(COLUMNS.values(), start=1):
        sheet.column_dimensions[sheet.cell(1, index).column_letter].width = width
    counts = Counter(finding.severity for finding in here)
    title = ", ".join(f"{counts[severity]} {severity}" for severity in Severity)
    _line(sheet, 1, f"Temuan di {places.file}: {title}", Font("Arial", 12, b=True))
    _put(sheet, 2, 1, "Warna").border = Border()
    for index, (text, colour) in enumerate([*COLOURS.items(), ("sel pembukti", PROVING)], start=2):
        _put(sheet, 2, index, text, fill=colour)
    top = 3
    if elsewhere:
        _line(sheet, 3, f"Ada {sum(elsewhere.values())} temuan lain di {len(elsewhere)} berkas lain: lihat di bawah.")
        top = 4
    for index, heading in enumerate(COLUMNS, start=1):
        _put(sheet, top, index, heading, fill=HEADING, font=Font("Arial", 10, b=True))
    row = top + 1
    for number, finding in enumerate(here, start=1):
        row = _row(sheet, row, number, finding, places)
    if here:
        sheet.auto_filter.ref = f"A{top}:H{row - 1}"
    else:
        row = _line(sheet, row, NONE)
    for file, count in elsewhere.items():
        row = _line(sheet, row + (file == next(iter(elsewhere))), f"{count} temuan di {file}")
    sheet.freeze_panes = f"A{top + 1}"
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = A4, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter.right.text = "Halaman &P dari &N"
