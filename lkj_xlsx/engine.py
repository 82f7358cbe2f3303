"""Where work on many files is done: here, one after another, in processes of this machine, or on a Dask cluster.

Each engine does the same work on the same items and gives what each item made, in the order of the items; so figures do
not depend on it. A process that dies takes only its own item with it.
"""

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from lkj_xlsx.errors import LkjError, UnreadableFile

T = TypeVar("T")
R = TypeVar("R")
Told = Callable[[int, int], None]
"""Hears how many items are done, and of how many."""

DIED: Final = "proses yang membacanya mati (memori habis?); coba berkas ini sendiri, atau tutup program lain"


def untold(_done: int, _of: int) -> None:
    """Tell nobody how far the work is."""


class Engine(Protocol):
    """A place where work is done."""

    def each(self, work: Callable[[T], R], items: Sequence[T], told: Told = untold) -> list[R | LkjError]:
        """Give what `work` makes of each item, or the refusal that it raises; `work` and items can be pickled."""

    def fold(self, work: Callable[[T], R], add: Callable[[R, R], R], items: Sequence[T], told: Told = untold) -> R:
        """Add what `work` makes of the items, neighbours first, pair by pair; raises the first refusal."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Work whose refusals are values: what one item does wrong does not stop the others."""

    work: Callable[..., object]

    def __call__(self, item: object) -> object:
        """Do the work on one item."""
        try:
            return self.work(item)
        except LkjError as refusal:
            return refusal


def folded(add: Callable[[R, R], R], parts: Sequence[R]) -> R:
    """Add parts in their order, neighbours first."""
    own = list(parts)
    while len(own) > 1:
        pairs = [add(one, other) for one, other in zip(own[::2], own[1::2], strict=False)]
        own = [*pairs, *(own[-1:] if len(own) % 2 else [])]
    return own[0]


class Here:
    """Work in this process, one item after another."""

    def each(self, work: Callable[[T], R], items: Sequence[T], told: Told = untold) -> list[R | LkjError]:
        """Do the work."""
        attempt, made = Attempt(work), []
        for number, item in enumerate(items, 1):
            made.append(attempt(item))
            told(number, len(items))
        return made  # type: ignore[return-value]  # what work makes, or a refusal

    def fold(self, work: Callable[[T], R], add: Callable[[R, R], R], items: Sequence[T], told: Told = untold) -> R:
        """Do the work, and add."""
        return folded(add, sound(self.each(work, items, told)))


class Processes:
    """Work in so many processes of this machine."""

    def __init__(self, jobs: int) -> None:
        """Start them."""
        self._jobs = jobs
        self._pool = self._started(jobs)

    @staticmethod
    def _started(jobs: int) -> ProcessPoolExecutor:
        """Start processes that share nothing with this one: a fork would take its threads' locks along."""
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            context.set_forkserver_preload(["lkj_xlsx.intake"])
        return ProcessPoolExecutor(jobs, mp_context=context, initializer=_quiet)

    def close(self) -> None:
        """End the processes, whatever they do."""
        self._pool.shutdown(cancel_futures=True)

    def each(self, work: Callable[[T], R], items: Sequence[T], told: Told = untold) -> list[R | LkjError]:
        """Do the work; an item whose process dies is tried once more, alone."""
        futures: dict[Future[object], int] = {}
        with contextlib.suppress(BrokenProcessPool):  # one died already: the rest is lost too, and done below
            futures |= ((self._pool.submit(Attempt(work), item), number) for number, item in enumerate(items))
        made: dict[int, R | LkjError] = {}
        for future in as_completed(futures):
            if not isinstance(future.exception(), BrokenProcessPool):
                made[futures[future]] = future.result()  # type: ignore[assignment]  # as above
                told(len(made), len(items))
        lost = [number for number in range(len(items)) if number not in made]
        if lost:
            self._pool = self._started(self._jobs)
        for number in lost:
            made[number] = self._alone(work, items[number])
            told(len(made), len(items))
        return [made[number] for number in range(len(items))]

    def _alone(self, work: Callable[[T], R], item: T) -> R | LkjError:
        """Do the work on one item in a process of its own."""
        with self._started(1) as pool:
            future: Future[object] = pool.submit(Attempt(work), item)
            try:
                return future.result()  # type: ignore[return-value]  # as above
            except BrokenProcessPool:
                return UnreadableFile(f"{getattr(item, 'name', item)}: {DIED}")

    def fold(self, work: Callable[[T], R], add: Callable[[R, R], R], items: Sequence[T], told: Told = untold) -> R:
        """Do the work there, and add here."""
        return folded(add, sound(self.each(work, items, told)))


def sound(made: Sequence[R | LkjError]) -> list[R]:
    """Give what was made; raises the first refusal."""
    for one in made:
        if isinstance(one, LkjError):
            raise one
    return [one for one in made if not isinstance(one, LkjError)]


def processors() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _quiet() -> None:
    """Leave Ctrl-C to the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
