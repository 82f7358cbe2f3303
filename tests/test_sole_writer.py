"""One process at a time writes a target; what killed ones left is told from what living ones are writing."""

import errno
import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx import sole_writer as module
from lkj_xlsx.sole_writer import OURS, Busy, sole_writer

HOLD: Final = """
import sys, time
from pathlib import Path
from lkj_xlsx.sole_writer import sole_writer
with sole_writer(Path(sys.argv[1])) as partial:
    partial.write_text("setengah")
    print(flush=True)
    time.sleep(60)
"""


@contextmanager
def held_elsewhere(target: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process write the target, half done; it is killed at the end, as `kill -9` does."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(target)], stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - own code
        try:
            assert process.stdout
            assert process.stdout.readline() == "\n"
            yield process
        finally:
            process.kill()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def say_no_locks(_handle: int) -> None:
    raise OSError(errno.ENOLCK, "No locks available")


def test_the_partial_file_lies_beside_the_target_under_a_name_of_ours(tmp_path: Path) -> None:
    with sole_writer(tmp_path / "lampiran.xlsx") as partial:
        assert not partial.exists()
        partial.write_text("isi", encoding="utf-8")
        assert [bool(OURS.fullmatch(name)) for name in names(tmp_path)] == [True, True]
        assert partial.parent == tmp_path
    assert names(tmp_path) == []


@pytest.mark.parametrize("error", [ValueError("salah"), KeyboardInterrupt()])
def test_nothing_is_left_when_the_writing_fails(tmp_path: Path, error: BaseException) -> None:
    def fail() -> None:
        with sole_writer(tmp_path / "lampiran.xlsx") as partial:
            partial.write_text("setengah", encoding="utf-8")
            raise error

    with pytest.raises(type(error)):
        fail()
    assert names(tmp_path) == []


def test_a_target_that_another_process_writes_is_busy_and_its_files_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.03)
    target = tmp_path / "lampiran.xlsx"
    with held_elsewhere(target):
        before = names(tmp_path)
        with pytest.raises(Busy, match=r"^sedang ditulis oleh proses lain; tunggu"), sole_writer(target):
            pytest.fail("wrote what another process writes")
        with sole_writer(tmp_path / "lain.xlsx"):
            assert set(names(tmp_path)) > set(before)
        assert names(tmp_path) == before
    with sole_writer(target):  # the other is dead
        pass
    assert names(tmp_path) == []


def test_what_a_killed_process_left_is_removed_by_the_next_run_to_that_folder(tmp_path: Path) -> None:
    with held_elsewhere(tmp_path / "lampiran.xlsx") as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert len(names(tmp_path)) == 2
        with sole_writer(tmp_path / "lain.xlsx") as partial:
            assert names(tmp_path) == [partial.with_suffix(".lock").name]
    assert names(tmp_path) == []


@pytest.mark.parametrize("suffix", [".tmp", ".lock"])
def test_a_stale_file_without_its_fellow_is_removed_too(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f".lkj-0123456789abcdef{suffix}").write_bytes(b"")
    with sole_writer(tmp_path / "lain.xlsx"):
        pass
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    "name", [".lkj-abcdefgh.tmp", "lkj-0123456789abcdef.tmp", ".lkj-0123456789abcdef.tmp.xlsx", ".~lock.a.xlsx#"]
)
def test_a_file_of_another_name_is_not_ours_to_remove(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"milik orang")
    with sole_writer(tmp_path / "lain.xlsx"):
        pass
    assert names(tmp_path) == [name]


def test_a_stale_file_that_cannot_be_removed_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / ".lkj-0123456789abcdef.tmp").mkdir()
    with sole_writer(tmp_path / "lain.xlsx"):
        pass
    assert names(tmp_path) == [".lkj-0123456789abcdef.tmp"]


