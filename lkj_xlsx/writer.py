"""Tables become one workbook: looks, widths, print set-up, signature, chart; written whole or not at all."""

from datetime import UTC, datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.worksheet import Worksheet

from lkj_xlsx.checked_sheet import CheckedSheet
from lkj_xlsx.errors import CannotWrite
from lkj_xlsx.looks import (
    A4,
    FONT,
    LANDSCAPE_FROM,
    LINE_HEIGHT,
    LONGEST_TEXT,
    ROLES,
    UNITS,
    UNKNOWN,
    height_of,
    signature,
)
from lkj_xlsx.model import Identity
from lkj_xlsx.rupiah import LARGEST
from lkj_xlsx.spelling import Speller, heading_rows, printable
from lkj_xlsx.table import Cell, Chart, Column, Role, Row, Table, Unit
from lkj_xlsx.whole_file import whole_file

LONGEST_SUFFIX: Final = 200
"""Excel takes 255 characters of a number format, and calls a workbook with a longer one damaged."""
UNPRINTABLE: Final = "{} teks memuat huruf yang tidak dapat dicetak; ditulis sebagai \ufffd."


def write(tables: tuple[Table, ...], path: Path, identity: Identity, *, force: bool = False) -> None:
    """Write the tables to one workbook; same tables, same bytes. Raises CannotWrite; then the target is as it was."""
    with whole_file(path, force=force) as partial:
        try:
            partial.write_bytes(_Workbook(tables, identity).written())
        except XlsxWriterException as error:
            message = f"{path}: tidak dapat ditulis ({error})"
            raise CannotWrite(message) from error


class _Worksheet(Worksheet):  # type: ignore[misc]  # xlsxwriter ships no types
    """A sheet whose formulas are taken as they are spelled: none of ours is a function that came after Excel 2007."""

    def _prepare_formula(self, formula: str, *_options: Any, **_named: Any) -> str:
        return formula.removeprefix("=")


