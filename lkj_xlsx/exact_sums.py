"""Sums of whole rupiah that cannot wrap, of whole columns at once.

An amount is added in two halves of 26 bits, each in doubles, which hold every sum of fewer than 2^26 of them exactly;
only then is it compared with 2^53, beyond which a sheet could not hold it. Beside them is counted what is not known.
"""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lkj_xlsx.rupiah import LARGEST

HALF: Final = 26
"""Bits in the lower half of an amount."""

Ids = NDArray[np.int64]
Parts = NDArray[np.float64]
"""Of some amounts or sums (columns): the upper half, the lower half, and how many amounts are not known."""


def parts_of(column: pd.Series) -> Parts:
    """Take the amounts of a column apart."""
    values = column.fillna(0).to_numpy(dtype=np.int64)
    parts = np.empty((3, len(values)))
    parts[:] = values >> HALF, values & (2**HALF - 1), column.isna().to_numpy(dtype=bool)
    return parts


def added(parts: Parts, ids: Ids, least: int = 0) -> Parts:
    """Add by group id; gives the sum of every id up to the largest, and up to `least`."""
    sums = np.zeros((len(parts), max(least, int(ids.max(initial=-1)) + 1)))
    for own, part in zip(sums, parts, strict=True):
        if part.any():
            own[:] = np.bincount(ids, weights=part, minlength=len(own))
    return sums


def whole(parts: Parts) -> pd.arrays.IntegerArray:
    """Put sums together, in rupiah: <NA> over anything that is not known, and beyond 2^53."""
    high, low, unknown = parts.astype(np.int64)
    high, low = high + (low >> HALF), low & (2**HALF - 1)
    top = LARGEST >> HALF
    is_given = unknown == 0
    if high.max(initial=0) >= top or high.min(initial=0) < -top:
        is_given &= (high >= -top) & ((high < top) | ((high == top) & (low == 0)))
    return pd.arrays.IntegerArray((np.where(is_given, high, 0) << HALF) + low * is_given, ~is_given)
