"""What a command may not write over, and that the old file is the same to the byte when writing fails: exit 2."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from lkj_xlsx.cli import main
from lkj_xlsx.whole_file import whole_file

SAMPLE: Final = Path(__file__).parent.parent / "samples" / "kpu-binjai-2024.xlsx"
OLD: Final = b"berkas lama"
SQL: Final = "SELECT * FROM rincian"
COMMANDS: Final = {
    "report": ("report", "{}", "-o"),
    "check": ("check", "{}", "-o"),
    "check --format xlsx": ("check", "{}", "--format", "xlsx", "-o"),
    "check --mark": ("check", "{}", "--mark"),
    "show": ("show", "{}", "-o"),
    "show --bulanan": ("show", "{}", "--bulanan", "-o"),
    "show --format xlsx": ("show", "{}", "--format", "xlsx", "-o"),
    "diff": ("diff", "{}", "{}", "--format", "csv", "-o"),
    "query": ("query", "{}", "--sql", SQL, "--format", "json", "-o"),
    "query --format parquet": ("query", "{}", "--sql", SQL, "--format", "parquet", "-o"),
}


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Give an input of hers, in a folder of its own."""
    path = tmp_path / "masukan.xlsx"
    path.write_bytes(SAMPLE.read_bytes())
    return path


def arguments(command: str, export: Path, target: Path) -> list[str]:
    return [*(each.format(export) for each in COMMANDS[command]), str(target)]


def lkj(command: str, export: Path, target: Path, *more: str) -> Result:
    return CliRunner().invoke(main, [*arguments(command, export, target), *more])


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_writes_over_an_input_under_any_spelling(command: str, export: Path) -> None:
    (export.parent / "tautan.xlsx").symlink_to(export)
    (export.parent / "kembar.xlsx").hardlink_to(export)
    (export.parent / "sub").mkdir()
    before = files(export.parent)
    for target in (export, *(export.parent / name for name in ("tautan.xlsx", "kembar.xlsx", "sub/../masukan.xlsx"))):
        result = lkj(command, export, target, "--force")
        assert (result.exit_code, "itu berkas masukan" in result.stderr, result.stdout) == (2, True, ""), result.output
    assert files(export.parent) == before
    assert export.parent.joinpath("tautan.xlsx").is_symlink()


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_replaces_a_file_without_force(command: str, export: Path) -> None:
    target = export.with_name("keluaran.xlsx")
    target.write_bytes(OLD)
    result = lkj(command, export, target)
    told = f"lkj: {target}: sudah ada; pakai --force untuk menggantinya, atau pilih nama lain\n"
    assert (result.exit_code, result.stderr) == (2, told)
    assert files(export.parent) == {"masukan.xlsx": SAMPLE.read_bytes(), "keluaran.xlsx": OLD}


@pytest.mark.parametrize("command", [command for command in COMMANDS if "bulanan" not in command])
def test_a_target_that_another_run_is_writing_is_refused(command: str, export: Path) -> None:
    target = export.with_name("keluaran.xlsx")
    with whole_file(target) as partial:
        partial.write_bytes(b"run yang lain")
        result = lkj(command, export, target)
        assert (result.exit_code, "sedang ditulis oleh proses lain" in result.stderr) == (2, True), result.output
    assert files(export.parent) == {"masukan.xlsx": SAMPLE.read_bytes(), "keluaran.xlsx": b"run yang lain"}


LIMITED: Final = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
from lkj_xlsx.cli import main
main(sys.argv[1:])
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such limit")
@pytest.mark.parametrize("command", ["report", "check --mark", "show", "query --format parquet"])
def test_a_full_disk_leaves_the_old_file_and_is_told(command: str, export: Path) -> None:
    target = export.with_name("keluaran.xlsx")
    target.write_bytes(OLD)
    done = subprocess.run(  # noqa: S603 - own code
        [sys.executable, "-c", LIMITED, *arguments(command, export, target), "--force"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, "disk penuh" in done.stderr, "Traceback" in done.stderr) == (2, True, False), done.stderr
    assert files(export.parent) == {"masukan.xlsx": SAMPLE.read_bytes(), "keluaran.xlsx": OLD}


def test_of_two_outputs_none_is_there_when_one_cannot_be_written(export: Path) -> None:
    copy, listing = export.with_name("salinan.xlsx"), export.parent / "tiada" / "daftar.csv"
    asked: Sequence[str] = ("check", str(export), "--mark", str(copy), "--format", "csv", "-o", str(listing))
    result = CliRunner().invoke(main, asked)
    assert (result.exit_code, "folder tidak dapat ditulisi" in result.stderr) == (2, True)
    assert "salinan yang diwarnai" not in result.stderr
    assert files(export.parent) == {"masukan.xlsx": SAMPLE.read_bytes()}


def test_two_outputs_to_one_file_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    asked = ("check", "tidak-ada.xlsx", "--mark", str(tmp_path / "a.xlsx"), "-o", str(tmp_path / "." / "a.xlsx"))
    result = CliRunner().invoke(main, asked)
    assert (result.exit_code, "dua keluaran ke berkas yang sama" in result.stderr) == (2, True)


def test_a_template_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "kinerja.xlsx"
    target.write_bytes(OLD)
    assert CliRunner().invoke(main, ("template", str(target))).exit_code == 2
    assert target.read_bytes() == OLD
    assert CliRunner().invoke(main, ("template", str(target), "--force")).exit_code == 0
    assert target.read_bytes()[:2] == b"PK"
