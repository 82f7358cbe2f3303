"""Join documents: what one document does not bring is taken from another, by whole path and item number.

The lines of one document count, and theirs are the figures. Sumber dana, RPD, realisasi, pagu or blokir that it does
not bring at all come from the first other document that does: for each line the sum of what stands at its path or
below it. What finds no partner becomes a finding that names every row and their sum: nothing is lost in silence.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from lkj_xlsx.extras import brings_sources, joined, sources_of
from lkj_xlsx.finding import Finding
from lkj_xlsx.join_match import NOTHING, Match, grouped, match, match_items, merged, total
from lkj_xlsx.misfits import Kind, Pair, tell_merged, tell_misfits
from lkj_xlsx.model import RPD, SUMBER_DANA, Budget, known, paths

SOURCES: Final[Kind] = (SUMBER_DANA,)
SPENT: Final[Kind] = ("realisasi_lalu", "realisasi_ini", "realisasi")
KINDS: Final[Mapping[str, Kind]] = {
    "sumber dana": SOURCES,
    "RPD": RPD,
    "realisasi": SPENT,
    "pagu": ("pagu",),
    "blokir": ("blokir",),
}
"""What may be taken from another document, by the word of the user."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A document with what others bring: `taken` says, for each of them in their order, what was taken from it."""

    budget: Budget
    taken: tuple[tuple[str, ...], ...]
    findings: tuple[Finding, ...]


def join(main: Budget, others: Sequence[Budget]) -> Joined:
    """Take what `main` does not bring from `others`, the most trusted first; the lines and figures of `main` stay.

    Lines of one path and several sumber dana become one where figures are taken that are not told apart by it (a
    finding says so). The period becomes that of the realisasi taken. Raises nothing: what does not fit is a finding.
    """
    budget, taken, findings = main, [], []
    for other in others:
        wanted = {word: kind for word, kind in KINDS.items() if not brings(budget, kind) and _offers(other, kind)}
        pair = Pair(budget, other, wanted, is_postings=is_postings(other))
        fit = match(budget.lines, other.lines, is_shared=not pair.amounts) if wanted else NOTHING
        taken.append(() if fit.is_empty else tuple(wanted))
        if fit.torn:
            findings.append(tell_merged(pair, fit))
            pair = replace(pair, main=replace(budget, lines=merged(budget.lines, fit.torn)))
            fit = match(pair.main.lines, other.lines)
        items = match_items(pair.main.lines, pair.main.printed, other.printed)
        findings += tell_misfits(pair, fit, items) if wanted else ()
        budget = budget if fit.is_empty else _with(pair, fit, items)
    return Joined(budget, tuple(taken), tuple(findings))


def is_postings(budget: Budget) -> bool:
    """Tell whether a document lists only what was spent: it states no ceiling, and what it lacks is spending of 0."""
    return not brings(budget, KINDS["pagu"]) and brings(budget, SPENT)


def brings(budget: Budget, kind: Kind) -> bool:
    """Tell whether any line of a document says anything of that kind."""
    lines = budget.lines
    return (
        brings_sources(lines) if kind is SOURCES else any(name in lines and lines[name].notna().any() for name in kind)
    )


def _offers(other: Budget, kind: Kind) -> bool:
    """Tell whether something may be taken: sumber dana is that of a ceiling, not of what happens to be spent of it."""
    return brings(other, kind) and not (kind is SOURCES and is_postings(other))


def _with(pair: Pair, fit: Match, items: Match) -> Budget:
    """Give the document with what is wanted of the other filled in, in its lines and its items."""
    main, other = pair.main, pair.other
    lines = main.lines.assign(**dict(_columns(pair, main.lines, other.lines, fit)))
    of_items = dict(_columns(pair, main.printed, other.printed, items))
    if SUMBER_DANA in of_items:
        of_akun = _only_sources(lines)
        said = zip(of_items[SUMBER_DANA], paths(main.printed), strict=True)
        texts = [source or (of_akun.get((*path[:-1], ""), "") if path[-1] else "") for source, path in said]
        of_items[SUMBER_DANA] = pd.Series(texts, main.printed.index, dtype=object)
    identity = main.identity
    if "realisasi" in pair.wanted:
        theirs = other.identity
        identity = replace(identity, tahun=identity.tahun or theirs.tahun, bulan=theirs.bulan or identity.bulan)
    return replace(main, identity=identity, lines=lines, printed=main.printed.assign(**of_items))


def _only_sources(lines: pd.DataFrame) -> dict[tuple[str, ...], str]:
    """Give the sumber dana of each path that has just one: whatever stands under it has the same."""
    sources = sources_of(lines)
    each = {path: joined(sources[place] for place in places) for path, places in grouped(paths(lines)).items()}
    return {path: source for path, source in each.items() if "+" not in source}


def _columns(pair: Pair, ours: pd.DataFrame, theirs: pd.DataFrame, fit: Match) -> Iterator[tuple[str, pd.Series]]:
    """Make each wanted column: for every row of ours the sum over the rows of theirs that make it up."""
    for name in (name for kind in pair.wanted.values() for name in kind):
        if name == SUMBER_DANA:
            sources = sources_of(theirs)
            texts = [joined(sources[row] for row in own) if own else "" for own in fit.rows]
            yield name, pd.Series(texts, ours.index, dtype=object)
            continue
        values = known(theirs[name]) if name in theirs else [None] * len(theirs)
        absent = 0 if pair.is_postings and any(value is not None for value in values) else None
        sums = [total(values[row] for row in own) if own else None if own is None else absent for own in fit.rows]
        yield name, pd.Series(sums, ours.index, dtype="Int64")
