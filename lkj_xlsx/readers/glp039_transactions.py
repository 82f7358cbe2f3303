"""The transactions of a GLP039 export that goes below the item: never summed, only held against their item.

A transaction row has a date in B, the number of its SP2D and what it was for, and one amount, in "Periode Ini".
From FORMATS.md 1.5, out of public source code: no real file with transactions was seen. So which days a file lists is
not known, and an item agrees with its transactions when all of them, or those of the month alone, add up to it.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from typing import Final, NamedTuple

from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.kode import called, level_of
from lkj_xlsx.model import Identity, Line
from lkj_xlsx.readers.glp039_columns import Cells, Columns
from lkj_xlsx.rupiah import spell, spell_difference
from lkj_xlsx.sheet import Sheet

B: Final = 1
INI: Final = "realisasi_ini"
_DATE: Final = re.compile(r"\d{1,2}[-/](\d{1,2})[-/](\d{4})", re.ASCII)

DIFFERS, NOT_ADDED, NO_AMOUNT = "R216", "R217", "R218"


class Transaction(NamedTuple):
    """One row: its date and number as they stand, the cell of its amount, year and month, and the amount.

    `is_half` tells that it may be the rest of the row before it, which a page break cut: same date, number and amount.
    """

    label: tuple[object, ...]
    row: int
    column: int
    month: tuple[int, int]
    amount: int
    is_half: bool = False


def month_of(value: object) -> tuple[int, int] | None:
    """Give year and month of a date, typed or written `12-03-2025`; None for anything else."""
    if isinstance(value, date):
        return value.year, value.month
    match = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    return (int(match[2]), int(match[1])) if match else None


class _Differing(NamedTuple):
    """A line whose transactions add up to something else."""

    line: Line
    ini: int
    own: Sequence[Transaction]


class Transactions:
    """The transactions of each line, in reading order."""

    def __init__(self, sheet: Sheet, columns: Columns, findings: list[Finding]) -> None:
        """Start without any."""
        self._sheet, self._columns, self._findings = sheet, columns, findings
        self._of_line: dict[int, list[Transaction]] = {}
        self._unread: set[int] = set()
        self._rows: list[int] = []

    def add(self, row: int, cells: Cells, line: int, *, is_after_footer: bool) -> None:
        """Take a row below the line at place `line`; one without one amount becomes a finding."""
        self._rows.append(row)
        month = month_of(cells[B])
        columns = [column for column in self._columns.figures_of(cells) if column > self._columns.first]
        amount = self._columns.amounts(row, {INI: columns[0]})[INI] if len(columns) == 1 else None
        if amount is None or month is None:
            self._unread.add(line)
            message = "transaksi tanpa satu angka Periode Ini; tidak dibandingkan dengan baris di atasnya"
            self._findings.append(Finding(NO_AMOUNT, Severity.PERINGATAN, self._sheet.where(row, B), message))
            return
        own = self._of_line.setdefault(line, [])
        taken = Transaction(tuple(cells[B : B + 1]) + _numbers(cells), row, columns[0], month, amount)
        is_half = is_after_footer and bool(own) and (own[-1].label, own[-1].amount) == (taken.label, amount)
        own.append(taken._replace(is_half=is_half))

    def compare(self, lines: Sequence[Line], identity: Identity) -> Iterator[Finding]:
        """Hold every line of the levels that have transactions against its own, also one that has none."""
        if not self._rows:
            return
        message = f"{len(self._rows)} baris transaksi hanya dibandingkan dengan Periode Ini di atasnya, tidak dijumlah"
        yield Finding(NOT_ADDED, Severity.INFO, self._sheet.where(self._rows[0], B), message)
        levels = {level_of(lines[line].path) for line in self._of_line if line >= 0}
        month = (identity.tahun, identity.bulan)
        agreeing, differing, without = 0, list[_Differing](), list[Where]()
        for place, line in enumerate(lines):
            ini, own = line.amounts[INI], self._of_line.get(place, [])
            if ini is None or place in self._unread or level_of(line.path) not in levels:
                continue
            if not own and ini:
                without.append(self._where(line))
            elif ini in _sums(own, month):
                agreeing += bool(own)
            else:
                differing.append(_Differing(line, ini, own))
        if without:
            message = f"{len(without)} baris punya Periode Ini tetapi tidak punya satu pun transaksi di bawahnya"
            yield Finding(DIFFERS, Severity.PERINGATAN, without[0], message, because=tuple(without[1:]))
        if len(differing) > 1 and not agreeing:
            first, *others = (self._where(one.line) for one in differing)
            message = (
                f"{len(differing)} baris berbeda dari jumlah transaksinya dan tidak satu pun cocok; mungkin"
                " transaksi berkas ini bukan dari bulan ini saja"
            )
            yield Finding(DIFFERS, Severity.PERINGATAN, first, message, because=tuple(others))
        else:
            yield from map(self._difference, differing)

    def _difference(self, one: _Differing) -> Finding:
        total = sum(posting.amount for posting in one.own)
        message = (
            f"{called(one.line.path)} Periode Ini tertulis {spell(one.ini)}, jumlah {len(one.own)} transaksinya"
            f" {spell(total)} (selisih {spell_difference(one.ini - total)})"
        )
        because = tuple(self._sheet.where(posting.row, posting.column) for posting in one.own)
        return Finding(DIFFERS, Severity.PERINGATAN, self._where(one.line), message, one.ini, because=because)

    def _where(self, line: Line) -> Where:
        return self._sheet.where(line.row, self._columns.by_name[INI])


def _numbers(cells: Cells) -> tuple[object, ...]:
    """Give the number of the SP2D, the first thing to the right of the date."""
    return tuple([value for value in cells[B + 1 :] if value is not None][:1])


def _sums(own: Sequence[Transaction], month: tuple[int | None, int | None]) -> set[int]:
    """Give what some transactions add up to: all or those of the month, possible halves counted or not."""
    return {
        sum(one.amount for one in own if (one.month == month or not of_month) and not (one.is_half and once))
        for of_month, once in product((False, True), repeat=2)
    }
