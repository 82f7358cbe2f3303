"""`make bench`: what `lkj` costs beside the bare cost of reading the same file, in paired, interleaved runs.

Every run is a process of its own: CPU seconds (user and system), wall seconds and peak memory as the system counts
them. A round runs each contender once, so that a slow minute of the machine falls on all; the ratio of a contender is
the median over the rounds of its CPU seconds over those of the one it is measured against, in that same round.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final, NamedTuple

HERE: Final = Path(__file__).parent
LKJ: Final = (sys.executable, "-m", "lkj_xlsx")
PLAIN: Final = ("--no-cache", "--jobs", "1")
PACKAGES: Final = ("pandas", "numpy", "xlsxwriter", "python-calamine", "openpyxl", "fastexcel", "polars", "duckdb")


class Run(NamedTuple):
    """What one process cost."""

    cpu: float
    wall: float
    megabytes: float


def measure(command: Sequence[str]) -> Run:
    """Run a command to its end; raises RuntimeError when it fails otherwise than by findings."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        message = f"{' '.join(command)}: exit {process.returncode}"
        raise RuntimeError(message)
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def written(path: Path, rows: int) -> int:
    """Write an export in a process of its own; gives how many rows it has.

    Linux counts what a process took before it became another command, so what is measured must start from a small one.
    """
    command = (sys.executable, str(HERE / "sakti_export.py"), str(path), str(rows))
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603 - our own


def contenders(path: Path, folder: Path, *, with_analyst: bool) -> dict[str, tuple[str, ...]]:
    """Give the commands that are measured on one file."""
    other = (sys.executable, str(HERE / "contenders.py"))
    names = ("start", "inflate", "calamine", "fastexcel", *(("analyst",) if with_analyst else ()))
    return {
        **{name: (*other, name, str(path)) for name in names},
        "lkj report": (*LKJ, "report", str(path), "-o", str(folder / "laporan.xlsx"), "--force", *PLAIN),
        "lkj check": (*LKJ, "check", str(path), *PLAIN),
        "lkj show": (*LKJ, "show", str(path), "--level", "kegiatan", "--format", "csv", *PLAIN),
        "lkj query": (*LKJ, "query", str(path), "--sql", "select sum(pagu) from rincian", "--format", "csv", *PLAIN),
    }


def table(rows: int, rounds: int, folder: Path, *, with_analyst: bool) -> list[str]:
    """Measure all contenders on an export of so many rows; gives a Markdown table."""
    path = folder / f"sakti-{rows}.xlsx"
    count = written(path, rows)
    commands = contenders(path, folder, with_analyst=with_analyst)
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            if name != "analyst" or not runs[name]:  # once is enough: it takes minutes
                runs[name].append(measure(command))
    lines = [
        f"{f'{count:,}'.replace(',', '.')} rows, {path.stat().st_size / 2**20:.1f} MB, {rounds} rounds",
        "",
        "| | CPU s | spread | wall s | MB | x calamine | x start |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, own in runs.items():
        cpu = [run.cpu for run in own]
        ratios = [
            statistics.median(run.cpu / base.cpu for run, base in zip(own, runs[against], strict=False))
            for against in ("calamine", "start")
        ]
        figures = (
            *(f"{statistics.median(cpu):.2f}", f"{min(cpu):.2f}-{max(cpu):.2f}"),
            f"{statistics.median(run.wall for run in own):.2f}",
            f"{max(run.megabytes for run in own):.0f}",
            *(f"{ratio:.2f}" for ratio in ratios),
        )
        lines.append(f"| {name} | {' | '.join(figures)} |")
    return [*lines, ""]


def _help_cost(rounds: int) -> float:
    """Measure `lkj --help` beside importing click, in turns; gives the median ratio."""
    pairs = [
        (measure((*LKJ, "--help")), measure((sys.executable, "-c", "import click"))) for _ in range(2 * rounds + 1)
    ]
    return statistics.median(own.cpu / base.cpu for own, base in pairs)


def main() -> None:
    """Print one table a size, the machine and the versions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[2_000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-analyst", action="store_true")
    asked = parser.parse_args()
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    print(f"{platform.platform()}, {os.cpu_count()} CPU, Python {platform.python_version()}; {versions}\n")
    print(f"`lkj --help`: {_help_cost(asked.rounds):.2f}x the CPU of importing click\n")
    with tempfile.TemporaryDirectory() as folder:
        for rows in asked.rows:
            lines = table(rows, asked.rounds, Path(folder), with_analyst=not asked.no_analyst)
            print("\n".join(lines), flush=True)


if __name__ == "__main__":
    main()
