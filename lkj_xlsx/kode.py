"""Budget codes: the levels of the hierarchy, what a code at each looks like, and paths made of them.

A short code alone identifies nothing (`QGE.001` occurs under six kegiatan), so identity is the whole Path.
"""

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final


class Level(StrEnum):
    """A level of the budget hierarchy, top to bottom."""

    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    KRO = "kro"
    RO = "ro"
    KOMPONEN = "komponen"
    SUBKOMPONEN = "subkomponen"
    AKUN = "akun"
    ITEM = "item"

    @property
    def depth(self) -> int:
        """0 for program, 7 for item: the place of this level's code in a Path."""
        return LEVELS.index(self)


LEVELS: Final = tuple(Level)

LEAF_LEVELS: Final = LEVELS[:-1]
"""The levels that leaves may stand at; an item is detail of its akun."""

SHAPES: Final = {
    Level.PROGRAM: "[A-Z]{2}",
    Level.KEGIATAN: "[0-9]{4}",
    Level.KRO: "[A-Z]{3}",
    Level.RO: "[A-Z0-9]{3}",
    Level.KOMPONEN: "[A-Z0-9]{3}",
    Level.SUBKOMPONEN: "[0-9][A-Z]|[A-Z]{1,2}",
    Level.AKUN: "[0-9]{6}",
    Level.ITEM: "[0-9]{6}|#[0-9A-Z]{6}",
}
"""One segment of a code. RO and komponen are alphanumeric in real files (`EBA.Z08`, komponen `ZZ1`).

An item is known by its number in SAKTI; after a `#` stands a key of one document only, which no other document shares.
"""

_SHAPES: Final = {level: re.compile(shape, re.ASCII) for level, shape in SHAPES.items()}
_IN_LABEL = re.compile(r"\(?\b((?:\d{3}\.\d{2}\.)?[A-Z0-9]{2,6}(?:\.[A-Z0-9]{1,6})*)\)?\s*$")
_YEAR_IN_LABEL = re.compile(r"(tahun|\bt\.?\s?a\.?)\s*(anggaran\s*)?20\d\d\)?\s*$", re.IGNORECASE)
_UNIT = re.compile(r"([0-9]{3})\.([0-9]{2})(\.|$)", re.ASCII)

JENIS_BELANJA: Final = {
    "51": "Belanja Pegawai",
    "52": "Belanja Barang",
    "53": "Belanja Modal",
    "57": "Belanja Bantuan Sosial",
}
"""The first two digits of an akun (REGULATION.md 3.1)."""

Path = tuple[str, ...]
"""One code a level, as many as LEVELS; "" where a level is missing."""

ROOT: Final[Path] = ("",) * len(LEVELS)


def parse(text: str) -> dict[Level, str] | None:
    """Take a code apart into its levels, or None when it is not a code.

    Takes whole paths (`CQ.6709.QGE.001.051.0A.521211`), with bagian anggaran and unit before them or not, and
    short ones (`076.01.CQ`, `6709`, `QGE.001`, `051.0A`, `521211`). `076.01` alone is the unit: no level at all.
    """
    if not text.isascii():
        return None  # upper() makes Latin letters of some others
    code = ".".join(part.strip() for part in text.upper().split(".")).rstrip(".")
    unit = _UNIT.match(code)
    segments = [part for part in code[unit.end() if unit else 0 :].split(".") if unit is None or part]
    found: dict[Level, str] = {}
    last: Level | None = None
    for segment in segments:
        last = next((level for level in LEVELS if _follows(level, last) and _SHAPES[level].fullmatch(segment)), None)
        if last is None:
            return None
        found[last] = normal(last, segment)
    if unit and found and Level.PROGRAM not in found:
        return None
    return found


def code_in(label: str) -> tuple[str, dict[Level, str]] | None:
    """Give the code a label ends with (`SUB TOTAL (6709)`) as it stands, and taken apart."""
    match = None if _YEAR_IN_LABEL.search(label) else _IN_LABEL.search(label)
    found = parse(match[1]) if match else None
    return (match[1], found) if match and found else None


