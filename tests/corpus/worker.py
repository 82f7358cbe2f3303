"""A process that loads the program once and runs it on one file after another, each in a child of its own.

`python -m corpus.worker`, in tests/: a line of JSON in (folder, file, commands), a line of JSON out. A child may hang,
abort or eat memory; it is bounded, and what became of it is told.
"""

import gc
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from corpus.workbook import xlsx

COMMANDS: Final = ("show", "check")
MOST_MEMORY: Final = 2 * 2**30
"""Bytes of addresses."""
MOST_SECONDS: Final = 10
"""Of the processor, for both commands."""
LONGEST: Final = 40
"""Seconds by the clock: a process that waits uses no processor."""


def run(command: str, folder: Path, file: str) -> int:
    """Run a command on a file, its output into files; give its exit code."""
    from lkj_xlsx.cli import main  # noqa: PLC0415 - only a worker loads the program

    sys.stdout.flush()
    sys.stderr.flush()
    for number, stream in ((1, "out"), (2, "err")):
        target = os.open(folder / f"{command}.{stream}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(target, number)
        os.close(target)
    try:
        main([command, file, "--format", "json"])
    except SystemExit as ended:
        code = ended.code
    sys.stdout.flush()
    sys.stderr.flush()
    return code if isinstance(code, int) else 1


def child(folder: Path, file: str, commands: Sequence[str]) -> None:
    """Run commands on a file; never comes back."""
    os.setpgid(0, 0)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.chdir(folder)
    for command in commands:
        (folder / f"{command}.code").write_text(str(run(command, folder, file)))
    os._exit(0)


def wait(process: int) -> tuple[int | None, Any]:
    """Wait for a child to end; give its status (None when it was stopped for being too long) and what it used."""
    end = time.monotonic() + LONGEST
    while True:
        ended, status, used = os.wait4(process, os.WNOHANG)
        if ended:
            return status, used
        if time.monotonic() > end:
            os.killpg(process, signal.SIGKILL)
            _, _, used = os.wait4(process, 0)
            return None, used
        time.sleep(0.002)


def judged(folder: Path, file: str, commands: Sequence[str]) -> dict[str, Any]:
    """Tell what became of a file."""
    began = time.monotonic()
    process = os.fork()
    if not process:
        try:
            child(folder, file, commands)
        finally:
            os._exit(99)
    status, used = wait(process)
    death = ""
    if status is None:
        death = f"no end after {LONGEST} s"
    elif os.WIFSIGNALED(status):
        death = f"killed by {signal.Signals(os.WTERMSIG(status)).name}"
    elif os.WEXITSTATUS(status):
        death = f"exit {os.WEXITSTATUS(status)} outside of the commands"
    runs: dict[str, Any] = {}
    for command in commands:
        texts = {}
        for kind in ("code", "out", "err"):
            path = folder / f"{command}.{kind}"
            texts[kind] = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
            path.unlink(missing_ok=True)
        runs[command] = {**texts, "code": int(texts["code"] or -1)}
    return {"runs": runs, "death": death, "megabytes": used.ru_maxrss // 1024, "seconds": time.monotonic() - began}


def main() -> None:
    """Load all that the program loads by running it once, then answer until nothing more is asked."""
    answers = os.fdopen(os.dup(1), "w")
    folder = Path(sys.argv[1])
    (folder / "contoh.xlsx").write_bytes(xlsx())
    complaints = os.dup(2)
    for command in COMMANDS:
        if run(command, folder, str(folder / "contoh.xlsx")):
            os.dup2(complaints, 2)
            sys.exit((folder / f"{command}.err").read_text(encoding="utf-8"))
    os.dup2(complaints, 2)
    import ortools.sat.python.cp_model  # noqa: F401, PLC0415 - loaded where totals disagree

    gc.freeze()  # what is loaded stays where it is, shared with every child
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(judged(Path(asked["folder"]), asked["file"], asked["commands"])), file=answers, flush=True)


if __name__ == "__main__":
    main()
