import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import click
import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from lkj_xlsx.checks import catalogue
from lkj_xlsx.cli import main

SAMPLES: Final = Path(__file__).parents[1] / "samples"
WORKBOOK: Final = str(SAMPLES / "kpu-binjai-2024.xlsx")
GLP039: Final = str(SAMPLES / "kpu-binjai-2024-12-glp039.xlsx")
TERBIT: Final = str(SAMPLES / "kpu-binjai-2024-terbit.xlsx")
Golden = Callable[[str, str], None]
COMMANDS: Final = ("check", "consolidate", "diff", "query", "report", "show", "template")
HEAVY: Final = frozenset(
    {"pandas", "numpy", "xlsxwriter", "openpyxl", "python_calamine", "rich", "ortools", "duckdb", "prompt_toolkit"}
)


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
        ("show", WORKBOOK, "--by", "item"),
        ("show", WORKBOOK, "--kolom", "nama"),
        ("show", WORKBOOK, "--total"),
        ("show", WORKBOOK, "--bulanan", "--total"),
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
        ("check",),
        ("check", "tidak-ada.xlsx"),
        ("check", TERBIT, "--format", "xlsx"),
        ("check", TERBIT, "--fail-on", "info"),
        ("check", TERBIT, "-o", "tidak-ada/temuan.txt"),
        ("check", TERBIT, "--mark", "tidak-ada/salinan.xlsx"),
        ("check", TERBIT, "--mark", "salinan.csv"),
        ("check", TERBIT, "--mark", TERBIT, "--force"),
        ("diff", WORKBOOK),
        ("diff", WORKBOOK, GLP039, GLP039),
        ("diff", WORKBOOK, "tidak-ada.xlsx"),
        ("diff", WORKBOOK, GLP039, "--level", "dinas"),
        ("diff", WORKBOOK, GLP039, "--level", "item"),
        ("diff", WORKBOOK, GLP039, "--format", "xlsx"),
        ("query",),
        ("query", "tidak-ada.xlsx", "--sql", "SELECT 1"),
        ("query", WORKBOOK, "--sql", "DROP TABLE rincian"),
        ("query", WORKBOOK, "--sql", "COPY rincian TO 'curi.csv'"),
        ("query", WORKBOOK, "--tanya", "apa saja"),
        ("query", WORKBOOK, "--tanya", "sisa-per-ro", "--format", "parquet"),
        ("query", WORKBOOK, "--tanya", "sisa-per-ro", "--format", "pdf"),
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


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (("check", GLP039), {"pandas", "numpy"}),
        (("check", "--list"), {"pandas", "numpy"}),
        (("diff", WORKBOOK, GLP039, "--format", "csv"), {"pandas", "numpy"}),
        (
            ("query", GLP039, "--tanya", "sisa-per-ro", "--format", "csv"),
            {"pandas", "numpy", "duckdb"},
        ),
        (("query", "--contoh"), set()),
    ],
    ids=["a sound file", "the catalogue", "a diff", "a question", "the ready questions"],
)
def test_what_is_sound_loads_no_solver(tmp_path: Path, arguments: tuple[str, ...], heavy: set[str]) -> None:
    assert imported_by(*arguments, folder=tmp_path) & HEAVY == heavy


@pytest.mark.parametrize("form", ["json", "csv"])
def test_showing_rows_imports_nothing_that_writes(tmp_path: Path, form: str) -> None:
    imported = imported_by("show", GLP039, "--format", form, folder=tmp_path)
    assert imported & HEAVY == {"pandas", "numpy"}


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


def test_rows_are_added_up_across_the_tree_with_chosen_columns_and_a_total() -> None:
    options = ("--by", "jenis-belanja", "--kode", "6639", "--kolom", "pagu,serapan", "--total")
    lines = lkj("show", GLP039, *options).stdout.splitlines()
    assert [line.split() for line in lines[1:3]] == [
        ["Kode", "Uraian", "Pagu", "Serapan"],
        ["52", "Belanja", "Barang", "12.208.036.000", "99,99%"],
    ]
    assert lines[4].split() == ["JUMLAH", "12.309.652.000", "99,99%"]
    assert (
        lkj("show", GLP039, *options[:-1], "--format", "csv").stdout.splitlines()[0] == "level,kode,uraian,pagu,serapan"
    )


def test_months_are_shown_side_by_side(tmp_path: Path) -> None:
    for bulan, realisasi in (("11", 900), ("12", 950)):
        book = load_workbook(WORKBOOK)
        (key,) = [cell for cell in book["Identitas"]["A"] if cell.value == "Bulan"]
        book["Identitas"].cell(key.row, 2, bulan)
        book["Anggaran"]["D7"] = realisasi
        book.save(tmp_path / f"{bulan}.xlsx")
    done = lkj(
        "show", "12.xlsx", "11.xlsx", "--bulanan", "--kode", "CQ.6709.QGE.003", "--level", "ro", "--format", "json"
    )
    (row,) = json.loads(done.stdout)
    assert (row["november"], row["desember"], row["tambah"]) == (900, 950, 50)
    assert lkj("show", "12.xlsx", "--bulanan").exit_code == 2


