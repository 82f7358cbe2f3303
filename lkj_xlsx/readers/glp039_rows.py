"""The rows of a GLP039 export below its headings: each one's code, name and amounts, and how they follow each other.

Only a row's own level is filled, in the code column of that level; its name is the next text to the right. An item has
no code column: its number opens its name. A note that opens with `*` ends each printed page, and a row whose name goes
over the page stands twice, its numbers repeated (FORMATS.md 1.6, 1.8).
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import chain, islice
from typing import Final, NamedTuple

from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.kode import LEVELS, ROOT, Level, Path, fits, level_of, normal
from lkj_xlsx.model import Amounts, Line
from lkj_xlsx.readers.glp039_columns import SEVEN, Cells, Columns, is_figure
from lkj_xlsx.readers.glp039_head import HEADING, TOTAL
from lkj_xlsx.readers.glp039_lines import Lines
from lkj_xlsx.readers.glp039_plain import CODE, NOTE, OTHER, Plain, plain_rows
from lkj_xlsx.readers.glp039_transactions import B, Transactions, month_of
from lkj_xlsx.sheet import Sheet

CODE_COLUMNS: Final = {
    B: (Level.PROGRAM, Level.KEGIATAN),
    2: (Level.KRO, Level.RO),
    4: (Level.KOMPONEN,),
    5: (Level.SUBKOMPONEN,),
    7: (Level.AKUN,),
}
"""The code columns B, C, E, F and H, the same at every depth seen; komponen `ZZ1` looks like a KRO."""
PARENT_IN_CODE: Final = {Level.KEGIATAN: Level.PROGRAM, Level.RO: Level.KRO, Level.SUBKOMPONEN: Level.KOMPONEN}
"""Levels whose printed code repeats their parent's: `CQ.6709`, `QGE.001`, `051.0A`."""
_ITEM: Final = re.compile(r"(\d{6})\. ?(.*)", re.ASCII | re.DOTALL)

UNKNOWN_ROW, STRAY_NUMBER, NOT_READ = "R201", "R202", "R110"
UNKNOWN_CODE, WRONG_PARENT = "K103", "K104"

ITEM_DEPTH: Final = Level.ITEM.depth

Texts = Sequence[tuple[int, str]]
"""Texts of a row with their columns."""


class Code(NamedTuple):
    """A code taken apart by its column and shape: its segments, and the depth in a path of the first of them."""

    top: int
    segments: tuple[str, ...]
    is_sound: bool

    @property
    def depth(self) -> int:
        """The depth in a path of its last segment."""
        return self.top + len(self.segments) - 1

    def under(self, path: Path) -> Path:
        """Put the code under the path that is open where it stands: what is above stays, what is below closes."""
        return path[: self.top] + self.segments + ROOT[self.top + len(self.segments) :]


@lru_cache(maxsize=4096)
def code_of(column: int, text: str) -> Code:
    """Take the code in a code column apart."""
    *before, own = (part.strip() for part in text.split(".", 1))
    level = CODE_COLUMNS[column][-1 if before else 0]
    own = normal(level, own)
    parent = PARENT_IN_CODE.get(level)
    if before and parent:
        return Code(parent.depth, (before[0], own), fits(parent, before[0]) and fits(level, own))
    return Code(level.depth, (own,), fits(level, own) and not before)


