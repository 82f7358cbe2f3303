"""Questions of what a printed table calls things: labels of totals, places of codes, names."""

import re
from collections.abc import Iterator
from typing import Final

from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.kode import ROOT, Level, Path, ancestors, code_in, level_of, short
from lkj_xlsx.model import CODES, Budget, paths
from lkj_xlsx.rollup import Rollup

YEAR: Final = re.compile(r"20[0-9]{2}")
TOTALLED: Final = (Level.PROGRAM, Level.KEGIATAN)
"""The levels whose blocks a printed table closes with a total under a label."""


def check_labels(budget: Budget, _rollup: Rollup) -> Iterator[Finding]:
    """K109: the label of a total names another block than the one it closes.

    label jumlah menyebut kode lain daripada blok yang ditutupnya
    """
    totals = budget.printed[budget.printed["is_total"]]
    for path, label, sheet, row in zip(paths(totals), totals["uraian"], totals["sheet"], totals["row"], strict=True):
        named, level = code_in(label), level_of(path)
        if not named or level is None or not _is_block(label, named, path):
            continue
        if all(path[own.depth] == code for own, code in named[1].items()):
            continue
        own = short(path, budget.identity.unit)
        expected = label.replace(named[0], own)
        message = f"label `{label}` menutup blok {own}; seharusnya `{expected}`"
        yield Finding("K109", Severity.ERROR, budget.where(sheet, row, "uraian"), message, label, expected)


def _is_block(label: str, named: tuple[str, dict[Level, str]], path: Path) -> bool:
    """Tell whether what looks like a code at the end of a label is one: no `RM`, no code of a satker, no year."""
    code, levels = named
    is_word = not any(letter.isdigit() for letter in code) and Level.PROGRAM.value not in label.lower()
    is_satker = Level.AKUN in levels and not path[Level.AKUN.depth]
    return not (is_word or is_satker or (YEAR.fullmatch(code) and not label.endswith(")")))


def check_missing_totals(budget: Budget, _rollup: Rollup) -> Iterator[Finding]:
    """T112: a block has no total although most blocks of its level have one.

    blok tanpa jumlah, padahal blok lain setingkat punya
    """
    totals = budget.printed[budget.printed["is_total"]]
    totalled = set(paths(totals))
    if totalled <= {ROOT}:
        return
    for level in TOTALLED:
        above = dict.fromkeys(above for leaf in paths(budget.lines) for above in ancestors(leaf))
        blocks = [path for path in above if level_of(path) is level]
        lacking = [path for path in blocks if path not in totalled]
        if len(lacking) * 2 >= len(blocks):
            continue
        for path in lacking:
            message = f"{level} {short(path)} tanpa baris jumlah, padahal {len(blocks) - len(lacking)} blok lain punya"
            yield Finding("T112", Severity.PERINGATAN, _place(budget, path), message)


def _place(budget: Budget, path: Path) -> Where:
    """Name the code of a block: its band, or its first line where it has none."""
    frames = (budget.printed[~budget.printed["is_total"]], budget.lines)
    rows = (row for frame in frames for row in zip(paths(frame), frame["sheet"], frame["row"], strict=True))
    sheet, row = next((sheet, row) for own, sheet, row in rows if own == path or path in ancestors(own))
    return budget.where(sheet, row, "kode")


def check_places_of_codes(budget: Budget, _rollup: Rollup) -> Iterator[Finding]:
    """K108: a code of another level stands where an RO belongs.

    kode tingkat lain berdiri di tempat RO
    """
    lines = budget.lines
    if not budget.printed["is_total"].any():
        return
    is_ro = (lines["ro"] != "") & (lines[list(CODES[Level.RO.depth + 1 :])] == "").all(axis=1)
    if int(is_ro.sum()) * 2 <= len(lines):
        return
    levels = [level_of(path) for path in paths(lines)]
    for level, path, sheet, row in zip(levels, paths(lines), lines["sheet"], lines["row"], strict=True):
        if level and level.depth > Level.RO.depth and not path[Level.RO.depth]:
            message = f"{level} `{short(path)}` berdiri langsung di bawah kegiatan {path[1]}, tanpa RO"
            yield Finding("K108", Severity.INFO, budget.where(sheet, row, "kode"), message, short(path))
