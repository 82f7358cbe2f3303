"""How long the first answer takes: `make bench` asks a large export one question, in a process of its own.

The export is that of check_cost.py. Seconds of the wall clock, the median of several runs; the split is measured inside
one more run: imports, reading, the table that the question names with the question itself, and the next question.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from check_cost import enlarged, write

RUNS: Final = 5
SQL: Final = "SELECT kode, sisa, serapan FROM akun ORDER BY sisa DESC LIMIT 10"
SPLIT: Final = """
import time; start = time.perf_counter()
import sys
from pathlib import Path
from lkj_xlsx.database import Database
from lkj_xlsx.intake import read_all
imported = time.perf_counter()
budgets = read_all([Path(sys.argv[1])])
read = time.perf_counter()
database = Database(budgets)
database.ask(sys.argv[2])
asked = time.perf_counter()
database.ask(sys.argv[2])
print(imported - start, read - imported, asked - read, time.perf_counter() - asked)
"""


def wall(command: list[str]) -> float:
    """Measure one run of a command."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
    return time.perf_counter() - start


def main() -> None:
    """Print two lines: the whole, and its parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "besar.xlsx"
        count = write(enlarged(rows), path)
        command = [sys.executable, "-m", "lkj_xlsx", "query", str(path), "--sql", SQL, "--format", "csv"]
        whole = statistics.median(wall(command) for _ in range(RUNS))
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-c", SPLIT, str(path), SQL], check=True, capture_output=True, text=True
        )
    imports, reading, first, second = map(float, done.stdout.split())
    print(f"{count} rows: first answer of lkj query after {whole:.2f} s, process start included")
    print(f"imports {imports:.2f} s, reading {reading:.2f} s, first question {first:.2f} s, the next {second:.3f} s")


if __name__ == "__main__":
    main()
