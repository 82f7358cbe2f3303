"""What one document states, row by row and node by node, registered as cells of a System."""

from decimal import Decimal
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lkj_xlsx.equations import Percent
from lkj_xlsx.extras import sources_of
from lkj_xlsx.finding import Where
from lkj_xlsx.kode import ROOT, Path, ancestors, called, plain
from lkj_xlsx.model import AMOUNTS, CODES, FIGURES, PERSEN, SISA, Budget, known
from lkj_xlsx.percent_cells import PercentColumnCells
from lkj_xlsx.percent_rows import read_percents
from lkj_xlsx.persen import HALF_UP, MEAN, places_of
from lkj_xlsx.rupiah import THOUSAND, is_in_thousands
from lkj_xlsx.system import Cells, System
from lkj_xlsx.tree import ROOT_NODE, tree_of_budget

LABELS: Final = {
    "pagu": "pagu",
    "blokir": "blokir",
    "realisasi_lalu": "realisasi lalu",
    "realisasi_ini": "realisasi ini",
    "realisasi": "realisasi",
    "sisa": "sisa",
    "persen": "persen",
}
Bools = NDArray[np.bool_]

RUPIAH: Final = (*AMOUNTS, SISA)
MOST_DIGITS: Final = 15
"""LibreOffice saves a quotient rounded to so many; Excel saves 17, of which the last bits are noise."""


