import pytest
from conftest import orphans


def test_no_golden_is_left_that_no_test_asks_for(request: pytest.FixtureRequest) -> None:
    found = orphans(request.config)
    if found is None:
        pytest.skip("only a whole run in one process asks for every golden")
    assert found == []
