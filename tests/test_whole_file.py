import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from lkj_xlsx.errors import CannotWrite
from lkj_xlsx.whole_file import refuse_taken, refuse_targets, whole_file

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


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_under_the_name_of_the_file_is_told(tmp_path: Path, *, force: bool) -> None:
    folder = tmp_path / "lampiran.xlsx"
    folder.mkdir()
    with pytest.raises(CannotWrite, match="itu folder; beri nama berkas"):
        write_text(folder, "isi", force=force)
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="there are no devices in the folders of Windows")
def test_a_device_is_never_replaced() -> None:
    with pytest.raises(CannotWrite, match="bukan berkas biasa"):
        write_text(Path("/dev/null"), "isi", force=True)
    assert Path("/dev/null").is_char_device()


def test_a_file_that_its_owner_closed_to_writing_is_refused(existing: Path) -> None:
    existing.chmod(0o444)
    with pytest.raises(CannotWrite, match="hanya boleh dibaca"):
        write_text(existing, "baru", force=True)
    assert existing.read_bytes() == OLD


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


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits of this kind")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_a_file_that_is_replaced_keeps_its_permissions_and_is_never_more_open_meanwhile(
    existing: Path, mode: int
) -> None:
    existing.chmod(mode)
    with whole_file(existing, force=True) as partial:
        assert stat.S_IMODE(partial.stat().st_mode) & ~mode == 0
        partial.write_bytes(b"baru")
    assert (stat.S_IMODE(existing.stat().st_mode), existing.read_bytes()) == (mode, b"baru")


# Links


def test_a_symbolic_link_stays_one_and_the_file_it_leads_to_is_written(existing: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bersama"
    folder.mkdir()
    (folder / "asli.xlsx").write_bytes(OLD)
    link = tmp_path / "tautan.xlsx"
    link.symlink_to(Path("bersama") / "asli.xlsx")
    with pytest.raises(CannotWrite, match="sudah ada"):
        write_text(link, "baru")
    with whole_file(link, force=True) as partial:
        assert partial.parent == folder
        partial.write_bytes(b"baru")
    assert link.is_symlink()
    assert (folder / "asli.xlsx").read_bytes() == b"baru"
    assert existing.read_bytes() == OLD


def test_a_link_to_a_file_that_is_not_there_yet_makes_it(tmp_path: Path) -> None:
    (tmp_path / "tautan.xlsx").symlink_to("baru.xlsx")
    write_text(tmp_path / "tautan.xlsx", "isi")
    assert (tmp_path / "tautan.xlsx").is_symlink()
    assert (tmp_path / "baru.xlsx").read_bytes() == b"isi"


def test_a_link_that_leads_to_itself_is_taken(tmp_path: Path) -> None:
    link = tmp_path / "lingkar.xlsx"
    link.symlink_to("lingkar.xlsx")
    with pytest.raises(CannotWrite, match="sudah ada"):
        write_text(link, "isi")
    assert link.is_symlink()


# Inputs


def test_an_input_is_no_output_under_any_spelling(existing: Path) -> None:
    folder = existing.parent
    (folder / "tautan.xlsx").symlink_to(existing)
    (folder / "kembar.xlsx").hardlink_to(existing)
    (folder / "sub").mkdir()
    for path in (existing, folder / "tautan.xlsx", folder / "kembar.xlsx", folder / "sub" / ".." / "lampiran.xlsx"):
        for force in (False, True):
            with pytest.raises(
                CannotWrite, match=r"itu berkas masukan \(.*lampiran\.xlsx\), yang tidak boleh disentuh"
            ):
                refuse_taken(path, force=force, inputs=[folder / "tiada.xlsx", existing])
    assert existing.read_bytes() == OLD


def test_an_output_beside_the_inputs_is_free(existing: Path) -> None:
    other = existing.with_name("lain.xlsx")
    refuse_taken(None, force=False, inputs=[existing])
    refuse_taken(other, force=False, inputs=[existing])
    other.write_bytes(OLD)
    refuse_taken(other, force=True, inputs=[existing, Path("n" * 300)])
    with pytest.raises(CannotWrite, match="sudah ada; pakai --force"):
        refuse_taken(other, force=False, inputs=[existing])


def test_no_target_of_a_command_may_be_taken_or_an_input_or_another_target(existing: Path) -> None:
    folder = existing.parent
    free, other = folder / "a.xlsx", folder / "b.xlsx"
    refuse_targets(None, free, other, force=False, inputs=[existing])
    with pytest.raises(CannotWrite, match=r"lampiran\.xlsx: itu berkas masukan"):
        refuse_targets(free, existing, force=True, inputs=[existing])
    with pytest.raises(CannotWrite, match=r"lampiran\.xlsx: sudah ada"):
        refuse_targets(existing, free, force=False, inputs=[])
    for same in (free, folder / "." / "sub" / ".." / "a.xlsx"):
        with pytest.raises(CannotWrite, match=r"a\.xlsx: dua keluaran ke berkas yang sama"):
            refuse_targets(free, same, force=True, inputs=[])


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="tidak dapat ditulis"):
        write_text(tmp_path / ("n" * 300), "isi")
    assert list(tmp_path.iterdir()) == []


