"""Bytes of a text file become characters, none of them guessed away: which encoding, or where it is not to be read.

What no spreadsheet exports in a text is refused by its line: a NUL, a control character, bytes that are no characters
of the encoding. A byte that is dropped or replaced may have been a digit or a separator.
"""

import codecs
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from lkj_xlsx.errors import UnreadableFile, reason

LARGEST_TEXT: Final = 256 * 2**20
"""Bytes of a text file: a million rows of SAKTI's grid as CSV are some 150 MB."""

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES: Final[Mapping[str, str]] = {"utf-8": "UTF-8", "cp1252": "Windows-1252"}
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""Characters that no cell shows; tabs and line ends are left out (U+0085 is one)."""
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_BLANK: Final = 0x20
_SAMPLE: Final = 4_096
_WIDE_SHARE: Final = 0.9
"""Share of the characters whose high byte is NUL in UTF-16 without a mark, of a whole file in a Latin script."""

ADVICE: Final = "buka di Excel, simpan sebagai .xlsx, lalu coba lagi; bila tetap rusak, unduh ulang"


def read_bytes(file: str, path: Path, largest: int = LARGEST_TEXT) -> bytes:
    """Give all bytes of a file; raises UnreadableFile past `largest`, or when the system refuses."""
    try:
        with path.open("rb") as stream:
            content = stream.read(largest + 1)
    except OSError as error:
        raise not_opened(path, error) from error
    if len(content) > largest:
        message = f"{file}: berkas teks lebih dari {largest // 2**20} MiB; simpan sebagai .xlsx, lalu coba lagi"
        raise UnreadableFile(message)
    return content


def not_opened(path: Path, error: OSError) -> UnreadableFile:
    """Make the refusal of a file that the system does not open."""
    return UnreadableFile(f"{path}: tidak dapat dibuka ({reason(error)}); periksa nama dan izin berkas")


def marked_encoding(content: bytes) -> tuple[str, int] | None:
    """Give the encoding that a byte order mark names, and the mark's length."""
    return next(((name, len(mark)) for mark, name in _MARKS if content.startswith(mark)), None)


def wide_encoding(content: bytes) -> str | None:
    """Tell UTF-16 without a mark by its NULs, at even places or at odd ones, each beside a character of a text."""
    sample = content[:_SAMPLE]
    even, odd = content[::2].count(0), content[1::2].count(0)
    if not even + odd or max(even, odd) < _WIDE_SHARE * len(content) / 2 or min(even, odd) > max(even, odd) / 10:
        return None
    high, low = (sample[::2], sample[1::2]) if even > odd else (sample[1::2], sample[::2])
    if any(
        first == 0 and (second < _BLANK and second not in b"\t\n\r") for first, second in zip(high, low, strict=False)
    ):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def decode(file: str, content: bytes, declared: str | None = None) -> tuple[str, str]:
    """Give the characters of a text and the name of its encoding, for the user.

    A byte order mark wins, then `declared` (a Python codec), then UTF-16 by its NULs, UTF-8 where every byte fits, and
    Windows-1252, which Excel writes in Indonesia. Raises UnreadableFile with the line of what cannot be read.
    """
    marked = marked_encoding(content)
    encoding, start = marked or (declared or wide_encoding(content) or "utf-8", 0)
    content = content[start:]
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if marked or declared or encoding != "utf-8":
            raise _undecodable(file, content, encoding, error) from error
        encoding = "cp1252"
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as second:
            raise _undecodable(file, content, encoding, second) from second
    if control := _CONTROL.search(text):
        line = line_of(text, control.start())
        message = f"{file}: baris {line}: karakter kendali U+{ord(control[0]):04X}, yang tidak ada di teks; {ADVICE}"
        raise UnreadableFile(message)
    return text, name_of(encoding)


def name_of(encoding: str) -> str:
    """Name an encoding as users know it."""
    return _NAMES.get(encoding) or encoding.upper()


def line_of(text: str, place: int) -> int:
    """Give the line, from 1, that a place of a text lies in."""
    return len(_LINE_END.findall(text, 0, place)) + 1


def _undecodable(file: str, content: bytes, encoding: str, error: UnicodeDecodeError) -> UnreadableFile:
    before = content[: error.start].decode(encoding, errors="replace")
    shown = content[error.start : error.start + 1].hex().upper()
    message = (
        f"{file}: baris {line_of(before, len(before))}: bita {shown} bukan huruf {name_of(encoding)},"
        f" jadi isinya tidak pasti; {ADVICE}"
    )
    return UnreadableFile(message)
