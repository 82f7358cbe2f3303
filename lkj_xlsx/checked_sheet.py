"""A sheet that says what it could not write: xlsxwriter itself only returns a code, which is easily lost."""

import re
from collections.abc import Callable
from typing import Final

from lkj_xlsx.errors import CannotWrite

TALLEST: Final = 409
"""Points; Excel draws no taller row."""
LINKS: Final = 65_530
"""Excel opens no more links of one sheet; the place stands there in words all the same."""

BESIDE: Final = re.compile(
    r"external:(?![/.])[^\\:#%<>|\"*?\x00-\x1f\ud800-\udfff\ufffe\uffff]{1,250}(?:#'[^\x00-\x1f]{1,99}'![A-Z]{1,3}[0-9]{1,7})?"
)
"""A file beside the workbook: no name in an input may make a link that leads to another computer."""


class CheckedSheet:
    """Every method of a worksheet, each raising CannotWrite where the worksheet would return a code other than 0.

    What has a code: a cell outside the sheet, a text that was cut, a rule or a picture that was left out.
    """

    def __init__(self, sheet: object) -> None:
        """Stand before a worksheet."""
        self._sheet = sheet
        self._links = 0
        self._set_row = self.__getattr__("set_row")

    def link(self, row: int, column: int, link: str, look: object, text: str) -> bool:
        """Write a text that opens a file beside the workbook; False, and nothing written, when it would open more."""
        if self._links >= LINKS or not BESIDE.fullmatch(link):
            return False
        self._links += 1
        self.write_url(row, column, link, look, text)
        return True

    def set_row(self, row: int, height: float) -> None:
        """Make a row as tall as its texts ask for, up to what Excel draws; the texts are whole all the same."""
        self._set_row(row, min(height, TALLEST))

    def __getattr__(self, name: str) -> Callable[..., None]:
        """Give a method of the worksheet that is checked."""
        method = getattr(self._sheet, name)

        def checked(*values: object, **options: object) -> None:
            code = method(*values, **options)
            if isinstance(code, int) and code != 0:
                message = (
                    f"lembar kerja tidak memuat semua isinya (xlsxwriter {name}: {code});"
                    " bagi masukannya menjadi beberapa laporan"
                )
                raise CannotWrite(message)

        if name not in type(self).__dict__:
            self.__dict__[name] = checked  # the next call finds it at once
        return checked
