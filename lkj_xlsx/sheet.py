"""A file on disk becomes cells with addresses; the only door for untrusted bytes.

python-calamine reads; where it shows a blank that may be an error or a formula nobody calculated, openpyxl
takes a second look before the cell is called blank (both probed: calamine gives "" for either).
"""

import re
import warnings
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from lkj_xlsx.errors import UnreadableFile, reason
from lkj_xlsx.finding import Finding, Severity, Where, column_number
from lkj_xlsx.rupiah import LARGEST, Fault, amount_of_number, amount_of_text

UNREAD_SHEET: Final = "R110"

_SAVE_AS: Final = "buka di Excel atau LibreOffice, simpan sebagai .xlsx, lalu coba lagi"
_KINDS: Final = (
    (b"\xd0\xcf\x11\xe0", f"workbook Excel lama (.xls) atau ber-kata-sandi; {_SAVE_AS} (tanpa kata sandi)"),
    (b"%PDF", "dokumen PDF; unduh lagi laporan yang sama dalam bentuk Excel"),
    (b"<", f"halaman HTML atau XML; {_SAVE_AS}"),
    (b"", f"bukan workbook .xlsx; {_SAVE_AS}"),
)
_NOT_PLAIN: Final = re.compile(rb'<f[ >/]|t="e"|<!')
_ROW: Final = re.compile(rb'<(?:\w+:)?row[^>]*? r="(\d{1,7})"')
_COLUMN: Final = re.compile(rb' r="([A-Z]{1,3})\d')
_TAIL, _MOST_COLUMNS = 100_000, 16_384
BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, SyntaxError),
    *(LookupError, ValueError, TypeError, AttributeError),
)
"""What zipfile and openpyxl raise on workbooks that are not sound (SyntaxError is the XML parser's)."""

MOST_CELLS: Final = 50_000_000
"""The largest used range read: a million rows of SAKTI's 35 columns fit; calamine takes 24 bytes a cell."""

_PERCENT_FORMAT: Final = re.compile(r"(?:\.(0+))?\s*%")
_ERROR: Final = re.compile(r"#[A-Z/0!?]+")


@dataclass(frozen=True)
class Document:
    """One opened file: its name and its sheets, hidden ones too, in order."""

    file: str
    sheets: tuple["Sheet", ...]

    def named(self, name: str) -> "Sheet | None":
        """Give the sheet of that name, whatever the case of its letters."""
        return next((sheet for sheet in self.sheets if sheet.name.strip().lower() == name.lower()), None)


@dataclass(frozen=True)
class _Second:
    """The second look at a workbook: openpyxl's cells, loaded only when something asks.

    `is_needed` when a sheet holds a formula, an error cell or odd XML; a SAKTI export holds none.
    """

    file: str
    content: bytes
    is_needed: bool

    @cached_property
    def _books(self) -> tuple[Mapping[str, list[Sequence[object]]], Mapping[str, list[Sequence[object]]]]:
        from openpyxl import load_workbook  # noqa: PLC0415 - a tenth of a second that sound files do not pay

        books = []
        for data_only in (False, True):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions, which carry no figures
                try:
                    book = load_workbook(BytesIO(self.content), read_only=True, data_only=data_only)
                    rows: dict[str, list[Sequence[object]]] = {}
                    for sheet in book.worksheets:
                        sheet.reset_dimensions()  # a SAKTI file claims <dimension ref="A1"/>
                        rows[sheet.title] = list(sheet.iter_rows())
                except BROKEN as error:
                    raise UnreadableFile(_broken(self.file, error)) from error
            books.append(rows)
        return books[0], books[1]

    def cell(self, sheet: str, row: int, column: int) -> object:
        """Give what openpyxl holds at an address: a number, a text, a Fault, or None for a real blank."""
        written, shown = (self._at(book, sheet, row, column) for book in self._books)
        value = getattr(shown, "value", None)
        if isinstance(value, str) and _ERROR.fullmatch(value):
            return Fault.ERROR_CELL
        if value is None and getattr(written, "data_type", "") == "f" and getattr(shown, "data_type", "") != "str":
            return Fault.UNCACHED
        return value

    def percent_places(self, sheet: str, row: int, column: int) -> int | None:
        """Say with how many decimals a cell shows a percent (Excel keeps `100%` as 1); None when it shows none."""
        shown = _PERCENT_FORMAT.search(str(getattr(self._at(self._books[1], sheet, row, column), "number_format", "")))
        return len(shown[1] or "") if shown else None

    @staticmethod
    def _at(book: Mapping[str, list[Sequence[object]]], sheet: str, row: int, column: int) -> object:
        rows = book.get(sheet, [])
        return rows[row][column] if row < len(rows) and column < len(rows[row]) else None


