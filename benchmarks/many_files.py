"""What many files cost: `make bench` checks and consolidates a folder of exports, and asks what was kept of them.

Each export is of a satker of its own, 2.000 rows. Wall seconds, since the work is done by processes of a server that no
parent waits for; the median of some rounds, one and two processes in turns. The question is asked by `lkj query` and by
DuckDB itself, each a process of its own. The cache is measured on one large export.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sakti_export import write_export

LKJ: Final = (sys.executable, "-m", "lkj_xlsx")
ROWS: Final = 2_000
LARGE: Final = 30_000
SQL: Final = "SELECT satker, sum(pagu) FROM rincian GROUP BY satker ORDER BY 2 DESC LIMIT 10"
DUCKDB: Final = """
import duckdb, sys
rows = "read_parquet('" + sys.argv[1] + "/**/*.parquet', hive_partitioning = true)"
sql = f"SELECT satker, sum(pagu) FROM {rows} WHERE rincian GROUP BY satker ORDER BY 2 DESC LIMIT 10"
print(duckdb.sql(sql).fetchall())
"""


def wall(command: Sequence[str], cache: Path) -> float:
    """Measure one run of a command, with a cache of its own."""
    start = time.perf_counter()
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    done = subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
    if done.returncode not in (0, 1):
        message = f"{' '.join(command)}: exit {done.returncode}"
        raise RuntimeError(message)
    return time.perf_counter() - start


def in_turns(commands: dict[str, Sequence[str]], rounds: int, cache: Path) -> dict[str, float]:
    """Measure some commands in turns; gives the median of each."""
    runs: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            runs[name].append(wall(command, cache))
    return {name: statistics.median(own) for name, own in runs.items()}


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        source, kept, large, cache = root / "ekspor", root / "data.parquet", root / "besar.xlsx", root / "cache"
        source.mkdir()
        rows = sum(write_export(source / f"FA-{at:04}.xlsx", ROWS, f"{650_000 + at}") for at in range(asked.files))
        write_export(large, LARGE)
        plain = (*LKJ, "check", str(source), "--no-cache", "--fail-on", "error")
        print(f"{asked.files} files, {rows} rows, {asked.rounds} rounds, wall seconds\n")
        both = in_turns({"one": (*plain, "-j1"), "two": (*plain, "-j2")}, asked.rounds, cache)
        print("| | s | |\n|---|---|---|")
        print(f"| check, one process | {both['one']:.1f} | |")
        print(f"| check, two processes | {both['two']:.1f} | {both['one'] / both['two']:.2f}x faster |")
        first = wall((*LKJ, "consolidate", str(source), "-o", str(kept), "-j2"), cache)
        again = wall((*LKJ, "consolidate", str(source), "-o", str(kept), "-j2"), cache)
        size = sum(path.stat().st_size for path in kept.rglob("*.parquet"))
        print(f"| consolidate, two processes | {first:.1f} | {size / rows:.0f} bytes a row |")
        print(f"| consolidate again, nothing changed | {again:.1f} | |")
        question = {
            "lkj": (*LKJ, "query", str(kept), "--sql", SQL, "--format", "csv"),
            "duckdb": (sys.executable, "-c", DUCKDB, str(kept)),
        }
        answers = in_turns(question, 2 * asked.rounds + 1, cache)
        print(f"| DuckDB itself, one question | {answers['duckdb']:.2f} | |")
        print(f"| lkj query, the same | {answers['lkj']:.2f} | {answers['lkj'] / answers['duckdb']:.2f}x DuckDB |")
        show = (*LKJ, "show", str(large), "--level", "kegiatan", "--format", "csv")
        never = in_turns({"never": (*show, "--no-cache")}, asked.rounds, cache)["never"]
        cold, warm = wall(show, cache), in_turns({"warm": show}, asked.rounds, cache)["warm"]
        print(f"| show of {LARGE} rows, no cache | {never:.2f} | |")
        print(f"| the same, kept for the first time | {cold:.2f} | |")
        print(f"| the same, from the cache | {warm:.2f} | {never / warm:.2f}x faster |\n")


if __name__ == "__main__":
    main()
