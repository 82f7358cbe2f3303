"""Serapan, realisasi / pagu as texts: of two amounts, and of whole columns."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lkj_xlsx.persen import percent

SAFE: Final = 2**48
"""Amounts up to here can be divided in whole numbers of 64 bits, with two decimals of a percent (281 trillion)."""


def serapan(pagu: int | None, realisasi: int | None) -> str | None:
    """Spell realisasi / pagu in percent, half-up to two decimals (`99.08`); None when it has no value."""
    if pagu is None or realisasi is None:
        return None
    value = percent(realisasi, pagu)
    return None if value is None else str(value)


def serapan_column(pagu: pd.Series, realisasi: pd.Series) -> NDArray[np.object_]:
    """Spell realisasi / pagu of whole columns, as `serapan` does of two amounts: in whole numbers, where these fit."""
    both = pagu.notna() & realisasi.notna() & (pagu != 0)
    rows = np.flatnonzero(both.fillna(value=False).to_numpy(dtype=bool))
    whole, part = (column.iloc[rows].to_numpy(dtype=np.int64) for column in (pagu, realisasi))
    fits = (np.abs(whole) <= SAFE) & (np.abs(part) <= SAFE)
    units, rest = np.divmod(np.abs(part[fits]), np.abs(whole[fits]))
    units = units * 10_000 + (rest * 20_000 + np.abs(whole[fits])) // (2 * np.abs(whole[fits]))
    units = np.where((part[fits] < 0) == (whole[fits] < 0), units, -units)
    different, place = np.unique(units, return_inverse=True)
    texts = [f"{'-' * (unit < 0)}{abs(unit) // 100}.{abs(unit) % 100:02}" for unit in different.tolist()]
    spelled = np.full(len(pagu), None, dtype=object)
    spelled[rows[fits]] = np.array([*texts, None], dtype=object)[place]
    for row, one, other in zip(rows[~fits].tolist(), whole[~fits].tolist(), part[~fits].tolist(), strict=True):
        spelled[row] = serapan(one, other)
    return spelled
