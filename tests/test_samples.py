import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Final

import pytest

SAMPLES: Final = Path(__file__).parents[1] / "samples"
README: Final = (SAMPLES / "README.md").read_text(encoding="utf-8")
MADE: Final = {
    "kpu-binjai-2024.xlsx": "make_workbook.py",
    "kpu-binjai-2024-12-glp039.xlsx": "make_glp039.py",
    "kpu-binjai-2024-terbit.xlsx": "make_terbit.py",
    "contoh-emon.xlsx": "make_emon.py",
    "contoh-pok.xlsx": "make_pok.py",
    "contoh-rkk.xlsx": "make_rkk.py",
    "contoh-rkks.xlsx": "make_rkks.py",
    "contoh-monsakti.csv": "make_monsakti.py",
    "contoh-transaksi-sp2d.xlsx": "make_transaksi.py",
    "contoh-glp039-akun.xlsx": "make_glp039_contoh.py",
    "contoh-glp039-item.csv": "make_glp039_contoh.py",
    "contoh-glp039-item.xls": "make_glp039_contoh.py",
    "contoh-glp039-ro.xlsx": "make_glp039_contoh.py",
    "contoh-glp039-transaksi.xlsx": "make_glp039_contoh.py",
}


def parts(path: Path) -> dict[str, bytes]:
    """Give every member of a workbook, uncompressed: another zlib may compress otherwise; a text as it is."""
    if not zipfile.is_zipfile(path):
        return {path.name: path.read_bytes()}
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def run(script: str, *arguments: str, folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(SAMPLES), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, str(SAMPLES / script), *arguments]
    subprocess.run(command, check=True, env=environment, cwd=folder, capture_output=True)  # noqa: S603 - our own script


@pytest.mark.parametrize(("name", "script"), MADE.items())
def test_a_sample_is_what_its_script_makes(name: str, script: str, tmp_path: Path) -> None:
    made = tmp_path / name
    run(script, str(made), folder=tmp_path)
    assert list(parts(made)) == list(parts(SAMPLES / name))
    assert parts(made) == parts(SAMPLES / name)


@pytest.mark.parametrize(("name", "script"), MADE.items())
def test_a_script_makes_the_same_bytes_twice(name: str, script: str, tmp_path: Path) -> None:
    for folder in ("satu", "dua"):
        (tmp_path / folder).mkdir()
        run(script, str(tmp_path / folder / name), folder=tmp_path)
    assert (tmp_path / "satu" / name).read_bytes() == (tmp_path / "dua" / name).read_bytes()


def test_the_figures_of_the_samples_are_those_that_the_report_proves(tmp_path: Path) -> None:
    run("binjai.py", folder=tmp_path)


def test_every_sample_and_script_is_listed_in_the_readme() -> None:
    files = {path.name for path in SAMPLES.iterdir() if path.is_file()} - {"README.md"}
    listed = {
        name
        for row in re.findall(r"^\|([^|]*)\|", README, re.MULTILINE)
        for name in re.findall(r"`([^`]+\.(?:py|xlsx|csv|xls))`", row)
    }
    assert files - {"make_workbook.py"} <= listed | set(MADE.values())
    assert listed <= files
    assert {name for name in files if not name.endswith(".py")} == set(MADE)


@pytest.mark.parametrize(("name", "script"), MADE.items())
def test_the_readme_says_which_script_made_a_sample(name: str, script: str) -> None:
    (row,) = [line for line in README.splitlines() if line.startswith(f"| `{name}`")]
    assert f"`{script}`" in row
