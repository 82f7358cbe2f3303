"""Keys for items that a document prints without their number in SAKTI (RKK, Form Cetak POK).

A key tells the items of one document apart, and nothing more: it opens with `#`, which no number of SAKTI does, so no
item is taken for one of another document. It is made of the akun and the name of the item, not of its place, so that
two revisions of one document call the same item the same (`lkj diff`).
"""

import re
from collections import Counter
from hashlib import blake2b
from itertools import count
from string import ascii_uppercase, digits
from typing import Final

from lkj_xlsx.kode import Path, spell

SIGNS: Final = digits + ascii_uppercase
LENGTH: Final = 6
_VOLUME: Final = re.compile(r"\s*\[[^\[\]]*\]\s*$")
"""The volume taken apart at the end of a name (`Konsumsi Rapat [26 org x 6 kl]`): it changes with every revision."""


class ItemKeys:
    """The keys given so far in one document, each once."""

    def __init__(self) -> None:
        """Start without any."""
        self._taken: set[str] = set()
        self._seen: Counter[str] = Counter()

    def key(self, akun: Path, sumber_dana: str, name: str) -> str:
        """Give the key of the next item of that name under an akun: `#` and six letters or digits."""
        identity = "\n".join((spell(akun), sumber_dana, _VOLUME.sub("", name).casefold()))
        self._seen[identity] += 1
        candidates = (_digest(f"{identity}\n{self._seen[identity]}\n{again}") for again in count())
        found = next(key for key in candidates if key not in self._taken)
        self._taken.add(found)
        return found


def _digest(text: str) -> str:
    number = int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())
    letters = []
    for _ in range(LENGTH):
        number, sign = divmod(number, len(SIGNS))
        letters.append(SIGNS[sign])
    return f"#{''.join(letters)}"
