"""Run the program on many files at once, in a handful of workers that have loaded it."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import Any, Final

from corpus.case import Case, Result, Run

TESTS: Final = Path(__file__).parents[1]
WORKERS: Final = min(4, os.cpu_count() or 1)


class Worker:
    """One process of `worker.py`, with a folder for the file that it is asked about."""

    def __init__(self, folder: Path) -> None:
        """Start it."""
        self.folder = folder
        folder.mkdir(parents=True)
        single = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-W", "ignore", "-m", "corpus.worker", str(folder)],
            cwd=TESTS,
            env={**os.environ, **single, "PYTHONPATH": str(TESTS.parent), "TMPDIR": str(folder)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def judge(self, file: str, content: bytes, commands: Sequence[str]) -> Result:
        """Tell what commands make of a file."""
        path = self.folder / file
        path.write_bytes(content)
        answer = self._ask(json.dumps({"folder": str(self.folder), "file": file, "commands": commands}))
        path.unlink()
        runs = {command: Run(**run) for command, run in answer.pop("runs").items()}
        return Result(runs, **answer)

    def _ask(self, line: str) -> dict[str, Any]:
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError
        print(line, file=self._process.stdin, flush=True)
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def stop(self) -> None:
        """Let it end."""
        self._process.communicate()


@contextmanager
def pool(workers: int = WORKERS) -> Iterator["Pool"]:
    """Start workers, and stop them in the end."""
    with tempfile.TemporaryDirectory() as folder:
        own = [Worker(Path(folder) / str(number)) for number in range(workers)]
        try:
            yield Pool(own)
        finally:
            for worker in own:
                worker.stop()


class Pool:
    """Workers, of which each judges one file at a time."""

    def __init__(self, workers: Iterable[Worker]) -> None:
        """Take the workers."""
        self._idle: Queue[Worker] = Queue()
        for worker in workers:
            self._idle.put(worker)

    def results(self, cases: Iterable[Case]) -> dict[str, Result]:
        """Tell what the program makes of each case, by name."""
        cases = list(cases)
        with ThreadPoolExecutor(self._idle.qsize()) as threads:
            return dict(zip((case.name for case in cases), threads.map(self._judge, cases), strict=True))

    def _judge(self, case: Case) -> Result:
        worker = self._idle.get()
        try:
            return worker.judge(case.file, case.made(), case.outcome.commands)
        finally:
            self._idle.put(worker)
