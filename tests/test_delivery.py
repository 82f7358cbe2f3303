import io
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import IO, NoReturn

import pytest
from openpyxl import load_workbook

from lkj_xlsx.delivery import Answer, deliver, needed
from lkj_xlsx.errors import BadRequest, CannotWrite
from lkj_xlsx.model import Identity
from lkj_xlsx.table import Cell, Column, Role, Row, Table, Unit

TABLE = Table(
    *("Contoh", ("Judul",), (Column("uraian", "Uraian", Unit.TEXT, 30),), (Row(Role.LINE, (Cell("Layanan"),), "a"),))
)


def asked_for_nothing() -> NoReturn:
    pytest.fail("made what nobody asked for")


def say(file: IO[str]) -> None:
    file.write("satu\nduá\n")


def answer(
    *, csv: Callable[[], str] = asked_for_nothing, json: Callable[[], str] = asked_for_nothing, has_table: bool = False
) -> Answer:
    return Answer(say, csv, json, (lambda: TABLE) if has_table else asked_for_nothing)


ANSWERS = {"teks": answer(), "csv": answer(csv=lambda: "a,b\r\n"), "json": answer(json=lambda: "[]")}
SPELLED = {"teks": "satu\nduá\n", "csv": "a,b\r\n", "json": "[]\n"}


@pytest.mark.parametrize("form", SPELLED)
def test_without_a_file_an_answer_is_printed_in_its_form_alone(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    deliver(ANSWERS[form], form, None)
    assert capsys.readouterr() == (SPELLED[form], "")


@pytest.mark.parametrize("form", SPELLED)
def test_with_a_file_it_is_written_to_the_byte_and_nothing_is_printed(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deliver(ANSWERS[form], form, tmp_path / "jawab")
    assert (tmp_path / "jawab").read_bytes() == SPELLED[form].encode()
    assert [path.name for path in tmp_path.iterdir()] == ["jawab"]
    assert capsys.readouterr() == ("", "")


def test_a_workbook_is_written_to_its_file(tmp_path: Path) -> None:
    path = tmp_path / "jawab.xlsx"
    deliver(answer(has_table=True), "xlsx", path, identity=Identity(nama_satker="KPU Kota Binjai"))
    texts = [cell.value for row in load_workbook(path)["Contoh"].iter_rows() for cell in row if cell.value]
    assert {"Judul", "Layanan"} <= set(texts)


def test_a_parquet_is_written_whole_to_its_file_and_refused_without_one(tmp_path: Path) -> None:
    def dump(path: Path) -> None:
        path.write_bytes(b"PAR1")

    own = replace(answer(), parquet=dump)
    deliver(own, "parquet", tmp_path / "jawab.parquet")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("jawab.parquet", b"PAR1")]
    with pytest.raises(BadRequest, match=r"^--format parquet perlu -o NAMA\.parquet$"):
        deliver(own, "parquet", None)


def test_a_workbook_without_a_file_is_refused_before_it_is_made() -> None:
    with pytest.raises(BadRequest, match=r"^--format xlsx perlu -o NAMA\.xlsx$"):
        deliver(answer(), "xlsx", None)
    assert needed(Path("a.xlsx"), "xlsx") == Path("a.xlsx")


@pytest.mark.parametrize("form", [*SPELLED, "xlsx"])
def test_a_file_that_exists_is_replaced_only_when_forced(form: str, tmp_path: Path) -> None:
    path = tmp_path / "jawab.xlsx"
    path.write_bytes(b"lama")
    own = ANSWERS.get(form, answer(has_table=True))
    with pytest.raises(CannotWrite, match="sudah ada"):
        deliver(own, form, path)
    assert path.read_bytes() == b"lama"
    deliver(own, form, path, force=True)
    assert path.read_bytes() != b"lama"


@pytest.mark.parametrize("form", ["csv", "json"])
def test_an_answer_that_fails_leaves_no_file_and_the_old_one_as_it_was(form: str, tmp_path: Path) -> None:
    def fail() -> str:
        message = "gagal"
        raise BadRequest(message)

    (tmp_path / "lama").write_text("lama", encoding="utf-8")
    for name in ("baru", "lama"):
        with pytest.raises(BadRequest, match="gagal"):
            deliver(answer(csv=fail, json=fail), form, tmp_path / name, force=True)
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [("lama", "lama")]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="folder tidak dapat ditulisi"):
        deliver(ANSWERS["teks"], "teks", tmp_path / "tiada" / "jawab.txt")


def test_a_parquet_of_an_answer_that_has_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="tidak ada dalam bentuk parquet"):
        deliver(answer(), "parquet", tmp_path / "a.parquet")
    assert list(tmp_path.iterdir()) == []


# Letters without bytes, and terminals that know few

HALF = "a\udcff.xlsx \u2212 \U0001f600"
SHOWN = "a\\udcff.xlsx \u2212 \U0001f600"


def half(file: IO[str]) -> None:
    file.write(HALF)


HALVES = Answer(half, lambda: HALF, lambda: f'"{HALF}"', asked_for_nothing)


@pytest.mark.parametrize("form", ["teks", "csv", "json"])
def test_half_a_letter_is_written_by_its_code(form: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    deliver(HALVES, form, tmp_path / "a")
    written = (tmp_path / "a").read_text(encoding="utf-8")
    assert written.strip('"\n') == SHOWN
    deliver(HALVES, form, None)
    sys.stdout.flush()
    assert capfd.readouterr().out == written
    if form == "json":
        assert json.loads(written) == HALF


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_data_on_stdout_are_utf_8_to_the_byte_and_text_is_shown_as_far_as_it_can_be(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for form in ("csv", "json", "teks"):
        raw = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding, newline="\r\n"))
        deliver(HALVES, form, None)
        sys.stdout.flush()
        seen = raw.getvalue().decode(encoding if form == "teks" else "utf-8")
        assert seen.strip('"\n') == (
            HALF.encode(encoding, "backslashreplace").decode(encoding) if form == "teks" else SHOWN
        )


@pytest.mark.parametrize("form", SPELLED)
def test_an_answer_goes_to_whatever_stands_for_stdout(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    held = io.StringIO()
    monkeypatch.setattr(sys, "stdout", held)
    deliver(ANSWERS[form], form, None)
    assert held.getvalue().replace("\r", "") == SPELLED[form].replace("\r", "")
