"""The list of merged cells: as long as the rows in SAKTI's exports, and without a figure or a text in it."""

import re
from collections.abc import Callable, Iterator
from typing import Final

import numpy as np

from lkj_xlsx.containers.scan_tags import FIRST, NotPlain, Words, refuse_loose_text, tag_ends

_OPENING: Final = re.compile(rb'<mergeCells(?: count="[0-9]{1,9}")?>')
_CLOSING: Final = b"</mergeCells>"
_TAG: Final = b'<mergeCell ref="'
_TAG_END: Final = b'"/>'


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
        opens, closes = tag_ends(words, len(piece))
        refuse_loose_text(words, np.append(0, closes + 1), np.append(opens, len(piece)))
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
