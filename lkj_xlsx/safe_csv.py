"""Rows as CSV that a spreadsheet opens without running any of it."""

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

LIVE: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a text opens with that a spreadsheet would run as a formula (OWASP, CSV injection), full-width too."""


def safe_csv(fields: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Spell rows as CSV under a heading; a text that would be run gets a leading apostrophe, None is empty."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in chain((fields,), rows):
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(LIVE) else cell for cell in row])
    return out.getvalue()
