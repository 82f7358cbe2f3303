# ruff: noqa: ANN401, SLF001 - openpyxl's traps are avoided under its public names, where its type stubs do not reach
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
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.comments import Comment
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import quote_sheetname
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from lkj_xlsx.errors import CannotWrite, UnreadableFile
from lkj_xlsx.finding import Finding, Severity, Where, column_letters
from lkj_xlsx.looks import A4, LINE_HEIGHT, height_of
from lkj_xlsx.rupiah import spell
from lkj_xlsx.sheet import BROKEN
from lkj_xlsx.whole_file import whole_file

COLOURS: Final = {Severity.ERROR: "FFFFB3B3", Severity.PERINGATAN: "FFFFE699", Severity.INFO: "FFBDD7EE"}
PROVING: Final = "FFDCE6D5"
HEADING: Final = "FFD9E1F2"
FONT, BOLD, TITLE = Font("Arial", 10), Font("Arial", 10, b=True), Font("Arial", 12, b=True)
LINK: Final = Font("Arial", 10, color="FF0563C1", u="single")
LINE: Final = Side("thin", "FFA6A6A6")
HEADINGS: Final = ("No", "Tingkat", "Kode", "Tempat", "Temuan", "Tertulis", "Seharusnya", "Karena")
WIDTHS: Final = (8, 12, 12, 26, 58, 18, 18, 22)
TOP: Final = 4
LONGEST_NOTE: Final = 1_000
PIECE: Final = r"(?s).{{1,{0}}}(?:\s|\Z)|.{{1,{0}}}"
LINES: Final = 20
"""A text that fills more lines of its column goes on, from a blank, in the next row: none is over 409 points tall."""
SPOILT: Final = (*BROKEN, ArithmeticError)
NO_DATE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - openpyxl's dates are naive

_CONTROL: Final = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_QUIET: Final = re.compile("no default style|extension is not supported")  # what an extension held is counted below
_SHEET, _DRAWING = "xl/worksheets/[^/]*xml", "xl/drawings/[^/]*ml"
NOTES: Final = "catatan"
KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "grafik": ("xl/charts/chart", ""),
    "gambar": (_DRAWING, "pic|imagedata"),
    "bentuk atau kotak teks": (_DRAWING, "sp|cxnSp"),
    "tombol atau kotak isian": (_DRAWING, 'ClientData ObjectType="(?!Note)[^"]*"'),
    "objek sisipan": (_SHEET, "oleObject"),
    NOTES: ("xl/comments", "comment"),
    "percakapan (komentar berutas)": ("xl/threadedComments/", ""),
    "aturan format bersyarat": (_SHEET, "cfRule"),
    "aturan validasi data": (_SHEET, "dataValidation"),
    "grafik mini (sparkline)": (_SHEET, "sparkline"),
    "rentang yang boleh disunting": (_SHEET, "protectedRange"),
    "tabel pivot": ("xl/pivotTables/[^/]*xml", ""),
    "pengiris (slicer) atau garis waktu": ("xl/(?:slicers|timelines)/", ""),
    "sambungan data": ("xl/connections|xl/queryTables/", ""),
    "tautan ke workbook lain": ("xl/externalLinks/[^/]*xml", ""),
    "penanda rumus larik dinamis": ("xl/metadata", ""),
    "proyek makro (beri salinan nama .xlsm agar ikut)": ("xl/vbaProject", ""),
}
"""What openpyxl may drop: the parts of a file that hold it, and the elements that are one (none: the part is)."""


def mark(original: Path, findings: Sequence[Finding], copy: Path, *, force: bool = False) -> tuple[str, ...]:
    """Write a copy of the original in which the cells with findings are coloured, noted, listed and linked.

    Returns what the copy could not keep, a sentence each. Same input, same bytes; the original is only read.
    Raises UnreadableFile when it is no sound workbook, CannotWrite when the copy cannot be written or is the original.
    """
    if copy.resolve() == original.resolve() or (copy.exists() and original.exists() and copy.samefile(original)):
        message = f"{copy}: itu berkas asli, yang tidak boleh disentuh; beri salinan nama lain"
        raise CannotWrite(message)
    with whole_file(copy, force=force) as partial:
        book, before, remarks = _load(original, copy)
        places = _Places(book, original.name)
        ordered = sorted(findings, key=lambda finding: finding.severity.rank)
        _colour([finding for finding in ordered if finding.where.file == places.file], places)
        _list(book, ordered, places)
        saved = BytesIO()
        try:
            formulas = _settle(book)
            ExcelWriter(book, ZipFile(saved, "w")).save()
        except SPOILT as error:
            message = (
                f"{copy}: isi berkas asli tidak dapat ditulis ulang ({error}); simpan dulu di Excel, lalu coba lagi"
            )
            raise CannotWrite(message) from error
        with ZipFile(saved) as parts:
            _pack(parts, partial, [book.sheetnames.index(sheet.title) for sheet in book.worksheets])
            return (*_losses(before, _census(parts), formulas), *remarks)


