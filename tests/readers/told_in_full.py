"""What was read of a document, a line a fact: the text of a golden."""

import pandas as pd

from lkj_xlsx.finding import column_letters
from lkj_xlsx.kode import spell
from lkj_xlsx.model import RPD, SUMBER_DANA, Budget, paths

SHOWN = ("pagu", "blokir", "realisasi_lalu", "realisasi_ini", "realisasi", "persen", SUMBER_DANA, *RPD)


def rows_of(frame: pd.DataFrame) -> list[str]:
    """Tell each row of a frame: its place, path, name, and every figure that it has."""
    told = []
    for path, row in zip(paths(frame), frame.to_dict("records"), strict=True):
        figures = (
            f"{name} {row[name]}" for name in SHOWN if name in row and not pd.isna(row[name]) and row[name] != ""
        )
        told.append(" | ".join([f"{row['sheet']}!{row['row'] + 1}", spell(path), row["uraian"], *figures]))
    return told


def in_full(budget: Budget) -> str:
    """Tell everything that a reader read, and what it found in reading."""
    lines = [
        f"format | {budget.format}",
        *(f"{name} | {value}" for name in budget.identity.__slots__ if (value := getattr(budget.identity, name))),
        *(f"columns | {name} | {column_letters(column)}" for name, column in budget.columns.items()),
        *(f"line | {row}" for row in rows_of(budget.lines)),
        *(f"printed | {row}" for row in rows_of(budget.printed)),
        *(str(found) for found in budget.findings),
    ]
    return "\n".join(lines) + "\n"
