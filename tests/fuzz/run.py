"""Run random inputs by number: the same number makes the same input, and one that fails is kept in build/fuzz."""

import random
import resource
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fuzz.kinds import KINDS, Kind
from fuzz.verdict import Complaint, Refusal

KEPT: Final = Path(__file__).parents[2] / "build" / "fuzz"
MOST_MEMORY: Final = 4 * 2**30
"""Bytes of addresses of one process."""


ENDS: Final = ("accepted", "refused", "failed")


@dataclass(frozen=True, slots=True)
class Outcome:
    """An input by its seed and number, how it ended, and what is wrong with that."""

    kind: str
    seed: int
    number: int
    end: str
    complaint: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.seed} {self.number}: {self.complaint}"


def kind_of(chance: random.Random) -> Kind:
    """Choose a kind by its share."""
    return chance.choices(KINDS, [kind.share for kind in KINDS])[0]


def run_one(seed: int, number: int, folder: Path) -> Outcome:
    """Make an input and judge what becomes of it; while it runs it lies in `folder`, in case nothing comes back."""
    chance = random.Random(f"{seed}:{number}")  # noqa: S311 - the same each time
    kind = kind_of(chance)
    content = kind.make(chance)
    path = folder / f"{seed}-{number}-{kind.name}.{kind.suffix}"
    path.write_bytes(content)
    try:
        kind.judge(path)
    except Refusal:
        return Outcome(kind.name, seed, number, "refused")
    except Complaint as complaint:
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / path.name).write_bytes(content)
        return Outcome(kind.name, seed, number, "failed", str(complaint))
    finally:
        path.unlink()
    return Outcome(kind.name, seed, number, "accepted")


def run_many(seed: int, numbers: Iterable[int]) -> list[Outcome]:
    """Run the inputs of these numbers."""
    with tempfile.TemporaryDirectory() as folder:
        return [run_one(seed, number, Path(folder)) for number in numbers]


def bound_memory() -> None:
    """Bound the memory of this process, as a laptop does."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
