"""Files, folders and patterns become files, each with the name that findings call it by."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.errors import BadRequest
from lkj_xlsx.inputs import Input, gather


def touch(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    return [folder / name for name in names]


def names(*given: Path) -> list[str]:
    return [one.name for one in gather(given).files]


def test_files_are_called_by_their_own_name_and_by_the_given_path_where_two_have_the_same() -> None:
    files = [Path("a/x.xlsx"), Path("b/x.xlsx"), Path("b/y.xlsx")]
    assert names(*files) == [str(files[0]), str(files[1]), "y.xlsx"]
    assert names() == []


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), unique=True, max_size=6))
def test_no_two_files_have_one_name(files: list[tuple[str, str]]) -> None:
    assert len(set(names(*[Path(folder) / f"{name}.xlsx" for folder, name in files]))) == len(files)


def test_all_sheets_below_a_folder_are_given_in_the_order_of_their_paths(tmp_path: Path) -> None:
    touch(
        tmp_path, "b.XLSX", "a/z.csv", "a/y.ods", "catatan.pdf", "~$b.xlsx", ".diam.xlsx", ".git/x.csv", "a/t.parquet"
    )
    found = gather([tmp_path])
    assert [one.name for one in found.files] == ["a/t.parquet", "a/y.ods", "a/z.csv", "b.XLSX"]
    assert found.skipped == ("catatan.pdf",)
    assert not any(one.is_named for one in found.files)
    assert found.size == 4


def test_a_pattern_gives_the_files_that_fit_it(tmp_path: Path) -> None:
    touch(tmp_path, "01/FA.xlsx", "02/FA.xlsx", "02/lain.xlsx")
    (tmp_path / "FA.xlsx").mkdir()
    assert names(tmp_path / "*" / "FA*.xlsx") == [str(tmp_path / "01/FA.xlsx"), str(tmp_path / "02/FA.xlsx")]
    assert names(tmp_path / "**" / "l*.xlsx") == ["lain.xlsx"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    (file,) = touch(tmp_path, "FA [Juli].xlsx")
    assert gather([file]).files == (Input(file, "FA [Juli].xlsx"),)


def test_a_file_that_is_given_and_lies_in_a_given_folder_is_read_once(tmp_path: Path) -> None:
    first, second = touch(tmp_path, "a.xlsx", "b.xlsx")
    assert gather([tmp_path, second]).files == (Input(first, "a.xlsx", is_named=False), Input(second, "b.xlsx"))
    assert len(gather([tmp_path, tmp_path / "*.xlsx"]).files) == 2
    assert gather([second, tmp_path]).files == (Input(second, "b.xlsx"), Input(first, "a.xlsx", is_named=False))
    assert len(gather([first, first]).files) == 2


@pytest.mark.parametrize("name", ["kosong", "kosong/*.xlsx"])
def test_a_folder_or_pattern_without_files_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "kosong").mkdir()
    with pytest.raises(BadRequest, match="tidak ada"):
        gather([tmp_path / name])


def test_a_link_in_a_circle_is_left_for_who_opens_it(tmp_path: Path) -> None:
    link = tmp_path / "x.xlsx"
    link.symlink_to(link)
    assert gather([link]).files == (Input(link, "x.xlsx"),)
    assert gather([tmp_path / "tiada.xlsx"]).size == 0
