"""The kinds of random input: what each is made from, and how what became of it is judged."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from operator import eq
from pathlib import Path
from typing import Final

from corpus.workbook import archive

from fuzz import slow_text
from fuzz.damage import damaged
from fuzz.disguise import disguised
from fuzz.seeds import open_document, pages, parts_of, texts, workbooks
from fuzz.verdict import Complaint, Refusal, compare, differing, examined, laid_out, opened

DECLARATION: Final = re.compile(r"\A\ufeff?<\?xml[^>]*\?>\s*")
EXAMINED: Final = 0.1
"""Share of what is accepted that goes through readers and checks too, which take fifty times as long."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of input: how one is made by chance, and what judges it (raises Refusal, Complaint)."""

    name: str
    suffix: str
    make: Callable[[random.Random], bytes]
    judge: Callable[[Path], None]
    share: int


def damaged_part(chance: random.Random) -> bytes:
    """Damage one part of a workbook, mostly a sheet, in a sound archive."""
    own = dict(parts_of(chance.choice(workbooks())))
    sheets = [name for name in own if "/worksheets/sheet" in name]
    name = chance.choice(sheets) if chance.random() < 0.7 else chance.choice(sorted(own))
    return archive(own | {name: damaged(own[name], chance)})


def damaged_archive(chance: random.Random) -> bytes:
    """Damage the bytes of a workbook."""
    return damaged(chance.choice(workbooks()), chance)


def disguised_sheet(chance: random.Random) -> bytes:
    """Write a sheet of a workbook otherwise."""
    book = chance.choice(workbooks())
    own = dict(parts_of(book))
    name = chance.choice([name for name in own if "/worksheets/sheet" in name])
    return archive(own | {name: disguised(DECLARATION.sub("", own[name].decode()), chance)})


def damaged_text(chance: random.Random) -> bytes:
    """Damage a text with separators."""
    return damaged(chance.choice(texts()), chance)


def damaged_page(chance: random.Random) -> bytes:
    """Damage a web page."""
    return damaged(chance.choice(pages()), chance)


def damaged_open(chance: random.Random) -> bytes:
    """Damage the contents of an OpenDocument spreadsheet."""
    own = dict(open_document())
    return archive(own | {"content.xml": damaged(own["content.xml"], chance)})


def judge_damaged(path: Path) -> None:
    """Hold a workbook that is accepted to the slow reader, some to the readers and checks."""
    compare(path)
    if random.Random(path.read_bytes()).random() < EXAMINED:  # noqa: S311 - the same each time
        examined(path)


def judge_disguised(path: Path) -> None:
    """Hold a workbook to the slow reader; it must be accepted."""
    try:
        compare(path)
    except Refusal as refusal:
        raise Complaint(*refusal.args) from refusal


def judge_text(path: Path) -> None:
    """Hold a text to the slow reader of texts."""
    book = opened(path)
    told = re.search(r"pemisah `(.+?)`, (\S+)", " ".join(book.notes))
    if told:
        coding = told[2].lower().replace("windows-1252", "cp1252")
        text = path.read_bytes().decode(coding).removeprefix("\ufeff")
        text = re.sub(r"\Asep=.(?:\r\n|\r|\n)", "", text, flags=re.IGNORECASE)
        said = {
            (row, column): match[1] if (match := re.fullmatch('="([^"]*)"', field)) else field
            for row, fields in enumerate(slow_text.cells(text, {"TAB": "\t"}.get(told[1], told[1])))
            for column, field in enumerate(fields)
        }
        read = {place: value for place, value in laid_out(book.grids[0]).items() if str(value).strip()}
        differing(read, {place: value for place, value in said.items() if value.strip()}, eq)
    if random.Random(path.read_bytes()).random() < EXAMINED:  # noqa: S311 - the same each time
        examined(path)


def judge_page(path: Path) -> None:
    """See that a file is read, by readers and checks too, or refused."""
    opened(path)
    if random.Random(path.read_bytes()).random() < EXAMINED:  # noqa: S311 - the same each time
        examined(path)


KINDS: Final = (
    Kind("xml", "xlsx", damaged_part, judge_damaged, 50),
    Kind("disguise", "xlsx", disguised_sheet, judge_disguised, 15),
    Kind("zip", "xlsx", damaged_archive, judge_damaged, 15),
    Kind("csv", "csv", damaged_text, judge_text, 10),
    Kind("html", "xls", damaged_page, judge_page, 5),
    Kind("ods", "ods", damaged_open, judge_page, 5),
)
