"""What a person sees in the terminal: the tree of a budget, what changed; plain where it goes into a pipe."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import groupby
from typing import IO, Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.status import Status
from rich.table import Table as RichTable
from rich.text import Text

from lkj_xlsx.diff import Change
from lkj_xlsx.listing import CONTROL
from lkj_xlsx.model import Budget, Identity
from lkj_xlsx.result import PLAIN_NUMBERS
from lkj_xlsx.rupiah import spell, spell_difference
from lkj_xlsx.show import LEVELS, SHOWN, TEXT_COLUMNS, Node, heading

LOW, FULL = 80, 100
"""Serapan below LOW is drawn in yellow, above FULL in red: a look, not a rule of the report."""

BAR: Final = 10
"""Letters of a bar of serapan: a look, no figure."""
URAIAN, GAP, SHORTEST, PLAIN = 1, 2, 16, 100
"""The column of names, the blanks between columns, how short a terminal may cut a name (codes and figures it never
cuts), and the least width elsewhere."""


def print_nodes(
    nodes: Sequence[Node],
    totals: Sequence[Node],
    identity: Identity,
    *,
    is_tree: bool,
    columns: Sequence[str] = SHOWN,
    file: IO[str] | None = None,
) -> None:
    """Print rows and the totals under them: coloured and with bars on a terminal, plain and uncut elsewhere."""
    console = _console(file)
    table = _table(_title(identity), [heading(name) for name in columns])
    has_bars = console.is_terminal and "serapan" in columns
    if has_bars:
        table.add_column("", no_wrap=True)
    depths = sorted({LEVELS.index(node.level) for node in nodes}) if is_tree else []
    for node in nodes:
        depth = depths.index(LEVELS.index(node.level)) if is_tree else 0
        code = "  " * depth + (node.kode.rsplit(".", 1)[-1] if is_tree else node.kode)
        style = "bold" if is_tree and depth == 0 else ""
        cells = [Text(_plain(code), "cyan"), _name(node.uraian), *_figures(node, columns)]
        table.add_row(*cells, *([_bar(node.serapan)] if has_bars else []), style=style)
    table.add_section()
    for total in totals:
        table.add_row("", total.uraian, *_figures(total, columns), style="bold")
    _print(console, table, file)


def print_changes(
    changes: Sequence[Change], closing: Change, documents: tuple[Budget, Budget], file: IO[str] | None = None
) -> None:
    """Print what changed between two documents, a section a level, the whole at the end."""
    console = _console(file)
    title = " ke ".join(f"{one.file} ({one.identity.periode or 'tanpa periode'})" for one in documents)
    headings = ("Pagu semula", "menjadi", "selisih", "Realisasi semula", "menjadi", "selisih")
    table = _table(title, headings)
    table.add_column("Perubahan", no_wrap=True)
    for level, of_level in groupby(changes, key=lambda change: change.level):
        table.add_section()
        table.add_row(Text(level.upper() if level in ("kro", "ro") else level.capitalize()), style="bold")
        for change in of_level:
            table.add_row(
                Text(_plain(change.kode), "cyan"), _name(change.uraian), *_steps(change), Text(_plain(_words(change)))
            )
    table.add_section()
    table.add_row("", "SELURUH ANGGARAN", *_steps(closing), "", style="bold")
    if not changes:
        table.add_row("", "Tidak ada yang berubah.")
    _print(console, table, file)


def print_result(columns: Sequence[str], rows: Sequence[Sequence[object]], file: IO[str] | None = None) -> None:
    """Print the answer of a question: whole numbers with thousands marks, decimals with a comma, NULL as nothing."""
    console = _console(file)
    table = RichTable(box=None, pad_edge=False, header_style="bold")
    for index, name in enumerate(columns):
        values = [row[index] for row in rows if row[index] is not None]
        is_number = bool(values) and all(isinstance(value, int | float | Decimal) for value in values)
        table.add_column(Text(name), justify="right" if is_number else "left", no_wrap=True)
    for row in rows:
        table.add_row(*(Text(_value(name, value)) for name, value in zip(columns, row, strict=True)))
    _print(console, table, file)


def _value(name: str, value: object) -> str:
    """Spell one value of an answer."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, int) and name not in PLAIN_NUMBERS:
        return spell(value)
    if isinstance(value, Decimal | float):
        return (f"{value:f}" if isinstance(value, Decimal) else repr(value)).replace(".", ",")
    return _plain(str(value))


