"""From the leaves of a budget, the totals at every level, by whole path.

Only leaves are added. A total over anything unknown is unknown, and one beyond 2^53 is not given: a sheet
could not hold it. Both are findings elsewhere, never a silent zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lkj_xlsx.extras import DEVIASI, PLANNED, joined, planned
from lkj_xlsx.kode import LEAF_LEVELS, ROOT, Level, Path, jenis_belanja, parse, place, spell
from lkj_xlsx.model import AMOUNTS, CODES, RPD, SUMBER_DANA, Budget, known, paths
from lkj_xlsx.persen import percent
from lkj_xlsx.rupiah import LARGEST

JENIS: Final = "jenis-belanja"
"""The level name of totals by the first two digits of the akun."""

STAND_INS: Final = {
    Level.PROGRAM: (Level.KEGIATAN, Level.KRO, Level.RO),
    Level.KEGIATAN: (Level.KRO, Level.RO),
    Level.KRO: (Level.RO,),
    Level.RO: (),
    Level.SUBKOMPONEN: (Level.KOMPONEN,),
}
_BELOW_RO: Final = (Level.SUBKOMPONEN, Level.KOMPONEN, Level.AKUN)
"""What stands in for a level that a branch lacks: the next one it has. `051.0A` names komponen and
subkomponen in one code, so below RO the subkomponen comes first (the seed prints 6639 so)."""

SAFE: Final = 2**48
"""Amounts up to here can be divided in whole numbers of 64 bits, with two decimals of a percent (281 trillion)."""

HALF: Final = 26
"""Bits in the lower half of an amount, for sums that cannot wrap."""

Positions = NDArray[np.intp]


@dataclass(frozen=True)
class Rollup:
    """The totals that follow from a budget's leaves.

    `nodes` has one row a node of the tree, parents before children, in reading order: level, kode (whole path),
    CODES, uraian, AMOUNTS, sisa (all rupiah, Int64, <NA> unknown), serapan (text, two decimals, or None); where the
    document brings them also sumber_dana (text, several joined), RPD, rpd (until its month) and deviasi.
    `at` gives for each leaf (row) and level (column) the position of its node, -1 where the level is missing.
    `total` has the amounts of everything, in one row; `akun` and `jenis_belanja` those of each akun and of its
    first two digits across all branches, kode and uraian beside them.
    """

    nodes: pd.DataFrame
    at: Positions
    total: pd.DataFrame
    akun: pd.DataFrame
    jenis_belanja: pd.DataFrame

    def cut(self, level: Level) -> pd.DataFrame:
        """Give the nodes that together hold every leaf once, at `level` or what stands in for it.

        Their sums are therefore the grand total at every level.
        """
        deeper = (*STAND_INS.get(level, ()), *(_BELOW_RO if level.depth <= Level.RO.depth else ()))
        shallower = tuple(other for other in reversed(LEAF_LEVELS) if other.depth < level.depth)
        chosen = np.full(len(self.at), -1, dtype=np.intp)
        for candidate in (level, *deeper, *shallower, *LEAF_LEVELS):
            chosen = np.where(chosen < 0, self.at[:, candidate.depth], chosen)
        under = np.bincount(self.at[self.at >= 0], minlength=len(self.nodes))
        wanted = np.bincount(chosen, minlength=len(self.nodes))
        is_torn = wanted[chosen] < under[chosen]
        chosen = np.where(is_torn, self.at.max(axis=1, initial=-1), chosen)
        return self.nodes.iloc[np.unique(chosen)]

    def find(self, code: str) -> int | None:
        """Give the position of the one node that a code names: its whole path, or the end of just one path."""
        found = parse(code)
        segments = tuple(segment for segment in place(found, ROOT) if segment) if found else ()
        named = self._by_ending.get(segments, [])
        whole = [position for position in named if self.nodes["kode"].iloc[position] == ".".join(segments)]
        candidates = whole or named
        return candidates[0] if len(candidates) == 1 else None

    @cached_property
    def paths(self) -> list[Path]:
        """The path of each node."""
        return list(paths(self.nodes))

    @cached_property
    def figures(self) -> dict[str, list[int | None]]:
        """The amounts of each node as Python integers, None where unknown: a lookup costs no pandas."""
        return {amount: known(self.nodes[amount]) for amount in AMOUNTS}

    @cached_property
    def _by_ending(self) -> dict[tuple[str, ...], list[int]]:
        """The positions of the nodes whose codes end with some codes."""
        endings: dict[tuple[str, ...], list[int]] = {}
        for position, kode in enumerate(self.nodes["kode"]):
            codes = tuple(kode.split("."))
            for start in range(len(codes)):
                endings.setdefault(codes[start:], []).append(position)
        return endings

    def is_leaf(self, node: int) -> bool:
        """Tell whether the node at that position is itself a line of the document."""
        return bool(self._is_leaf[node])

    @cached_property
    def _is_leaf(self) -> NDArray[np.bool_]:
        is_leaf = np.zeros(len(self.nodes), dtype=bool)
        deepest = self.at.max(axis=1, initial=-1)
        is_leaf[deepest[deepest >= 0]] = True
        return is_leaf

    @cached_property
    def _sorted(self) -> list[tuple[Positions, Positions]]:
        """For each level the leaves in the order of their nodes, and those nodes."""
        orders = [np.argsort(column, kind="stable") for column in self.at.T]
        return [(order, column[order]) for order, column in zip(orders, self.at.T, strict=True)]

    @cached_property
    def _depths(self) -> list[int]:
        depths = {level.value: level.depth for level in LEAF_LEVELS}
        return [depths[level] for level in self.nodes["level"].tolist()]

    def repeats(self, node: int, below: int) -> bool:
        """Tell whether the node `below` is under `node` and holds the very same leaves."""
        return bool(np.array_equal(self.leaves_of(node), self.leaves_of(below)))

    def leaves_of(self, node: int) -> Positions:
        """Give the positions of the leaves under the node at that position."""
        order, nodes = self._sorted[self._depths[node]]
        first, last = np.searchsorted(nodes, [node, node + 1])
        return order[first:last]


def roll_up(budget: Budget) -> Rollup:
    """Add a budget's leaves up to every level that they have.

    Shapes: n leaves give at most 7n nodes. Raises nothing: what cannot be added is <NA>.
    """
    lines = budget.lines
    names = _names(budget)
    ids = np.zeros(len(lines), dtype=np.int64)
    firsts: list[Positions] = []
    parts: list[pd.DataFrame] = []
    members: list[Positions] = []
    for level in LEAF_LEVELS:
        codes, uniques = pd.factorize(lines[level.value])
        ids, _ = pd.factorize(ids * (len(uniques) + 1) + codes)
        _, first = np.unique(ids, return_index=True)
        firsts.append(first[ids])
        has_level = (lines[level.value] != "").to_numpy(dtype=bool)
        part = sums_of_groups(lines if has_level.all() else lines[has_level], ids[has_level])
        part["first"] = first[part.index]
        part["level"] = level.value
        parts.append(part)
        members.append(np.where(has_level, ids, -1))
    nodes, at = _in_tree_order(parts, members, np.column_stack(firsts), lines)
    nodes["uraian"] = [names.get(path, "") for path in paths(nodes)]
    total = sums_of_groups(lines, np.zeros(len(lines), dtype=np.int64)).reindex([0])
    bulan = budget.identity.bulan
    by_akun, by_jenis = _by_akun(lines, 6, "akun", bulan), _by_akun(lines, 2, JENIS, bulan)
    return Rollup(_finished(nodes, bulan), at, _finished(total, bulan), by_akun, by_jenis)


def _names(budget: Budget) -> dict[tuple[str, ...], str]:
    """Give each path above the items the first name that the document prints beside it."""
    names: dict[tuple[str, ...], str] = {}
    for frame in (budget.printed, budget.lines):
        named = frame.loc[~frame["is_total"] & (frame["item"] == "") & (frame["uraian"] != ""), [*CODES, "uraian"]]
        for path, uraian in zip(paths(named), named["uraian"].tolist(), strict=True):
            names.setdefault(path, uraian)
    return names


def sums_of_groups(lines: pd.DataFrame, ids: NDArray[np.int64]) -> pd.DataFrame:
    """Add the amounts of lines by group id; the index is the id. Exact, and <NA> where that is impossible.

    Each amount is added in two halves of 26 bits, so that no sum can wrap before it is compared with 2^53.
    """
    amounts = (*AMOUNTS, *(RPD if RPD[0] in lines else ()))
    groups = np.flatnonzero(np.bincount(ids))
    top = LARGEST >> HALF
    totals: dict[str, object] = {}
    for amount in amounts:
        column = lines[amount]
        is_known = column.notna().to_numpy(dtype=bool)
        values = column.fillna(0).to_numpy(dtype=np.int64)
        high, low = (_added(half, ids)[groups] for half in (values >> HALF, values & (2**HALF - 1)))
        high, low = high + (low >> HALF), low & (2**HALF - 1)
        is_within = (high >= -top) & ((high < top) | ((high == top) & (low == 0)))
        is_given = is_within & (np.bincount(ids[~is_known], minlength=len(groups) and groups[-1] + 1)[groups] == 0)
        totals[amount] = pd.arrays.IntegerArray((np.where(is_given, high, 0) << HALF) + low, ~is_given)
    if SUMBER_DANA in lines:
        totals[SUMBER_DANA] = lines[SUMBER_DANA].groupby(ids, sort=True).agg(joined)
    return pd.DataFrame(totals, index=groups)


def _added(values: NDArray[np.int64], ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Add whole numbers by group id."""
    sums = np.zeros(int(ids.max(initial=-1)) + 1, dtype=np.int64)
    np.add.at(sums, ids, values)
    return sums


