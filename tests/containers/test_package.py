import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from lkj_xlsx.containers import package
from lkj_xlsx.containers.package import Package, open_package
from lkj_xlsx.errors import UnreadableFile


def archive_of(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def refusal(tmp_path: Path, content: bytes, part: str | None = None) -> str:
    """Give the words in which an archive, or a part of it, is refused."""
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as refused, open_package("a.xlsx", path) as opened:
        opened.read(part or "")
    assert str(refused.value).startswith("a.xlsx: ")
    return str(refused.value)


def directory(content: bytes | bytearray) -> int:
    """Give where the directory of an archive begins."""
    return content.index(b"PK\x01\x02")


def test_parts_are_found_whatever_the_case_and_slashes_of_their_names(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(archive_of({"xl/Sheet1.XML": b"abc", "xl\\b.xml": b""}))
    with open_package("a.xlsx", path) as opened:
        assert opened.names == ["xl/sheet1.xml", "xl/b.xml"]
        assert "/XL/sheet1.xml" in opened
        assert "xl/c.xml" not in opened
        assert (opened.read("xl/sheet1.xml"), opened.read("xl/b.xml")) == (b"abc", b"")


def test_a_part_comes_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "CHUNK", 4)
    path = tmp_path / "a.zip"
    path.write_bytes(archive_of({"a": b"0123456789"}))
    with open_package("a.xlsx", path) as opened:
        assert list(opened.chunks("a")) == [b"0123", b"4567", b"89"]


def test_a_stored_part_is_read_like_a_deflated_one(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(archive_of({"a": b"abc"}, zipfile.ZIP_STORED))
    with open_package("a.xlsx", path) as opened:
        assert opened.read("a") == b"abc"


@pytest.mark.parametrize("names", [("a.xml", "A.xml"), ("a/b", "a\\b")])
def test_two_parts_of_one_name_are_refused(tmp_path: Path, names: tuple[str, str]) -> None:
    assert f"bagian {names[1].replace(chr(92), '/')} ada dua" in refusal(
        tmp_path, archive_of(dict.fromkeys(names, b"x"))
    ).replace("\\", "/")


def test_an_encrypted_part_is_refused_and_how_to_go_on_is_said(tmp_path: Path) -> None:
    content = bytearray(archive_of({"xl/a.xml": b"x"}))
    content[directory(content) + 8] |= 1
    assert "bagian xl/a.xml terkunci kata sandi; simpan tanpa kata sandi" in refusal(tmp_path, bytes(content))


def test_a_part_squeezed_in_a_rare_way_is_refused(tmp_path: Path) -> None:
    content = archive_of({"a": b"x" * 99}, zipfile.ZIP_BZIP2)
    assert "bagian a dimampatkan dengan cara yang tidak dikenal" in refusal(tmp_path, content)


def test_as_many_entries_as_allowed_are_taken_and_one_more_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "MOST_ENTRIES", 3)
    with open_package("a", _written(tmp_path, {str(n): b"" for n in range(3)})) as opened:
        assert len(opened.names) == 3
    message = refusal(tmp_path, archive_of({str(n): b"" for n in range(4)}))
    assert "4 berkas di dalam arsip, batasnya 3" in message


def _written(tmp_path: Path, parts: dict[str, bytes]) -> Path:
    path = tmp_path / "a.zip"
    path.write_bytes(archive_of(parts))
    return path


def test_entries_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    content = bytearray(archive_of({"a": b"x" * 50, "b": b"y" * 50}))
    second = content.index(b"PK\x01\x02", directory(content) + 4)
    content[second + 42 : second + 46] = bytes(4)  # the second entry says that it, too, begins at 0
    assert "bagian b tidak pada tempatnya di dalam arsip" in refusal(tmp_path, bytes(content))


def test_an_entry_that_runs_into_the_directory_is_refused(tmp_path: Path) -> None:
    content = bytearray(archive_of({"a": b"x" * 50}))
    content[directory(content) + 20 : directory(content) + 24] = struct.pack("<I", 60)
    assert "isi arsip menimpa daftar isinya" in refusal(tmp_path, bytes(content))


def test_bytes_before_the_archive_are_refused(tmp_path: Path) -> None:
    assert "bagian a tidak pada tempatnya" in refusal(tmp_path, b"#!/bin/sh\n" + archive_of({"a": b"x"}))


def test_an_entry_without_its_own_header_is_refused(tmp_path: Path) -> None:
    content = archive_of({"a": b"x"})
    assert "bagian a tanpa kepala" in refusal(tmp_path, b"PX" + content[2:])


def test_an_entry_that_begins_after_the_end_of_the_file_is_refused(tmp_path: Path) -> None:
    content = bytearray(archive_of({"a": b"", "b": b""}))
    second = content.index(b"PK\x01\x02", directory(content) + 4)
    content[second + 42 : second + 46] = struct.pack("<I", len(content) + 99)
    assert "rusak atau terpotong" in refusal(tmp_path, bytes(content))


def test_a_part_whose_bytes_were_changed_is_refused(tmp_path: Path) -> None:
    content = bytearray(archive_of({"a": b"12309652000"}, zipfile.ZIP_STORED))
    content[31] ^= 1
    assert "CRC" in refusal(tmp_path, bytes(content), "a")


def test_a_part_shorter_than_it_says_is_refused(tmp_path: Path) -> None:
    content = bytearray(archive_of({"a": b"abc"}))
    for at in (22, directory(content) + 24):
        content[at : at + 4] = struct.pack("<I", 9)
    assert "bagian a lebih pendek daripada yang disebut arsip" in refusal(tmp_path, bytes(content), "a")


@pytest.mark.parametrize("length", [0, 1, 20, 60, 80])
def test_an_archive_cut_short_is_refused(tmp_path: Path, length: int) -> None:
    assert "rusak atau terpotong" in refusal(tmp_path, archive_of({"a": b"abcdefgh"})[:length])


def test_a_part_may_inflate_as_often_as_allowed_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "RATIO_FREE", 1_000)
    size = len(archive_of({"a": b"x" * 5_000})) - len(archive_of({"a": b""})) + 2  # what 5,000 deflate to
    path = _written(tmp_path, {"a": b"x" * 5_000})
    with open_package("a.xlsx", path) as opened:
        monkeypatch.setattr(package, "LARGEST_RATIO", 5_000 // size + 1)
        assert len(opened.read("a")) == 5_000
    monkeypatch.setattr(package, "LARGEST_RATIO", 5_000 // size - 1)
    assert f"bagian a mengembang {5_000 // size} kali, batasnya {5_000 // size - 1}" in refusal(
        tmp_path, path.read_bytes(), "a"
    )


def test_a_short_part_may_inflate_at_any_ratio(tmp_path: Path) -> None:
    with open_package("a.xlsx", _written(tmp_path, {"a": bytes(2**20)})) as opened:
        assert len(opened.read("a")) == 2**20
    assert "mengembang" in refusal(tmp_path, archive_of({"a": bytes(2**20 + 1)}), "a")


def test_a_part_may_be_as_large_as_allowed_and_no_larger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST_PART", 10)
    with open_package("a.xlsx", _written(tmp_path, {"a": bytes(10)})) as opened:
        assert opened.read("a") == bytes(10)
    assert "bagian a mengembang menjadi 11 bita, batasnya 10" in refusal(tmp_path, archive_of({"a": bytes(11)}), "a")


def test_a_bomb_of_overlapping_entries_is_refused_before_any_of_it_is_inflated(tmp_path: Path) -> None:
    whole = archive_of({"kernel": bytes(100_000)})
    body, entry = whole[: directory(whole)], whole[directory(whole) : whole.index(b"PK\x05\x06")]
    names = [f"k{n:05}".encode() for n in range(100)]
    entries = b"".join(entry.replace(b"kernel", name) for name in names)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, len(names), len(names), len(entries), len(body), 0)
    assert "tidak pada tempatnya" in refusal(tmp_path, body + entries + end)


def test_the_package_closes_its_file(tmp_path: Path) -> None:
    path = _written(tmp_path, {"a": b""})
    with open_package("a.xlsx", path) as opened:
        assert isinstance(opened, Package)
    path.unlink()
