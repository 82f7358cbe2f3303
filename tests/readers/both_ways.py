"""A GLP039 export read cell by cell, and in whole columns: it must come to the same."""

import re
from collections.abc import Sequence
from contextlib import suppress

import pytest
from test_stored import assert_same

from lkj_xlsx.containers.cells import Cells, Rows
from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.model import Budget
from lkj_xlsx.readers import glp039
from lkj_xlsx.sheet import Document, Sheet


def packed(grid: Sequence[Sequence[object]]) -> Rows:
    """Pack a grid as a workbook's sheet is."""
    cells = Cells()
    for row, values in enumerate(grid):
        for column, value in enumerate(values):
            if value is not None:
                cells.put(row, column, value, 0)
    return cells.rows()


def read_both_ways(grid: Sequence[Sequence[object]], file: str = "contoh.xlsx", name: str = "GLP039") -> Budget:
    """Read a grid as an export."""

    def read(rows: Sequence[Sequence[object]]) -> Budget:
        return glp039.read(Document(file, (Sheet(file, name, rows),)))

    with suppress(UnreadableFile):
        budget = read(grid)
        assert_same(budget, read(packed(grid)))
        return budget
    with pytest.raises(UnreadableFile) as refused:
        read(packed(grid))
    with pytest.raises(UnreadableFile, match=re.escape(str(refused.value))):
        read(grid)
    raise refused.value
