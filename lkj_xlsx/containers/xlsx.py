"""A workbook `.xlsx` or `.xlsm`: its parts found by their relations, each worksheet poured into cells.

Two ways lead through a worksheet: pieces of plain rows are scanned (`xlsx_plain`), everything else goes through expat
(`xlsx_exact`); both put the same cells. Macros are never looked at; charts and dialogs hold no figures of their own.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import unquote

from lkj_xlsx.book import Book, Grid
from lkj_xlsx.containers.cells import Cells, Rows
from lkj_xlsx.containers.limits import MOST_SHEETS, MOST_STRINGS
from lkj_xlsx.containers.markup import Markup, NotSound, Reader, parse
from lkj_xlsx.containers.package import SAVE_AS, Package, broken, open_package
from lkj_xlsx.containers.scan_merges import feed_tail
from lkj_xlsx.containers.xlsx_exact import SheetReader, Styles
from lkj_xlsx.containers.xlsx_plain import Scanner
from lkj_xlsx.containers.xlsx_strings import MAIN, StringReader, spelled
from lkj_xlsx.containers.xlsx_styles import StyleReader
from lkj_xlsx.errors import UnreadableFile

_Read = TypeVar("_Read", bound=Reader)

WORKBOOK: Final = "xl/workbook.xml"
_IDENTITIES: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
"""The attribute that names a sheet's relation: transitional and strict."""
MACROS: Final = "makro di dalamnya tidak dijalankan dan tidak dibaca"

_ROWS, _ROWS_END, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
_LONGEST_HEAD: Final = 2**22
"""Bytes before the rows: views and column widths. A longer head goes the exact way."""
_LONGEST_ROW: Final = 2**24
_BLANK: Final = b" \t\r\n"
_ASCII: Final = re.compile(rb"(?:\xef\xbb\xbf)?<[?A-Za-z]")
"""How a part begins whose letters are single bytes."""


@dataclass(frozen=True, slots=True)
class _Relation:
    kind: str
    part: str
    is_outside: bool


class _Relations:
    """The relations of one part, by their id; a markup Reader."""

    def __init__(self, part: str) -> None:
        self.folder = posixpath.dirname(part)
        self.found: dict[str, _Relation] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name.rpartition(" ")[2] == "Relationship":
            target = unquote(attributes.get("Target", "")).replace("\\", "/")
            part = posixpath.normpath(posixpath.join("/", self.folder, target)).lstrip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            is_outside = attributes.get("TargetMode") == "External"
            identity = attributes.get("Id", "")
            if identity in self.found:
                why = f"tanda `{identity[:20]}` ada dua"
                raise NotSound(why)
            self.found[identity] = _Relation(kind, part, is_outside)

    def end(self, name: str) -> None: ...
    def text(self, text: str) -> None: ...


