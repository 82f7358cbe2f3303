"""An OpenDocument spreadsheet (.ods): its sheets from `content.xml` by expat, each figure by its literal.

calamine would show errors and formulas without a value as blanks, and hands out doubles; read here, every cell says
what it says. A run of equal cells or rows (`number-columns-repeated`) is laid out only where it holds something, and
counted before it is. From documentation, OpenDocument 1.3 part 3, chapters 9 and 19; LibreOffice's own attribute
`calcext:value-type` tells errors.
"""

import re
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Final, cast

from lkj_xlsx.book import Book, Grid, Odd
from lkj_xlsx.containers.cells import number_of
from lkj_xlsx.containers.limits import LONGEST_TEXT, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS
from lkj_xlsx.containers.markup import NotSound, parse
from lkj_xlsx.containers.package import SAVE_AS, broken, open_package
from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.rupiah import Fault

MOST_FILLED: Final = 10_000_000
"""Cells that hold something in one file, repeats counted: a million rows of ten."""

_OASIS: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TABLE, _TEXT, _STYLE = (f"{_OASIS}{name}:1.0 " for name in ("office", "table", "text", "style"))
_CALCEXT: Final = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_ROW: Final = f"{_TABLE}table-row"
_GROUPS: Final = tuple(f"{_TABLE}{name}" for name in ("table-row-group", "table-header-rows", "table-rows"))
_CELLS: Final = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_PARAGRAPH: Final = f"{_TEXT}p"
_FORCED: Final = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_ASIDE: Final = (f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}ruby-text")
"""What stands in a cell and is no text of it: remarks, notes, readings."""
_PERCENT: Final = re.compile(r"(?:[.,](\d+))?\s*%", re.ASCII)
_ERROR: Final = re.compile(r"#[A-Z/0!?]+|(?:Err|Galat|Kesalahan):\d+", re.ASCII)
_SPACES: Final = re.compile(r"[ \t\r\n]+")


def open_book(file: str, path: Path) -> Book:
    """Read a spreadsheet, called `file` in messages; raises UnreadableFile with what is wrong and what to do."""
    with open_package(file, path) as package:
        if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
            message = f"{file}: spreadsheet OpenDocument dengan kata sandi; simpan tanpa kata sandi, lalu coba lagi"
            raise UnreadableFile(message)
        if "content.xml" not in package:
            raise broken(file, "bagian content.xml tidak ada")
        reader = _Content()
        try:
            chunks = cast("Generator[bytes, None, None]", package.chunks("content.xml"))
            with closing(chunks) as pieces:  # a refusal leaves the part half read, and its file open
                parse(pieces, reader)
        except NotSound as error:
            raise broken(file, f"bagian content.xml: {error}") from error
    if not reader.sheets:
        message = f"{file}: spreadsheet tanpa lembar kerja; {SAVE_AS}"
        raise UnreadableFile(message)
    return Book(
        tuple(
            Grid(sheet.name, sheet.rows, sheet.style in reader.hidden, _Percents(sheet.percents).places)
            for sheet in reader.sheets
        ),
        ("dibaca sebagai spreadsheet OpenDocument (.ods)",),
    )


@dataclass(frozen=True, slots=True)
class _Percents:
    """With how many decimals the cells of one sheet show a percent."""

    found: Mapping[tuple[int, int], int]

    def places(self, row: int, column: int) -> int | None:
        return self.found.get((row, column))


@dataclass(slots=True)
class _Sheet:
    """One sheet while it is read: its rows down to the last that holds something."""

    name: str
    style: str
    rows: list[list[object]] = field(default_factory=list)
    percents: dict[tuple[int, int], int] = field(default_factory=dict)
    below: int = 0
    """Rows read so far, blank ones included."""


