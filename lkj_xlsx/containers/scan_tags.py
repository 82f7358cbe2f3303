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
_MAY_FOLLOW: Final = np.zeros(2**8, bool)
"""By a tag's kind and its follower's, four bits each."""
for _tag, _next in _FOLLOWERS.items():
    _MAY_FOLLOW[[_tag << 4 | one for one in _next]] = True

_BLANKS, _LINE = (np.uint64(int.from_bytes(text, "little")) for text in (b" " * 8, b"\n" + b" " * 7))
"""What stands in most gaps between tags."""

_WIDEST_GAP: Final = 64
"""Bytes of white space between two tags: each costs a turn over all gaps."""

_EITHER_END: Final = np.uint8(0xFD)
"""The bits that `<` and `>` share."""

_SPACED: Final = b'<t xml:space="preserve">'


class NotPlain(Exception):
    """A piece holds something that only the exact way reads."""


class Words:
    """Every eight bytes of a piece as one little-endian number, at any offset; and the two bytes after each."""

    def __init__(self, piece: bytes) -> None:
        """Lay a piece out, zeros after its end."""
        padded = piece + bytes(40)
        self.bytes = np.frombuffer(padded, np.uint8)
        self.at: Longs = np.ndarray((len(padded) - 7,), "<u8", padded, strides=(1,))
        self.names: npt.NDArray[np.uint16] = np.ndarray((len(padded) - 2,), "<u2", padded, offset=1, strides=(1,))


FIRST: Final = np.array([(1 << (8 * n)) - 1 for n in range(8)] + [2**64 - 1], np.uint64)
"""Masks of the first n bytes of a word."""


class Tags(NamedTuple):
    """The tags of a piece: what each is, and where it opens and closes."""

    kinds: npt.NDArray[np.uint8]
    opens: Ints
    closes: Ints


def tag_ends(words: Words, length: int) -> tuple[Ints, Ints]:
    """Find where tags open and close; raises NotPlain where there are none, or what XML forbids or would change."""
    own = words.bytes[:length]
    low = own[own < ord(" ")]
    if bool(((low != ord("\n")) & (low != ord("\t"))).any()):
        raise NotPlain  # control characters, or `\r`, which XML turns into a line feed
    ends = np.flatnonzero((own & _EITHER_END) == ord("<"))
    opens, closes = ends[::2], ends[1::2]
    if not len(opens) or len(opens) != len(closes):
        raise NotPlain
    if bool((own[opens] != ord("<")).any()) or bool((own[closes] != ord(">")).any()):
        raise NotPlain
    return opens, closes


def find_tags(piece: bytes, words: Words) -> Tags:
    """Find and name the tags; raises NotPlain unless they are those of the grammar, in its order."""
    opens, closes = tag_ends(words, len(piece))
    kinds = _TAG_OF[words.names[opens]]
    lengths = closes - opens
    is_row_end = (kinds == R_END) & (lengths == len("</row"))
    if bool((words.at[opens[is_row_end]] & FIRST[6] != int.from_bytes(b"</row>", "little")).any()):
        raise NotPlain
    kinds[is_row_end] = ROW_END
    is_only = words.bytes[closes - 1] == ord("/")
    kinds[is_only & (kinds == C)] = C_ONLY
    kinds[is_only & (kinds == ROW)] = ROW_ONLY
    expected = _LENGTH_OF[kinds]
    if not bool(((expected == 0) | (expected == lengths)).all()):
        raise NotPlain
    if not bool(_MAY_FOLLOW[kinds[:-1] << 4 | kinds[1:]].all()):
        raise NotPlain
    if kinds[0] not in (ROW, ROW_ONLY) or kinds[-1] not in (ROW_END, ROW_ONLY):
        raise NotPlain
    _refuse_odd_runs(words, kinds, opens, lengths)
    is_loose = (opens[1:] - closes[:-1] > 1) & (kinds[:-1] != V) & (kinds[:-1] != T)
    starts, ends = closes[:-1][is_loose] + 1, opens[1:][is_loose]
    refuse_loose_text(words, np.append(starts, (0, closes[-1] + 1)), np.append(ends, (opens[0], len(piece))))
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
    spaced = opens[texts & (lengths != len("<t"))]
    if bool((lengths[texts & (lengths != len("<t"))] != len(_SPACED) - 1).any()):
        raise NotPlain
    for at in range(0, len(_SPACED), 8):
        if bool((words.at[spaced + at] != int.from_bytes(_SPACED[at : at + 8], "little")).any()):
            raise NotPlain


def refuse_loose_text(words: Words, starts: Ints, ends: Ints) -> None:
    """Hold what stands between tags, from each start to its end, to white space."""
    lengths = ends - starts
    if int(lengths.max()) > _WIDEST_GAP:
        raise NotPlain
    masks = FIRST[np.minimum(lengths, 8)]
    found = words.at[starts] & masks
    is_left = (lengths > 8) | ((found != _BLANKS & masks) & (found != _LINE & masks))  # noqa: PLR2004 - a word
    starts, ends = starts[is_left], ends[is_left]
    while len(starts):
        byte = words.bytes[starts]
        if not bool(((byte == ord(" ")) | (byte == ord("\n")) | (byte == ord("\t"))).all()):
            raise NotPlain
        starts = starts + 1
        starts, ends = starts[starts < ends], ends[starts < ends]
