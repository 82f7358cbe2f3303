"""`python -m fuzz [COUNT] [SEED]`, in tests/: random inputs on every processor; with FUZZ_SECONDS, for as long as that.

Prints the seed, each failure with its number, and a table of how the inputs ended. `python -m fuzz one SEED NUMBER`
runs one again. Exit 1 when anything failed.
"""

import os
import sys
import time
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import count
from typing import Final

from fuzz.kinds import KINDS
from fuzz.run import ENDS, KEPT, Outcome, bound_memory, run_many

CHUNK: Final = 100
COUNT: Final = 10_000
AHEAD: Final = 4
"""Chunks that wait while others run."""


def main(wanted: int, seed: int, seconds: float) -> int:
    """Run `wanted` inputs, or as many as `seconds` give; print what failed and how the rest ended."""
    print(f"fuzz: seed {seed}", flush=True)
    end = time.monotonic() + seconds
    counts: Counter[tuple[str, str]] = Counter()
    waiting: set[Future[list[Outcome]]] = set()
    with ProcessPoolExecutor(initializer=bound_memory) as workers:
        for start in count(0, CHUNK):
            if time.monotonic() > end if seconds else start >= wanted:
                break
            waiting.add(workers.submit(run_many, seed, range(start, start + CHUNK)))
            if len(waiting) >= AHEAD:
                ended, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                tell(ended, counts)
        tell(waiting, counts)
    print("kind       " + "".join(f"{name:>10}" for name in ENDS))
    for kind in KINDS:
        print(f"{kind.name:11}" + "".join(f"{counts[kind.name, name]:10}" for name in ENDS))
    failures = sum(counts[kind.name, "failed"] for kind in KINDS)
    if failures:
        print(f"fuzz: {failures} failed, kept in {KEPT}")
    return int(bool(failures))


def tell(ended: set[Future[list[Outcome]]], counts: Counter[tuple[str, str]]) -> None:
    """Count how inputs ended, and print what failed."""
    for outcome in (outcome for chunk in ended for outcome in chunk.result()):
        counts[outcome.kind, outcome.end] += 1
        if outcome.complaint:
            print(outcome, flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        (outcome,) = run_many(int(sys.argv[2]), [int(sys.argv[3])])
        sys.exit(str(outcome) if outcome.complaint else 0)
    asked = [int(argument) for argument in sys.argv[1:]] or [COUNT]
    own_seed = asked[1] if asked[1:] else time.time_ns() % 10**6
    sys.exit(main(asked[0], own_seed, float(os.environ.get("FUZZ_SECONDS", "0"))))