class _Content:
    """The content of a spreadsheet as it is told; a markup Reader."""

    def __init__(self) -> None:
        self.sheets: list[_Sheet] = []
        self.hidden: set[str] = set()
        self._path: list[str] = []
        self._style = ""
        self._row: list[object] = []
        self._shown: dict[int, int] = {}
        self._blanks = self._repeat = self._filled = 0
        self._cell: Mapping[str, str] = {}
        self._runs: list[str] | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Open an element; raises NotSound where rows stand in a place that would lose them."""
        inside = self._path[-1] if self._path else ""
        if self._runs is not None:
            self._path.append(self._start_in_cell(name, attributes, inside))
            return
        own = name if self._belongs(name, inside) else ""
        self._path.append(own)
        if own == f"{_STYLE}style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif name == f"{_STYLE}table-properties" and attributes.get(f"{_TABLE}display") == "false":
            self.hidden.add(self._style)
        elif own == f"{_TABLE}table":
            self._start_sheet(attributes)
        elif own == _ROW:
            self._row, self._shown, self._blanks = [], {}, 0
            self._repeat = _repeat(attributes, "rows")
        elif own in _CELLS:
            self._cell, self._runs = attributes, []
        elif name in (_ROW, *_CELLS) and self.sheets:
            why = f"baris di luar tempatnya, di lembar `{self.sheets[-1].name}`"
            raise NotSound(why)

    @staticmethod
    def _belongs(name: str, inside: str) -> bool:
        """Tell an element that is where it counts."""
        if name == f"{_TABLE}table":
            return inside == f"{_OFFICE}spreadsheet"
        if name == _ROW or name in _GROUPS:
            return inside == f"{_TABLE}table" or inside in _GROUPS
        return inside == _ROW if name in _CELLS else name in (f"{_OFFICE}spreadsheet", f"{_STYLE}style")

    def _start_in_cell(self, name: str, attributes: Mapping[str, str], inside: str) -> str:
        """Open an element within a cell; what is not its text gets the name "" and all within it too."""
        if name == f"{_TABLE}table":
            why = f"tabel di dalam sel, di lembar `{self.sheets[-1].name}`"
            raise NotSound(why)
        if inside in _CELLS:
            if name == _PARAGRAPH and self._runs:
                self._runs.append("\n")
            return name if name == _PARAGRAPH else ""
        if inside and self._runs is not None:
            if name == f"{_TEXT}s":
                self._runs.append(" " * min(_whole(attributes.get(f"{_TEXT}c", "1")), LONGEST_TEXT))
            self._runs.append(_FORCED.get(name, ""))
        return "" if name in _ASIDE or not name.startswith(_TEXT) else inside

    def text(self, text: str) -> None:
        """Keep the characters of a cell's text."""
        if self._runs is not None and self._path[-1] == _PARAGRAPH:
            self._runs.append(_SPACES.sub(" ", text))

    def end(self, _name: str) -> None:
        """Close an element, and put the cell or the row that it ends."""
        own = self._path.pop()
        if own in _CELLS:
            self._end_cell()
        elif own == _ROW:
            self._end_row()

    def _start_sheet(self, attributes: Mapping[str, str]) -> None:
        name = attributes.get(f"{_TABLE}name", "")
        if any(sheet.name.casefold() == name.casefold() for sheet in self.sheets):
            why = f"dua lembar bernama `{name}`"
            raise NotSound(why)
        if len(self.sheets) >= MOST_SHEETS:
            why = f"lebih dari {MOST_SHEETS} lembar"
            raise NotSound(why)
        self.sheets.append(_Sheet(name, attributes.get(f"{_TABLE}style-name", "")))

    def _end_cell(self) -> None:
        text, self._runs = "".join(self._runs or ()), None
        repeat = _repeat(self._cell, "columns")
        value = _value(self._cell, text)
        if value is None or value == "":
            self._blanks += repeat
            return
        first = len(self._row) + self._blanks
        if first + repeat > MOST_COLUMNS:
            why = f"kolom {first + repeat} di luar lembar `{self.sheets[-1].name}`"
            raise NotSound(why)
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            why = f"sel berisi {len(value)} huruf, batasnya {LONGEST_TEXT}"
            raise NotSound(why)
        self._row += [None] * self._blanks + [value] * repeat
        self._blanks = 0
        if self._cell.get(f"{_OFFICE}value-type") == "percentage":
            shown = _PERCENT.search(text)
            self._shown.update(dict.fromkeys(range(first, first + repeat), len(shown[1] or "") if shown else 0))

    def _end_row(self) -> None:
        sheet, row, repeat = self.sheets[-1], self._row, self._repeat
        first, sheet.below = sheet.below, sheet.below + repeat
        if not row:
            return
        if sheet.below > MOST_ROWS:
            why = f"baris {sheet.below} di luar lembar `{sheet.name}`"
            raise NotSound(why)
        self._filled += repeat * len(row)
        if self._filled > MOST_FILLED:
            why = f"lebih dari {MOST_FILLED} sel berisi, pengulangan dihitung, sampai lembar `{sheet.name}`"
            raise NotSound(why)
        sheet.rows += [[]] * (first - len(sheet.rows)) + [row] * repeat
        for place in range(first, sheet.below) if self._shown else ():
            sheet.percents.update({(place, column): places for column, places in self._shown.items()})


def _whole(text: str) -> int:
    """Read a count; raises NotSound for what is none."""
    if text.isascii() and text.isdigit() and len(text) < 10:  # noqa: PLR2004 - digits of 2^31
        return int(text)
    why = f"`{text[:20]}` bukan hitungan"
    raise NotSound(why)


def _repeat(attributes: Mapping[str, str], what: str) -> int:
    return _whole(attributes.get(f"{_TABLE}number-{what}-repeated", "1"))


def _value(cell: Mapping[str, str], text: str) -> object:  # noqa: PLR0911 - one return a kind of cell
    """Give what a cell holds: None or "" for a blank."""
    kind = cell.get(f"{_OFFICE}value-type", "")
    formula = cell.get(f"{_TABLE}formula")
    if cell.get(f"{_CALCEXT}value-type") == "error" or (formula is not None and _ERROR.fullmatch(text.strip())):
        return Odd(Fault.ERROR_CELL, text[:80] or "#?")
    if not kind:
        return text if formula is None else Odd(Fault.UNCACHED, formula[:80])
    if kind == "string":
        return cell.get(f"{_OFFICE}string-value", text)
    name = {"boolean": "boolean-value", "date": "date-value", "time": "time-value"}.get(kind, "value")
    literal = cell.get(f"{_OFFICE}{name}")
    if literal is None:
        return Odd(Fault.NOT_A_NUMBER, text[:80]) if formula is None else Odd(Fault.UNCACHED, formula[:80])
    if kind in ("float", "currency", "percentage"):
        return number_of(literal)
    if kind == "boolean" and literal in ("true", "false"):
        return literal == "true"
    if kind == "date":
        return _day(literal, text)
    if kind == "time":
        return Odd(Fault.NOT_AMOUNT, (text or literal)[:80])
    why = f"sel berjenis `{kind[:20]}` dengan isi `{literal[:20]}`"
    raise NotSound(why)


def _day(literal: str, text: str) -> object:
    """Give a day, or a moment where the hour is not midnight."""
    try:
        moment = datetime.fromisoformat(literal)
    except ValueError:
        return Odd(Fault.NOT_AMOUNT, (text or literal)[:80])
    return moment if moment.time() != time() else moment.date()
