"""Where work on many files is done: here, one after another, in processes of this machine, or on a Dask cluster.

Each engine does the same work on the same items and gives what each item made, in the order of the items; so figures do
not depend on it. A process that dies takes only its own item with it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from lkj_xlsx.errors import LkjError

T = TypeVar("T")
R = TypeVar("R")
Told = Callable[[int, int], None]
"""Hears how many items are done, and of how many."""


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


def called(item: object) -> str:
    """Name a piece of work as its refusal does."""
    name = getattr(item, "name", None)
    return name if isinstance(name, str) else "sebagian pekerjaan"


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


def sound(made: Sequence[R | LkjError]) -> list[R]:
    """Give what was made; raises the first refusal."""
    for one in made:
        if isinstance(one, LkjError):
            raise one
    return [one for one in made if not isinstance(one, LkjError)]


@dataclass(frozen=True, slots=True)
class How:
    """How many files are worked on: where, whether parsed files are kept (None: no), and who hears how far it is."""

    engine: Engine = field(default_factory=Here)
    cache: Path | None = None
    told: Told = untold
