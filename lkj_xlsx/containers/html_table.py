"""The tables of a web page that was saved under the name of a workbook, as many web applications "export to Excel".

Each table that holds something is a sheet, in the order in which tables open, called by its caption, by the heading
before it, or `Tabel 1`. A table within a cell is a sheet of its own and no text of the cell around it: pages lay
themselves out by tables. Text is read also where the page hides it. Nothing is fetched, nothing runs. Mistakes are
mended as browsers mend them, but where cells would be lost the page is refused.

No real file of this kind was seen (FORMATS.md section 0): from documentation, the HTML standard.
"""

import re
from collections.abc import Iterable
from typing import Final

from lkj_xlsx.book import Book, Grid
from lkj_xlsx.containers.html_grid import HtmlTable, shown
from lkj_xlsx.containers.html_tags import NotClosed, Tag, line_at, tokens
from lkj_xlsx.containers.markup import NotSound
from lkj_xlsx.containers.package import SAVE_AS
from lkj_xlsx.errors import UnreadableFile

LARGEST_PAGE: Final = 32 * 2**20
"""Characters of a page: 25,000 rows of twenty cells with their looks, or a whole FA Detail three times."""

MOST_PLACES: Final = 20_000_000
"""Cells, and places that spans cover: more than a page of that size holds, unless its spans claim them."""

