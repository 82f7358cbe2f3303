"""Names as SAKTI and Satu DJA print them in ceilings and plans, without what is no part of a name."""

import re
from typing import Final

_BASE_LINE: Final = re.compile(r"\s*\[Base ?Line\]\s*$", re.IGNORECASE)
_DASH: Final = re.compile(r"^-\s*")


def without_base_line(name: str) -> str:
    """Take the `[Base Line]` off a name, which marks a part of the budget that was there before (FORMATS.md 9)."""
    return _BASE_LINE.sub("", name).strip()


def without_dash(name: str) -> str:
    """Take the dash off the name of an item: `- Konsumsi Rapat`."""
    return _DASH.sub("", name)
