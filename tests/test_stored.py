"""A document comes back from Parquet as it was stored."""

from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lkj_xlsx import read
from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.kode import ROOT
from lkj_xlsx.model import AMOUNTS, Budget, Identity, Indikator, Kategori, Line, frame_of
from lkj_xlsx.parquet import read_parquet, write_parquet
from lkj_xlsx.stored import restore, store

SAMPLES = sorted(
    path for path in (Path(__file__).parents[1] / "samples").iterdir() if path.suffix in (".xlsx", ".xls", ".csv")
)


def assert_same(one: Budget, other: Budget) -> None:
    for field in fields(Budget):
        left, right = getattr(one, field.name), getattr(other, field.name)
        if isinstance(left, pd.DataFrame):
            pd.testing.assert_frame_equal(left, right, check_exact=True)
            assert [[type(value) for value in left[name]] for name in left] == [
                [type(value) for value in right[name]] for name in right
            ]
        elif field.name == "others":
            assert len(left) == len(right)
            for a, b in zip(left, right, strict=True):
                assert_same(a, b)
        else:
            assert left == right, field.name


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_sample_comes_back_as_it_was_read(path: Path, tmp_path: Path) -> None:
    budget = read(path)
    store(budget, tmp_path / "x.parquet")
    assert_same(budget, restore(tmp_path / "x.parquet", "x.parquet"))


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
AMOUNT = st.none() | st.integers(-(2**53), 2**53)
PERCENTS = st.none() | st.floats(allow_nan=False) | st.decimals(allow_nan=False, allow_infinity=False)
WHERES = st.builds(
    Where, TEXTS, st.none() | TEXTS, st.none() | st.integers(0, 2**20), st.none() | st.integers(0, 2**14)
)
NUMBERS = st.none() | TEXTS | st.decimals(allow_nan=False, allow_infinity=False)
LINES = st.lists(
    st.builds(
        Line,
        st.tuples(*[st.sampled_from(["", "CQ", "051", "0A"]) for _ in ROOT]),
        TEXTS,
        st.fixed_dictionaries(dict.fromkeys((*AMOUNTS, "sisa"), AMOUNT), optional={"rpd_01": AMOUNT}),
        TEXTS,
        st.integers(0, 2**20),
        st.booleans(),
        PERCENTS,
        st.sampled_from(["", "RM", "PNP"]),
    ),
    max_size=4,
).map(frame_of)
BUDGETS = st.builds(
    Budget,
    TEXTS,
    TEXTS,
    st.builds(Identity, st.none() | TEXTS, st.none() | TEXTS, tahun=st.none() | st.integers(2000, 2099)),
    LINES,
    LINES,
    st.dictionaries(TEXTS, st.integers(0, 99), max_size=2),
    st.dictionaries(st.tuples(TEXTS, st.integers(0, 99), TEXTS), WHERES, max_size=2),
    st.lists(
        st.builds(
            *(Indikator, TEXTS, TEXTS, TEXTS, TEXTS, NUMBERS, TEXTS, NUMBERS, st.booleans(), WHERES, NUMBERS),
            cells=st.dictionaries(TEXTS, WHERES, max_size=2),
        ),
        max_size=2,
    ).map(tuple),
    st.lists(
        st.builds(Kategori, st.none() | st.decimals(0, 100), st.none() | st.decimals(0, 100), TEXTS, TEXTS, WHERES),
        max_size=2,
    ).map(tuple),
    st.lists(
        st.builds(
            *(Finding, TEXTS, st.sampled_from(Severity), WHERES, TEXTS),
            *(st.none() | st.integers() | TEXTS, st.none() | st.integers() | TEXTS, st.lists(WHERES).map(tuple)),
        ),
        max_size=2,
    ).map(tuple),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(BUDGETS, st.lists(BUDGETS, max_size=2))
def test_any_document_comes_back_as_it_was_stored(tmp_path: Path, budget: Budget, others: list[Budget]) -> None:
    whole = replace(budget, others=tuple(others))
    path = tmp_path / "x.parquet"
    path.unlink(missing_ok=True)
    store(whole, path)
    assert_same(whole, restore(path, "x.parquet"))


def test_a_damaged_file_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    store(read(SAMPLES[0]), path)
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(UnreadableFile, match=r"x\.parquet: Parquet ini rusak"):
        restore(path, "x.parquet")


def test_a_parquet_file_of_others_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    write_parquet(pd.DataFrame({"pagu": [1]}), {"pagu": "BIGINT"}, path)
    with pytest.raises(UnreadableFile, match="bukan hasil `lkj consolidate`"):
        restore(path, "x.parquet")


def test_a_code_that_looks_like_a_number_stays_a_text(tmp_path: Path) -> None:
    path = tmp_path / "[x]*?.parquet"
    frame = pd.DataFrame({"kode": pd.Series([None] * 5000 + ["051"], dtype=object)})
    write_parquet(frame, {"kode": "VARCHAR"}, path, "é'")
    columns, said = read_parquet(path, path.name)
    assert (columns["kode"][-1], said) == ("051", "é'")


def test_decimals_and_floats_of_percents_are_told_apart(tmp_path: Path) -> None:
    printed: list[Decimal | float | None] = [Decimal("99.10"), 0.991, None]
    lines = frame_of([Line(ROOT, "x", {}, "s", row, persen=value) for row, value in enumerate(printed)])
    store(Budget("f", "x", Identity(), lines, frame_of([])), tmp_path / "x.parquet")
    assert restore(tmp_path / "x.parquet", "x").lines["persen"].tolist() == printed
