"""Questions T: what is printed follows from the leaves, and spending stays under its ceiling."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, Final

import pandas as pd

from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.kode import Level, Path, level_of, spell
from lkj_xlsx.model import AMOUNTS, CODES, Budget, paths
from lkj_xlsx.rollup import Rollup, known
from lkj_xlsx.rupiah import spell as rupiah
from lkj_xlsx.rupiah import spell_difference

NAMED_LEAVES: Final = 12
"""A total over more leaves than this says how many there are instead of naming each."""

LABELS: Final = {
    "pagu": "pagu",
    "blokir": "blokir",
    "realisasi_lalu": "realisasi lalu",
    "realisasi_ini": "realisasi ini",
    "realisasi": "realisasi",
}


def check_printed_totals(budget: Budget, rollup: Rollup) -> Iterator[Finding]:
    """T101: a printed total is not the sum of its leaves."""
    printed = budget.printed[(budget.printed["item"] == "") & budget.printed[list(AMOUNTS)].notna().any(axis=1)]
    nodes = {path: position for position, path in enumerate(rollup.paths)}
    whole = {name: known(rollup.total[name])[0] for name in AMOUNTS}
    for path, row in zip(paths(printed), printed.to_dict("records"), strict=True):
        level = level_of(path)
        position = nodes.get(path)
        if level and position is None:
            where = budget.where(row["sheet"], row["row"], "pagu")
            yield Finding("T101", Severity.ERROR, where, f"{_label(row, path)} tidak punya rincian di berkas ini")
            continue
        computed = whole if position is None else {name: rollup.figures[name][position] for name in AMOUNTS}
        for amount in AMOUNTS:
            added = computed[amount]
            if pd.isna(row[amount]) or added is None or row[amount] == added:
                continue
            leaves = range(len(budget.lines)) if position is None else rollup.leaves_of(position)
            count = f" {len(leaves)}" if len(leaves) > NAMED_LEAVES else ""
            yield Finding(
                "T101",
                Severity.ERROR,
                budget.where(row["sheet"], row["row"], amount),
                f"{_label(row, path)} {LABELS[amount]} tertulis {rupiah(row[amount])}, jumlah{count} rincian"
                f" {rupiah(added)} (selisih {spell_difference(row[amount] - added)})",
                int(row[amount]),
                because=() if count else tuple(_cell(budget, leaf, amount) for leaf in leaves),
            )


def _label(row: Mapping[Hashable, Any], path: Path) -> str:
    """Name a printed total as the document does, or by its code."""
    return str(row["uraian"]) if row["is_total"] else f"{level_of(path)} {spell(path)}"


def _cell(budget: Budget, leaf: int, amount: str) -> Where:
    line = budget.lines.iloc[leaf]
    return budget.where(line["sheet"], int(line["row"]), amount)


def check_items(budget: Budget, _rollup: Rollup) -> Iterator[Finding]:
    """T102: the item rows of an akun do not add up to it; the akun is what is counted."""
    items = budget.printed[budget.printed["item"] != ""]
    if items.empty:
        return
    keys = list(CODES[:-1])
    sums = items.groupby(keys, sort=False)[list(AMOUNTS)].sum()
    by_akun = dict(zip(sums.index, sums.to_dict("records"), strict=True))
    for path, line in zip(paths(budget.lines), budget.lines.to_dict("records"), strict=True):
        if level_of(path) is not Level.AKUN:
            continue
        found = by_akun.get(path[:-1], dict.fromkeys(AMOUNTS, 0))
        gaps = {amount: int(line[amount] - found[amount]) for amount in AMOUNTS if not pd.isna(line[amount])}
        if not any(gaps.values()):
            continue
        own = items[(items[keys] == pd.Series(path[:-1], index=keys)).all(axis=1)]
        twins = own[(own[list(gaps)] == pd.Series(gaps)).all(axis=1)]
        likely = f"; sama dengan item {', '.join(twins['item'])}" if len(twins) else ""
        worst = next(amount for amount, gap in gaps.items() if gap)
        spelled = ", ".join(f"{LABELS[amount]} {spell_difference(gap)}" for amount, gap in gaps.items() if gap)
        yield Finding(
            "T102",
            Severity.PERINGATAN,
            budget.where(line["sheet"], line["row"], worst),
            f"akun {spell(path)} berbeda dari jumlah {len(own)} itemnya: {spelled}{likely}; angka akun yang dipakai",
            int(line[worst]),
            because=tuple(budget.where(row["sheet"], row["row"], worst) for row in twins.to_dict("records")),
        )


def check_items_have_akun(budget: Budget, _rollup: Rollup) -> Iterator[Finding]:
    """T106: an item stands under no akun row, so its figures are counted nowhere."""
    counted = set(paths(budget.lines))
    items = budget.printed[budget.printed["item"] != ""]
    for path, sheet, row in zip(paths(items), items["sheet"], items["row"], strict=True):
        if (*path[:-1], "") not in counted:
            message = f"item {spell(path)} tanpa baris akun di atasnya; angkanya tidak ikut dijumlah"
            yield Finding("T106", Severity.ERROR, budget.where(sheet, row, "pagu"), message)


def check_ceilings(budget: Budget, rollup: Rollup) -> Iterator[Finding]:
    """T103: more was spent than the ceiling allows."""
    yield from _overspent(budget, rollup, "T103", has_ceiling=True)


def check_spending_without_ceiling(budget: Budget, rollup: Rollup) -> Iterator[Finding]:
    """T104: something was spent under a ceiling of 0."""
    yield from _overspent(budget, rollup, "T104", has_ceiling=False)


def _overspent(budget: Budget, rollup: Rollup, code: str, *, has_ceiling: bool) -> Iterator[Finding]:
    """Find nodes with realisasi above pagu, once where a chain of only children repeats the same figures."""
    nodes = rollup.nodes
    is_over = (nodes["realisasi"] > nodes["pagu"]) & ((nodes["pagu"] != 0) == has_ceiling)
    over = nodes[is_over.fillna(value=False)]
    if over.empty:
        return
    places = _places(budget)
    for position, node in zip(over.index, over.to_dict("records"), strict=True):
        if position + 1 < len(nodes) and rollup.repeats(position, position + 1):
            continue
        leaves = rollup.leaves_of(position)
        path = tuple(node[code] for code in CODES)
        sheet, row = places.get(path) or places[next(paths(budget.lines.iloc[leaves]))]
        excess = spell_difference(node["realisasi"] - node["pagu"])
        message = (
            f"realisasi {node['level']} {node['kode']} {rupiah(node['realisasi'])} melampaui pagu"
            f" {rupiah(node['pagu'])} (selisih {excess})"
        )
        because = (budget.where(sheet, row, "pagu"),) if path in places else ()
        where = budget.where(sheet, row, "realisasi")
        yield Finding(code, Severity.ERROR, where, message, int(node["realisasi"]), because=because)


def _places(budget: Budget) -> dict[Path, tuple[str, int]]:
    """Say on which sheet and row each path stands."""
    places: dict[Path, tuple[str, int]] = {}
    for frame in (budget.printed[~budget.printed["is_total"]], budget.lines):
        for path, sheet, row in zip(paths(frame), frame["sheet"], frame["row"], strict=True):
            places.setdefault(path, (sheet, row))
    return places


def check_magnitude(budget: Budget, rollup: Rollup) -> Iterator[Finding]:
    """T105: a total lies beyond 2^53 and cannot be given exactly."""
    nodes = rollup.nodes
    for amount in AMOUNTS:
        is_known = budget.lines[amount].notna().to_numpy()
        for position in nodes.index[nodes[amount].isna()]:
            leaves = rollup.leaves_of(position)
            if is_known[leaves].all() and not (position + 1 < len(nodes) and rollup.repeats(position, position + 1)):
                yield _beyond(budget, int(leaves[0]), amount, nodes["kode"].iloc[position])
        is_one_tree = len(nodes) > 0 and len(rollup.leaves_of(0)) == len(budget.lines)
        if len(budget.lines) and not is_one_tree and is_known.all() and pd.isna(rollup.total[amount].iloc[0]):
            yield _beyond(budget, 0, amount, "seluruh anggaran")


def _beyond(budget: Budget, leaf: int, amount: str, whose: str) -> Finding:
    message = f"jumlah {LABELS[amount]} {whose} melampaui 2^53; tidak dapat disimpan persis oleh lembar kerja"
    return Finding("T105", Severity.ERROR, _cell(budget, leaf, amount), message)
