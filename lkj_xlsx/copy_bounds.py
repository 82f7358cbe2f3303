"""What bounds a workbook that is to be copied with openpyxl, found out before openpyxl sees any of it.

openpyxl makes an object of every cell, and of every cell of a range that carries a link or a table's heading: a file
of 3 KB can keep it busy for hours. Reading, which has its own way (`containers`), takes far larger workbooks.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lkj_xlsx.containers.markup import Markup, NotSound
from lkj_xlsx.containers.package import Package, open_package
from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.finding import column_number
from lkj_xlsx.rupiah import spell

MOST_BYTES: Final = 2**29
"""Bytes of all parts inflated, pictures too: they are all in memory at once."""

MOST_CELLS: Final = 2_000_000
"""Cell elements: 60,000 rows of a SAKTI export. 20 microseconds and 600 bytes each, so 40 seconds and 1.2 GB."""

MOST_ELEMENTS: Final = 8_000_000
"""Elements of all parts together: a cell of a figure is two."""

MOST_MERGES: Final = 500_000
"""Merged ranges: an export of SAKTI has seven a row. 80 microseconds each."""

MOST_LINKED: Final = 200_000
"""Cells under ranges that carry one link: openpyxl makes each of them."""

MOST_FORMULA: Final = 10_000_000
"""Characters of formulas, a shared one counted for every cell that shares it: it is translated for each."""

MOST_NAMED: Final = 100_000_000
"""Squared lengths of defined names, added up: openpyxl's pattern for print areas takes the square of a length."""

REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?", re.ASCII)
_PARSED: Final = re.compile(r"(?:xl|docprops|_rels)/(?:.*/)?[^/]*\.(?:xml|rels)|\[content_types\]\.xml")


class TooMuch(Exception):
    """A workbook holds more of something than can be copied; the message says of what, and the limit."""


@dataclass(frozen=True, slots=True)
class Holding:
    """How many sheets a workbook lists, and how many cell elements stand in them: what openpyxl must find, too."""

    sheets: int
    cells: int


def look_through(path: Path) -> Holding:
    """Look through every part of a workbook; count what it holds.

    Raises UnreadableFile when it is no sound workbook, or holds more than openpyxl can copy in bounded time and memory.
    """
    file = str(path)
    if not zipfile.is_zipfile(path):
        why = "bukan workbook .xlsx atau .xlsm yang utuh" if path.exists() else "tidak ada"
        message = (
            f"{file}: tidak dapat dibuka untuk disalin ({why});"
            " buka di Excel atau LibreOffice, simpan sebagai .xlsx, lalu coba lagi"
        )
        raise UnreadableFile(message)
    survey = _Survey()
    with open_package(file, path) as package:
        for name in package.names:
            try:
                _look_into(package, name, survey)
            except NotSound as error:
                message = f"{file}: tidak dapat dibuka untuk disalin: bagian {name}: {error}"
                raise UnreadableFile(message) from error
            except TooMuch as error:
                advice = "daftar temuannya tetap dapat ditulis: --format xlsx -o NAMA.xlsx"
                message = f"{file}: terlalu besar untuk disalin dengan warna ({error}); {advice}"
                raise UnreadableFile(message) from error
    return Holding(survey.sheets, survey.cells)


def _look_into(package: Package, name: str, survey: "_Survey") -> None:
    """Read one part, as XML where openpyxl does; raises NotSound and TooMuch."""
    markup = Markup(survey) if _PARSED.fullmatch(name) else None
    survey.begin()
    for piece in package.chunks(name):
        survey.add_bytes(len(piece))
        if markup:
            markup.feed(piece)
    if markup:
        markup.feed(b"", is_last=True)


class _Survey:
    """What has been seen so far of everything that costs openpyxl time or memory; a markup Reader."""

    def __init__(self) -> None:
        self.sheets = self.cells = 0
        self._seen: Counter[str] = Counter()
        self.begin()

    def begin(self) -> None:
        """Begin a part: formulas are shared within one sheet."""
        self._formulas: dict[str, int] = {}
        self._length: int | None = None
        self._shared = ""
        self._is_in_rows = False

    def add_bytes(self, number: int) -> None:
        """Count bytes."""
        self._add("bita", number, MOST_BYTES)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Count an element, and what it makes openpyxl do."""
        self._add("unsur", 1, MOST_ELEMENTS)
        local = name.rpartition(" ")[2]
        if local == "c" and self._is_in_rows:
            self.cells += 1
            self._add("sel", 1, MOST_CELLS)
        elif local == "f":
            self._length = 0
            self._shared = attributes.get("si", "") if attributes.get("t") == "shared" else ""
        elif local == "definedName":
            self._length = 0
        elif local == "mergeCell":
            self._add("sel gabungan", 1, MOST_MERGES)
        elif local == "hyperlink" and ":" in attributes.get("ref", ""):
            self._add("sel bertaut", _area(attributes["ref"]), MOST_LINKED)
        elif local == "table":
            self._add("sel tabel", _area(attributes.get("ref", "A1")), MOST_CELLS)
        elif local == "comment" and _area(attributes.get("ref", "A1")) != 1:
            why = f"catatan pada `{attributes['ref']}`, bukan pada satu sel"
            raise NotSound(why)
        elif local == "sheetData":
            self._is_in_rows = True
        elif local == "sheet" and "sheetId" in attributes:
            self.sheets += 1

    def end(self, name: str) -> None:
        """Weigh a formula or a name whose text has ended."""
        if self._length is None:
            return
        length, self._length = self._length, None
        if name.endswith(" definedName"):
            self._add("huruf (dikuadratkan) di nama rentang", length * length, MOST_NAMED)
            return
        if self._shared:
            length = self._formulas.setdefault(self._shared, length)
        self._add("huruf rumus", length, MOST_FORMULA)

    def text(self, text: str) -> None:
        """Measure the text of a formula or a name."""
        if self._length is not None:
            self._length += len(text)

    def _add(self, what: str, number: int, most: int) -> None:
        self._seen[what] += number
        if self._seen[what] > most:
            message = f"lebih dari {spell(most)} {what}"
            raise TooMuch(message)


def _area(reference: str) -> int:
    """Count the cells of `A1` or `A1:C5`; raises NotSound for anything else, such as whole columns."""
    match = REFERENCE.fullmatch(reference)
    if not match:
        why = f"rujukan `{reference[:40]}` bukan sel atau rentang sel"
        raise NotSound(why)
    left, top, right, bottom = match[1], int(match[2]), match[3] or match[1], int(match[4] or match[2])
    return (abs(column_number(right.encode()) - column_number(left.encode())) + 1) * (abs(bottom - top) + 1)
