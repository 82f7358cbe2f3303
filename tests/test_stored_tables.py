"""Kept documents answer where they stand as they do when they are read."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from documents import line, path
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lkj_xlsx.database import Database, open_database
from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.inputs import gather
from lkj_xlsx.intake import read_all
from lkj_xlsx.kode import spell
from lkj_xlsx.model import AMOUNTS, Budget, Identity, Line, frame_of
from lkj_xlsx.schemas import SCHEMAS
from lkj_xlsx.stored import store
from lkj_xlsx.stored_tables import StoredTables, stored_tables

PROGRAMS, AKUN = ("CQ.6709.QGE.001.051.0A", "CQ.6709.QGE.002.051.0A", "WA.4321.EBA.994.001.0B"), ("511111", "521211")
LEAVES: Final = [f"{program}.{akun}" for program in PROGRAMS for akun in AKUN]
AMOUNT = st.none() | st.integers(-(2**53), 2**53) | st.integers(-100, 1000)
PERCENT = st.none() | st.floats(0, 1)
WHOSE = st.tuples(st.sampled_from(["999001", "999002", "000003"]), st.sampled_from([2024, 2025]), st.integers(1, 3))


def full(code: str, row: int) -> Line:
    """A leaf that says something of every amount, as an export does."""
    return leaf(code, row, dict.fromkeys(AMOUNTS, row))


def leaf(code: str, row: int, amounts: Mapping[str, int | None]) -> Line:
    return replace(line(code, row), amounts=amounts)


@st.composite
def budgets(draw: st.DrawFn, whose: tuple[str, int, int]) -> Budget:
    satker, tahun, bulan = whose
    codes = [LEAVES[0], *draw(st.lists(st.sampled_from(LEAVES), unique=True, max_size=4))]
    amounts = [draw(st.fixed_dictionaries(dict.fromkeys(AMOUNTS, AMOUNT))) for _ in codes[1:]]
    rest = zip(codes[1:], amounts, strict=True)
    leaves = [full(codes[0], 1), *(leaf(code, 2 + at, own) for at, (code, own) in enumerate(rest))]
    above = sorted({spell((*path(code)[:depth], *[""] * (8 - depth))) for code in codes for depth in range(1, 8)})
    named = [
        replace(line(code, 40 + at, pagu=draw(AMOUNT)), uraian=draw(st.sampled_from(["", "Nama", f"Lain {at}"])))
        for at, code in enumerate(draw(st.lists(st.sampled_from(above), max_size=6)))
    ]
    items = [line(f"{codes[0]}.00000{at}", 80 + at, pagu=draw(AMOUNT)) for at in range(draw(st.integers(0, 2)))]
    total = replace(line("", 99, pagu=draw(AMOUNT)), uraian="JUMLAH", is_total=True, persen=draw(PERCENT))
    note = Finding("R110", Severity.INFO, Where(f"{whose}.xlsx", "S"), "tidak dibaca")
    return Budget(
        *(f"{whose}.xlsx", "FA", Identity(kode_satker=satker, tahun=tahun, bulan=bulan)),
        *(frame_of(leaves), frame_of([*named, *items, total])),
        findings=(note,) * draw(st.integers(0, 1)),
    )


def kept(folder: Path, *those: Budget) -> Path:
    """Keep documents as consolidation does."""
    shutil.rmtree(folder, ignore_errors=True)
    for one in those:
        own = one.identity
        part = folder / f"tahun={own.tahun}" / f"bulan={own.bulan}" / f"satker={own.kode_satker}"
        part.mkdir(parents=True, exist_ok=True)
        store(one, part / f"{one.file}.parquet")
    return folder


@settings(
    max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(st.lists(WHOSE, unique=True, min_size=1, max_size=4).flatmap(lambda those: st.tuples(*map(budgets, those))))
def test_every_table_is_the_same_asked_where_it_stands_and_read(tmp_path: Path, those: tuple[Budget, ...]) -> None:
    folder = kept(tmp_path / "it's d", *those)
    stored = stored_tables(gather([folder]))
    assert stored is not None
    there, read = open_database(gather([folder]), lambda: read_all([folder])), Database(read_all([folder]))
    for name in sorted(SCHEMAS.keys() - {"temuan", "rpd_bulanan"}):
        assert stored.sql(name) is not None, name
        assert there.ask(f'SELECT * FROM "{name}"') == read.ask(f'SELECT * FROM "{name}"')
    assert stored.noted == [] or any(one.findings for one in those)


OWN: Final = Identity(kode_satker="999001", tahun=2024, bulan=1)
FIRST: Final = Budget("a.xlsx", "FA", OWN, frame_of([full(LEAVES[0], 1)]), frame_of([]))
NEXT: Final = replace(FIRST, file="b.xlsx", identity=replace(OWN, bulan=2))


def plain(folder: Path) -> StoredTables | None:
    return stored_tables(gather([folder]))


@pytest.mark.parametrize(
    "other",
    [
        replace(FIRST, file="b.xlsx"),
        replace(NEXT, format="RKK"),
        replace(NEXT, others=(FIRST,)),
        replace(NEXT, identity=replace(OWN, kode_satker="9/1")),
        replace(NEXT, lines=frame_of([line(LEAVES[0], 1, pagu=1)])),
    ],
    ids=["the same month", "another kind", "further tables", "a satker no folder can name", "fewer figures"],
)
def test_documents_that_may_take_from_each_other_are_read(tmp_path: Path, other: Budget) -> None:
    assert plain(kept(tmp_path / "d", FIRST)) is not None
    folder = kept(tmp_path / "d", FIRST)
    (folder / "x").mkdir()
    store(other, folder / "x" / "b.parquet")
    assert plain(folder) is None


def test_files_whose_names_are_patterns_are_read(tmp_path: Path) -> None:
    folder = kept(tmp_path / "[d]", FIRST)
    assert plain(folder) is None
    assert open_database(gather([folder]), lambda: read_all([folder])).ask("SELECT sum(pagu) FROM ro").rows == ((1,),)


def test_a_level_that_some_leaf_lacks_is_read(tmp_path: Path) -> None:
    ragged = replace(FIRST, lines=frame_of([full(LEAVES[0], 1), full("CQ.6639.051.0A.521211", 2)]))
    folder = kept(tmp_path / "d", ragged)
    stored = plain(folder)
    assert stored is not None
    assert (stored.sql("akun"), stored.sql("rincian") is None) == (None, False)
    there = open_database(gather([folder]), lambda: read_all([folder]))
    assert there.ask("SELECT * FROM ro") == Database(read_all([folder])).ask("SELECT * FROM ro")


def test_files_that_are_not_kept_or_not_only_are_read(tmp_path: Path) -> None:
    assert stored_tables(gather([])) is None
    folder = kept(tmp_path / "d", FIRST)
    (folder / "x.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    assert plain(folder) is None
    (folder / "x.csv").unlink()
    (folder / "x.parquet").write_bytes(b"PAR1")
    with pytest.raises(UnreadableFile, match="rusak atau terpotong"):
        plain(folder)


def test_a_question_still_touches_nothing_but_its_documents(tmp_path: Path) -> None:
    folder = kept(tmp_path / "d", FIRST)
    (tmp_path / "rahasia.csv").write_text("a\n1\n", encoding="utf-8")
    there = open_database(gather([folder]), lambda: read_all([folder]))
    assert there.ask("SELECT count(*) FROM rincian").rows == ((1,),)
    for sql in (f"SELECT * FROM read_csv('{tmp_path / 'rahasia.csv'}')", f"SELECT * FROM glob('{tmp_path}/*')"):
        with pytest.raises(Exception, match="tidak dapat disentuh"):
            there.ask(sql)
