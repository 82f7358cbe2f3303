"""Kill commands at random moments, as a power cut or `kill -9` does, and count what became of their output.

`python tests/kill.py 200` prints a table: of every kind of output, how often the target was old or absent, new, or
broken, and how many files of ours were left over, before and after the next run. Half of the kills wait until the
writing has begun, which is a small part of a command's life. Exit 1 when anything is broken or stays behind.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lkj_xlsx.sole_writer import OURS
from lkj_xlsx.whole_file import whole_file

ROOT: Final = Path(__file__).parent.parent
SAMPLE: Final = ROOT / "samples" / "kpu-binjai-2024.xlsx"
OLD: Final = b"lampiran lama, yang tidak boleh rusak"
SQL: Final = "SELECT * FROM rincian"
KINDS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "report": ("lampiran.xlsx", ("report", str(SAMPLE), "-o")),
    "check --mark": ("salinan.xlsx", ("check", str(SAMPLE), "--mark")),
    "query csv": ("jawaban.csv", ("query", str(SAMPLE), "--sql", SQL, "--format", "csv", "-o")),
    "query parquet": ("jawaban.parquet", ("query", str(SAMPLE), "--sql", SQL, "--format", "parquet", "-o")),
}
TIMEOUT: Final = 60


@dataclass(frozen=True, slots=True)
class Life:
    """How a run goes that nobody kills: what it writes, how long it lives, and how long its partial file is there."""

    output: bytes
    length: float
    writing: float


def start(kind: str, folder: Path, *, force: bool) -> subprocess.Popen[bytes]:
    """Start a command that writes into a folder; temporary files of all libraries go into a folder beside."""
    name, arguments = KINDS[kind]
    (folder / "tmp").mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "lkj_xlsx", *arguments, str(folder / "keluaran" / name), *["--force"] * force]
    environment = {**os.environ, "TMPDIR": str(folder / "tmp")}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - own command


def partials(folder: Path) -> list[Path]:
    """List the files of ours that a run leaves only when it is killed, those of libraries too."""
    ours = [path for path in (folder / "keluaran").iterdir() if OURS.fullmatch(path.name)]
    return [*ours, *(folder / "tmp").iterdir()]


def wait_for_writing(folder: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until the partial file is there, or the run is over."""
    while process.poll() is None and not any(path.suffix == ".tmp" for path in partials(folder)):
        time.sleep(0.0005)


def live(kind: str, folder: Path) -> Life:
    """Let a command run to its end, and watch it."""
    (folder / "keluaran").mkdir(parents=True)
    began = time.monotonic()
    process = start(kind, folder, force=False)
    wait_for_writing(folder, process)
    wrote = time.monotonic()
    process.wait(TIMEOUT)
    ended = time.monotonic()
    return Life((folder / "keluaran" / KINDS[kind][0]).read_bytes(), ended - began, ended - wrote)


def kill_once(kind: str, folder: Path, life: Life, chance: random.Random) -> tuple[str, int, int]:
    """Kill a command once; give what its target is then, and how many files are left before and after a next run."""
    target = folder / "keluaran" / KINDS[kind][0]
    is_there, in_writing = chance.random() < 0.5, chance.random() < 0.5
    target.unlink(missing_ok=True)
    if is_there:
        target.write_bytes(OLD)
    process = start(kind, folder, force=is_there)
    if in_writing:
        wait_for_writing(folder, process)
    time.sleep(chance.uniform(0, life.writing if in_writing else life.length))
    process.kill()
    process.wait(TIMEOUT)
    found = target.read_bytes() if target.exists() else b""
    state = "baru" if found == life.output else "lama" if found == (OLD if is_there else b"") else "RUSAK"
    left = len(partials(folder))
    with whole_file(folder / "keluaran" / "berikutnya", force=True) as partial:
        partial.write_bytes(b"")
    return state, left, len(partials(folder))


def kill(kind: str, times: int, seed: int) -> Counter[str]:
    """Kill a command many times; count the states, and the files left over before and after a next run."""
    chance = random.Random(f"{kind}{seed}")  # noqa: S311 - the same moments again, as far as a clock goes
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        life = live(kind, Path(folder) / "utuh")
        (Path(folder) / "mati" / "keluaran").mkdir(parents=True)
        for _ in range(times):
            state, left, stays = kill_once(kind, Path(folder) / "mati", life, chance)
            counts.update({state: 1, "tersisa": left, "tersisa sesudah run berikutnya": stays})
    return counts


def main(times: int) -> int:
    """Print the table; give the exit code."""
    columns = ("lama", "baru", "RUSAK", "tersisa", "tersisa sesudah run berikutnya")
    print(f"{'keluaran':14} {'  '.join(columns)}")
    total: Counter[str] = Counter()
    for kind in KINDS:
        counts = kill(kind, times, seed=2024)
        print(f"{kind:14} {'  '.join(f'{counts[column]:{len(column)}}' for column in columns)}", flush=True)
        total += counts
    return int(bool(total["RUSAK"] or total["tersisa sesudah run berikutnya"]))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
