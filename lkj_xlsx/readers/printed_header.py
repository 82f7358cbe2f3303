"""The headers of tables made by hand: where each stands, and which column holds what, by the words of its headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.readers.printed_columns import (
    INDICATORS,
    budget_columns,
    indicator_columns,
    meaning,
    meanings_of_indicators,
)
from lkj_xlsx.sheet import Sheet

BY_AKUN: Final = re.compile(r"\d{2}", re.ASCII)
"""What the codes of a table by jenis belanja open with: it holds every akun once, whatever its branch."""
TABEL: Final = re.compile(r"\btabel\s*([0-9A-Z]+(?:[.-][0-9]+)*)", re.IGNORECASE)
"""How a title numbers a table."""
PARTS: Final = re.compile(
    r"\b(?:tw|triwulan|semester|smt|bulan|target|realisasi|capaian|[ivx]+|20[0-9]{2})\b|%", re.IGNORECASE
)
"""What headings below a spanning one say: its parts of the year."""
NEEDED: Final = ("kode", "pagu", "realisasi")
NEEDED_OF_INDICATORS: Final = ("indikator", "target", "realisasi")
HEADER_ROWS: Final = 40
"""How far down the first header of a sheet may stand: below a title, a letterhead, a few lines of identity."""
FEWEST_LETTERS: Final = 3
"""So many letters in a row number columns; a single one may be a code."""
DEEPEST_HEADER: Final = 3
"""How many rows the header of a table of indicators may take."""


@dataclass(frozen=True, slots=True)
class Header:
    """A table: its columns by meaning, where titles and headings begin, and the rows between which its body lies."""

    columns: dict[str, int]
    top: int
    first_row: int
    last_row: int
    title: int = 0


class Found(NamedTuple):
    """One table of a document."""

    sheet: Sheet
    header: Header
    is_indicators: bool

    @property
    def titles(self) -> list[str]:
        """The texts above the headings."""
        rows = range(self.header.title, self.header.top)
        return [text for row in rows for text in texts_of(self.sheet, row) if text]

    def is_called(self, name: str) -> bool:
        """Tell whether the sheet is called so, or a title line opens with it."""
        return re.fullmatch(name, self.sheet.name.strip(), re.IGNORECASE) is not None or any(
            re.match(name, title, re.IGNORECASE) for title in self.titles
        )

    @property
    def why_unread(self) -> str:
        """Why its figures are not read, "" where they are."""
        if self.is_indicators:
            return ""
        if "kode" not in self.header.columns:
            return "tanpa kolom Kode"
        rows = range(self.header.first_row, self.header.last_row)
        codes = (self.sheet.text(row, self.header.columns["kode"]) for row in rows)
        is_by_akun = BY_AKUN.fullmatch(next((code for code in codes if code), ""))
        return "kodenya jenis belanja, bukan kode program sampai akun" if is_by_akun else ""


def find_header(sheet: Sheet, needed: tuple[str, ...] = NEEDED) -> Header | None:
    """Find the first header that names what is needed; raises UnreadableFile when it names one of them twice."""
    rows = range(min(HEADER_ROWS, len(sheet.rows)))
    return next((header for row in rows if (header := _budget_header(sheet, row, needed))), None)


def find_tables(sheet: Sheet) -> Iterator[Found]:
    """Find every table of a sheet, one under another.

    A heading repeated at the top of a page belongs to the table that it repeats.
    """
    found: list[tuple[bool, Header]] = []
    for row in range(len(sheet.rows)):
        if (not found and row >= HEADER_ROWS) or (found and row < found[-1][1].first_row):
            continue
        if not sheet.rows[row] or not _may_be_header(sheet, row) or (found and _continues(sheet, row, found[-1][1])):
            continue
        if header := _indicator_header(sheet, row):
            found.append((True, header))
        elif header := _budget_header(sheet, row, NEEDED) or _codeless_header(sheet, row):
            found.append((False, header))
    ends = [*(header.top for _, header in found[1:]), len(sheet.rows)]
    floor = 0
    for (is_indicators, header), end in zip(found, ends, strict=False):  # no table, and one end
        title = _title_row(sheet, header.top, floor)
        own = Header(header.columns, header.top, header.first_row, end, title)
        yield Found(sheet, own, is_indicators)
        floor = header.first_row


def _may_be_header(sheet: Sheet, row: int) -> bool:
    """Tell cheaply whether a row could be a header at all."""
    texts = [cell.lower() for cell in sheet.rows[row] if isinstance(cell, str)]
    return any(word in text for text in texts for word in ("kode", "kd", "mak", "indikator", "realisasi"))


def _continues(sheet: Sheet, row: int, header: Header) -> bool:
    """Tell whether a row repeats the heading of a table on its next page: no other table's number stands above it.

    Nor do codes by jenis belanja (`52`) follow, where those of the table are of another kind.
    """
    texts = _headings(sheet, row)
    if any(texts == _headings(sheet, below) for below in range(header.top + 1, header.first_row)):
        return True
    if texts != _headings(sheet, header.top):
        return False
    own = _table_number(sheet, header.top, 0)
    other = _table_number(sheet, row, header.first_row)
    codes = [_first_code(sheet, first, header.columns.get("kode")) for first in (header.first_row, row + 1)]
    is_by_akun = [re.fullmatch(r"[0-9]{2}", code) is not None for code in codes]
    return (other is None or other == own) and is_by_akun[0] == is_by_akun[1]


def texts_of(sheet: Sheet, row: int) -> list[str]:
    """Give the texts of a row up to its last."""
    texts = [sheet.text(row, column) for column in range(len(sheet.rows[row]))]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _headings(sheet: Sheet, row: int) -> list[str]:
    return [text.lower() for text in texts_of(sheet, row)]


def _table_number(sheet: Sheet, top: int, floor: int) -> str | None:
    """Give the number of the table that the nearest title above a heading names."""
    rows = range(top - 1, _title_row(sheet, top, floor) - 1, -1)
    found = (TABEL.search(text) for row in rows for text in texts_of(sheet, row))
    return next((match[1].upper() for match in found if match), None)


def _first_code(sheet: Sheet, first: int, column: int | None) -> str:
    """Give the first code below a heading, past its own further rows."""
    if column is None:
        return ""
    texts = (sheet.text(row, column) for row in range(first, len(sheet.rows)))
    return next((text for text in texts if text and not re.fullmatch(r"\(?[0-9a-z]\)?", text)), "")


def _title_row(sheet: Sheet, top: int, floor: int) -> int:
    """Give the first of the title lines above a header: those without a number in a cell of its own."""
    row = top
    while row > floor and not any(
        isinstance(cell, int | float | Decimal)
        or (isinstance(cell, str) and re.fullmatch(r"[\d.,\s%()-]*\d[\d.,\s%()-]*", cell))
        for cell in sheet.rows[row - 1]
    ):
        row -= 1
    return row


def _budget_header(sheet: Sheet, row: int, needed: tuple[str, ...]) -> Header | None:
    """Read the header of a budget table that begins in this row, if one does."""
    headings = [sheet.text(row, column) for column in range(_width(sheet, row))]
    meanings = [meaning(heading) for heading in headings]
    if "kode" not in meanings:
        return None
    first_row = row + 1
    kode = meanings.index("kode")
    uraian = meanings.index("uraian") if "uraian" in meanings else None
    while first_row < len(sheet.rows) and _is_heading_row(sheet, first_row, kode, uraian):
        headings = _joined(headings, sheet, first_row)
        first_row += 1
    columns, alike = budget_columns(headings, needed)
    if alike:
        first, second = (sheet.where(row, column) for column in alike)
        name = meaning(headings[alike[0]])
        message = f"{first} dan {second.cell}: dua kolom berarti `{name}`; hapus atau beri nama yang berbeda"
        raise UnreadableFile(message)
    return Header(columns, row, first_row, len(sheet.rows)) if all(word in columns for word in needed) else None


def _width(sheet: Sheet, row: int) -> int:
    """Give the columns of a header that begins in this row: its lower rows may reach further than its first."""
    return max((len(cells) for cells in sheet.rows[row : row + DEEPEST_HEADER]), default=0)


def _codeless_header(sheet: Sheet, row: int) -> Header | None:
    """Read the headings of a budget table without a column of codes: it ends the table above, and is not read."""
    texts = texts_of(sheet, row)
    columns = {meaning(text): column for column, text in enumerate(texts) if text}
    are_words = all(re.search(r"[A-Za-z%]", text) for text in texts if text)
    is_one = are_words and "kode" not in columns and all(name in columns for name in ("pagu", "realisasi"))
    return Header(columns, row, row + 1, len(sheet.rows)) if is_one else None


def _indicator_header(sheet: Sheet, row: int) -> Header | None:
    """Read the header of a table of indicators that begins in this row, over as many rows as it takes."""
    headings = [""] * _width(sheet, row)
    for last in range(row, min(row + DEEPEST_HEADER, len(sheet.rows))):
        headings = [f"{heading} {sheet.text(last, column)}".strip() for column, heading in enumerate(headings)]
        meanings = meanings_of_indicators(headings)
        if all(word in meanings for word in NEEDED_OF_INDICATORS):
            first_row = last + 1
            while first_row < len(sheet.rows) and _names_parts(sheet, first_row, meanings.index("indikator")):
                headings = _joined(headings, sheet, first_row)
                first_row += 1
            columns = indicator_columns(headings)
            while first_row < len(sheet.rows) and _continues_header(sheet, first_row, columns):
                first_row += 1
            return Header(columns, row, first_row, len(sheet.rows))
    return None


def _names_parts(sheet: Sheet, row: int, indikator: int) -> bool:
    """Tell whether a row under the headings parts them: `TW I`, `TW II`, or `Target`, `Realisasi` under a year."""
    filled = [text for text in texts_of(sheet, row) if text]
    are_words = all(PARTS.search(text) and re.search(r"[A-Za-z]|^\(?%\)?$", text) for text in filled)
    return len(filled) > 1 and not sheet.text(row, indikator) and are_words


def _continues_header(sheet: Sheet, row: int, columns: dict[str, int]) -> bool:
    """Tell whether a row under the headings is one more of them: `Capaian` below `%`, or column numbers."""
    texts = [sheet.text(row, column) for column in range(len(sheet.rows[row]))]
    filled = [text for text in texts if text]
    own = [texts[column] for column in columns.values() if column < len(texts) and texts[column]]
    are_measures = all(meaning(text, INDICATORS) in ("target", "realisasi", "capaian") for text in filled)
    return bool(filled) and (_are_column_numbers(filled) or (own == filled and are_measures))


def _are_column_numbers(filled: list[str]) -> bool:
    """Tell whether texts number the columns: `(1) (2) (3)`, `1 2 3 = 2 / 1`, `a b c`."""
    numbers = [text.partition("=")[0].strip("() ").lower() for text in filled]
    letters = [chr(ord("a") + place) for place in range(len(numbers))]
    is_lettered = len(numbers) >= FEWEST_LETTERS and numbers == letters
    return is_lettered or numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _is_heading_row(sheet: Sheet, row: int, kode: int, uraian: int | None) -> bool:
    """Tell whether a row continues the header: sub-headings without a code, or column numbers `(1) (2) (3)`."""
    texts = [sheet.text(row, column) for column in range(len(sheet.rows[row]))]
    filled = [text for text in texts if text]
    is_one_name = len(filled) == 1 and texts.index(filled[0]) == uraian
    if filled and _are_column_numbers(filled):
        return True
    return (
        bool(filled)
        and not is_one_name
        and not sheet.text(row, kode)
        and all(re.search(r"[A-Za-z%]", text) for text in filled)
        and any(
            meaning(text) not in ("", "uraian")
            or re.fullmatch(r"\(?(rp|rupiah|lalu|ini|s\.?d\.?.*|tw.*|triwulan.*|semester.*)\.?\)?", text.lower())
            for text in filled
        )
    )


def _joined(headings: list[str], sheet: Sheet, row: int) -> list[str]:
    """Put sub-headings under the heading that spans them."""
    joined, spanning = list(headings), ""
    for column, heading in enumerate(headings):
        spanning = heading or spanning
        below = sheet.text(row, column)
        if below and re.search(r"[A-Za-z%]", below):
            joined[column] = f"{spanning} {below}"
    return joined
