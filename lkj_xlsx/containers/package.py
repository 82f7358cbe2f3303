"""A zip archive whose directory is checked before any of it is inflated, and whose parts are read within limits.

Python's zipfile inflates entries that overlap, takes the last of two of one name and believes what precedes the
archive; each of these shows one program another file than the next, so each is refused.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from lkj_xlsx.containers.limits import LARGEST_PART, LARGEST_RATIO, MOST_ENTRIES, RATIO_FREE
from lkj_xlsx.errors import UnreadableFile

SAVE_AS: Final = "buka di Excel atau LibreOffice, simpan sebagai .xlsx, lalu coba lagi"
CHUNK: Final = 2**21
"""Bytes inflated at once: as many as stay near the processor while they are scanned."""
_LOCAL_HEADER: Final = struct.Struct("<4s22xHH")
_ENCRYPTED: Final = 0x1 | 0x40
BROKEN_ZIP: Final = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, OSError, EOFError, RuntimeError),
    *(ValueError, LookupError, struct.error, OverflowError, MemoryError),
)
"""What zipfile raises on archives that are not sound."""


def broken(file: str, why: object) -> UnreadableFile:
    """Make the refusal of a file that is damaged."""
    return UnreadableFile(f"{file}: isi workbook rusak atau terpotong ({why}); unduh lagi, atau {SAVE_AS}")


class Package:
    """The parts of an archive by name; names are told apart without regard to case, as spreadsheets do."""

    def __init__(self, file: str, archive: zipfile.ZipFile, stream: BinaryIO) -> None:
        """Check the directory of what `stream` holds; raises UnreadableFile naming what is wrong."""
        self.file, self._archive = file, archive
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES:
            raise broken(file, f"{len(entries)} berkas di dalam arsip, batasnya {MOST_ENTRIES}")
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            name = _normal(entry.filename)
            if name in self._entries:
                raise broken(file, f"bagian {entry.filename} ada dua")
            if entry.flag_bits & _ENCRYPTED:
                message = (
                    f"{file}: bagian {entry.filename} terkunci kata sandi; simpan tanpa kata sandi, lalu coba lagi"
                )
                raise UnreadableFile(message)
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise broken(file, f"bagian {entry.filename} dimampatkan dengan cara yang tidak dikenal")
            self._entries[name] = entry
        self._refuse_overlaps(entries, stream)

    def _refuse_overlaps(self, entries: list[zipfile.ZipInfo], stream: BinaryIO) -> None:
        """Refuse entries that share bytes, and bytes before the first."""
        end = 0
        for entry in sorted(entries, key=lambda one: one.header_offset):
            if entry.header_offset < end or (end == 0 and entry.header_offset):
                raise broken(self.file, f"bagian {entry.filename} tidak pada tempatnya di dalam arsip")
            stream.seek(entry.header_offset)
            magic, names, extra = _LOCAL_HEADER.unpack(stream.read(_LOCAL_HEADER.size))
            end = entry.header_offset + _LOCAL_HEADER.size + names + extra + entry.compress_size
            if magic != b"PK\x03\x04":
                raise broken(self.file, f"bagian {entry.filename} tanpa kepala")
        if end > self._archive.start_dir:
            raise broken(self.file, "isi arsip menimpa daftar isinya")

    def __contains__(self, name: str) -> bool:
        """Tell whether a part is there."""
        return _normal(name) in self._entries

    @property
    def names(self) -> list[str]:
        """Give the names of all parts, in lower case."""
        return list(self._entries)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Inflate a part piece by piece, its checksum held at the end; raises UnreadableFile past a limit."""
        entry = self._entries[_normal(name)]
        if entry.file_size > LARGEST_PART:
            raise broken(self.file, f"bagian {name} mengembang menjadi {entry.file_size} bita, batasnya {LARGEST_PART}")
        if entry.file_size > max(RATIO_FREE, LARGEST_RATIO * entry.compress_size):
            times = entry.file_size // max(1, entry.compress_size)
            raise broken(self.file, f"bagian {name} mengembang {times} kali, batasnya {LARGEST_RATIO}")
        inflated = 0
        try:
            with self._archive.open(entry) as stream:
                while piece := stream.read(CHUNK):
                    inflated += len(piece)
                    yield piece
        except BROKEN_ZIP as error:
            raise broken(self.file, error) from error
        if inflated != entry.file_size:
            raise broken(self.file, f"bagian {name} lebih pendek daripada yang disebut arsip")

    def read(self, name: str) -> bytes:
        """Inflate a whole part; for the small ones."""
        return b"".join(self.chunks(name))


@contextmanager
def open_package(file: str, path: Path) -> Iterator[Package]:
    """Open an archive and check it; raises UnreadableFile, under the name `file`."""
    with ExitStack() as closing:
        try:
            stream = closing.enter_context(path.open("rb"))
            archive = closing.enter_context(zipfile.ZipFile(stream))
            package = Package(file, archive, stream)
        except BROKEN_ZIP as error:
            raise broken(file, error) from error
        yield package


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
