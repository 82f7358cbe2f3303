import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.containers import texts
from lkj_xlsx.containers.texts import decode, read_bytes
from lkj_xlsx.errors import UnreadableFile


@pytest.mark.parametrize(
    ("mark", "encoding", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "UTF-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16-LE"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16-BE"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32-LE"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32-BE"),
        (b"", "utf-16-le", "UTF-16-LE"),
        (b"", "utf-16-be", "UTF-16-BE"),
        (b"", "utf-8", "UTF-8"),
        (b"", "cp1252", "Windows-1252"),
    ],
)
def test_each_encoding_is_told_by_its_mark_or_by_its_bytes(mark: bytes, encoding: str, name: str) -> None:
    text = "Kode;Uraian\n051;Café – 5\n"
    assert decode("a.csv", mark + text.encode(encoding)) == (text, name)


def test_what_the_file_declares_is_held_to_unless_a_mark_says_otherwise() -> None:
    assert decode("a.htm", "Ş".encode("iso-8859-9"), "iso-8859-9") == ("Ş", "ISO-8859-9")
    assert decode("a.htm", codecs.BOM_UTF8 + b"x", "cp1252") == ("x", "UTF-8")


@pytest.mark.parametrize(
    ("content", "declared", "says"),
    [
        (b"a;b\n1;\x81\n", None, "baris 2: bita 81 bukan huruf Windows-1252"),
        (b"a\r\nb\r\xff", "utf-8", "baris 3: bita FF bukan huruf UTF-8"),
        (codecs.BOM_UTF8 + b"a\xe9", None, "baris 1: bita E9 bukan huruf UTF-8"),
        (codecs.BOM_UTF16_LE + b"a\x00b", None, "baris 1: bita 62 bukan huruf UTF-16-LE"),
        (b"a;b\n1;2\x003\n", None, "baris 2: karakter kendali U+0000"),
        (b"a;b\n1;2\x1a\n", None, "baris 2: karakter kendali U+001A"),
        ("a;\x9b".encode(), None, "baris 1: karakter kendali U+009B"),
    ],
)
def test_a_byte_that_is_no_character_is_refused_with_its_line(content: bytes, declared: str | None, says: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        decode("a.csv", content, declared)
    assert str(refused.value).startswith(f"a.csv: {says}")
    assert "simpan sebagai .xlsx" in str(refused.value)


def test_tabs_line_ends_and_unusual_blanks_are_no_control_characters() -> None:
    assert decode("a", "a\tb\r\n\x85\u00a0".encode())[0] == "a\tb\r\n\x85\u00a0"


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff")))
def test_any_text_in_utf_8_is_read_to_the_character(text: str) -> None:
    assert decode("a", text.encode()) == (text, "UTF-8")


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_and_never_a_bug(content: bytes) -> None:
    try:
        text, _ = decode("a", content)
    except UnreadableFile:
        return
    assert isinstance(text, str)


def test_a_file_is_read_up_to_the_limit_and_refused_beyond(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * 5)
    assert read_bytes("a.csv", path, 5) == b"x" * 5
    with pytest.raises(UnreadableFile, match=r"^a\.csv: berkas teks lebih dari 0 MiB; simpan sebagai \.xlsx"):
        read_bytes("a.csv", path, 4)
    assert texts.LARGEST_TEXT == 256 * 2**20


def test_a_file_that_the_system_does_not_open_is_refused_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(
        UnreadableFile, match=r"tidak ada\.csv: tidak dapat dibuka \(tidak ada\); periksa nama dan izin"
    ):
        read_bytes("x", tmp_path / "tidak ada.csv")