@dataclass(frozen=True)
class Sheet:
    """Cells with addresses: 0-based rows and columns, as in the file."""

    file: str
    name: str
    rows: Sequence[Sequence[object]]
    second: _Second = field(repr=False)

    def at(self, row: int, column: int) -> object:
        """Give the value at an address, None for a blank."""
        cells = self.rows[row] if row < len(self.rows) else []
        value = cells[column] if column < len(cells) else None
        return None if value is None or (isinstance(value, str) and not value.strip()) else value

    def text(self, row: int, column: int) -> str:
        """Give a cell as text to the character, blanks around it removed; a number 6709.0 is `6709`."""
        value = self.at(row, column)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else " ".join(str(value).split())

    def value(self, row: int, column: int) -> object:
        """Give the value at an address; a blank gets its second look, and may be a Fault."""
        value = self.at(row, column)
        return self.second.cell(self.name, row, column) if value is None and self.second.is_needed else value

    def where(self, row: int, column: int | None = None) -> Where:
        """Name an address."""
        return Where(self.file, self.name, row, column)

    def amount(self, row: int, column: int, proven: frozenset[str]) -> int | Fault | None:
        """Read a cell as exact rupiah; None for a real blank, a Fault for anything that is no amount."""
        value = self.value(row, column)
        if isinstance(value, float) and abs(value) == LARGEST:
            value = self.second.cell(self.name, row, column)
        if value is None or isinstance(value, Fault):
            return value
        if isinstance(value, str):
            return amount_of_text(value, proven) if value.strip() else None
        if isinstance(value, bool) or not isinstance(value, int | float):
            return Fault.NOT_AMOUNT
        return amount_of_number(value)


def open_document(path: Path, name: str | None = None) -> Document:
    """Open a file as cells, called `name` or by its own; raises UnreadableFile with what it is and what to do."""
    file = name or path.name
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"{path}: tidak dapat dibuka ({reason(error)}); periksa nama dan izin berkas"
        raise UnreadableFile(message) from error
    if not content:
        message = f"{file}: berkas kosong (0 bita); unduh lagi"
        raise UnreadableFile(message)
    if not content.startswith(b"PK\x03\x04"):
        kind = next(words for magic, words in _KINDS if content.lstrip()[: len(magic)] == magic)
        message = f"{file}: {kind}"
        raise UnreadableFile(message)
    try:
        return _sheets(file, content)
    except (CalamineError, *BROKEN) as error:
        raise UnreadableFile(_broken(file, error)) from error


def _broken(file: str, error: Exception) -> str:
    return f"{file}: isi workbook rusak atau terpotong ({error}); unduh lagi, atau {_SAVE_AS}"


def _sheets(file: str, content: bytes) -> Document:
    is_plain = True
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            message = f"{file}: arsip zip tanpa xl/workbook.xml, bukan workbook .xlsx; {_SAVE_AS}"
            raise UnreadableFile(message)
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                part = archive.read(name)
                is_plain = is_plain and not _NOT_PLAIN.search(part)
                _refuse_far_cells(file, name, part)
    second = _Second(file, content, is_needed=not is_plain)
    book = CalamineWorkbook.from_object(BytesIO(content))
    names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if not names:
        message = f"{file}: workbook tanpa lembar kerja; {_SAVE_AS}"
        raise UnreadableFile(message)
    sheets = (
        Sheet(file, name, book.get_sheet_by_name(name).to_python(skip_empty_area=False), second) for name in names
    )
    return Document(file, tuple(sheets))


def _refuse_far_cells(file: str, name: str, part: bytes) -> None:
    """Refuse a used range so large that calamine, which holds all of it, would take the process down."""
    end = part.rfind(b"sheetData>")
    rows = _ROW.findall(part, max(0, end - _TAIL), max(0, end)) or _ROW.findall(part)
    last_row = max(map(int, rows), default=0)
    if last_row * _MOST_COLUMNS <= MOST_CELLS:
        return
    width = max(map(column_number, set(_COLUMN.findall(part))), default=1)
    if last_row * width > MOST_CELLS:
        message = (
            f"{file}: bagian {name} memakai kotak {last_row} baris x {width} kolom, lebih dari {MOST_CELLS} sel;"
            " hapus sel yang berdiri jauh dari tabel, simpan, lalu coba lagi"
        )
        raise UnreadableFile(message)


def unread(document: Document, names: set[str]) -> list[Finding]:
    """Report, for the record, every sheet that holds something and was not read."""
    return [
        Finding(UNREAD_SHEET, Severity.INFO, Where(document.file, sheet.name), "lembar ini tidak dibaca")
        for sheet in document.sheets
        if sheet.name not in names
        and any(sheet.text(row, c) for row in range(len(sheet.rows)) for c in range(len(sheet.rows[row])))
    ]
