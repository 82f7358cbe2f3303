"""Questions P: a printed percent is what its own row makes, rounded as its column rounds."""

import numpy as np

from lkj_xlsx.model import PERSEN
from lkj_xlsx.statements import Statements
from lkj_xlsx.system import System


def equate_serapan(system: System, statements: Statements) -> None:
    """P101: a printed percent is not realisasi / pagu.

    persen yang tercetak bukan realisasi dibagi pagu
    """
    printed = np.flatnonzero(statements.ids[PERSEN] >= 0)
    columns = [statements.across(name)[printed] for name in ("realisasi", "pagu")]
    both = (columns[0] >= 0) & (columns[1] >= 0)
    heads, parts, wholes = (column[both].tolist() for column in (statements.ids[PERSEN][printed], *columns))
    system.add_quotients("P101", heads, parts, wholes)
