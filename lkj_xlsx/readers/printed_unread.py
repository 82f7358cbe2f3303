"""What a printed document holds that no question is asked of: whole tables, and columns of figures in those read."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.model import AMOUNTS, PERSEN, SISA
from lkj_xlsx.readers.printed_columns import meaning
from lkj_xlsx.readers.printed_header import Found
from lkj_xlsx.rupiah import figure
from lkj_xlsx.sheet import UNREAD_SHEET, Sheet

READ: Final = ("kode", "uraian", *AMOUNTS, SISA, PERSEN)
READ_OF_INDICATORS: Final = ("kode", "no", "sasaran", "indikator", "satuan", "target", "realisasi", "capaian")
NO_FIGURES: Final = re.compile(r"^no\b|\bnomor\b|\btahun\b|\btanggal\b", re.IGNORECASE)
"""Headings of columns that count and date rows."""


def unread_parts(tables: Sequence[Found]) -> Iterator[Finding]:
    """Report, for the record, every table that is not read, and the columns of figures that are not."""
    for table in tables:
        if table.why_unread:
            top = table.header.top
            column = next(column for column, cell in enumerate(table.sheet.rows[top]) if cell)
            message = f"tabel ini tidak dibaca: {table.why_unread}"
            yield Finding(UNREAD_SHEET, Severity.INFO, table.sheet.where(top, column), message)
        elif columns := list(_unread_columns(table)):
            row, first, _ = columns[0]
            names = ", ".join(f"`{name}`" for _, _, name in columns)
            message = f"kolom {names} berisi angka yang tidak diperiksa"
            yield Finding(UNREAD_SHEET, Severity.INFO, table.sheet.where(row, first), message)


def _unread_columns(table: Found) -> Iterator[tuple[int, int, str]]:
    """Give the row and column of the heading of each column of figures that is not read, and the heading."""
    sheet, header = table.sheet, table.header
    read = {header.columns.get(name) for name in (READ_OF_INDICATORS if table.is_indicators else READ)}
    for column in range(max((len(sheet.rows[row]) for row in range(header.top, header.first_row)), default=0)):
        texts = {row: sheet.text(row, column) for row in range(header.top, header.first_row)}
        named = [row for row, text in texts.items() if re.search(r"[A-Za-z%]", text)]
        heading = " ".join(texts[row] for row in named)
        is_told = column in read or not named or meaning(heading) == "lain" or NO_FIGURES.search(heading)
        if not is_told and any(_is_figure(sheet, row, column) for row in range(header.first_row, header.last_row)):
            yield named[0], column, heading


def _is_figure(sheet: Sheet, row: int, column: int) -> bool:
    cell = sheet.at(row, column)
    return figure(cell) is not None if isinstance(cell, str) else isinstance(cell, int | float | Decimal)
