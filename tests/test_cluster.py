"""The same work on a real cluster of two workers, also when one of them is killed in the middle."""

import os
import signal
import time
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from many_files import HERE, codes, ministry, two_workers, workbook

from lkj_xlsx.checks import check
from lkj_xlsx.cluster import Cluster, cluster
from lkj_xlsx.combining import ranked
from lkj_xlsx.consolidate import consolidate
from lkj_xlsx.engine import How
from lkj_xlsx.engines import chosen_engine
from lkj_xlsx.errors import BadRequest, LkjError, UnreadableFile
from lkj_xlsx.inputs import Input, gather
from lkj_xlsx.intake import read_all, read_input
from lkj_xlsx.model import Budget, known


def slowly(one: Input, first: Path) -> int:
    """Read a file and give its ceiling; the worker that reads first says who it is, and takes its time."""
    try:
        with first.open("x") as file:
            file.write(str(os.getpid()))
        time.sleep(30)
    except FileExistsError:
        time.sleep(0.2)
    return sum(amount or 0 for amount in known(read_input(one).lines["pagu"]))


def add(one: int, other: int) -> int:
    return one + other


def kill_who_reads_first(first: Path) -> None:
    for _ in range(300):
        if first.exists() and (process := first.read_text(encoding="ascii")):
            os.kill(int(process), signal.SIGKILL)
            return
        time.sleep(0.1)


def die(one: Input) -> Budget:
    if one.name == "1.xlsx":
        os.kill(os.getpid(), signal.SIGKILL)
    return read_input(one)


@pytest.mark.filterwarnings("ignore")  # distributed warns of the worker that is killed on purpose
def test_the_figures_are_the_same_and_nothing_counts_twice_when_a_worker_is_killed(tmp_path: Path) -> None:
    files = [workbook(tmp_path / "in" / f"{at:02}.xlsx", f"65{at:04}", pagu=100 + at) for at in range(12)]
    inputs, first = gather(files), tmp_path / "pertama"
    with two_workers() as (_, client):
        killer = Thread(target=kill_who_reads_first, args=(first,))
        killer.start()
        total = Cluster(client).fold(partial(slowly, first=first), add, inputs.files)
        killer.join()
        assert first.exists()
        consolidate(inputs, tmp_path / "d.parquet", How(Cluster(client)))
    assert total == sum(3 * (100 + at) for at in range(12))
    assert len(list((tmp_path / "d.parquet").rglob("*.parquet"))) == 12
    assert check(ranked(read_all([tmp_path / "d.parquet"]))) == check(ranked(read_all(files)))


@pytest.mark.filterwarnings("ignore")  # as above
def test_a_file_that_kills_every_worker_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    files = [workbook(tmp_path / f"{at}.xlsx", f"65651{at}") for at in range(4)]
    with two_workers() as (_, client):
        made = Cluster(client).each(die, gather(files).files)
    assert [isinstance(one, LkjError) for one in made] == [False, True, False, False]
    assert isinstance(made[1], UnreadableFile)
    assert str(made[1]).startswith("1.xlsx: pekerja yang membacanya mati")


def test_refusals_come_back_and_stop_a_sum(tmp_path: Path) -> None:
    inputs = gather([ministry(tmp_path / "in", 1)])
    told: list[tuple[int, int]] = []
    with chosen_engine(None, "local", 0) as engine:
        done = consolidate(inputs, tmp_path / "d", How(engine, None, lambda one, of: told.append((one, of))))
        assert codes(done.findings) == [("R120", "rusak.xlsx")]
        assert told[-1] == (3, 3)
        with pytest.raises(UnreadableFile):
            engine.fold(partial(slowly, first=tmp_path / "in" / "catatan.pdf"), add, inputs.files)
    assert consolidate(inputs, tmp_path / "d", HERE).unchanged == done.new


def test_no_cluster_and_no_dask_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lkj_xlsx.cluster.PATIENCE", "1s")
    with pytest.raises(BadRequest, match="tidak ada kluster Dask di alamat itu"), cluster("tcp://127.0.0.1:1"):
        pass
    real = __import__

    def without(name: str, *rest: Any) -> Any:  # noqa: ANN401 - as the builtin
        if name == "distributed":
            raise ImportError
        return real(name, *rest)

    monkeypatch.setattr("builtins.__import__", without)
    with pytest.raises(BadRequest, match=r"pip install 'lkj-xlsx\[cluster\]'"), cluster("local"):
        pass
