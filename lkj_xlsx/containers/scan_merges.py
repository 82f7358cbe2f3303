"""The list of merged cells: as long as the rows in SAKTI's exports, and without a figure or a text in it."""

import re
from collections.abc import Callable, Iterator
from typing import Final

import numpy as np

from lkj_xlsx.containers.scan_words import FIRST, Ints, NotPlain, Words

_OPENING: Final = re.compile(rb'<mergeCells(?: count="[0-9]{1,9}")?>')
_CLOSING: Final = b"</mergeCells>"
_TAG: Final = b'<mergeCell ref="'
_TAG_END: Final = b'"/>'

_BLANKS, _LINE = (np.uint64(int.from_bytes(text, "little")) for text in (b" " * 8, b"\n" + b" " * 7))
"""What stands in most gaps between tags."""
_WIDEST_GAP: Final = 64
"""Bytes of white space between two tags: each costs a turn over all gaps."""
_EITHER_END: Final = np.uint8(0xFD)
"""The bits that `<` and `>` share."""


def feed_tail(rest: bytes, source: Iterator[bytes], feed: Callable[[bytes], None]) -> None:
    """Feed what follows the rows, all but the plain tags between `<mergeCells>` and `</mergeCells>`.

    The opening tag is always fed, so where it stands in no place for a tag, expat refuses it as it would all of them.
    """
    opening = _OPENING.search(rest)
    if opening:
        feed(rest[: opening.end()])
        rest = rest[opening.end() :]
        while rest:
            stop = rest.find(_CLOSING)
            merges = rest[:stop] if stop >= 0 else rest[: rest.rfind(_TAG_END) + len(_TAG_END)]
            if not are_merges(merges):
                break
            rest = rest[len(merges) :] + (next(source, b"") if stop < 0 else b"")
            if stop >= 0:
                break
    feed(rest)
    for piece in source:
        feed(piece)


def are_merges(piece: bytes) -> bool:
    """Tell whether a piece is nothing but tags `<mergeCell ref="…"/>`, at least one, and white space between them."""
    words = Words(piece)
    own = words.bytes[: len(piece)]
    try:
        opens, closes = _tag_ends(words, len(piece))
        _refuse_loose_text(words, np.append(0, closes + 1), np.append(opens, len(piece)))
    except NotPlain:
        return False
    quotes = np.count_nonzero(own == ord('"'))
    return (
        bool((words.at[opens] == int.from_bytes(_TAG[:8], "little")).all())
        and bool((words.at[opens + 8] == int.from_bytes(_TAG[8:], "little")).all())
        and bool((words.at[closes - 2] & FIRST[3] == int.from_bytes(_TAG_END, "little")).all())
        and bool((closes - 2 >= opens + len(_TAG)).all())
        and quotes == 2 * len(opens)
        and not bool(((own == ord("&")) | (own >= 0x80)).any())  # noqa: PLR2004 - ASCII ends there
    )


def _tag_ends(words: Words, length: int) -> tuple[Ints, Ints]:
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


def _refuse_loose_text(words: Words, starts: Ints, ends: Ints) -> None:
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