class _Workbook:
    """One workbook being written."""

    def __init__(self, tables: tuple[Table, ...], identity: Identity) -> None:
        self.file = BytesIO()
        self.book = xlsxwriter.Workbook(self.file, {"strings_to_urls": False, "in_memory": True})
        self.tables, self.identity = tables, identity
        self.speller = Speller(tables)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        created = datetime(identity.tahun or 2000, identity.bulan or 12, 1, tzinfo=UTC).replace(tzinfo=None)
        title = " ".join(str(part) for part in ("Lampiran LKj", identity.nama_satker, identity.tahun) if part)
        self.book.set_properties(
            {"title": printable(title), "author": printable(identity.nama_satker or ""), "created": created}
        )
        self.book.set_calc_mode("auto")

    def written(self) -> bytes:
        """Write every sheet and close; in memory, where no disk can be full half way."""
        for table in self.tables:
            _SheetWriter(self, table).write()
        self.book.close()
        return self.file.getvalue()

    def look(self, **properties: Any) -> Any:
        """Give the one format with these properties."""
        key = tuple(sorted({**FONT, **properties}.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(dict(key))
        return self._formats[key]


class _SheetWriter:
    """One table on one sheet; `covered` are the cells under one that is merged downwards."""

    def __init__(self, workbook: _Workbook, table: Table) -> None:
        self.workbook, self.table = workbook, table
        self.sheet = CheckedSheet(workbook.book.add_worksheet(table.name, worksheet_class=_Worksheet))
        self.unprintable = 0
        self.looks: dict[tuple[object, ...], Any] = {}
        self.first_row = workbook.speller.first_rows[table.name]
        self.widths = [column.width for column in table.columns]
        self.covered = {
            (self.first_row + above + below, index)
            for above, row in enumerate(table.rows)
            for index, cell in enumerate(row.cells)
            for below in range(1, cell.down)
        }

    def write(self) -> None:
        """Write titles, headings, body, notes and signature, then set the page up."""
        for index, column in enumerate(self.table.columns):
            self.sheet.set_column(index, index, column.width)
        for row, line in enumerate(self.table.title):
            self._merged(row, 0, 1, len(self.widths), line, self.workbook.look(bold=True, align="center"))
        if heading_rows(self.table):
            self._headings(self.first_row - heading_rows(self.table))
        for index, body in enumerate(self.table.rows):
            self._row(self.first_row + index, body)
        self._stretch_merged()
        end = self.first_row + len(self.table.rows)
        marked = (UNPRINTABLE.format(self.unprintable),) if self.unprintable else ()
        for note in (*self.table.notes, *marked):
            self._merged(end, 0, 1, len(self.widths), note, self.workbook.look(italic=True))
            self.sheet.set_row(end, height_of(note, sum(self.widths)))
            end += 1
        if self.table.chart:
            end = self._chart(self.table.chart, end + 1)
        if self.table.is_signed:
            end = self._signature(end + 1)
        self._page(end)

    def _headings(self, top: int) -> None:
        look = self.workbook.look(**ROLES[Role.HEADING])
        rows = heading_rows(self.table)
        columns = self.table.columns
        for index, column in enumerate(columns):
            if not column.group:
                self._merged(top, index, rows, 1, column.heading, look)
                continue
            self._text(top + 1, index, column.heading, look)
            if index == 0 or columns[index - 1].group != column.group:
                span = sum(other.group == column.group for other in columns)
                self._merged(top, index, 1, span, column.group, look)
        heights = [height_of(column.heading, column.width) for column in columns]
        for row in range(top, top + rows):
            self.sheet.set_row(row, max(heights) + 4)

    def _row(self, at: int, row: Row) -> None:
        height = LINE_HEIGHT
        covered = 0
        for index, (cell, column) in enumerate(zip(row.cells, self.table.columns, strict=True)):
            if covered:
                covered -= 1
                continue
            covered = cell.across - 1
            look = self._look(row, cell, column)
            if cell.across > 1 or cell.down > 1:
                last_row, last_column = at + cell.down - 1, index + cell.across - 1
                self.sheet.merge_range(at, index, last_row, last_column, "", look)
            elif (at, index) in self.covered:
                continue
            self._cell(at, index, cell, look)
            if isinstance(cell.value, str) and cell.down == 1:
                width = sum(self.widths[index : index + cell.across])
                height = max(height, height_of(cell.value, width, is_bold=row.role is not Role.LINE))
        self.sheet.set_row(at, height + 3)

    def _look(self, row: Row, cell: Cell, column: Column) -> Any:
        """Give the look of a cell: its unit's, with words in an amount column centred, under its row's role."""
        is_words = isinstance(cell.value, str)
        key = (row.role, is_words, cell.unit, column.unit, cell.suffix)
        if (known := self.looks.get(key)) is None:
            known = self.looks[key] = self._new_look(row, cell, column, is_words=is_words)
        return known

    def _new_look(self, row: Row, cell: Cell, column: Column, *, is_words: bool) -> Any:
        unit = dict(UNITS[cell.unit or column.unit])
        if row.role is Role.GROUP and is_words and column.unit is not Unit.LABEL:
            unit = dict(UNITS[Unit.TEXT])
        elif is_words and cell.unit is None and column.unit in (Unit.RUPIAH, Unit.SERAPAN):
            unit["align"] = "center"
        if cell.suffix:
            unit["num_format"] = self._measured(cell.suffix)
        return self.workbook.look(**{**unit, **ROLES[row.role]})

    def _measured(self, suffix: str) -> str:
        """Spell the number format that prints a measure's own unit behind it."""
        if len(suffix) > LONGEST_SUFFIX:
            message = f"{self.table.name}: satuan `{suffix[:40]}…` lebih dari {LONGEST_SUFFIX} huruf; singkatkan"
            raise CannotWrite(message)
        return 'General" ' + printable(suffix).replace('"', "'").replace("\n", " ") + '"'

    def _cell(self, row: int, column: int, cell: Cell, look: Any) -> None:
        """Write one cell by its own type; an unknown figure is `?`, never 0 and never a formula over it."""
        value = cell.value
        if value is None:
            is_unknown = cell.is_figure or cell.formula is not None
            if is_unknown:
                self.sheet.write_string(row, column, UNKNOWN, look)
            else:
                self.sheet.write_blank(row, column, None, look)
        elif cell.formula is not None:
            spelled = self.workbook.speller.formula(cell.formula, self.table.name)
            cached = (
                float(value) if isinstance(value, Fraction) else printable(value) if isinstance(value, str) else value
            )
            self.sheet.write_formula(row, column, spelled, look, cached)
        elif isinstance(value, str):
            self._text(row, column, value, look, cell.link)
        else:
            if isinstance(value, int) and abs(value) > LARGEST:
                message = f"{self.table.name}: {value} melampaui 2^53"
                raise CannotWrite(message)
            self.sheet.write_number(row, column, float(value) if isinstance(value, Fraction) else value, look)

    def _text(self, row: int, column: int, text: str, look: Any, link: str | None = None) -> None:
        """Write a text, whole or not at all; what no cell can show is marked, and said under the table."""
        shown = printable(text)
        self.unprintable += shown != text.replace("\r\n", "\n")
        is_long = 2 * len(shown) > LONGEST_TEXT and len(shown.encode("utf-16-le")) > 2 * LONGEST_TEXT
        if is_long:  # a spreadsheet counts as UTF-16 does
            message = (
                f"{self.table.name}: teks lebih dari {LONGEST_TEXT} huruf (`{shown[:40]}…`) tidak muat dalam satu sel"
            )
            raise CannotWrite(message)
        if link is None or not self.sheet.link(row, column, link, look, shown):
            self.sheet.write_string(row, column, shown, look)

    def _merged(self, row: int, column: int, rows: int, columns: int, text: str, look: Any) -> None:
        if rows * columns > 1:
            self.sheet.merge_range(row, column, row + rows - 1, column + columns - 1, "", look)
        self._text(row, column, text, look)

    def _stretch_merged(self) -> None:
        """Make rows under a cell merged downwards tall enough together for its text."""
        for index, row in enumerate(self.table.rows):
            for column, cell in enumerate(row.cells):
                if cell.down <= 1 or not isinstance(cell.value, str):
                    continue
                needed = height_of(cell.value, self.widths[column])
                members = self.table.rows[index : index + cell.down]
                heights = [max((*self._heights(member), LINE_HEIGHT)) for member in members]
                missing = max(0.0, needed - sum(heights)) / cell.down
                for offset, height in enumerate(heights):
                    self.sheet.set_row(self.first_row + index + offset, height + missing + 3)

    def _heights(self, row: Row) -> list[float]:
        """Estimate the height of each text in a row that is not merged downwards."""
        texts = ((column, cell.value) for column, cell in enumerate(row.cells) if cell.down == 1)
        return [height_of(text, self.widths[column]) for column, text in texts if isinstance(text, str)]

    def _chart(self, chart: Chart, at: int) -> int:
        """Put a native column chart under the table; returns the row under it."""
        table, first = self.table, self.first_row
        rows = [first + index for index, row in enumerate(table.rows) if row.key in chart.rows]
        column = self.workbook.book.add_chart({"type": "column"})
        labels, values = table.column(chart.labels), table.column(chart.values)
        column.add_series(
            {
                "name": chart.title,
                "categories": [table.name, rows[0], labels, rows[-1], labels],
                "values": [table.name, rows[0], values, rows[-1], values],
                "fill": {"color": "#4472C4"},
                "data_labels": {"value": True, "num_format": "0.00%", "font": {"size": 8}},
            }
        )
        column.set_title({"name": chart.title, "name_font": {"size": 11}})
        column.set_legend({"none": True})
        column.set_y_axis({"num_format": "0%", "min": 0})
        column.set_size({"width": 820, "height": 300})
        self.sheet.insert_chart(at, 0, column)
        return at + 17

    def _signature(self, at: int) -> int:
        """Write place and date, jabatan, name and NIP under the right half; returns the row under it."""
        start = max(0, len(self.widths) - 3)
        lines = signature(self.workbook.identity)
        width = sum(self.widths[start:])
        for offset, (text, extra) in enumerate(lines):
            self._merged(
                at + offset, start, 1, len(self.widths) - start, text, self.workbook.look(align="center", **extra)
            )
            self.sheet.set_row(at + offset, height_of(text, width, is_bold=True) + 3)
        return at + len(lines)

    def _page(self, end: int) -> None:
        """Set the page up: A4, one page wide, headings repeated, page numbers."""
        sheet = self.sheet
        sheet.set_paper(A4)
        if sum(self.widths) > LANDSCAPE_FROM:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.5, top=0.7, bottom=0.8)
        sheet.center_horizontally()
        sheet.set_footer(f"&L&8{self.table.name}&R&8Halaman &P dari &N")
        sheet.print_area(0, 0, max(end - 1, 0), len(self.widths) - 1)
        rows = heading_rows(self.table)
        if rows:
            sheet.repeat_rows(self.first_row - rows, self.first_row - 1)
        if self.table.is_list:
            sheet.freeze_panes(self.first_row, 0)
            if self.table.rows:
                sheet.autofilter(self.first_row - 1, 0, self.first_row + len(self.table.rows) - 1, len(self.widths) - 1)
