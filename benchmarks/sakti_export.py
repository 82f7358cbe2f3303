"""Large GLP039 exports in SAKTI's own dialect, the same bytes for the same size: `write_export(path, rows)`.

The kegiatan of the sample's budget are repeated under codes and item numbers of their own until the export has so many
rows; each block is spelled once, as the report library behind SAKTI spells it, and written with its row numbers put in.
"""

import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count, islice
from pathlib import Path
from typing import Final

SAMPLES: Final = Path(__file__).parents[1] / "samples"
sys.path.insert(0, str(SAMPLES))

import glp039_xml as xml  # noqa: E402 - the samples' scripts lie beside their files
import make_glp039  # noqa: E402 - as above
from glp039_budget import Node, build  # noqa: E402 - as above

ROW: Final = 987_654_321
"""Stands for the number of a row until it is known."""
SHEET: Final = "xl/worksheets/sheet1.xml"
FIRST_KEGIATAN: Final = 1_000
KEGIATAN_A_PROGRAM: Final = 9_000
HEAD_ROWS: Final = 9


@dataclass(frozen=True)
class Block:
    """One kegiatan: its rows and merges, row numbers, kegiatan and item numbers open, and its three amounts."""

    rows: tuple[str, ...]
    merges: tuple[tuple[str, ...], ...]
    amounts: tuple[int, int, int]
    items: int


@cache
def blocks() -> tuple[Block, ...]:
    """Spell each kegiatan of the sample's budget once."""
    program = next(child for child in build().children if child.kode == "CQ")
    return tuple(_block(kegiatan) for kegiatan in program.children)


def _block(kegiatan: Node) -> Block:
    parent = Node("program", "CQ", "CQ", "", children=[kegiatan])
    rows, merges, numbers = [], [], count()
    for page in make_glp039.pages(list(make_glp039.walk(parent))):
        for record in page:
            sheet = make_glp039.Sheet()
            make_glp039.add_record(sheet, record)
            rows.append(_open(sheet.rows[0], record.node, kegiatan, numbers))
            merges.append(tuple(re.sub(r"\d+", "@", merge) for merge in sheet.merges))
        sheet = make_glp039.Sheet()
        sheet.add(12, {"B": (make_glp039.FOOTNOTE, xml.NOTE)}, ("B:AF",), last="AF")
        rows.append(_open(sheet.rows[0], None, kegiatan, numbers))
        merges.append(tuple(re.sub(r"\d+", "@", merge) for merge in sheet.merges))
    return Block(tuple(rows), tuple(merges), (kegiatan.pagu, kegiatan.lalu, kegiatan.ini), next(numbers))


def _open(row: str, node: Node | None, kegiatan: Node, numbers: Iterator[int]) -> str:
    """Leave the row number, the kegiatan and the item number of a row open."""
    row = re.sub(r'r="([A-Z]*)1"', r'r="\1@"', row)
    if node is kegiatan:
        row = row.replace(f">{kegiatan.kode}<", ">#kegiatan<")
    if node is not None and node.level == "item" and re.search(r">\d{6}\. ", row):
        row = re.sub(r">\d{6}\. ", f">#{next(numbers)}#. ", row)
    return row


def write_export(path: Path, rows: int, satker: str = "656519", bulan: int = 12) -> int:
    """Write an export of at least so many rows; gives how many rows it has."""
    chosen, size = [], HEAD_ROWS + 1
    for number in count():
        if size >= rows:
            break
        block = blocks()[number % len(blocks())]
        chosen.append(block)
        size += len(block.rows) + (number % KEGIATAN_A_PROGRAM == 0)
    with zipfile.ZipFile(path, "w", compresslevel=6) as archive:
        template = path.with_suffix(".kecil")
        xml.write(template, ["\0"], [])
        with zipfile.ZipFile(template) as small:
            parts = {name: small.read(name).decode() for name in small.namelist()}
        template.unlink()
        for name, part in parts.items():
            member = zipfile.ZipInfo(name, xml.ZIP_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(member, "w", force_zip64=True) as file:
                if name != SHEET:
                    file.write(part.encode())
                    continue
                head, tail = part.split("\0")
                before, after = tail.split("<mergeCells>\n")
                file.write(head.encode())
                merges: list[str] = []
                written = iter(_rows(chosen, satker, bulan, merges))
                while piece := "".join(islice(written, 2_000)):
                    file.write(piece.encode())
                file.write((before + "<mergeCells>\n").encode())
                for start in range(0, len(merges), 10_000):
                    file.write("".join(merges[start : start + 10_000]).encode())
                file.write(after.encode())
    return size - 1


def _rows(chosen: list[Block], satker: str, bulan: int, merges: list[str]) -> Iterator[str]:
    """Give the rows one by one; their merges go into `merges`."""
    groups = [chosen[start : start + KEGIATAN_A_PROGRAM] for start in range(0, len(chosen), KEGIATAN_A_PROGRAM)]
    sheet = make_glp039.Sheet()
    make_glp039.add_header(sheet, len(chosen))
    make_glp039.add_total(sheet, _node("", "JUMLAH SELURUHNYA", chosen))
    for row in sheet.rows:
        yield row.replace(">656519<", f">{satker}<").replace(
            "Periode Desember", f"Periode {make_glp039.MONTHS[bulan - 1]}"
        )
    merges += [f'<mergeCell ref="{merge}"/>\n' for merge in sheet.merges]
    row, item = count(len(sheet.rows) + 1), 0
    for number, group in enumerate(groups):
        kode = f"{chr(ord('A') + number // 26)}{chr(ord('A') + number % 26)}"
        program = make_glp039.Sheet()
        make_glp039.add_record(program, make_glp039.Record(_node(kode, "Program yang diperbesar", group), "whole"))
        at = str(next(row))
        yield re.sub(r'r="([A-Z]*)1"', rf'r="\g<1>{at}"', program.rows[0])
        merges += [f'<mergeCell ref="{re.sub("[0-9]+", at, merge)}"/>\n' for merge in program.merges]
        for kegiatan, block in enumerate(group, start=FIRST_KEGIATAN):
            for template, own in zip(block.rows, block.merges, strict=True):
                at = str(next(row))
                text = template.replace("@", at).replace("#kegiatan", f"{kode}.{kegiatan}")
                yield re.sub(r"#(\d+)#", lambda match, item=item: f"{(item + int(match[1])) % 10**6:06}", text)
                merges += [f'<mergeCell ref="{merge.replace("@", at)}"/>\n' for merge in own]
            item += block.items


def _node(kode: str, uraian: str, chosen: list[Block]) -> Node:
    """Make a row of the sums of some blocks."""
    pagu, lalu, ini = (sum(block.amounts[which] for block in chosen) for which in range(3))
    return Node("program", kode, kode, uraian, own=(pagu, lalu, ini))


if __name__ == "__main__":
    print(write_export(Path(sys.argv[1]), int(sys.argv[2])))
