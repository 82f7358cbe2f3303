"""The texts of a workbook: their escapes, their longest, and the table of those that cells share."""

import re
from collections.abc import Mapping
from typing import Final

from lkj_xlsx.containers.limits import LONGEST_TEXT, LONGEST_WRITTEN
from lkj_xlsx.containers.markup import NotSound

MAIN: Final = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The namespaces of a workbook's own elements: transitional and strict."""


def spelled(name: str) -> frozenset[str]:
    """Give the names, as expat spells them, of an element of ours."""
    return frozenset(f"{space} {name}" for space in MAIN)


_STRINGS: Final = {f"{space} {name}": name for space in MAIN for name in ("sst", "si", "r", "rPh", "t")}
_SHARED: Final = ["sst", "si"]
_TEXTS: Final = ([*_SHARED, "t"], [*_SHARED, "r", "t"])
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES: Final = range(0xD800, 0xE000)


def text_of(text: str) -> str:
    """Undo the escapes of characters that XML cannot hold (`_x000D_`); half a surrogate pair stays as written."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda m: m[0] if int(m[1], 16) in _SURROGATES else chr(int(m[1], 16)), text)


def refuse_long(written: int) -> None:
    """Raise NotSound where a text, escapes and all, is too long for any cell."""
    if written > LONGEST_WRITTEN:
        why = f"teks lebih dari {LONGEST_WRITTEN} huruf"
        raise NotSound(why)


class StringReader:
    """The shared strings of a workbook, in order; a markup Reader. Phonetic readings are no part of a text."""

    def __init__(self, most: int) -> None:
        """Refuse more than `most` strings."""
        self.strings: list[str] = []
        self._most = most
        self._path: list[str] = []
        self._runs: list[str] = []
        self._text: list[str] = []
        self._written = 0

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        """Open an element; raises NotSound inside a text, of which it would hide a part."""
        if self._path in _TEXTS:
            why = f"unsur {name.rpartition(' ')[2]} di dalam teks bersama nomor {len(self.strings)}"
            raise NotSound(why)
        self._path.append(_STRINGS.get(name, ""))
        if self._path == _SHARED:
            self._runs, self._written = [], 0

    def end(self, _name: str) -> None:
        """Close an element, and keep the text that it ends."""
        if self._path in _TEXTS:
            self._runs.append(text_of("".join(self._text)))
            self._text = []
        elif self._path == _SHARED:
            self._close("".join(self._runs))
        self._path.pop()

    def _close(self, text: str) -> None:
        if len(self.strings) >= self._most:
            why = f"lebih dari {self._most} teks bersama"
            raise NotSound(why)
        if len(text) > LONGEST_TEXT:
            why = f"teks bersama nomor {len(self.strings)} berisi {len(text)} huruf, batasnya {LONGEST_TEXT}"
            raise NotSound(why)
        self.strings.append(text)

    def text(self, text: str) -> None:
        """Keep the characters of a text."""
        if self._path in _TEXTS:
            self._text.append(text)
            self._written += len(text)
            refuse_long(self._written)
