"""One process at a time writes one file; what a killed one left behind is found out and removed.

Beside the target lie, while it is written, a lock that the system itself lets go of when its process ends, and the
partial file. So a lock that can be had belongs to nobody who lives, however old or new it is. The library `filelock`
was weighed: it leaves its lock file behind for ever, and would not know which partial files are stale.
"""

import contextlib
import errno
import hashlib
import os
import re
import sys
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

OURS: Final = re.compile(r"(\.lkj-[0-9a-f]{16})\.(?:lock|tmp)")
PATIENCE: Final = 0.5
"""Seconds to wait for a lock: one that looks after what is stale holds it for less than a thousandth of that."""
PAUSE: Final = 0.01
NO_LOCKS: Final = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL})
"""How a file system says that it knows no locks (some network folders)."""


NO_TRICKS: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""A link or a pipe under the name of a lock, in a folder that all may write, leads and holds nobody."""
MAKE: Final = os.O_RDWR | os.O_CREAT | os.O_EXCL | NO_TRICKS


class Busy(Exception):
    """Another process writes the target; the message says so, and what to do."""


@contextmanager
def sole_writer(target: Path) -> Iterator[Path]:
    """Give the path of the partial file of a target, which nobody else writes meanwhile and which is gone afterwards.

    What killed runs left in the same folder is removed first. Raises Busy, and OSError when the folder takes no files.
    """
    stem = target.with_name(f".lkj-{_digest(target.name)}")
    lock, partial = stem.with_suffix(".lock"), stem.with_suffix(".tmp")
    _remove_stale(target.parent)
    with _held(lock, PATIENCE):
        try:
            partial.unlink(missing_ok=True)  # under its lock, what lies there is nobody's
            yield partial
        finally:
            partial.unlink(missing_ok=True)


def _digest(name: str) -> str:
    """Give one name to all spellings that some file systems take for one file."""
    spelled = unicodedata.normalize("NFC", name).casefold().encode(errors="surrogateescape")
    return hashlib.sha256(spelled).hexdigest()[:16]


def _remove_stale(folder: Path) -> None:
    """Remove the files of runs that ended without doing so; those of runs that live stay."""
    stems = {match[1] for path in folder.iterdir() if (match := OURS.fullmatch(path.name))}
    for stem in sorted(stems):
        with contextlib.suppress(Busy, OSError), _held(folder / f"{stem}.lock", 0):
            (folder / f"{stem}.tmp").unlink(missing_ok=True)


@contextmanager
def _held(lock: Path, patience: float) -> Iterator[None]:
    """Hold a lock, whose file is gone afterwards; raises Busy when another does so for longer than `patience`."""
    last = time.monotonic() + patience
    while (handle := _try(lock)) is None:
        if time.monotonic() >= last:
            message = "sedang ditulis oleh proses lain; tunggu sampai selesai, lalu ulangi"
            raise Busy(message)
        time.sleep(PAUSE)
    try:
        yield
    finally:
        if sys.platform == "win32":  # pragma: no cover - there, a file that is open cannot be removed
            os.close(handle)
            with contextlib.suppress(OSError):
                lock.unlink()
        else:
            lock.unlink(missing_ok=True)  # while it is held: who opened it before sees below that it is gone
            os.close(handle)


def _try(lock: Path) -> int | None:
    """Open and lock a lock file; None when it is held, or was removed between the two."""
    is_new = True
    try:
        handle = os.open(lock, MAKE, 0o666)
    except FileExistsError:
        is_new = False
        try:
            handle = _open(lock)
        except FileNotFoundError:
            return None
    try:
        if _lock(handle, lock, is_new=is_new) and os.path.samestat(os.fstat(handle), lock.stat()):
            return handle
    except FileNotFoundError:  # removed by who held it
        os.close(handle)
        return None
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _open(lock: Path) -> int:
    """Open a lock file that is there; another user's may only be read, which is enough on most file systems."""
    try:
        return os.open(lock, os.O_RDWR | NO_TRICKS)
    except PermissionError:
        return os.open(lock, os.O_RDONLY | NO_TRICKS)


def _lock(handle: int, lock: Path, *, is_new: bool) -> bool:
    """Lock a file that is open, without waiting; where there are no locks, who made the file holds it."""
    try:
        _lock_at_once(handle)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:
        if error.errno not in NO_LOCKS:
            raise
        if not is_new:
            message = f"folder ini tidak mengenal kunci; bila tidak ada lkj lain yang menulis berkas itu, hapus {lock}"
            raise Busy(message) from error
    return True


if sys.platform == "win32":  # pragma: no cover - the tests run elsewhere
    import msvcrt

    def _lock_at_once(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock_at_once(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
