"""What was planned against what was spent, a row a leaf and month."""

from collections.abc import Sequence

import pandas as pd

from lkj_xlsx.extras import PLANNED, brings_plan, sources_of
from lkj_xlsx.join_match import match, total
from lkj_xlsx.kode import spell
from lkj_xlsx.model import CODES, RPD, SUMBER_DANA, Budget, known, paths

SPENT = "realisasi_ini"


def planned_by_month(main: Budget, months: Sequence[Budget]) -> pd.DataFrame:
    """Lay each leaf of a document with RPD out over the year, with what was spent in each month that was given.

    Spending of a month on what is no leaf any more stands in rows of its own, without a plan. No rows where the
    document has no RPD.
    """
    if not brings_plan(main.lines):
        return pd.DataFrame()
    by_month = {month.identity.bulan: month for month in months}
    parts = []
    for bulan, name in enumerate(RPD, start=1):
        part = _leaves(main.lines, bulan)
        part[PLANNED] = main.lines[name]
        spent: list[int | None] = [None] * len(part)
        month = by_month.get(bulan)
        if month is not None:
            amounts = known(month.lines[SPENT])
            fit = match(main.lines, month.lines)
            spent = [total(amounts[row] for row in rows) if rows else None for rows in fit.rows]
            placed = {row for rows in fit.rows for row in rows or ()}
            gone = month.lines.loc[[row not in placed for row in range(len(amounts))]]
            parts.append(_leaves(gone, bulan).assign(order=len(part), **{PLANNED: None, SPENT: gone[SPENT]}))
        part[SPENT] = pd.Series(spent, part.index, dtype="Int64")
        parts.append(part.assign(order=range(len(part))))
    rows = pd.concat(parts, ignore_index=True).sort_values(["order", "bulan"], kind="stable")
    return rows.drop(columns="order").assign(
        satker=main.identity.kode_satker or main.identity.nama_satker, tahun=main.identity.tahun
    )


def _leaves(lines: pd.DataFrame, bulan: int) -> pd.DataFrame:
    """Name leaves: their codes, None where they lack one, and their sumber dana."""
    texts = {code: lines[code].tolist() for code in CODES[:-1]}
    texts |= {"kode": [spell(path) for path in paths(lines)], SUMBER_DANA: sources_of(lines)}
    columns = {name: [value or None for value in values] for name, values in texts.items()}
    return pd.DataFrame(columns, index=lines.index, dtype=object).assign(bulan=bulan)