class Body:
    """One pass down the rows: `lines` holds what each says, `depths` the first row at each depth of a path."""

    def __init__(self, sheet: Sheet, columns: Columns, named: frozenset[Level], findings: list[Finding]) -> None:
        """Read every row below the headings; `named` are the levels that the report says it has, if it does."""
        plain = plain_rows(sheet, columns, CODE_COLUMNS)
        self.lines: Final = Lines(sheet.name, plain)
        self.depths: dict[int, int] = {}
        self.transactions = Transactions(sheet, columns, findings)
        self._sheet, self._columns, self._named, self._findings = sheet, columns, named, findings
        self._under, self._name, self._is_after_footer = ROOT, "", False
        self._unread: list[Where] = []
        self._read_all(plain, columns.first_row)
        if self._unread:
            message = f"{len(self._unread)} sel berisi di luar kolom laporan, tidak dibaca"
            findings.append(Finding(NOT_READ, Severity.INFO, self._unread[0], message, because=tuple(self._unread[1:])))

    def _read_all(self, plain: Plain, first_row: int) -> None:
        """Read the rows from the first on: those that are plain and mean one thing only here, the others by `_read`."""
        kinds, columns, texts, names, add = plain.kinds, plain.columns, plain.texts, plain.names, self.lines.add_plain
        for row in range(first_row, len(kinds)):
            kind, path, depth = kinds[row], None, 0
            if kind == NOTE:
                if texts[row].lstrip().startswith("*"):
                    self._is_after_footer = True
                    continue
            elif kind != OTHER and not (self._is_after_footer and self.lines.may_go_on(row)):
                if kind == CODE:
                    code = code_of(columns[row], texts[row])
                    if code.is_sound and (len(code.segments) == 1 or self._under[code.top] == code.segments[0]):
                        path, self._name, depth = code.under(self._under), names[row], code.depth
                elif columns[row] and (item := _ITEM.fullmatch(texts[row].lstrip())):
                    path, self._name, depth = (*self._under[:-1], item[1]), item[2], ITEM_DEPTH
            if path is None:
                self._read(row, self._sheet.rows[row])
                continue
            self._under, self._is_after_footer = path, False
            if depth not in self.depths:
                self.depths[depth] = row
            add(row, path, self._name.strip())

    @cached_property
    def _keeps_blanks(self) -> bool:
        r"""Whether texts are as SAKTI wrote them: `Kementerian\t:` has a TAB, which a web page makes one blank."""
        head = chain.from_iterable(islice(self._sheet.rows, self._columns.first_row))
        return any(isinstance(value, str) and value != " ".join(value.split()) for value in head)

    def _read(self, row: int, cells: Cells) -> None:
        """Read one row: a footnote, a transaction, a heading once more, or a line."""
        texts = self._texts(cells)
        column, text = texts[0] if texts else (0, "")
        if text.lstrip().startswith("*"):
            self._is_after_footer = True
            return
        if len(cells) > B and cells[B] is not None and month_of(cells[B]):
            self.transactions.add(row, cells, len(self.lines) - 1, is_after_footer=self._is_after_footer)
            self._is_after_footer = False
            return
        amounts = self._columns.plain_amounts(cells)
        figures = self._columns.figures_of(cells) if amounts is None else tuple(self._columns.all)
        if text and (column == 0 or (column not in CODE_COLUMNS and not figures)) and _is_heading(text):
            return
        used = texts[: 2 if column in CODE_COLUMNS else 1]
        line = self._line(row, cells, used, amounts or self._columns.amounts(row)) if text or figures else None
        if text or figures:
            if not self._takes(line):
                severity = Severity.ERROR if figures else Severity.PERINGATAN
                at = column if text else min(figures)
                self._report(UNKNOWN_ROW, severity, row, at, "baris tanpa kode; tidak ikut dijumlah")
            self._is_after_footer = False
        has_seven = amounts is not None and line is not None and line.persen is not None
        if not has_seven or len(cells) - cells.count(None) > len(used) + len(SEVEN):
            self._tell_others(row, cells, {column for column, _ in used})

    def _texts(self, cells: Cells) -> Texts:
        """Give the texts of a row that stand outside the amount columns: those to the left of them, else any."""
        left = [
            (column, value)
            for column, value in enumerate(cells[: self._columns.first])
            if isinstance(value, str) and not value.isspace()
        ]
        amounts = self._columns.all
        return left or [
            (column, value)
            for column, value in enumerate(cells)
            if isinstance(value, str) and not value.isspace() and column not in amounts
        ]

    def _line(self, row: int, cells: Cells, texts: Texts, amounts: Amounts) -> Line | None:
        """Read one row: its text is a code when it stands in a code column, else an item's name; None for a note."""
        column, text = texts[0] if texts else (0, "")
        persen = self._columns.persen(row, cells)
        if column in CODE_COLUMNS:
            code = code_of(column, text)
            if not code.is_sound:
                if not any(amounts.values()):
                    return None
                self._report(UNKNOWN_CODE, Severity.ERROR, row, column, f"kode `{text}` tidak dikenali pada kolom ini")
            self._check_parent(row, column, code)
            self.depths.setdefault(code.depth, row)
            name = texts[1][1] if len(texts) > 1 else ""
            return Line(code.under(self._under), name, amounts, self._sheet.name, row, persen=persen)
        item = _ITEM.fullmatch(text.lstrip())
        if item is None:
            return Line(ROOT, text, amounts, self._sheet.name, row, persen=persen)
        self.depths.setdefault(Level.ITEM.depth, row)
        return Line((*self._under[:-1], item[1]), item[2], amounts, self._sheet.name, row, persen=persen)

    def _check_parent(self, row: int, column: int, code: Code) -> None:
        """Report a code that names another parent than the one it stands under, where parents have rows at all."""
        parent, above = LEVELS[code.top], self._under[code.top]
        if len(code.segments) > 1 and above != code.segments[0] and (not self._named or parent in self._named):
            message = f"kode `{self._sheet.text(row, column)}` berada di bawah {parent} `{above or '-'}`"
            self._report(WRONG_PARENT, Severity.ERROR, row, column, message)

    def _takes(self, line: Line | None) -> bool:
        """Add a row to the lines, or to the one that it continues; tell whether it was either."""
        if line is None:
            return False
        if self._is_after_footer and self.lines and _continues(line, self.lines[-1]):
            is_joined = self._keeps_blanks or self._name.endswith(" ")
            self._name += line.uraian if is_joined else f" {line.uraian}"
            self.lines.rename_last(self._name.strip())
            return True
        if line.path == ROOT:
            return False
        self._under, self._name = line.path, line.uraian
        name = line.uraian.strip()
        self.lines.add(line if name == line.uraian else replace(line, uraian=name))
        return True

    def _tell_others(self, row: int, cells: Cells, used: Collection[int]) -> None:
        """Report what a row holds besides its code, name and amounts."""
        numbers = self._columns.figures_of(cells)
        for column, value in enumerate(cells):
            if value is None or column in used or column in self._columns.all:
                continue
            if column in numbers or (isinstance(value, str) and is_figure(value)):
                message = "angka di luar kolom angka; tidak ikut dijumlah"
                self._report(STRAY_NUMBER, Severity.ERROR, row, column, message)
            elif not isinstance(value, str) or value.strip():
                self._unread.append(self._sheet.where(row, column))

    def _report(self, code: str, severity: Severity, row: int, column: int, message: str) -> None:
        printed = self._sheet.text(row, column) or None
        self._findings.append(Finding(code, severity, self._sheet.where(row, column), message, printed))


def _is_heading(text: str) -> bool:
    """Tell whether a text opens a heading or a total that a page repeats."""
    return text.strip() == TOTAL or HEADING.match(text.strip()) is not None


def _continues(line: Line, last: Line) -> bool:
    """Tell whether the first row after a footer is the rest of the row before it (FORMATS.md 1.8).

    SAKTI writes a record whose name crosses a page twice, numbers repeated: same code again, or an item
    without its number, with the same pagu. What it repeats must be equal; its numbers count once.
    """
    is_same = line.path == last.path or (line.path == ROOT and level_of(last.path) is Level.ITEM)
    is_same = is_same and line.persen in (None, last.persen)
    repeated = {name: amount for name, amount in line.amounts.items() if amount is not None}
    return is_same and "pagu" in repeated and all(last.amounts[name] == amount for name, amount in repeated.items())
