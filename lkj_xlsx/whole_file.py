"""Write a file whole or not at all: beside the target first, renamed when done."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lkj_xlsx.errors import CannotWrite, reason


@contextmanager
def whole_file(path: Path, *, force: bool = False) -> Iterator[Path]:
    """Give a path beside the target to write to, renamed to the target when all went well.

    Raises CannotWrite for anything that stands in the way, a target that exists without `force` among it.
    """
    refuse_taken(path, force=force)
    try:
        handle, name = tempfile.mkstemp(prefix=".lkj-", suffix=".tmp", dir=path.parent)
    except OSError as error:
        message = f"{path}: folder tidak dapat ditulisi ({reason(error)}); pilih folder lain"
        raise CannotWrite(message) from error
    os.close(handle)
    partial = Path(name)
    try:
        yield partial
        partial.chmod(0o666 & ~_umask())
        partial.replace(path)
    except (OSError, UnicodeEncodeError) as error:
        message = f"{path}: tidak dapat ditulis ({error}); tutup berkas itu bila terbuka di Excel, atau pilih nama lain"
        raise CannotWrite(message) from error
    finally:
        partial.unlink(missing_ok=True)


def refuse_taken(path: Path | None, *, force: bool) -> None:
    """Refuse a target that exists, before any work is done for it; None is no target."""
    if path is not None and path.exists() and not force:
        message = f"{path}: sudah ada; pakai --force untuk menggantinya, atau pilih nama lain"
        raise CannotWrite(message)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
