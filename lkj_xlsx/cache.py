"""Files that were read before need not be read again: parsed documents, kept in the user's cache by their contents.

A document is kept under a digest of the file's bytes, its name and this program; the kept file is named by a digest of
its own bytes too, so that one that was damaged is not believed. The folder may be deleted at any time.
"""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.footer import EDITION
from lkj_xlsx.model import Budget

WORTH: Final = 2**20
"""Bytes of all files together from which the cache pays: below, parsing is as fast as opening what was kept."""
MOST_BYTES: Final = 2**30
"""The cache may take so much; what was not used for longest goes first."""
_LENGTH: Final = 40


def default_folder() -> Path:
    """Give the folder for this user's parsed files, as the system has it."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - only who keeps files asks where

    return user_cache_path("lkj-xlsx", appauthor=False) / "parsed"


def read_through(folder: Path, path: Path, name: str, read: Callable[[Path, str], Budget]) -> Budget:
    """Give what `read` gives of a file, from the cache where it is kept there; raises what `read` raises.

    A cache that cannot be used is none: it never stands in the way.
    """
    key, seen = None, None
    with contextlib.suppress(OSError):
        seen = _seen(path)
        key = _key(path, name)
        if (kept := _kept(folder, key, name)) is not None:
            return kept
    budget = read(path, name)
    with contextlib.suppress(OSError, UnicodeEncodeError):
        if key is not None and seen == _seen(path):  # else it was changed while it was read
            _keep(folder, key, budget)
    return budget


def trim(folder: Path, most: int = MOST_BYTES) -> None:
    """Remove what was not used for longest, until the cache takes at most so many bytes."""
    with contextlib.suppress(OSError):
        files = sorted(((found.stat(), found) for found in folder.iterdir()), key=lambda one: one[0].st_mtime_ns)
        excess = sum(found.st_size for found, _ in files) - most
        for found, path in files:
            if excess <= 0:
                return
            path.unlink(missing_ok=True)
            excess -= found.st_size


def _seen(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _key(path: Path, name: str) -> str:
    """Give a digest of what the document depends on."""
    digest = hashlib.sha256(f"{EDITION}\n{_program()}\n{name}\n".encode(errors="surrogateescape"))
    digest.update(sha256_of(path).encode())
    return digest.hexdigest()[:_LENGTH]


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a file's bytes; raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@cache
def _program() -> str:
    """Tell this program from any other version of it: by when its sources were last changed."""
    sources = [source.stat().st_mtime_ns for source in Path(__file__).parent.rglob("*.py")]
    return f"{len(sources)} {max(sources)}"


def _kept(folder: Path, key: str, name: str) -> Budget | None:
    from lkj_xlsx.stored import restore  # noqa: PLC0415 - who only asks for the folder needs no Parquet

    for path in folder.glob(f"{key}-*.parquet"):
        if path.stem == f"{key}-{sha256_of(path)[:_LENGTH]}":
            with contextlib.suppress(UnreadableFile):
                budget = restore(path, name)
                os.utime(path)
                return budget
        path.unlink(missing_ok=True)
    return None


def _keep(folder: Path, key: str, budget: Budget) -> None:
    from lkj_xlsx.stored import store  # noqa: PLC0415 - as above

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(suffix=".tmp", dir=folder)
    os.close(handle)
    try:
        store(budget, Path(partial))
        Path(partial).replace(folder / f"{key}-{sha256_of(Path(partial))[:_LENGTH]}.parquet")
    finally:
        Path(partial).unlink(missing_ok=True)
