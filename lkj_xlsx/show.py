"""Select rows of a roll-up: by level, by code, by a condition; sort them, add them up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from fractions import Fraction
from typing import Any, Final, NamedTuple

import pandas as pd

from lkj_xlsx.errors import BadRequest
from lkj_xlsx.extras import DEVIASI, PER_SUMBER_DANA, PLANNED, extra_columns, joined, planned, sources_of
from lkj_xlsx.extras import NAMES as SOURCES
from lkj_xlsx.kode import LEAF_LEVELS, ROOT, Level, Path, jenis_belanja, parse, short, spell
from lkj_xlsx.model import AMOUNTS, RPD, SUMBER_DANA, Budget, known, paths
from lkj_xlsx.rollup import JENIS, Rollup, across
from lkj_xlsx.serapan import serapan
from lkj_xlsx.where import Kind, Value, condition
from lkj_xlsx.where import Row as Given

LEVELS: Final = (*(level.value for level in Level), JENIS)
NUMBERS: Final = (*AMOUNTS, "sisa", "serapan")
TEXTS: Final = ("level", "kode", "uraian")
EXTRA: Final = (SUMBER_DANA, PLANNED, DEVIASI)
"""Columns that only some documents bring."""
SHOWN: Final = ("pagu", "realisasi", "sisa", "serapan")
"""The columns that a terminal shows unless others are asked for."""
TEXT_COLUMNS: Final = (*TEXTS, SUMBER_DANA)
ACROSS: Final = (JENIS, *(level.value for level in LEAF_LEVELS), PER_SUMBER_DANA)
"""What rows can be added up by across the tree."""

COLUMNS: Final[Mapping[str, Kind]] = {
    **dict.fromkeys(TEXT_COLUMNS, str),
    **dict.fromkeys((*NUMBERS, PLANNED, DEVIASI), Fraction),
}
"""What a condition may speak of."""


class Node(NamedTuple):
    """One row shown: rupiah as int or None, serapan a text with two decimals or None.

    The last three are None where the document does not bring them: rpd is what was planned until its month, deviasi
    realisasi - rpd, sumber_dana a text that names several as `PNP + RM`.
    """

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
    rpd: int | None = None
    deviasi: int | None = None
    sumber_dana: str | None = None


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
    _known_or_refused("--kolom", choice.columns, (*NUMBERS, *EXTRA))
    has = extra_columns(budget.lines)
    _brought_or_refused("--kolom", choice.columns, has)
    if choice.by is not None:
        nodes = _across(budget, rollup, choice)
    else:
        every = _of_levels(budget, rollup, choice.levels)
        nodes = [node for node in every if choice.kode is None or _lies_in(node.kode, choice.kode)]
    if choice.where is not None:
        holds = _condition(choice.where, has)
        nodes = [node for node in nodes if holds(_as_row(node))]
    if choice.sort is not None:
        _known_or_refused("--sort", (choice.sort,), (*NUMBERS, *TEXTS, *EXTRA))
        _brought_or_refused("--sort", (choice.sort,), has)
        nodes = _sorted(nodes, choice.sort, is_reversed=choice.is_reversed)
    return nodes if choice.top is None else nodes[: choice.top]


def _known_or_refused(option: str, asked: Sequence[str], known_ones: Sequence[str]) -> None:
    """Refuse what is not one of the known names, naming them."""
    for name in asked:
        if name not in known_ones:
            message = f"{option} {name}: tidak dikenal; pilih {', '.join(known_ones)}"
            raise BadRequest(message)


def columns_of(budget: Budget) -> tuple[str, ...]:
    """Name the columns of data: those of every document, and those that this one brings."""
    return (*NUMBERS, *extra_columns(budget.lines))


def _brought_or_refused(option: str, asked: Sequence[str], has: Sequence[str]) -> None:
    """Refuse an extra column that no document brings, saying which would."""
    for name in asked:
        if name in EXTRA and name not in has:
            raise _not_brought(option, name)


def _not_brought(option: str, name: str) -> BadRequest:
    brought = "RKK, MonSAKTI atau Satu DJA" if name == SUMBER_DANA else "MonSAKTI atau Form Cetak POK"
    return BadRequest(f"{option} {name}: berkas ini tidak memuatnya; berikan juga {brought}")


def _condition(text: str, has: Sequence[str]) -> Callable[[Given], bool]:
    """Understand a condition on the columns that there are; refuses one on an extra column that no document brings."""
    try:
        return condition(text, {name: kind for name, kind in COLUMNS.items() if name not in EXTRA or name in has})
    except BadRequest:
        condition(text, COLUMNS)  # raises unless only what no document brings is wrong
        lacking = next(name for name in EXTRA if name in text and name not in has)
        refusal = _not_brought("--where", lacking)
        raise refusal from None


def _across(budget: Budget, rollup: Rollup, choice: Choice) -> list[Node]:
    """Add the chosen leaves by a code across the tree: every leaf once, those that lack the code as `-`."""
    by = (choice.by or "").replace("_", "-")
    _known_or_refused("--by", (by,), ACROSS)
    if choice.levels:
        message = "--by menjumlah melintasi cabang; pakai tanpa --level"
        raise BadRequest(message)
    lines = budget.lines
    if by == PER_SUMBER_DANA:
        _brought_or_refused("--by", (SUMBER_DANA,), extra_columns(lines))
    if choice.kode is not None:
        is_chosen = [_lies_in(spell(path), choice.kode) for path in paths(lines)]
        lines = lines[is_chosen].reset_index(drop=True)
    is_source = by == PER_SUMBER_DANA
    codes = sources_of(lines) if is_source else [_code_at(path, by) for path in paths(lines)]
    named = zip(rollup.paths, rollup.nodes["level"], rollup.nodes["uraian"], strict=True)
    names = {short(path): uraian for path, own, uraian in reversed(list(named)) if own == by}
    names |= {code: jenis_belanja(code) for code in codes} if by == JENIS else {}
    names |= SOURCES if is_source else {}
    totals = across(lines, codes, by, {**names, "": f"tanpa {by}"}, budget.identity.bulan)
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
    return [Node._make(row) for row in zip(*texts, *columns, frame["serapan"], *_extras(frame), strict=True)]


def _extras(frame: pd.DataFrame) -> tuple[list[Any], ...]:
    """Give rpd, deviasi and sumber dana of totals, None where there is none."""
    amounts = (known(frame[name]) if name in frame else [None] * len(frame) for name in (PLANNED, DEVIASI))
    return (*amounts, [source or None for source in sources_of(frame)])


def _items(budget: Budget) -> list[Node]:
    """Give the items as the document prints them: detail of their akun, not counted anywhere."""
    items = budget.printed[budget.printed["item"] != ""]
    columns = {name: known(items[name]) for name in AMOUNTS}
    rpd = known(planned(items, budget.identity.bulan)) if RPD[0] in items else [None] * len(items)
    sources = sources_of(items)
    nodes = []
    for path, uraian, plan, source, *amounts in zip(
        paths(items), items["uraian"], rpd, sources, *columns.values(), strict=True
    ):
        by_name = dict(zip(AMOUNTS, amounts, strict=True))
        pagu, realisasi = by_name["pagu"], by_name["realisasi"]
        sisa = None if pagu is None or realisasi is None else pagu - realisasi
        deviasi = None if plan is None or realisasi is None else realisasi - plan
        figures = (*amounts, sisa, serapan(pagu, realisasi), plan, deviasi)
        nodes.append(Node._make((Level.ITEM.value, spell(path), uraian, *figures, source or None)))
    return nodes


def _as_row(node: Node) -> dict[str, Value]:
    """Give a row as a condition reads it."""
    values = node._asdict()
    numbers = {name: None if values[name] is None else Fraction(values[name]) for name in (*NUMBERS, PLANNED, DEVIASI)}
    return {**{name: str(values[name]) for name in TEXTS}, **numbers, SUMBER_DANA: node.sumber_dana}


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
    is_text = column in TEXT_COLUMNS

    def key(node: Node) -> str | Fraction:
        value = getattr(node, column)
        return str(value) if is_text else Fraction(value)

    return [*sorted(have, key=key, reverse=is_reversed if is_text else not is_reversed), *lack]


def heading(name: str) -> str:
    """Name a column as its reader does: `Realisasi ini`, `RPD`."""
    return "RPD" if name == PLANNED else name.replace("_", " ").capitalize()


def sum_of(nodes: Sequence[Node]) -> Node:
    """Add up rows that do not overlap; raises BadRequest for rows of several levels, of which one holds another."""
    if len({node.level for node in nodes}) > 1:
        message = "--total menjumlah baris satu tingkat; pilih satu --level"
        raise BadRequest(message)
    amounts = [_sum([getattr(node, name) for node in nodes]) for name in (*AMOUNTS, "sisa")]
    rpd, deviasi = (_sum([getattr(node, name) for node in nodes]) for name in (PLANNED, DEVIASI))
    pagu, realisasi = amounts[AMOUNTS.index("pagu")], amounts[AMOUNTS.index("realisasi")]
    source = joined(node.sumber_dana or "" for node in nodes) or None
    return Node._make(("", "", "JUMLAH", *amounts, serapan(pagu, realisasi), rpd, deviasi, source))


def _sum(values: Sequence[int | None]) -> int | None:
    return None if None in values else sum(value for value in values if value is not None)


def total_of(rollup: Rollup) -> Node:
    """Give the row of everything."""
    amounts = [known(rollup.total[name])[0] for name in (*AMOUNTS, "sisa")]
    extras = (column[0] for column in _extras(rollup.total))
    return Node._make(("", "", "SELURUH ANGGARAN", *amounts, rollup.total["serapan"].iloc[0], *extras))
