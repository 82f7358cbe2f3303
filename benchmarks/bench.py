"""`make bench`: what `lkj` costs beside the bare cost of reading the same file, in paired, interleaved runs.

Every run is a process of its own: CPU seconds (user and system), wall seconds and peak memory as the system counts
them. A round runs each contender once, so that a slow minute of the machine falls on all; the ratio of a contender is
the median over the rounds of its CPU seconds over those of the one it is measured against, in that same round.

Two tables: every contender on exports of three sizes, and what the project set itself as goals, met or not. Compiled
modules are kept, as pip keeps those of what it installs; the cache of `lkj` is off, and one process does all work,
but where a line says otherwise.
"""

import argparse
import compileall
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Final, NamedTuple

from runs import LKJ, Run, measure

import lkj_xlsx

HERE: Final = Path(__file__).parent
PLAIN: Final = ("--no-cache", "--jobs", "1")
PACKAGES: Final = ("pandas", "numpy", "xlsxwriter", "python-calamine", "openpyxl", "fastexcel", "polars", "duckdb")
SMALL, LARGE, HUGE = 2_000, 100_000, 1_000_000
ANALYST: Final = "analyst"
WHOLE_FROM: Final = 100
"""Figures above are printed without decimals."""
ONCE: Final = 30
"""Seconds: what takes longer is run once."""


class Goal(NamedTuple):
    """A goal: of what, the figure that was measured, and the bound it has to keep to."""

    what: str
    measured: float
    bound: float
    is_least: bool = False

    def __str__(self) -> str:
        """Spell a line of the table."""
        is_met = self.measured >= self.bound if self.is_least else self.measured <= self.bound
        bound = f"at {'least' if self.is_least else 'most'} {self.bound:g}"
        measured = f"{self.measured:.{0 if self.measured > WHOLE_FROM else 2}f}"
        return f"| {self.what} | {measured} | {bound} | {'met' if is_met else 'missed'} |"


def written(path: Path, rows: int) -> int:
    """Write an export in a process of its own; gives how many rows it has.

    Linux counts what a process took before it became another command, so what is measured must start from a small one.
    """
    command = (sys.executable, str(HERE / "sakti_export.py"), str(path), str(rows))
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603 - our own


def contenders(path: Path, folder: Path, *, with_analyst: bool) -> dict[str, tuple[str, ...]]:
    """Give the commands that are measured on one file."""
    other = (sys.executable, str(HERE / "contenders.py"))
    names = ("start", "inflate", "calamine", "fastexcel", *((ANALYST,) if with_analyst else ()))
    return {
        **{name: (*other, name, str(path)) for name in names},
        "lkj report": (*LKJ, "report", str(path), "-o", str(folder / "laporan.xlsx"), "--force", *PLAIN),
        "lkj check": (*LKJ, "check", str(path), *PLAIN),
        "lkj show": (*LKJ, "show", str(path), "--level", "kegiatan", "--format", "csv", *PLAIN),
        "lkj query": (*LKJ, "query", str(path), "--sql", "select sum(pagu) from rincian", "--format", "csv", *PLAIN),
    }


class Measured:
    """The runs of every contender on an export of so many rows."""

    def __init__(self, rows: int, rounds: int, folder: Path, *, with_analyst: bool) -> None:
        """Run them all, in turns; one that takes long, once."""
        path = folder / f"sakti-{rows}.xlsx"
        self.rows = written(path, rows)
        self.runs: dict[str, list[Run]] = {}
        for _ in range(rounds):
            for name, command in contenders(path, folder, with_analyst=with_analyst).items():
                own = self.runs.setdefault(name, [])
                if not own or own[0].wall < ONCE:
                    own.append(measure(command))
        path.unlink()

    def times(self, name: str, base: str) -> float:
        """Give how many times the CPU of another contender one took."""
        pairs = zip(self.runs[name], self.runs[base], strict=False)
        return statistics.median(run.cpu / other.cpu for run, other in pairs)

    def megabytes(self, name: str) -> float:
        """Give the most memory that a contender took."""
        return max(run.megabytes for run in self.runs[name])

    def lines(self) -> Iterator[str]:
        """Give a line of the table for each contender."""
        for name, own in self.runs.items():
            cpu = [run.cpu for run in own]
            figures = (
                *(f"{statistics.median(cpu):.2f}", f"{min(cpu):.2f}-{max(cpu):.2f}"),
                f"{statistics.median(run.wall for run in own):.2f}",
                f"{self.megabytes(name):.0f}",
                *(f"{self.times(name, base):.2f}" for base in ("calamine", "start")),
            )
            yield f"| {f'{self.rows:,}'.replace(',', '.')} | {name} | {' | '.join(figures)} |"


