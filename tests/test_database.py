"""What can be asked, that every answer is the roll-up's to the rupiah, and that nothing else can be touched."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Final

import duckdb
import pytest
from conftest import write_sheets
from hypothesis import given, settings
from hypothesis import strategies as st

from lkj_xlsx import database as module
from lkj_xlsx.database import Database, query
from lkj_xlsx.errors import BadRequest
from lkj_xlsx.intake import read_all
from lkj_xlsx.kode import LEAF_LEVELS, Level
from lkj_xlsx.model import Budget, Identity, Line, frame_of, known
from lkj_xlsx.persen import percent
from lkj_xlsx.questions import QUESTIONS, sql_of
from lkj_xlsx.result import Result
from lkj_xlsx.rollup import roll_up
from lkj_xlsx.schemas import SCHEMAS
from lkj_xlsx.terminal import print_result

SAMPLES: Final = Path(__file__).parents[1] / "samples"
GLP039: Final = SAMPLES / "kpu-binjai-2024-12-glp039.xlsx"
WORKBOOK: Final = SAMPLES / "kpu-binjai-2024.xlsx"
TERBIT: Final = SAMPLES / "kpu-binjai-2024-terbit.xlsx"
REAL: Final = Path(__file__).parents[2] / "shared" / "real"
WHOLE: Final = (33_239_899_000, 32_934_047_438)

Golden = Callable[[str, str], None]


@pytest.fixture(scope="module")
def sample() -> Database:
    return Database(read_all([GLP039, WORKBOOK]))


@pytest.mark.parametrize("nama", [question.nama for question in QUESTIONS])
def test_a_ready_question_answers(golden: Golden, sample: Database, nama: str) -> None:
    out = io.StringIO()
    result = sample.ask(sql_of(nama))
    print_result(result.columns, result.rows, out)
    golden(f"query/{nama}.txt", out.getvalue())


@pytest.mark.skipif(not REAL.exists(), reason="the real exports are not ours to keep beside the project")
@pytest.mark.parametrize("nama", [question.nama for question in QUESTIONS])
def test_a_ready_question_answers_of_real_months(nama: str) -> None:
    database = Database(read_all(sorted(REAL.glob("*.xlsx"))))
    result = database.ask(sql_of(nama))
    assert result.columns
    if nama == "bulan-ke-bulan":
        months = [(row[2], row[4], row[5]) for row in result.rows]
        assert months == [(7, 121_913_000, None), (8, 267_272_855, 145_359_855)]
    if nama == "item-bergerak":
        assert sum(row[-1] for row in result.rows) == 145_359_855


def test_there_are_a_dozen_ready_questions_each_with_a_name_of_its_own() -> None:
    assert len({question.nama for question in QUESTIONS}) == len(QUESTIONS) >= 12


def test_a_question_of_no_name_is_refused_with_the_names() -> None:
    with pytest.raises(BadRequest, match="serapan-rendah"):
        sql_of("apa saja")


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_table_has_the_columns_it_says(sample: Database, name: str) -> None:
    kinds = dict(sample.ask(f"SELECT column_name, column_type FROM (DESCRIBE {name})").rows)
    assert kinds == dict(SCHEMAS[name])


@pytest.mark.parametrize("name", ["rincian", "bulanan", "jenis_belanja", *(level.value for level in LEAF_LEVELS)])
def test_every_level_adds_up_to_the_whole(sample: Database, name: str) -> None:
    assert sample.ask(f"SELECT sum(pagu), sum(realisasi) FROM {name}").rows == (WHOLE,)


def test_items_are_detail_that_is_counted_nowhere(sample: Database) -> None:
    (row,) = sample.ask("SELECT count(*), sum(pagu) FROM item").rows
    assert row == (137, 33_232_929_000)


def test_findings_are_asked_like_figures() -> None:
    database = Database(read_all([TERBIT]))
    rows = database.ask("SELECT sel, tertulis, seharusnya FROM temuan WHERE kode = 'T101' ORDER BY sel").rows
    assert rows == (("C10", "997.018.000", "977.018.000"), ("D35", "1", "0"))


def test_what_is_not_known_is_null_and_so_is_every_sum_over_it() -> None:
    database = Database(read_all([TERBIT]))
    assert database.ask("SELECT count(*) FROM rincian WHERE pagu IS NULL").rows == ((3,),)
    assert database.ask("SELECT pagu, realisasi FROM kegiatan WHERE kegiatan = '6872'").rows == ((None, 1_951_041_600),)


def test_jumlah_is_unknown_over_what_is_unknown_where_sum_leaves_it_out() -> None:
    database = Database(read_all([TERBIT]))
    sql = (
        "SELECT kegiatan, jumlah(pagu), sum(pagu) FROM rincian WHERE kegiatan IN ('6871', '6872') GROUP BY 1 ORDER BY 1"
    )
    assert database.ask(sql).rows == (("6871", 1_677_525_000, 1_677_525_000), ("6872", None, 1_945_810_000))


def test_a_place_leads_back_to_the_file(sample: Database) -> None:
    row = sample.ask("SELECT berkas, baris, pagu FROM rincian WHERE kode = 'CQ.6709.QGE.001.052.0A.521211'").rows
    assert row == ((GLP039.name, 83, 41_820_000),)


branch = st.tuples(st.sampled_from(["CQ", "WA"]), st.sampled_from(["6709", "6871"]), st.sampled_from(["001", "002"]))
RUPIAH: Final = st.one_of(st.none(), st.integers(0, 10**3), st.integers(0, 2**53 // 64))


@st.composite
def budgets(draw: st.DrawFn) -> Budget:
    """Some akun under a few RO, some of their amounts unknown."""
    akun = st.sampled_from(["521211", "524111", "532111"])
    found = draw(st.lists(st.tuples(branch, akun), min_size=1, max_size=8, unique=True))
    lines = [
        Line(
            (program, kegiatan, "QGE", ro, "051", "0A", akun, ""),
            "nama",
            {"pagu": draw(RUPIAH), "realisasi": draw(RUPIAH)},
            "S",
            row,
        )
        for row, ((program, kegiatan, ro), akun) in enumerate(found)
    ]
    identity = Identity(kode_satker="1", tahun=2024, bulan=12)
    return Budget("a.xlsx", "x", identity, frame_of(lines), frame_of([]), {"pagu": 1, "realisasi": 2})


@settings(max_examples=25)
@given(budgets(), st.lists(st.sampled_from(["program", "kegiatan", "ro", "akun", "jenis_belanja"]), unique=True))
def test_any_grouping_adds_up_to_the_same_as_pandas(budget: Budget, by: list[str]) -> None:
    rows = Database([budget]).ask(f"SELECT sum(pagu) FROM rincian GROUP BY {', '.join(by) or 'satker'}").rows
    assert sum(row[0] or 0 for row in rows) == int(budget.lines["pagu"].sum())


@settings(max_examples=25)
@given(budgets(), st.sampled_from(LEAF_LEVELS))
def test_a_level_is_what_the_roll_up_gives(budget: Budget, level: Level) -> None:
    rows = Database([budget]).ask(f"SELECT kode, pagu, realisasi, sisa, serapan FROM {level.value}").rows
    cut = roll_up(budget).cut(level)
    columns = [known(cut[name]) for name in ("pagu", "realisasi", "sisa")]
    serapan = [None if text is None else Decimal(text) for text in cut["serapan"]]
    assert list(rows) == list(zip(cut["kode"], *columns, serapan, strict=True))


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**15))
def test_serapan_in_sql_is_that_of_the_report(realisasi: int, pagu: int) -> None:
    connection = duckdb.connect()
    connection.execute(module.MACROS)
    assert connection.execute("SELECT serapan(?, ?)", [realisasi, pagu]).fetchone() == (percent(realisasi, pagu),)


def test_serapan_of_nothing_or_of_what_is_unknown_is_null(sample: Database) -> None:
    assert sample.ask("SELECT serapan(1, 0), serapan(NULL, 1), serapan(1, NULL)").rows == ((None, None, None),)


def test_the_library_answers_with_a_frame_of_whole_numbers() -> None:
    frame = query([GLP039], "SELECT kode, pagu, serapan FROM kegiatan ORDER BY pagu DESC LIMIT 2")
    assert frame["pagu"].tolist() == [12_320_873_000, 12_309_652_000]
    assert [str(kind) for kind in frame.dtypes] == ["object", "Int64", "object"]
    assert frame["serapan"].tolist() == [Decimal("99.29"), Decimal("99.99")]


def test_an_answer_beyond_64_bits_stays_exact() -> None:
    result = Result(("n", "kosong"), ((2**70, None), (1, None)))
    assert result.frame()["n"].tolist() == [2**70, 1]
    assert Result(("n",), ()).frame().shape == (0, 1)


def test_columns_of_one_name_are_told_apart(sample: Database) -> None:
    assert sample.ask("SELECT 1 AS n, 2 AS n, 3 AS n").columns == ("n", "n_2", "n_3")


def month(tmp_path: Path, bulan: int, realisasi: int, name: str = "") -> Path:
    text = f"""
    # Sheet: Identitas
    | Kunci | Isi |
    | Kode Satker | '123456 |
    | Tahun Anggaran | 2024 |
    | Bulan | {bulan} |
    # Sheet: Anggaran
    | Kode | Uraian | Pagu | Realisasi |
    | CQ.6709.QGE.001 | Anggaran | 100 | {realisasi} |
    """
    return write_sheets(text, tmp_path / (name or f"{bulan}.xlsx"))


def test_several_months_are_one_table_and_only_the_last_counts(tmp_path: Path) -> None:
    database = Database(read_all([month(tmp_path, 8, 40), month(tmp_path, 7, 30)]))
    assert database.ask("SELECT bulan, berkas, realisasi FROM bulanan ORDER BY bulan").rows == (
        (7, "7.xlsx", 30),
        (8, "8.xlsx", 40),
    )
    assert database.ask("SELECT bulan, pagu, realisasi FROM rincian").rows == ((8, 100, 40),)


def test_two_files_of_one_month_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match=r"2 berkas untuk periode yang sama"):
        Database(read_all([month(tmp_path, 7, 30), month(tmp_path, 7, 31, "lagi.xlsx")]))


def test_no_budget_is_refused() -> None:
    empty = Budget("kinerja.xlsx", "x", Identity(tahun=2024), frame_of([]), frame_of([]))
    with pytest.raises(BadRequest, match=r"kinerja\.xlsx: tidak ada baris anggaran"):
        Database([empty])


HOSTILE: Final = (
    "COPY rincian TO 'curi.csv'",
    "COPY (SELECT 1) TO 'curi.parquet' (FORMAT parquet)",
    "COPY rincian FROM '/etc/passwd'",
    "ATTACH 'lain.db'",
    "ATTACH ':memory:' AS lain",
    "DETACH memory",
    "INSTALL httpfs",
    "LOAD httpfs",
    "PRAGMA database_list",
    "PRAGMA enable_external_access",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "SET memory_limit = '100GB'",
    "RESET memory_limit",
    "EXPORT DATABASE 'curi'",
    "IMPORT DATABASE 'curi'",
    "CREATE TABLE x AS SELECT 1",
    "CREATE MACRO f() AS 1",
    "INSERT INTO rincian SELECT * FROM rincian",
    "UPDATE rincian SET pagu = 0",
    "DELETE FROM rincian",
    "DROP TABLE rincian",
    "ALTER TABLE rincian DROP pagu",
    "CALL pragma_version()",
    "PREPARE p AS SELECT 1",
    "BEGIN",
    "CHECKPOINT",
    "VACUUM",
    "EXPLAIN ANALYZE SELECT 1",
    "SELECT 1; DROP TABLE rincian",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/etc/passwd')",
    "SELECT * FROM read_parquet('https://contoh.id/a.parquet')",
    "SELECT * FROM read_json('http://169.254.169.254/')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM 'curi.csv'",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM query('COPY rincian TO ''curi.csv''')",
    "SELECT getenv('HOME')",
    "SELECT * FROM duckdb_secrets()",
    "SELECT * FROM frame",
    "SELECT * FROM tables",
    "SELECT * FROM sqlite_scan('lain.db', 'x')",
    "",
    "   ;",
    "bukan SQL",
    "SELECT",
    "SELECT * FROM tidak_ada",
    "SELECT tidak_ada FROM rincian",
)


@pytest.mark.parametrize("sql", HOSTILE)
def test_nothing_but_the_tables_can_be_touched(
    sample: Database, sql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadRequest, match=r"^SQL: \S"):
        sample.ask(sql)
    assert list(tmp_path.iterdir()) == []
    assert sample.ask("SELECT sum(pagu), sum(realisasi) FROM rincian").rows == (WHOLE,)


@pytest.mark.parametrize(
    "sql",
    [
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r",
        "SELECT count(*) FROM range(1000000) a, range(1000000) b, range(1000000) c WHERE a.range + b.range = c.range",
        "SELECT sum(sqrt(a.range)) FROM range(100000000000) a",
    ],
)
def test_a_runaway_ends_at_the_time_limit(sample: Database, sql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.3)
    with pytest.raises(BadRequest, match=r"detik|MB"):
        sample.ask(sql)
    assert sample.ask("SELECT 1").rows == ((1,),)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT list(range) FROM range(1000000000)",
        "SELECT string_agg(repeat('x', 1000000), '') FROM range(5000)",
        "SELECT [x FOR x IN range(1000000000)]",
        pytest.param(
            "SELECT length(repeat('x', 3000000000))",
            marks=pytest.mark.skipif(os.name == "nt", reason="Windows bounds no address space"),
        ),
    ],
)
def test_a_glutton_ends_at_the_memory_limit(sample: Database, sql: str) -> None:
    with pytest.raises(BadRequest, match="MB"):
        sample.ask(sql)
    assert sample.ask("SELECT 1").rows == ((1,),)


@pytest.mark.skipif(os.name == "nt", reason="Windows raises signals otherwise")
def test_ctrl_c_ends_a_question(tmp_path: Path) -> None:
    sql = "SELECT sum(sqrt(a.range)) FROM range(100000000000) a"
    command = [sys.executable, "-m", "lkj_xlsx", "query", str(WORKBOOK), "--sql", sql]
    asking = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)  # noqa: S603 - our own command
    time.sleep(3)
    asking.send_signal(signal.SIGINT)
    _, told = asking.communicate(timeout=module.SECONDS / 2)
    assert (asking.returncode, told.strip()) == (130, "lkj: dihentikan")


def test_an_answer_has_no_more_rows_than_a_sheet_holds(sample: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROWS", 10)
    assert len(sample.ask("SELECT * FROM range(10)").rows) == 10
    with pytest.raises(BadRequest, match="lebih dari 10 baris"):
        sample.ask("SELECT * FROM range(11)")


def test_a_mistake_is_shown_at_its_place(sample: Database) -> None:
    with pytest.raises(BadRequest, match=r"pagux(.*\n)+LINE 1.*\n +\^"):
        sample.ask("SELECT pagux FROM rincian")


def test_a_table_that_is_not_there_is_answered_with_those_that_are(sample: Database) -> None:
    with pytest.raises(BadRequest, match="tabel: rincian, program"):
        sample.ask("SELECT * FROM rincina")
