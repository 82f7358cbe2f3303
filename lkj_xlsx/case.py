"""All documents of one check, as cells of one System, grouped by whose figures they are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lkj_xlsx.measures import Measures
from lkj_xlsx.model import Budget, Identity
from lkj_xlsx.statements import Statements
from lkj_xlsx.system import System

Whose = tuple[str | None, int | None]
"""Satker and year; None where a document does not say."""


@dataclass(frozen=True, slots=True)
class Group:
    """Documents of one satker and year, the most trusted first."""

    whose: Whose
    budgets: tuple[Budget, ...]
    documents: tuple[Statements, ...]
    measures: tuple[Measures, ...]


class Case:
    """Everything that is checked together."""

    def __init__(self, budgets: Sequence[Budget]) -> None:
        """Register every document, those whose figures are trusted most first."""
        self.budgets = tuple(budgets)
        self.system = System()
        tables = [table for budget in budgets for table in (budget, *budget.others)]
        self.documents = tuple(
            Statements(self.system, table) for table in tables if len(table.lines) or len(table.printed)
        )
        self.groups = tuple(self._group(whose, own) for whose, own in grouped(self.budgets).items())

    def _group(self, whose: Whose, budgets: Sequence[Budget]) -> Group:
        """Gather the documents of a group, and the indicators of each file, compared with its own tables first."""
        of_file = [self._of_file(budget) for budget in budgets]
        documents = tuple(document for own in of_file for document in own)
        measures = []
        for budget, beside in zip(budgets, of_file, strict=True):
            ranked = [*beside, *(document for document in documents if document not in beside)]
            tables = dict.fromkeys(indikator.tabel for indikator in budget.indikator if indikator.cells)
            measures += [Measures(self.system, budget, tabel, ranked) for tabel in tables]
        return Group(whose, tuple(budgets), documents, tuple(measures))

    def _of_file(self, budget: Budget) -> list[Statements]:
        return [one for one in self.documents if any(one.budget is table for table in (budget, *budget.others))]


def grouped(budgets: Sequence[Budget]) -> dict[Whose, list[Budget]]:
    """Group by satker and year; a document that says less joins the only group that it fits."""
    homes = _homes(dict.fromkeys(_whose(budget.identity) for budget in budgets))
    known, loose = set(homes), [home for home in homes if None in home]
    groups: dict[Whose, list[Budget]] = {}
    for budget in budgets:
        own = _whose(budget.identity)
        able = homes if None in own else [*known & {own}, *loose]
        fitting = [home for home in able if _fits(own, home)]
        groups.setdefault(fitting[0] if len(fitting) == 1 else own, []).append(budget)
    return groups


def unsettled(budgets: Sequence[Budget]) -> Iterator[tuple[Budget, tuple[Budget, ...]]]:
    """Give each document with lines that fits several groups, with the first document of each: none is its own."""
    groups = {whose: [budget for budget in own if len(budget.lines)] for whose, own in grouped(budgets).items()}
    for whose, own in groups.items():
        if None not in whose:
            continue  # nothing says more than all
        homes = tuple(other[0] for home, other in groups.items() if home != whose and other and _says_more(home, whose))
        if len(homes) > 1:
            yield from ((budget, homes) for budget in own)


def _homes(named: Iterable[Whose]) -> list[Whose]:
    """Give the groups: what nothing says more than; one that says the satker and one that says the year are one.

    What says both fits only itself and what says less: there may be thousands of them, and they are not compared.
    """
    every = list(named)
    largest = [one for one in every if None not in one or not any(_says_more(other, one) for other in every)]
    loose = [one for one in largest if None in one]
    fitting = {
        one: [other for other in (largest if None in one else loose) if other != one and _fits(one, other)]
        for one in largest
    }
    homes = (
        _both(one, *fitting[one]) if [fitting[other] for other in fitting[one]] == [[one]] else one for one in largest
    )
    return list(dict.fromkeys(homes))


def _both(one: Whose, other: Whose) -> Whose:
    return one[0] or other[0], one[1] or other[1]


def _whose(identity: Identity) -> Whose:
    return identity.kode_satker, identity.tahun


def _fits(one: Whose, other: Whose) -> bool:
    return all(a is None or b is None or a == b for a, b in zip(one, other, strict=True))


def _says_more(one: Whose, other: Whose) -> bool:
    """Tell whether one fits another and knows more of whose figures they are."""
    return _fits(one, other) and sum(part is not None for part in one) > sum(part is not None for part in other)
