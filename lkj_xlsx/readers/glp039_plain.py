"""The rows of a GLP039 export as nearly all of them are, found in whole columns instead of cell by cell.

A row is plain when it holds its seven figures, each a number, and besides them a code in a code column with a name, or
one text alone; or when it holds nothing but a footnote. What such a row means is for `glp039_rows` to say; a row that
is not plain is read there cell by cell.
"""

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from lkj_xlsx.containers.cells import FRACTION, POOLED, WHOLE, Rows
from lkj_xlsx.model import PERSEN
from lkj_xlsx.readers.glp039_columns import RUPIAH, SEVEN, Columns
from lkj_xlsx.rupiah import LARGEST
from lkj_xlsx.sheet import Sheet

OTHER, CODE, ITEM, NOTE = range(4)
"""What a row looks like."""


class Plain(NamedTuple):
    """What is known of each row: how it looks, the column of its first text, that text and the next, and its figures.

    `amounts` has a row for each of RUPIAH, in rupiah; they and `persen` (as printed) are those of CODE and ITEM alone.
    """

    kinds: list[int]
    columns: list[int]
    texts: list[str]
    names: list[str]
    amounts: npt.NDArray[np.int64]
    persen: list[float]


def plain_rows(sheet: Sheet, columns: Columns, code_columns: Collection[int]) -> Plain:
    """Look at all rows of a sheet at once; where its cells are not packed, no row is plain."""
    rows = sheet.rows
    if not isinstance(rows, Rows):
        return Plain([OTHER] * len(rows), [], [], [], np.zeros((len(RUPIAH), len(rows)), np.int64), [0.0] * len(rows))
    count, cells = len(rows), np.diff(rows.starts)
    row_of = np.repeat(np.arange(count), cells)
    amounts, figures = np.zeros((len(RUPIAH), count), np.int64), np.zeros(count, np.int64)
    for own, name in zip(amounts, RUPIAH, strict=True):
        at = np.flatnonzero((rows.columns == columns.by_name[name]) & (rows.kinds == WHOLE))
        at = at[np.abs(rows.values[at]) <= LARGEST]
        own[row_of[at]] = rows.values[at]
        figures[row_of[at]] += 1
    at = np.flatnonzero((rows.columns == columns.by_name[PERSEN]) & (rows.kinds >= WHOLE))
    figures[row_of[at]] += 1
    persen = np.zeros(count, object)
    persen[row_of[at]] = _floats(rows.values[at].tolist(), rows.kinds[at].tolist())

    pool = np.empty(len(rows.pool), object)
    pool[:] = rows.pool
    is_text = np.array([isinstance(one, str) and one != "" and not one.isspace() for one in rows.pool], bool)
    at = np.flatnonzero(rows.kinds == POOLED)
    at = at[is_text[rows.values[at]]]
    counts = np.bincount(row_of[at], minlength=count)
    left = np.bincount(row_of[at[rows.columns[at] < columns.first]], minlength=count)
    firsts = (np.cumsum(counts) - counts)[counts > 0]
    nexts = (np.cumsum(counts) - counts)[counts > 1] + 1
    first_columns, texts, names = np.zeros(count, np.int64), np.full(count, "", object), np.full(count, "", object)
    first_columns[counts > 0] = rows.columns[at[firsts]]
    texts[counts > 0] = pool[rows.values[at[firsts]]]
    names[counts > 1] = pool[rows.values[at[nexts]]]

    has_code = np.isin(first_columns, list(code_columns))
    is_whole = (figures == len(SEVEN)) & (cells == counts + len(SEVEN)) & (left == counts)
    kinds = np.full(count, OTHER)
    kinds[(counts == 1) & (cells == 1)] = NOTE
    kinds[is_whole & has_code & (counts >= 1) & (counts <= 2)] = CODE  # noqa: PLR2004 - its code and its name
    kinds[is_whole & ~has_code & (counts == 1)] = ITEM
    return Plain(kinds.tolist(), first_columns.tolist(), texts.tolist(), names.tolist(), amounts, persen.tolist())


def _floats(values: list[int], kinds: list[int]) -> list[float]:
    """Give packed numbers as the nearest floats."""
    return [
        float(value) if kind == WHOLE else value / 10 ** (kind - FRACTION)
        for value, kind in zip(values, kinds, strict=True)
    ]
