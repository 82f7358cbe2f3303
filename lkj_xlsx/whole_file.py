"""Write a file whole or not at all: beside the target first, renamed when all of it is on the disk."""

import contextlib
import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from lkj_xlsx.errors import CannotWrite, reason
from lkj_xlsx.sole_writer import Busy, sole_writer

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
TAKEN: Final = "sudah ada; pakai --force untuk menggantinya, atau pilih nama lain"
WRITABLE: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@contextmanager
def whole_file(path: Path, *, force: bool = False) -> Iterator[Path]:
    """Give a path beside the target to write to, renamed to the target when all went well.

    A killed run, a full disk or Ctrl-C leaves the target as it was; an existing one keeps its permissions, a symbolic
    link stays one and the file it leads to is written. Two runs at once: one writes, the other is told. Without
    `force`, only a target that does not exist is written, even if another program makes one meanwhile.
    Raises CannotWrite for anything that stands in the way.
    """
    refuse_taken(path, force=force)
    target = Path(os.path.realpath(path))
    try:
        with contextlib.ExitStack() as alone:
            partial = _alone(alone, path, target)
            mode = _reserve(partial, target)
            yield partial
            _flush(partial)
            if mode is not None:
                partial.chmod(mode)
            _put(partial, target, path, force=force)
            _flush_folder(target.parent)
    except (OSError, UnicodeEncodeError) as error:
        raise _cannot(path, f"tidak dapat ditulis ({_why(error)})") from error


def refuse_taken(path: Path | None, *, force: bool, inputs: Sequence[Path] = ()) -> None:
    """Refuse a target that exists, before any work is done for it; None is no target.

    With `force`, only what is no file that may be replaced: one of the inputs under any spelling, a folder, a device,
    a file that its owner closed to writing.
    """
    if path is None or not os.path.lexists(path):
        return
    try:
        found = path.stat()
    except OSError:  # a link that leads nowhere: the file will be made there
        return
    same = next((each for each in inputs if os.path.exists(each) and path.samefile(each)), None)  # noqa: PTH110 - a name too long is no error
    if same is not None:
        raise _cannot(path, f"itu berkas masukan ({same}), yang tidak boleh disentuh; beri nama lain")
    if stat.S_ISDIR(found.st_mode):
        raise _cannot(path, "itu folder; beri nama berkas")
    if not stat.S_ISREG(found.st_mode):
        raise _cannot(path, "itu bukan berkas biasa; beri nama lain")
    if not force:
        raise _cannot(path, TAKEN)
    if not found.st_mode & WRITABLE:
        raise _cannot(path, "berkas itu hanya boleh dibaca; buka dulu perlindungannya, atau beri nama lain")


def refuse_targets(*targets: Path | None, force: bool, inputs: Sequence[Path]) -> None:
    """Refuse, before anything is read, what a command may not write: see refuse_taken; nor one file twice."""
    asked = [target for target in targets if target is not None]
    for target in asked:
        refuse_taken(target, force=force, inputs=inputs)
    places = [os.path.realpath(target) for target in asked]
    if len(set(places)) < len(places):
        raise _cannot(asked[-1], "dua keluaran ke berkas yang sama; beri masing-masing nama sendiri")


def _cannot(path: Path, why: str) -> CannotWrite:
    return CannotWrite(f"{path}: {why}")


def _alone(stack: contextlib.ExitStack, path: Path, target: Path) -> Path:
    """Become the only one who writes the target; give the path of its partial file."""
    try:
        return stack.enter_context(sole_writer(target))
    except Busy as busy:
        raise _cannot(path, str(busy)) from busy
    except OSError as error:
        raise _cannot(path, f"folder tidak dapat ditulisi ({reason(error)}); pilih folder lain") from error


def _reserve(partial: Path, target: Path) -> int | None:
    """Make the partial file, no more open to others than the target; give its permissions, None when it is new."""
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
    except OSError:
        mode = None
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else mode & 0o666))
    return mode


def _flush(partial: Path) -> None:
    """Wait until the file is on the disk: else a power failure after the renaming may leave an empty one."""
    handle = os.open(partial, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _put(partial: Path, target: Path, path: Path, *, force: bool) -> None:
    """Give the partial file the target's name; without `force` only when nobody has it, at this very moment."""
    if force:
        partial.replace(target)
        return
    try:
        os.link(partial, target)
    except FileExistsError as error:
        raise _cannot(path, TAKEN) from error
    except OSError as error:  # a memory stick knows no second names; but nobody of ours makes the target meanwhile
        if os.path.lexists(target):
            raise _cannot(path, TAKEN) from error
        partial.rename(target)


def _flush_folder(folder: Path) -> None:
    """Wait until the name is on the disk too, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _why(error: OSError | UnicodeEncodeError) -> str:
    """Say what stands in the way, and what to try."""
    if isinstance(error, OSError) and error.errno in FULL:
        return "disk penuh, atau berkas melampaui batas ukuran; kosongkan tempat, atau pilih disk lain"
    if isinstance(error, PermissionError):
        return "tidak boleh; tutup berkas itu bila terbuka di Excel, atau pilih nama lain"
    return f"{reason(error) if isinstance(error, OSError) else error}; pilih nama atau folder lain"
