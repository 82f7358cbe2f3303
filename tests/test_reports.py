"""One report a satker, all satker in one, and the same bytes and findings wherever and however files are read."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from conftest import write_sheets
from many_files import HERE, codes, ministry, two_workers, workbook

from lkj_xlsx import cache
from lkj_xlsx.cluster import Cluster
from lkj_xlsx.combining import combine
from lkj_xlsx.consolidate import consolidate
from lkj_xlsx.engine import Engine, Here, How
from lkj_xlsx.errors import BadRequest, CannotWrite
from lkj_xlsx.examination import audit, examine
from lkj_xlsx.inputs import gather
from lkj_xlsx.intake import read_all
from lkj_xlsx.merge import merge
from lkj_xlsx.model import FILE, known
from lkj_xlsx.processes import Processes
from lkj_xlsx.report import write_report
from lkj_xlsx.reports import write_reports


def write_all(source: Path, folder: Path, how: How = HERE, *, force: bool = False) -> list[tuple[str, str]]:
    _, found = write_reports(gather([source]), folder, None, how, force=force)
    return codes(found)


def test_each_satker_has_a_report_of_its_own_latest_month(tmp_path: Path) -> None:
    reports, found = write_reports(gather([ministry(tmp_path / "in")]), tmp_path / "out", None, HERE, force=False)
    assert [one.path.name for one in reports] == [f"lkj-65651{number}-2024-12.xlsx" for number in range(3)]
    assert ("R120", "rusak.xlsx") in codes(found)
    (ministry(tmp_path / "one", 1) / "rusak.xlsx").unlink()
    alone = write_report([tmp_path / "one"], tmp_path / "alone.xlsx")
    assert alone.path.read_bytes() == reports[0].path.read_bytes()


def test_what_belongs_to_nobody_is_in_every_report(tmp_path: Path) -> None:
    text = (
        "# Sheet: Kinerja\n| Tabel | Sasaran | Indikator Kinerja | Kode | Target | Satuan | Realisasi | Arah |\n"
        "| 1 | S | Milik semua | 6709 | 100 | % | | |"
    )
    several, one = ministry(tmp_path / "in", 2), ministry(tmp_path / "one", 1)
    (one / "rusak.xlsx").unlink()
    for folder in (several, one):
        write_sheets(text, folder / "kinerja.xlsx")
    reports, _ = write_reports(gather([several]), tmp_path / "out", None, HERE, force=False)
    assert len({report.path.read_bytes() for report in reports}) == 2
    alone = write_report([one], tmp_path / "alone.xlsx")
    assert alone.path.read_bytes() == reports[0].path.read_bytes()


def test_a_satker_whose_files_do_not_fit_is_told_of_and_the_others_are_written(tmp_path: Path) -> None:
    source = ministry(tmp_path / "in", 2)
    workbook(source / "1" / "lagi.xlsx", "656511", pagu=1)
    assert ("R121", "1/FA-11.xlsx") in write_all(source, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["lkj-656510-2024-12.xlsx"]


def test_what_stands_in_the_way_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    source = ministry(tmp_path / "in", 2)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "lkj-656511-2024-12.xlsx").write_bytes(b"lama")
    with pytest.raises(CannotWrite, match="sudah ada"):
        write_all(source, tmp_path / "out")
    assert len(list((tmp_path / "out").iterdir())) == 1
    write_all(source, tmp_path / "out", force=True)
    with pytest.raises(CannotWrite, match="itu berkas"):
        write_all(source, tmp_path / "in" / "rusak.xlsx")
    with pytest.raises(CannotWrite, match="folder tidak dapat dibuat"):
        write_all(source, tmp_path / "in" / "rusak.xlsx" / "x")
    (tmp_path / "kosong").mkdir()
    workbook(tmp_path / "kosong" / "a.xlsx", "656510")
    with pytest.raises(BadRequest, match="tidak ada berkas untuk periode 2023"):
        write_reports(gather([tmp_path / "kosong"]), tmp_path / "lain", "2023", HERE, force=False)


def test_several_satker_in_one_report_are_refused_in_words_and_added_up_when_asked(tmp_path: Path) -> None:
    source = ministry(tmp_path / "in", 2)
    (source / "rusak.xlsx").unlink()
    with pytest.raises(BadRequest, match=r"2 satker \(656510, 656511\); .*--per satker -o FOLDER.*--gabung"):
        write_report([source], tmp_path / "x.xlsx")
    merged = examine([source], is_merged=True)
    parts = [examine([source / f"{number}"]) for number in range(2)]
    for name in ("pagu", "realisasi"):
        assert known(merged.rollup.total[name]) == [sum(known(part.rollup.total[name])[0] or 0 for part in parts)]
    assert merged.budget.lines[FILE].tolist() == ["0/FA-12.xlsx"] * 2 + ["1/FA-12.xlsx"] * 2
    assert merged.budget.identity.nama_satker == "Gabungan 2 satuan kerja"
    assert (merged.budget.identity.periode, merged.budget.identity.kode_satker) == ("2024-12", None)


def test_merging_one_satker_is_what_it_is_without(tmp_path: Path) -> None:
    budgets = read_all([workbook(tmp_path / "a.xlsx", "656510")])
    assert merge(budgets).identity == combine(budgets).identity
    assert FILE not in merge(budgets).lines


def test_unlike_months_are_told_of_and_unlike_years_refused(tmp_path: Path) -> None:
    files = [workbook(tmp_path / "a.xlsx", "656510"), workbook(tmp_path / "b.xlsx", "656511", bulan=11)]
    (told,) = [one for one in merge(read_all(files)).findings if one.code == "X208"]
    assert str(told.where) == "b.xlsx"
    assert "1 satker berakhir di bulan lain: b.xlsx (2024-11)" in told.message
    with pytest.raises(BadRequest, match="--gabung: berkas dari tahun 2023, 2024"):
        merge(read_all([files[0], workbook(tmp_path / "c.xlsx", "656512", tahun=2023)]))


@contextmanager
def here() -> Iterator[Engine]:
    yield Here()


@contextmanager
def processes() -> Iterator[Engine]:
    own = Processes(2)
    yield own
    own.close()


@contextmanager
def dask() -> Iterator[Engine]:
    with two_workers() as (_, client):
        yield Cluster(client)


@pytest.mark.parametrize("engine", [here, processes, dask])
@pytest.mark.parametrize("way", ["plain", "cold cache", "warm cache", "parquet"])
def test_bytes_and_findings_are_the_same_every_way(
    tmp_path: Path, engine: Callable[[], Iterator[Engine]], way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = ministry(tmp_path / "in")
    (source / "rusak.xlsx").unlink()
    folder = tmp_path / "cache" if "cache" in way else None
    monkeypatch.setattr(cache, "WORTH", 1)
    expected = audit([source]), write_report([source], tmp_path / "a.xlsx", is_merged=True).path.read_bytes()
    write_all(source, tmp_path / "a")
    with ExitStack() as stack:
        how = How(stack.enter_context(engine()), folder)  # type: ignore[arg-type]  # a context manager
        if way == "parquet":
            consolidate(gather([source]), tmp_path / "d.parquet", how)
            source = tmp_path / "d.parquet"
        if way == "warm cache":
            audit([source], how)
        verdict = audit([source], how)
        merged = write_report([source], tmp_path / "b.xlsx", how=how, is_merged=True).path.read_bytes()
        write_all(source, tmp_path / "b", how)
    assert (verdict, merged) == expected
    assert json.dumps([str(one) for one in verdict.findings]) == json.dumps([str(one) for one in expected[0].findings])
    written = {path.name: path.read_bytes() for path in (tmp_path / "b").iterdir()}
    assert written == {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()}