# Two at once


def write_meanwhile(path: Path) -> None:
    """Let another program make the target while it is written."""
    with whole_file(path) as partial:
        partial.write_bytes(b"baru")
        path.write_bytes(OLD)


def test_a_file_that_another_program_makes_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "lampiran.xlsx"
    with pytest.raises(CannotWrite, match="sudah ada; pakai --force"):
        write_meanwhile(path)
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("is_made_meanwhile", [False, True])
def test_where_files_have_no_second_names_none_is_replaced_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_made_meanwhile: bool
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "lampiran.xlsx"
    if is_made_meanwhile:
        with pytest.raises(CannotWrite, match="sudah ada"):
            write_meanwhile(path)
    else:
        write_text(path, "baru")
    assert path.read_bytes() == (OLD if is_made_meanwhile else b"baru")
    assert list(tmp_path.iterdir()) == [path]


def test_of_two_runs_at_once_one_writes_and_the_other_is_told(tmp_path: Path) -> None:
    path = tmp_path / "lampiran.xlsx"
    for force in (False, True):
        with whole_file(path, force=force) as partial:
            partial.write_bytes(b"satu")
            with pytest.raises(CannotWrite, match=r"lampiran\.xlsx: sedang ditulis oleh proses lain"):
                write_text(path, "dua", force=True)
        assert path.read_bytes() == b"satu"
        assert list(tmp_path.iterdir()) == [path]


def test_of_many_runs_without_force_exactly_one_makes_the_file(tmp_path: Path) -> None:
    path, start, outcomes = tmp_path / "lampiran.xlsx", threading.Barrier(8), []

    def run(number: int) -> None:
        start.wait()
        try:
            write_text(path, f"{number}" * 1000)
            outcomes.append(number)
        except CannotWrite as told:
            assert "sudah ada" in str(told) or "sedang ditulis" in str(told)  # noqa: PT017 - either, by who was faster

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = outcomes
    assert path.read_text(encoding="utf-8") == f"{winner}" * 1000
    assert list(tmp_path.iterdir()) == [path]


# The disk


def test_a_file_is_on_the_disk_before_it_gets_its_name_and_the_name_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = []
    real_fsync, real_link = os.fsync, os.link

    def fsync(handle: int) -> None:
        order.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "berkas")
        real_fsync(handle)

    def link(one: Path, other: Path) -> None:
        order.append("nama")
        real_link(one, other)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "link", link)
    write_text(tmp_path / "a.txt", "isi")
    assert order == ["berkas", "nama", "folder"]


def test_a_disk_that_fails_at_the_very_end_leaves_the_old_file(existing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_handle: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(CannotWrite, match="Input/output error"):
        write_text(existing, "baru", force=True)
    assert existing.read_bytes() == OLD
    assert list(existing.parent.iterdir()) == [existing]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_told_in_words(existing: Path, number: int) -> None:
    with pytest.raises(CannotWrite, match="disk penuh, atau berkas melampaui batas ukuran; kosongkan tempat"):
        fail(existing, OSError(number, os.strerror(number)), force=True)
    assert existing.read_bytes() == OLD


def test_a_file_that_is_open_elsewhere_on_windows_is_told_in_words(existing: Path) -> None:
    with pytest.raises(CannotWrite, match="tutup berkas itu bila terbuka di Excel"):
        fail(existing, PermissionError(13, "Permission denied"), force=True)
    assert existing.read_bytes() == OLD


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such limit")
def test_a_size_that_the_system_does_not_allow_leaves_the_old_file(existing: Path) -> None:
    code = """
import resource, sys
from pathlib import Path
from lkj_xlsx.whole_file import whole_file
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
with whole_file(Path(sys.argv[1]), force=True) as partial:
    partial.write_bytes(b"x" * 100_000)
"""

    done = subprocess.run([sys.executable, "-c", code, str(existing)], check=False, capture_output=True, text=True)  # noqa: S603 - own code
    assert "CannotWrite" in done.stderr
    assert "disk penuh" in done.stderr
    assert existing.read_bytes() == OLD
    assert list(existing.parent.iterdir()) == [existing]
