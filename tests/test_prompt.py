"""A conversation: questions in, answers or what is wrong out, until the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from prompt_toolkit import PromptSession
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from lkj_xlsx.database import Database
from lkj_xlsx.intake import read_all
from lkj_xlsx.prompt import converse

SAMPLE = Path(__file__).parents[1] / "samples" / "kpu-binjai-2024.xlsx"
END = "\x04"


@pytest.fixture(scope="module")
def database() -> Database:
    return Database(read_all([SAMPLE]))


class Typed:
    """A session in which somebody types these lines; an exception among them is raised."""

    def __init__(self, *lines: str | type[BaseException]) -> None:
        self.lines: Iterator[str | type[BaseException]] = iter((*lines, EOFError))

    def prompt(self) -> str:
        line = next(self.lines)
        if isinstance(line, str):
            return line
        raise line


def said(database: Database, capsys: pytest.CaptureFixture[str], *lines: str | type[BaseException]) -> str:
    converse(database, Typed(*lines))  # type: ignore[arg-type]  # all that is used of a session
    return capsys.readouterr().out


def test_a_question_is_answered(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert "33.239.899.000" in said(database, capsys, "SELECT sum(pagu) AS pagu FROM rincian;")


def test_a_ready_question_is_asked_by_its_name(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert "CQ.6871.QGE.002" in said(database, capsys, "sisa-per-ro")


def test_tables_and_ready_questions_are_listed(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(database, capsys, "tabel", "contoh")
    assert "rincian\n  satker VARCHAR" in out
    assert "sisa-per-ro: " in out


def test_after_a_refusal_the_next_question_is_asked(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(database, capsys, "DROP TABLE rincian", "", KeyboardInterrupt, "SELECT 41 + 1 AS n")
    assert "hanya satu SELECT" in out
    assert out.rstrip().endswith("42")


def test_it_works_on_a_terminal(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    with create_pipe_input() as typed:
        typed.send_text(f"SELECT 41 + 1 AS n\n{END}")
        converse(database, PromptSession(input=typed, output=DummyOutput()))
    assert capsys.readouterr().out.rstrip().endswith("42")
