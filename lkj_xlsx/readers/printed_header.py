"""The headers of tables made by hand: where each stands, and which column holds what, by the words of its headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.sheet import Sheet

Headings = Sequence[tuple[str, str]]

BUDGET: Final[Headings] = (
    ("kode", r"\bkode\b|\bkd\b|\bmak\b"),
    ("sisa", r"\bsisa\b|\bsaldo\b"),
    ("fisik", r"\bfisik\b"),
    ("persen", r"%|persen|capaian|serapan"),
    ("realisasi_lalu", r"realisasi.*\blalu\b"),
    ("realisasi", r"realisasi.*(\bs\s*[./]?\s*d\b|sampai|kumulatif)"),
    ("realisasi_ini", r"realisasi.*\bini\b"),
    ("realisasi", r"realisasi|^jumlah(?: \(rp\.?\))?$"),
    ("blokir", r"blokir|\block\b"),
    ("pagu_awal", r"pagu\s+(awal|semula)|semula"),
    ("pagu", r"pagu|alokasi|anggaran|\bdipa\b"),
    ("uraian", r"uraian|nama|program|kegiatan|output|rincian"),
)
"""What a heading of a budget table means, by the first of these that it matches (in lower case)."""

INDICATORS: Final[Headings] = (
    ("sasaran", r"sasaran|tujuan"),
    ("indikator", r"indikator"),
    ("capaian", r"capaian|%"),
    ("target", r"target"),
    ("realisasi", r"realisa\s*si"),
    ("satuan", r"\bsatuan\b"),
    ("kode", r"\bkode\b"),
    ("no", r"^no\b|nomor"),
)
"""The same of a table of indicators."""

NEEDED: Final = ("kode", "pagu", "realisasi")
NEEDED_OF_INDICATORS: Final = ("indikator", "target", "realisasi")
HEADER_ROWS: Final = 40
"""How far down the first header of a sheet may stand: below a title, a letterhead, a few lines of identity."""
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


def find_header(sheet: Sheet, needed: tuple[str, ...] = NEEDED) -> Header | None:
    """Find the first header that names what is needed; raises UnreadableFile when it names one of them twice."""
    rows = range(min(HEADER_ROWS, len(sheet.rows)))
    return next((header for row in rows if (header := _budget_header(sheet, row, needed))), None)


def find_tables(sheet: Sheet) -> Iterator[tuple[bool, Header]]:
    """Find every table of a sheet, one under another; tells with each whether it is one of indicators.

    A heading repeated at the top of a page belongs to the table that it repeats.
    """
    found: list[tuple[bool, Header]] = []
    for row in range(len(sheet.rows)):
        if (not found and row >= HEADER_ROWS) or (found and row < found[-1][1].first_row):
            continue
        if not _may_be_header(sheet, row) or (found and _repeats(sheet, row, found[-1][1].top)):
            continue
        if header := _indicator_header(sheet, row):
            found.append((True, header))
        elif header := _budget_header(sheet, row, NEEDED):
            found.append((False, header))
    ends = [*(header.top for _, header in found[1:]), len(sheet.rows)]
    floor = 0
    for (is_indicators, header), end in zip(found, ends, strict=False):  # no table, and one end
        title = _title_row(sheet, header.top, floor)
        yield is_indicators, Header(header.columns, header.top, header.first_row, end, title)
        floor = header.first_row


def _may_be_header(sheet: Sheet, row: int) -> bool:
    """Tell cheaply whether a row could be a header at all."""
    texts = [cell.lower() for cell in sheet.rows[row] if isinstance(cell, str)]
    return any(word in text for text in texts for word in ("kode", "kd", "mak", "indikator"))


def _repeats(sheet: Sheet, row: int, top: int) -> bool:
    return [sheet.text(row, c) for c in range(len(sheet.rows[row]))] == [
        sheet.text(top, c) for c in range(len(sheet.rows[top]))
    ]


def _title_row(sheet: Sheet, top: int, floor: int) -> int:
    """Give the first of the title lines above a header: those without a number in a cell of its own."""
    row = top
    while row > floor and not any(
        isinstance(cell, int | float) or (isinstance(cell, str) and re.fullmatch(r"[\d.,\s%()-]*\d[\d.,\s%()-]*", cell))
        for cell in sheet.rows[row - 1]
    ):
        row -= 1
    return row


def _budget_header(sheet: Sheet, row: int, needed: tuple[str, ...]) -> Header | None:
    """Read the header of a budget table that begins in this row, if one does."""
    headings = [sheet.text(row, column) for column in range(len(sheet.rows[row]))]
    meanings = [meaning(heading) for heading in headings]
    if "kode" not in meanings:
        return None
    first_row = row + 1
    kode = meanings.index("kode")
    uraian = meanings.index("uraian") if "uraian" in meanings else None
    while first_row < len(sheet.rows) and _is_heading_row(sheet, first_row, kode, uraian):
        headings = _joined(headings, sheet, first_row)
        first_row += 1
    columns: dict[str, int] = {}
    for column, heading in enumerate(headings):
        name = meaning(heading)
        if name in needed and name in columns:
            first, second = sheet.where(row, columns[name]), sheet.where(row, column)
            message = f"{first} dan {second.cell}: dua kolom berarti `{name}`; hapus atau beri nama yang berbeda"
            raise UnreadableFile(message)
        columns.setdefault(name, column)
    return Header(columns, row, first_row, len(sheet.rows)) if all(word in columns for word in needed) else None


def _indicator_header(sheet: Sheet, row: int) -> Header | None:
    """Read the header of a table of indicators that begins in this row, over as many rows as it takes."""
    width = max((len(cells) for cells in sheet.rows[row : row + DEEPEST_HEADER]), default=0)
    headings = [""] * width
    for last in range(row, min(row + DEEPEST_HEADER, len(sheet.rows))):
        headings = [f"{heading} {sheet.text(last, column)}".strip() for column, heading in enumerate(headings)]
        columns: dict[str, int] = {}
        for column, heading in enumerate(headings):
            columns.setdefault(meaning(heading, INDICATORS), column)
        if all(word in columns for word in NEEDED_OF_INDICATORS):
            first_row = last + 1
            while first_row < len(sheet.rows) and _continues_header(sheet, first_row, columns):
                first_row += 1
            return Header(columns, row, first_row, len(sheet.rows))
    return None


def _continues_header(sheet: Sheet, row: int, columns: dict[str, int]) -> bool:
    """Tell whether a row under the headings is one more of them: `Capaian` below `%`, or column numbers."""
    texts = [sheet.text(row, column) for column in range(len(sheet.rows[row]))]
    filled = [text for text in texts if text]
    own = [texts[column] for column in columns.values() if column < len(texts) and texts[column]]
    are_measures = all(meaning(text, INDICATORS) in ("target", "realisasi", "capaian") for text in filled)
    return bool(filled) and (_are_column_numbers(filled) or (own == filled and are_measures))


def meaning(heading: str, headings: Headings = BUDGET) -> str:
    """Say what a heading names, "" when nothing we know."""
    words = heading.lower()
    return next((name for name, pattern in headings if words and re.search(pattern, words)), "")


def _are_column_numbers(filled: list[str]) -> bool:
    """Tell whether texts number the columns: `(1) (2) (3)`."""
    numbers = [text.strip("()") for text in filled]
    return numbers == [str(number) for number in range(1, len(numbers) + 1)]


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
            or re.fullmatch(r"\(?(rp|rupiah|lalu|ini|s\.?d\.?.*)\.?\)?", text.lower())
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
