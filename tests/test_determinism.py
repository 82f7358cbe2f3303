"""The same input gives the same bytes, whatever the locale, the time zone, the order of hashes and the clock say."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

SAMPLES: Final = Path(__file__).parent.parent / "samples"
OWN: Final = "kpu-binjai-2024.xlsx"
PRINTED: Final = "kpu-binjai-2024-terbit.xlsx"
SQL: Final = "SELECT * FROM temuan"
COMMANDS: Final = (
    ("report", OWN, "-o", "report.xlsx"),
    ("check", OWN, PRINTED, "--format", "xlsx", "-o", "check.xlsx", "--mark", "mark.xlsx"),
    ("check", PRINTED, OWN, "--format", "csv", "-o", "check.csv", "--mark", "mark-terbit.xlsx"),
    ("check", OWN, PRINTED, "--format", "json", "-o", "check.json"),
    ("check", OWN, PRINTED, "--format", "json"),
    ("check", OWN, PRINTED, "-o", "check.txt"),
    ("show", OWN, "--level", "kegiatan", "--format", "csv"),
    ("show", OWN, "--format", "xlsx", "-o", "show.xlsx"),
    ("show", OWN, "-o", "show.txt"),
    ("query", OWN, PRINTED, "--sql", SQL, "--format", "csv", "-o", "query.csv"),
    ("query", OWN, PRINTED, "--sql", SQL, "--format", "xlsx", "-o", "query.xlsx"),
    ("query", OWN, PRINTED, "--sql", SQL, "--format", "parquet", "-o", "query.parquet"),
    ("diff", OWN, OWN, "--format", "csv", "-o", "diff.csv"),
    ("template", "template.xlsx"),
)
CHILD: Final = """
import json, sys, time
from lkj_xlsx.cli import main

late = int(sys.argv[2])
real = time.time
time.time = lambda: real() + late
for arguments in json.loads(sys.argv[1]):
    try:
        main(arguments)
    except SystemExit as ended:
        assert ended.code in (0, 1), (arguments, ended.code)
"""
WORLDS: Final = (
    {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "1"},
    {
        "LC_ALL": "C",
        "LANGUAGE": "id",
        "TZ": "Asia/Jakarta",
        "PYTHONHASHSEED": "2",
        "PYTHONIOENCODING": "latin-1:strict",
    },
    {"LC_ALL": "id_ID.UTF-8", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "77", "PYTHONIOENCODING": "ascii"},
)


def outputs(folder: Path, world: dict[str, str], late: int) -> dict[str, bytes]:
    """Run every command in a world of its own; give what each wrote, stdout among it."""
    folder.mkdir()
    for name in (OWN, PRINTED):
        (folder / name).write_bytes((SAMPLES / name).read_bytes())
    done = subprocess.run(  # noqa: S603 - own code
        [sys.executable, "-c", CHILD, json.dumps(COMMANDS), str(late)],
        check=False,
        capture_output=True,
        cwd=folder,
        env={
            **os.environ,
            **world,
            "PYTHONPATH": os.pathsep.join([str(SAMPLES.parent), os.environ.get("PYTHONPATH", "")]),
        },
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return {"stdout": done.stdout, **{path.name: path.read_bytes() for path in folder.iterdir()}}


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return outputs(tmp_path_factory.mktemp("sama") / "0", WORLDS[0], 0)


@pytest.mark.parametrize("number", range(1, len(WORLDS)))
def test_the_same_input_gives_the_same_bytes_in_another_world(
    number: int, expected: dict[str, bytes], tmp_path: Path
) -> None:
    written = outputs(tmp_path / "dunia", WORLDS[number], 86_400 * 400)
    assert len(expected) == 17
    assert {name for name, content in expected.items() if written.pop(name) != content} == set()
    assert written == {}
