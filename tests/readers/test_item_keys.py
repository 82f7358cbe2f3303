import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.kode import ROOT, Level, Path, fits, parse, place, spell
from lkj_xlsx.readers import item_keys
from lkj_xlsx.readers.item_keys import ItemKeys

AKUN: Path = ("WA", "4321", "EBA", "994", "051", "0A", "521211", "")
OTHER: Path = (*AKUN[:6], "524111", "")


def test_a_key_is_the_code_of_an_item_and_no_number_of_sakti() -> None:
    key = ItemKeys().key(AKUN, "RM", "Kertas")
    assert re.fullmatch("#[0-9A-Z]{6}", key)
    assert fits(Level.ITEM, key)
    path = place({Level.ITEM: key}, AKUN)
    found = parse(spell(path))
    assert found is not None
    assert place(found, ROOT) == path


def test_a_key_does_not_follow_from_the_place_of_the_item() -> None:
    first, second = ItemKeys(), ItemKeys()
    assert first.key(AKUN, "RM", "Kertas") == second.key(AKUN, "RM", "Kertas")
    second.key(AKUN, "RM", "Tinta")
    assert first.key(OTHER, "RM", "Tiket") == second.key(OTHER, "RM", "Tiket")


def test_the_volume_in_a_name_changes_nothing_and_anything_else_does() -> None:
    names = ("Rapat [26 org x 6 kl]", "rapat [30 org x 6 kl]", "Rapat")
    assert len({ItemKeys().key(AKUN, "RM", name) for name in names}) == 1
    keys = {ItemKeys().key(akun, source, "Rapat") for akun in (AKUN, OTHER) for source in ("RM", "PNP")}
    assert len(keys | {ItemKeys().key(AKUN, "RM", "Rapat [1] lanjutan")}) == 5


@given(st.lists(st.tuples(st.sampled_from([AKUN, OTHER]), st.sampled_from(["RM", ""]), st.text(max_size=3))))
def test_each_key_is_given_once(items: list[tuple[Path, str, str]]) -> None:
    keys = ItemKeys()
    given_keys = [keys.key(*item) for item in items]
    assert len(set(given_keys)) == len(items)


def test_a_key_that_is_taken_is_not_given_again(monkeypatch: pytest.MonkeyPatch) -> None:
    digests = iter(["#AAAAAA", "#AAAAAA", "#BBBBBB"])
    monkeypatch.setattr(item_keys, "_digest", lambda _: next(digests))
    keys = ItemKeys()
    assert [keys.key(AKUN, "RM", "satu"), keys.key(AKUN, "RM", "dua")] == ["#AAAAAA", "#BBBBBB"]
