# ruff: noqa: ANN401, SLF001 - openpyxl's traps are avoided under its public names, where its type stubs do not reach
"""A workbook loaded and written again so that as much as possible is as it was, and what is lost is said."""

import re
import warnings
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles import PatternFill
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from lkj_xlsx.copy_bounds import look_through
from lkj_xlsx.errors import CannotWrite, UnreadableFile
from lkj_xlsx.looks import text_height

SPOILT: Final = (
    *(BadZipFile, zlib.error, OSError, EOFError, RuntimeError, SyntaxError),
    *(LookupError, ValueError, TypeError, AttributeError, ArithmeticError),
)
"""What zipfile and openpyxl raise on workbooks that are not sound (SyntaxError is the XML parser's)."""
NO_DATE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - openpyxl's dates are naive
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
    "gambar atau data kaya di dalam sel": ("xl/richData/rdrichvalue\\.xml", ""),
    "model data (Power Pivot)": ("xl/model/", ""),
    "tanda tangan digital": ("_xmlsignatures/[^/]*\\.xml", ""),
    "proyek makro (beri salinan nama .xlsm agar ikut)": ("xl/vbaProject", ""),
}
"""What openpyxl may drop: the parts of a file that hold it, and the elements that are one (none: the part is)."""


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


class _Writer(ExcelWriter):
    """openpyxl's writer, but sheets come into being in memory: in files of its own, a killed run leaves her figures."""

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        writer: Any = WorksheetWriter(ws, BytesIO())
        writer.write()
        ws._rels = writer._rels
        archive: Any = vars(self)["_archive"]
        archive.writestr(ws.path[1:], writer.read())
        self.manifest.append(ws)


def load(original: Path, copy: Path) -> tuple[Any, Counter[str], list[str]]:
    """Load the workbook, nothing in it taken from the clock, with what it holds and what openpyxl says of it.

    Raises UnreadableFile when it is not sound, is too much for openpyxl, or is not all seen by it; CannotWrite for a
    copy whose name promises another kind of file.
    """
    held = look_through(original)
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
    cells = sum(len(sheet._cells) for sheet in book.worksheets)
    if len(book.sheetnames) != held.sheets or cells < held.cells:  # as of the strict variant, without a word
        message = (
            f"{original}: pustaka penyalin (openpyxl) hanya melihat {len(book.sheetnames)} dari {held.sheets}"
            f" lembarnya, {cells} dari {held.cells} selnya;"
            " buka di Excel, simpan sebagai `Excel Workbook (.xlsx)`, bukan `Strict Open XML`, lalu coba lagi"
        )
        raise UnreadableFile(message)
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


def _settle(book: Any) -> int:
    """Spell figures as short as they are exact (openpyxl writes 16 digits, of 17), give notes room; count formulas."""
    cells = [cell for sheet in book.worksheets for cell in sheet._cells.values()]
    for cell in cells:
        value = cell._value
        if isinstance(value, int | float):
            written = f"{value:.16g}"
            if float(written) != value or len(repr(value)) < len(written):
                cell._value = repr(value)
        if cell.comment:
            cell.comment.width, cell.comment.height = (
                330,
                min(round(text_height(cell.comment.text, 45) * 1.4) + 14, 440),
            )
    formulas = [cell for cell in cells if cell.data_type == "f"]
    if formulas:
        book.calculation = book.calculation or CalcProperties()
        book.calculation.fullCalcOnLoad = True
    return len(formulas)


def save(book: Any, held: Counter[str], partial: Path, copy: Path) -> Iterator[str]:
    """Write the parts in one order, without the time of day and mended; tell what is lost of what the original held."""
    saved = BytesIO()
    try:
        formulas = _settle(book)
        _Writer(book, ZipFile(saved, "w")).save()
    except SPOILT as error:
        message = f"{copy}: isi berkas asli tidak dapat ditulis ulang ({error}); simpan dulu di Excel, lalu coba lagi"
        raise CannotWrite(message) from error
    positions = [book.sheetnames.index(sheet.title) for sheet in book.worksheets]
    with ZipFile(saved) as parts, ZipFile(partial, "w", ZIP_DEFLATED) as archive:
        for name in sorted(parts.namelist()):
            part = parts.read(name)
            if name == "xl/workbook.xml":  # openpyxl counts the sheets of names without the chart sheets
                part = re.sub(rb'(?<=localSheetId=")\d+', lambda match: b"%d" % positions[int(match[0])], part)
            if name == "[Content_Types].xml":  # with macros, these come in the order of a hash
                types = sorted(re.findall(rb"<Default [^>]*>", part))
                part = re.sub(rb"(?:<Default [^>]*>)+", b"".join(types), part, count=1)
            archive.writestr(ZipInfo(name), part, ZIP_DEFLATED)
        return _losses(held, _census(parts), formulas)


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
