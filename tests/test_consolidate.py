"""Many exports become one folder of Parquet; what did not change is not read again, and nothing stands there twice."""

from pathlib import Path

import pytest
from many_files import HERE, codes, ministry, workbook

import lkj_xlsx.consolidate as module
from lkj_xlsx.checks import check
from lkj_xlsx.combining import ranked
from lkj_xlsx.consolidate import Consolidation, consolidate
from lkj_xlsx.errors import BadRequest, CannotWrite, UnreadableFile
from lkj_xlsx.inputs import Input, gather
from lkj_xlsx.intake import read_all, read_input, take_in


def run(source: Path, folder: Path, *, is_fresh: bool = False) -> Consolidation:
    return consolidate(gather([source]), folder, HERE, is_fresh=is_fresh)


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).parent.as_posix() for path in folder.rglob("*") if path.is_file())


def test_each_document_stands_under_its_year_month_and_satker(tmp_path: Path) -> None:
    done = run(ministry(tmp_path / "in"), tmp_path / "d.parquet")
    assert done.new == tuple(f"{number}/FA-{bulan}.xlsx" for number in range(3) for bulan in (11, 12))
    assert (done.replaced, done.unchanged, done.twins) == ((), (), ())
    assert codes(done.findings) == [("R120", "rusak.xlsx")]
    assert files(tmp_path / "d.parquet") == sorted(
        f"tahun=2024/bulan={bulan}/satker=65651{number}" for number in range(3) for bulan in (11, 12)
    )


def test_a_second_run_reads_only_what_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = ministry(tmp_path / "in")
    run(source, tmp_path / "d.parquet")
    workbook(source / "0" / "FA-12.xlsx", "656510", pagu=7)
    workbook(source / "1" / "FA-11.xlsx", "656519", bulan=10)
    seen: list[str] = []
    keep = module._keep

    def seeing(one: Input, folder: Path) -> None:
        seen.append(one.name)
        keep(one, folder)

    monkeypatch.setattr(module, "_keep", seeing)
    done = run(source, tmp_path / "d.parquet")
    assert seen == ["0/FA-12.xlsx", "1/FA-11.xlsx", "rusak.xlsx"]
    assert done.replaced == ("0/FA-12.xlsx", "1/FA-11.xlsx")
    assert len(done.unchanged) == 4
    stored = files(tmp_path / "d.parquet")
    assert len(stored) == 6
    assert "tahun=2024/bulan=10/satker=656519" in stored
    assert "tahun=2024/bulan=11/satker=656511" not in stored
    again = run(source, tmp_path / "d.parquet", is_fresh=True)
    assert again.replaced == tuple(sorted(done.unchanged + done.replaced))


def test_what_was_read_comes_back_with_every_finding(tmp_path: Path) -> None:
    source = ministry(tmp_path / "in")
    (source / "rusak.xlsx").unlink()
    run(source, tmp_path / "d.parquet")
    direct, kept = (check(ranked(read_all([folder]))) for folder in (source, tmp_path / "d.parquet"))
    assert direct == kept


def test_the_same_bytes_under_two_names_count_once_and_are_told(tmp_path: Path) -> None:
    file = workbook(tmp_path / "in" / "a.xlsx", "656510")
    (tmp_path / "in" / "b.xlsx").write_bytes(file.read_bytes())
    done = run(tmp_path / "in", tmp_path / "d")
    assert (done.new, done.twins) == (("a.xlsx",), ("b.xlsx",))


def test_a_run_that_was_killed_is_mended_by_the_next(tmp_path: Path) -> None:
    file = workbook(tmp_path / "in" / "a.xlsx", "656510")
    run(tmp_path / "in", tmp_path / "d")
    (old,) = (tmp_path / "d").rglob("*.parquet")
    content = old.read_bytes()
    workbook(file, "656510", bulan=11)
    run(tmp_path / "in", tmp_path / "d")
    old.write_bytes(content)
    assert len(files(tmp_path / "d")) == 2
    assert run(tmp_path / "in", tmp_path / "d").unchanged == ("a.xlsx",)
    assert files(tmp_path / "d") == ["tahun=2024/bulan=11/satker=656510"]


def test_what_says_not_whose_it_is_stands_in_a_part_without_a_value(tmp_path: Path) -> None:
    workbook(tmp_path / "in" / "a.xlsx", None)
    run(tmp_path / "in", tmp_path / "d")
    assert files(tmp_path / "d") == ["tahun=2024/bulan=12/satker=__HIVE_DEFAULT_PARTITION__"]


def test_a_file_that_changes_while_it_is_read_is_refused_and_what_was_kept_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook(tmp_path / "in" / "a.xlsx", "656510")
    workbook(tmp_path / "in" / "b.xlsx", "656511")

    def changing(one: Input) -> object:
        budget = read_input(one)
        if one.name == "a.xlsx":
            workbook(one.path, "656510", pagu=9)
        return budget

    monkeypatch.setattr(module, "read_input", changing)
    done = run(tmp_path / "in", tmp_path / "d")
    assert codes(done.findings) == [("R120", "a.xlsx")]
    assert files(tmp_path / "d") == ["tahun=2024/bulan=12/satker=656511"]


def test_nothing_that_can_be_read_is_refused_and_so_is_a_folder_within_itself(tmp_path: Path) -> None:
    (tmp_path / "rusak.xlsx").write_bytes(b"rusak")
    with pytest.raises(UnreadableFile):
        run(tmp_path, tmp_path.parent / f"{tmp_path.name}-d")
    with pytest.raises(BadRequest, match="folder keluaran"):
        run(tmp_path, tmp_path)
    with pytest.raises(CannotWrite, match="folder tidak dapat dibuat"):
        run(tmp_path, tmp_path / "rusak.xlsx" / "d")


def test_a_file_that_the_user_named_must_be_readable_and_the_others_are_kept(tmp_path: Path) -> None:
    good = workbook(tmp_path / "a.xlsx", "656510")
    (tmp_path / "rusak.xlsx").write_bytes(b"rusak")
    with pytest.raises(UnreadableFile, match="rusak"):
        consolidate(gather([good, tmp_path / "rusak.xlsx"]), tmp_path / "d", HERE)
    assert files(tmp_path / "d") == ["tahun=2024/bulan=12/satker=656510"]


def test_kept_documents_of_one_name_are_refused(tmp_path: Path) -> None:
    for name in "xy":
        workbook(tmp_path / name / "a.xlsx", f"65651{ord(name) % 10}")
        run(tmp_path / name, tmp_path / "d" / name)
    with pytest.raises(BadRequest, match=r"a\.xlsx: beberapa berkas tersimpan bernama sama"):
        take_in([tmp_path / "d"])
