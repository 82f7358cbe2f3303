"""What rolling up costs: `make bench` adds leaves up to all levels, beside the best ways known in pandas and polars.

The leaves are made, the same each time; the contenders add five amounts with category keys, a cascade from level to
level. CPU seconds in one process, in turns, the median; only the ratios are meant to travel.
"""

import argparse
import statistics
from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd
import polars as pl
from check_cost import cpu

from lkj_xlsx.model import AMOUNTS, CODES, Budget, Identity
from lkj_xlsx.rollup import roll_up

LEVELS: Final = CODES[:-1]
WIDTHS: Final = (4, 40, 10, 8, 6, 4, 60)
"""How many different codes each level has below one of the level above."""


def made(count: int) -> pd.DataFrame:
    """Make leaves as a document has them, in the order of their codes."""
    random = np.random.default_rng(1)
    numbers = np.sort(random.integers(0, np.prod(WIDTHS[:-1]), count)) * WIDTHS[-1]
    numbers += random.integers(0, WIDTHS[-1], count)
    frame: dict[str, object] = {}
    for name, width in zip(reversed(LEVELS), reversed(WIDTHS), strict=True):
        numbers, code = np.divmod(numbers, width)
        frame[name] = np.char.add(name[0].upper(), code.astype(str)).astype(object)
    lines = pd.DataFrame({name: pd.Series(frame[name], dtype=object) for name in LEVELS}).assign(item="", uraian="x")
    for name in AMOUNTS:
        lines[name] = pd.Series(random.integers(0, 10**9, count), dtype="Int64")
    lines[["item", "uraian"]] = lines[["item", "uraian"]].astype(object)
    nothing = pd.array([pd.NA] * count, "Int64")
    return lines.assign(sheet="S", row=np.arange(count), is_total=False, sisa=nothing, persen=None)


def cascade(lines: pd.DataFrame) -> None:
    """Add with pandas: category keys, each level from the one below."""
    frame = lines[[*LEVELS, *AMOUNTS]].astype({**dict.fromkeys(LEVELS, "category"), **dict.fromkeys(AMOUNTS, "int64")})
    for depth in range(len(LEVELS), 0, -1):
        frame = frame.groupby(list(LEVELS[:depth]), observed=True, sort=False)[list(AMOUNTS)].sum().reset_index()


def in_polars(frame: pl.DataFrame) -> None:
    """Add with polars, in the same cascade."""
    for depth in range(len(LEVELS), 0, -1):
        frame = frame.group_by(LEVELS[:depth]).agg(pl.col(AMOUNTS).sum())


def measured(leaves: int, rounds: int) -> dict[str, float]:
    """Give the CPU seconds of each way, the median of some turns."""
    lines = made(leaves)
    frame = pl.DataFrame({name: lines[name].to_list() for name in (*LEVELS, *AMOUNTS)})
    ways: dict[str, Callable[[], object]] = {
        "pandas": lambda: cascade(lines),
        "polars": lambda: in_polars(frame),
        "roll_up": lambda: roll_up(Budget("x", "x", Identity(), lines.copy(deep=False), lines.iloc[:0])),
    }
    runs: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            runs[name].append(cpu(way))
    return {name: statistics.median(own) for name, own in runs.items()}


def main() -> None:
    """Print a line for each way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leaves", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    costs = measured(asked.leaves, asked.rounds)
    print(f"roll-up of {asked.leaves} leaves to every level, {asked.rounds} rounds, CPU seconds")
    for name, own in costs.items():
        print(f"{name}: {own:.2f} s, {own / costs['pandas']:.2f}x pandas")


if __name__ == "__main__":
    main()
