"""The exact way: a worksheet read by expat, element by element, whatever its dialect.

It is told of every tag and keeps the literal of every figure. What a spreadsheet would show and what stands in the
file must be one thing, so whatever two programs could read in two ways (a row twice, two values in a cell) is refused.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from lkj_xlsx.book import Odd
from lkj_xlsx.containers.cells import SPACE, Cells, number_of
from lkj_xlsx.containers.limits import MOST_COLUMNS
from lkj_xlsx.containers.markup import Markup, NotSound
from lkj_xlsx.containers.xlsx_strings import MAIN, refuse_long, spelled, text_of
from lkj_xlsx.finding import column_number
from lkj_xlsx.rupiah import Fault

_CHILDREN: Final[Mapping[str, Sequence[str]]] = {
    "sheetData": ("row",),
    "row": ("c", "extLst"),
    "c": ("f", "v", "is", "extLst"),
    "is": ("t", "r", "rPh", "phoneticPr"),
    "r": ("rPr", "t"),
    **dict.fromkeys(("v", "f", "t"), ()),
}
"""What may stand in each element of a worksheet's rows; anything else is something that we would not understand."""
_FREE: Final = ("extLst", "rPr", "rPh", "phoneticPr", "")
"""Elements that hold looks and extensions: nothing in them is a figure or a text of the cell."""
_OURS: Final = {
    f"{space} {name}": name
    for space in MAIN
    for name in ("sheetData", *(name for names in _CHILDREN.values() for name in names))
}
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_EPOCH: Final = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 - sheets know no zones
_LEAP_BUG: Final = 60
"""Serial of 29 February 1900, a day that never was; days before it count one more."""
_LAST_SERIAL: Final = 2_958_466


@dataclass(frozen=True, slots=True)
class Styles:
    """What the looks of cells say of their figures, by style: which show dates, and percents with how many decimals."""

    dates: frozenset[int] = frozenset()
    percents: Mapping[int, int] = field(default_factory=dict)
    is_1904: bool = False

    def value(self, literal: str, style: int) -> object:
        """Read the literal of a numeric cell that looks as `style` makes it."""
        number = number_of(literal)
        return number if style not in self.dates or isinstance(number, Odd) else self._date(number, literal)

    def _date(self, serial: int | Decimal, literal: str) -> object:
        """Give the day that a serial shows; a serial beyond the calendar shows nothing."""
        if not 0 <= serial < _LAST_SERIAL:
            return Odd(Fault.NOT_AMOUNT, literal[:80])
        days = serial + 1 if 1 <= serial < _LEAP_BUG and not self.is_1904 else serial
        try:
            moment = _EPOCH[self.is_1904] + timedelta(seconds=round(float(days) * 86_400))
        except OverflowError:  # rounded past the last second, or counted from 1904
            return Odd(Fault.NOT_AMOUNT, literal[:80])
        return moment.time() if serial < 1 and not self.is_1904 else _shown(moment)


def _shown(moment: datetime) -> date:
    """Give a day where the moment is its first."""
    return moment if moment.time() != time() else moment.date()


def is_index(text: str, end: int) -> bool:
    """Tell whether a text is a whole number under `end`, in plain digits."""
    return text.isascii() and text.isdigit() and len(text) <= 10 and int(text) < end  # noqa: PLR2004 - digits of 2^32


