"""A report table as a value: titles, columns, rows, and cells that say what they are computed from.

Nothing here knows xlsx: a computed cell carries its exact value and, as data, the sum, quotient or reference
that gives it; the writer spells the formula and tests read the value.
"""

from dataclasses import dataclass
from enum import StrEnum, auto
from fractions import Fraction

Value = int | Fraction | str | None


class Role(StrEnum):
    """What a row is; its look belongs to the writer."""

    HEADING = auto()
    GROUP = auto()
    LINE = auto()
    SUBTOTAL = auto()
    TOTAL = auto()
    NOTE = auto()


class Unit(StrEnum):
    """What a value is measured in, hence how it is aligned and printed."""

    TEXT = auto()
    LABEL = auto()
    RUPIAH = auto()
    SERAPAN = auto()
    PERSEN = auto()
    BILANGAN = auto()


@dataclass(frozen=True, slots=True)
class Ref:
    """The cell of a row (by its key) in a column (by its key), of another table when named."""

    row: str
    column: str
    table: str | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of one column over some rows of the same table."""

    cells: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class SumWhere:
    """The sum of a column of another table over the rows whose `by` column is `code`, or lies under it."""

    table: str
    column: str
    by: str
    code: str
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Quotient:
    """One value divided by another, unrounded: rounding is the format's, once, at the end."""

    part: "Ref | Sum | SumWhere"
    whole: "Ref | Sum | SumWhere"


@dataclass(frozen=True, slots=True)
class Difference:
    """One value less another."""

    minuend: Ref
    subtrahend: Ref


@dataclass(frozen=True, slots=True)
class Capaian:
    """Realisasi of an indicator against its target, cut to a whole percent."""

    realisasi: Ref
    target: Ref
    is_minimise: bool = False


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of the numbers in a column of another table; texts such as `-` are left out."""

    table: str
    column: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words with figures in them; each figure is spelled in Indonesian from its cell."""

    parts: tuple["str | Spelled", ...]


@dataclass(frozen=True, slots=True)
class Spelled:
    """A figure within a Sentence; `is_rest` spells what a percent leaves of 100."""

    ref: Ref
    unit: Unit
    is_rest: bool = False


Formula = Ref | Sum | SumWhere | Quotient | Difference | Capaian | Mean | Sentence


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, how it came about, and how far it spreads.

    Amounts are int rupiah; ratios are exact Fractions (1 is 100 percent). None prints nothing, except in a
    figure (`is_figure`, or anything computed), where it is unknown and printed as `?`.
    """

    value: Value = None
    formula: Formula | None = None
    is_figure: bool = False
    unit: Unit | None = None
    suffix: str = ""
    across: int = 1
    down: int = 1
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `key` names it for references from other cells."""

    role: Role
    cells: tuple[Cell, ...]
    key: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, heading, unit, width in characters, and the heading that spans it with its neighbours."""

    key: str
    heading: str
    unit: Unit
    width: int
    group: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A column chart of one column's values over some rows of the same table."""

    title: str
    rows: tuple[str, ...]
    labels: str
    values: str


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of the workbook: title lines, columns, rows and notes.

    `is_signed` asks for the signature block, `is_list` for what a long list needs (a filter, frozen headings).
    """

    name: str
    title: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    is_signed: bool = False
    is_list: bool = False
    chart: Chart | None = None

    def column(self, key: str) -> int:
        """Give the 0-based position of a column."""
        return next(index for index, column in enumerate(self.columns) if column.key == key)

    def value(self, row: str, column: str) -> Value:
        """Give the value of the cell at a row key and a column key."""
        cells = next(candidate for candidate in self.rows if candidate.key == row).cells
        return cells[self.column(column)].value
