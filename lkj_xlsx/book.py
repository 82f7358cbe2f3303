"""What every container gives: a Book of Grids, and the cell that is neither text nor a figure to be trusted.

A cell is None (blank), a str, an exact `int`, a `Decimal` with a fraction, a bool, a date or time, or an Odd.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from lkj_xlsx.rupiah import Fault


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that says something, but no figure or text: why, and what stands in the file."""

    fault: Fault
    literal: str = ""


def no_percent(_row: int, _column: int) -> int | None:
    """Say that a cell does not show a percent: in most containers no cell can."""
    return None


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: cells at their 0-based rows and columns, as in the file.

    `percent_places` says with how many decimals a cell shows a percent (Excel keeps `100%` as 1), None for no percent.
    """

    name: str
    rows: Sequence[Sequence[object]]
    is_hidden: bool = False
    percent_places: Callable[[int, int], int | None] = field(default=no_percent, repr=False)


@dataclass(frozen=True, slots=True)
class Book:
    """One opened file: its sheets in order, and what the officer should know of how it was read."""

    grids: tuple[Grid, ...]
    notes: tuple[str, ...] = ()
