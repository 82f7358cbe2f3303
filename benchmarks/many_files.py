"""What many files cost: `make bench` checks and consolidates a folder of exports, and asks what was kept of them.

Each export is of a satker of its own, 2.000 rows. Wall seconds, since the work is done by processes of a server that no
parent waits for; the median of some rounds, one and two processes in turns. The question is asked by `lkj query` and by
DuckDB itself, each a process of its own. The cache is measured on one large export.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from runs import LKJ, measure
from sakti_export import write_export

ROWS: Final = 2_000
LARGE: Final = 100_000
SQL: Final = "SELECT satker, sum(pagu) FROM rincian GROUP BY satker ORDER BY 2 DESC LIMIT 10"
DUCKDB: Final = """
import duckdb, sys
rows = "read_parquet('" + sys.argv[1] + "/**/*.parquet', hive_partitioning = true)"
sql = f"SELECT satker, sum(pagu) FROM {rows} WHERE rincian GROUP BY satker ORDER BY 2 DESC LIMIT 10"
print(duckdb.sql(sql).fetchall())
"""


def wall(command: Sequence[str], cache: Path) -> float:
    """Measure one run of a command, with a cache of its own."""
    return measure(command, XDG_CACHE_HOME=str(cache)).wall


def in_turns(commands: dict[str, Sequence[str]], rounds: int, cache: Path) -> dict[str, float]:
    """Measure some commands in turns; gives the median of each."""
    runs: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            runs[name].append(wall(command, cache))
    return {name: statistics.median(own) for name, own in runs.items()}


def measured(files: int, rounds: int) -> dict[str, float]:
    """Measure everything; gives wall seconds by name, and `bytes`, those a row takes in Parquet."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        source, kept, large, cache = root / "ekspor", root / "data.parquet", root / "besar.xlsx", root / "cache"
        source.mkdir()
        rows = sum(write_export(source / f"FA-{at:04}.xlsx", ROWS, f"{650_000 + at}") for at in range(files))
        write_export(large, LARGE)
        plain = (*LKJ, "check", str(source), "--no-cache", "--fail-on", "error")
        found = in_turns({"one": (*plain, "-j1"), "two": (*plain, "-j2")}, rounds, cache)
        for turn in ("consolidate", "again"):
            found[turn] = wall((*LKJ, "consolidate", str(source), "-o", str(kept), "-j2"), cache)
        question = {
            "lkj": (*LKJ, "query", str(kept), "--sql", SQL, "--format", "csv"),
            "duckdb": (sys.executable, "-c", DUCKDB, str(kept)),
        }
        found |= in_turns(question, 2 * rounds + 1, cache)
        show = (*LKJ, "show", str(large), "--level", "kegiatan", "--format", "csv")
        found |= in_turns({"never": (*show, "--no-cache")}, rounds, cache)
        found["cold"] = wall(show, cache)
        found |= in_turns({"warm": show}, rounds, cache)
        found["bytes"] = sum(path.stat().st_size for path in kept.rglob("*.parquet")) / rows
    return found


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    s = measured(asked.files, asked.rounds)
    print(f"{asked.files} files, {asked.rounds} rounds, wall seconds\n\n| | s | |\n|---|---|---|")
    print(f"| check, one process | {s['one']:.1f} | |")
    print(f"| check, two processes | {s['two']:.1f} | {s['one'] / s['two']:.2f}x faster |")
    print(f"| consolidate, two processes | {s['consolidate']:.1f} | {s['bytes']:.0f} bytes a row |")
    print(f"| consolidate again, nothing changed | {s['again']:.1f} | |")
    print(f"| DuckDB itself, one question | {s['duckdb']:.2f} | |")
    print(f"| lkj query, the same | {s['lkj']:.2f} | {s['lkj'] / s['duckdb']:.2f}x DuckDB |")
    print(f"| show of {LARGE} rows, no cache | {s['never']:.2f} | |")
    print(f"| the same, kept for the first time | {s['cold']:.2f} | |")
    print(f"| the same, from the cache | {s['warm']:.2f} | {s['never'] / s['warm']:.2f}x faster |\n")


if __name__ == "__main__":
    main()
