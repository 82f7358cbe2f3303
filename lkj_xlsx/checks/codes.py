"""Questions K: the codes identify one line each, under parents that are known."""

from collections.abc import Iterator

import numpy as np

from lkj_xlsx.extras import sources_of
from lkj_xlsx.finding import Finding, Severity
from lkj_xlsx.kode import LEVELS, Level, Path, level_of, missing_parents, spell
from lkj_xlsx.model import FILE, Budget, paths
from lkj_xlsx.rollup import Rollup
from lkj_xlsx.tree import tree_of_budget


def check_duplicate_paths(budget: Budget, _rollup: Rollup) -> Iterator[Finding]:
    """K101: a whole path stands on more than one row; every row is added, so the total may count it twice.

    One akun under two sumber dana is two lines, not one twice, and so is that of two satker that were added up.

    kode yang sama ada di dua baris, keduanya dijumlah
    """
    tree, count = tree_of_budget(budget), len(budget.lines)
    has_item = tree.is_item[count:]
    for printed, is_asked, nodes in (
        (budget.lines, np.ones(count, dtype=bool), tree.node[:count]),
        (budget.printed, has_item, tree.node[count:]),
    ):
        if np.bincount(nodes[is_asked]).max(initial=0) <= 1:
            continue
        frame = printed[is_asked]
        first: dict[tuple[Path, str, str], tuple[str, int]] = {}
        files = frame[FILE] if FILE in frame else [budget.file] * len(frame)
        keys = zip(paths(frame), sources_of(frame), files, strict=True)
        for key, sheet, row in zip(keys, frame["sheet"], frame["row"], strict=True):
            path = key[0]
            if key in first:
                message = f"kode `{spell(path)}` sudah ada; kedua baris ikut dijumlah"
                where = budget.where(sheet, row, "pagu")
                seen = budget.where(*first[key], "pagu")
                yield Finding("K101", Severity.ERROR, where, message, spell(path), because=(seen,))
            else:
                first[key] = (sheet, row)


def check_orphans(budget: Budget, _rollup: Rollup) -> Iterator[Finding]:
    """K102: a code stands under no program or no kegiatan, so its place in the budget is not known.

    kode tanpa kegiatan atau tanpa program di atasnya
    """
    seen: set[Path] = set()
    above = tree_of_budget(budget).at[: len(budget.lines)]
    is_orphan = (above[:, 1:] >= 0).any(axis=1) & (above[:, : Level.KEGIATAN.depth + 1] < 0).any(axis=1)
    frame = budget.lines.iloc[np.flatnonzero(is_orphan)]
    for path, sheet, row in zip(paths(frame), frame["sheet"], frame["row"], strict=True):
        missing = missing_parents(path)
        if not missing:
            continue
        top = next(level for level in LEVELS if path[level.depth] and level.depth > missing[-1].depth)
        group = (*path[: top.depth + 1], *("" for _ in LEVELS[top.depth + 1 :]))
        if group in seen:
            continue
        seen.add(group)
        severity = Severity.ERROR if Level.KEGIATAN in missing else Severity.PERINGATAN
        level = level_of(group)
        message = f"{level} `{spell(group)}` berdiri tanpa {' dan '.join(missing)} di atasnya"
        yield Finding("K102", severity, budget.where(sheet, row, "pagu"), message, spell(group))
