"""The engine on a Dask cluster: files that every worker can reach, one function mapped over them, a tree of sums.

Work lost with a worker is done again by another; a result is known by its key, so nothing counts twice.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from lkj_xlsx.engine import Attempt, Told, called, sound, untold
from lkj_xlsx.errors import BadRequest, LkjError, UnreadableFile

T = TypeVar("T")
R = TypeVar("R")

LOCAL: Final = "local"
"""The scheduler of a cluster on this machine alone."""
PATIENCE: Final = "10s"
DIED: Final = "pekerja yang membacanya mati berulang kali (memori habis?)"
RETRIES: Final = 3
"""A file whose worker dies so often is at fault itself."""


class Cluster:
    """Work on the workers of a Dask cluster."""

    def __init__(self, client: Any) -> None:  # noqa: ANN401 - distributed ships no types
        """Work for one client."""
        self._client = client

    def each(self, work: Callable[[T], R], items: Sequence[T], told: Told = untold) -> list[R | LkjError]:
        """Do the work there; an item that kills its workers is a refusal."""
        from distributed import KilledWorker, as_completed  # noqa: PLC0415 - only a cluster pays for Dask

        futures = self._submitted(work, items)
        for number, _ in enumerate(as_completed(futures), 1):
            told(number, len(items))
        made: list[R | LkjError] = []
        for item, future in zip(items, futures, strict=True):
            try:
                made.append(future.result())
            except KilledWorker:
                made.append(UnreadableFile(f"{called(item)}: {DIED}"))
        return made

    def fold(self, work: Callable[[T], R], add: Callable[[R, R], R], items: Sequence[T], told: Told = untold) -> R:
        """Do the work there, and add there: only the sum of all comes here."""
        from distributed import KilledWorker, as_completed  # noqa: PLC0415 - as above

        parts = self._submitted(work, items)
        own = parts
        while len(own) > 1:
            pairs = [
                self._client.submit(_added, add, one, other, pure=False)
                for one, other in zip(own[::2], own[1::2], strict=False)
            ]
            own = [*pairs, *(own[-1:] if len(own) % 2 else [])]
        for number, _ in enumerate(as_completed(parts), 1):
            told(number, len(items))
        try:
            (whole,) = sound([own[0].result()])
        except KilledWorker as error:
            message = f"{called(None)}: {DIED}"
            raise UnreadableFile(message) from error
        return whole  # type: ignore[no-any-return]  # what add makes

    def _submitted(self, work: Callable[[T], R], items: Sequence[T]) -> list[Any]:
        return list(self._client.map(Attempt(work), items, pure=False, retries=RETRIES))


def _added(add: Callable[[Any, Any], Any], one: object, other: object) -> object:
    """Add two parts; a refusal stays one, the first of two."""
    return next((part for part in (one, other) if isinstance(part, LkjError)), None) or add(one, other)


@contextmanager
def cluster(scheduler: str) -> Iterator[Cluster]:
    """Give the cluster at an address (`tcp://10.0.0.5:8786`), or one of this machine for `local`."""
    try:
        from distributed import Client, LocalCluster  # noqa: PLC0415 - as above
    except ImportError as error:
        message = "--scheduler memerlukan Dask; pasang dengan `pip install 'lkj-xlsx[cluster]'`"
        raise BadRequest(message) from error
    if scheduler == LOCAL:
        with LocalCluster(threads_per_worker=1, dashboard_address=None) as own, Client(own) as client:
            yield Cluster(client)
        return
    try:
        client = Client(scheduler, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        message = f"--scheduler {scheduler}: tidak ada kluster Dask di alamat itu ({error})"
        raise BadRequest(message) from error
    with client:
        yield Cluster(client)
