import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import click
import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from lkj_xlsx.cli import main

SAMPLES: Final = Path(__file__).parents[1] / "samples"
WORKBOOK: Final = str(SAMPLES / "kpu-binjai-2024.xlsx")
GLP039: Final = str(SAMPLES / "kpu-binjai-2024-12-glp039.xlsx")
COMMANDS: Final = ("check", "diff", "report", "show", "template")
HEAVY: Final = frozenset({"pandas", "numpy", "xlsxwriter", "openpyxl", "python_calamine", "rich", "ortools"})


def lkj(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "lkj_xlsx", *arguments]
    return subprocess.run(command, check=False, cwd=folder, capture_output=True, text=True, encoding="utf-8")  # noqa: S603 - our own command


def imported_by(*arguments: str, folder: Path) -> set[str]:
    """List the top-level packages that one run of the command imports."""
    command = [sys.executable, "-X", "importtime", "-m", "lkj_xlsx", *arguments]
    done = subprocess.run(command, check=True, cwd=folder, capture_output=True, text=True, encoding="utf-8")  # noqa: S603 - our own command
    return {name.split(".")[0] for name in re.findall(r"^import time:.*\| +([\w.]+)$", done.stderr, re.MULTILINE)}


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def faulty(tmp_path: Path) -> str:
    """Give the path of a workbook with an error in it: spending above the ceiling."""
    path = tmp_path / "salah.xlsx"
    shutil.copy(WORKBOOK, path)
    book = load_workbook(path)
    sheet = book["Anggaran"]
    (row,) = [cell.row for cell in sheet["B"] if cell.value == "Persiapan Kampanye Pemilu"]
    sheet[f"D{row}"] = 9_999_000
    book.save(path)
    return str(path)


def test_a_report_prints_its_path_on_stdout_and_findings_on_stderr(tmp_path: Path) -> None:
    done = lkj("report", WORKBOOK, "-o", "lampiran.xlsx")
    assert (done.exit_code, done.stdout) == (0, "lampiran.xlsx\n")
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == ["peringatan K107"] * 3
    assert (tmp_path / "lampiran.xlsx").exists()


def test_a_report_without_a_name_says_which_one_it_took(tmp_path: Path) -> None:
    assert lkj("report", GLP039).stdout == "lkj-656519-2024-12.xlsx\n"
    assert [path.name for path in tmp_path.iterdir()] == ["lkj-656519-2024-12.xlsx"]


def test_an_existing_report_is_replaced_only_when_forced(tmp_path: Path) -> None:
    path = tmp_path / "lampiran.xlsx"
    path.write_bytes(b"laporan lama")
    refused = lkj("report", WORKBOOK, "-o", "lampiran.xlsx")
    assert (refused.exit_code, refused.stdout, path.read_bytes()) == (2, "", b"laporan lama")
    assert "--force" in refused.stderr
    assert lkj("report", WORKBOOK, "-o", "lampiran.xlsx", "--force").exit_code == 0
    assert path.read_bytes() != b"laporan lama"


@pytest.mark.parametrize("command", ["report", "show"])
def test_an_error_in_the_document_exits_1_and_the_work_is_done(faulty: str, command: str) -> None:
    done = lkj(command, faulty)
    assert done.exit_code == 1
    assert "salah.xlsx!Anggaran!D" in done.stderr
    assert ": error T103: " in done.stderr
    assert done.stdout


