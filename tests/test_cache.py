"""A file that was read is not read again; a cache that is damaged, gone or closed never stands in the way."""

import os
from pathlib import Path

import pytest
from many_files import workbook
from test_stored import assert_same

from lkj_xlsx import cache, stored
from lkj_xlsx.engine import How
from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.inputs import gather
from lkj_xlsx.intake import take_in
from lkj_xlsx.model import Budget
from lkj_xlsx.readers import read


class Counting:
    """Counts how often a file is read."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, path: Path, name: str) -> Budget:
        self.count += 1
        return read(path, name)


def test_the_second_time_a_file_is_not_read(tmp_path: Path) -> None:
    file, reading = workbook(tmp_path / "a.xlsx", "656510"), Counting()
    first, second = (cache.read_through(tmp_path / "c", file, "a.xlsx", reading) for _ in range(2))
    assert reading.count == 1
    assert_same(first, second)
    assert_same(second, read(file))


def test_another_name_or_other_bytes_are_another_document(tmp_path: Path) -> None:
    file, reading = workbook(tmp_path / "a.xlsx", "656510"), Counting()
    for name in ("a.xlsx", "b.xlsx", "a.xlsx"):
        assert cache.read_through(tmp_path / "c", file, name, reading).file == name
    workbook(file, "656510", pagu=601)
    assert cache.read_through(tmp_path / "c", file, "a.xlsx", reading).lines["pagu"].tolist() == [601, 1202]
    assert reading.count == 3


def test_a_kept_file_that_was_damaged_is_not_believed(tmp_path: Path) -> None:
    file, reading = workbook(tmp_path / "a.xlsx", "656510"), Counting()
    cache.read_through(tmp_path / "c", file, "a.xlsx", reading)
    (kept,) = (tmp_path / "c").iterdir()
    content = bytearray(kept.read_bytes())
    for at in (5, len(content) // 2, len(content) - 30):
        kept.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert_same(cache.read_through(tmp_path / "c", file, "a.xlsx", reading), read(file))
    assert reading.count == 4
    assert len(list((tmp_path / "c").iterdir())) == 1


def test_a_file_that_changes_while_it_is_read_is_not_kept(tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", "656510")

    def changing(path: Path, name: str) -> Budget:
        budget = read(path, name)
        os.utime(path, ns=(1, 1))
        return budget

    cache.read_through(tmp_path / "c", file, "a.xlsx", changing)
    assert not (tmp_path / "c").exists()


def test_a_refusal_is_not_kept_and_a_folder_that_cannot_be_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / "rusak.xlsx").write_bytes(b"rusak")
    with pytest.raises(UnreadableFile):
        cache.read_through(tmp_path / "c", tmp_path / "rusak.xlsx", "rusak.xlsx", read)
    (tmp_path / "berkas").write_bytes(b"")
    file = workbook(tmp_path / "a.xlsx", "656510")
    assert cache.read_through(tmp_path / "berkas", file, "a.xlsx", read).file == "a.xlsx"
    cache.trim(tmp_path / "berkas")


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    for age, name in enumerate("cab"):
        (tmp_path / name).write_bytes(b"12345")
        os.utime(tmp_path / name, ns=(age, age))
    cache.trim(tmp_path, most=10)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
    cache.trim(tmp_path, most=10)
    assert len(list(tmp_path.iterdir())) == 2


def test_many_files_are_kept_once_they_are_worth_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, how = workbook(tmp_path / "a.xlsx", "656510"), How(cache=tmp_path / "c")
    take_in(gather([file]), how)
    assert not (tmp_path / "c").exists()
    monkeypatch.setattr(cache, "WORTH", 1)
    first, second = (take_in(gather([file]), how).budgets[0] for _ in range(2))
    assert len(list((tmp_path / "c").iterdir())) == 1
    assert_same(first, second)


def test_kept_documents_are_not_kept_a_second_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored.store(read(workbook(tmp_path / "a.xlsx", "656510")), tmp_path / "a.parquet")
    monkeypatch.setattr(cache, "WORTH", 1)
    take_in(gather([tmp_path / "a.parquet"]), How(cache=tmp_path / "c"))
    assert not (tmp_path / "c").exists()


def test_the_folder_is_the_user_s_own() -> None:
    assert cache.default_folder().name == "parsed"