def without_code(label: str) -> str:
    """Take the code off the end of a name: `Masa Kampanye Pemilu (6870)` is `Masa Kampanye Pemilu`."""
    named = code_in(label)
    return label[: label.rindex(named[0])].rstrip(" (") if named else label


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """Spell a name without what typing changes: case, blanks and marks."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _follows(level: Level, last: Level | None) -> bool:
    """Tell whether `level` may stand after `last` within one code (an RO only right after its KRO)."""
    if level is Level.RO:
        return last is Level.KRO
    if level is Level.ITEM:
        return last is Level.AKUN
    return last is None or level.depth > last.depth


def normal(level: Level, segment: str) -> str:
    """Spell one segment the one way we keep it: subkomponen `A` is `0A`."""
    return segment.zfill(2) if level is Level.SUBKOMPONEN else segment


def fits(level: Level, segment: str) -> bool:
    """Tell whether a text has the shape of a code of that level."""
    return _SHAPES[level].fullmatch(segment) is not None


def place(found: dict[Level, str], under: Path) -> Path:
    """Put a code under the path that is open where it stands: what is above it stays, what is below it closes."""
    if not found:
        return ROOT
    top = min(level.depth for level in found)
    return tuple(under[level.depth] if level.depth < top else found.get(level, "") for level in LEVELS)


def level_of(path: Path) -> Level | None:
    """Name the deepest level a path has a code for; None for the root (everything)."""
    return next((level for level, code in zip(reversed(LEVELS), reversed(path), strict=True) if code), None)


def parent(path: Path) -> Path:
    """Give the path above a path: its deepest code left out."""
    depth = len(path) - 1
    while depth and not path[depth]:
        depth -= 1
    return path[:depth] + ROOT[depth:]


def ancestors(path: Path) -> tuple[Path, ...]:
    """Give the paths above a path, topmost first, without the root."""
    present = [depth for depth, code in enumerate(path) if code]
    return tuple(path[: depth + 1] + ROOT[depth + 1 :] for depth in present[:-1])


def spell(path: Path) -> str:
    """Spell a whole path, missing levels left out: `CQ.6709.QGE.001.051.0A.521211`."""
    return ".".join(filter(None, path))


def called(path: Path) -> str:
    """Name a node by its level and whole path, as findings do: `RO CQ.6709.QGE.001`; "" for everything."""
    level = level_of(path)
    words = level.upper() if level in (Level.KRO, Level.RO) else level
    return f"{words} {spell(path)}" if level else ""


def short(path: Path, unit: str = "") -> str:
    """Spell a path as the report's code column does: `076.01.CQ`, `6709`, `QGE.001`, `051.0A`, `521211`."""
    level = level_of(path)
    match level:
        case Level.PROGRAM:
            return f"{unit}.{path[0]}" if unit else path[0]
        case Level.RO | Level.SUBKOMPONEN:
            return ".".join(code for code in path[level.depth - 1 : level.depth + 1] if code)
        case None:
            return unit
        case _:
            return path[level.depth]


def missing_parents(path: Path) -> tuple[Level, ...]:
    """Name the parents without which a code is an orphan: a program, and below it a kegiatan.

    KRO, RO and komponen may be absent: in the seed 6639 has `051.0A` directly under the kegiatan.
    """
    level = level_of(path)
    needed = (Level.PROGRAM, Level.KEGIATAN) if level else ()
    return tuple(parent for parent in needed if level and parent.depth < level.depth and not path[parent.depth])


def ends_with(path: Path, segments: tuple[str, ...]) -> bool:
    """Tell whether the codes a path has end with `segments` (`QGE.001` matches `CQ.6709.QGE.001`)."""
    codes = tuple(code for code in path if code)
    return codes[len(codes) - len(segments) :] == segments if segments else False


def jenis_belanja(akun: str) -> str:
    """Name the jenis belanja of an akun, or say its digits where no source at hand names them."""
    return JENIS_BELANJA.get(akun[:2], f"Jenis belanja {akun[:2]}")