@pytest.mark.parametrize("command", ["report", "show"])
@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("peringatan", 1)])
def test_a_warning_exits_1_only_when_asked(command: str, fail_on: str, code: int) -> None:
    done = lkj(command, GLP039, "--fail-on", fail_on)
    assert done.exit_code == code
    assert "!Q83: peringatan T102: " in done.stderr
    assert done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("report",),
        ("show",),
        ("template",),
        ("laporan",),
        ("report", "--cepat", WORKBOOK),
        ("show", WORKBOOK, "--format", "pdf"),
        ("show", WORKBOOK, "--top", "0"),
        ("show", WORKBOOK, "--top", "banyak"),
        ("show", WORKBOOK, "--level", "dinas"),
        ("show", WORKBOOK, "--where", "serapan"),
        ("show", WORKBOOK, "--sort", "dinas"),
        ("show", WORKBOOK, "--format", "xlsx"),
        ("show", WORKBOOK, "--fail-on", "info"),
        ("report", WORKBOOK, "--periode", "12-2024"),
        ("report", WORKBOOK, "--periode", "2024-13"),
        ("report", WORKBOOK, "--periode", "2023-12"),
        ("report", "tidak-ada.xlsx"),
        ("show", "tidak-ada.xlsx"),
        ("report", WORKBOOK, "tidak-ada.xlsx"),
        ("report", str(SAMPLES)),
        ("report", str(SAMPLES / "README.md")),
        ("report", WORKBOOK, WORKBOOK),
        ("report", WORKBOOK, "-o", "tidak-ada/lampiran.xlsx"),
        ("template", "tidak-ada/kinerja.xlsx"),
        ("show", WORKBOOK, "-o", "tidak-ada/tampil.txt"),
        ("report", WORKBOOK, "-o", "."),
    ],
    ids=" ".join,
)
def test_what_is_refused_exits_2_with_a_message_and_leaves_nothing(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = lkj(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    done = run("report", "tidak-ada.xlsx", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("lkj: tidak-ada.xlsx: ")
    assert len(done.stderr.splitlines()) == 1


def test_an_empty_input_file_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "kosong.xlsx").touch()
    done = lkj("show", "kosong.xlsx")
    assert (done.exit_code, done.stderr.startswith("lkj: kosong.xlsx: ")) == (2, True)


def fail_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> Result:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("lkj_xlsx.template.write_template", fail)
    return lkj("template", "kinerja.xlsx")


def test_a_bug_exits_70_with_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    done = fail_with(monkeypatch, ZeroDivisionError("salah hitung"))
    assert (done.exit_code, done.stdout) == (70, "")
    assert "Traceback (most recent call last)" in done.stderr
    assert "ZeroDivisionError: salah hitung" in done.stderr
    assert done.stderr.endswith("lkj: ini kesalahan program; kirimkan pesan di atas kepada pembuatnya\n")


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_an_interruption_exits_130(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    done = fail_with(monkeypatch, error)
    assert (done.exit_code, done.stdout, done.stderr.strip()) == (130, "", "lkj: dihentikan")


@pytest.mark.skipif(os.name == "nt", reason="a pipe breaks otherwise on Windows")
@pytest.mark.parametrize("form", ["teks", "csv", "json"])
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, form: str) -> None:
    command = [sys.executable, "-m", "lkj_xlsx", "show", GLP039, "--level", "item", "--format", form]
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(command, check=False, cwd=tmp_path, stdout=writer, stderr=subprocess.PIPE)  # noqa: S603 - our own command
    finally:
        os.close(writer)
    assert (done.returncode, b"Traceback" in done.stderr, b"BrokenPipe" in done.stderr) == (0, False, False)


@pytest.mark.parametrize("arguments", [(), *((command,) for command in COMMANDS)], ids=" ".join)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_is_indonesian_and_has_an_example(arguments: tuple[str, ...], flag: str) -> None:
    done = lkj(*arguments, flag)
    assert done.exit_code == 0
    assert "Contoh:" in done.stdout
    assert f"lkj {' '.join(arguments)}".strip() in done.stdout.split("Contoh:")[1]


def test_every_command_there_is_has_its_help_tested() -> None:
    assert isinstance(main, click.Group)
    assert tuple(sorted(main.commands)) == COMMANDS


def test_the_version_is_printed() -> None:
    assert re.fullmatch(r"lkj \d+\.\d+\.\d+\n", lkj("--version").stdout)


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    assert imported_by("--help", folder=tmp_path) & HEAVY == set()


@pytest.mark.parametrize("form", ["json", "csv"])
def test_showing_rows_imports_nothing_that_writes(tmp_path: Path, form: str) -> None:
    imported = imported_by("show", GLP039, "--format", form, folder=tmp_path)
    assert imported & HEAVY == {"pandas", "numpy", "python_calamine"}


def test_json_on_stdout_is_json_though_there_are_findings() -> None:
    done = lkj("show", WORKBOOK, "--level", "kegiatan", "--format", "json")
    rows = json.loads(done.stdout)
    assert (len(rows), sum(row["pagu"] for row in rows)) == (10, 33_239_899_000)
    assert "K107" in done.stderr


@pytest.mark.parametrize("form", ["teks", "csv", "json"])
def test_what_goes_to_a_file_is_what_would_go_to_stdout(tmp_path: Path, form: str) -> None:
    shown = lkj("show", WORKBOOK, "--format", form)
    done = lkj("show", WORKBOOK, "--format", form, "-o", "tampil.txt")
    assert (done.exit_code, done.stdout) == (0, "")
    assert (tmp_path / "tampil.txt").read_text(encoding="utf-8") == shown.stdout
    assert lkj("show", WORKBOOK, "--format", form, "-o", "tampil.txt").exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["tampil.txt"]


def test_rows_go_into_a_workbook(tmp_path: Path) -> None:
    assert lkj("show", WORKBOOK, "--level", "kegiatan", "--format", "xlsx", "-o", "tampil.xlsx").exit_code == 0
    sheet = load_workbook(tmp_path / "tampil.xlsx")["Anggaran"]
    assert [sheet.cell(2, column).value for column in (1, 2, 4)] == ["kegiatan", "CQ.6639", 12_309_652_000]


def test_rows_are_chosen_sorted_and_cut_by_options() -> None:
    options = ("--level", "ro", "--kode", "6709", "--where", "sisa > 1000", "--sort", "sisa", "--reverse", "--top", "2")
    rows = json.loads(lkj("show", WORKBOOK, *options, "--format", "json").stdout)
    assert [(row["kode"], row["sisa"]) for row in rows] == [("CQ.6709.RAN.001", 3370), ("CQ.6709.QGE.004", 4759)]


def test_a_period_is_taken(tmp_path: Path) -> None:
    assert lkj("report", GLP039, "--periode", "2023").exit_code == 2
    assert lkj("report", GLP039, "--periode", "2024-12").stdout == "lkj-656519-2024-12.xlsx\n"
    assert [path.name for path in tmp_path.iterdir()] == ["lkj-656519-2024-12.xlsx"]


def test_a_template_is_written_and_named(tmp_path: Path) -> None:
    done = lkj("template", "kinerja.xlsx")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "kinerja.xlsx\n", "")
    assert lkj("template", "kinerja.xlsx").exit_code == 2
    assert lkj("template", "kinerja.xlsx", "--force").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["kinerja.xlsx"]


def test_the_module_runs_as_the_command_does(tmp_path: Path) -> None:
    done = run("--version", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, lkj("--version").stdout)
