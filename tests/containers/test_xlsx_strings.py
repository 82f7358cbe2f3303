import pytest
from worksheets import MAIN

from lkj_xlsx.containers import xlsx_strings
from lkj_xlsx.containers.markup import NotSound, parse
from lkj_xlsx.containers.xlsx_strings import StringReader, text_of


def strings(table: str, most: int = 9, attributes: str = "") -> list[str]:
    reader = StringReader(most)
    parse([f'<sst xmlns="{MAIN}"{attributes}>{table}</sst>'.encode()], reader)
    return reader.strings


def test_shared_strings_are_read_to_the_character_without_phonetic_readings() -> None:
    table = (
        '<si><t>a</t></si><si/><si><t xml:space="preserve">  b </t></si>\n<si><r><rPr><b/></rPr><t>c_x00</t></r>'
        "<r><t>0D_</t></r><rPh><t>no</t></rPh></si><si><t>_x000A_</t><phoneticPr/></si>"
        "<extLst><ext><si><t>no</t></si></ext></extLst>"
    )
    assert strings(table) == ["a", "", "  b ", "c_x000D_", "\n"]


def test_a_claimed_number_of_strings_is_nobodys_memory() -> None:
    assert strings("<si><t>a</t></si>", attributes=' count="4294967295" uniqueCount="4294967295"') == ["a"]


def test_there_may_be_as_many_strings_as_allowed_and_no_more() -> None:
    assert len(strings("<si/>" * 9)) == 9
    with pytest.raises(NotSound, match="lebih dari 9 teks bersama"):
        strings("<si/>" * 10)


def test_a_shared_text_may_be_as_long_as_a_cell_holds_and_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_strings, "LONGEST_TEXT", 3)
    assert strings("<si><t>_x0041_bc</t></si>") == ["Abc"]
    with pytest.raises(NotSound, match="teks bersama nomor 1 berisi 4 huruf, batasnya 3"):
        strings("<si/><si><r><t>ab</t></r><r><t>cd</t></r></si>")


def test_what_is_written_of_a_text_is_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_strings, "LONGEST_WRITTEN", 14)
    assert strings("<si><t>_x0041_</t></si>" * 3) == ["A"] * 3
    with pytest.raises(NotSound, match="teks lebih dari 14 huruf"):
        strings("<si><r><t>_x0041_</t></r><r><t>_x0041_b</t></r></si>")


def test_escapes_are_undone_once_and_half_a_surrogate_pair_never() -> None:
    assert text_of("tanpa") == "tanpa"
    assert text_of("_x000d__x0041_") == "\rA"
    assert text_of("_x005F_x000D_") == "_x000D_"
    assert text_of("_xD83D__xDE00__x12_") == "_xD83D__xDE00__x12_"


def test_an_element_inside_a_text_is_refused() -> None:
    with pytest.raises(NotSound, match="unsur b di dalam teks bersama nomor 0"):
        strings("<si><t>Layanan <b>Lama </b>Baru</t></si>")
