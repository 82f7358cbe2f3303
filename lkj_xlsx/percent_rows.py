"""The percents that the rows of a document print: read at once where rows are alike, one by one where they differ."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lkj_xlsx.equations import Percent
from lkj_xlsx.percent_cells import Cells, Numbers
from lkj_xlsx.percent_column import PercentColumn, percent_column
from lkj_xlsx.persen import MOST_DECIMALS
from lkj_xlsx.rupiah import LARGEST

SURELY: Final = 1e-13
"""A number that lies so much farther, beside its size, from one with few decimals was not typed."""

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PercentRows:
    """What the rows print: `computed` is the number of a row that holds its very quotient, NaN elsewhere.

    `kind` numbers what else a row prints beside its ratio, alike rows alike; -1 for a quotient held, and for none.
    """

    column: PercentColumn
    computed: Numbers
    kind: Cells

    def edges(self, rows: Cells, percent: Callable[[int], Percent]) -> tuple[Numbers, Numbers]:
        """Give between which ratios the percents of some rows stand, NaN where a number was computed or held."""
        kinds, first, places = np.unique(self.kind[rows], return_index=True, return_inverse=True)
        edges = np.full((len(kinds), 2), np.nan)
        for place, row in enumerate(rows[first].tolist()):
            own = percent(row) if kinds[place] >= 0 else None
            if own is not None and not isinstance(own.printed, float):
                edges[place] = own.bounds
        return edges[places, 0], edges[places, 1]


def read_percents(raw: Sequence[Decimal | float | None], parts: Cells, wholes: Cells, has_ratio: Bools) -> PercentRows:
    """Read a column beside realisasi and pagu: rows that hold their very quotient are counted, the others looked at.

    Where bare numbers turn out to be percent points, no row holds its quotient, and every row is looked at by itself.
    """
    numbers = np.array([value if isinstance(value, float) else np.nan for value in raw])
    computed = _quotients_held(numbers, parts, wholes, has_ratio)
    is_held = ~np.isnan(computed)
    kind = np.full(len(raw), -1, dtype=np.int64)
    others = np.flatnonzero(~is_held & np.array([value is not None for value in raw], dtype=bool))
    pair = pd.factorize(parts[others])[0] * (len(raw) + 1) + pd.factorize(wholes[others])[0]
    ratio = np.select(
        [~has_ratio[others], parts[others] == 0, parts[others] == wholes[others]], [0, 1, 2], pd.factorize(pair)[0] + 3
    )
    kind[others] = pd.factorize(_spellings(raw, numbers, others) * (len(raw) + 3) + ratio)[0]
    seen = np.flatnonzero(kind >= 0)
    rows = seen[np.unique(kind[seen], return_index=True)[1]].tolist()
    column = percent_column(
        [raw[row] for row in rows],
        {at: Fraction(int(parts[row]), int(wholes[row])) for at, row in enumerate(rows) if has_ratio[row]},
        np.bincount(kind[seen], minlength=len(rows)).tolist(),
        int(is_held.sum()),
    )
    if column.scale != 1 and is_held.any():
        every = {row: Fraction(int(parts[row]), int(wholes[row])) for row in np.flatnonzero(has_ratio).tolist()}
        return PercentRows(percent_column(raw, every), np.full(len(raw), np.nan), np.arange(len(raw)))
    printed = np.full(len(raw), None, dtype=object)
    printed[seen] = np.array([*column.printed, None], dtype=object)[kind[seen]]
    printed[is_held] = numbers[is_held].tolist()
    return PercentRows(replace(column, printed=tuple(printed.tolist())), computed, kind)


def _spellings(raw: Sequence[Decimal | float | None], numbers: Numbers, rows: Cells) -> Cells:
    """Give each spelling that rows print a number: a bare number is spelled by its bits, a Decimal by its digits."""
    is_number = ~np.isnan(numbers[rows])
    spelled = np.zeros(len(rows), dtype=np.int64)
    spelled[is_number] = pd.factorize(numbers[rows[is_number]].view(np.int64))[0]
    texts = np.array([str(raw[row]) for row in rows[~is_number].tolist()], dtype=object)
    spelled[~is_number] = pd.factorize(texts)[0] + spelled.max(initial=-1) + 1
    return spelled


def _quotients_held(numbers: Numbers, parts: Cells, wholes: Cells, has_ratio: Bools) -> Numbers:
    """Give the numbers that are the very quotient of their row, as a program divides, and surely were not typed."""
    is_asked = has_ratio & (np.abs(parts) <= LARGEST) & (np.abs(wholes) <= LARGEST)
    with np.errstate(all="ignore"):
        points = numbers * 100
        is_far = np.abs(points - np.rint(points * 10**MOST_DECIMALS) / 10**MOST_DECIMALS) > np.abs(points) * SURELY
        is_held = is_asked & (numbers == parts / np.where(wholes == 0, 1, wholes)) & is_far
    return np.where(is_held, numbers, np.nan)