@pytest.mark.parametrize(("one", "other"), [("A.xlsx", "a.XLSX"), ("caf\u00e9.xlsx", "cafe\u0301.xlsx")])
def test_spellings_that_some_file_systems_take_for_one_are_one(tmp_path: Path, one: str, other: str) -> None:
    with sole_writer(tmp_path / one) as partial:
        pass
    with sole_writer(tmp_path / other) as again:
        assert again == partial


@given(st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=20))
def test_every_name_has_a_short_one_of_ours(name: str) -> None:
    assert OURS.fullmatch(f".lkj-{module._digest(name)}.tmp")


def test_a_name_that_is_no_unicode_is_a_name(tmp_path: Path) -> None:
    with sole_writer(tmp_path / os.fsdecode(b"\xff.xlsx")) as partial:
        assert OURS.fullmatch(partial.name)


def test_many_at_once_never_write_at_the_same_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 30)
    target, inside, most, done = tmp_path / "a.xlsx", [0], [0], []

    def write() -> None:
        for _ in range(20):
            with sole_writer(target) as partial:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                partial.write_bytes(b"isi")
                inside[0] -= 1
            done.append(True)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, len(done), names(tmp_path)) == ([1], 80, [])


def test_a_lock_that_was_removed_before_it_was_locked_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "kunci"
    monkeypatch.setattr(module, "_lock_at_once", lambda _handle: lock.unlink())
    assert module._try(lock) is None


def test_a_lock_that_was_removed_before_it_was_opened_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(lock: Path) -> int:
        raise FileNotFoundError(lock)

    (tmp_path / "kunci").write_bytes(b"")
    monkeypatch.setattr(module, "_open", gone)
    assert module._try(tmp_path / "kunci") is None


def test_a_lock_that_another_took_in_the_meantime_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "kunci"

    def replace(_handle: int) -> None:
        (tmp_path / "baru").write_bytes(b"")
        (tmp_path / "baru").replace(lock)

    monkeypatch.setattr(module, "_lock_at_once", replace)
    assert module._try(lock) is None


def test_where_there_are_no_locks_who_made_the_file_holds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_lock_at_once", say_no_locks)
    target = tmp_path / "lampiran.xlsx"
    with sole_writer(target) as partial:
        stem = partial.with_suffix("")
        with (
            pytest.raises(Busy, match=r"tidak mengenal kunci; bila tidak ada lkj lain .*, hapus .*lock$"),
            sole_writer(target),
        ):
            pytest.fail("wrote what another writes")
        assert stem.with_suffix(".lock").exists()
    assert names(tmp_path) == []


def test_another_trouble_of_the_lock_is_passed_on_and_leaves_nothing_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_handle: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(module, "_lock_at_once", fail)
    with pytest.raises(OSError, match="Input/output"), sole_writer(tmp_path / "a.xlsx"):
        pytest.fail("wrote without a lock")


def test_a_lock_of_another_user_may_be_read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "kunci"
    lock.write_bytes(b"")
    real = os.open

    def guarded(path: Path, flags: int, *mode: int) -> int:
        if path == lock and flags & os.O_RDWR and not flags & os.O_CREAT:
            raise PermissionError(13, "Permission denied")
        return real(path, flags, *mode)

    monkeypatch.setattr(os, "open", guarded)
    handle = module._try(lock)
    assert handle is not None
    os.close(handle)


def test_a_link_under_the_name_of_a_lock_leads_nowhere(tmp_path: Path) -> None:
    with sole_writer(tmp_path / "a.xlsx") as partial:
        lock = partial.with_suffix(".lock")
    (tmp_path / "korban").write_bytes(b"isi")
    lock.symlink_to(tmp_path / "korban")
    with pytest.raises(OSError, match="symbolic links"), sole_writer(tmp_path / "a.xlsx"):
        pytest.fail("followed a link")
    assert stat.S_ISLNK(lock.lstat().st_mode)
    assert (tmp_path / "korban").read_bytes() == b"isi"


def test_a_folder_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), sole_writer(tmp_path / "tiada" / "a.xlsx"):
        pytest.fail("wrote nowhere")
