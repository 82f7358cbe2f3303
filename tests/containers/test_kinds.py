import pytest

from lkj_xlsx.containers.kinds import binary_kind, is_binary, is_html, is_open_sheet, text_kind, zip_kind


@pytest.mark.parametrize(
    "head", [b"Kode;Uraian", b"PDF;5", b"From: Bendahara;5", b"\xef\xbb\xbfKode", b"MIME;x", b"GIF;8"]
)
def test_a_table_in_text_announces_nothing_else(head: bytes) -> None:
    assert binary_kind(head) is None
    assert not is_binary(head)


@pytest.mark.parametrize("text", ["[BLOKIR];5", "{Kode};5", "[Kode],[Pagu]", "Kode;{}", "a < b;5"])
def test_brackets_alone_are_no_json_and_no_page(text: str) -> None:
    assert text_kind(text) is None
    assert not is_html(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!-- x --><?x?>\n<TABLE>", True),
        ("<!DOCTYPE html>", True),
        ("<!DOCTYPE svg><svg/>", False),
        ("<Workbook><Table ></Table></Workbook>", False),
        ("Notice: x <table border=1><tr></tr></table>", True),
        ("Notice: x <table border=1>", False),
        ("<!-- never closed", False),
    ],
)
def test_a_page_is_told_by_its_first_element_or_by_a_table_after_a_warning(text: str, expected: bool) -> None:
    assert is_html(text) is expected


def test_a_workbook_within_an_archive_is_told_from_a_workbook() -> None:
    assert zip_kind(["xl/embeddings/a.xlsx"], "") is None
    assert "`a.xlsx`" in str(zip_kind(["a.xlsx"], ""))


def test_templates_of_spreadsheets_are_spreadsheets() -> None:
    start = "application/vnd.oasis.opendocument."
    assert [is_open_sheet(start + kind) for kind in ("spreadsheet", "spreadsheet-template", "text")] == [
        True,
        True,
        False,
    ]
    assert zip_kind([], f"{start}spreadsheet") is None
