"""A text of columns with a separator between them (CSV), every field a text to the character.

Excel writes `;` where Indonesia's comma stands before decimals, web applications write `,`, and neither says so; the
separator is the one under which the whole file falls into equal rows. A field too many or a lost quote moves figures
into other columns, so each is refused with its line, never mended (RELIABILITY g07, g13, g14).
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from operator import itemgetter
from typing import Final

from lkj_xlsx.book import Book, Grid
from lkj_xlsx.containers.limits import LONGEST_TEXT, MOST_COLUMNS, MOST_ROWS
from lkj_xlsx.errors import UnreadableFile

SEPARATORS: Final = (";", ",", "\t", "|")
NAME: Final = "CSV"
"""What the only sheet is called; the file's own name says nothing."""

MOST_FILLED: Final = 10_000_000
"""Fields that hold something: a million rows of ten; beyond, they take more memory than an office laptop has."""

_NAMES: Final = {"\t": "TAB"}
_SAVE: Final = "buka di Excel, periksa barisnya, simpan sebagai .xlsx, lalu coba lagi"
_TOLD: Final = re.compile(r"sep=(.)(?:\r\n|\r|\n)", re.IGNORECASE)
"""Excel's own first line that tells the separator; Excel does not show it, so it is no row."""
_AS_TEXT: Final = re.compile(r'="([^"]*)"')
"""How exports keep Excel from making a number of `051`: a formula that gives the text."""
_FIGURE: Final = re.compile(r"[\s(Rp-]*[0-9][0-9.,]*[\s)%-]*", re.ASCII)
_PARTING_COMMA: Final = re.compile(r"(?<![0-9]),|,(?![0-9])")
"""A comma that stands not between two digits; where there is none, commas are of figures."""
_HEADING_WITHIN: Final = 40
"""Rows from the top among which the headings stand: a title block of SAKTI has eight."""
_AHEAD: Final = 2
"""How many times more of the file one separator must explain than the next, where none explains all."""


@dataclass(frozen=True, slots=True)
class _Table:
    """The file as its separator parts it: fields of each row, and the line in the file on which each row begins."""

    separator: str
    rows: list[list[str]]
    lines: list[int]

    @property
    def common_width(self) -> int:
        """The number of fields of most rows that are parted at all."""
        return max(Counter(len(row) for row in self.rows if len(row) > 1).items(), key=itemgetter(1), default=(1, 0))[0]


@dataclass(frozen=True, slots=True)
class _Fit:
    """How a separator parts the file: the number of rows of each width, empty rows left out."""

    separator: str
    widths: Counter[int]

    @property
    def is_even(self) -> bool:
        """Tell whether all rows have equally many fields."""
        return len(self.widths) == 1

    @property
    def explained(self) -> int:
        """How many separators stand in rows of one width, of the width where most do."""
        return max(((width - 1) * count for width, count in self.widths.items()), default=0)


def read_book(file: str, text: str, encoding: str) -> Book:
    """Read the text of a file; raises UnreadableFile where its separator or a row of it is not certain."""
    told = _TOLD.match(text)
    body = text[told.end() :] if told else text
    table = _parse(file, body, told[1] if told else _separator(file, body), 1 if told else 0)
    _refuse_uneven(file, table)
    rows, freed = _cells(file, table)
    notes = [f"dibaca sebagai CSV: pemisah {_named(table.separator)}, {encoding}"]
    if told:
        notes.append("baris pertama `sep=` menyebut pemisahnya, tidak dihitung sebagai baris")
    if freed:
        notes.append(f'{freed} sel tertulis ="…" dan dibaca sebagai teks di dalam kutipnya')
    return Book((Grid(NAME, rows),), tuple(notes))


def _named(separator: str) -> str:
    return f"`{_NAMES.get(separator, separator)}`"


def _separator(file: str, text: str) -> str:
    """Give the one separator that parts the text; raises UnreadableFile where none does, or several."""
    candidates = [one for one in SEPARATORS if one in text]
    if len(candidates) > 1 and "," in candidates and not _PARTING_COMMA.search(text):
        candidates.remove(",")
    fits, refusals = [], []
    for separator in candidates:
        try:
            fit = _Fit(separator, Counter(len(row) for row, _ in _rows(file, text, separator, 0) if row))
        except UnreadableFile as refusal:
            refusals.append(refusal)
        else:
            fits.append(fit)
    fits = [fit for fit in fits if fit.explained]
    if not fits:
        if refusals:
            raise refusals[0]
        names = ", ".join(map(_named, SEPARATORS))
        message = f"{file}: teks tanpa pemisah kolom ({names}), bukan tabel; unduh lagi dalam bentuk Excel atau CSV"
        raise UnreadableFile(message)
    even = [fit for fit in fits if fit.is_even]
    best, *others = sorted(even or fits, key=lambda fit: -fit.explained)
    rivals = [one for one in others if one.explained * (1 if even else _AHEAD) >= best.explained]
    if rivals:
        names = " atau ".join(_named(fit.separator) for fit in (best, *rivals))
        message = (
            f"{file}: pemisah kolomnya tidak pasti: {names}; tulis `sep=;` (atau pemisah yang benar) sebagai baris"
            " pertama, atau buka di Excel lalu simpan sebagai .xlsx"
        )
        raise UnreadableFile(message)
    return best.separator


