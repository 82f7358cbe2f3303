"""The tags and texts of a web page in order, as a browser tells them apart, in one pass and always the same.

Python's html.parser differs between releases of one Python and takes quadratic time on tags that never close; the
rules here are those of the HTML standard (13.2.5, tokenization), and what stays open to the end of the file is refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Final, NoReturn

from lkj_xlsx.containers.markup import NotSound

_NAME: Final = re.compile(r"[a-zA-Z][^\s/>]*")
_ATTRIBUTE: Final = re.compile(r"""[\s/]*(?:([^\s/>][^\s/>=]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"'][^\s>]*)?)?)?""")
_RAW: Final = ("script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title")
"""Elements in which nothing is a tag but their own end."""
_SHOWN: Final = ("textarea", "xmp")
"""Those of them whose content a page shows."""
_ENDS: Final = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}
_COMMENT_END: Final = re.compile(r"--!?>")


class NotClosed(NotSound):
    """Something stays open to the end of the page; the message says on which line it opens."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: its name and attributes, names in lower case."""

    name: str
    is_end: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)


def tokens(text: str) -> Iterator[tuple[int, Tag | str]]:
    """Give tags and texts (entities undone) in order, each with its place in the page.

    Raises NotClosed where a tag, a comment or a script never closes.
    """
    place = 0
    while place < len(text):
        opens = text.find("<", place)
        if opens < 0:
            yield place, unescape(text[place:])
            return
        if opens > place:
            yield place, unescape(text[place:opens])
        sign = text[opens + 1 : opens + 2]
        if _NAME.match(text, opens + 1):
            tag, place = _start_tag(text, opens)
            yield opens, tag
            if tag.name in _RAW:
                start, place = place, _end_of_raw(text, tag.name, place)
                if tag.name in _SHOWN:
                    yield start, unescape(text[start:place])
        elif sign == "/" and (name := _NAME.match(text, opens + 2)):
            place = _find(text, ">", opens)
            yield opens, Tag(name[0].lower(), is_end=True)
        elif sign and sign in "!?/":
            place = _after_comment(text, opens)
        else:
            yield opens, "<"
            place = opens + 1


def _after_comment(text: str, opens: int) -> int:
    if not text.startswith("<!--", opens) or text.startswith((">", "->"), opens + 4):  # an empty comment, written wrong
        return _find(text, ">", opens)
    end = _COMMENT_END.search(text, opens + 4)
    return end.end() if end else _refuse(text, opens)


def _start_tag(text: str, opens: int) -> tuple[Tag, int]:
    name = _NAME.match(text, opens + 1)
    place = name.end() if name else opens
    attributes: dict[str, str] = {}
    while text[place : place + 1] != ">":
        match = _ATTRIBUTE.match(text, place)
        if match is None or match.end() in (place, len(text)):
            _refuse(text, opens)
        if match[2] is None and "=" in match[0] and text[match.end()] in ("'", '"'):
            _refuse(text, opens)
        if match[1]:
            value = match[2] or ""
            bare = value[1:-1] if value[:1] in ("'", '"') else value
            attributes.setdefault(match[1].lower(), unescape(bare))
        place = match.end()
    return Tag(text[opens + 1 : name.end()].lower() if name else "", attributes=attributes), place + 1


def _end_of_raw(text: str, name: str, place: int) -> int:
    end = _ENDS[name].search(text, place)
    return end.start() if end else _refuse(text, place - 1)


def _find(text: str, sign: str, opens: int) -> int:
    place = text.find(sign, opens)
    return place + 1 if place >= 0 else _refuse(text, opens)


def line_at(text: str, place: int) -> int:
    """Give the line, from 1, that a place of a page lies in."""
    return text.count("\n", 0, place) + 1


def _refuse(text: str, opens: int) -> NoReturn:
    what = " ".join(text[opens : opens + 20].split())
    why = f"baris {line_at(text, opens)}: `{what}` tidak ditutup, berkasnya mungkin terpotong"
    raise NotClosed(why)
