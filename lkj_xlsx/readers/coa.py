"""The chart of accounts code of a posting (COA, 16 segments): whose money it is and to which item it was spent.

`019937.010.521211.05401WA.2886EBA.A000000001.00000.2.0800.2.000000.000000.994.001.0A.000301`: satker, KPPN, akun, BA
+ eselon I + program, kegiatan + KRO, sumber dana, bank, kewenangan, lokasi, anggaran, antar entitas, cadangan, RO,
komponen, subkomponen, item. Segments have no fixed length, so the code is parted at its dots. Source: from
documentation and from code that reads it (FORMATS.md sections 6 and 13).
"""

import re
from dataclasses import dataclass
from typing import Final

from lkj_xlsx.kode import SHAPES, Level, Path, normal

SEGMENTS: Final = (
    ("satker", r"(?P<satker>[0-9]{6})"),
    ("KPPN", r"[0-9]{3}"),
    ("akun", f"(?P<akun>{SHAPES[Level.AKUN]})"),
    ("BA, eselon I dan program", rf"(?P<ba>[0-9]{{3}})(?P<es1>[0-9]{{2}})(?P<program>{SHAPES[Level.PROGRAM]})"),
    ("kegiatan dan KRO", f"(?P<kegiatan>{SHAPES[Level.KEGIATAN]})(?P<kro>{SHAPES[Level.KRO]})"),
    ("sumber dana", "(?P<sumber>[A-Z])[A-Z0-9]*"),
    *((name, "[A-Z0-9]+") for name in ("bank", "kewenangan", "lokasi", "anggaran", "antar entitas", "cadangan")),
    ("RO", f"(?P<ro>{SHAPES[Level.RO]})"),
    ("komponen", f"(?P<komponen>{SHAPES[Level.KOMPONEN]})"),
    ("subkomponen", f"(?P<subkomponen>{SHAPES[Level.SUBKOMPONEN]})"),
    ("item", f"(?P<item>{SHAPES[Level.ITEM]})"),
)
"""Each segment: what it holds, and its shape."""

_SHAPES: Final = tuple((name, re.compile(shape, re.ASCII)) for name, shape in SEGMENTS)
BELANJA: Final = ("5", "6")
"""What an akun of spending opens with: belanja, transfer ke daerah; 8 is money in transit (UP), 4 is income."""


@dataclass(frozen=True, slots=True)
class Coa:
    """A COA taken apart; `sumber_dana` is the letter that MonSAKTI prints for it."""

    satker: str
    bagian_anggaran: str
    unit_eselon_i: str
    sumber_dana: str
    path: Path


def parse_coa(text: str) -> Coa | str:
    """Take a COA apart; gives what is wrong with it, in the words of the user, where it is none of spending."""
    segments = text.upper().split(".")
    if len(segments) != len(_SHAPES):
        return f"COA {len(segments)} segmen, seharusnya {len(_SHAPES)}"
    found: dict[str, str] = {}
    for number, ((name, shape), segment) in enumerate(zip(_SHAPES, segments, strict=True), start=1):
        match = shape.fullmatch(segment)
        if match is None:
            return f"segmen {number} COA `{segment}` bukan {name}"
        found |= match.groupdict()
    if not found["akun"].startswith(BELANJA):
        return f"akun {found['akun']} pada COA bukan akun belanja"
    path = tuple(normal(level, found[level.value]) for level in Level)
    return Coa(found["satker"], found["ba"], found["es1"], found["sumber"], path)
