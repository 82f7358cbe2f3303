"""A case: a file, what must become of it, and why it is here; and the judge that compares."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from corpus.table import TABLE, Amounts

CLEAN, FOUND, REFUSED = 0, 1, 2
LARGEST_MEMORY: Final = 1024
"""MiB that may be resident."""


@dataclass(frozen=True, slots=True)
class Run:
    """How one command ended: its exit code and what it said."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a file in a process of its own: its runs by command, and why the process died, if it did."""

    runs: Mapping[str, Run]
    death: str
    megabytes: int
    seconds: float

    def findings(self) -> list[dict[str, Any]]:
        """Give what `check` found."""
        found: list[dict[str, Any]] = json.loads(self.runs["check"].out)
        return found

    def shown(self) -> dict[str, dict[str, Any]]:
        """Give what `show` shows, by whole path."""
        return {row["kode"]: row for row in json.loads(self.runs["show"].out)}


@dataclass(frozen=True, slots=True)
class Exact:
    """The figures are those of the file, to the rupiah; no error is found in it, and `notes` (codes) are told."""

    commands: ClassVar = ("show",)

    amounts: Amounts = field(default_factory=TABLE.amounts)
    names: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def complaints(self, result: Result) -> Iterator[str]:
        """Tell what is not so."""
        run = result.runs["show"]
        if run.code != CLEAN:
            yield f"exit {run.code}: {run.err[:300]}"
            return
        yield from wrong_amounts(self.amounts, result)
        called = {kode: row["uraian"] for kode, row in result.shown().items()}
        yield from (f"{kode} is called {called.get(kode)!r}" for kode in self.names if called[kode] != self.names[kode])
        yield from (f"{note} is not told" for note in self.notes if f" {note}: " not in run.err)


@dataclass(frozen=True, slots=True)
class Found:
    """Each of `places` (a pattern of codes, a cell) carries an error; the figures are `amounts`, unknown ones None."""

    commands: ClassVar = ("show", "check")
    places: tuple[tuple[str, str], ...]
    amounts: Amounts | None = None

    def complaints(self, result: Result) -> Iterator[str]:
        """Tell what is not so."""
        codes = [result.runs[command].code for command in self.commands]
        if codes != [FOUND, FOUND]:
            yield f"exit {codes}: {result.runs['show'].err[:300]}"
            return
        errors = [(one["code"], one["cell"]) for one in result.findings() if one["severity"] == "error"]
        for wanted, place in self.places:
            if not any(re.fullmatch(wanted, code) and cell == place for code, cell in errors):
                yield f"no {wanted} at {place}, but {errors}"
        if self.amounts is not None:
            yield from wrong_amounts(self.amounts, result)


@dataclass(frozen=True, slots=True)
class Refused:
    """The file is refused in words that match; nothing is given out."""

    commands: ClassVar = ("check",)
    words: str

    def complaints(self, result: Result) -> Iterator[str]:
        """Tell what is not so."""
        for run in result.runs.values():
            if run.code != REFUSED:
                yield f"exit {run.code}: {(run.out + run.err)[:300]}"
            elif run.out:
                yield f"refused, but says {run.out[:80]!r}"
            elif not run.err.startswith("lkj: ") or "Traceback" in run.err or run.err.count("\n") != 1:
                yield f"refused with {run.err[-300:]!r}"
            elif not re.search(self.words, run.err, re.IGNORECASE):
                yield f"no {self.words!r} in {run.err!r}"


@dataclass(frozen=True, slots=True)
class OneOf:
    """Any of these will do: the contract leaves it open, but never to a wrong figure."""

    outcomes: tuple["Outcome", ...]

    @property
    def commands(self) -> tuple[str, ...]:
        """Give the commands that tell which of them it is."""
        return (
            ("show", "check")
            if any("check" in one.commands for one in self.outcomes if not isinstance(one, Refused))
            else ("show",)
        )

    def complaints(self, result: Result) -> Iterator[str]:
        """Tell what is not so, of each."""
        told = [list(outcome.complaints(result)) for outcome in self.outcomes]
        if all(told):
            yield " / ".join(one[0] for one in told)


Outcome = Exact | Found | Refused | OneOf


@dataclass(frozen=True, slots=True)
class Case:
    """A file by its name and its bytes (made when they are wanted, where they are many), its outcome, and why."""

    name: str
    file: str
    content: bytes | Callable[[], bytes]
    outcome: Outcome
    why: str

    def made(self) -> bytes:
        """Give the contents of the file."""
        return self.content if isinstance(self.content, bytes) else self.content()

    def complaints(self, result: Result) -> list[str]:
        """Tell all that is wrong with what became of the file."""
        if result.death:
            return [result.death]
        ends = (CLEAN, FOUND, REFUSED)
        complaints = [f"a bug: {run.err[-600:]}" for run in result.runs.values() if run.code not in ends]
        if result.megabytes > LARGEST_MEMORY:
            complaints.append(f"{result.megabytes} MiB")
        return complaints or list(self.outcome.complaints(result))


def wrong_amounts(expected: Amounts, result: Result) -> Iterator[str]:
    """Tell each code whose pagu and realisasi are not what the file says."""
    shown = {kode: (row["pagu"], row["realisasi"]) for kode, row in result.shown().items()}
    for kode in sorted({*expected, *shown}):
        if expected.get(kode) != shown.get(kode):
            yield f"{kode}: {shown.get(kode)} shown, {expected.get(kode)} in the file"
