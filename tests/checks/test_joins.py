from documents import document, line, told

from lkj_xlsx.case import grouped
from lkj_xlsx.checks import check
from lkj_xlsx.checks.joins import tell_joins, tell_unsettled
from lkj_xlsx.finding import Finding
from lkj_xlsx.model import Budget

GAJI, RAPAT = (f"WA.4321.EBA.994.001.0A.{akun}" for akun in ("511111", "521211"))
FA = document("fa.xlsx", line(GAJI, 1, pagu=100, realisasi=20), kode_satker="999001", tahun=2025)
RKK = document("rkk.xlsx", line(GAJI, 1, "RM", pagu=100), line(RAPAT, 2, "RM", pagu=7))


def found(*budgets: Budget) -> list[Finding]:
    of_groups = [finding for group in grouped(budgets).values() for finding in tell_joins(group)]
    return [*of_groups, *tell_unsettled(budgets)]


def test_a_check_tells_what_a_join_would_lose() -> None:
    assert told(found(FA, RKK)) == [("X130", "peringatan", "rkk.xlsx!S!C3")]
    assert "X130" in {one.code for one in check([FA, RKK]).findings}


def test_documents_that_fit_one_satker_only_are_joined() -> None:
    other = document("lain.xlsx", line(RAPAT, pagu=1, realisasi=1), kode_satker="999002", tahun=2025)
    named = document("rkk.xlsx", *[line(GAJI, 1, "RM", pagu=100)], kode_satker="999001")
    assert found(FA, other, named) == []


def test_a_document_that_may_be_of_two_satker_is_told_of_and_joined_to_none() -> None:
    other = document("lain.xlsx", line(GAJI, pagu=1, realisasi=1), kode_satker="999002", tahun=2025)
    (one,) = found(FA, other, RKK)
    assert told([one]) == [("X132", "peringatan", "rkk.xlsx")]
    assert "cocok dengan beberapa (fa.xlsx, lain.xlsx)" in one.message


def test_a_document_without_lines_is_neither_joined_nor_homeless() -> None:
    other = document("lain.xlsx", line(GAJI, pagu=1, realisasi=1), kode_satker="999002", tahun=2025)
    assert found(FA, document("k.xlsx")) == found(FA, other, document("k.xlsx")) == []
    assert list(tell_joins([])) == []


def test_spending_above_a_ceiling_is_found_though_each_is_in_a_document_of_its_own() -> None:
    budget = document("rkk", line(GAJI, 1, pagu=100), line(RAPAT, 2, pagu=0))
    postings = document("t", line(GAJI, realisasi=101), line(RAPAT, realisasi=1))
    over = [one for one in found(budget, postings) if one.code in ("T103", "T104")]
    assert [(one.code, str(one.where), one.printed) for one in over] == [
        ("T103", "rkk!S!baris 2", 102),
        ("T103", "rkk!S!baris 2", 101),
        ("T104", "rkk!S!baris 3", 1),
    ]
    assert over[1].message.endswith("melampaui pagu 100 (selisih +1); realisasi dari t")


def test_spending_under_its_ceiling_is_nothing_to_tell() -> None:
    assert found(document("rkk", line(GAJI, 1, pagu=100)), document("t", line(GAJI, realisasi=100))) == []
