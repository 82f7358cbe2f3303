"""The codes of many rows as numbered nodes, so that whole columns are looked at where a row at a time would be slow."""

import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lkj_xlsx.model import CODES, Budget

Nodes = NDArray[np.int64]
ROOT_NODE: Final = 0
"""The node of everything."""


@dataclass(frozen=True, slots=True)
class Tree:
    """n rows in a tree of m nodes; a node is one whole path, and its number is larger than that of any above it.

    `node` (n) gives the node of each row, `parent` (m) the node right above each (of everything, itself), `depth` (m)
    the place of its deepest code, -1 for everything; `at` (n x levels) the nodes at and above each row, -1 where its
    path lacks a level.
    """

    node: Nodes
    parent: Nodes
    depth: Nodes
    at: Nodes

    def __len__(self) -> int:
        """Count the nodes."""
        return len(self.parent)

    def flags(self, nodes: Nodes) -> NDArray[np.bool_]:
        """Mark the nodes that are among some."""
        is_among = np.zeros(len(self), dtype=bool)
        is_among[nodes] = True
        return is_among

    def above(self, rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Mark the nodes at and above some rows, without everything."""
        nodes = self.at[rows]
        return self.flags(nodes[nodes >= 0])


def tree_of(frames: Sequence[pd.DataFrame]) -> Tree:
    """Give every path of the rows of some frames a number, one frame after another."""
    rows = sum(len(frame) for frame in frames)
    node, prefix = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
    at = np.full((rows, len(CODES)), -1, dtype=np.int64)
    parents, depths = [np.zeros(1, dtype=np.int64)], [np.full(1, -1, dtype=np.int64)]
    count = 1
    for depth, name in enumerate(CODES):
        column = np.concatenate([frame[name].to_numpy(dtype=object) for frame in frames]) if frames else np.empty(0)
        codes, uniques = pd.factorize(column)
        has_code = ~np.isin(codes, np.flatnonzero(uniques == ""))
        prefix = pd.factorize(prefix * (len(uniques) + 1) + codes)[0].astype(np.int64)
        numbers, firsts = pd.factorize(prefix[has_code])
        first = np.full(len(firsts), -1, dtype=np.int64)
        places = np.flatnonzero(has_code)
        first[numbers[::-1]] = places[::-1]
        parents.append(node[first])
        depths.append(np.full(len(firsts), depth, dtype=np.int64))
        node[has_code] = at[has_code, depth] = numbers + count
        count += len(firsts)
    return Tree(node, np.concatenate(parents), np.concatenate(depths), at)


_last: list[tuple[weakref.ref[pd.DataFrame], weakref.ref[pd.DataFrame], Tree]] = []


def tree_of_budget(budget: Budget) -> Tree:
    """Give the tree of a document, its lines first, then what it prints besides; that of the last one is kept."""
    if _last and _last[0][0]() is budget.lines and _last[0][1]() is budget.printed:
        return _last[0][2]
    tree = tree_of((budget.lines, budget.printed))
    _last[:] = [(weakref.ref(budget.lines), weakref.ref(budget.printed), tree)]
    return tree
