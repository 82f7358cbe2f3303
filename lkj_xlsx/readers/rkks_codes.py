"""The codes of Satu DJA: `694423.145.12.WA.7769.AFA.02.00.001.100.A.521211.A.00001||`, from satker to item.

After the `||` stands what the application shows of it. Right after the KRO two parts of two digits name a location
(province and regency); an RO has three letters or digits, so they cannot be one, and no other document has them.
"""

import re
from dataclasses import dataclass
from typing import Final

from lkj_xlsx.kode import ROOT, SHAPES, Level, Path, normal, place

SEPARATOR: Final = "||"
_CODE: Final = re.compile(
    rf"""(?P<satker>[0-9]{{6}})(?:\.(?P<bagian>[0-9]{{3}})(?:\.(?P<eselon>[0-9]{{2}})
    (?:\.(?P<program>{SHAPES[Level.PROGRAM]})(?:\.(?P<kegiatan>{SHAPES[Level.KEGIATAN]})
    (?:\.(?P<kro>{SHAPES[Level.KRO]})(?:\.(?P<location>[0-9]{{2}}\.[0-9]{{2}}))?
    (?:\.(?P<ro>{SHAPES[Level.RO]})(?:\.(?P<komponen>{SHAPES[Level.KOMPONEN]})
    (?:\.(?P<subkomponen>{SHAPES[Level.SUBKOMPONEN]})(?:\.(?P<akun>{SHAPES[Level.AKUN]})
    (?:\.(?P<sumber_dana>[A-Z])(?:\.(?P<item>[0-9]{{5}}))?)?)?)?)?)?)?)?)?)?)?""",
    re.ASCII | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Code:
    """A code taken apart: location, letter of the sumber dana and number of the item are no part of the path."""

    satker: str
    unit: tuple[str, ...]
    path: Path
    location: str
    sumber_dana: str
    item: str


def is_code(text: str) -> bool:
    """Tell whether a text is meant as such a code: it has a `||`, or goes from the satker to a program at least."""
    match = None if SEPARATOR in text else _CODE.fullmatch(text)
    return SEPARATOR in text or (match is not None and match["program"] is not None)


def code_of(text: str) -> Code | None:
    """Take a code apart; None where it is none, or of a shape that nobody has seen."""
    match = _CODE.fullmatch(text.partition(SEPARATOR)[0].strip()) if is_code(text) else None
    if match is None:
        return None
    parts = {name: part or "" for name, part in match.groupdict().items()}
    found: dict[Level, str] = {
        level: normal(level, parts[level]) for level in Level if parts[level] and level is not Level.ITEM
    }
    unit = tuple(part for part in (parts["bagian"], parts["eselon"]) if part)
    return Code(parts["satker"], unit, place(found, ROOT), parts["location"], parts["sumber_dana"], parts[Level.ITEM])
