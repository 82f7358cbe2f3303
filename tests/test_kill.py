"""A few kills of every kind of output; `make kill` kills each two hundred times."""

import os

import pytest
from kill import KINDS, kill


@pytest.mark.skipif(os.name == "nt", reason="measured with signals")
@pytest.mark.parametrize("kind", KINDS)
def test_a_killed_command_leaves_the_old_file_or_the_whole_new_one_and_the_next_run_cleans_up(kind: str) -> None:
    counts = kill(kind, 3, seed=1)
    assert (counts["lama"] + counts["baru"], counts["RUSAK"], counts["tersisa sesudah run berikutnya"]) == (3, 0, 0)