def test_a_period_is_taken(tmp_path: Path) -> None:
    assert lkj("report", GLP039, "--periode", "2023").exit_code == 2
    assert lkj("report", GLP039, "--periode", "2024-12").stdout == "lkj-656519-2024-12.xlsx\n"
    assert [path.name for path in tmp_path.iterdir()] == ["lkj-656519-2024-12.xlsx"]


@pytest.mark.parametrize(
    ("name", "files"),
    [("terbit", [TERBIT]), ("glp039", [GLP039]), ("terbit-dan-glp039", [TERBIT, GLP039]), ("workbook", [WORKBOOK])],
)
def test_what_a_check_prints(golden: Golden, name: str, files: list[str]) -> None:
    done = lkj("check", *files)
    assert done.stderr == ""
    assert done.exit_code == (1 if ": error " in done.stdout else 0)
    golden(f"check/{name}.txt", done.stdout)


def test_a_check_closes_with_what_it_tested() -> None:
    closing = lkj("check", GLP039).stdout.splitlines()[-1]
    assert re.fullmatch(r"[1-9]\.\d{3} persamaan diuji: [1-9]\.\d{3} cocok, 4 tidak", closing)


@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_closing_line_is_no_part_of_data(form: str) -> None:
    done = lkj("check", TERBIT, "--format", form)
    text = lkj("check", TERBIT).stdout.splitlines()
    assert done.stderr == f"{text[-1]}\n"
    found = json.loads(done.stdout) if form == "json" else list(csv.DictReader(io.StringIO(done.stdout)))
    assert [f"{one['severity']} {one['code']}" for one in found] == [line.split(": ")[1] for line in text[:-1]]


def test_findings_as_data_keep_their_cell_their_figures_and_their_proof() -> None:
    found = json.loads(lkj("check", TERBIT, "--format", "json").stdout)
    (one,) = [one for one in found if (one["sheet"], one["cell"]) == ("Tabel C.1", "C10")]
    assert (one["code"], one["severity"], one["file"]) == ("T101", "error", "kpu-binjai-2024-terbit.xlsx")
    assert (one["printed"], one["expected"]) == (997_018_000, 977_018_000)
    assert {"file": "kpu-binjai-2024-terbit.xlsx", "sheet": "Tabel C.1", "cell": "C15"} in one["because"]


def test_findings_go_into_a_workbook_and_into_a_file(tmp_path: Path) -> None:
    assert lkj("check", TERBIT, "--format", "xlsx", "-o", "temuan.xlsx").exit_code == 1
    values = [[cell.value for cell in row] for row in load_workbook(tmp_path / "temuan.xlsx")["Temuan"].iter_rows()]
    assert sum("error" in row for row in values) == lkj("check", TERBIT).stdout.count(": error ")
    done = lkj("check", TERBIT, "-o", "temuan.txt")
    assert (done.exit_code, done.stdout) == (1, "")
    assert (tmp_path / "temuan.txt").read_text(encoding="utf-8") == lkj("check", TERBIT).stdout


def test_a_marked_copy_is_written_beside_the_answer(tmp_path: Path) -> None:
    shutil.copy(TERBIT, tmp_path / "laporan.xlsx")
    before = (tmp_path / "laporan.xlsx").read_bytes()
    done = lkj("check", "laporan.xlsx", "--mark", "diperiksa.xlsx")
    assert (done.exit_code, done.stderr) == (1, "lkj: salinan yang diwarnai: diperiksa.xlsx\n")
    assert done.stdout == lkj("check", "laporan.xlsx").stdout
    book = load_workbook(tmp_path / "diperiksa.xlsx")
    assert book.sheetnames == ["Temuan", "Tabel 1", "Tabel B.1", "Tabel C.1"]
    assert "977.018.000" in book["Tabel C.1"]["C10"].comment.text
    assert (tmp_path / "laporan.xlsx").read_bytes() == before
    assert lkj("check", "laporan.xlsx", "--mark", "diperiksa.xlsx").exit_code == 2
    assert lkj("check", "laporan.xlsx", "--mark", "diperiksa.xlsx", "--force").exit_code == 1


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("peringatan", 1)])
def test_a_check_fails_on_what_it_is_told_to(fail_on: str, code: int) -> None:
    assert lkj("check", WORKBOOK, "--fail-on", fail_on).exit_code == code


def test_two_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder, source in (("juli", TERBIT), ("agustus", GLP039)):
        (tmp_path / folder).mkdir()
        shutil.copy(source, tmp_path / folder / "fa.xlsx")
    files = (str(Path("juli") / "fa.xlsx"), str(Path("agustus") / "fa.xlsx"))
    done = lkj("check", *files, "--mark", "salinan.xlsx")
    assert done.exit_code == 1
    assert {line.split("!")[0].split(": ")[0] for line in done.stdout.splitlines()[:-1]} == set(files)
    assert load_workbook(tmp_path / "salinan.xlsx")["Tabel C.1"]["C10"].comment is not None


