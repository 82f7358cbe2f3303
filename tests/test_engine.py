"""Every engine gives what each item makes, in order; a refusal is a value, a process that dies takes one item along."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from lkj_xlsx.engine import Engine, Here, called, folded, sound
from lkj_xlsx.engines import chosen_engine
from lkj_xlsx.errors import BadRequest, LkjError, UnreadableFile
from lkj_xlsx.inputs import Input
from lkj_xlsx.processes import Processes


def double(item: int) -> int:
    if item < 0:
        message = f"{item}: kurang dari nol"
        raise BadRequest(message)
    return item * 2


def die(item: int) -> int:
    if item == 3:
        os._exit(9)
    return item


def joined(one: str, other: str) -> str:
    return f"({one}{other})"


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    own = Processes(2)
    yield own
    own.close()


@pytest.fixture(params=["here", "processes"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return Here() if request.param == "here" else request.getfixturevalue("processes")


def test_each_item_is_worked_on_in_order_and_refusals_are_values(engine: Engine) -> None:
    told: list[tuple[int, int]] = []
    made = engine.each(double, [3, -1, 2], lambda done, of: told.append((done, of)))
    assert [str(one) if isinstance(one, LkjError) else one for one in made] == [6, "-1: kurang dari nol", 4]
    assert isinstance(made[1], BadRequest)
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert engine.each(double, []) == []


def test_parts_are_added_in_their_order(engine: Engine) -> None:
    assert engine.fold(str, joined, [1, 2, 3, 4, 5]) == "(((12)(34))5)"
    assert engine.fold(str, joined, [1]) == "1"
    with pytest.raises(BadRequest, match="kurang dari nol"):
        engine.fold(double, max, [1, -2])


def test_a_process_that_dies_takes_only_its_own_item_along(processes: Processes) -> None:
    made = processes.each(die, [1, 2, 3, 4, 5, 6])
    assert called(Input(Path("x"), "FA.xlsx")) == "FA.xlsx"
    assert [one for one in made if not isinstance(one, LkjError)] == [1, 2, 4, 5, 6]
    assert isinstance(made[2], UnreadableFile)
    assert str(made[2]).startswith("sebagian pekerjaan: proses yang membacanya mati")
    assert processes.each(double, [1, 2]) == [2, 4]


def test_what_is_sound_is_given_and_the_first_refusal_raised() -> None:
    assert sound([1, 2]) == [1, 2]
    with pytest.raises(BadRequest, match="x"):
        sound([1, BadRequest("x"), BadRequest("y")])
    assert folded(joined, ["a", "b", "c"]) == "((ab)c)"


def test_small_work_stays_here_and_large_work_or_a_wish_starts_processes() -> None:
    with chosen_engine(None, None, 10) as small, chosen_engine(1, None, 2**40) as one:
        assert (type(small), type(one)) == (Here, Here)
    with chosen_engine(None, None, 2**40) as large, chosen_engine(2, None, 10) as two:
        assert (type(large), type(two)) == (Processes, Processes)


def test_jobs_and_a_cluster_exclude_each_other(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="--jobs dan --scheduler"), chosen_engine(2, "local", 10):
        pass
    assert list(tmp_path.iterdir()) == []
