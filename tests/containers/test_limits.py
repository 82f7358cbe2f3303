from lkj_xlsx.containers import limits

MILLION = 1_000_000
SAKTI_COLUMNS = 35


def test_a_million_rows_of_a_sakti_export_fit() -> None:
    assert limits.MOST_ROWS > MILLION
    assert min(limits.MOST_CELLS, limits.MOST_PLACES) > MILLION * SAKTI_COLUMNS
    assert limits.LARGEST_PART > 1_851 * MILLION  # the inflated bytes of a row, measured
    assert limits.LARGEST_RATIO > 18


def test_whatever_a_cell_holds_may_be_written_in_escapes_alone() -> None:
    assert limits.LONGEST_TEXT * len("_x000D_") == limits.LONGEST_WRITTEN
    assert limits.LONGEST_TAG > limits.LONGEST_WRITTEN
