"""Which engine does the work of a command: the one that is asked for, else what its files are worth."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from lkj_xlsx.engine import Engine, Here
from lkj_xlsx.errors import BadRequest

WORTH: Final = 8 * 2**20
"""Bytes of all files together from which processes pay: starting them costs as much as reading some 2 MB."""


@contextmanager
def chosen_engine(jobs: int | None, scheduler: str | None, size: int) -> Iterator[Engine]:
    """Give the engine that was asked for; where nothing was, processes for work of `size` bytes that is worth it.

    Raises BadRequest when there is no cluster at `scheduler`, or no Dask.
    """
    if scheduler is not None:
        if jobs is not None:
            message = "--jobs dan --scheduler tidak dipakai bersama: banyaknya pekerja ditentukan klusternya"
            raise BadRequest(message)
        from lkj_xlsx.cluster import cluster  # noqa: PLC0415 - each pays for its own

        with cluster(scheduler) as there:
            yield there
        return
    if jobs == 1 or (jobs is None and size < WORTH):
        yield Here()
        return
    from lkj_xlsx.processes import Processes, processors  # noqa: PLC0415 - as above

    own = Processes(jobs or processors())
    try:
        yield own
    finally:
        own.close()