class _Sheet(Worksheet):
    """A sheet whose merged cells keep what they hold: openpyxl empties all but the first of a range."""

    def _clean_merge_range(self, mcr: object) -> None:
        pass


class _Reader(ExcelReader):
    """openpyxl's reader, leaving numbers under a date format the numbers they are: some would become #VALUE!."""

    def read_worksheets(self) -> None:
        book: Any = self.wb
        book._date_formats = set()
        book.create_sheet = lambda title: book._add_sheet(_Sheet(book, title)) or book._sheets[-1]
        super().read_worksheets()
        del book.create_sheet


def _load(original: Path, copy: Path) -> tuple[Any, Counter[str], list[str]]:
    """Load the workbook, nothing in it taken from the clock, with what it holds and what openpyxl says of it."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            reader = _Reader(BytesIO(original.read_bytes()), rich_text=True)
            has_macros = "xl/vbaProject.bin" in reader.valid_files
            if copy.suffix.lower() not in {".xlsx", ".xlsm" if has_macros else ".xlsx"}:
                message = f"{copy}: salinan dengan nama ini tidak akan dibuka Excel; beri nama berakhiran .xlsx"
                raise CannotWrite(message)
            reader.keep_vba = copy.suffix.lower() == ".xlsm"
            census = _census(reader.archive)
            core = reader.archive.read("docProps/core.xml") if "docProps/core.xml" in reader.valid_files else b""
            reader.read()
        except SPOILT as error:
            advice = "buka di Excel atau LibreOffice, simpan sebagai .xlsx, lalu coba lagi"
            message = f"{original}: tidak dapat dibuka untuk disalin ({error}); {advice}"
            raise UnreadableFile(message) from error
    book: Any = reader.wb
    for name, absent in (("created", NO_DATE), ("modified", NO_DATE), ("creator", None)):
        if name.encode() not in core:
            setattr(book.properties, name, absent)
    for sheet in book.worksheets:
        if "commentsDrawing" in (sheet.legacy_drawing or ""):
            sheet.legacy_drawing = None  # else two sheets of a copy with macros may share one drawing
    book.template = False
    if len(book._fills) == 1:
        book._fills.append(PatternFill("gray125"))  # Excel takes the second fill for its own; SAKTI writes one
    texts = dict.fromkeys(str(warning.message) for warning in told)
    remarks = [f"pustaka penyalin (openpyxl) memberi tahu: {text}" for text in texts if not _QUIET.search(text)]
    return book, census, remarks


class _Places:
    """The cells of a workbook by the places of findings (of a merged range, the first cell), and its list's name."""

    def __init__(self, book: Any, file: str) -> None:
        self.file = file
        self.sheets = {sheet.title: sheet for sheet in book.worksheets}
        self.anchors = {
            (sheet.title, row, column): (merged.min_row, merged.min_col)
            for sheet, last_row, last_column in [(sheet, sheet.max_row, sheet.max_column) for sheet in book.worksheets]
            for merged in sheet.merged_cells.ranges
            for row in range(merged.min_row, min(merged.max_row, last_row) + 1)
            for column in range(merged.min_col, min(merged.max_col, last_column) + 1)
        }
        taken = {name.lower() for name in book.sheetnames}
        names = ("Temuan", "Temuan lkj", *(f"Temuan lkj {number}" for number in range(2, len(taken) + 2)))
        self.list = next(name for name in names if name.lower() not in taken)

    def cell(self, where: Where) -> Any:
        """Give the cell of a place, a new one in the style of its row or column; None when no cell is meant."""
        sheet = self.sheets.get(where.sheet or "")
        if where.file != self.file or sheet is None or where.row is None or where.column is None:
            return None
        at = (where.row + 1, where.column + 1)
        row, column = self.anchors.get((sheet.title, *at), at)
        is_new = (row, column) not in sheet._cells
        cell = sheet.cell(row, column)
        if is_new:
            columns = (span for span in sheet.column_dimensions.values() if span.min <= column <= span.max)
            spans = [span for span in (sheet.row_dimensions.get(row), *columns) if span and span.has_style]
            cell._style = StyleArray(spans[0]._style) if spans else cell._style
        return cell

    def link(self, where: Where) -> str | None:
        """Spell the address that a place opens, None when it is on no sheet."""
        cell = where.cell or f"A{(where.row or 0) + 1}"
        return f"{quote_sheetname(where.sheet)}!{cell}" if where.sheet and where.sheet in self.sheets else None

    def spell(self, where: Where, sheet: str | None = None) -> str:
        """Spell a place without the file and sheet that go without saying."""
        if where.file != self.file:
            return str(where)
        return (where.cell if where.sheet == sheet else None) or str(replace(where, file="")) or self.file


