"""Every command works where there is no network at all, and none even asks for it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

SAMPLES: Final = Path(__file__).parent.parent / "samples"
CHILD: Final = """
import json, socket, sys

asked = []

def refuse(*values, **_):
    asked.append(str(values))
    raise OSError("no network here")

for name in ("socket", "create_connection", "create_server", "getaddrinfo", "gethostbyname", "socketpair"):
    setattr(socket, name, refuse)

from lkj_xlsx.cli import main

for arguments in json.loads(sys.argv[1]):
    try:
        main(arguments)
    except SystemExit as ended:
        assert ended.code in (0, 1), (arguments, ended.code)
assert asked == [], asked
"""
ISOLATED: Final = ("unshare", "--map-root-user", "--net")


def commands(folder: Path) -> list[list[str]]:
    """List every command, with inputs of every kind that the samples have."""
    own, printed = str(SAMPLES / "kpu-binjai-2024.xlsx"), str(SAMPLES / "kpu-binjai-2024-terbit.xlsx")
    page = folder / "halaman.html"
    page.write_text(
        "<table><tr><td>KODE</td><td>URAIAN</td><td>PAGU</td><td>REALISASI</td></tr>"
        "<tr><td>6709</td><td><img src='http://contoh.example/a.png'>a</td><td>5</td><td>3</td></tr></table>",
        encoding="utf-8",
    )
    return [
        ["report", own, "-o", str(folder / "report.xlsx")],
        ["check", own, printed, "--mark", str(folder / "mark.xlsx"), "--format", "json"],
        ["check", str(page)],
        ["check", "--list"],
        ["show", own, "--level", "kegiatan", "--format", "csv"],
        ["query", own, "--sql", "SELECT * FROM rincian", "--format", "parquet", "-o", str(folder / "a.parquet")],
        ["query", own, "--tanya", "sisa-terbesar"],
        ["diff", own, own, "--format", "xlsx", "-o", str(folder / "diff.xlsx")],
        ["template", str(folder / "template.xlsx")],
        ["--help"],
    ]


def is_isolating() -> bool:
    """Tell whether this system lets a process live without a network."""
    if shutil.which(ISOLATED[0]) is None:
        return False
    return subprocess.run([*ISOLATED, "true"], check=False, capture_output=True).returncode == 0  # noqa: S603 - own command


@pytest.mark.parametrize("prefix", [(), ISOLATED], ids=["patched", "isolated"])
def test_no_command_needs_or_asks_for_a_network(prefix: tuple[str, ...], tmp_path: Path) -> None:
    if prefix and not is_isolating():
        pytest.skip("this system shuts no process off from the network")
    done = subprocess.run(  # noqa: S603 - own code
        [*prefix, sys.executable, "-c", CHILD, json.dumps(commands(tmp_path))],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-3000:]