def _in_tree_order(
    parts: list[pd.DataFrame], members: list[Positions], firsts: Positions, lines: pd.DataFrame
) -> tuple[pd.DataFrame, Positions]:
    """Put the nodes of all levels in reading order, parents first, and say which node each leaf is under."""
    nodes = pd.concat(parts)
    depths = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    places = firsts[nodes["first"].to_numpy(dtype=np.intp)]
    places = np.where(np.arange(len(parts)) <= depths[:, None], places, -1)
    order = np.lexsort(places.T[::-1])
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    at = np.full((len(lines), len(parts)), -1, dtype=np.intp)
    start = 0
    for depth, (part, member) in enumerate(zip(parts, members, strict=True)):
        position = np.full(int(member.max(initial=-1)) + 1, -1, dtype=np.intp)
        position[part.index] = rank[start : start + len(part)]
        has_level = member >= 0
        at[has_level, depth] = position[member[has_level]]
        start += len(part)
    for depth, code in enumerate(CODES):
        own = lines[code].to_numpy(dtype=object)[nodes["first"].to_numpy(dtype=np.intp)] if len(lines) else []
        nodes[code] = np.where(depth <= depths, own, "")
    return nodes.iloc[order].reset_index(drop=True), at


def _finished(nodes: pd.DataFrame, bulan: int | None) -> pd.DataFrame:
    """Add what follows from the amounts: kode, sisa = pagu - realisasi, serapan = realisasi / pagu, rpd, deviasi."""
    nodes = nodes.copy()
    if "program" in nodes:
        nodes["kode"] = [spell(path) for path in paths(nodes)]
    sisa = nodes["pagu"] - nodes["realisasi"]
    nodes["sisa"] = sisa.where(sisa.abs() <= LARGEST)
    nodes["serapan"] = pd.Series(serapan_column(nodes["pagu"], nodes["realisasi"]), index=nodes.index, dtype=object)
    if RPD[0] in nodes:
        nodes[PLANNED] = planned(nodes, bulan)
        deviasi = nodes["realisasi"] - nodes[PLANNED]
        nodes[DEVIASI] = deviasi.where(deviasi.abs() <= LARGEST)
    return nodes