_LOGIN: Final = "halaman web tanpa tabel, mungkin halaman login; masuk lagi lalu unduh ulang"
_FRAMES: Final = f"halaman web berbingkai (frameset), tabelnya di berkas lain; {SAVE_AS}"
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_BREAKS: Final = frozenset(
    (
        *("br", "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "hr", "sup", "sub", "blockquote", "center", "form"),
        *("option", "pre", "section", "article", "header", "footer", "address", *_HEADINGS),
    )
)
"""Elements that part words. A raised `2` is a footnote's mark and no digit of the figure before it."""
_GROUPS: Final = ("thead", "tbody", "tfoot")
_CELLS: Final = ("td", "th")
_UNSHOWN_INPUTS: Final = ("hidden", "submit", "button", "reset", "image", "checkbox", "radio", "file")
_TITLE: Final = 60
"""Characters of a caption that name a sheet."""

_CHARSET: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML_CHARSET: Final = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
_CHARSET_WITHIN: Final = 4_096
_LATIN: Final = ("iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252")
"""Names that every browser takes for Windows-1252."""
_KNOWN: Final = re.compile(r"windows-125[0-8]|iso-8859-(?:[2-9]|1[0134-6])")


def declared_encoding(file: str, content: bytes) -> str | None:
    """Give the codec that a page names in its head; raises UnreadableFile for one that is not known."""
    head = content[:_CHARSET_WITHIN]
    match = _CHARSET.search(head) or _XML_CHARSET.match(head)
    if match is None:
        return None
    name = match[1].decode("ascii", "replace").lower()
    if name in _LATIN:
        return "cp1252"
    if name in ("utf-8", "utf8") or name.startswith("utf-16"):  # in bytes that say so, UTF-16 is none
        return "utf-8"
    if _KNOWN.fullmatch(name):
        return name
    message = f"{file}: halaman web dengan pengodean `{name}` yang tidak dikenal; {SAVE_AS}"
    raise UnreadableFile(message)


def read_book(file: str, text: str, encoding: str) -> Book:
    """Read the tables of a page; raises UnreadableFile where there are none, or where cells would be lost."""
    if len(text) > LARGEST_PAGE:
        message = f"{file}: halaman web lebih dari {LARGEST_PAGE // 2**20} juta huruf; {SAVE_AS}"
        raise UnreadableFile(message)
    page = _Page()
    try:
        page.read(text)
    except NotSound as error:
        message = f"{file}: halaman web (HTML) yang tidak utuh: {error}; unduh lagi, atau {SAVE_AS}"
        raise UnreadableFile(message) from error
    tables = [table for table in page.tables if table.rows]
    if page.is_login or not tables:
        message = f"{file}: {_FRAMES if page.has_frames else _LOGIN}"
        raise UnreadableFile(message)
    notes = [f"dibaca sebagai halaman web (HTML): {len(tables)} tabel, {encoding}"]
    if page.outside:
        some = ", ".join(f"`{one[:_TITLE]}`" for one in page.outside[:3])
        notes.append(f"{len(page.outside)} teks di luar tabel tidak ikut dibaca, antara lain {some}")
    return Book(tuple(_grids(tables)), tuple(notes))


def _grids(tables: Iterable[HtmlTable]) -> Iterable[Grid]:
    """Give each table as a sheet, no two of one name."""
    taken: set[str] = set()
    for number, table in enumerate(tables, start=1):
        name = table.title[:_TITLE] or f"Tabel {number}"
        if name.casefold() in taken:
            name = f"{name} ({number})"
        taken.add(name.casefold())
        yield Grid(name, table.rows)


class _Page:
    """One pass through a page."""

    def __init__(self) -> None:
        self.tables: list[HtmlTable] = []
        self.outside: list[str] = []
        self.is_login = self.has_frames = False
        self._open: list[HtmlTable] = []
        self._loose: list[str] = []
        self._heading = ""
        self._places = 0
        self._is_over = False

    def read(self, text: str) -> None:
        """Read all of it; raises NotSound, with the line, where cells would be lost."""
        place = 0
        try:
            for place, token in tokens(text):  # noqa: B007 - the place is told where reading stops
                self._take(token)
            self._finish()
        except NotClosed:
            raise
        except NotSound as error:
            why = f"baris {line_at(text, place)}: {error}"
            raise NotSound(why) from error

    def _take(self, token: Tag | str) -> None:
        if isinstance(token, str):
            self._text(token)
        elif token.is_end:
            self._end(token.name)
        else:
            self._start(token)

    def _finish(self) -> None:
        """Close what the end of the page closes; a table open at the end of a page that does not end was cut off."""
        self._end_loose()
        if self._open and not self._is_over:
            why = "tabel tidak ditutup, berkasnya mungkin terpotong"
            raise NotSound(why)
        while self._open:
            self._open.pop().end_row()

    def _text(self, text: str) -> None:
        into = self._open[-1].into if self._open else self._loose
        if into is not None:
            into.append(text)
        elif stray := shown([text]):
            why = f"teks `{stray[:_TITLE]}` di dalam tabel tetapi di luar selnya"
            raise NotSound(why)

    def _start(self, tag: Tag) -> None:
        name = tag.name
        if name == "table":
            self._start_table()
        elif name in (*_CELLS, "tr"):
            self._start_part(tag)
        elif name in _GROUPS and self._open:
            self._open[-1].end_group()
        elif name == "caption" and self._open:
            self._open[-1].start_caption()
        elif name == "input":
            self._input(tag)
        elif name == "frameset":
            self.has_frames = True
        elif name in _BREAKS:
            self._break()

    def _start_table(self) -> None:
        """Open a table: within a cell one of its own, else after the one that it ends."""
        self._break()
        if self._open and not self._open[-1].is_in_cell:
            self._open.pop().end_row()
        table = HtmlTable(self._heading, self._count)
        self._heading = ""
        self.tables.append(table)
        self._open.append(table)

    def _start_part(self, tag: Tag) -> None:
        if not self._open:
            why = f"<{tag.name}> di luar tabel"
            raise NotSound(why)
        if tag.name == "tr":
            self._open[-1].start_row()
        else:
            self._open[-1].start_cell(tag.attributes)

    def _end(self, name: str) -> None:
        if name in _HEADINGS and not self._open:
            self._heading = shown(self._loose)
        if name in _BREAKS:
            self._break()
        elif name in ("body", "html"):
            self._is_over = True
        if not self._open:
            return
        table = self._open[-1]
        if name == "table":
            self._open.pop().end_row()
        elif name in _CELLS:
            table.end_cell()
        elif name == "caption":
            table.end_caption()
        elif name == "tr":
            table.end_row()
        elif name in _GROUPS:
            table.end_group()

    def _input(self, tag: Tag) -> None:
        """Read what a field of a form shows, as text of its cell; a field for a password makes the page a login."""
        kind = tag.attributes.get("type", "text").lower()
        self.is_login = self.is_login or kind == "password"
        if kind not in _UNSHOWN_INPUTS and (value := tag.attributes.get("value")):
            self._text(f" {value} ")

    def _break(self) -> None:
        """Part the words before from those after; outside all tables, what is before is a text of its own."""
        if not self._open:
            self._end_loose()
        elif (into := self._open[-1].into) is not None:
            into.append(" ")

    def _end_loose(self) -> None:
        """Keep what stands outside all tables."""
        if text := shown(self._loose):
            self.outside.append(text)
        self._loose = []

    def _count(self, places: int) -> None:
        self._places += places
        if self._places > MOST_PLACES:
            why = f"sel dan gabungannya lebih dari {MOST_PLACES}"
            raise NotSound(why)
