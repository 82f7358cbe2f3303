from collections.abc import Mapping

import pytest

from lkj_xlsx.containers import markup
from lkj_xlsx.containers.limits import DEEPEST
from lkj_xlsx.containers.markup import Markup, NotSound, parse


class Told:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.events: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.events.append(f"<{name} {dict(attributes)}>" if attributes else f"<{name}>")

    def end(self, name: str) -> None:
        self.events.append(f"</{name}>")

    def text(self, text: str) -> None:
        self.events.append(text)


def told(*pieces: bytes) -> list[str]:
    reader = Told()
    parse(pieces, reader)
    return reader.events


def refusal(*pieces: bytes) -> str:
    with pytest.raises(NotSound) as refused:
        told(*pieces)
    return str(refused.value)


def test_elements_and_texts_are_told_with_their_namespaces() -> None:
    assert told(b'<a xmlns="x"><y:b xmlns:y="y" c="1">t', b"&amp;<![CDATA[<u>]]><!-- v --><?w?></y:b></a>") == [
        "<x a>",
        "<y b {'c': '1'}>",
        "t",
        "&<u>",
        "</y b>",
        "</x a>",
    ]


@pytest.mark.parametrize("part", [b"<a>", b"", b"<a></b>", b"<a>&p;</a>", b"<a>\x01</a>", b"<a b:c='1'/>", b"<a/><a/>"])
def test_what_is_not_well_formed_is_refused_with_its_line(part: bytes) -> None:
    assert refusal(part).startswith("XML baris 1: ")


def test_a_document_type_is_refused_whatever_it_declares() -> None:
    for kind in (b"<!DOCTYPE a>", b'<!DOCTYPE a [<!ENTITY p "1">]>', b'<!DOCTYPE a SYSTEM "file:///etc/passwd">'):
        assert refusal(kind + b"<a>&p;</a>") == "memuat DOCTYPE, yang tidak pernah ada di workbook"


def test_elements_nest_as_deep_as_allowed_and_no_deeper() -> None:
    assert len(told(b"<a>" * DEEPEST + b"</a>" * DEEPEST)) == 2 * DEEPEST
    assert refusal(b"<a>" * (DEEPEST + 1)) == f"unsur bersarang lebih dari {DEEPEST}"


def test_an_encoding_that_nobody_knows_is_refused() -> None:
    assert refusal(b'<?xml version="1.0" encoding="x-klingon"?><a/>')


def test_a_part_in_utf_16_is_read() -> None:
    assert told('<a b="é"/>'.encode("utf-16")) == ["<a {'b': 'é'}>", "</a>"]


def test_an_unfinished_tag_may_be_as_long_as_allowed_and_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "LONGEST_TAG", 100)
    tag = b'<a b="' + b"x" * 92
    assert len(told(tag, b"xx", b'"/>')) == 2
    assert refusal(tag, b"xxx", b'"/>') == "satu unsur lebih dari 100 bita"


def test_the_declared_encoding_and_the_prefixes_in_force_are_known() -> None:
    one = Markup(Told())
    one.feed(b'<?xml version="1.0" encoding="Latin-1"?><a xmlns="x" xmlns:b="y">')
    assert (one.encoding, one.depth, one.spaces) == ("Latin-1", 1, [(None, "x"), ("b", "y")])
    one.feed(b'<c xmlns="" xmlns:b="z">')
    assert one.spaces == [(None, "x"), ("b", "y"), (None, None), ("b", "z")]
    one.feed(b"</c>")
    assert (one.depth, one.spaces) == (1, [(None, "x"), ("b", "y")])
