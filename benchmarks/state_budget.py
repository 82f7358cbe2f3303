"""What the whole state budget would cost, worked out from what `make bench` measures of many files on one machine.

Nothing is measured here: the options are figures that many_files.py prints, for two numbers of files of one size; the
rest is arithmetic, and docs/cluster.md quotes its table. Seconds of work are wall seconds times processes, an upper
bound of CPU seconds. Files of more rows are charged by the row, which counts the fixed cost of a file too often.
"""

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

SATKER: Final = 20_000
MONTHS: Final = 12
ROWS: Final = 5_000
"""Rows of one export of a large satker; most have fewer."""
CORES: Final = (2, 16, 128)
HOUR: Final = 3_600


class Folder(NamedTuple):
    """What many_files.py measured on a folder of so many files: wall seconds."""

    files: int
    consolidate: float
    again: float
    duckdb: float
    lkj: float


@dataclass(frozen=True)
class Line:
    """A cost of so much at the start, and so much for each file of the rows that were measured."""

    start: float
    each: float

    @classmethod
    def through(cls, small: tuple[int, float], large: tuple[int, float]) -> "Line":
        """Lay a line through two measurements; noise may not make it fall."""
        each = max(0.0, (large[1] - small[1]) / (large[0] - small[0]))
        return cls(max(0.0, large[1] - large[0] * each), each)

    def at(self, files: float) -> float:
        """Give the seconds for so many files."""
        return self.start + files * self.each


def table(folders: Sequence[Folder], rows: int, bytes_a_row: float, processes: int) -> list[str]:
    """Give a Markdown table: the cost of the state budget from that of two folders of files of so many rows."""
    small, large = sorted(folders)
    lines = {
        name: Line.through((small.files, getattr(small, name)), (large.files, getattr(large, name)))
        for name in ("consolidate", "again", "duckdb", "lkj")
    }
    exports, scale = SATKER * MONTHS, ROWS / rows
    work = lines["consolidate"].at(exports * scale) * processes / HOUR
    again = lines["again"].at(exports * scale) * processes / HOUR
    month, year = SATKER * scale, exports * scale
    printed = [
        ("exports, rows", f"{_number(exports)}, {_number(exports * ROWS)}"),
        ("consolidate: CPU hours, at most", _number(work)),
        *((f"the same on {cores} cores, hours", _number(work / cores, 1)) for cores in CORES),
        ("a month that comes in: CPU hours, at most", _number(work / MONTHS, 1)),
        ("consolidate again, nothing changed: CPU hours, at most", _number(again, 1)),
        ("Parquet, GB", _number(exports * ROWS * bytes_a_row / 1e9)),
        ("a question about one month: DuckDB, lkj query, s", _pair(lines, month)),
        ("a question about all months: DuckDB, lkj query, s", _pair(lines, year)),
    ]
    return ["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in printed)]


def _pair(lines: dict[str, Line], files: float) -> str:
    return ", ".join(_number(math.ceil(lines[name].at(files))) for name in ("duckdb", "lkj"))


def _number(value: float, digits: int = 0) -> str:
    """Spell a number as the pages do: 240.000 and 2,5."""
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--folder",
        nargs=5,
        type=float,
        action="append",
        required=True,
        metavar=("FILES", "CONSOLIDATE", "AGAIN", "DUCKDB", "LKJ"),
        help="seconds that many_files.py printed for so many files; give it twice",
    )
    parser.add_argument("--rows", type=int, default=2_000, help="rows of each of those files")
    parser.add_argument("--bytes-a-row", type=float, required=True)
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    folders = [Folder(int(files), *seconds) for files, *seconds in asked.folder]
    if len({folder.files for folder in folders}) != 2:  # noqa: PLR2004 - a line goes through two points
        parser.error("give --folder twice, for two numbers of files")
    print("\n".join(table(folders, asked.rows, asked.bytes_a_row, asked.processes)))


if __name__ == "__main__":
    main()
