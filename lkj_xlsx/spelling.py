"""Spell formulas: what a table says a cell is computed from, as the text a spreadsheet understands."""

import re
from collections.abc import Mapping
from typing import Final

from lkj_xlsx.finding import column_letters
from lkj_xlsx.table import (
    Capaian,
    Difference,
    Formula,
    Mean,
    Quotient,
    Ref,
    Sentence,
    Spelled,
    Sum,
    SumWhere,
    Table,
    Unit,
)

DIGITS: Final = 14
"""A quotient of two targets can miss a whole percent by an ulp: rounded here before it is cut."""


LITERAL: Final = 200
"""Excel takes at most 255 characters between quotes within a formula; longer words are joined from pieces."""

_UNPRINTABLE: Final = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """Mark what XML cannot hold (control characters, half a pair of surrogates) with the replacement character."""
    return text if text.isprintable() else _UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n"))


class Speller:
    """Knows where every row and column of every table lies, and spells formulas for one of them."""

    def __init__(self, tables: tuple[Table, ...]) -> None:
        """Lay the tables out: the first body row follows the titles, a blank row and the headings."""
        self.first_rows = {table.name: first_row(table) for table in tables}
        self._rows = {
            (table.name, row.key): self.first_rows[table.name] + index
            for table in tables
            for index, row in enumerate(table.rows)
            if row.key
        }
        self._columns: Mapping[tuple[str, str], int] = {
            (table.name, column.key): index for table in tables for index, column in enumerate(table.columns)
        }
        self._lengths = {table.name: len(table.rows) for table in tables}

    def address(self, ref: Ref, here: str) -> str:
        """Spell the address of a cell, with its sheet when it is another one."""
        table = ref.table or here
        cell = f"{column_letters(self._columns[table, ref.column])}{self._rows[table, ref.row] + 1}"
        return cell if table == here else f"'{table}'!{cell}"

    def column(self, table: str, column: str) -> str:
        """Spell the whole body of a column of another table."""
        letters = column_letters(self._columns[table, column])
        first = self.first_rows[table] + 1
        return f"'{table}'!${letters}${first}:${letters}${first + max(self._lengths[table], 1) - 1}"

    def formula(self, formula: Formula, here: str) -> str:
        """Spell a formula that stands in the table `here`."""
        return f"={self._term(formula, here)}"

    def _term(self, formula: Formula, here: str) -> str:  # noqa: PLR0911 - one for each kind of formula
        match formula:
            case Ref():
                return self.address(formula, here)
            case Sum(cells):
                return self._sum(cells, here)
            case SumWhere(table, column, by, code, is_prefix):
                amounts, codes = self.column(table, column), self.column(table, by)
                return f'SUMIFS({amounts},{codes},"{code}{".*" if is_prefix else ""}")'
            case Quotient(part, whole):
                divisor = self._term(whole, here)
                return f'IF({divisor}=0,"-",{self._term(part, here)}/{divisor})'
            case Difference(minuend, subtrahend):
                return f"{self.address(minuend, here)}-{self.address(subtrahend, here)}"
            case Capaian(realisasi, target, is_minimise):
                r, t = self.address(realisasi, here), self.address(target, here)
                ratio = f"(2*{t}-{r})/{t}" if is_minimise else f"{r}/{t}"
                return f'IF(ISNUMBER({r}),ROUNDDOWN(ROUND({ratio},{DIGITS}),2),"-")'
            case Mean(table, column):
                return f"AVERAGE({self.column(table, column)})"
            case Sentence(parts):
                return "&".join(self._words(part, here) for part in parts)

    def _sum(self, cells: tuple[Ref, ...], here: str) -> str:
        """Spell a sum: runs of neighbouring rows as ranges, joined by plus signs (no limit on their number)."""
        runs: list[list[Ref]] = []
        for ref in cells:
            is_next = runs and self._rows[here, ref.row] == self._rows[here, runs[-1][-1].row] + 1
            if is_next:
                runs[-1].append(ref)
            else:
                runs.append([ref])
        if not runs:
            return "0"
        if len(runs) == 1 or any(len(run) > 1 for run in runs):
            return "+".join(f"SUM({self.address(run[0], here)}:{self.address(run[-1], here)})" for run in runs)
        return "+".join(self.address(run[0], here) for run in runs)

    def _words(self, part: str | Spelled, here: str) -> str:
        """Spell words, or a figure in Indonesian: FIXED writes the marks of the locale, replaced after."""
        if isinstance(part, str):
            pieces = [part[start : start + LITERAL] for start in range(0, len(part), LITERAL)] or [""]
            return "&".join('"' + printable(piece).replace('"', '""') + '"' for piece in pieces)
        value = self.address(part.ref, here)
        if part.unit is Unit.RUPIAH:
            return f'SUBSTITUTE(FIXED({value},0),",",".")'
        value = f"(1-{value})" if part.is_rest else value
        return f'SUBSTITUTE(FIXED(ROUND({value}*100,2),2,TRUE),".",",")&"%"'


def first_row(table: Table) -> int:
    """Give the 0-based row of a table's first body row."""
    return len(table.title) + bool(table.title) + heading_rows(table)


def heading_rows(table: Table) -> int:
    """Give how many heading rows a table prints: none, one, or two where headings are spanned."""
    if not any(column.heading for column in table.columns):
        return 0
    return 2 if any(column.group for column in table.columns) else 1
