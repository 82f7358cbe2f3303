"""Every case of the corpus, through the command line: refused cleanly, found at its place, or exact (RELIABILITY T1)."""

import os
from collections import Counter
from typing import Final

import pytest

from corpus import figures
from corpus.case import Case, Result
from corpus.pool import pool

CASES: Final = figures.CASES


@pytest.fixture(scope="session")
def results(request: pytest.FixtureRequest) -> dict[str, Result]:
    """Give what became of every case that is asked for, run side by side."""
    asked = {item.callspec.params["case"].name for item in request.session.items if "case" in getattr(item, "callspec", _NONE).params}
    with pool() as workers:
        return workers.results(case for case in CASES if case.name in asked)


@pytest.mark.skipif(os.name == "nt", reason="forks, and bounds its children as POSIX does")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_input_is_refused_or_found_or_exact(case: Case, results: dict[str, Result]) -> None:
    assert not case.complaints(results[case.name]), case.why
