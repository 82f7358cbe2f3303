from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from lkj_xlsx.checked_sheet import CheckedSheet
from lkj_xlsx.errors import CannotWrite

LIMITS = {
    "a text of one letter too many": ("write_string", (0, 0, "a" * 32_768)),
    "a row too far": ("write_string", (1_048_576, 0, "a")),
    "a column too far": ("write_number", (0, 16_384, 1)),
    "a formula too far": ("write_formula", (1_048_576, 0, "=1")),
    "a height too far": ("set_row", (1_048_576, 20)),
    "a range too far": ("merge_range", (1_048_575, 0, 1_048_576, 1, "a")),
    "a note of one letter too many": ("write_comment", (0, 0, "a" * 32_768)),
    "a rule of a list too long": ("data_validation", (0, 0, 0, 0, {"validate": "list", "source": ["a" * 300]})),
}


@pytest.fixture
def sheet(tmp_path: Path) -> CheckedSheet:
    return CheckedSheet(xlsxwriter.Workbook(str(tmp_path / "a.xlsx")).add_worksheet("A"))


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(("method", "values"), LIMITS.values(), ids=LIMITS)
def test_what_xlsxwriter_leaves_out_without_an_error_is_an_error(
    sheet: CheckedSheet, method: str, values: tuple[object, ...]
) -> None:
    with pytest.raises(CannotWrite, match=rf"tidak memuat semua isinya \(xlsxwriter {method}: -\d\)"):
        getattr(sheet, method)(*values)


def test_what_fits_is_written_up_to_the_limit(sheet: CheckedSheet) -> None:
    sheet.write_string(0, 0, "a" * 32_767)
    sheet.write_string(1_048_575, 16_383, "a")
    sheet.merge_range(1, 0, 1, 1, "a", None)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 0, 20)


def test_a_row_is_no_taller_than_excel_draws(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = CheckedSheet(book.add_worksheet("A"))
        for row, height in enumerate((300, 5_000)):
            sheet.set_row(row, height)
    heights = load_workbook(tmp_path / "a.xlsx")["A"].row_dimensions
    assert heights[1].height == 300
    assert 408.75 <= heights[2].height <= 409  # newer engines write what a whole number of pixels is tall


@pytest.mark.parametrize(
    ("link", "is_link"),
    [
        *[("external:a.xlsx", True), ("external:juli/a b.xlsx#'Bu Rina'!C10", True), ("external:a.xlsx#A1", False)],
        *[("external:/a.xlsx", False), ("external:../a.xlsx", False), ("external:C:a.xlsx", False)],
        *[("http://jahat.example", False), ("external:\udcff.xlsx", False), ("internal:A!A1", False)],
    ],
)
def test_a_link_opens_a_file_beside_the_workbook_or_is_none(sheet: CheckedSheet, link: str, *, is_link: bool) -> None:
    assert sheet.link(0, 0, link, None, "tempat") == is_link


def test_no_more_links_are_written_than_excel_opens(sheet: CheckedSheet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lkj_xlsx.checked_sheet.LINKS", 1)
    assert [sheet.link(row, 0, "external:a.xlsx", None, "tempat") for row in range(2)] == [True, False]