def _plain(text: str) -> str:
    """Give a text of a file without what would steer the terminal."""
    return text.translate(CONTROL)


def _steps(change: Change) -> tuple[str | Text, ...]:
    """Spell the amounts of a change: blank where one side lacks the row, coloured where it grew or shrank."""
    cells: list[str | Text] = []
    for semula, menjadi, selisih in (change[4:7], change[7:10]):
        before = "" if change.perubahan == "baru" else spell(semula)
        after = "" if change.perubahan == "hilang" else spell(menjadi)
        step = "?" if selisih is None else spell_difference(selisih)
        cells += [before, after, Text(step, "green" if (selisih or 0) > 0 else "red" if (selisih or 0) < 0 else "")]
    return tuple(cells)


def _words(change: Change) -> str:
    """Say what else changed than amounts."""
    if change.perubahan in ("baru", "hilang"):
        return change.perubahan
    words = (("nama semula", change.uraian_semula), ("kode semula", change.kode_semula))
    return "; ".join(f"{what}: {was}" for what, was in words if was)


def _console(file: IO[str] | None) -> Console:
    """Give a console: plain unless it is a terminal."""
    console = Console(highlight=False, file=file)
    return console if console.is_terminal else Console(highlight=False, file=file, width=PLAIN, no_color=True)


def _table(title: str, headings: Sequence[str]) -> RichTable:
    """Start a table of codes, names and figures."""
    table = RichTable(title=Text(_plain(title)), title_justify="left", box=None, pad_edge=False, header_style="bold")
    table.add_column("Kode", no_wrap=True)
    table.add_column("Uraian")
    for words in headings:
        table.add_column(words, justify="right", no_wrap=True)
    return table


def _name(text: str) -> Text:
    """Give a name, which is cut where the terminal is narrow."""
    return Text(_plain(text), no_wrap=True, overflow="ellipsis")


def _print(console: Console, table: RichTable, file: IO[str] | None) -> None:
    widths = [max(len(str(cell)) for cell in (column.header, *column.cells)) for column in table.columns]
    whole = sum(widths) + GAP * len(widths)
    if console.is_terminal and table.columns[URAIAN : URAIAN + 1] and table.columns[URAIAN].header == "Uraian":
        kept = max(SHORTEST, min(widths[URAIAN], console.width - whole + widths[URAIAN]))
        table.columns[URAIAN].width, whole = kept, whole - widths[URAIAN] + kept
    console.width = max(console.width, whole)  # no other column is ever squeezed
    with console.capture() as printed:  # rich would exit 1 itself when a reader goes away
        console.print(table)
    (file or sys.stdout).writelines(f"{line.rstrip()}\n" for line in printed.get().splitlines())


def _title(identity: Identity) -> str:
    parts = (identity.kode_satker, identity.nama_satker, identity.periode)
    return "  ".join(part for part in parts if part)


def _figures(node: Node, columns: Sequence[str]) -> list[str | Text]:
    return [
        _serapan(node.serapan)
        if name == "serapan"
        else Text(_plain(node.sumber_dana or "?"))
        if name in TEXT_COLUMNS
        else spell(getattr(node, name))
        for name in columns
    ]


def _bar(value: str | None) -> Text:
    """Draw serapan as a bar: full at 100 percent and above."""
    filled = 0 if value is None else max(0, min(BAR, round(float(value) / 100 * BAR)))
    return Text("\u2588" * filled + "\u2591" * (BAR - filled), _serapan(value).style)


def _serapan(value: str | None) -> Text:
    """Spell serapan as the report does, coloured where it is low or above the ceiling."""
    if value is None:
        return Text("-")
    style = "red" if float(value) > FULL else "yellow" if float(value) < LOW else "green"
    return Text(value.replace(".", ",") + "%", style)


def busy(what: str) -> Status:
    """Show on stderr that work goes on."""
    return Console(stderr=True).status(what)


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show on stderr how many files are done; gives what to tell that to."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(what)
        yield lambda done, of: shown.update(task, completed=done, total=of)
