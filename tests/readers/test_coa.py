import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.readers.coa import Coa, parse_coa

WHOLE = "999001.010.521211.99901WA.4321EBA.A000000001.00000.2.0800.2.000000.000000.994.001.0A.000301"


def changed(segment: int, text: str) -> str:
    """Give the COA with another text in one of its segments, counted from 1."""
    segments = WHOLE.split(".")
    segments[segment - 1] = text
    return ".".join(segments)


def test_a_coa_says_whose_money_it_is_and_the_path_to_its_item() -> None:
    path = ("WA", "4321", "EBA", "994", "001", "0A", "521211", "000301")
    assert parse_coa(WHOLE) == Coa("999001", "999", "01", "A", path)


@pytest.mark.parametrize(
    ("segment", "text", "depth", "code"),
    [(13, "Z08", 3, "Z08"), (14, "ZZ1", 4, "ZZ1"), (15, "AC", 5, "AC"), (15, "a", 5, "0A"), (9, "800", 6, "521211")],
)
def test_segments_are_parted_at_dots_whatever_their_length(segment: int, text: str, depth: int, code: str) -> None:
    coa = parse_coa(changed(segment, text))
    assert isinstance(coa, Coa)
    assert coa.path[depth] == code


@pytest.mark.parametrize(
    ("coa", "words"),
    [
        ("", "COA 1 segmen, seharusnya 16"),
        (f"{WHOLE}.1", "COA 17 segmen, seharusnya 16"),
        (changed(1, "99001"), "segmen 1 COA `99001` bukan satker"),
        (changed(4, "05401"), "segmen 4 COA `05401` bukan BA, eselon I dan program"),
        (changed(8, ""), "segmen 8 COA `` bukan kewenangan"),
        (changed(16, "301"), "segmen 16 COA `301` bukan item"),
        (changed(3, "825111"), "akun 825111 pada COA bukan akun belanja"),
    ],
)
def test_what_is_no_coa_of_spending_is_named(coa: str, words: str) -> None:
    assert parse_coa(coa) == words


@given(st.text(max_size=120))
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(parse_coa(text), Coa | str)
