"""How the workbook looks: fonts, borders, number formats by role and unit, and how tall a wrapped text is."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from lkj_xlsx.model import Identity
from lkj_xlsx.table import Role, Unit

FONT: Final = {"font_name": "Arial", "font_size": 10, "valign": "vcenter", "text_wrap": True}
LINE_HEIGHT: Final = 13.5
WIDEST: Final = 1.25
"""A capital letter beside a usual one."""
A4: Final = 9
LANDSCAPE_FROM: Final = 130
"""A table wider than this many characters is printed across the page."""
LONGEST_TEXT: Final = 32_767
UNKNOWN: Final = "?"

UNITS: Final[Mapping[Unit, dict[str, Any]]] = {
    Unit.TEXT: {"align": "left", "indent": 1},
    Unit.LABEL: {"align": "center"},
    Unit.RUPIAH: {"align": "right", "indent": 1, "text_wrap": False, "num_format": '#,##0;-#,##0;"-"'},
    Unit.SERAPAN: {"align": "center", "num_format": "0.00%"},
    Unit.PERSEN: {"align": "center", "num_format": "0%"},
    Unit.BILANGAN: {"align": "center", "num_format": "General"},
}
ROLES: Final[Mapping[Role, dict[str, Any]]] = {
    Role.HEADING: {"bold": True, "align": "center", "indent": 0, "bg_color": "#D9E1F2", "border": 1},
    Role.GROUP: {"bold": True, "bg_color": "#F2F2F2", "border": 1},
    Role.LINE: {"border": 1},
    Role.SUBTOTAL: {"bold": True, "border": 1},
    Role.TOTAL: {"bold": True, "bg_color": "#F2F2F2", "border": 1},
    Role.NOTE: {},
}


def height_of(text: str, width: float, *, is_bold: bool = False) -> float:
    """Estimate the height of a wrapped text: Excel does not fit merged cells itself."""
    per_line = max(width * (0.88 if is_bold else 0.96), 1)
    if WIDEST * len(text) < per_line:
        return LINE_HEIGHT
    return _wrapped(text, per_line)


@lru_cache(maxsize=16_384)
def _wrapped(text: str, per_line: float) -> float:
    """Estimate the height of a text that may take several lines."""
    lines, used = 1, 0.0
    for word in text.split():
        size = sum(WIDEST if letter.isupper() else 1.0 for letter in word)
        if used and used + 1 + size > per_line:
            lines, used = lines + 1, 0.0
        lines += int(size // per_line)
        used = used + bool(used) + size % per_line
    return lines * LINE_HEIGHT


def text_height(text: str, width: float) -> float:
    """Estimate the height of a text of several lines, each wrapped."""
    return sum(max(height_of(line, width), LINE_HEIGHT) for line in text.split("\n"))


def grouped_nip(nip: str | None) -> str:
    """Spell a NIP in its groups of 8-6-1-3 digits; anything else stays as it was typed."""
    digits = "".join((nip or "").split())
    if len(digits) != 18 or not digits.isdecimal():  # noqa: PLR2004 - a NIP has 18 digits
        return nip or "." * 25
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


def signature(identity: Identity) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Give the lines of the signature, each with its look: place and date, jabatan, room to sign, name and NIP."""
    return (
        (", ".join((identity.kota or "." * 15, identity.tanggal_laporan or "." * 25)), {}),
        (identity.jabatan or "", {}),
        *[("", {})] * 3,
        (identity.nama or f"({'.' * 30})", {"bold": True}),
        (f"NIP. {grouped_nip(identity.nip)}", {}),
    )