def goals(by_size: Mapping[int, Measured]) -> Iterator[Goal]:
    """Give the goals of single files, those whose sizes were measured."""
    if small := by_size.get(SMALL):
        for name in ("report", "check", "show"):
            yield Goal(f"`lkj {name}` on 2.000 rows, x start", small.times(f"lkj {name}", "start"), 1.4)
    if large := by_size.get(LARGE):
        for name in ("report", "check"):
            yield Goal(f"`lkj {name}` on 100.000 rows, x calamine", large.times(f"lkj {name}", "calamine"), 1)
            if ANALYST in large.runs:
                yield Goal(
                    f"the analyst's script, x `lkj {name}`", large.times(ANALYST, f"lkj {name}"), 20, is_least=True
                )
    if huge := by_size.get(HUGE):
        yield Goal("`lkj check` on 1.000.000 rows, x calamine", huge.times("lkj check", "calamine"), 0.6)
        yield Goal("the same, MB", huge.megabytes("lkj check"), 700)


def help_goal(rounds: int) -> Goal:
    """Measure `lkj --help` beside importing click, in turns."""
    pairs = [
        (measure((*LKJ, "--help")), measure((sys.executable, "-c", "import click"))) for _ in range(2 * rounds + 1)
    ]
    return Goal("`lkj --help`, x importing click", statistics.median(own.cpu / base.cpu for own, base in pairs), 1.5)


def other_goals() -> Iterator[Goal]:
    """Measure what has a script of its own: many files, and the roll-up."""
    import many_files  # noqa: PLC0415 - a run without them needs neither
    import rollup_cost  # noqa: PLC0415 - as above

    many = many_files.measured(files=500, rounds=1)
    yield Goal("two processes on 500 files, x faster than one", many["one"] / many["two"], 1.7, is_least=True)
    yield Goal("a question of 500 consolidated files, x DuckDB", many["lkj"] / many["duckdb"], 2)
    yield Goal("the second `show` of 100.000 rows, from the cache, x the first", many["warm"] / many["never"], 1)
    costs = rollup_cost.measured(leaves=1_000_000, rounds=3)
    yield Goal("the roll-up of 1.000.000 leaves, x pandas", costs["roll_up"] / costs["pandas"], 1.5)


def main() -> None:
    """Print the machine, the versions, and two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[SMALL, LARGE, HUGE])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only-files", action="store_true", help="leave out the analyst, many files and the roll-up")
    asked = parser.parse_args()
    compileall.compile_dir(Path(lkj_xlsx.__file__).parent, quiet=2)
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    print(f"{platform.platform()}, {os.cpu_count()} CPU, Python {platform.python_version()}; {versions}\n")
    print("| rows | | CPU s | spread | wall s | MB | x calamine | x start |\n|---|---|---|---|---|---|---|---|")
    by_size: dict[int, Measured] = {}
    with tempfile.TemporaryDirectory() as folder:
        for rows in asked.rows:
            rounds = asked.rounds if rows < HUGE else 1
            with_analyst = not asked.only_files and rows == LARGE
            by_size[rows] = Measured(rows, rounds, Path(folder), with_analyst=with_analyst)
            print("\n".join(by_size[rows].lines()), flush=True)
    print("\n| goal | measured | bound | |\n|---|---|---|---|", flush=True)
    parts: list[Callable[[], Iterator[Goal]]] = [lambda: goals(by_size), lambda: iter([help_goal(asked.rounds)])]
    for part in (*parts, *([] if asked.only_files else [other_goals])):
        for goal in part():
            print(goal, flush=True)


if __name__ == "__main__":
    main()
