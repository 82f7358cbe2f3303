"""The engine on this machine's processors: processes that share nothing with this one."""

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Final, TypeVar

from lkj_xlsx import collector
from lkj_xlsx.engine import Attempt, Told, called, folded, sound, untold
from lkj_xlsx.errors import LkjError, UnreadableFile

T = TypeVar("T")
R = TypeVar("R")

DIED: Final = "proses yang membacanya mati (memori habis?); coba berkas ini sendiri, atau tutup program lain"


class Processes:
    """Work in so many processes of this machine."""

    def __init__(self, jobs: int) -> None:
        """Say how many; they are started for the first work."""
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    @staticmethod
    def _started(jobs: int) -> ProcessPoolExecutor:
        """Start processes that share nothing with this one: a fork would take its threads' locks along."""
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            context.set_forkserver_preload(["lkj_xlsx.intake"])
        return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)

    def close(self) -> None:
        """End the processes, whatever they do."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def each(self, work: Callable[[T], R], items: Sequence[T], told: Told = untold) -> list[R | LkjError]:
        """Do the work; an item whose process dies is tried once more, alone."""
        pool = self._pool = self._pool or self._started(self._jobs)
        futures: dict[Future[object], int] = {}
        with contextlib.suppress(BrokenProcessPool):  # one died already: the rest is lost too, and done below
            futures |= ((pool.submit(Attempt(work), item), number) for number, item in enumerate(items))
        made: dict[int, R | LkjError] = {}
        for future in as_completed(futures):
            if not isinstance(future.exception(), BrokenProcessPool):
                made[futures[future]] = future.result()  # type: ignore[assignment]  # as above
                told(len(made), len(items))
        lost = [number for number in range(len(items)) if number not in made]
        if lost:
            self._pool = None
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
                return UnreadableFile(f"{called(item)}: {DIED}")

    def fold(self, work: Callable[[T], R], add: Callable[[R, R], R], items: Sequence[T], told: Told = untold) -> R:
        """Do the work there, and add here."""
        return folded(add, sound(self.each(work, items, told)))


def processors() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin() -> None:
    """Leave Ctrl-C to the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collector.rest()
