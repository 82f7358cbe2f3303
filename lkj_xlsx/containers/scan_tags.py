"""The tags of a piece of plain rows: found, named, and held to the grammar of `xlsx_plain`, all at once."""

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Longs = npt.NDArray[np.uint64]

ROW, ROW_ONLY, ROW_END, C, C_ONLY, C_END, V, V_END, IS, IS_END, R, R_END, T, T_END, OTHER = range(15)
_TAGS: Final[Mapping[bytes, int]] = {
    b"ro": ROW,
    b"c ": C,
    b"v>": V,
    b"/v": V_END,
    b"is": IS,
    b"/i": IS_END,
    b"r>": R,
    b"t>": T,
    b"t ": T,
    b"/c": C_END,
    b"/t": T_END,
    b"/r": R_END,
}
_TAG_OF: Final = np.full(2**16, OTHER, np.uint8)
for _name, _tag in _TAGS.items():
    _TAG_OF[int.from_bytes(_name, "little")] = _tag

_LENGTHS: Final = {C_END: 3, V: 2, V_END: 3, IS: 3, IS_END: 4, R: 2, R_END: 3, T_END: 3}
"""Bytes from `<` to `>` of the tags that have no attributes."""
_LENGTH_OF: Final = np.zeros(OTHER + 1, np.int64)
_LENGTH_OF[list(_LENGTHS)] = list(_LENGTHS.values())

_FOLLOWERS: Final = {
    ROW: (C, C_ONLY, ROW_END),
    ROW_ONLY: (ROW, ROW_ONLY),
    ROW_END: (ROW, ROW_ONLY),
    C: (V, IS, C_END),
    C_ONLY: (C, C_ONLY, ROW_END),
    C_END: (C, C_ONLY, ROW_END),
    V: (V_END,),
    V_END: (C_END,),
    IS: (R, T),
    IS_END: (C_END,),
    R: (T,),
    R_END: (R, IS_END),
    T: (T_END,),
    T_END: (R_END, IS_END),
}
_MAY_FOLLOW: Final = np.zeros((OTHER + 1, OTHER + 1), bool)
for _tag, _next in _FOLLOWERS.items():
    _MAY_FOLLOW[_tag, list(_next)] = True

_SPACED: Final = b'<t xml:space="preserve">'


class NotPlain(Exception):
    """A piece holds something that only the exact way reads."""


class Words:
    """Every eight bytes of a piece as one little-endian number, at any offset."""

    def __init__(self, piece: bytes) -> None:
        """Lay a piece out, zeros after its end."""
        padded = piece + bytes(40)
        self.bytes = np.frombuffer(padded, np.uint8)
        self.at: npt.NDArray[np.uint64] = np.ndarray((len(padded) - 7,), "<u8", padded, strides=(1,))


FIRST: Final = np.array([(1 << (8 * n)) - 1 for n in range(8)] + [2**64 - 1], np.uint64)
"""Masks of the first n bytes of a word."""


class Tags(NamedTuple):
    """The tags of a piece: what each is, and where it opens and closes."""

    kinds: npt.NDArray[np.uint8]
    opens: Ints
    closes: Ints


def find_tags(piece: bytes, words: Words) -> Tags:
    """Find and name the tags; raises NotPlain unless they are those of the grammar, in its order."""
    own = words.bytes[: len(piece)]
    if int(np.count_nonzero(own < ord(" "))) != piece.count(b"\n") + piece.count(b"\t"):
        raise NotPlain  # what XML forbids, or `\r`, which XML turns into a line feed
    opens, closes = np.flatnonzero(own == ord("<")), np.flatnonzero(own == ord(">"))
    if not len(opens) or len(opens) != len(closes) or not bool((opens < closes).all()):
        raise NotPlain
    if not bool((closes[:-1] < opens[1:]).all()):
        raise NotPlain
    kinds = _TAG_OF[(words.at[opens] >> np.uint64(8)) & np.uint64(0xFFFF)]
    lengths = closes - opens
    is_row_end = (kinds == R_END) & (lengths == len("</row"))
    if bool((words.at[opens[is_row_end]] & FIRST[6] != int.from_bytes(b"</row>", "little")).any()):
        raise NotPlain
    kinds[is_row_end] = ROW_END
    is_only = own[closes - 1] == ord("/")
    kinds[is_only & (kinds == C)] = C_ONLY
    kinds[is_only & (kinds == ROW)] = ROW_ONLY
    expected = _LENGTH_OF[kinds]
    if not bool(((expected == 0) | (expected == lengths)).all()) or not bool(_MAY_FOLLOW[kinds[:-1], kinds[1:]].all()):
        raise NotPlain
    if kinds[0] not in (ROW, ROW_ONLY) or kinds[-1] not in (ROW_END, ROW_ONLY):
        raise NotPlain
    _refuse_odd_runs(words, kinds, opens, lengths)
    _refuse_loose_text(own, kinds, opens, closes)
    return Tags(kinds, opens, closes)


def _refuse_odd_runs(words: Words, kinds: npt.NDArray[np.uint8], opens: Ints, lengths: Ints) -> None:
    """Hold `<r>` to `<r><t></t></r>`, `</is>` to its full name, and `<t …>` to its one attribute."""
    runs = np.flatnonzero(kinds == R)
    if len(runs) != int((kinds == R_END).sum()) or (len(runs) and int(runs[-1]) + 3 >= len(kinds)):
        raise NotPlain
    if not bool((kinds[runs + 3] == R_END).all()):
        raise NotPlain
    ends, texts = opens[kinds == IS_END], kinds == T
    if bool((words.at[ends] & FIRST[5] != int.from_bytes(b"</is>", "little")).any()):
        raise NotPlain
    if bool((words.at[opens[kinds == IS]] & FIRST[4] != int.from_bytes(b"<is>", "little")).any()):
        raise NotPlain
    spaced = opens[texts & (lengths != len("<t"))]
    if bool((lengths[texts & (lengths != len("<t"))] != len(_SPACED) - 1).any()):
        raise NotPlain
    for at in range(0, len(_SPACED), 8):
        if bool((words.at[spaced + at] != int.from_bytes(_SPACED[at : at + 8], "little")).any()):
            raise NotPlain


def _refuse_loose_text(own: npt.NDArray[np.uint8], kinds: npt.NDArray[np.uint8], opens: Ints, closes: Ints) -> None:
    """Hold everything between two tags to white space, save in a value or a text."""
    starts, ends = closes[:-1] + 1, opens[1:]
    is_loose = (starts < ends) & (kinds[:-1] != V) & (kinds[:-1] != T)
    starts, ends = starts[is_loose], ends[is_loose]
    while len(starts):
        found = own[starts]
        if not bool(((found == ord(" ")) | (found == ord("\n")) | (found == ord("\t"))).all()):
            raise NotPlain
        starts = starts + 1
        starts, ends = starts[starts < ends], ends[starts < ends]
    if own[: opens[0]].tobytes().strip(b" \n\t") or own[closes[-1] + 1 :].tobytes().strip(b" \n\t"):
        raise NotPlain
