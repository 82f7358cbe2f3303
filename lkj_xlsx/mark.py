# ruff: noqa: ANN401, SLF001 - openpyxl's traps are avoided under its public names, where its type stubs do not reach
"""A marked copy of a workbook: wrong cells coloured, each with a note, and a first sheet that lists and links them."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import accumulate, zip_longest
from pathlib import Path
from typing import Any, Final

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink

from lkj_xlsx.errors import CannotWrite
from lkj_xlsx.finding import Finding, Severity, Where, column_letters
from lkj_xlsx.looks import A4, LINE_HEIGHT, text_height
from lkj_xlsx.rupiah import spell
from lkj_xlsx.whole_file import refuse_taken, whole_file
from lkj_xlsx.workbook_copy import load, save

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

LAST: Final = 1_048_576
"""The last row of a sheet."""
LINKS: Final = 65_530
"""Excel opens no more links of one sheet; the place stands there in words all the same."""

_CONTROL: Final = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def mark(
    original: Path, findings: Sequence[Finding], copy: Path, *, force: bool = False, known_as: str | None = None
) -> tuple[str, ...]:
    """Write a copy of the original in which the cells with findings are coloured, noted, listed and linked.

    The findings of the original are those of `known_as`, else of the file's own name.
    Returns what the copy could not keep, a sentence each. Same input, same bytes; the original is only read.
    Raises UnreadableFile when it is no sound workbook, CannotWrite when the copy cannot be written or is the original.
    """
    with marked(original, findings, copy, force=force, known_as=known_as) as lacking:
        return lacking


@contextmanager
def marked(
    original: Path, findings: Sequence[Finding], copy: Path, *, force: bool = False, known_as: str | None = None
) -> Iterator[tuple[str, ...]]:
    """Give what a marked copy lacks; it is there when the block has ended well, and not when anything fails in it."""
    refuse_taken(copy, force=force, inputs=[original])
    with whole_file(copy, force=force) as partial:
        book, held, remarks = load(original, copy)
        places = _Places(book, known_as or original.name)
        ordered = sorted(findings, key=lambda finding: finding.severity.rank)
        _colour([finding for finding in ordered if finding.where.file == places.file], places)
        _list(book, ordered, places)
        yield (*save(book, held, partial, copy), *remarks)


class _Places:
    """The cells of a workbook by the places of findings (of a merged range, the first cell), and its list's name."""

    def __init__(self, book: Any, file: str) -> None:
        self.file = file
        self.sheets = {sheet.title: sheet for sheet in book.worksheets}
        self.only = book.sheetnames[0] if len(book.sheetnames) == 1 else None
        self.merges: dict[str, tuple[list[tuple[int, int, int, int]], list[int]]] = {}
        taken = {name.lower() for name in book.sheetnames}
        names = ("Temuan", "Temuan lkj", *(f"Temuan lkj {number}" for number in range(2, len(taken) + 2)))
        self.list = next(name for name in names if name.lower() not in taken)

    def cell(self, where: Where) -> Any:
        """Give the cell of a place, a new one in the style of its row or column; None when no cell is meant."""
        sheet = self.sheets.get(where.sheet or "")
        if where.file != self.file or sheet is None or where.row is None or where.column is None:
            return None
        at = (where.row + 1, where.column + 1)
        row, column = self._anchor(sheet, *at)
        is_new = (row, column) not in sheet._cells
        cell = sheet.cell(row, column)
        if is_new:
            columns = (span for span in sheet.column_dimensions.values() if span.min <= column <= span.max)
            spans = [span for span in (sheet.row_dimensions.get(row), *columns) if span and span.has_style]
            cell._style = StyleArray(spans[0]._style) if spans else cell._style
        return cell

    def _anchor(self, sheet: Any, row: int, column: int) -> tuple[int, int]:
        """Give the first cell of the merged range that a cell lies in, else the cell itself.

        Ranges are ordered by their first row, each with the last row that it or one before it reaches: one that covers
        a whole sheet costs no more than another.
        """
        if sheet.title not in self.merges:
            ranges = sorted(
                (each.min_row, each.min_col, each.max_row, each.max_col) for each in sheet.merged_cells.ranges
            )
            self.merges[sheet.title] = ranges, list(accumulate((last for _, _, last, _ in ranges), max))
        ranges, reach = self.merges[sheet.title]
        index = bisect_right(ranges, (row, column, LAST, LAST))
        while index and reach[index - 1] >= row:
            index -= 1
            first, left, last, right = ranges[index]
            if row <= last and left <= column <= right:
                return first, left
        return row, column

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
    """Colour what is wrong, note every cell with a finding; tint what proves one and shows no colour yet."""
    found: dict[Any, list[Finding]] = {}
    for finding in here:
        if cell := places.cell(finding.where):
            found.setdefault(cell, []).append(finding)
    for cell, theirs in found.items():
        if theirs[0].severity is not Severity.INFO:  # noted, but nothing is wrong with it
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
    legend = ["Warna", *COLOURS, "sel pembukti (tanpa temuan sendiri); info: hanya catatan"]
    _write(sheet, 2, legend, ("", *COLOURS.values(), PROVING))
    _write(sheet, TOP, HEADINGS, (HEADING,) * len(HEADINGS), BOLD)
    end = TOP + 1
    for number, finding in enumerate(here, start=1):
        because = ", ".join(places.spell(place, finding.where.sheet) for place in finding.because)
        figures = (_figure(finding.printed), _figure(finding.expected))
        texts = zip(
            (places.spell(finding.where, places.only), finding.message, *figures, because), WIDTHS[3:], strict=True
        )
        pieces = (re.findall(PIECE.format(LINES * width - 1), text) for text, width in texts)
        first = end
        for parts in zip_longest(*pieces, fillvalue=""):
            label = number if end == first else "lanjutan"
            _write(sheet, end, [label, finding.severity, finding.code, *parts], ("", COLOURS[finding.severity]))
            end += 1
        if number <= LINKS and (location := places.link(finding.where)):
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
    if row > LAST:
        message = f"daftar temuan melampaui {LAST} baris, lebih dari satu lembar; periksa berkasnya satu per satu"
        raise CannotWrite(message)
    is_wide = len(values) == 1
    height = LINE_HEIGHT
    for column, (value, width) in enumerate(zip(values, WIDTHS, strict=False), start=1):
        cell = sheet.cell(row, column, value if isinstance(value, int) else _safe(value))
        cell.data_type = "n" if isinstance(value, int) else "s"
        cell.font, cell.alignment = font, Alignment("left", "top", wrap_text=True)
        cell.border = Border() if is_wide else Border(LINE, LINE, LINE, LINE)
        if column <= len(colours) and colours[column - 1]:
            cell.fill = PatternFill("solid", colours[column - 1])
        height = max(height, text_height(str(value), sum(WIDTHS) if is_wide else width * 1.1))
    if is_wide:
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(WIDTHS))
    sheet.row_dimensions[row].height = min(height + 4, 409)
