"""The printed tables of indicators as cells of a System: target, realisasi and % capaian of each row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

import numpy as np

from lkj_xlsx.equations import Percent
from lkj_xlsx.kode import ROOT, Path, parse, place
from lkj_xlsx.model import Budget, Indikator
from lkj_xlsx.persen import CUT, HALF_UP, MEAN, Bounds, Rule, best_rule, bounds, places_of
from lkj_xlsx.statements import Statements
from lkj_xlsx.system import System

LABELS: Final = {"target": "target", "realisasi": "realisasi", "capaian": "% capaian"}
PERCENT: Final = "%"
USUAL: Final = 3
"""So many equal targets, and four of five, make the usual one."""
UNSURE: Final = 3
"""How many changes weigh as much as that of a usual target: targets are given, the rest of a row is computed."""
DIVIDED: Final = "realisasi / target"
CAPS: Final = (Decimal(100), Decimal(120), Decimal(150))
"""Where offices cap a % capaian (REGULATION.md 1)."""
LOWER_IS_BETTER: Final = re.compile(
    r"minim|turun|temuan|keluhan|kesalahan|pelanggaran|sengketa|kecelakaan|kehilangan|gangguan|tunggakan|waktu|\bhari\b"
    r"|\bjam\b|\bmenit\b",
    re.IGNORECASE,
)
"""What is measured where less of it is better: only there can a small realisasi reach a cap."""
SAYS_MEAN: Final = re.compile(
    r"(?:rata\s*-?\s*rata|nilai|capaian|kinerja|realisasi|serapan|anggaran|target|total|jumlah|persentase|persen|sasaran"
    r"|program|kegiatan|indikator|seluruh|keseluruhan|tabel|tertimbang|dan|dari|[\W\d_]+)+",
    re.IGNORECASE,
)
"""What a row is called that prints means of the others; `Rata-rata waktu layanan` is an indicator."""


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


class Mean(NamedTuple):
    """A row that prints means, and how many indicators stand above it in its table."""

    indikator: Indikator
    above: int


class Measures:
    """The indicators of one printed table."""

    def __init__(self, system: System, budget: Budget, tabel: str, documents: Sequence[Statements]) -> None:
        """Register a table; `documents` are searched in order for the node of each indicator."""
        self.budget, self.tabel = budget, tabel
        printed = [indikator for indikator in budget.indikator if indikator.tabel == tabel and indikator.cells]
        rows: list[Indikator] = []
        means: list[Mean] = []
        for indikator in printed:
            if _is_mean(indikator):
                means.append(Mean(indikator, len(rows)))
            else:
                rows.append(indikator)
        self.means = tuple(means)
        self.rows = tuple(_measured(system, indikator, documents) for indikator in rows)
        self.has_percents = any(indikator.satuan == PERCENT for indikator in rows)
        self.is_serapan, self.rule_of_realisasi, self.told_of_realisasi = self._serapan()
        self.rule_of_capaian, self.told_of_capaian = self._capaian()
        for row in self.rows:
            for name, cell in row.cells.items():
                system.percents[cell] = self._percent(name, row)
        self._weigh_targets(system)

    def _percent(self, name: str, row: Measured) -> Percent:
        """Say what a cell stands for: a % capaian and a computed realisasi were rounded, anything else was not."""
        is_computed = row.indikator.satuan == PERCENT or places_of(row.figure(name) or Decimal(0)) > 0
        is_serapan = self.is_serapan and self.is_percent(row)
        is_rounded = name == "capaian" or (name == "realisasi" and (is_serapan or is_computed))
        rule = self.rule_of_capaian if name == "capaian" else self.rule_of_realisasi
        is_bare = name != "capaian" and row.indikator.satuan != PERCENT
        return Percent(row.figure(name), rule, self._places(name), is_exact=not is_rounded, is_bare=is_bare)

    def _places(self, name: str) -> int:
        """Say with how many decimals most cells of a column are printed."""
        places = [places_of(value) for row in self.rows if (value := row.figure(name)) is not None]
        return max(sorted(set(places)), key=places.count, default=0)

    def _weigh_targets(self, system: System) -> None:
        """Hold the usual target for given, an empty one's too: what else a row holds is computed, and wrong first."""
        targets = [target for row in self.rows if (target := row.figure("target")) is not None]
        usual = max(targets, key=targets.count, default=Decimal(0))
        if targets.count(usual) >= USUAL and targets.count(usual) * 5 >= len(targets) * 4:
            for row in self.rows:
                if row.figure("target") == usual and "target" in row.cells:
                    system.weights[row.cells["target"]] = UNSURE
                elif row.figure("target") is None and "target" in row.cells:
                    system.usual[row.cells["target"]] = usual

    def is_percent(self, row: Measured) -> bool:
        """Tell whether an indicator may be the serapan of its code: it has a code, and is no count of `Dokumen`.

        A bare number among percents is none of them, unless its target says no number at all.
        """
        satuan, target = row.indikator.satuan, row.indikator.target
        has_target = any(letter.isdigit() for letter in str(target))
        is_bare = not satuan and not (self.has_percents and has_target)
        return row.document is not None and (satuan == PERCENT or is_bare)

    def quotients(self) -> Iterator[tuple[Measured, Fraction]]:
        """Give realisasi / pagu of the node of each indicator whose realisasi is a percent."""
        for row in self.rows:
            if row.document is None or row.figure("realisasi") is None or not self.is_percent(row):
                continue
            amounts = [row.document.amount(row.path, name) for name in ("realisasi", "pagu")]
            if amounts[0] is not None and amounts[1]:
                yield row, Fraction(amounts[0], amounts[1])

    def _serapan(self) -> tuple[bool, Rule, int]:
        """Tell whether the table's realisasi is the serapan of the codes: more than half of those known are."""
        known = [(row.figure("realisasi"), ratio) for row, ratio in self.quotients()]
        rule, told, fitting = best_rule([(value, ratio, 1) for value, ratio in known if value is not None], HALF_UP)
        is_serapan = fitting * 2 > len(known)
        return is_serapan, rule if is_serapan else HALF_UP, told

    def _capaian(self) -> tuple[Rule, int]:
        """Read the rule of the % capaian off its cells."""
        pairs = []
        for row in self.rows:
            target, realisasi, capaian = (row.figure(name) for name in ("target", "realisasi", "capaian"))
            if target and realisasi is not None and capaian is not None:
                pairs.append((capaian, Fraction(realisasi) / Fraction(target), 1))
        rule, told, _ = best_rule(pairs, CUT)
        return rule, told

    def stands_for(self, name: str, row: Measured) -> Percent | None:
        """Say what a realisasi or % capaian stands for, None where it is no number."""
        return None if row.figure(name) is None else self._percent(name, row)

    def explains_itself(self, mean: Indikator) -> bool:
        """Tell whether a row called a mean is an indicator: its % capaian is its own realisasi / target."""
        own = (mean.capaian, mean.realisasi, mean.target)
        if not all(isinstance(value, Decimal) for value in own) or not mean.target:
            return False
        capaian, realisasi, target = (Decimal(value) for value in own if value is not None)
        ratio = Fraction(realisasi) / Fraction(target)
        return any(prints(capaian, (ratio, ratio), rule) for rule in Rule)

    def formula_of_capaian(self, row: Measured) -> str | None:
        """Say by which other formula than realisasi / target a % capaian was computed, None where by no known one.

        Where lower is better it is (2 x target - realisasi) / target or target / realisasi, and an office may cap it
        at a percent that no row then exceeds (REGULATION.md 1). A serapan knows neither.
        """
        target, realisasi, capaian = (row.figure(name) for name in ("target", "realisasi", "capaian"))
        if not target or realisasi is None or capaian is None or (self.is_serapan and self.is_percent(row)):
            return None
        low, high = (Fraction(bound) * 100 / Fraction(target) for bound in self._percent("realisasi", row).bounds)
        formulas = {DIVIDED: (low, high), "(2 x target - realisasi) / target": (2 - high, 2 - low)}
        if low > 0:
            formulas["target / realisasi"] = (1 / high, 1 / low)
        fitting = [words for words, ratios in formulas.items() if any(prints(capaian, ratios, rule) for rule in Rule)]
        most = max(value for one in self.rows if (value := one.figure("capaian")) is not None)
        names = f"{row.indikator.nama} {row.indikator.satuan}"
        reached = [high for words, (_, high) in formulas.items() if words == DIVIDED or LOWER_IS_BETTER.search(names)]
        if not fitting and capaian in CAPS and capaian == most and max(reached) * 100 > Fraction(capaian):
            return f"dibatasi {capaian:f}%"
        return fitting[0] if fitting and fitting[0] != DIVIDED else None


def prints(percent: Decimal, ratios: Bounds, rule: Rule) -> bool:
    """Tell whether some ratio within bounds prints as this percent under a rule."""
    low, high = bounds(percent, rule)
    return low <= ratios[1] and ratios[0] <= high


def _is_mean(indikator: Indikator) -> bool:
    """Tell whether a row prints means: nothing else is in its name, or it has no target."""
    has_target = isinstance(indikator.target, Decimal)
    is_all = MEAN.search(indikator.nama) and SAYS_MEAN.fullmatch(indikator.nama)
    return not indikator.kode and bool(is_all or (MEAN.match(indikator.nama) and not has_target))


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