def _colour(here: Sequence[Finding], places: _Places) -> None:
    """Colour and note the cells with findings; tint the cells that prove one and show no colour yet."""
    found: dict[Any, list[Finding]] = {}
    for finding in here:
        if cell := places.cell(finding.where):
            found.setdefault(cell, []).append(finding)
    for cell, theirs in found.items():
        cell.fill = PatternFill("solid", COLOURS[theirs[0].severity])
        cell.comment = _note(cell.comment, theirs, f" … lihat lembar {places.list}")
    for place in dict.fromkeys(place for finding in here for place in finding.because):
        cell = places.cell(place)
        if cell and cell not in found and cell.fill.fill_type is None:
            cell.fill = PatternFill("solid", PROVING)


def _note(old: Comment | None, theirs: Sequence[Finding], tail: str) -> Comment:
    """Say the findings of a cell, under what its note says already."""
    parts = []
    for finding in theirs:
        expected = "" if finding.expected is None else f"\nSeharusnya: {_figure(finding.expected)}"
        parts.append(f"{finding.severity} {finding.code}: {finding.message}{expected}")
    text = "\n\n".join(parts)
    text = _safe(text if len(text) <= LONGEST_NOTE else text[: LONGEST_NOTE - len(tail)] + tail)
    return Comment(f"{old.text}\n\n{text}", old.author) if old else Comment(text, "lkj")


def _figure(value: int | str | None) -> str:
    return spell(value) if isinstance(value, int) else value or ""


def _safe(text: str) -> str:
    r"""Spell what XML cannot hold (`\x01`, half a surrogate pair) and what Excel would decode (`_x0041_`)."""
    return _CONTROL.sub(lambda match: ascii(match[0])[1:-1], _ESCAPE.sub("_x005F_", text))


def _height(text: str, width: float) -> float:
    return sum(max(height_of(line, width), LINE_HEIGHT) for line in text.split("\n"))


def _settle(book: Any) -> int:
    """Keep figures to the last digit (openpyxl writes 16 of 17), give notes room; count the formulas."""
    cells = [cell for sheet in book.worksheets for cell in sheet._cells.values()]
    for cell in cells:
        value = cell._value
        if isinstance(value, int | float) and float(f"{value:.16g}") != value:
            cell._value = repr(value)
        if cell.comment:
            cell.comment.width, cell.comment.height = 330, min(round(_height(cell.comment.text, 45) * 1.4) + 14, 440)
    formulas = [cell for cell in cells if cell.data_type == "f"]
    if formulas:
        book.calculation = book.calculation or CalcProperties()
        book.calculation.fullCalcOnLoad = True
    return len(formulas)


