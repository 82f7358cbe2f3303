"""Tables in the terminal: whatever its width, no code and no figure is cut."""

import io
from collections.abc import Callable
from typing import Final

import pytest

from lkj_xlsx.diff import compare, total
from lkj_xlsx.kode import ROOT
from lkj_xlsx.model import Budget, Identity, Line, frame_of
from lkj_xlsx.rollup import roll_up
from lkj_xlsx.show import Choice, select, total_of
from lkj_xlsx.terminal import _bar, print_changes, print_nodes

NAME: Final = "Fasilitasi Penyiapan Tahapan Pemungutan dan Penghitungan Suara"


class Screen(io.StringIO):
    """A file that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def budget(pagu: int, name: str = NAME) -> Budget:
    path = ("CQ", "6872", "QGE", "001", *ROOT[4:])
    lines = [Line(path, name, {"pagu": pagu, "realisasi": 9_876_543_210}, "S", 1)]
    return Budget("a.xlsx", "x", Identity(tahun=2024), frame_of(lines), frame_of([]), {"pagu": 1, "realisasi": 2})


def nodes(file: io.StringIO, *, is_tree: bool = False) -> None:
    one = budget(12_345_678_901)
    rollup = roll_up(one)
    print_nodes(select(one, rollup, Choice()), [total_of(rollup)], one.identity, is_tree=is_tree, file=file)


def changes(file: io.StringIO) -> None:
    old, new = budget(12_345_678_901), budget(22_345_678_901, "Penetapan Hasil")
    print_changes(compare(old, new, ()), total(old, new), (old, new), file=file)


@pytest.mark.parametrize("printed", [nodes, changes])
@pytest.mark.parametrize("columns", ["40", "80", "120", "400"])
def test_no_code_and_no_figure_is_cut(
    printed: Callable[[io.StringIO], None], columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    screen = Screen()
    printed(screen)
    seen = screen.getvalue()
    assert "CQ.6872.QGE.001" in seen
    assert "12.345.678.901" in seen
    assert "9.876.543.210" in seen


@pytest.mark.parametrize(("columns", "is_whole"), [("40", False), ("80", False), ("400", True)])
def test_a_name_is_cut_only_where_the_terminal_is_narrow(
    columns: str, is_whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    screen = Screen()
    nodes(screen)
    assert (NAME in screen.getvalue()) == is_whole


@pytest.mark.parametrize("printed", [nodes, changes])
def test_what_goes_into_a_pipe_is_whole_and_plain(
    printed: Callable[[io.StringIO], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    pipe = io.StringIO()
    printed(pipe)
    assert NAME in pipe.getvalue()
    assert "\x1b" not in pipe.getvalue()
    assert [line for line in pipe.getvalue().splitlines() if line != line.rstrip()] == []


def test_a_terminal_is_coloured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    screen = Screen()
    changes(screen)
    assert "\x1b[" in screen.getvalue()


@pytest.mark.parametrize(
    ("serapan", "bar"), [(None, 0), ("0.00", 0), ("4.99", 0), ("99.08", 10), ("50.00", 5), ("250.00", 10)]
)
def test_a_terminal_draws_serapan_as_a_bar(serapan: str | None, bar: int) -> None:
    assert _bar(serapan).plain == "\u2588" * bar + "\u2591" * (10 - bar)


def test_bars_are_no_part_of_a_pipe() -> None:
    screen, pipe = Screen(), io.StringIO()
    nodes(screen)
    nodes(pipe)
    assert ("\u2588" in screen.getvalue(), "\u2588" in pipe.getvalue()) == (True, False)


def test_a_tree_is_indented() -> None:
    pipe = io.StringIO()
    nodes(pipe, is_tree=True)
    assert [line.split("  ")[0] or line[:8] for line in pipe.getvalue().splitlines()[2:4]] == ["CQ", "  6872  "]


def test_a_change_is_said_in_words() -> None:
    pipe = io.StringIO()
    changes(pipe)
    (line,) = [line for line in pipe.getvalue().splitlines() if "CQ.6872.QGE.001" in line]
    assert "+10.000.000.000" in line
    assert line.endswith(f"nama semula: {NAME}")


def test_a_name_that_would_steer_the_terminal_is_printed_without_doing_so() -> None:
    one = budget(1_000, "\x1b[2JHapus \x9b31m layar")
    file = io.StringIO()
    rollup = roll_up(one)
    print_nodes(select(one, rollup, Choice()), [total_of(rollup)], one.identity, is_tree=False, file=file)
    assert "\x1b" not in file.getvalue()
    assert "\x9b" not in file.getvalue()
    assert "Hapus" in file.getvalue()