class SheetReader:
    """What stands in the part of one worksheet, put into `cells` as it is told; a markup Reader."""

    def __init__(self, cells: Cells, strings: int, styles: Styles) -> None:
        """Put cells into `cells`, whose pool opens with `strings` shared strings."""
        self.cells, self.strings, self.styles = cells, strings, styles
        self.markup = Markup(self, spelled("worksheet"))
        self.is_in_rows = False
        self.row = -1
        self._is_done = False
        self._path: list[str] = []
        self._column = -1
        self._text: list[str] | None = None
        self._written = 0
        self._forget_cell({})

    def _forget_cell(self, attributes: Mapping[str, str]) -> None:
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._value: str | None = None
        self._formula: str | None = None
        self._runs: list[str] | None = None

    @property
    def is_between_rows(self) -> bool:
        """Tell whether what comes next is a row, or the end of them all."""
        return self._path[-1:] == ["sheetData"]

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Open an element; raises NotSound in the rows where it is none that belongs there."""
        own = _OURS.get(name, "")
        if not self.is_in_rows:
            self._path.append("")
            if own == "sheetData" and self.markup.depth == 2:  # noqa: PLR2004 - right under the worksheet
                self._open_rows()
            return
        inside = self._path[-1]
        self._path.append("" if inside in _FREE else own)
        if inside in _FREE:
            return
        if own not in _CHILDREN[inside]:
            why = f"unsur {name.rpartition(' ')[2]} di dalam {inside}, dekat baris {self.row + 1}"
            raise NotSound(why)
        if own == "row":
            self._open_row(attributes)
        elif own == "c":
            self._open_cell(attributes)
        elif own == "is":
            self._open_runs()
        elif own in ("v", "f", "t"):
            self._text, self._written = [], 0

    def _open_rows(self) -> None:
        if self._is_done:
            why = "sheetData ada dua"
            raise NotSound(why)
        self.is_in_rows = self._is_done = True
        self._path[-1] = "sheetData"

    def end(self, _name: str) -> None:
        """Close an element, and put the cell that it ends."""
        own = self._path.pop()
        text, self._text = ("".join(self._text) if self._text is not None else ""), None
        if own in ("v", "f"):
            self._close_value(own, text)
        elif own == "t" and self._runs is not None:
            self._runs.append(text_of(text))
        elif own == "c":
            self._close_cell()
        elif own == "sheetData":
            self.is_in_rows = False
        elif not self._path and not self._is_done:
            why = "tanpa sheetData"
            raise NotSound(why)

    def text(self, text: str) -> None:
        """Keep characters where they are of a value, a formula or a text."""
        if self._text is not None:
            self._text.append(text)
            self._written += len(text)
            refuse_long(self._written)
        elif self.is_in_rows and self._path[-1] and text.strip(SPACE):
            why = f"teks `{text.strip(SPACE)[:20]}` di luar sel, dekat baris {self.row + 1}"
            raise NotSound(why)

    def _open_row(self, attributes: Mapping[str, str]) -> None:
        given = attributes.get("r")
        if given is not None and not is_index(given, 10**9):
            why = f"nomor baris `{given[:20]}` bukan angka"
            raise NotSound(why)
        self.row = int(given) - 1 if given is not None else self.row + 1
        self.cells.open_row(self.row)
        self._column = -1

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        given = attributes.get("r")
        if given is None:
            self._column += 1
        else:
            match = _REFERENCE.fullmatch(given)
            if match is None or int(match[2]) != self.row + 1:
                why = f"alamat `{given[:20]}` di baris {self.row + 1}"
                raise NotSound(why)
            self._column = column_number(match[1].encode()) - 1
        self._forget_cell(attributes)

    def _open_runs(self) -> None:
        if self._runs is not None:
            why = f"sel di baris {self.row + 1} memuat dua teks"
            raise NotSound(why)
        self._runs = []

    def _close_value(self, own: str, text: str) -> None:
        if (self._value if own == "v" else self._formula) is not None:
            why = f"sel di baris {self.row + 1} memuat dua {own}"
            raise NotSound(why)
        if own == "v":
            self._value = text
        else:
            self._formula = text

    def _close_cell(self) -> None:
        value = self._read()
        if value is None or value == "":
            return
        if self._column >= MOST_COLUMNS:
            why = f"kolom {self._column + 1} di luar lembar"
            raise NotSound(why)
        self.cells.put(self.row, self._column, value, self._style_number())

    def _style_number(self) -> int:
        style = self._style
        if not is_index(style, 2**16):
            why = f"gaya sel `{style[:20]}` tidak dikenal"
            raise NotSound(why)
        return int(style)

    def _read(self) -> object:  # noqa: PLR0911 - one return a kind of cell
        """Give what the cell holds: None for a blank."""
        kind, value = self._kind, self._value
        if self._runs is not None:
            return self._text_of_runs(self._runs)
        blank = not (value or "").strip(SPACE)
        if self._formula is not None and blank and not (kind == "str" and value is not None):
            return Odd(Fault.UNCACHED, f"={self._formula}"[:80])
        if value is None:
            return None
        if kind == "n":
            return None if blank else self.styles.value(value, self._style_number())
        if kind == "s":
            return self._shared(value)
        if kind in ("str", "inlineStr"):
            return text_of(value)
        if kind == "e":
            return Odd(Fault.ERROR_CELL, value[:80] or "#?")
        if kind == "b" and value.strip(SPACE) in ("0", "1", "true", "false"):
            return value.strip(SPACE) in ("1", "true")
        if kind == "d":
            return _iso(value)
        why = f"sel berjenis `{kind[:20]}` dengan isi `{value[:20]}` di baris {self.row + 1}"
        raise NotSound(why)

    def _text_of_runs(self, runs: Sequence[str]) -> str:
        """Give an inline text; raises NotSound where the cell holds a value too."""
        if self._value:
            why = f"sel di baris {self.row + 1} memuat teks dan nilai"
            raise NotSound(why)
        return "".join(runs)

    def _shared(self, value: str) -> object:
        text = value.strip(SPACE)
        if not is_index(text, self.strings):
            why = f"baris {self.row + 1} menunjuk teks bersama nomor `{text[:20]}`, yang ada {self.strings}"
            raise NotSound(why)
        return self.cells.pool[int(text)]


def _iso(text: str) -> date | Odd:
    try:
        return _shown(datetime.fromisoformat(text.strip(SPACE)))
    except ValueError:
        return Odd(Fault.NOT_AMOUNT, text[:80])
