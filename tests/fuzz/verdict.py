"""What the program makes of an input, held to the slow reader; a complaint where they differ, or where it breaks."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from types import FrameType
from typing import Final

from fuzz import slow_reader
from lkj_xlsx.book import Book, Grid, Odd
from lkj_xlsx.containers import open_book
from lkj_xlsx.errors import LkjError, UnreadableFile
from lkj_xlsx.examination import examine

LONGEST: Final = 5
"""Seconds for one input; most take a thousandth of it."""


class Hang(BaseException):
    """An input takes too long; nothing that is caught on the way."""


@contextmanager
def bounded(seconds: float = LONGEST) -> Iterator[None]:
    """Bound what happens inside in time."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class Refusal(Exception):
    """A file is refused as it should be; its words."""


class Complaint(Exception):
    """Something is wrong with what became of an input; what."""


def opened(path: Path) -> Book:
    """Open a file; raises Refusal where it is refused, Complaint where it is neither read nor refused."""
    try:
        with bounded():
            return open_book(path.name, path)
    except UnreadableFile as refusal:
        if str(refusal).startswith(path.name):
            raise Refusal(*refusal.args) from refusal
        why = f"a refusal that does not name the file: {refusal}"
        raise Complaint(why) from refusal
    except Hang as hang:
        why = f"no end after {LONGEST} s"
        raise Complaint(why) from hang
    except Exception as bug:
        why = f"a bug: {type(bug).__name__}: {bug}"
        raise Complaint(why) from bug


def compare(path: Path) -> None:
    """Open an .xlsx and hold it to the slow reader; raises Refusal or Complaint."""
    book = opened(path)
    try:
        sheets = slow_reader.read(path)
    except Exception as error:
        why = f"accepted, though {type(error).__name__}: {error}"
        raise Complaint(why) from error
    if len(sheets) != len(book.grids):
        why = f"{len(book.grids)} sheets are {len(sheets)}"
        raise Complaint(why)
    for grid, cells in zip(book.grids, sheets, strict=True):
        differing(laid_out(grid), cells, alike)


def examined(path: Path) -> None:
    """Give a file to readers and checks; raises Complaint where one of them breaks."""
    try:
        with bounded(10 * LONGEST):
            examine([path])
    except LkjError:
        return
    except Hang as hang:
        why = f"no end of reading or checking after {10 * LONGEST} s"
        raise Complaint(why) from hang
    except Exception as bug:
        why = f"a bug in reading or checking: {type(bug).__name__}: {bug}"
        raise Complaint(why) from bug


def laid_out(grid: Grid) -> dict[slow_reader.Place, object]:
    """Give the cells of a sheet that are no blanks."""
    return {
        (row, column): value
        for row, values in enumerate(grid.rows)
        for column, value in enumerate(values)
        if value is not None
    }


def differing(cells: slow_reader.Cells, expected: slow_reader.Cells, same: Callable[[object, object], bool]) -> None:
    """Raise Complaint with the first cell that is not as a slow reader has it."""
    for place in sorted({*cells, *expected}):
        read, said = cells.get(place), expected.get(place)
        if not same(read, said):
            why = f"row {place[0] + 1}, column {place[1] + 1}: {read!r}, but {said!r} in the file"
            raise Complaint(why)


def alike(read: object, said: object) -> bool:
    """Tell whether a cell is what the slow reader says; days are for the style to say, so no number beside one."""
    if isinstance(said, slow_reader.Odd):
        return isinstance(read, Odd | date | time)
    if isinstance(said, Decimal) and isinstance(read, date | time | Odd):
        return True
    if isinstance(said, Decimal):
        return isinstance(read, int | Decimal) and not isinstance(read, bool) and read == said
    return type(read) is type(said) and read == said
