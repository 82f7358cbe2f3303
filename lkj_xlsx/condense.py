"""A budget of very many leaves, added up by RO and akun, so that its workbook can be opened.

The leaves themselves go to a Parquet file beside the workbook. What the tables say does not change: each row stands
under the node that Tabel C.1 prints, and what an indicator measures below the RO stays as it was.
"""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lkj_xlsx.extras import joined
from lkj_xlsx.kode import Level
from lkj_xlsx.model import AMOUNTS, CODES, FILE, PERSEN, RPD, SISA, SUMBER_DANA, Budget
from lkj_xlsx.rollup import Rollup, sums_of_groups

CONDENSED: Final = "R122"
"""The finding that says where the leaves are kept."""
MOST_LEAVES: Final = 100_000
"""Leaves that a workbook lists: 30 seconds to write, and as much as a spreadsheet opens without pain."""
NO_ROW: Final = -1
"""Stands for the row of what is the sum of several."""


def condense(budget: Budget, rollup: Rollup, file: str) -> Budget:
    """Add the leaves up by the node that Tabel C.1 prints and the akun; `file` is where they are kept."""
    cut = rollup.cut(Level.RO)
    nodes = cut.index.to_numpy()
    place = np.full(len(rollup.nodes), -1, dtype=np.int64)
    place[nodes] = nodes
    shown = np.where(rollup.at >= 0, place[rollup.at], -1).max(axis=1, initial=-1)
    kept = _measured(budget, rollup)
    akun = pd.factorize(budget.lines["akun"])[0].astype(np.int64)
    key = shown * (int(akun.max(initial=0)) + 1) + akun
    key[kept] = -1 - np.flatnonzero(kept)
    ids, _ = pd.factorize(key)
    ids = ids.astype(np.int64)
    firsts = np.unique(ids, return_index=True)[1]
    counts = np.bincount(ids)
    lines = _summed(budget.lines, ids, firsts)
    is_sum = ~kept[firsts]
    depths = np.array([Level(level).depth for level in rollup.nodes["level"]])[shown[firsts]]
    for depth, code in enumerate(CODES):
        if code != Level.AKUN.value:
            lines.loc[is_sum & (depth > depths), code] = ""
    lines["sheet"] = np.where(is_sum, [f"{count} baris" for count in counts.tolist()], lines["sheet"])
    lines["row"] = np.where(is_sum, NO_ROW, lines["row"])
    own = budget.lines[FILE].to_numpy()[firsts] if FILE in budget.lines else budget.file
    lines[FILE] = np.where(is_sum, file, own)
    return Budget(**{**{name: getattr(budget, name) for name in Budget.__slots__}, "lines": lines})


def _measured(budget: Budget, rollup: Rollup) -> NDArray[np.bool_]:
    """Mark the leaves under what an indicator measures below the RO."""
    is_kept = np.zeros(len(budget.lines), dtype=bool)
    for indikator in budget.indikator:
        node = rollup.find(indikator.kode) if indikator.kode else None
        if node is not None and Level(rollup.nodes["level"].iloc[node]).depth > Level.RO.depth:
            is_kept[rollup.leaves_of(node)] = True
    return is_kept


def _summed(lines: pd.DataFrame, ids: NDArray[np.int64], firsts: NDArray[np.intp]) -> pd.DataFrame:
    """Add lines up by group id; what is no amount is that of the first of each."""
    rows = lines.iloc[firsts].reset_index(drop=True)
    sums = sums_of_groups(lines, ids)
    for name in (*AMOUNTS, *(RPD if RPD[0] in lines else ())):
        rows[name] = sums[name]
    if SUMBER_DANA in lines:
        rows[SUMBER_DANA] = lines[SUMBER_DANA].groupby(ids).agg(joined).to_numpy(dtype=object)
    return rows.assign(**{SISA: pd.array([pd.NA] * len(rows), "Int64"), PERSEN: None})
