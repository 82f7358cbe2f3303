"""What a question sees of documents that are joined: sumber dana, RPD, and months side by side."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from documents import document, line

from lkj_xlsx.database import Database
from lkj_xlsx.errors import BadRequest
from lkj_xlsx.intake import read_all
from lkj_xlsx.kode import LEAF_LEVELS
from lkj_xlsx.model import Budget, Line
from lkj_xlsx.month_columns import side_by_side
from lkj_xlsx.query_tables import Tables, monthly
from lkj_xlsx.questions import sql_of
from lkj_xlsx.readers import glp039, monsakti, transaksi
from lkj_xlsx.show import Choice
from lkj_xlsx.terminal import print_result

SAMPLES: Final = Path(__file__).parents[1] / "samples"
GAJI, RAPAT = (f"WA.4321.EBA.994.001.0A.{akun}" for akun in ("511111", "521211"))
LEVELS: Final = ["rincian", "bulanan", "jenis_belanja", *(level.value for level in LEAF_LEVELS)]


def fa(bulan: int, gaji: int, *more: Line, satker: str = "999001") -> Budget:
    lines = (line(GAJI, 1, pagu=100, realisasi=gaji, realisasi_lalu=0, realisasi_ini=gaji), *more)
    own = document(f"fa-{satker}-{bulan}.xlsx", *lines, kode_satker=satker, tahun=2025, bulan=bulan)
    return replace(own, format=glp039.FORMAT)


def postings(bulan: int, gaji: int) -> Budget:
    lines = (line(GAJI, 1, "A", realisasi=gaji, realisasi_lalu=0, realisasi_ini=gaji),)
    own = document(f"t-{bulan}.xlsx", *lines, kode_satker="999001", tahun=2025, bulan=bulan)
    return replace(own, format=transaksi.FORMAT)


RPD: Final = replace(
    document(
        "m.csv", line(GAJI, 1, "A", [5, 6, 7], pagu=60), line(GAJI, 2, "D", [1, 1, 1], pagu=40), kode_satker="999001"
    ),
    format=monsakti.FORMAT,
)
RKK: Final = document("rkk.xlsx", line(GAJI, 1, "RM", pagu=100))


@pytest.fixture(scope="module")
def joined() -> Database:
    return Database(read_all([SAMPLES / "contoh-monsakti.csv", SAMPLES / "contoh-transaksi-sp2d.xlsx"]))


@pytest.mark.parametrize("nama", ["rpd-dan-realisasi", "rpd-per-bulan", "pagu-per-sumber-dana"])
def test_a_ready_question_of_joined_documents_answers(
    golden: Callable[[str, str], None], joined: Database, nama: str
) -> None:
    out = io.StringIO()
    result = joined.ask(sql_of(nama))
    print_result(result.columns, result.rows, out)
    golden(f"query/gabungan-{nama}.txt", out.getvalue())


@pytest.mark.parametrize("name", LEVELS)
def test_every_table_of_joined_documents_adds_up_to_the_whole(joined: Database, name: str) -> None:
    assert joined.ask(f"SELECT jumlah(pagu), jumlah(realisasi), jumlah(rpd) FROM {name}").rows == (
        (1_954_500_000, 401_837_773, 488_622_000),
    )


@pytest.mark.parametrize("name", [*LEVELS, "item", "item_bulanan"])
def test_what_no_document_brings_is_null(name: str) -> None:
    database = Database([fa(3, 20)])
    assert database.ask(f"SELECT count(sumber_dana), count(rpd) FROM {name}").rows == ((0, 0),)
    assert database.ask("SELECT count(*) FROM rpd_bulanan").rows == ((0,),)


def test_sumber_dana_and_the_plan_until_the_month_stand_beside_each_leaf() -> None:
    database = Database([fa(2, 20), RPD, fa(1, 9)])
    assert database.ask("SELECT sumber_dana, rpd, realisasi - rpd FROM rincian").rows == (("A + D", 13, 7),)
    assert database.ask("SELECT bulan, rpd, realisasi FROM bulanan ORDER BY bulan").rows == ((1, 6, 9), (2, 13, 20))
    asked = "SELECT bulan, rpd, realisasi_ini, sumber_dana FROM rpd_bulanan WHERE bulan < 4 ORDER BY bulan"
    assert database.ask(asked).rows == ((1, 6, 9, "A + D"), (2, 7, 20, "A + D"), (3, 8, None, "A + D"))


def test_spending_on_what_is_gone_stays_in_the_months_of_the_plan() -> None:
    database = Database(
        [fa(1, 9, line(RAPAT, 2, pagu=4, realisasi=3, realisasi_lalu=0, realisasi_ini=3)), fa(2, 20), RPD]
    )
    assert database.ask("SELECT akun, rpd, realisasi_ini FROM rpd_bulanan WHERE bulan = 1 ORDER BY akun").rows == (
        ("511111", 6, 9),
        ("521211", None, 3),
    )


def test_postings_of_several_months_take_the_ceilings_of_the_budget() -> None:
    database = Database([postings(2, 20), postings(1, 9), RPD])
    assert database.ask(
        "SELECT bulan, jumlah(pagu), jumlah(realisasi) FROM bulanan GROUP BY bulan ORDER BY bulan"
    ).rows == (
        (1, 100, 9),
        (2, 100, 20),
    )
    result = side_by_side([postings(2, 20), postings(1, 9), RPD], Choice(("akun",)))
    assert [row[2:] for row in result.rows] == [(100, 9, 20, 11)]


def test_postings_that_fit_no_budget_stay_as_they_are() -> None:
    other = document("n.csv", line("CQ.1234", pagu=5))
    (month,) = monthly([postings(1, 9), other])
    assert (month.file, month.identity.bulan) == ("t-1.xlsx", 1)
    typed = document("w.xlsx", line(GAJI, pagu=5, realisasi=4))
    assert [one.file for one in monthly([postings(1, 9), typed])] == ["t-1.xlsx"]


def test_a_document_that_may_be_of_two_satker_is_refused() -> None:
    with pytest.raises(
        BadRequest, match=r"rkk\.xlsx tidak menyebut satker dan tahunnya, dan cocok dengan fa-1-3\.xlsx dan"
    ):
        Tables([fa(3, 1, satker="1"), fa(3, 1, satker="2"), RKK])
    assert len(Tables([fa(3, 1, satker="1"), RKK]).mains) == 1


def test_two_satker_each_take_from_their_own() -> None:
    database = Database([fa(3, 20), RPD, fa(3, 1, satker="999002")])
    assert database.ask("SELECT satker, rpd FROM rincian ORDER BY satker").rows == (("999001", 21), ("999002", None))
