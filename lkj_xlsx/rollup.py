"""From the leaves of a budget, the totals at every level, by whole path.

Only leaves are added. A total over anything unknown is unknown, and one beyond 2^53 is not given: a sheet
could not hold it. Both are findings elsewhere, never a silent zero.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lkj_xlsx.exact_sums import Parts, added, parts_of, whole
from lkj_xlsx.extras import DEVIASI, PLANNED, joined, planned
from lkj_xlsx.kode import LEAF_LEVELS, LEVELS, ROOT, Level, Path, jenis_belanja, parse, place
from lkj_xlsx.model import AMOUNTS, CODES, RPD, SUMBER_DANA, Budget, known, paths
from lkj_xlsx.rupiah import LARGEST
from lkj_xlsx.serapan import serapan_column
from lkj_xlsx.tree import ROOT_NODE, Nodes, Tree, first_places, tree_of_budget

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
        whole = [position for position in named if self._kode[position] == ".".join(segments)]
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
    def names(self) -> list[str]:
        """The name printed beside each node, "" where there is none."""
        return self.nodes["uraian"].tolist()

    @cached_property
    def _kode(self) -> list[str]:
        return self.nodes["kode"].tolist()

    @cached_property
    def _by_ending(self) -> dict[tuple[str, ...], list[int]]:
        """The positions of the nodes whose codes end with some codes."""
        endings: dict[tuple[str, ...], list[int]] = {}
        for position, kode in enumerate(self._kode):
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
    lines, bulan, tree = budget.lines, budget.identity.bulan, tree_of_budget(budget)
    above = tree.at[: len(lines), : len(LEAF_LEVELS)]  # noqa: PD008 - an array of ours
    own = np.flatnonzero(tree.above(np.arange(len(lines)), len(LEAF_LEVELS)))
    chosen = own[np.argsort(tree.place[tree.first[own]] * len(LEVELS) + tree.depth[own], kind="stable")]
    depths, firsts = tree.depth[chosen], tree.first[chosen]
    levels = np.array([str(level) for level in LEAF_LEVELS], dtype=object)
    texts = {"level": levels[depths]}
    for depth, code in enumerate(CODES):
        texts[code] = lines[code].to_numpy(dtype=object)[firsts]
        texts[code][depths < depth] = ""
    texts |= {"uraian": _names(budget, tree)[chosen], "kode": _whole_paths(lines, tree, own)[chosen]}
    if SUMBER_DANA in lines:
        texts = {SUMBER_DANA: _sources(lines, tree, above)[chosen], **texts}
    sums = _up_the_tree(lines, tree, above.max(axis=1, initial=ROOT_NODE))
    nodes = _frame({amount: whole(own)[chosen] for amount, own in sums.items()}, texts)
    position = np.full(len(tree) + 1, -1, dtype=np.intp)
    position[chosen] = np.arange(len(chosen))
    by_akun, by_jenis = _by_akun(lines, bulan)
    return Rollup(
        nodes=_finished(nodes, bulan),
        at=position[above],
        total=_finished(_total(lines, sums), bulan),
        akun=by_akun,
        jenis_belanja=by_jenis,
    )


def _total(lines: pd.DataFrame, sums: Mapping[str, Parts]) -> pd.DataFrame:
    """Give the sums of everything, in one row: <NA> where there is nothing."""
    nothing = np.array([[0], [0], [not len(lines)]], dtype=np.int64)
    total = _frame({amount: whole(own[:, :1] + nothing) for amount, own in sums.items()}, {})
    return total.assign(**{SUMBER_DANA: joined(lines[SUMBER_DANA])}) if SUMBER_DANA in lines else total


def _up_the_tree(lines: pd.DataFrame, tree: Tree, deepest: Nodes) -> dict[str, Parts]:
    """Add each amount of the lines at their deepest nodes, then from level to level; gives sums of every node."""
    sums = {}
    starts = np.searchsorted(tree.depth, np.arange(len(CODES) + 1))
    for amount in _amounts(lines):
        own = added(parts_of(lines[amount]), deepest, len(tree))
        for start, end in reversed(list(pairwise(starts.tolist()))):
            above = added(own[:, start:end], tree.parent[start:end])
            own[:, : above.shape[1]] += above
        sums[amount] = own
    return sums


def _amounts(lines: pd.DataFrame) -> tuple[str, ...]:
    """Name the columns of lines that are added."""
    return (*AMOUNTS, *(RPD if RPD[0] in lines else ()))


def _frame(sums: Mapping[str, pd.arrays.IntegerArray], texts: Mapping[str, NDArray[np.object_]]) -> pd.DataFrame:
    """Lay sums and texts out as columns."""
    columns = {amount: pd.Series(own, copy=False) for amount, own in sums.items()}
    columns |= {name: pd.Series(own, dtype=object, copy=False) for name, own in texts.items()}
    return pd.DataFrame(columns, copy=False)


def _sources(lines: pd.DataFrame, tree: Tree, at: Nodes) -> NDArray[np.object_]:
    """Spell of every node where the money of its leaves comes from."""
    sources = np.full(len(tree), "", dtype=object)
    for column in at.T:
        has_level = column >= 0
        by_node = lines[SUMBER_DANA][has_level].groupby(column[has_level]).agg(joined)
        sources[by_node.index.to_numpy()] = by_node.to_numpy(dtype=object)
    return sources


def _names(budget: Budget, tree: Tree) -> NDArray[np.object_]:
    """Give each node the first name that the document prints beside it, a row of a group before a line; else ""."""
    frames, count = (budget.lines, budget.printed), len(budget.lines)
    uraian = np.concatenate([frame["uraian"].to_numpy(dtype=object) for frame in frames])
    is_total = np.concatenate([frame["is_total"].to_numpy(dtype=bool) for frame in frames])
    rows = np.flatnonzero((uraian != "") & ~is_total & ~tree.is_item)
    names = np.full(len(tree), "", dtype=object)
    for own in (rows[rows < count], rows[rows >= count]):
        names[tree.node[own[::-1]]] = uraian[own[::-1]]
    return names


def _whole_paths(lines: pd.DataFrame, tree: Tree, nodes: Nodes) -> NDArray[np.object_]:
    """Spell the whole path of some nodes, each after the one above it."""
    spelled, opened = np.full((2, len(tree)), "", dtype=object)
    is_parent = tree.flags(tree.parent)
    for depth, code in enumerate(CODES):
        own = nodes[tree.depth[nodes] == depth]
        spelled[own] = opened[tree.parent[own]] + lines[code].to_numpy(dtype=object)[tree.first[own]]
        own = own[is_parent[own]]
        opened[own] = spelled[own] + "."
    return spelled


def sums_of_groups(lines: pd.DataFrame, ids: NDArray[np.int64]) -> pd.DataFrame:
    """Add the amounts of lines by group id; the index is the id. Exact, and <NA> where that is impossible."""
    groups = np.flatnonzero(np.bincount(ids))
    sums = {amount: added(parts_of(lines[amount]), ids) for amount in _amounts(lines)}
    totals = _frame({amount: whole(own[:, groups]) for amount, own in sums.items()}, {}).set_index(groups)
    if SUMBER_DANA in lines:
        totals[SUMBER_DANA] = lines[SUMBER_DANA].groupby(ids, sort=True).agg(joined)
    return totals


def _finished(nodes: pd.DataFrame, bulan: int | None) -> pd.DataFrame:
    """Add what follows from the amounts: sisa = pagu - realisasi, serapan = realisasi / pagu, rpd, deviasi."""
    nodes = nodes.copy(deep=False)
    sisa = nodes["pagu"] - nodes["realisasi"]
    nodes["sisa"] = sisa.where(sisa.abs() <= LARGEST)
    nodes["serapan"] = pd.Series(serapan_column(nodes["pagu"], nodes["realisasi"]), index=nodes.index, dtype=object)
    if RPD[0] in nodes:
        nodes[PLANNED] = planned(nodes, bulan)
        deviasi = nodes["realisasi"] - nodes[PLANNED]
        nodes[DEVIASI] = deviasi.where(deviasi.abs() <= LARGEST)
    return nodes


def across(
    lines: pd.DataFrame, codes: Sequence[str], level: str, names: Mapping[str, str], bulan: int | None = None
) -> pd.DataFrame:
    """Add lines by a code of each, whatever branch they are in; a line whose code is "" is under it too.

    `bulan` says until when what was planned is added, where the lines bring it.
    """
    ids, kodes = pd.factorize(np.array(codes, dtype=object), sort=True)
    totals = sums_of_groups(lines, ids.astype(np.int64))
    return _called(totals, level, {code: names.get(code, "") for code in kodes}, bulan)


def _called(totals: pd.DataFrame, level: str, named: Mapping[str, str], bulan: int | None) -> pd.DataFrame:
    """Finish sums; `named` has the kode of each group, in their order, with its name."""
    totals["level"], totals["kode"], totals["uraian"] = level, list(named), list(named.values())
    return _finished(totals, bulan)


def _by_akun(lines: pd.DataFrame, bulan: int | None) -> Iterator[pd.DataFrame]:
    """Add the leaves that have an akun by it, and by its first two digits, whatever branch they are in."""
    has_akun = (lines["akun"] != "").to_numpy(dtype=bool)
    lines = lines if has_akun.all() else lines[has_akun]
    ids, akun = pd.factorize(lines["akun"])
    names = dict(zip(akun, lines["uraian"].iloc[first_places(ids)].tolist(), strict=True))
    sums = {amount: added(parts_of(lines[amount]), ids) for amount in _amounts(lines)}
    for digits, level in ((6, Level.AKUN.value), (2, JENIS)):
        groups, kodes = pd.factorize(np.array([code[:digits] for code in akun], dtype=object), sort=True)
        named = {kode: names.get(kode) or jenis_belanja(kode) for kode in kodes}
        totals = _frame({amount: whole(added(own, groups)) for amount, own in sums.items()}, {})
        if SUMBER_DANA in lines:
            totals[SUMBER_DANA] = lines[SUMBER_DANA].groupby(groups[ids]).agg(joined)
        yield _called(totals, level, named, bulan)
