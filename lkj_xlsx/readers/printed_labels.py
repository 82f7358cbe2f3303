"""What the texts of a budget table made by hand say: that a row is a total, a code and its name, a scale."""

import re
from collections.abc import Iterable
from typing import Final

from lkj_xlsx.kode import code_in, parse, without_code

TOTAL: Final = re.compile(
    r"(sub\s*-?\s*(total|jumlah)|jumlah|jml|total|grand total|keseluruhan|j u m l a h|t o t a l|(di)?pindah(kan|an))\b",
    re.IGNORECASE,
)
DERIVED: Final = re.compile(r"persentase|persen\b|%|sisa", re.IGNORECASE)
PART: Final = re.compile(
    r"\b(?:RM|RMP|PNB?P|BLU|SBSN|PLN|PDN|HLN|HDN)\b|\bbelanja\s+(?:pegawai|barang|modal|bantuan|sosial)"
    r"|pindah(?:kan|an)\b",
    re.IGNORECASE,
)
"""What the label of a total names that adds up lines by something else than their codes: sumber dana, jenis belanja, or
the pages of the table."""
YEAR: Final = re.compile(r"20[0-9]{2}")
THOUSANDS: Final = re.compile(
    r"\b(ribu|juta|mil[iy]ar|triliun)(?:an)?\b|(?:\(\s*(?:dalam\s+)?|\bdalam\s+|\bx\s*)rp\.?\s*(?:1[.,]?)?(000)\s*(?:\)|$)"
    r"|\bx\s*1[.,]?(000)\b",
    re.IGNORECASE,
)
IN_THOUSANDS: Final = re.compile(r"\bdalam\s+(ribu|juta|mil[iy]ar)", re.IGNORECASE)
LEADING: Final = re.compile(
    r"\[?((?:\d{3}\.\d{2}\.)?[A-Z0-9]{1,6}(?:\.[A-Z0-9]{1,6})*)\]?\s*(?:[-\u2013:]\s*|\s)(.*[A-Za-z].*)", re.ASCII
)


def parted_code(text: str) -> tuple[str, str] | None:
    """Part a code from the name after or before it: `2896 - Pengembangan`, `Pengembangan (2896)`.

    No word is a code here (`II Program`, `Nilai Reformasi Birokrasi (RB)`): it has a digit.
    """
    leading = LEADING.fullmatch(text)
    trailing = code_in(text) if text.endswith(")") else None
    for code, name in (
        leading.groups() if leading else ("", ""),
        (trailing[0] if trailing else "", without_code(text)),
    ):
        if parse(code) and any(letter.isdigit() for letter in code):
            return code, name
    return None


def scale_in(headings: Iterable[str], notes: Iterable[str]) -> tuple[str, str] | None:
    """Find what says that the amounts are thousands or more: their unit, and the words that say so."""
    found = [*map(THOUSANDS.search, headings), *map(IN_THOUSANDS.search, notes)]
    scaled = next((match for match in found if match), None)
    if scaled is None:
        return None
    return next(word for word in scaled.groups() if word).lower().replace("000", "ribu"), scaled[0]
