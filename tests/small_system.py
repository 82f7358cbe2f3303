"""Small systems of cells for tests: of plain figures, or drawn as sound tables of which figures are then changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from lkj_xlsx.equations import Percent
from lkj_xlsx.finding import Where
from lkj_xlsx.persen import Rule, places_of, rounded_percent
from lkj_xlsx.system import System

Figure = int | Decimal
Sum = tuple[int, tuple[int, ...]]
"""A head and its members."""
Quotients = Iterable[tuple[int, int, int]]
"""Of each its percent cell, its part and its whole."""


def system_of(
    figures: Sequence[int | Percent | None],
    sums: Iterable[Sum] = (),
    differences: Quotients = (),
    ratios: Quotients = (),
) -> System:
    """Register figures as cells 0, 1, 2 … in A1, A2, A3 …; None is empty, a Percent of None too."""
    system = System()
    amounts = [figure if isinstance(figure, int) else 0 for figure in figures]
    known = [figure.printed is not None if isinstance(figure, Percent) else figure is not None for figure in figures]
    system.add_cells(
        np.array(amounts, dtype=np.int64),
        np.array(known, dtype=np.bool_),
        lambda cell: Where("a.xlsx", "S", cell, 0),
        lambda cell: f"sel {cell}",
    )
    for cell, figure in enumerate(figures):
        if isinstance(figure, Percent):
            system.percents[cell] = figure
    own = list(sums)
    system.add_sums("T101", [head for head, _ in own], [members for _, members in own])
    for head, plus, minus in differences:
        system.add_rows("T107", [np.array([cell], dtype=np.int64) for cell in (head, plus, minus)], (-1, 1, -1))
    for head, part, whole in ratios:
        system.add_quotients("P101", [head], [part], [whole])
    return system


@dataclass(frozen=True, slots=True)
class Table:
    """A sound table: the figure of each cell, and what must hold between them."""

    figures: tuple[Figure, ...]
    sums: tuple[Sum, ...]
    differences: tuple[tuple[int, int, int], ...]
    ratios: tuple[tuple[int, int, int], ...]
    rule: Rule
    places: int
    negative: frozenset[int] = field(default=frozenset())
    """The remainders, which may be below 0."""

    def system(self, changes: Mapping[int, Figure | None] | None = None) -> System:
        """Register the table with some of its figures changed, or left out (None)."""
        figures = {**dict(enumerate(self.figures)), **(changes or {})}
        printed: list[int | Percent | None] = []
        for cell, true in enumerate(self.figures):
            figure = figures[cell]
            if isinstance(true, Decimal):
                printed.append(Percent(None if figure is None else Decimal(figure), self.rule, self.places))
            else:
                printed.append(None if figure is None else int(figure))
        system = system_of(printed, self.sums, self.differences, self.ratios)
        system.may_be_negative.add(np.array(sorted(self.negative)))
        return system

    def holds(self, changes: Mapping[int, Figure], mended: int | None = None) -> bool:
        """Tell whether everything holds with some figures changed: added up, and divided and rounded, plainly.

        A percent of nothing may be printed as 0, but none is `mended` by making its whole nothing.
        """
        now = {**dict(enumerate(self.figures)), **changes}
        return (
            all(now[head] == sum(now[member] for member in members) for head, members in self.sums)
            and all(now[head] == now[plus] - now[minus] for head, plus, minus in self.differences)
            and all(
                now[head] == (self.percent(int(now[part]), int(now[whole])) if now[whole] > 0 else 0)
                for head, part, whole in self.ratios
            )
            and not any(now[whole] == 0 and whole == mended for _, _, whole in self.ratios)
            and all(figure >= 0 for cell, figure in now.items() if cell not in self.negative)
        )

    def percent(self, part: int, whole: int) -> Decimal:
        """Divide and round as the column does."""
        return rounded_percent(Fraction(part, whole), places=self.places, rule=self.rule)

    def explanations(self, changes: Mapping[int, Figure]) -> dict[int, set[Figure]]:
        """Give every change of one cell after which everything holds: each equation by itself says what it wants."""
        now = {**dict(enumerate(self.figures)), **changes}
        wanted: dict[int, set[Figure]] = {cell: set() for cell in now}
        for head, members in self.sums:
            gap = now[head] - sum(now[member] for member in members)
            wanted[head].add(now[head] - gap)
            for member in members:
                wanted[member].add(now[member] + gap)
        for head, plus, minus in self.differences:
            gap = now[plus] - now[minus] - now[head]
            for cell, sign in ((head, 1), (plus, -1), (minus, 1)):
                wanted[cell].add(now[cell] + sign * gap)
        for head, part, whole in self.ratios:
            if now[whole] > 0:
                wanted[head].add(self.percent(int(now[part]), int(now[whole])))
        found = {
            cell: {figure for figure in own if self.holds({**changes, cell: figure}, cell)}
            for cell, own in wanted.items()
        }
        return {cell: own for cell, own in found.items() if own}


@st.composite
def tables(draw: st.DrawFn, most_blocks: int = 3, most_lines: int = 3) -> Table:
    """Draw a table of blocks of lines with subtotals and a total: pagu, realisasi, and perhaps sisa and persen."""
    blocks = draw(st.lists(st.integers(1, most_lines), min_size=1, max_size=most_blocks))
    has_sisa, has_percent, has_total = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    rule, places = draw(st.sampled_from(list(Rule))), draw(st.integers(0, 2))
    amounts: list[tuple[int, int]] = []
    below: list[list[int]] = []
    for size in blocks:
        lines = draw(st.lists(st.tuples(st.integers(1, 9999), st.integers(0, 9999)), min_size=size, max_size=size))
        first = len(amounts)
        amounts += [*lines, (sum(pagu for pagu, _ in lines), sum(realisasi for _, realisasi in lines))]
        below += [*([] for _ in lines), list(range(first, first + size))]
    if has_total:
        subtotals = [row for row, own in enumerate(below) if own]
        pagu, realisasi = (sum(amounts[row][column] for row in subtotals) for column in (0, 1))
        amounts.append((pagu, realisasi))
        below.append(subtotals)
    figures: list[Figure] = [amount for row in amounts for amount in row]
    sums = [
        (2 * row + column, tuple(2 * r + column for r in own))
        for row, own in enumerate(below)
        if own
        for column in (0, 1)
    ]
    differences, ratios, remainders = [], [], []
    for row, (pagu, realisasi) in enumerate(amounts):
        if has_sisa:
            remainders.append(len(figures))
            differences.append((len(figures), 2 * row, 2 * row + 1))
            figures.append(pagu - realisasi)
        if has_percent:
            ratios.append((len(figures), 2 * row + 1, 2 * row))
            figures.append(rounded_percent(Fraction(realisasi, pagu), places=places, rule=rule))
    return Table(tuple(figures), tuple(sums), tuple(differences), tuple(ratios), rule, places, frozenset(remainders))


def slips(figure: Figure) -> list[Figure]:
    """Give every figure that one wrong digit makes of this one, with as many decimals."""
    sign, digits, _ = Decimal(figure).as_tuple()
    exponent = -places_of(Decimal(figure))
    found: list[Figure] = []
    for place, digit in enumerate(digits):
        for other in set(range(10)) - {digit}:
            wrong = Decimal((sign, (*digits[:place], other, *digits[place + 1 :]), exponent))
            found.append(wrong if isinstance(figure, Decimal) else int(wrong))
    return found
