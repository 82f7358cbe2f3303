import os
import stat
from pathlib import Path

import pytest

from lkj_xlsx.errors import CannotWrite
from lkj_xlsx.whole_file import whole_file

OLD = b"laporan lama"


def write_text(path: Path, text: str, *, force: bool = False) -> None:
    with whole_file(path, force=force) as partial:
        partial.write_text(text, encoding="utf-8")


def fail(path: Path, error: BaseException, *, force: bool = False) -> None:
    with whole_file(path, force=force) as partial:
        partial.write_text("setengah", encoding="utf-8")
        raise error


@pytest.fixture
def existing(tmp_path: Path) -> Path:
    path = tmp_path / "lampiran.xlsx"
    path.write_bytes(OLD)
    return path


def test_a_file_is_there_when_all_of_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "baru.txt"
    with whole_file(path) as partial:
        partial.write_text("isi", encoding="utf-8")
        assert not path.exists()
        assert partial.parent == path.parent
    assert path.read_text(encoding="utf-8") == "isi"
    assert list(tmp_path.iterdir()) == [path]


def test_an_existing_file_is_refused_and_stays_as_it_was(existing: Path) -> None:
    with pytest.raises(CannotWrite, match="sudah ada; pakai --force"):
        write_text(existing, "baru")
    assert existing.read_bytes() == OLD
    assert list(existing.parent.iterdir()) == [existing]


def test_an_existing_file_is_replaced_when_forced(existing: Path) -> None:
    write_text(existing, "baru", force=True)
    assert existing.read_text(encoding="utf-8") == "baru"
    assert list(existing.parent.iterdir()) == [existing]


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates")]
)
def test_what_stands_in_the_way_is_told_and_the_old_file_stays(existing: Path, error: Exception) -> None:
    with pytest.raises(CannotWrite, match=r"lampiran\.xlsx: tidak dapat ditulis"):
        fail(existing, error, force=True)
    assert existing.read_bytes() == OLD
    assert list(existing.parent.iterdir()) == [existing]


@pytest.mark.parametrize("error", [ValueError("salah program"), KeyboardInterrupt(), CannotWrite("2^53")])
def test_any_other_end_leaves_nothing_behind_and_goes_on(tmp_path: Path, error: BaseException) -> None:
    with pytest.raises(type(error)):
        fail(tmp_path / "baru.txt", error)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="folder tidak dapat ditulisi"):
        write_text(tmp_path / "tidak-ada" / "baru.txt", "isi")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_under_the_name_of_the_file_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "lampiran.xlsx"
    folder.mkdir()
    with pytest.raises(CannotWrite, match="tidak dapat ditulis"):
        write_text(folder, "isi", force=True)
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes into folders that are closed to others"
)
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    closed = tmp_path / "tertutup"
    closed.mkdir(mode=0o500)
    with pytest.raises(CannotWrite, match="folder tidak dapat ditulisi"):
        write_text(closed / "baru.txt", "isi")
    assert list(closed.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits of this kind")
def test_a_file_has_the_permissions_that_any_new_file_gets(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_text(tmp_path / "baru.txt", "isi")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "baru.txt").stat().st_mode) == 0o640