def serapan(pagu: int | None, realisasi: int | None) -> str | None:
    """Spell realisasi / pagu in percent, half-up to two decimals (`99.08`); None when it has no value."""
    if pagu is None or realisasi is None:
        return None
    value = percent(realisasi, pagu)
    return None if value is None else str(value)


def serapan_column(pagu: pd.Series, realisasi: pd.Series) -> NDArray[np.object_]:
    """Spell realisasi / pagu of whole columns, as `serapan` does of two amounts: in whole numbers, where these fit."""
    both = pagu.notna() & realisasi.notna() & (pagu != 0)
    rows = np.flatnonzero(both.fillna(value=False).to_numpy(dtype=bool))
    whole, part = (column.iloc[rows].to_numpy(dtype=np.int64) for column in (pagu, realisasi))
    fits = (np.abs(whole) <= SAFE) & (np.abs(part) <= SAFE)
    units, rest = np.divmod(np.abs(part[fits]), np.abs(whole[fits]))
    units = units * 10_000 + (rest * 20_000 + np.abs(whole[fits])) // (2 * np.abs(whole[fits]))
    units = np.where((part[fits] < 0) == (whole[fits] < 0), units, -units)
    different, place = np.unique(units, return_inverse=True)
    texts = [f"{'-' * (unit < 0)}{abs(unit) // 100}.{abs(unit) % 100:02}" for unit in different.tolist()]
    spelled = np.full(len(pagu), None, dtype=object)
    spelled[rows[fits]] = np.array([*texts, None], dtype=object)[place]
    for row, one, other in zip(rows[~fits].tolist(), whole[~fits].tolist(), part[~fits].tolist(), strict=True):
        spelled[row] = serapan(one, other)
    return spelled


def across(
    lines: pd.DataFrame, codes: Sequence[str], level: str, names: Mapping[str, str], bulan: int | None = None
) -> pd.DataFrame:
    """Add lines by a code of each, whatever branch they are in; a line whose code is "" is under it too.

    `bulan` says until when what was planned is added, where the lines bring it.
    """
    ids, uniques = pd.factorize(np.array(codes, dtype=object), sort=True)
    totals = sums_of_groups(lines, ids.astype(np.int64))
    totals["level"] = level
    totals["kode"] = list(uniques)
    totals["uraian"] = [names.get(code, "") for code in uniques]
    return _finished(totals, bulan)


def _by_akun(lines: pd.DataFrame, digits: int, level: str, bulan: int | None) -> pd.DataFrame:
    """Add the leaves that have an akun by its first digits, whatever branch they are in."""
    with_akun = lines[lines["akun"] != ""]
    codes = [akun[:digits] for akun in with_akun["akun"].tolist()]
    names = dict(zip(reversed(with_akun["akun"].to_list()), reversed(with_akun["uraian"].to_list()), strict=True))
    named = {code: names.get(code) or jenis_belanja(code) for code in codes}
    return across(with_akun, codes, level, named, bulan)
