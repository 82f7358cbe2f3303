"""The codes of many rows as numbered nodes, so that whole columns are looked at where a row at a time would be slow."""

import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Final, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lkj_xlsx.kode import Level
from lkj_xlsx.model import CODES, Budget

Nodes = NDArray[np.int64]
T = TypeVar("T")
ROOT_NODE: Final = 0
"""The node of everything."""


@dataclass(frozen=True, slots=True)
class Tree:
    """n rows in a tree of m nodes; a node is one whole path, and its number is larger than that of any above it.

    `node` (n) gives the node of each row, `parent` (m) the node right above each (of everything, itself), `depth` (m)
    the place of its deepest code, -1 for everything, `first` (m) the first row at or below it; `at` (n x levels) the
    nodes at and above each row, -1 where its path lacks a level; `place` (n) orders the rows as a reader meets them,
    those of a branch together, also of one that lacks a level.
    """

    node: Nodes
    parent: Nodes
    depth: Nodes
    first: Nodes
    at: Nodes
    place: Nodes

    def __len__(self) -> int:
        """Count the nodes."""
        return len(self.parent)

    @property
    def is_item(self) -> NDArray[np.bool_]:
        """Which rows are items."""
        return np.asarray(self.depth[self.node] == Level.ITEM.depth)

    def flags(self, nodes: Nodes) -> NDArray[np.bool_]:
        """Mark the nodes that are among some."""
        is_among = np.zeros(len(self), dtype=bool)
        is_among[nodes] = True
        return is_among

    def above(self, rows: NDArray[np.bool_] | Nodes, levels: int | None = None) -> NDArray[np.bool_]:
        """Mark the nodes at and above some rows, without everything; of so many levels, or of all."""
        is_above = np.zeros(len(self) + 1, dtype=bool)
        is_above[self.at[rows, :levels]] = True  # what is missing (-1) marks the last, which is no node
        return is_above[:-1]


def tree_of(frames: Sequence[pd.DataFrame]) -> Tree:
    """Give every path of the rows of some frames a number, one frame after another."""
    rows = sum(len(frame) for frame in frames)
    node, prefix = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
    at = np.full((len(CODES), rows), -1, dtype=np.int64)
    parents, depths, firsts = [np.zeros(1, dtype=np.int64)], [np.full(1, -1, dtype=np.int64)], [np.zeros(1, np.int64)]
    count, rank = 1, np.zeros(1, dtype=np.int64)
    for depth, name in enumerate(CODES):
        column = np.concatenate([frame[name].to_numpy(dtype=object) for frame in frames]) if frames else np.empty(0)
        codes, uniques = pd.factorize(column)
        is_blank = np.flatnonzero(uniques == "")
        if len(is_blank) == len(uniques):
            continue
        numbers, _ = pd.factorize(prefix * (len(uniques) + 1) + codes)
        rank = _ranked(rank[prefix[first_places(numbers)]])
        prefix, places = numbers.astype(np.int64), np.arange(rows)
        if len(is_blank):
            places = np.flatnonzero(codes != is_blank[0])
            numbers, _ = pd.factorize(prefix[places])
        first = places[first_places(numbers)]
        parents.append(node[first])
        depths.append(np.full(len(first), depth, dtype=np.int64))
        firsts.append(first)
        node[places] = at[depth, places] = numbers + count
        count += len(first)
    place = _ranked(rank[prefix])
    return Tree(node, np.concatenate(parents), np.concatenate(depths), np.concatenate(firsts), at.T, place)


def _ranked(above: Nodes) -> Nodes:
    """Rank things by the rank of what is above each, those under one in their order."""
    rank = np.arange(len(above))
    if (above[1:] < above[:-1]).any():
        rank[np.argsort(above, kind="stable")] = np.arange(len(above))
    return rank


def first_places(numbers: Nodes) -> Nodes:
    """Give where each of the numbers 0, 1, ... that all occur is first."""
    first = np.empty(int(numbers.max(initial=-1)) + 1, dtype=np.int64)
    first[numbers[::-1]] = np.arange(len(numbers))[::-1]
    return first


def of_last_budget(make: Callable[[Budget], T]) -> Callable[[Budget], T]:
    """Keep what is made of a document, for the last one: several questions ask the same of it, one after another."""
    last: list[tuple[weakref.ref[pd.DataFrame], weakref.ref[pd.DataFrame], T]] = []

    @wraps(make)
    def kept(budget: Budget) -> T:
        if not last or last[0][0]() is not budget.lines or last[0][1]() is not budget.printed:
            made = make(budget)
            last[:] = [(weakref.ref(budget.lines), weakref.ref(budget.printed), made)]
        return last[0][2]

    return kept


@of_last_budget
def tree_of_budget(budget: Budget) -> Tree:
    """Give the tree of a document, its lines first, then what it prints besides."""
    return tree_of((budget.lines, budget.printed))