def test_the_catalogue_lists_every_finding_once() -> None:
    done = lkj("check", "--list")
    codes = re.findall(r"^[A-Z]\d{3}\b", done.stdout, re.MULTILINE)
    assert (done.exit_code, codes) == (0, sorted(catalogue()))


def test_a_diff_prints_its_rows_and_closes_with_the_total(golden: Golden, tmp_path: Path) -> None:
    revise(tmp_path / "revisi.xlsx")
    done = lkj("diff", WORKBOOK, "revisi.xlsx")
    assert done.exit_code == 0
    golden("diff/revisi.txt", done.stdout)
    rows = json.loads(lkj("diff", WORKBOOK, "revisi.xlsx", "--format", "json").stdout)
    assert rows[0]["level"] == "program"
    assert lkj("diff", WORKBOOK, "revisi.xlsx", "--format", "csv").stdout.count("\n") == len(rows) + 1
    assert lkj("diff", WORKBOOK, "revisi.xlsx", "--format", "xlsx", "-o", "beda.xlsx").exit_code == 0
    assert (tmp_path / "beda.xlsx").exists()


def test_a_diff_tells_of_a_blank_what_a_check_says_it_must_hold() -> None:
    done = lkj("diff", TERBIT, WORKBOOK, "--level", "ro")
    assert done.exit_code == 1
    assert "!C29: error R108: RO CQ.6872.QGE.001 pagu kosong, seharusnya 1.000.000: " in done.stderr
    assert {line.split(": ")[1].split()[1] for line in done.stderr.splitlines()} == {"K105", "R101", "R108", "R111"}


def test_a_diff_of_a_file_with_itself_is_empty() -> None:
    done = lkj("diff", GLP039, GLP039, "--format", "json")
    assert json.loads(done.stdout) == []


def revise(path: Path) -> None:
    """Write the sample workbook anew with one ceiling moved, one name changed, and one line taken out."""
    book = load_workbook(WORKBOOK)
    sheet = book["Anggaran"]
    rows = {sheet.cell(row, 2).value: row for row in range(2, sheet.max_row + 1)}
    sheet.cell(rows["Perencanaan Dan Penganggaran Pemilu"], 3, 982_018_000)
    sheet.cell(rows["Persiapan Kebutuhan Sarana IT Pemilu"], 2, "Sarana Teknologi Informasi")
    sheet.delete_rows(rows["Fasilitas Penyiapan Sumpah Janji"])
    book.save(path)


def test_a_question_is_answered_on_stdout_and_in_files(tmp_path: Path) -> None:
    sql = "SELECT sum(pagu) AS pagu FROM rincian"
    assert lkj("query", GLP039, "--sql", sql).stdout.split() == ["pagu", "33.239.899.000"]
    assert json.loads(lkj("query", GLP039, "--sql", sql, "--format", "json").stdout) == [{"pagu": 33_239_899_000}]
    assert CliRunner().invoke(main, ("query", GLP039, "--format", "csv"), input=sql).stdout == "pagu\n33239899000\n"
    for form in ("xlsx", "parquet"):
        assert lkj("query", GLP039, "--sql", sql, "--format", form, "-o", f"jawaban.{form}").exit_code == 0
        assert lkj("query", GLP039, "--sql", sql, "--format", form, "-o", f"jawaban.{form}").exit_code == 2
    assert load_workbook(tmp_path / "jawaban.xlsx")["Jawaban"]["A2"].value == 33_239_899_000


def test_a_question_tells_what_could_not_be_read() -> None:
    done = lkj("query", TERBIT, "--sql", "SELECT count(*) AS n FROM rincian WHERE pagu IS NULL", "--format", "csv")
    assert (done.exit_code, done.stdout.split()) == (1, ["n", "3"])
    assert "!C29: error R108: RO CQ.6872.QGE.001 pagu kosong, seharusnya 1.000.000: " in done.stderr


def test_a_ready_question_is_asked_and_listed_by_name() -> None:
    assert "CQ.6871.QGE.002" in lkj("query", GLP039, "--tanya", "sisa-terbesar").stdout
    assert lkj("query", "--contoh").stdout.count("\n  SELECT") >= 11
    assert "rincian\n  satker VARCHAR" in lkj("query", GLP039, "--tables").stdout


def test_a_template_is_written_and_named(tmp_path: Path) -> None:
    done = lkj("template", "kinerja.xlsx")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "kinerja.xlsx\n", "")
    assert lkj("template", "kinerja.xlsx").exit_code == 2
    assert lkj("template", "kinerja.xlsx", "--force").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["kinerja.xlsx"]


def test_the_module_runs_as_the_command_does(tmp_path: Path) -> None:
    done = run("--version", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, lkj("--version").stdout)
