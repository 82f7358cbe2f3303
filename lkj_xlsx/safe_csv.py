"""Rows as CSV that a spreadsheet opens without running any of it."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain
from typing import Final

LIVE: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a text opens with that a spreadsheet would run as a formula (OWASP, CSV injection), full-width too."""

_SIGN: Final = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_START: Final = re.compile(rf"\A(?=[\s\0]*[{_SIGN}]|[\t\r\n\0])")
_WITHIN: Final = re.compile(rf"([;\t\r\n][\s\0]*)(?=[{_SIGN}])")
"""Excel in Indonesian parts columns at semicolons: there, a text goes on in a cell of its own, quoted or not."""


def safe_csv(fields: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Spell rows as CSV under a heading; what would be run gets an apostrophe before it, None is empty."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in chain((fields,), rows):
        writer.writerow([_spell(cell) for cell in row])
    return out.getvalue()


def _spell(cell: object) -> object:
    """Guard a text; a number, which nobody can run, stays as it is: -500, and -0.00000001 without an exponent."""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return _WITHIN.sub(r"\1'", _START.sub("'", cell)) if isinstance(cell, str) else cell