def _list(book: Any, findings: Sequence[Finding], places: _Places) -> None:
    """Write the first sheet: title, legend, headings, a row a finding, and what is in other files."""
    sheet = book.create_sheet(places.list, 0)
    here = [finding for finding in findings if finding.where.file == places.file]
    elsewhere = Counter(finding.where.file for finding in findings if finding.where.file != places.file)
    counts = Counter(finding.severity for finding in here)
    title = f"Temuan di {places.file}: " + ", ".join(f"{counts[each]} {each}" for each in Severity)
    others = f"{elsewhere.total()} temuan lain ada di {len(elsewhere)} berkas lain, disebut di bawah daftar ini"
    _write(sheet, 1, [title], font=TITLE)
    _write(sheet, 3, [others if elsewhere else ""])
    _write(sheet, 2, ["Warna", *COLOURS, "sel pembukti (tanpa temuan sendiri)"], ("", *COLOURS.values(), PROVING))
    _write(sheet, TOP, HEADINGS, (HEADING,) * len(HEADINGS), BOLD)
    end = TOP + 1
    for number, finding in enumerate(here, start=1):
        because = ", ".join(places.spell(place, finding.where.sheet) for place in finding.because)
        figures = (_figure(finding.printed), _figure(finding.expected))
        texts = zip((places.spell(finding.where), finding.message, *figures, because), WIDTHS[3:], strict=True)
        pieces = (re.findall(PIECE.format(LINES * width - 1), text) for text, width in texts)
        first = end
        for parts in zip_longest(*pieces, fillvalue=""):
            label = number if end == first else "lanjutan"
            _write(sheet, end, [label, finding.severity, finding.code, *parts], ("", COLOURS[finding.severity]))
            end += 1
        if location := places.link(finding.where):
            sheet.cell(first, 4).hyperlink = Hyperlink(ref=f"D{first}", location=location)
            sheet.cell(first, 4).font = LINK
    if here:
        sheet.auto_filter.ref = f"A{TOP}:H{end - 1}"
    lines = ([] if here else ["Tidak ada temuan."]) + [
        f"{count} temuan di {file}" for file, count in sorted(elsewhere.items())
    ]
    for row, line in enumerate(lines, start=end + bool(here)):
        _write(sheet, row, [line])
    for column, width in enumerate(WIDTHS):
        sheet.column_dimensions[column_letters(column)].width = width
    sheet.freeze_panes, sheet.print_title_rows = f"A{TOP + 1}", f"{TOP}:{TOP}"
    sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToHeight = A4, "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.right.text = "Halaman &P dari &N"
    book.active = 0
    for each in book.worksheets + book.chartsheets:
        for view in (each.views if each in book.worksheets else each.sheetViews).sheetView:
            view.tabSelected = each is sheet  # two selected sheets would be edited as one
    for window in book.views:
        window.firstSheet = 0


def _write(sheet: Any, row: int, values: Sequence[str | int], colours: Sequence[str] = (), font: Font = FONT) -> None:
    """Write a row of the list, no text ever a formula, tall enough to be read; a single text runs across."""
    is_wide = len(values) == 1
    height = LINE_HEIGHT
    for column, (value, width) in enumerate(zip(values, WIDTHS, strict=False), start=1):
        cell = sheet.cell(row, column, value if isinstance(value, int) else _safe(value))
        cell.data_type = "n" if isinstance(value, int) else "s"
        cell.font, cell.alignment = font, Alignment("left", "top", wrap_text=True)
        cell.border = Border() if is_wide else Border(LINE, LINE, LINE, LINE)
        if column <= len(colours) and colours[column - 1]:
            cell.fill = PatternFill("solid", colours[column - 1])
        height = max(height, _height(str(value), sum(WIDTHS) if is_wide else width * 1.1))
    if is_wide:
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(WIDTHS))
    sheet.row_dimensions[row].height = min(height + 4, 409)


def _pack(parts: ZipFile, path: Path, positions: Sequence[int]) -> None:
    """Write the parts in one order and without the time of day, mending where openpyxl miscounts."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name in sorted(parts.namelist()):
            part = parts.read(name)
            if name == "xl/workbook.xml":  # names of sheets are counted without the chart sheets
                part = re.sub(rb'(?<=localSheetId=")\d+', lambda match: b"%d" % positions[int(match[0])], part)
            if name == "[Content_Types].xml":  # with macros, these come in the order of a hash
                types = sorted(re.findall(rb"<Default [^>]*>", part))
                part = re.sub(rb"(?:<Default [^>]*>)+", b"".join(types), part, count=1)
            archive.writestr(ZipInfo(name), part, ZIP_DEFLATED)


def _census(archive: ZipFile) -> Counter[str]:
    """Count what the workbook holds of each kind that openpyxl may drop."""
    counts: Counter[str] = Counter()
    for name in archive.namelist():
        part = archive.read(name)
        tail = part[max(part.rfind(b"sheetData>"), 0) :]
        for kind, (parts, elements) in KINDS.items():
            if re.match(parts, name):
                counts[kind] += len(re.findall(rf"<(?:\w+:)?(?:{elements})[ />]".encode(), tail)) if elements else 1
    return counts


def _losses(before: Counter[str], after: Counter[str], formulas: int) -> Iterator[str]:
    """Say what the copy lacks, or shows otherwise than the original."""
    for kind in KINDS:
        if before[kind] > after[kind]:
            yield f"{before[kind] - after[kind]} dari {before[kind]} {kind} tidak ikut ke salinan"
    if after["grafik"]:
        yield "grafik ikut ke salinan, tetapi rupanya dapat berbeda"
    if before[NOTES]:
        yield "catatan (komentar) lama tetap isinya, tetapi ukuran dan huruf tebal atau miringnya tidak"
    if formulas:
        yield f"{formulas} rumus ikut tanpa hasil hitungannya: Excel dan LibreOffice menghitungnya saat dibuka"
