import inspect
import re
from collections.abc import Callable
from importlib import import_module
from itertools import chain
from pathlib import Path
from pkgutil import iter_modules

import lkj_xlsx
from lkj_xlsx import checks
from lkj_xlsx.checks import (
    CHECKS,
    CHECKS_OF_ALL,
    CHECKS_OF_GROUP,
    CHECKS_OF_LINES,
    EQUATIONS,
    EQUATIONS_BETWEEN,
    arti,
    catalogue,
    check,
)
from lkj_xlsx.checks.reading import READING
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.kode import ROOT, parse, place
from lkj_xlsx.model import Budget, Identity, Line, frame_of

PACKAGE = Path(lkj_xlsx.__path__[0])
LITERAL = re.compile(r"""["']([A-Z][0-9]{3})["']""")
Question = Callable[..., object]
ASKED: tuple[Question, ...] = (
    *EQUATIONS,
    *EQUATIONS_BETWEEN,
    *CHECKS,
    *CHECKS_OF_LINES,
    *CHECKS_OF_GROUP,
    *CHECKS_OF_ALL,
)
LISTED = Path("checks", "reading.py")
"""Where codes are listed for the catalogue, which is not yet a use of them."""


def used_codes() -> set[str]:
    sources = [path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE) != LISTED]
    return {code for source in sources for code in LITERAL.findall(source.read_text("utf-8"))}


def written_checks() -> list[Question]:
    modules = [import_module(f"{checks.__name__}.{module.name}") for module in iter_modules(checks.__path__)]
    functions = [inspect.getmembers(module, inspect.isfunction) for module in modules]
    return [function for name, function in chain.from_iterable(functions) if name.startswith(("check_", "equate_"))]


def first_line(question: Question) -> str:
    return (question.__doc__ or "").split("\n", 1)[0]


def test_every_code_in_the_source_is_in_the_catalogue_and_the_reverse() -> None:
    assert sorted(used_codes()) == list(catalogue())


def test_every_check_that_is_written_is_asked() -> None:
    assert {question.__name__ for question in written_checks()} == {question.__name__ for question in ASKED}
    assert set(ASKED) == set(written_checks())


def test_no_check_is_asked_twice() -> None:
    assert len(set(ASKED)) == len(ASKED)


def test_every_check_opens_with_its_code_and_sentence() -> None:
    assert [
        first_line(question) for question in ASKED if not re.match(r"^[A-Z]\d{3}: .+\.$", first_line(question))
    ] == []


def test_every_check_has_a_code_of_its_own() -> None:
    assert len({first_line(question)[:4] for question in ASKED}) == len(ASKED)


def test_no_check_takes_the_code_of_a_reader() -> None:
    assert {first_line(question)[:4] for question in ASKED}.isdisjoint(READING)


def test_every_question_closes_with_its_sentence_in_indonesian() -> None:
    sentences = [(question.__doc__ or "").strip().splitlines()[-1].strip() for question in ASKED]
    assert [sentence for sentence in sentences if not sentence or sentence.endswith(".")] == []
    assert arti().keys() == catalogue().keys()
    assert [code for code, words in arti().items() if words == catalogue()[code]] == []


def test_every_code_has_a_letter_of_the_house() -> None:
    assert [code for code in catalogue() if code[0] not in "RTKPXS"] == []


def test_every_sentence_of_the_catalogue_is_one() -> None:
    assert [sentence for sentence in catalogue().values() if not re.fullmatch(r"\S.*\.", sentence)] == []


def test_what_the_reader_found_comes_first() -> None:
    read = Finding("R201", Severity.ERROR, Where("a.xlsx"), "dibaca")
    lines = frame_of([Line(place(parse("6709") or {}, ROOT), "", {"pagu": 1}, "S", 0)])
    budget = Budget("a.xlsx", "x", Identity(), lines, frame_of([]), findings=(read,))
    assert [finding.code for finding in check([budget]).findings] == ["R201", "K102"]
