"""Say what does not fit when one document is joined to another: every row without a partner, and their sum."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from lkj_xlsx.extras import AND
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.join_match import Match, grouped, total
from lkj_xlsx.kode import Level, ancestors, level_of
from lkj_xlsx.model import RPD, SUMBER_DANA, Budget, known, paths
from lkj_xlsx.rupiah import spell as rupiah

LOST, LACKING, UNJOINED, MERGED, ITEMS = "X130", "X131", "X132", "X133", "X134"
CODES: Final = frozenset((LOST, LACKING, UNJOINED, MERGED, ITEMS))

TAKEN: Final = "dari berkas ini diambil"
"""How the finding opens that says what a document gave to another."""

Kind = tuple[str, ...]
"""Columns that come from one document together."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents that are joined: whose lines count, the other, and what is wanted of it, by the word of the user.

    `is_postings`: the other lists only what was spent.
    """

    main: Budget
    other: Budget
    wanted: Mapping[str, Kind]
    is_postings: bool

    @property
    def amounts(self) -> Mapping[str, Kind]:
        """What is wanted and can be added."""
        return {word: kind for word, kind in self.wanted.items() if SUMBER_DANA not in kind}

    @property
    def words(self) -> str:
        """What is wanted, in words: `sumber dana, RPD dan blokir`."""
        *first, last = self.wanted
        return " dan ".join([", ".join(first), last] if first else [last])


def tell_misfits(pair: Pair, fit: Match, items: Match) -> Iterator[Finding]:
    """Tell of rows that have no partner, one finding a direction; of documents with nothing in common, once."""
    main, other = pair.main, pair.other
    if fit.is_empty:
        yield _nothing_in_common(pair)
        return
    if fit.lost:
        sums = _sums(other.lines, fit.lost, pair.amounts)
        message = f"{len(fit.lost)} baris ({sums}) tidak punya pasangan di {main.file}; {pair.words} tidak ikut diambil"
        is_money = any(_of(other.lines, fit.lost, kind) != 0 for kind in pair.amounts.values())
        severity = Severity.ERROR if is_money else Severity.PERINGATAN
        yield _finding(LOST, severity, other, other.lines, fit.lost, message)
    if fit.lacking:
        sums = _sums(main.lines, fit.lacking, {})
        if pair.is_postings:
            severity, message = Severity.INFO, f"tidak punya transaksi di {other.file}: realisasinya 0"
        else:
            severity, message = Severity.PERINGATAN, f"tidak ada di {other.file}: {pair.words} tidak diketahui"
        message = f"{len(fit.lacking)} baris ({sums}) {message}"
        yield _finding(LACKING, severity, main, main.lines, fit.lacking, message)
    yield from _items(pair, items)


def tell_merged(pair: Pair, fit: Match) -> Finding:
    """Tell that lines of several sumber dana became one."""
    rows = [place for path, places in grouped(paths(pair.main.lines)).items() if path in fit.torn for place in places]
    message = (
        f"{len(fit.torn)} kode punya beberapa baris ({len(rows)} baris); {pair.other.file} tidak membagi"
        f" {AND.join(pair.amounts)} menurut sumber dana itu, jadi baris setiap kode dijumlah menjadi satu"
    )
    return _finding(MERGED, Severity.INFO, pair.main, pair.main.lines, rows, message)


def _items(pair: Pair, items: Match) -> Iterator[Finding]:
    """Tell of items without a partner: detail, as their akun is what counts."""
    main, other = pair.main, pair.other
    if not any(items.rows) or not pair.amounts:
        return
    sides = ((other, items.lost, main), (main, () if pair.is_postings else items.lacking, other))
    for document, rows, partner in sides:
        if rows:
            sums = _sums(document.printed, rows, {})
            message = (
                f"{len(rows)} item ({sums}) tidak ada di {partner.file}; yang dijumlah tetap akunnya,"
                f" {pair.words} per item tidak lengkap"
            )
            yield _finding(ITEMS, Severity.INFO, document, document.printed, rows, message)


def _nothing_in_common(pair: Pair) -> Finding:
    """Tell that nothing could be joined: the other stays above the lines that count, or is about something else."""
    main, other = pair.main, pair.other
    above = {node for path in paths(main.lines) for node in ancestors(path)}
    tails = {path[1:] for path in above}
    is_above = all(path in above or (not path[0] and path[1:] in tails) for path in paths(other.lines))
    if is_above:
        levels = (_deepest(budget.lines) for budget in (other, main))
        reason = "dirinci sampai {}, yang dipakai sampai {}".format(*levels)
    else:
        reason = "tidak ada satu kode pun yang sama"
    sums = _sums(other.lines, range(len(other.lines)), {})
    message = f"{pair.words} tidak diambil dari {len(other.lines)} baris ({sums}): {reason} ({main.file})"
    severity = Severity.INFO if is_above else Severity.PERINGATAN
    return Finding(UNJOINED, severity, Where(other.file), message)


def _deepest(lines: pd.DataFrame) -> Level | None:
    return max((level_of(path) for path in paths(lines)), key=lambda level: -1 if level is None else level.depth)


def _sums(frame: pd.DataFrame, rows: Sequence[int], kinds: Mapping[str, Kind]) -> str:
    """Spell what some rows add up to: their pagu, or else realisasi, and the amounts that are asked for."""
    usual = "pagu" if frame["pagu"].notna().any() else "realisasi"
    asked = {usual: (usual,), **kinds}
    return ", ".join(f"{word} {rupiah(_of(frame, rows, kind))}" for word, kind in asked.items())


def _of(frame: pd.DataFrame, rows: Sequence[int], kind: Kind) -> int | None:
    """Add one kind of amount over rows: the cumulative, or all months of a plan."""
    columns = [known(frame[name]) for name in (kind if kind == RPD else kind[-1:]) if name in frame]
    return total(values[row] for values in columns for row in rows)


def _finding(
    code: str, severity: Severity, document: Budget, frame: pd.DataFrame, rows: Sequence[int], message: str
) -> Finding:
    """Make a finding at the first of some rows that names the others."""
    name = "pagu" if document.columns.get("pagu") is not None else "realisasi"
    sheets, numbers = frame["sheet"].tolist(), frame["row"].tolist()
    where, *because = (document.where(sheets[row], numbers[row], name) for row in rows)
    return Finding(code, severity, where, message, because=tuple(because))
