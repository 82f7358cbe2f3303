"""Every case of the corpus through the command line: refused cleanly, found at its place, or exact (RELIABILITY T1)."""

import os
from collections import Counter
from typing import Final

import pytest

from corpus import bombs, books, figures, markup, other_files, pages, structure, text_files, texts, zips
from corpus.case import Case, Result
from corpus.pool import pool

THEMES: Final = (zips, markup, structure, books, figures, texts, text_files, pages, other_files, bombs)
CASES: Final = tuple(case for theme in THEMES for case in theme.CASES)
POSIX: Final = pytest.mark.skipif(os.name == "nt", reason="forks, and bounds its children as POSIX does")


@pytest.fixture(scope="session")
def results(request: pytest.FixtureRequest) -> dict[str, Result]:
    """Give what became of every case that is asked for, run side by side."""
    calls = (getattr(item, "callspec", None) for item in request.session.items)
    asked = {call.params["case"].name for call in calls if call is not None and "case" in call.params}
    with pool() as workers:
        return workers.results(case for case in CASES if case.name in asked)


@POSIX
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_input_is_refused_or_found_or_exact(case: Case, results: dict[str, Result]) -> None:
    assert not case.complaints(results[case.name]), case.why


def test_there_are_many_cases_each_with_a_name_of_its_own() -> None:
    assert len(CASES) >= 290
    assert [name for name, count in Counter(case.name for case in CASES).items() if count > 1] == []


def test_a_file_is_made_of_the_same_bytes_each_time() -> None:
    made = [case for case in CASES if callable(case.content)]
    assert made[-1].made() == made[-1].made()
