"""Codes as numbered nodes are the paths of the rows, and what stands above them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.kode import ROOT, Path, ancestors
from lkj_xlsx.model import Budget, Identity, Line, frame_of, paths
from lkj_xlsx.tree import ROOT_NODE, tree_of, tree_of_budget

PATHS = st.lists(st.tuples(*[st.sampled_from(["", "A", "B"]) for _ in ROOT]), max_size=10)


def lines(own: list[Path]) -> list[Line]:
    return [Line(path, "x", {}, "S", row) for row, path in enumerate(own)]


@given(PATHS, PATHS)
def test_rows_of_one_path_are_one_node_below_the_nodes_of_its_ancestors(first: list[Path], second: list[Path]) -> None:
    frames = frame_of(lines(first)), frame_of(lines(second))
    tree = tree_of(frames)
    every = [*paths(frames[0]), *paths(frames[1])]
    named = {ROOT: ROOT_NODE}
    for row, path in enumerate(every):
        assert named.setdefault(path, int(tree.node[row])) == tree.node[row]
        node = int(tree.node[row])
        above = []
        while node != ROOT_NODE:
            node = int(tree.parent[node])
            above.append(node)
        assert len(above) == len(ancestors(path)) + (path != ROOT)
        assert [at for at in tree.at[row].tolist() if at >= 0] == sorted({*above, int(tree.node[row])} - {ROOT_NODE})
    assert len(set(named.values())) == len(named)
    assert len(tree) == len({above for path in every for above in (*ancestors(path), path, ROOT)} | {ROOT})
    assert set(np.flatnonzero(tree.above(np.ones(len(every), dtype=bool))).tolist()) == set(range(1, len(tree)))


def test_the_tree_of_the_last_document_is_kept_while_the_document_is() -> None:
    one = Budget("a", "x", Identity(), frame_of(lines([("A", *ROOT[1:])])), frame_of([]))
    other = Budget("b", "x", Identity(), frame_of(lines([ROOT])), frame_of([]))
    first = tree_of_budget(one)
    assert tree_of_budget(one) is first
    assert len(tree_of_budget(other)) == 1
    assert tree_of_budget(one) is not first
