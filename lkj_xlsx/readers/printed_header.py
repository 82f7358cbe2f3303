"""The header of a budget table made by hand: which column holds what, by the words of its headings."""

import re
from dataclasses import dataclass
from typing import Final

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.sheet import Sheet

HEADINGS: Final = (
    ("kode", r"\bkode\b|\bkd\b|\bmak\b"),
    ("sisa", r"\bsisa\b|\bsaldo\b"),
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
"""What a heading means, by the first of these that it matches (in lower case)."""

NEEDED: Final = ("kode", "pagu", "realisasi")
HEADER_ROWS: Final = 40
"""How far down a header may stand: below a title, a letterhead, a few lines of identity."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table's columns are, by meaning, and its first row under the headings."""

    columns: dict[str, int]
    top: int
    first_row: int


def find_header(sheet: Sheet, needed: tuple[str, ...] = NEEDED) -> Header | None:
    """Find the header that names what is needed; raises UnreadableFile when it names one of them twice."""
    for row in range(min(HEADER_ROWS, len(sheet.rows))):
        if "kode" not in {meaning(sheet.text(row, column)) for column in range(len(sheet.rows[row]))}:
            continue
        first_row = row + 1
        headings = [sheet.text(row, column) for column in range(len(sheet.rows[row]))]
        kode = next(column for column, heading in enumerate(headings) if meaning(heading) == "kode")
        uraian = next((column for column, heading in enumerate(headings) if meaning(heading) == "uraian"), None)
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
        if all(word in columns for word in needed):
            return Header(columns, row, first_row)
    return None


def meaning(heading: str) -> str:
    """Say what a heading names, "" when nothing we know."""
    words = heading.lower()
    return next((name for name, pattern in HEADINGS if words and re.search(pattern, words)), "")


def _is_heading_row(sheet: Sheet, row: int, kode: int, uraian: int | None) -> bool:
    """Tell whether a row continues the header: sub-headings without a code, or column numbers `(1) (2) (3)`."""
    texts = [sheet.text(row, column) for column in range(len(sheet.rows[row]))]
    filled = [text for text in texts if text]
    is_one_name = len(filled) == 1 and texts.index(filled[0]) == uraian
    numbers = [text.strip("()") for text in filled]
    if filled and numbers == [str(number) for number in range(1, len(numbers) + 1)]:
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
