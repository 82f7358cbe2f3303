from documents import document, line, told

from lkj_xlsx.finding import Finding
from lkj_xlsx.joining import join
from lkj_xlsx.model import Budget

GAJI, RAPAT, DINAS = (f"WA.4321.EBA.994.001.0A.{akun}" for akun in ("511111", "521211", "524111"))
RO = "WA.4321.EBA.994"
FA = document("fa.xlsx", line(GAJI, 1, pagu=100, realisasi=20), line(RAPAT, 2, pagu=50, realisasi=9))


def findings(main: Budget, *others: Budget) -> tuple[Finding, ...]:
    return join(main, others).findings


def test_rows_without_a_partner_are_one_finding_with_every_cell_and_their_sum() -> None:
    pok = document(
        "pok.xlsx",
        line(GAJI, 4, months=[1], pagu=100),
        line(RAPAT, 5, months=[2], pagu=50),
        line(DINAS, 6, months=[3, 4], pagu=11_700_894),
        line("CQ.1234", 7, months=[5], pagu=6),
    )
    (lost,) = findings(FA, pok)
    assert told([lost]) == [("X130", "error", "pok.xlsx!S!C7")]
    assert lost.message == ("2 baris (pagu 11.700.900, RPD 12) tidak punya pasangan di fa.xlsx; RPD tidak ikut diambil")
    assert [str(one) for one in lost.because] == ["pok.xlsx!S!C8"]


def test_rows_without_a_partner_lose_no_money_where_only_sumber_dana_is_taken() -> None:
    rkk = document(
        "rkk", line(GAJI, sumber="RM", pagu=1), line(RAPAT, sumber="RM", pagu=1), line(DINAS, sumber="RM", pagu=7)
    )
    (lost,) = findings(FA, rkk)
    assert told([lost]) == [("X130", "peringatan", "rkk!S!C1")]
    assert "1 baris (pagu 7) tidak punya pasangan" in lost.message


def test_rows_without_a_partner_that_plan_nothing_lose_no_money() -> None:
    pok = document("pok", line(GAJI, months=[1]), line(RAPAT, months=[2]), line(DINAS, months=[0]))
    assert [one.severity.value for one in findings(FA, pok)] == ["peringatan"]


def test_postings_without_a_partner_are_an_error() -> None:
    postings = document("t", line(RAPAT, realisasi=1), line(DINAS, 3, realisasi=None))
    lost, lacking = findings(document("rkk", line(RAPAT, 1, pagu=9), line(GAJI, 2, pagu=8)), postings)
    assert told([lost, lacking]) == [("X130", "error", "t!S!D4"), ("X131", "info", "rkk!S!C3")]
    assert lost.message.startswith("1 baris (realisasi ?) tidak punya pasangan di rkk; realisasi tidak")
    assert lacking.message == "1 baris (pagu 8) tidak punya transaksi di t: realisasinya 0"


def test_lines_of_which_the_other_says_nothing_are_one_finding() -> None:
    monsakti = document("m.csv", line(RAPAT, 9, "A", [1], pagu=50, blokir=0))
    (lacking,) = findings(FA, monsakti)
    assert told([lacking]) == [("X131", "peringatan", "fa.xlsx!S!C2")]
    assert lacking.message == "1 baris (pagu 100) tidak ada di m.csv: sumber dana, RPD dan blokir tidak diketahui"


def test_documents_with_nothing_in_common_are_one_finding() -> None:
    (one,) = findings(FA, document("rkk", line("CQ.1234.EBA.994.001.0A.511111", sumber="RM", pagu=5)))
    assert told([one]) == [("X132", "peringatan", "rkk")]
    assert one.message == "sumber dana tidak diambil dari 1 baris (pagu 5): tidak ada satu kode pun yang sama (fa.xlsx)"


def test_a_document_that_stays_above_the_lines_is_compared_and_not_joined() -> None:
    for code in (RO, RO[3:]):
        (one,) = findings(FA, document("emon", line(code, pagu=5, realisasi=1, blokir=1)))
        assert told([one]) == [("X132", "info", "emon")]
        assert (
            one.message
            == "blokir tidak diambil dari 1 baris (pagu 5): dirinci sampai ro, yang dipakai sampai akun (fa.xlsx)"
        )


def test_a_document_above_other_lines_has_nothing_in_common() -> None:
    (one,) = findings(FA, document("emon", line("CQ.4321.EBA.994", pagu=5, blokir=1)))
    assert one.severity.value == "peringatan"


def test_items_without_a_partner_are_told_of_on_both_sides() -> None:
    main = document(
        "fa", line(RAPAT, pagu=9), items=(line(f"{RAPAT}.000001", 1, pagu=4), line(f"{RAPAT}.000002", 2, pagu=5))
    )
    other = document(
        "m",
        line(RAPAT, months=[1], pagu=9),
        items=(line(f"{RAPAT}.000001", 3, months=[1], pagu=4), line(f"{RAPAT}.000009", 4, months=[0], pagu=6)),
    )
    found = findings(main, other)
    assert told(found) == [("X134", "info", "m!S!C5"), ("X134", "info", "fa!S!C3")]
    assert found[0].message == (
        "1 item (pagu 6) tidak ada di fa; yang dijumlah tetap akunnya, RPD per item tidak lengkap"
    )


def test_items_of_an_rkk_have_no_number_and_are_not_missed() -> None:
    main = document("fa", line(RAPAT, pagu=9), items=(line(f"{RAPAT}.000001", pagu=4),))
    assert findings(main, document("rkk", line(RAPAT, sumber="RM", pagu=9), items=(line(RO, pagu=9),))) == ()
    monsakti = document("m", line(RAPAT, sumber="A", pagu=9), items=(line(f"{RAPAT}.000009", sumber="A", pagu=9),))
    assert findings(main, monsakti) == ()


def test_items_of_which_nothing_was_posted_are_not_missed() -> None:
    main = document("m", line(RAPAT, pagu=9), items=(line(f"{RAPAT}.000001", pagu=4), line(f"{RAPAT}.000002", pagu=5)))
    postings = document("t", line(RAPAT, realisasi=1), items=(line(f"{RAPAT}.000002", realisasi=1),))
    assert findings(main, postings) == ()


def test_a_document_of_two_programs_whose_kegiatan_are_named_alike_is_joined_by_program() -> None:
    main = document("a", line("WA.4321", pagu=1), line("CQ.4321", pagu=1))
    (lost, lacking) = findings(main, document("b", line("WA.4321", months=[1]), line("4321", months=[2])))
    assert (lost.code, lacking.code) == ("X130", "X131")
