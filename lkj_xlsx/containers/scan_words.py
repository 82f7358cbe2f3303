"""The bytes of a piece as numbers of eight bytes at any offset: what the scans compare and parse at once."""

from typing import Final

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Longs = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]


class NotPlain(Exception):
    """A piece holds something that only the exact way reads."""


class Words:
    """Every eight bytes of a piece as one little-endian number, at any offset; and the two bytes after each."""

    def __init__(self, piece: bytes) -> None:
        """Lay a piece out, zeros after its end."""
        self._padded = padded = piece + bytes(40)
        self.bytes = np.frombuffer(padded, np.uint8)
        self.at: Longs = np.ndarray((len(padded) - 7,), "<u8", padded, strides=(1,))
        self.names: npt.NDArray[np.uint16] = np.ndarray((len(padded) - 2,), "<u2", padded, offset=1, strides=(1,))

    def windows(self, width: int) -> npt.NDArray[np.uint8]:
        """Give every so many bytes, at any offset."""
        return np.ndarray((len(self._padded) - width + 1, width), np.uint8, self._padded, strides=(1, 1))


FIRST: Final = np.array([(1 << (8 * n)) - 1 for n in range(8)] + [2**64 - 1], np.uint64)
"""Masks of the first n bytes of a word."""
