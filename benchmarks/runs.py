"""One run of a command as a process of its own, and what it cost."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Final, NamedTuple

LKJ: Final = (sys.executable, "-m", "lkj_xlsx")


class Run(NamedTuple):
    """What one process cost."""

    cpu: float
    wall: float
    megabytes: float


def measure(command: Sequence[str], **environment: str) -> Run:
    """Run a command to its end, compiled modules used; raises RuntimeError when it fails otherwise than by findings."""
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | environment
    begin = time.perf_counter()
    process = subprocess.Popen(command, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        message = f"{' '.join(command)}: exit {process.returncode}"
        raise RuntimeError(message)
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)
