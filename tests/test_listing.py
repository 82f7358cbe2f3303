import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.checks import Tally, Verdict
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.listing import FIELDS, answer, as_csv, as_json, as_text, catalogue_as_text

WRONG = Finding(
    "T101",
    Severity.ERROR,
    Where("contoh.xlsx", "C.1", 9, 2),
    "SUB TOTAL (6709) pagu tertulis 1.100.000, seharusnya 1.000.000",
    1_100_000,
    1_000_000,
    (Where("contoh.xlsx", "C.1", 7, 2), Where("lain.xlsx", "B.1", 3, 1)),
)
VAGUE = Finding("X205", Severity.PERINGATAN, Where("agustus.xlsx"), "berkas Juli tidak diberikan")
PERCENT = Finding("P101", Severity.ERROR, Where("contoh.xlsx", "C.1", 1, 4), "persen salah", "95,75%", "95,72%")
ALL = (WRONG, VAGUE, PERCENT)
CLOSING = "3 persamaan diuji: 2 cocok, 1 tidak"


def test_text_is_a_line_a_finding_and_closes_with_how_much_was_tested() -> None:
    assert as_text((WRONG, VAGUE), CLOSING).splitlines() == [
        (
            "contoh.xlsx!C.1!C10: error T101: SUB TOTAL (6709) pagu tertulis 1.100.000, seharusnya 1.000.000;"
            " karena C8, lain.xlsx!B.1!B4"
        ),
        "agustus.xlsx: peringatan X205: berkas Juli tidak diberikan",
        CLOSING,
    ]


def test_text_without_findings_is_the_closing_line() -> None:
    assert as_text((), CLOSING) == f"{CLOSING}\n"


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_whatever_a_file_holds_is_one_line_without_codes_for_a_terminal(text: str) -> None:
    lines = as_text((Finding("K110", Severity.INFO, Where("a.xlsx", text), text),), CLOSING).splitlines()
    assert lines[1:] == [CLOSING]
    assert [letter for letter in lines[0] if letter < " " or "\x7f" <= letter < "\xa0"] == []


def test_json_holds_amounts_as_numbers_percents_as_printed_and_null_where_nothing_is_known() -> None:
    assert json.loads(as_json(ALL)) == [
        {
            "code": "T101",
            "severity": "error",
            "file": "contoh.xlsx",
            "sheet": "C.1",
            "cell": "C10",
            "message": WRONG.message,
            "printed": 1_100_000,
            "expected": 1_000_000,
            "because": [
                {"file": "contoh.xlsx", "sheet": "C.1", "cell": "C8"},
                {"file": "lain.xlsx", "sheet": "B.1", "cell": "B4"},
            ],
        },
        {
            "code": "X205",
            "severity": "peringatan",
            "file": "agustus.xlsx",
            "sheet": None,
            "cell": None,
            "message": VAGUE.message,
            "printed": None,
            "expected": None,
            "because": [],
        },
        {
            "code": "P101",
            "severity": "error",
            "file": "contoh.xlsx",
            "sheet": "C.1",
            "cell": "E2",
            "message": "persen salah",
            "printed": "95,75%",
            "expected": "95,72%",
            "because": [],
        },
    ]


def test_json_of_no_findings_is_an_empty_list() -> None:
    assert json.loads(as_json(())) == []


def test_csv_names_the_proving_cells_in_one_column() -> None:
    heading, wrong, vague, _ = list(csv.reader(io.StringIO(as_csv(ALL), newline="")))
    assert tuple(heading) == FIELDS
    assert wrong[-3:] == ["1100000", "1000000", "contoh.xlsx!C.1!C8, lain.xlsx!B.1!B4"]
    assert vague == ["X205", "peringatan", "agustus.xlsx", "", "", VAGUE.message, "", "", ""]


def test_csv_runs_no_text_of_a_file() -> None:
    finding = Finding("K110", Severity.INFO, Where("=cmd.xlsx", "@lembar"), "+pesan", "-500")
    _, line = list(csv.reader(io.StringIO(as_csv((finding,)), newline="")))
    assert line[2:7] == ["'=cmd.xlsx", "'@lembar", "", "'+pesan", "'-500"]


def test_the_catalogue_is_a_code_and_its_sentence_a_line() -> None:
    assert catalogue_as_text({"K101": "kode ganda", "T101": "jumlah salah"}) == "K101  kode ganda\nT101  jumlah salah\n"


def test_one_answer_says_the_same_in_every_form() -> None:
    verdict = Verdict(ALL, Tally(2, 1, {}))
    given_answer = answer(verdict)
    text = io.StringIO()
    given_answer.teks(text)
    assert text.getvalue() == as_text(ALL, CLOSING)
    assert given_answer.csv() == as_csv(ALL)
    assert given_answer.json() == as_json(ALL)
    table = given_answer.table()
    assert [row.cells[2].value for row in table.rows] == ["T101", "P101", "X205"]
    assert table.notes == (CLOSING,)
