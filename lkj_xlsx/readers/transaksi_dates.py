"""The period of a list of postings, by the dates of their SP2D."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.model import BULAN
from lkj_xlsx.readers.named_columns import Table

DAY_FIRST: Final = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2}|[A-Za-z]+)[-/. ]([0-9]{4})(?: [0-9:.]+)?", re.ASCII)
YEAR_FIRST: Final = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?:[ T][0-9:.]+)?", re.ASCII)
SHORT: Final = {bulan[:3].lower(): number for number, bulan in enumerate(BULAN, start=1)} | {"ags": 8}
LONG: Final = {bulan.lower(): number for number, bulan in enumerate(BULAN, start=1)}

OF_DATES: Final = "R214"


@dataclass(frozen=True, slots=True)
class Period:
    """The year and the latest month of a list, and the month of each row; None and empty where not certain."""

    tahun: int | None = None
    bulan: int | None = None
    months: Mapping[int, int] = field(default_factory=dict)


def period_of(table: Table, name: str, rows: Sequence[int], findings: list[Finding]) -> Period:
    """Tell the period from the dates of a column.

    One date that cannot be read may be the latest, and dates of two years are two reports: then no month is certain.
    """
    dates = {row: date_in(table.sheet.value(row, table.columns[name])) for row in rows}
    unread = [row for row, found in dates.items() if found is None]
    read = {row: found for row, found in dates.items() if found is not None}
    years = sorted({found.year for found in read.values()})
    if unread:
        where, *others = table.places(unread, name)
        printed = table.text(unread[0], name)
        message = (
            f"`{printed}` bukan tanggal yang dikenali ({len(unread)} baris), jadi bulan dan tahun berkas ini tidak"
            " pasti"
        )
        findings.append(Finding(OF_DATES, Severity.ERROR, where, message, printed or None, because=tuple(others)))
        return Period()
    if len(years) > 1:
        first = {year: next(row for row, found in read.items() if found.year == year) for year in years}
        where, *others = table.places(first.values(), name)
        message = (
            f"tanggal SP2D dari {len(years)} tahun ({', '.join(map(str, years))}) ikut dijumlah jadi satu; unduh satu"
            " tahun anggaran satu berkas"
        )
        findings.append(Finding(OF_DATES, Severity.ERROR, where, message, because=tuple(others)))
        return Period()
    if not read:
        return Period()
    last = max(read, key=lambda row: read[row])
    latest = read[last]
    message = (
        f"berkas ini tidak menyebut periode; dibaca {BULAN[latest.month - 1]} {latest.year} dari tanggal SP2D terakhir,"
        f" {latest.day} {BULAN[latest.month - 1]} {latest.year}"
    )
    findings.append(Finding(OF_DATES, Severity.INFO, table.where(last, name), message))
    return Period(latest.year, latest.month, {row: found.month for row, found in read.items()})


def date_in(value: object) -> date | None:
    """Read a date: a cell that is one, or a text with the day first (`22-05-2026`, `22 Mei 2026`) or the year first."""
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    text = " ".join(value.removeprefix("'").split()) if isinstance(value, str) else ""
    if match := YEAR_FIRST.fullmatch(text):
        year, month, day = match.groups()
    elif match := DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
    else:
        return None
    word = month.lower()
    number = int(month) if month.isdecimal() else LONG.get(word, SHORT.get(word, 0))
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None
