"""The printed tables of indicators as cells of a System: target, realisasi and % capaian of each row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

import numpy as np

from lkj_xlsx.equations import Percent
from lkj_xlsx.kode import ROOT, Path, parse, place
from lkj_xlsx.model import Budget, Indikator
from lkj_xlsx.persen import CUT, HALF_UP, MEAN, Rule, best_rule, places_of
from lkj_xlsx.statements import Statements
from lkj_xlsx.system import System

LABELS: Final = {"target": "target", "realisasi": "realisasi", "capaian": "% capaian"}
FULL: Final = Fraction(1)
USUAL: Final = 5
"""So many equal targets, and four of five, make the usual one."""
UNSURE: Final = 3
"""How many changes weigh as much as that of a usual target: targets are given, the rest of a row is computed."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One printed indicator: its cells, and the node of a document that its code names."""

    indikator: Indikator
    cells: dict[str, int]
    document: Statements | None
    path: Path

    def figure(self, name: str) -> Decimal | None:
        """Give a measure that is a number."""
        value = getattr(self.indikator, name)
        return value if isinstance(value, Decimal) else None


class Measures:
    """The indicators of one printed table."""

    def __init__(self, system: System, budget: Budget, tabel: str, documents: Sequence[Statements]) -> None:
        """Register a table; `documents` are searched in order for the node of each indicator."""
        self.budget, self.tabel = budget, tabel
        printed = [indikator for indikator in budget.indikator if indikator.tabel == tabel and indikator.cells]
        rows = [indikator for indikator in printed if not MEAN.match(indikator.nama)]
        self.means = tuple(indikator for indikator in printed if MEAN.match(indikator.nama))
        self.rows = tuple(_measured(system, indikator, documents) for indikator in rows)
        self.is_serapan, self.rule_of_realisasi, self.told_of_realisasi = self._serapan()
        self.rule_of_capaian, self.told_of_capaian = self._capaian()
        for row in self.rows:
            for name, cell in row.cells.items():
                system.percents[cell] = self._percent(name, row)
        self._weigh_targets(system)

    def _percent(self, name: str, row: Measured) -> Percent:
        """Say what a cell stands for: a serapan and a % capaian were rounded, anything else stands for itself."""
        is_rounded = name == "capaian" or (name == "realisasi" and self.is_serapan and row.document is not None)
        rule = self.rule_of_capaian if name == "capaian" else self.rule_of_realisasi
        return Percent(row.figure(name), rule, self._places(name), is_exact=not is_rounded)

    def _places(self, name: str) -> int:
        """Say with how many decimals most cells of a column are printed."""
        places = [places_of(value) for row in self.rows if (value := row.figure(name)) is not None]
        return max(sorted(set(places)), key=places.count, default=0)

    def _weigh_targets(self, system: System) -> None:
        """Hold the usual target for given: the other cells of a row are computed, so they are wrong first."""
        targets = [target for row in self.rows if (target := row.figure("target")) is not None]
        usual = max(targets, key=targets.count, default=Decimal(0))
        if targets.count(usual) >= USUAL and targets.count(usual) * 5 >= len(targets) * 4:
            for row in self.rows:
                if row.figure("target") == usual and "target" in row.cells:
                    system.weights[row.cells["target"]] = UNSURE

    def quotients(self) -> Iterable[tuple[Measured, Fraction]]:
        """Give realisasi / pagu of the node of each indicator whose realisasi is a percent."""
        for row in self.rows:
            if row.document is None or row.figure("realisasi") is None:
                continue
            amounts = [row.document.amount(row.path, name) for name in ("realisasi", "pagu")]
            if amounts[0] is not None and amounts[1]:
                yield row, Fraction(amounts[0], amounts[1])

    def _serapan(self) -> tuple[bool, Rule, int]:
        """Tell whether the table's realisasi is the serapan of the codes: at least half of those known are."""
        known = [(row.figure("realisasi"), ratio) for row, ratio in self.quotients()]
        rule, told, fitting = best_rule([(value, ratio) for value, ratio in known if value is not None], HALF_UP)
        return fitting > 0 and fitting * 2 >= len(known), rule, told

    def _capaian(self) -> tuple[Rule, int]:
        """Read the rule of the % capaian off its cells."""
        pairs = []
        for row in self.rows:
            target, realisasi, capaian = (row.figure(name) for name in ("target", "realisasi", "capaian"))
            if target and realisasi is not None and capaian is not None:
                pairs.append((capaian, Fraction(realisasi) / Fraction(target)))
        rule, told, _ = best_rule(pairs, CUT)
        return rule, told


def _measured(system: System, indikator: Indikator, documents: Sequence[Statements]) -> Measured:
    document, path = _named(indikator, documents)
    values = {name: getattr(indikator, name) for name in LABELS if name in indikator.cells}
    is_blank_row = not any(isinstance(value, Decimal) for value in values.values())
    names = [
        name for name, value in values.items() if isinstance(value, Decimal) or (value is None and not is_blank_row)
    ]
    code = indikator.kode or indikator.nama
    ids = system.add_cells(
        np.zeros(len(names), dtype=np.int64),
        np.array([values[name] is not None for name in names], dtype=bool),
        lambda position: indikator.cells[names[position]],
        lambda position: f"Tabel {indikator.tabel} {code} {LABELS[names[position]]}",
    )
    return Measured(indikator, dict(zip(names, ids.tolist(), strict=True)), document, path)


def _named(indikator: Indikator, documents: Sequence[Statements]) -> tuple[Statements | None, Path]:
    """Find the one node that an indicator names: by its code, or where it has none by its very name."""
    found = parse(indikator.kode) if indikator.kode else None
    for document in documents:
        path = document.find(place(found, ROOT)) if found else document.find_name(indikator.nama)
        if path is not None:
            return document, path
    return None, ROOT
