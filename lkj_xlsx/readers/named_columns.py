"""A flat table whose columns have names of their own in one row: looked up by name, never by place.

Web exports are such (`KODE_AKUN`, `NILAI RUPIAH`): columns come and go between versions, so one that is needed and
missing is refused by its name, and one that nobody knows is told of.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.figures import Figures, fault_finding
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.kode import Level, fits, normal
from lkj_xlsx.rupiah import LARGEST, Fault
from lkj_xlsx.rupiah import spell as rupiah
from lkj_xlsx.sheet import Document, Sheet

HEADER_ROWS: Final = 10
"""How far down the row of names may stand: exports have a title above it, officers sometimes take that away."""
PADDED: Final = {Level.RO: 3, Level.KOMPONEN: 3, Level.ITEM: 6}
"""To how many digits a code that a spreadsheet made a number of lost its leading zeros."""

_PLAIN: Final = re.compile(r"\s*(-?[0-9]{1,15})(?:[.,]0{1,2})?\s*", re.ASCII)
"""A text that is one amount whatever its column writes between thousands: digits, then at most two zero decimals."""
_BARE: Final = re.compile(r"([0-9]+)\.0", re.ASCII)
_NOT_READ, _BAD_CODE = "R110", "K103"


def plain_name(text: str) -> str:
    """Spell a name of a column one way: `No. SP2D` and `NO_SP2D` are `NO_SP2D`."""
    return re.sub(r"[^0-9A-Z]+", "_", text.upper()).strip("_")


@dataclass(frozen=True)
class Table:
    """One table: the row of its names (0-based), and the column of each name, spelled by `plain_name`."""

    sheet: Sheet
    header: int
    columns: Mapping[str, int]
    _texts: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    """Texts already cleaned: codes and dates repeat over tens of thousands of rows."""

    @property
    def rows(self) -> list[int]:
        """The rows below the names that hold anything."""
        cells, at = self.sheet.rows, self.sheet.at
        below = range(self.header + 1, len(cells))
        return [row for row in below if any(at(row, column) is not None for column in range(len(cells[row])))]

    def text(self, row: int, name: str) -> str:
        """Give the text of a cell, "" where the table has no such column.

        A quote that kept Excel from making a number of it is no part of the text.
        """
        column, cells = self.columns.get(name), self.sheet.rows[row]
        cell = cells[column] if column is not None and column < len(cells) else None
        if column is None or not isinstance(cell, str):
            return "" if column is None else self.sheet.text(row, column)
        text = self._texts.get(cell)
        if text is None:
            text = self._texts[cell] = self.sheet.text(row, column).removeprefix("'").strip()
        return text

    def where(self, row: int, name: str) -> Where:
        """Name the cell of a column; the row, where the table has no such column."""
        return self.sheet.where(row, self.columns.get(name))

    def places(self, rows: Iterable[int], name: str) -> tuple[Where, ...]:
        """Name the cells of a column in several rows."""
        return tuple(self.where(row, name) for row in rows)

    def amounts(self, name: str, rows: Sequence[int], findings: list[Finding]) -> dict[int, int | None]:
        """Read the rupiah of a column by row, None where blank or unreadable; what is wrong goes to `findings`.

        Most exports write bare digits; only a column that has anything else is asked how it writes thousands.
        """
        column = self.columns[name]
        amounts: dict[int, int | None] = {}
        for row in rows:
            cells = self.sheet.rows[row]
            value = cells[column] if column < len(cells) else None
            digits = _PLAIN.fullmatch(value) if isinstance(value, str) else None
            if digits:
                amounts[row] = int(digits[1])
            elif value is None or (type(value) is int and -LARGEST <= value <= LARGEST):
                amounts[row] = value
            else:
                figures = Figures(self.sheet, {name: column}, rows, findings)
                return {each: figures.read(each, name) for each in rows}
        return amounts

    def report_unknown(self, known: Collection[str], findings: list[Finding]) -> None:
        """Tell, for the record, of columns that hold something and that nobody knows."""
        strangers = {name: column for name, column in self.columns.items() if name not in known}
        used = [name for name, column in strangers.items() if any(self.sheet.text(row, column) for row in self.rows)]
        if used:
            message = f"kolom yang tidak dikenal dan tidak dibaca: {', '.join(used)}"
            findings.append(Finding(_NOT_READ, Severity.INFO, self.where(self.header, used[0]), message))

    def refuse_several(self, whose: Mapping[int, str], name: str, called: str) -> None:
        """Refuse a table of more than one satker (or unit): their codes are the same and would be added up.

        `whose` says it of each row; raises UnreadableFile with each one and its number of rows.
        """
        counts = Counter(whose.values())
        if len(counts) > 1:
            named = ", ".join(f"{one or '(kosong)'} ({count} baris)" for one, count in sorted(counts.items()))
            message = (
                f"{self.sheet.file}!{self.sheet.name}: berisi {len(counts)} {called}: {named}; saring kolom {name} di"
                " Excel, simpan tiap satu sebagai berkas sendiri"
            )
            raise UnreadableFile(message)


def find_tables(document: Document, names: Collection[str]) -> Iterator[Table]:
    """Find, on each sheet, the first row that has all `names`."""
    for sheet in document.sheets:
        for row in range(min(HEADER_ROWS, len(sheet.rows))):
            texts = [cell for cell in sheet.rows[row] if isinstance(cell, str)]
            if {plain_name(text) for text in texts}.issuperset(names):
                yield Table(sheet, row, _columns(sheet, row))
                break


def _columns(sheet: Sheet, row: int) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column in range(len(sheet.rows[row])):
        name = plain_name(sheet.text(row, column))
        if name in columns:
            places = " dan ".join(str(sheet.where(row, at).cell) for at in (columns[name], column))
            message = f"{sheet.file}!{sheet.name}: dua kolom bernama {name} ({places}); hapus salah satu"
            raise UnreadableFile(message)
        if name:
            columns[name] = column
    return columns


def only_table(document: Document, names: Collection[str], needed: Sequence[str]) -> Table:
    """Give the one table that has `names`; raises UnreadableFile where there are several or a `needed` is missing."""
    first, *others = find_tables(document, names)
    if others:
        sheets = ", ".join(f"`{table.sheet.name}`" for table in (first, *others))
        message = f"{document.file}: {len(others) + 1} lembar berisi bentuk yang sama ({sheets}); sisakan satu"
        raise UnreadableFile(message)
    missing = [name for name in needed if name not in first.columns]
    if missing:
        message = f"{document.file}!{first.sheet.name}: kolom {', '.join(missing)} tidak ada; unduh lagi secara utuh"
        raise UnreadableFile(message)
    return first


class Codes:
    """The codes of a table, each column of one level: spelled our way, and the odd ones told of once each."""

    def __init__(self, table: Table) -> None:
        """Start without any code seen."""
        self.table = table
        self._known: dict[tuple[Level, str], str] = {}
        self._odd: dict[tuple[str, str], list[int]] = {}

    def read(self, row: int, name: str, level: Level) -> str:
        """Give the code of a cell, "" where it is blank; one of another shape is kept as it stands, and told of."""
        raw = self.table.text(row, name)
        code = self._known.get((level, raw))
        if code is None:
            code = self._known[level, raw] = spell_code(level, raw)
        if code and not fits(level, code):
            self._odd.setdefault((name, raw), []).append(row)
        return code

    def report(self, findings: list[Finding]) -> None:
        """Tell of each odd code once, with every cell that holds it."""
        for (name, raw), rows in self._odd.items():
            where, *because = self.table.places(rows, name)
            message = f"`{raw}` bukan bentuk {name}; angkanya tetap dijumlah"
            findings.append(Finding(_BAD_CODE, Severity.ERROR, where, message, raw, because=tuple(because)))


def spell_code(level: Level, raw: str) -> str:
    """Spell one code as we keep it: `51`, `51.0` and `051` are komponen `051`, `A` is subkomponen `0A`."""
    bare = _BARE.fullmatch(raw)
    code = (bare[1] if bare else raw).upper()
    return normal(level, code.zfill(PADDED.get(level, 0)) if code.isdecimal() else code) if code else ""


def spell_satker(raw: str) -> str:
    """Spell the code of a satker, six digits: `19937` lost its leading zero in a spreadsheet."""
    bare = _BARE.fullmatch(raw)
    code = bare[1] if bare else raw
    return code.zfill(6) if code.isdecimal() else code


def total_of(amounts: Iterable[int | None]) -> int | Fault | None:
    """Add amounts: None where one of them is unknown, never a sum of the others; a Fault beyond 2^53."""
    total = 0
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total if -LARGEST <= total <= LARGEST else Fault.TOO_LARGE


def known_total(
    amounts: Iterable[int | None], table: Table, row: int, name: str, findings: list[Finding]
) -> int | None:
    """Add amounts as `total_of` does; a sum that no sheet could hold is told of at a cell, and unknown."""
    total = total_of(amounts)
    if isinstance(total, Fault):
        column = table.columns[name]
        told = fault_finding(table.sheet, total, row, column)
        message = f"jumlah yang dimulai di baris ini {total.words}"
        findings.append(Finding(told.code, told.severity, told.where, message))
        return None
    return total


def spelled_total(amounts: Iterable[int | None]) -> str:
    """Spell a sum for a message, `?` where it is unknown."""
    total = total_of(amounts)
    return rupiah(None if isinstance(total, Fault) else total)
