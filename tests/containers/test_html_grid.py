import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkj_xlsx.containers.html_grid import HtmlTable, shown
from lkj_xlsx.containers.markup import NotSound


def table_of(*rows: list[dict[str, str]]) -> HtmlTable:
    """Lay out rows of cells given by their attributes, each holding its number."""
    table = HtmlTable("", lambda _: None)
    number = 0
    for row in rows:
        table.start_row()
        for attributes in row:
            table.start_cell(attributes)
            assert table.into is not None
            table.into.append(str(number))
            number += 1
    table.end_row()
    return table


def test_a_cell_goes_past_all_spans_in_its_way() -> None:
    assert table_of([{"rowspan": "2"}, {}, {"rowspan": "2", "colspan": "2"}], [{}, {}], [{}]).rows == [
        ["0", "1", "2"],
        [None, "3", None, None, "4"],
        ["5"],
    ]


def test_a_row_beyond_the_last_of_a_sheet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lkj_xlsx.containers.html_grid.MOST_ROWS", 1)
    assert table_of([{}]).rows == [["0"]]
    with pytest.raises(NotSound, match="lebih dari 1 baris"):
        table_of([{}], [{}])


def test_blanks_that_a_page_forces_are_blanks() -> None:
    assert shown(["\n a \t", "\u00a0 b\u00a0"]) == "a   b"
    assert shown(["\u00a0"]) == ""


SPANS = st.dictionaries(st.sampled_from(["rowspan", "colspan"]), st.sampled_from(["0", "1", "2", "3", "x"]))


@given(st.lists(st.lists(SPANS, max_size=5), max_size=6))
def test_every_cell_is_laid_out_once_and_in_order(rows: list[list[dict[str, str]]]) -> None:
    laid = [str(cell) for row in table_of(*rows).rows for cell in row if cell is not None]
    assert laid == [str(number) for number in range(sum(map(len, rows)))]
