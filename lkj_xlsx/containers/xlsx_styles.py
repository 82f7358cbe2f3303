"""What number formats say of the figures that wear them: dates, and percents with their decimals."""

import re
from collections.abc import Mapping
from typing import Final

from lkj_xlsx.containers.xlsx_exact import Styles
from lkj_xlsx.containers.xlsx_strings import MAIN

_BUILT_IN_DATES: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_BUILT_IN_PERCENTS: Final = {9: 0, 10: 2}

_QUOTED: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
"""What a format shows as it stands: quoted or escaped texts, spaces, fillers, colours and conditions."""
_LONGEST_CODE: Final = 255
"""Characters of a format that a spreadsheet takes; a longer one shows nothing."""
_DATE: Final = re.compile(r"[ymdhs]", re.IGNORECASE)
_NO_DATE: Final = re.compile(r"General|Standard|[eE][+-]", re.IGNORECASE)
_PLACES: Final = re.compile(r"\.([0#?]+)")


class StyleReader:
    """The number format of each style of a workbook; a markup Reader."""

    def __init__(self) -> None:
        """Begin with none."""
        self._path: list[str] = []
        self._codes: dict[int, str] = {}
        self._formats: list[int] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take a format's code, or the format of a style."""
        space, _, local = name.rpartition(" ")
        inside = self._path[-1] if self._path else ""
        self._path.append(local if space in MAIN else "")
        identity = attributes.get("numFmtId", "0")
        number = int(identity) if identity.isascii() and identity.isdigit() and len(identity) < 10 else 0  # noqa: PLR2004
        if (inside, local) == ("numFmts", "numFmt"):
            code = attributes.get("formatCode", "")
            self._codes[number] = code if len(code) <= _LONGEST_CODE else ""
        elif (inside, local) == ("cellXfs", "xf"):
            self._formats.append(number)

    def end(self, _name: str) -> None:
        """Leave an element."""
        self._path.pop()

    def text(self, text: str) -> None:
        """Pass over characters: formats hold none."""

    def styles(self, *, is_1904: bool) -> Styles:
        """Give what the styles say of figures."""
        dates = frozenset(style for style, number in enumerate(self._formats) if self._is_date(number))
        percents = {
            style: places for style, number in enumerate(self._formats) if (places := self._places(number)) is not None
        }
        return Styles(dates, percents, is_1904)

    def _is_date(self, number: int) -> bool:
        code = self._codes.get(number)
        return number in _BUILT_IN_DATES if code is None else shows_date(code)

    def _places(self, number: int) -> int | None:
        code = self._codes.get(number)
        return _BUILT_IN_PERCENTS.get(number) if code is None else percent_places(code)


def _bare(code: str) -> str:
    """Give the first section of a format without what it shows as it stands."""
    return _QUOTED.sub("", code).partition(";")[0]


def shows_date(code: str) -> bool:
    """Tell whether a number format shows a day or a time: `dd/mm/yyyy`, `[h]:mm`, but not `"Rp"#,##0`."""
    return _DATE.search(_NO_DATE.sub("", _bare(code))) is not None


def percent_places(code: str) -> int | None:
    """Say with how many decimals a number format shows a percent, None where it shows none."""
    bare = _bare(code)
    places = _PLACES.search(bare)
    return None if "%" not in bare else len(places[1]) if places else 0
