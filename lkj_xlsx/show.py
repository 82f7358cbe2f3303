"""Select rows of a roll-up: by level, by code, by a condition; sort them; spell them as JSON, CSV or a Table."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from fractions import Fraction
from typing import Final, NamedTuple

import pandas as pd

from lkj_xlsx.errors import BadRequest
from lkj_xlsx.kode import ROOT, Level, Path, jenis_belanja, parse, short, spell
from lkj_xlsx.model import AMOUNTS, Budget, known, paths
from lkj_xlsx.rollup import JENIS, LEAF_LEVELS, Rollup, across, serapan
from lkj_xlsx.safe_csv import safe_csv
from lkj_xlsx.table import Cell, Column, Role, Row, Table, Unit
from lkj_xlsx.where import Kind, Value, condition

LEVELS: Final = (*(level.value for level in Level), JENIS)
NUMBERS: Final = (*AMOUNTS, "sisa", "serapan")
TEXTS: Final = ("level", "kode", "uraian")
SHOWN: Final = ("pagu", "realisasi", "sisa", "serapan")
"""The columns that a terminal shows unless others are asked for."""
ACROSS: Final = (JENIS, *(level.value for level in LEAF_LEVELS))
"""What rows can be added up by across the tree."""

COLUMNS: Final[Mapping[str, Kind]] = {**dict.fromkeys(TEXTS, str), **dict.fromkeys(NUMBERS, Fraction)}
"""What a condition may speak of."""


class Node(NamedTuple):
    """One row shown: rupiah as int or None, serapan a text with two decimals or None."""

    level: str
    kode: str
    uraian: str
    pagu: int | None
    blokir: int | None
    realisasi_lalu: int | None
    realisasi_ini: int | None
    realisasi: int | None
    sisa: int | None
    serapan: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """What to show; nothing chosen is the whole tree down to the leaves."""

    levels: tuple[str, ...] = ()
    kode: str | None = None
    where: str | None = None
    sort: str | None = None
    is_reversed: bool = False
    top: int | None = None
    by: str | None = None
    columns: tuple[str, ...] = SHOWN


def select(budget: Budget, rollup: Rollup, choice: Choice) -> list[Node]:
    """Give the chosen rows, in tree order unless sorted (largest first); raises BadRequest naming what is wrong."""
    _known_or_refused("--kolom", choice.columns, NUMBERS)
    if choice.by is not None:
        nodes = _across(budget, rollup, choice)
    else:
        every = _of_levels(budget, rollup, choice.levels)
        nodes = [node for node in every if choice.kode is None or _lies_in(node.kode, choice.kode)]
    if choice.where is not None:
        holds = condition(choice.where, COLUMNS)
        nodes = [node for node in nodes if holds(_as_row(node))]
    if choice.sort is not None:
        _known_or_refused("--sort", (choice.sort,), (*NUMBERS, *TEXTS))
        nodes = _sorted(nodes, choice.sort, is_reversed=choice.is_reversed)
    return nodes if choice.top is None else nodes[: choice.top]


def _known_or_refused(option: str, asked: Sequence[str], known_ones: Sequence[str]) -> None:
    """Refuse what is not one of the known names, naming them."""
    for name in asked:
        if name not in known_ones:
            message = f"{option} {name}: tidak dikenal; pilih {', '.join(known_ones)}"
            raise BadRequest(message)


def _across(budget: Budget, rollup: Rollup, choice: Choice) -> list[Node]:
    """Add the chosen leaves by a code across the tree: every leaf once, those that lack the code as `-`."""
    by = choice.by or ""
    _known_or_refused("--by", (by,), ACROSS)
    if choice.levels:
        message = "--by menjumlah melintasi cabang; pakai tanpa --level"
        raise BadRequest(message)
    lines = budget.lines
    if choice.kode is not None:
        is_chosen = [_lies_in(spell(path), choice.kode) for path in paths(lines)]
        lines = lines[is_chosen].reset_index(drop=True)
    codes = [_code_at(path, by) for path in paths(lines)]
    named = zip(rollup.paths, rollup.nodes["level"], rollup.nodes["uraian"], strict=True)
    names = {short(path): uraian for path, own, uraian in reversed(list(named)) if own == by}
    names |= {code: jenis_belanja(code) for code in codes} if by == JENIS else {}
    totals = across(lines, codes, by, {**names, "": f"tanpa {by}"})
    return [node._replace(kode=node.kode or "-") for node in _nodes(totals)]


def _code_at(path: Path, by: str) -> str:
    """Give the code of a leaf at one level, "" where it lacks that."""
    if by == JENIS:
        return path[Level.AKUN.depth][:2]
    depth = Level(by).depth
    return short((*path[: depth + 1], *ROOT[depth + 1 :])) if path[depth] else ""


def _of_levels(budget: Budget, rollup: Rollup, levels: tuple[str, ...]) -> list[Node]:
    _known_or_refused("--level", levels, LEVELS)
    if not levels:
        return _nodes(rollup.nodes)
    chosen: list[Node] = []
    wanted = [level for level in LEAF_LEVELS if level.value in levels]
    if wanted:
        positions = sorted({position for level in wanted for position in rollup.cut(level).index})
        chosen += _nodes(rollup.nodes.iloc[positions])
    if Level.ITEM.value in levels:
        chosen += _items(budget)
    if JENIS in levels:
        chosen += _nodes(rollup.jenis_belanja)
    return chosen


def _nodes(frame: pd.DataFrame) -> list[Node]:
    columns = [known(frame[name]) for name in (*AMOUNTS, "sisa")]
    texts = (frame["level"], frame["kode"], frame["uraian"])
    return [Node._make(row) for row in zip(*texts, *columns, frame["serapan"], strict=True)]


def _items(budget: Budget) -> list[Node]:
    """Give the items as the document prints them: detail of their akun, not counted anywhere."""
    items = budget.printed[budget.printed["item"] != ""]
    columns = {name: known(items[name]) for name in AMOUNTS}
    nodes = []
    for path, uraian, *amounts in zip(paths(items), items["uraian"], *columns.values(), strict=True):
        by_name = dict(zip(AMOUNTS, amounts, strict=True))
        pagu, realisasi = by_name["pagu"], by_name["realisasi"]
        sisa = None if pagu is None or realisasi is None else pagu - realisasi
        nodes.append(Node._make((Level.ITEM.value, spell(path), uraian, *amounts, sisa, serapan(pagu, realisasi))))
    return nodes


def _as_row(node: Node) -> dict[str, Value]:
    """Give a row as a condition reads it."""
    values = node._asdict()
    numbers = {name: None if values[name] is None else Fraction(values[name]) for name in NUMBERS}
    return {**{name: str(values[name]) for name in TEXTS}, **numbers}


def _lies_in(kode: str, wanted: str) -> bool:
    """Tell whether a path has the wanted codes, one after another, at or above its own level.

    In a code `*` stands for any letters and `?` for one: `CQ.*`, `*.521211`, `52????`.
    """
    found = None if {"*", "?"} & set(wanted) else parse(wanted)
    segments = list(found.values()) if found else wanted.upper().split(".")
    codes = kode.split(".")
    return any(
        all(map(fnmatchcase, codes[start : start + len(segments)], segments))
        for start in range(len(codes) - len(segments) + 1)
    )


def _sorted(nodes: list[Node], column: str, *, is_reversed: bool) -> list[Node]:
    """Sort numbers largest first and texts from A, or the other way round; unknown values always last."""
    have = [node for node in nodes if getattr(node, column) is not None]
    lack = [node for node in nodes if getattr(node, column) is None]
    is_text = column in TEXTS

    def key(node: Node) -> str | Fraction:
        value = getattr(node, column)
        return str(value) if is_text else Fraction(value)

    return [*sorted(have, key=key, reverse=is_reversed if is_text else not is_reversed), *lack]


def as_json(nodes: Sequence[Node], columns: Sequence[str] = NUMBERS) -> str:
    """Spell rows as the JSON list of PRODUCT.md 6."""
    fields = (*TEXTS, *columns)
    rows = [{name: getattr(node, name) for name in fields} for node in nodes]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def as_csv(nodes: Sequence[Node], columns: Sequence[str] = NUMBERS) -> str:
    """Spell rows as CSV; a name that a spreadsheet would run as a formula gets a leading apostrophe."""
    fields = (*TEXTS, *columns)
    return safe_csv(fields, [[getattr(node, name) for name in fields] for node in nodes])


def as_table(nodes: Sequence[Node], shown: Sequence[str] = NUMBERS) -> Table:
    """Lay rows out as one sheet."""
    widths = {"kode": 34, "uraian": 46, "level": 13}
    fields = (*TEXTS, *shown)
    columns = tuple(
        Column(
            name,
            name.replace("_", " ").title(),
            Unit.TEXT if name in TEXTS else Unit.SERAPAN if name == "serapan" else Unit.RUPIAH,
            widths.get(name, 17),
        )
        for name in fields
    )
    rows = tuple(Row(Role.LINE, tuple(_cell(node, name) for name in fields)) for node in nodes)
    return Table("Anggaran", (), columns, rows, is_list=True)


def _cell(node: Node, name: str) -> Cell:
    value = getattr(node, name)
    return Cell(Fraction(value) / 100 if name == "serapan" and value is not None else value)


def sum_of(nodes: Sequence[Node]) -> Node:
    """Add up rows that do not overlap; raises BadRequest for rows of several levels, of which one holds another."""
    if len({node.level for node in nodes}) > 1:
        message = "--total menjumlah baris satu tingkat; pilih satu --level"
        raise BadRequest(message)
    amounts = [_sum([getattr(node, name) for node in nodes]) for name in (*AMOUNTS, "sisa")]
    pagu, realisasi = amounts[AMOUNTS.index("pagu")], amounts[AMOUNTS.index("realisasi")]
    return Node._make(("", "", "JUMLAH", *amounts, serapan(pagu, realisasi)))


def _sum(values: Sequence[int | None]) -> int | None:
    return None if None in values else sum(value for value in values if value is not None)


def total_of(rollup: Rollup) -> Node:
    """Give the row of everything."""
    amounts = [known(rollup.total[name])[0] for name in (*AMOUNTS, "sisa")]
    return Node._make(("", "", "SELURUH ANGGARAN", *amounts, rollup.total["serapan"].iloc[0]))