class Statements:
    """One document's rows as cells: `ids[column][row]` is the cell of a figure, -1 where the row has no such figure.

    A blank is an (unknown) cell where a figure belongs: beside other figures in a column that is mostly filled, and in
    a leaf. Only leaves and totals under a label of their own are at fault for it.
    """

    def __init__(self, system: System, budget: Budget) -> None:
        """Register the rows of a document."""
        self.budget = budget
        rows = pd.concat([budget.lines, budget.printed], ignore_index=True)
        order = np.argsort(rows["row"].to_numpy(), kind="stable")
        self.rows = rows.iloc[order].reset_index(drop=True)
        self.tree = tree_of_budget(budget)
        self.node = self.tree.node[order]
        """The node of each row."""
        self.is_leaf = order < len(budget.lines)
        self.is_total = self.rows["is_total"].to_numpy(dtype=bool)
        self.is_mean = self.is_total.copy()
        self.is_mean[self.is_total] = [bool(MEAN.match(name)) for name in self.rows["uraian"][self.is_total]]
        self.sources = sources_of(self.rows)
        self._filled = self.rows[list(FIGURES)].notna().to_numpy(dtype=bool)
        self.has_figures: Bools = np.asarray(self._filled.any(axis=1))
        self._sheets, self._numbers = self.rows["sheet"].tolist(), self.rows["row"].tolist()
        self._stated: dict[str, dict[Path, list[int]]] = {}
        self._members: dict[str, dict[Path, list[int]]] = {}
        self.ids: dict[str, Cells] = {name: self._register(system, name) for name in RUPIAH}
        self._raw = self.rows[PERSEN].tolist()
        self._read = read_percents(self._raw, *self._parts_and_wholes())
        self.percents = self._read.column
        self.ids[PERSEN] = self._register_percents(system)

    @cached_property
    def paths(self) -> list[Path]:
        """The path of each row."""
        return list(zip(*(codes.tolist() for codes in self._codes), strict=True))

    def path(self, row: int) -> Path:
        """Give the path of one row."""
        return tuple(column[row] for column in self._codes)

    @cached_property
    def _codes(self) -> list[NDArray[np.object_]]:
        return [self.rows[code].to_numpy(dtype=object) for code in CODES]

    @cached_property
    def names(self) -> list[str]:
        """What each row is called."""
        return self.rows["uraian"].tolist()

    def where(self, row: int, name: str | None) -> Where:
        """Name the cell of a figure in a row."""
        return self.budget.where(self._sheets[row], self._numbers[row], name)

    def figure(self, row: int, name: str) -> int | None:
        """Give an amount of a row, None where it is not printed or could not be read."""
        return self._figures[name][row]

    @cached_property
    def _figures(self) -> dict[str, list[int | None]]:
        return {name: known(self.rows[name]) for name in RUPIAH}

    def label(self, row: int) -> str:
        """Name a row as the document does, or by its code."""
        if self.is_total[row]:
            return self.names[row]
        return called(self.path(row)) or self.names[row]

    @property
    def is_monthly(self) -> bool:
        """Tell whether the document is an export of one month, which says what was spent before it."""
        return self.budget.identity.bulan is not None and bool(self.rows["realisasi_lalu"].notna().any())

    def _register(self, system: System, name: str) -> Cells:
        """Register one amount column."""
        is_printed = self.rows[name].notna().to_numpy(dtype=bool)
        is_single = self.is_total & (self._filled.sum(axis=1) == 1) & (self.node == ROOT_NODE)
        is_usual = is_printed.sum() * 2 >= self.has_figures.sum()
        is_needed = self.has_figures & ~is_single & is_usual & (name in self.budget.columns)
        if name in self.budget.columns and name in ("pagu", "realisasi"):
            is_needed |= self.is_leaf
        ids = self._cells(system, name, is_printed | is_needed, is_printed)
        own = ids[ids >= 0]
        system.may_be_empty.add(ids[(ids >= 0) & ~is_printed & ~self.is_leaf & ~self.is_total])
        if name in ("realisasi_ini", SISA) or (self.rows[name] < 0).any():
            system.may_be_negative.add(own)
        if name == "pagu" and is_in_thousands(self.rows[name].dropna().tolist()):
            system.steps.update(dict.fromkeys(own.tolist(), THOUSAND))
        return ids

    def _cells(self, system: System, name: str, is_cell: Bools, is_printed: Bools) -> Cells:
        """Register the cells of one column: those that print a figure are known."""
        rows = np.flatnonzero(is_cell)
        values = np.zeros(len(rows), dtype=np.int64)
        if name != PERSEN:
            values = self.rows[name].fillna(0).to_numpy(dtype=np.int64)[rows]
        ids = np.full(len(self.rows), -1, dtype=np.int64)
        ids[rows] = system.add_cells(
            values,
            is_printed[rows],
            lambda position: self.where(int(rows[position]), name),
            lambda position: f"{self.label(int(rows[position]))} {LABELS[name]}",
        )
        return ids

    def _register_percents(self, system: System) -> Cells:
        """Register the printed percents, where their column is realisasi / pagu; checks/indicators.py asks of means."""
        column = self.percents
        is_printed = np.array([value is not None for value in column.printed], dtype=bool) & column.is_serapan
        is_printed &= ~self.is_mean
        ids = self._cells(system, PERSEN, is_printed, is_printed)
        rows = np.flatnonzero(is_printed)
        low, high = self._read.edges(rows, self._percent)
        computed = self._read.computed[rows]
        own = PercentColumnCells(ids[rows], lambda place: self._percent(int(rows[place])), computed, low, high)
        system.percents.add(own)
        return ids

    def _percent(self, row: int) -> Percent:
        """Say what a printed percent stands for; one of at most 15 digits was rounded there, and is known no nearer."""
        value, raw, column = self.percents.printed[row], self._raw[row], self.percents
        if isinstance(value, float) and len((typed := Decimal(repr(raw))).as_tuple().digits) <= MOST_DIGITS:
            is_ratio = abs(value) > abs(raw) / 10
            points = typed.scaleb(2) if is_ratio else typed
            return Percent(points, HALF_UP, places_of(points))
        return Percent(value, column.rule, places_of(value) if isinstance(value, Decimal) else column.places)

    def _parts_and_wholes(self) -> tuple[Cells, Cells, Bools]:
        """Give realisasi and pagu of each row that prints a percent, its own or its node's; and which know both."""
        is_asked = self.rows[PERSEN].notna().to_numpy(dtype=bool) & ~self.is_mean
        found = []
        for name in ("realisasi", "pagu"):
            column = self.rows[name]
            values = column.fillna(0).to_numpy(dtype=np.int64, copy=True)
            is_known = column.notna().to_numpy(dtype=bool, copy=True)
            for row in np.flatnonzero(is_asked & (self.ids[name] < 0)).tolist():
                at = self.row_stating(row, name)
                amount = None if at is None else self.figure(at, name)
                values[row], is_known[row] = amount or 0, amount is not None
            found.append((values, is_known))
        (parts, has_part), (wholes, has_whole) = found
        return parts, wholes, is_asked & has_part & has_whole & (wholes != 0)

    def stated(self, name: str) -> dict[Path, list[int]]:
        """For each node, the rows that state a figure: a row of its own before a total under a label."""
        if name not in self._stated:
            found: dict[Path, list[int]] = {}
            for row in sorted(np.flatnonzero(self.ids[name] >= 0).tolist(), key=lambda row: bool(self.is_total[row])):
                found.setdefault(self.paths[row], []).append(row)
            self._stated[name] = found
        return self._stated[name]

    def members(self, name: str) -> dict[Path, list[int]]:
        """For each node, stated or not, the rows nearest below it that state a figure: together they make it up."""
        if name not in self._members:
            stated = self.stated(name)
            found: dict[Path, list[int]] = {}
            for path, rows in stated.items():
                if path == ROOT:
                    continue
                is_repeated = all(self.is_leaf[row] and not self.repeats(row, rows[0]) for row in rows[1:])
                own = rows if is_repeated else rows[:1]
                for above in (*reversed(ancestors(path)), ROOT):
                    found.setdefault(above, []).extend(own)
                    if above in stated:
                        break
            self._members[name] = found
        return self._members[name]

    def repeats(self, row: int, first: int) -> bool:
        """Tell whether a row says the very same as another of its path: K101 tells, and no figure is wrong."""
        is_same = all(self.figure(row, name) in (self.figure(first, name), None) for name in RUPIAH)
        return is_same and self.sources[row] == self.sources[first]

    def of_source(self, row: int, below: list[int]) -> list[int]:
        """Give those of the rows below one that are of its sumber dana, all where either does not say."""
        own = self.sources[row]
        return [one for one in below if not own or self.sources[one] in ("", own)]

    def row_stating(self, row: int, name: str) -> int | None:
        """Give the row that states a figure for a row: itself, or the one that states it of the same node."""
        if self.ids[name][row] >= 0:
            return row
        return next(iter(self.stated(name).get(self.paths[row], [])), None)

    def across(self, name: str) -> Cells:
        """Give for each row the cell of a figure: its own, or its node's where it has none itself."""
        ids = self.ids[name].copy()
        for row in np.flatnonzero(ids < 0).tolist():
            at = self.row_stating(row, name)
            ids[row] = -1 if at is None else self.ids[name][at]
        return ids

    def cell_of(self, path: Path, name: str) -> int | None:
        """Give the one cell that states a figure of a node, None where the document prints none or several."""
        rows = self._own(path, name)
        return int(self.ids[name][rows[0]]) if len(rows) == 1 else None

    def cover(self, path: Path, name: str) -> list[int]:
        """Give the cells whose sum is a figure of a node: its own, else the nearest below it that are printed."""
        rows = self._own(path, name) or self.members(name).get(path, [])
        return self.ids[name][rows].tolist() if rows else []

    def _own(self, path: Path, name: str) -> list[int]:
        """Give the rows that state a figure of a node: one, or its leaves of several sumber dana, which make it up."""
        rows = self.stated(name).get(path, [])
        sources = {self.sources[row] for row in rows if self.is_leaf[row]}
        return rows if 1 < len(rows) == len(sources) else rows[:1]

    def amount(self, path: Path, name: str) -> int | None:
        """Give a figure of a node as printed or as the sum of what is printed below it, None where one is unknown."""
        rows = self._own(path, name) or self.members(name).get(path, [])
        values = [value for row in rows if (value := self.figure(row, name)) is not None]
        return sum(values) if rows and len(values) == len(rows) else None

    @cached_property
    def nodes(self) -> dict[Path, int]:
        """Every node that the document has a row for or below, with the first row that names it (-1: none does)."""
        found: dict[Path, int] = {}
        for row in np.flatnonzero(~self.is_total).tolist():
            path = self.paths[row]
            for above in ancestors(path):
                found.setdefault(above, -1)
            if found.get(path, -1) < 0:
                found[path] = row
        return found

    @cached_property
    def _by_ending(self) -> dict[tuple[str, ...], list[Path]]:
        endings: dict[tuple[str, ...], list[Path]] = {}
        for path in self.nodes:
            codes = tuple(code for code in path if code)
            for start in range(len(codes)):
                endings.setdefault(codes[start:], []).append(path)
        return endings

    @cached_property
    def _by_name(self) -> dict[str, list[Path]]:
        names: dict[str, list[Path]] = {}
        for path, row in self.nodes.items():
            if row >= 0:
                names.setdefault(plain(self.names[row]), []).append(path)
        return names

    def find(self, path: Path) -> Path | None:
        """Find the one node with these codes: the whole path, or the end of just one where the top is not known."""
        for same in (path, ("", *path[1:])):  # a table that names no program knows the rest of the path
            if same in self.nodes:
                return same
        codes = tuple(code for code in path if code)
        named = [] if path[0] else self._by_ending.get(codes, [])
        return named[0] if len(named) == 1 else None

    def find_name(self, name: str) -> Path | None:
        """Find the one node that the document calls so."""
        named = self._by_name.get(plain(name), [])
        return named[0] if len(named) == 1 else None

    def name(self, path: Path) -> str:
        """Give the name printed beside a node, "" when there is none."""
        row = self.nodes.get(path, -1)
        return "" if row < 0 else self.names[row]