def _parse(file: str, text: str, separator: str, before: int) -> _Table:
    """Part the text into rows; `before` lines of the file stand above it."""
    table = _Table(separator, [], [])
    for row, line in _rows(file, text, separator, before):
        table.rows.append(row)
        table.lines.append(line)
    return table


def _rows(file: str, text: str, separator: str, before: int) -> Iterator[tuple[list[str], int]]:
    """Part the text strictly, each row with the line it begins on; raises UnreadableFile at a lost quote."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    line = before + 1
    try:
        for place, row in enumerate(reader):
            if place >= MOST_ROWS:
                raise _refusal(file, line, f"lebih dari {MOST_ROWS} baris, batas satu lembar kerja")
            yield row, line
            line = before + reader.line_num + 1
    except csv.Error as error:
        why = 'kutip (") tidak berpasangan, jadi batas kolomnya tidak pasti'
        if "limit" in str(error):
            why = f"satu kolom memuat lebih dari {csv.field_size_limit()} huruf, batasnya {LONGEST_TEXT}"
        raise _refusal(file, line, why) from error


def _refusal(file: str, line: int, why: str) -> UnreadableFile:
    return UnreadableFile(f"{file}: baris {line}: {why}; {_SAVE}")


def _refuse_uneven(file: str, table: _Table) -> None:
    """Refuse the first row whose fields cannot all stand under the headings.

    Where each column has a heading, every row must have exactly as many fields (a row of one field is a remark). In a
    grid with blank spacer columns (SAKTI's report) a row may end early: what it lacks are its last cells.
    """
    rows, common = table.rows, table.common_width
    heading = _heading(rows, common)
    filled = _extent(rows[heading]) if heading is not None else 0
    is_flat = heading is not None and all(field.strip() for field in rows[heading][:filled])
    width = filled if is_flat else max(common, *(len(row) for row in rows[: (heading or 0) + 1]))
    for place, row in enumerate(rows):
        extent = _extent(row)
        if extent > min(width, MOST_COLUMNS):
            why = f"memuat {extent} kolom, padahal judul kolomnya {min(width, MOST_COLUMNS)}: ada pemisah yang berlebih"
            raise _refusal(file, table.lines[place], why)
        if is_flat and place > (heading or 0) and 1 < len(row) < width:
            why = f"memuat {len(row)} kolom, padahal judul kolomnya {width}: ada pemisah yang hilang"
            raise _refusal(file, table.lines[place], why)
        _refuse_swallowed(file, table, place, width)


def _refuse_swallowed(file: str, table: _Table, place: int, width: int) -> None:
    """Refuse a row over several lines of which each alone is a whole row: a lost quote has joined them."""
    joined = [field for field in table.rows[place] if "\n" in field or "\r" in field]
    if not joined or width < 3:  # noqa: PLR2004 - in two columns a comma of a sentence looks like one
        return
    whole = table.separator.join(table.rows[place])
    if all(line.count(table.separator) >= width - 1 for line in whole.splitlines()):
        why = 'kutip (") tidak berpasangan: beberapa baris terbaca sebagai satu'
        raise _refusal(file, table.lines[place], why)


def _heading(rows: Sequence[Sequence[str]], common: int) -> int | None:
    """Give the row of the headings: of the first rows the one with the most texts, no figure among them.

    A row of no more than half the `common` width is a title in which a separator stands, no headings.
    """
    best, most = None, 1
    for place, row in enumerate(rows[:_HEADING_WITHIN]):
        texts = [field for field in row if field.strip()]
        is_heading = 2 * len(row) > common and not any(_FIGURE.fullmatch(text) for text in texts)
        if is_heading and len(texts) > most:
            best, most = place, len(texts)
    return best


def _extent(row: Sequence[str]) -> int:
    """Give the number of fields up to the last that holds something."""
    return next((place for place in range(len(row), 0, -1) if row[place - 1].strip()), 0)


def _cells(file: str, table: _Table) -> tuple[list[list[object]], int]:
    """Give the rows as cells, blanks as None, equal texts kept once; and how many `="…"` were freed."""
    known: dict[str, str] = {}
    filled = freed = 0
    cells: list[list[object]] = []
    for row, line in zip(table.rows, table.lines, strict=True):
        made: list[object] = [None] * _extent(row)
        for place in range(len(made)):
            field = row[place]
            if not field:
                continue
            if len(field) > LONGEST_TEXT:
                raise _refusal(file, line, f"satu kolom memuat {len(field)} huruf, batasnya {LONGEST_TEXT}")
            if field.startswith("=") and (text := _AS_TEXT.fullmatch(field)):
                field, freed = text[1], freed + 1
            filled += 1
            made[place] = known.setdefault(field, field) or None
        if filled > MOST_FILLED:
            raise _refusal(file, line, f"lebih dari {MOST_FILLED} sel berisi, batas satu berkas CSV")
        cells.append(made)
    return cells, freed
