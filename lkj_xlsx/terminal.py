"""What a person sees in the terminal: the tree of a budget, plain where it goes into a pipe."""

import sys
from collections.abc import Sequence
from typing import IO

from rich.console import Console
from rich.status import Status
from rich.table import Table as RichTable
from rich.text import Text

from lkj_xlsx.model import Identity
from lkj_xlsx.rupiah import spell
from lkj_xlsx.show import LEVELS, Node

LOW, FULL = 80, 100
"""Serapan below LOW is drawn in yellow, above FULL in red: a look, not a rule of the report."""


def print_nodes(
    nodes: Sequence[Node], total: Node, identity: Identity, *, is_tree: bool, file: IO[str] | None = None
) -> None:
    """Print rows to stdout or a file: coloured on a terminal, plain and uncut elsewhere."""
    console = Console(highlight=False, file=file)
    if not console.is_terminal:
        console = Console(highlight=False, file=file, width=_widest(nodes), no_color=True)
    table = RichTable(title=Text(_title(identity)), title_justify="left", box=None, pad_edge=False, header_style="bold")
    table.add_column("Kode", no_wrap=True)
    table.add_column("Uraian", overflow="ellipsis", no_wrap=True, ratio=1 if console.is_terminal else None)
    for heading in ("Pagu", "Realisasi", "Sisa", "Serapan"):
        table.add_column(heading, justify="right", no_wrap=True)
    depths = sorted({LEVELS.index(node.level) for node in nodes})
    for node in nodes:
        depth = depths.index(LEVELS.index(node.level)) if is_tree else 0
        code = "  " * depth + (node.kode.rsplit(".", 1)[-1] if is_tree else node.kode)
        style = "bold" if is_tree and depth == 0 else ""
        table.add_row(Text(code, "cyan"), Text(node.uraian), *_figures(node), style=style)
    table.add_section()
    table.add_row("", "SELURUH ANGGARAN", *_figures(total), style="bold")
    with console.capture() as printed:  # rich would exit 1 itself when a reader goes away
        console.print(table)
    (file or sys.stdout).write(printed.get())


def _title(identity: Identity) -> str:
    parts = (identity.kode_satker, identity.nama_satker, identity.periode)
    return "  ".join(part for part in parts if part)


def _figures(node: Node) -> tuple[str | Text, ...]:
    return spell(node.pagu), spell(node.realisasi), spell(node.sisa), _serapan(node.serapan)


def _serapan(value: str | None) -> Text:
    """Spell serapan as the report does, coloured where it is low or above the ceiling."""
    if value is None:
        return Text("-")
    style = "red" if float(value) > FULL else "yellow" if float(value) < LOW else "green"
    return Text(value.replace(".", ",") + "%", style)


def _widest(nodes: Sequence[Node]) -> int:
    """Give a width at which nothing in a pipe is cut."""
    kode = max((len(node.kode) for node in nodes), default=0)
    uraian = max((len(node.uraian) for node in nodes), default=0)
    return max(100, kode + uraian + 4 * 24)


def busy(what: str) -> Status:
    """Show on stderr that work goes on."""
    return Console(stderr=True).status(what)
