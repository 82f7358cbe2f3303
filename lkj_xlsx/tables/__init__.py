"""One file per sheet of the workbook; each builds a Table from a budget and what follows from it.

To add a table: write a module with `build`, and put it into TABLES.
"""

from collections.abc import Callable
from typing import Final

from lkj_xlsx.finding import Finding
from lkj_xlsx.model import Budget
from lkj_xlsx.rollup import Rollup
from lkj_xlsx.table import Table
from lkj_xlsx.tables import belanja, rincian, ringkasan, tabel_1, tabel_b1, tabel_c1, temuan

Builder = Callable[[Budget, Rollup, tuple[Finding, ...]], Table]

TABLES: Final[tuple[Builder, ...]] = (
    ringkasan.build,
    tabel_1.build,
    tabel_b1.build,
    tabel_c1.build,
    belanja.build,
    rincian.build,
    temuan.build,
)
"""The sheets, in the order of the workbook."""


def build(budget: Budget, rollup: Rollup, findings: tuple[Finding, ...]) -> tuple[Table, ...]:
    """Build every sheet."""
    return tuple(build_one(budget, rollup, findings) for build_one in TABLES)