class _Contents:
    """The sheets that a workbook lists: name, id of its relation, and whether it is hidden; a markup Reader."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.is_1904 = False
        self._path: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        self._path.append(local if space in MAIN else "")
        if self._path == ["workbook", "sheets", "sheet"]:
            relation = next((attributes[key] for key in _IDENTITIES if key in attributes), "")
            is_hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), relation, is_hidden))
        elif self._path == ["workbook", "workbookPr"]:
            self.is_1904 = attributes.get("date1904", "0") in ("1", "true")

    def end(self, _name: str) -> None:
        self._path.pop()

    def text(self, text: str) -> None: ...


def open_book(file: str, path: Path) -> Book:
    """Read a workbook, called `file` in messages; raises UnreadableFile with the part and what is wrong in it."""
    with open_package(file, path) as package:
        return _Workbook(file, package).book()


class _Workbook:
    """One workbook while its parts are read."""

    def __init__(self, file: str, package: Package) -> None:
        self.file, self.package = file, package
        roots = self._relations("").values()
        self.part = next((root.part for root in roots if root.kind == "officeDocument"), WORKBOOK)
        if self.part not in package:
            message = f"{file}: arsip zip tanpa {WORKBOOK}, bukan workbook .xlsx; {SAVE_AS}"
            raise UnreadableFile(message)
        self.contents = self._parse(self.part, _Contents(), "workbook")
        self.relations = self._relations(self.part)

    def book(self) -> Book:
        """Read every worksheet."""
        listed = [one for one in self.contents.sheets if self._relation(one[1]).kind == "worksheet"]
        if not listed:
            message = f"{self.file}: workbook tanpa lembar kerja; {SAVE_AS}"
            raise UnreadableFile(message)
        if len(listed) > MOST_SHEETS:
            raise broken(self.file, f"{len(listed)} lembar, batasnya {MOST_SHEETS}")
        names = [name.casefold() for name, _, _ in listed]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise broken(self.file, f"dua lembar bernama `{twice}`")
        parts = [self._relation(identity).part for _, identity, _ in listed]
        if twice := next((part for part in parts if parts.count(part) > 1), None):
            raise broken(self.file, f"dua lembar dari satu bagian {twice}")
        strings, styles = self._strings(), self._styles()
        grids = []
        for (name, _, is_hidden), part in zip(listed, parts, strict=True):
            rows = self._rows(part, strings, styles)
            grids.append(Grid(name, rows, is_hidden, _Percents(rows, styles).places))
        has_macros = any(name.endswith("vbaproject.bin") for name in self.package.names)
        return Book(tuple(grids), (MACROS,) if has_macros else ())

    def _rows(self, part: str, strings: list[str], styles: Styles) -> Rows:
        cells = Cells(strings)
        reader = SheetReader(cells, len(strings), styles)
        try:
            pour(self.package.chunks(part), reader, strings)
            return cells.rows()
        except NotSound as error:
            raise broken(self.file, f"bagian {part}: {error}") from error

    def _strings(self) -> list[str]:
        part = self._part_of("sharedStrings")
        return self._parse(part, StringReader(MOST_STRINGS), "sst").strings if part else []

    def _styles(self) -> Styles:
        part = self._part_of("styles")
        return (
            self._parse(part, StyleReader(), "styleSheet").styles(is_1904=self.contents.is_1904) if part else Styles()
        )

    def _part_of(self, kind: str) -> str | None:
        own = (one.part for one in self.relations.values() if one.kind == kind and not one.is_outside)
        return next((part for part in own if part in self.package), None)

    def _relations(self, part: str) -> dict[str, _Relation]:
        folder, name = posixpath.split(part)
        of_part = posixpath.join(folder, "_rels", f"{name}.rels")
        return self._parse(of_part, _Relations(part)).found if of_part in self.package else {}

    def _relation(self, identity: str) -> _Relation:
        relation = self.relations.get(identity)
        if relation is None or relation.is_outside or relation.part not in self.package:
            raise broken(self.file, f"lembar dengan tanda `{identity}` tidak ada di dalam berkas")
        return relation

    def _parse(self, part: str, reader: _Read, root: str = "") -> _Read:
        try:
            parse(self.package.chunks(part), reader, spelled(root) if root else ())
        except NotSound as error:
            raise broken(self.file, f"bagian {part}: {error}") from error
        return reader


@dataclass(frozen=True, slots=True)
class _Percents:
    """With how many decimals the cells of one sheet show a percent."""

    rows: Rows
    styles: Styles

    def places(self, row: int, column: int) -> int | None:
        style = self.rows.style(row, column)
        return None if style is None else self.styles.percents.get(style)


def pour(pieces: Iterable[bytes], reader: SheetReader, strings: list[str]) -> None:
    """Read the part of a worksheet: its head and tail by expat, its rows the fast way while they are plain.

    A piece ends where a row ends. Where a comment or CDATA opens, `</row>` may be no tag, so from there on all that
    follows goes the exact way.
    """
    source, feed = iter(pieces), reader.markup.feed
    head, start = _until_rows(source)
    feed(head[:start])
    is_plain = not reader.is_in_rows and _is_utf_8(head, reader.markup)
    feed(_ROWS[: len(head) - start])
    is_plain = is_plain and reader.is_between_rows
    rest = head[start + len(_ROWS) :]
    scanner = Scanner(reader.cells, strings, reader.styles, _prefixes(reader.markup))
    while is_plain:
        cut = rest.rfind(_ROW_END) + len(_ROW_END)
        is_last = cut < len(_ROW_END)
        if is_last and (cut := rest.find(_ROWS_END)) < 0:
            more = next(source, b"")
            rest += more
            is_plain = bool(more) and len(rest) < _LONGEST_ROW
            continue
        rows, rest = rest[:cut], rest[cut:]
        last = scanner.scan(rows) if rows.strip(_BLANK) else reader.row
        if last is None:
            feed(rows)
            is_plain = reader.is_between_rows and not re.search(rb"<[!?]", rows)
        else:
            reader.row = last
        if is_last and is_plain:
            feed_tail(rest, source, feed)
            rest, is_plain = b"", False
    feed(rest)
    for piece in source:
        feed(piece)
    reader.markup.feed(b"", is_last=True)


def _until_rows(source: Iterator[bytes]) -> tuple[bytes, int]:
    """Give the first bytes of a worksheet, and where in them its rows may open; all of them where none do."""
    head = b""
    for piece in source:
        head += piece
        start = head.find(_ROWS)
        if start >= 0:
            return head, start
        if len(head) > _LONGEST_HEAD:
            break
    return head, len(head)


def _is_utf_8(head: bytes, markup: Markup) -> bool:
    """Tell whether a part is in UTF-8, by its first bytes and by what it says."""
    return _ASCII.match(head) is not None and (markup.encoding or "utf-8").lower() == "utf-8"


def _prefixes(markup: Markup) -> frozenset[bytes]:
    """Give the prefixes in force that share their namespace with no other."""
    times = Counter(space for _, space in markup.spaces)
    return frozenset((prefix or "").encode() for prefix, space in markup.spaces if times[space] == 1)
