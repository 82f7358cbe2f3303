"""How a printed report with several wrong digits fares: `make bench` spoils ten of its thousand numbers, many times.

Each report is made up: kegiatan of two programs, ceilings in whole thousands, percents half-up, all totals printed. CPU
seconds of `check` alone; what came of each wrong digit is counted, and a claim that is not the true figure is `wrong`.
"""

import argparse
import random
import time
from collections import Counter
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from openpyxl import Workbook

from lkj_xlsx import check, read
from lkj_xlsx.misprint import one_digit_off
from lkj_xlsx.persen import rounded_percent, spell_percent

FAULTS: Final = 10
HEADING: Final = ("Kode", "Uraian", "Pagu", "Realisasi", "%")
TOP: Final = 2
"""The row of the first line, below a title and the heading."""

Figure = int | str


def report(chance: random.Random) -> list[list[Figure]]:
    """Make up a sound report of about a thousand numbers."""
    rows: list[list[Figure]] = []
    programs, whole = [], [0, 0]
    for program, first in (("CQ", 6000), ("WA", 3000)):
        rows.append([f"076.01.{program}", f"Program {program}"])
        in_program = [0, 0]
        for kegiatan in range(first, first + 27):
            rows.append([str(kegiatan), f"Kegiatan {kegiatan}"])
            in_kegiatan = [0, 0]
            for number in range(1, chance.randint(2, 10)):
                pagu = chance.randint(1, 999_999) * 1000
                realisasi = chance.randint(0, pagu)
                rows.append([f"QGE.{number:03}", f"Output {number}", *_figures(pagu, realisasi)])
                in_kegiatan = [in_kegiatan[0] + pagu, in_kegiatan[1] + realisasi]
            rows.append(["", f"SUB TOTAL ({kegiatan})", *_figures(*in_kegiatan)])
            in_program = [a + b for a, b in zip(in_program, in_kegiatan, strict=True)]
        programs.append(["", f"SUB TOTAL PROGRAM 076.01.{program}", *_figures(*in_program)])
        whole = [a + b for a, b in zip(whole, in_program, strict=True)]
    return [*rows, *programs, ["", "JUMLAH", *_figures(*whole)]]


def _figures(pagu: int, realisasi: int) -> list[Figure]:
    return [pagu, realisasi, spell_percent(rounded_percent(Fraction(realisasi, pagu)))]


def spoil(rows: list[list[Figure]], chance: random.Random) -> dict[tuple[int, int], Figure]:
    """Put one wrong digit into each of FAULTS numbers; gives the true figures by row and column."""
    places = [(row, column) for row, cells in enumerate(rows) for column in range(2, len(cells))]
    truth = {place: rows[place[0]][place[1]] for place in chance.sample(places, FAULTS)}
    for (row, column), figure in truth.items():
        if isinstance(figure, int):
            rows[row][column] = chance.choice(list(one_digit_off(figure)))
        else:
            points = int(figure.rstrip("%").replace(",", ""))
            wrong = f"{chance.choice(list(one_digit_off(points))):03}"
            rows[row][column] = f"{wrong[:-2]},{wrong[-2:]}%"
    return truth


def write(rows: list[list[Figure]], path: Path) -> None:
    """Write a report as a workbook."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Tabel C.1"
    sheet.append(["Tabel C.1"])
    for cells in (HEADING, *rows):
        sheet.append(list(cells))
    book.save(path)


def judge(path: Path, truth: dict[tuple[int, int], Figure]) -> tuple[Counter[str], float]:
    """Check one report: what came of each wrong digit, and the CPU seconds."""
    budget = read(path)
    start = time.process_time()
    findings = [finding for finding in check([budget]).findings if finding.severity == "error"]
    seconds = time.process_time() - start
    claims = {(one.where.row, one.where.column): one.expected for one in findings if one.expected is not None}
    seen = {(where.row, where.column) for one in findings for where in (one.where, *one.because)}
    counts: Counter[str] = Counter()
    places = {(row + TOP, column): figure for (row, column), figure in truth.items()}
    for place, figure in places.items():
        if place in claims:
            counts["right" if claims[place] == figure else "wrong"] += 1
        else:
            counts["suspected" if place in seen else "unseen"] += 1
    counts["wrong"] += len(claims.keys() - places.keys())
    return counts, seconds


def main() -> None:
    """Print two lines: what came of the wrong digits, and how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100)
    count = parser.parse_args().reports
    total: Counter[str] = Counter()
    times, numbers = [], []
    with TemporaryDirectory() as folder:
        for seed in range(count):
            chance = random.Random(seed)  # noqa: S311 - a sample, no secret
            rows = report(chance)
            truth = spoil(rows, chance)
            path = Path(folder) / "laporan.xlsx"
            write(rows, path)
            counts, seconds = judge(path, truth)
            total += counts
            times.append(seconds)
            numbers.append(sum(len(cells) - 2 for cells in rows))
    shares = ", ".join(f"{total[name]} {name}" for name in ("right", "suspected", "unseen", "wrong"))
    print(f"{count} reports of {min(numbers)} to {max(numbers)} numbers, {FAULTS} wrong digits each: {shares}")
    print(f"check: {sum(times) / count:.2f} s CPU in the mean, {max(times):.2f} s at most")


if __name__ == "__main__":
    main()
