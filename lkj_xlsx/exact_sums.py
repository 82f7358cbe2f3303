"""Sums of whole rupiah that cannot wrap, of whole columns at once.

An amount is added in two halves of 26 bits, and only their sums are compared with 2^53, beyond which a sheet could not
hold a total. NumPy adds by group in doubles: of up to 2^26 amounts every sum of halves, and every sum of such sums, is
a whole number of at most 2^53, which a double holds exactly; more are refused. Beside them the unknown are counted.
"""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lkj_xlsx.rupiah import LARGEST

HALF: Final = 26
"""Bits in the lower half of an amount."""
MOST: Final = 2**26
"""Amounts that are added: each is at most 2^53, so its upper half at most 2^27."""

Ids = NDArray[np.int64]
Parts = NDArray[np.int64]
"""Of some amounts or sums (columns): the upper half, the lower half, and how many amounts are not known."""


def parts_of(column: pd.Series) -> Parts:
    """Take the amounts of a column apart; raises OverflowError for more than MOST, of which sums may not be exact."""
    if len(column) > MOST:
        message = f"{len(column)} amounts are more than {MOST}"
        raise OverflowError(message)
    values = column.fillna(0).to_numpy(dtype=np.int64)
    parts = np.empty((3, len(values)), dtype=np.int64)
    parts[:] = values >> HALF, values & (2**HALF - 1), column.isna().to_numpy(dtype=bool)
    return parts


def added(parts: Parts, ids: Ids, least: int = 0) -> Parts:
    """Add by group id; gives the sum of every id up to the largest, and up to `least`."""
    sums = np.zeros((len(parts), max(least, int(ids.max(initial=-1)) + 1)), dtype=np.int64)
    for kind in np.flatnonzero(parts.any(axis=1)).tolist():
        sums[kind] = np.bincount(ids, parts[kind], sums.shape[1])
    return sums


def whole(parts: Parts) -> pd.arrays.IntegerArray:
    """Put sums together, in rupiah: <NA> over anything that is not known, and beyond 2^53."""
    high, low, unknown = parts
    high, low = high + (low >> HALF), low & (2**HALF - 1)
    top = LARGEST >> HALF
    is_given = unknown == 0
    if high.max(initial=0) >= top or high.min(initial=0) < -top:
        is_given &= (high >= -top) & ((high < top) | ((high == top) & (low == 0)))
    return pd.arrays.IntegerArray((np.where(is_given, high, 0) << HALF) + low * is_given, ~is_given)
