"""The seven amount columns of a GLP039 export, learnt from its rows, and how each row's figures are read.

Their letters move with the levels chosen and are not those of the headings (FORMATS.md 1.4, 1.5). In a workbook the
figures are numbers; in a CSV or a web page they are texts (`354.768.414`, `"552,780"`, `62,44 %`), and which mark
groups the thousands is decided once for the whole report (FORMATS.md 2).
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import islice
from operator import itemgetter
from typing import Final

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.figures import Figures, decide_marks, fault_finding, read_persen
from lkj_xlsx.finding import Finding
from lkj_xlsx.model import AMOUNTS, PERSEN, SISA, Line
from lkj_xlsx.persen import percent_of_text
from lkj_xlsx.rupiah import LARGEST, Fault, figure, is_nil
from lkj_xlsx.sheet import Sheet

SEVEN: Final = (*AMOUNTS, PERSEN, SISA)
"""The seven numbers of a row, in order."""
RUPIAH: Final = (*AMOUNTS, SISA)

_NUMBERS: Final = frozenset((int, float, Decimal))
_LEARNT_FROM: Final = 1_000
"""Rows from which columns are learnt: one page would do."""
_LONGEST_FIGURE: Final = 40
_FIGURE_ENDS: Final = frozenset("0123456789%)-")
_PLAIN: Final = {
    "": re.compile(r"-?[0-9]{1,15}", re.ASCII),
    ".": re.compile(r"-?(?:[0-9]{1,15}|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,4})", re.ASCII),
    ",": re.compile(r"-?(?:[0-9]{1,15}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4})", re.ASCII),
}
"""How most texts look where that mark groups thousands; 15 digits are below 2^53."""
_BARE: Final = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?", re.ASCII)

Cells = Sequence[object]


def number_columns(cells: Cells) -> tuple[int, ...]:
    """Give the columns of a row that hold numbers."""
    return tuple([column for column, value in enumerate(cells) if type(value) in _NUMBERS])


def figure_columns(cells: Cells) -> tuple[int, ...]:
    """Give the columns of a row that hold numbers, or to the right of its first text one figure or percent, or nihil.

    The first text is the code, which may be made of digits (`051`, `521211`).
    """
    columns, is_after_code = [], False
    for column, value in enumerate(cells):
        if type(value) in _NUMBERS or (
            is_after_code and isinstance(value, str) and (is_figure(value) or is_nil(value))
        ):
            columns.append(column)
        is_after_code = is_after_code or (isinstance(value, str) and not value.isspace())
    return tuple(columns)


def is_figure(text: str) -> bool:
    """Tell whether a text is one amount or one percent."""
    text = text.strip()
    if not text or len(text) > _LONGEST_FIGURE or text[-1] not in _FIGURE_ENDS:
        return False
    return figure(text) is not None or percent_of_text(text) is not None


class Columns:
    """The seven columns of a report, by name, and the figures in them."""

    def __init__(self, sheet: Sheet, total_row: int | None, findings: list[Finding]) -> None:
        """Learn the columns: those of most of the first rows that have exactly seven figures.

        Raises UnreadableFile where no row has. JUMLAH SELURUHNYA has letters of its own: it is read by order.
        """
        self._sheet, self._total_row, self._findings = sheet, total_row, findings
        self.figures_of, seven = _learnt(sheet, total_row)
        self.by_name: Final = dict(zip(SEVEN, seven, strict=True))
        self._rupiah = {name: self.by_name[name] for name in RUPIAH}
        self.all: Final = frozenset(seven)
        self.first, self._last = min(seven), max(seven)
        self._amounts_of = itemgetter(*self._rupiah.values())
        total = () if total_row is None else self.figures_of(sheet.rows[total_row])
        self.of_total: Final = dict(zip(SEVEN, total, strict=True)) if len(total) == len(SEVEN) else None

    @property
    def first_row(self) -> int:
        """The first row below the headings: JUMLAH SELURUHNYA, or the first that has all figures."""
        rows = range(len(self._sheet.rows) if self._total_row is None else self._total_row)
        whole = (row for row in rows if len(self.figures_of(self._sheet.rows[row])) >= len(SEVEN))
        return next(whole, rows.stop)

    @cached_property
    def proven(self) -> frozenset[str]:
        """Which marks group thousands, from all amounts of the report together; percents tell where they do not."""
        cells: list[tuple[int, int]] = []
        hints: set[str] = set()
        for row, values in enumerate(self._sheet.rows):
            columns = self.of_total or {} if row == self._total_row else self.by_name
            for name, column in columns.items():
                text = values[column] if column < len(values) else None
                if not isinstance(text, str):
                    continue
                if name == PERSEN:
                    hints.add(text.rstrip("% "))
                else:
                    cells.append((row, column))
        return decide_marks(self._sheet, cells, self._findings, hints)

    @cached_property
    def _plain(self) -> tuple[re.Pattern[str], str]:
        """How most texts of a report look that has one mark, and that mark; without one, bare digits."""
        mark = "".join(self.proven) if len(self.proven) == 1 else ""
        return _PLAIN[mark], mark

    def amounts(self, row: int, columns: Mapping[str, int] | None = None) -> dict[str, int | None]:
        """Read the amounts of a row, in its own columns if it has any; what is no amount becomes a finding."""
        columns = columns or self._rupiah
        values = [self._sheet.at(row, column) for column in columns.values()]
        needs_marks = any(isinstance(value, str) for value in values)
        proven = self.proven if needs_marks else frozenset[str]()
        return Figures(self._sheet, columns, (), self._findings, proven).read_all(row)

    def plain_amounts(self, cells: Cells) -> dict[str, int | None] | None:
        """Read the amounts of a row where each is plainly one, as in nearly all rows; else give None."""
        if len(cells) <= self._last:
            return None
        amounts: list[int | None] = []
        for value in self._amounts_of(cells):
            if type(value) is int and -LARGEST <= value <= LARGEST:
                amounts.append(value)
            elif isinstance(value, str) and self._plain[0].fullmatch(value):
                amounts.append(int(value.replace(self._plain[1], "")))
            else:
                return None
        return dict(zip(RUPIAH, amounts, strict=True))

    def persen(self, row: int, cells: Cells, column: int | None = None) -> Decimal | float | None:
        """Read the percent of a row; a text without a sign is a bare number, whose scale only its column can tell."""
        column = self.by_name[PERSEN] if column is None else column
        value = cells[column] if column < len(cells) else None
        if type(value) in _NUMBERS:
            return float(value)  # type: ignore[arg-type]  # int, float and Decimal
        if isinstance(value, str) and _BARE.fullmatch(value.strip()):
            return float(value.replace(",", "."))
        return read_persen(self._sheet, row, column, self._findings)

    def report_empty(self, line: Line) -> None:
        """Report each amount that a leaf lacks."""
        for name in AMOUNTS:
            if line.amounts[name] is None and self._sheet.value(line.row, self.by_name[name]) is None:
                self._findings.append(fault_finding(self._sheet, Fault.EMPTY, line.row, self.by_name[name]))


def _learnt(sheet: Sheet, total_row: int | None) -> tuple[Callable[[Cells], tuple[int, ...]], tuple[int, ...]]:
    """Give what tells the figures of a row, and the columns of most of the first rows with seven of them."""
    for figures_of in (number_columns, figure_columns):
        rows = (figures_of(cells) for row, cells in enumerate(sheet.rows) if row != total_row)
        seen = Counter(islice((columns for columns in rows if len(columns) == len(SEVEN)), _LEARNT_FROM))
        if seen:
            return figures_of, seen.most_common(1)[0][0]
    message = (
        f"{sheet.file}!{sheet.name}: tidak ada baris dengan tujuh angka (pagu, lock, lalu, ini,"
        " s.d., %, sisa); unduh lagi laporan FA Detail dari SAKTI"
    )
    raise UnreadableFile(message)
