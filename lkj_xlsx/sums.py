"""What the figures of one column of a document must add up to: each total and the rows nearest below it."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lkj_xlsx.statements import Statements
from lkj_xlsx.system import Cells
from lkj_xlsx.tree import ROOT_NODE, Nodes

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sums:
    """n equations: the cell of each total, its node, and the cells that make it up, one equation's after another's."""

    heads: Cells
    nodes: Nodes
    members: Cells
    lengths: Cells

    def only(self, is_own: Flags) -> tuple[Cells, Cells, Cells]:
        """Give heads, members and lengths of some of the equations."""
        return self.heads[is_own], self.members[np.repeat(is_own, self.lengths)], self.lengths[is_own]


def sums_of(document: Statements, name: str) -> Sums:
    """Give the equations of a column, in the order in which their nodes are first stated.

    A total under a label comes after the rows of its node. Of a node that several rows state, those below count it
    once, but for leaves that say different things.
    """
    ids = document.ids[name]
    rows = np.flatnonzero(ids >= 0)
    rows = rows[np.argsort(document.is_total[rows], kind="stable")]
    nodes = document.node[rows]
    rank, stated = pd.factorize(nodes)
    rows, nodes = (column[np.argsort(rank, kind="stable")] for column in (rows, nodes))
    is_part = _counted(document, rows, nodes) & (nodes != ROOT_NODE)
    owner = nearest(document, stated)[nodes[is_part]]
    parts = rows[is_part][np.argsort(owner, kind="stable")]
    counts = np.bincount(owner, minlength=len(document.tree))
    starts = np.cumsum(counts) - counts
    has_parts = counts[nodes] > 0
    runs = _runs(nodes)
    is_repeated = np.repeat(np.diff(runs) > 1, np.diff(runs))
    if not any(document.sources) and not (is_repeated & ~has_parts).any():
        heads, own = rows[has_parts], nodes[has_parts]
        lengths = counts[own]
        within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return Sums(ids[heads], own, ids[parts[np.repeat(starts[own], lengths) + within]], lengths)
    found: list[tuple[int, int, list[int]]] = []
    for first, end in pairwise(runs.tolist()):
        stating, node = rows[first:end].tolist(), int(nodes[first])
        below = parts[starts[node] : starts[node] + counts[node]].tolist()
        if not below and len(stating) > 1:
            below = [row for row in stating if document.is_leaf[row]]
        if below:
            totals = [row for row in stating if row not in below]
            found += [(row, node, document.of_source(row, below)) for row in totals]
    heads, own = (np.array([one[which] for one in found], dtype=np.int64) for which in (0, 1))
    members = np.array([row for _, _, below in found for row in below], dtype=np.int64)
    return Sums(ids[heads], own, ids[members], np.array([len(below) for _, _, below in found], dtype=np.int64))


def _counted(document: Statements, rows: Cells, nodes: Nodes) -> Flags:
    """Mark the first row of each node, and its others where all are leaves that say something else than the first."""
    is_counted = np.zeros(len(rows), dtype=bool)
    runs = _runs(nodes)
    is_counted[runs[:-1]] = True
    for run in np.flatnonzero(np.diff(runs) > 1).tolist():
        own = slice(runs[run], runs[run + 1])
        first, *others = rows[own].tolist()
        is_counted[own] |= all(document.is_leaf[row] and not document.repeats(row, first) for row in others)
    return is_counted


def _runs(nodes: Nodes) -> Cells:
    """Give where each run of one node begins, and where the last ends."""
    return np.concatenate([np.flatnonzero(np.diff(nodes, prepend=-1)), [len(nodes)]]).astype(np.int64)


def nearest(document: Statements, stated: Nodes) -> Nodes:
    """Give for each node the nearest one above it that is stated, everything where none is."""
    tree = document.tree
    is_stated, found = tree.flags(stated), np.zeros(len(tree), dtype=np.int64)
    for depth in range(int(tree.depth.max(initial=-1)) + 1):
        own = np.flatnonzero(tree.depth == depth)
        above = tree.parent[own]
        found[own] = np.where(is_stated[above], above, found[above])
    return found
