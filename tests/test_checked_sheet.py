from pathlib import Path

import pytest
import xlsxwriter

from lkj_xlsx.checked_sheet import CheckedSheet
from lkj_xlsx.errors import CannotWrite

LIMITS = {
    "a text of one letter too many": ("write_string", (0, 0, "a" * 32_768)),
    "a row too far": ("write_string", (1_048_576, 0, "a")),
    "a column too far": ("write_number", (0, 16_384, 1)),
    "a formula too far": ("write_formula", (1_048_576, 0, "=1")),
    "a blank too far": ("set_row", (1_048_576, 20)),
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
