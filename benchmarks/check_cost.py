"""What checking costs beside reading: `make bench` measures `check` against `read` on one large export, in turns.

The export is the sample's budget, its kegiatan repeated under codes of their own until it has so many rows; written as
the report library behind SAKTI writes it. CPU seconds, the median of several turns; only the ratio is meant to travel.
"""

import argparse
import copy
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

SAMPLES: Final = Path(__file__).parents[1] / "samples"
sys.path.insert(0, str(SAMPLES))

import glp039_xml as xml  # noqa: E402 - the samples' scripts lie beside their files
import make_glp039  # noqa: E402 - as above
from glp039_budget import Node, build  # noqa: E402 - as above

from lkj_xlsx import check, read  # noqa: E402 - after the path is set

TURNS: Final = 7


def enlarged(rows: int) -> Node:
    """Repeat the kegiatan of the sample's budget under new codes until the export has at least so many records."""
    root = build()
    root.children = [program for program in root.children if program.kode == "CQ"]
    (program,) = root.children
    models = list(program.children)
    number = 0
    while sum(1 for _ in make_glp039.walk(root)) < rows:
        number += 1
        kegiatan = copy.deepcopy(models[number % len(models)])
        code = f"CQ.{7000 + number}"
        _rename(kegiatan, kegiatan.path, f"CQ.{7000 + number}", number)
        kegiatan.kode = code
        program.children.append(kegiatan)
    return root


def _rename(node: Node, old: str, new: str, number: int) -> None:
    node.path = node.path.replace(old, new, 1)
    if node.level == "item":
        node.uraian = f"{number:03}{node.uraian[3:]}"  # an item number is unique within a satker
    for child in node.children:
        _rename(child, old, new, number)


def write(root: Node, path: Path) -> int:
    """Write the export; gives how many rows it has."""
    sheet = make_glp039.Sheet()
    pages = list(make_glp039.pages(list(make_glp039.walk(root))))
    make_glp039.add_header(sheet, len(pages))
    make_glp039.add_total(sheet, root)
    for page in pages:
        for record in page:
            make_glp039.add_record(sheet, record)
        sheet.add(12, {"B": (make_glp039.FOOTNOTE, xml.NOTE)}, ("B:AF",), last="AF")
    xml.write(path, sheet.rows, sheet.merges)
    return len(sheet.rows)


def cpu(work: Callable[[], object]) -> float:
    """Measure the CPU seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print one line: rows, reading, checking, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "besar.xlsx"
        count = write(enlarged(rows), path)
        budget = read(path)
        tally = check([budget]).tally
        turns = [(cpu(lambda: read(path)), cpu(lambda: check([budget]))) for _ in range(TURNS)]
    reading, checking = (statistics.median(turn[which] for turn in turns) for which in (0, 1))
    print(f"{count} rows, {tally.holding + tally.failing} equations tested, {tally.failing} fail")
    print(
        f"read {reading:.2f} s CPU, check {checking:.2f} s CPU: checking costs {checking / reading:.1f} times reading"
    )


if __name__ == "__main__":
    main()
