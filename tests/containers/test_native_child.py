import io
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
from old_books import error, label, number, ole, record, row12, sheet12, text12, xls, xlsb

from lkj_xlsx.containers import native_child
from lkj_xlsx.containers.native_child import _plain, answer, limit, main

UNBOUNDED = -1


def answered(tmp_path: Path, content: bytes, kind: str = "xls") -> dict[str, Any]:
    path = tmp_path / "buku"
    path.write_bytes(content)
    return answer(kind, path)


def test_sheets_are_given_with_what_was_found_in_them(tmp_path: Path) -> None:
    found = answered(
        tmp_path, xls({"A": [label(1, 1, "x"), number(1, 2, 45_000, 5), error(2, 0, 7)], "B": []}, hidden=["B"])
    )
    assert found == {
        "sheets": [
            {
                "name": "A",
                "hidden": False,
                "rows": [[], [None, "x", {"d": "2023-03-15"}], []],
                "errors": [(2, 0, "#DIV/0!")],
                "uncached": [],
                "percents": [],
            },
            {"name": "B", "hidden": True, "rows": [], "errors": [], "uncached": [], "percents": []},
        ]
    }


def test_the_binary_workbook_is_read_too(tmp_path: Path) -> None:
    found = answered(tmp_path, xlsb({"A": sheet12(row12(0, text12(1, "051")))}), "xlsb")
    (sheet,) = found["sheets"]
    assert sheet["rows"] == [[None, "051"]]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (ole({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), "locked"),
        (xls({"A": []}, extra=record(0x002F, bytes(6))), "locked"),
        (ole({"WordDocument": b"x"}), "word"),
        (ole({"PowerPoint Document": b"x"}), "powerpoint"),
        (ole({"__properties_version1.0": b"x"}), "mail"),
        (ole({"Lain": b"x"}), "other"),
        (ole({}), "other"),
        (ole({"Workbook": b"x"}), "unsound"),
        (b"\xd0\xcf\x11\xe0", "unsound"),
    ],
)
def test_what_is_no_open_workbook_is_told_apart(tmp_path: Path, content: bytes, why: str) -> None:
    assert answered(tmp_path, content)["refused"] == why


def test_a_used_range_is_held_to_the_limit_over_all_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = xls({"A": [number(1, 1, 1)], "B": [number(0, 1, 1)]})
    monkeypatch.setattr(native_child, "MOST_PLACES", 6)
    assert "sheets" in answered(tmp_path, content)
    monkeypatch.setattr(native_child, "MOST_PLACES", 5)
    assert answered(tmp_path, content) == {"refused": "far", "detail": [1, 2, 5]}


def test_a_scan_and_a_reading_that_differ_in_sheets_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(native_child, "_scan_ole", lambda _: [])
    assert answered(tmp_path, xls({"A": []})) == {"refused": "unsound", "detail": "0 lembar tercatat, 1 terbaca"}


def test_a_chart_of_its_own_is_no_sheet(tmp_path: Path) -> None:
    content = bytearray(xls({"A": [number(0, 0, 1)], "B": []}))
    place = content.find(b"\x85\x00\x09\x00", content.find(b"\x85\x00\x09\x00") + 1)
    content[place + 9] = 2
    (sheet,) = answered(tmp_path, bytes(content))["sheets"]
    assert sheet["name"] == "A"


def test_cells_become_what_json_holds() -> None:
    assert [_plain(cell) for cell in ("", "x", True, 5.0, timedelta(days=2))] == [
        *(None, "x", True, 5.0),
        {"o": "2 days, 0:00:00"},
    ]


def test_the_answer_is_printed_as_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.xls").write_bytes(ole({}))
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw)
    monkeypatch.setattr(sys, "stdout", stream)
    limits: list[tuple[int, int]] = []
    monkeypatch.setattr(native_child, "limit", lambda *given: limits.append(given))
    main(["xls", str(tmp_path / "a.xls"), "5", "6"])
    assert json.loads(raw.getvalue()) == {"refused": "other"}
    assert limits == [(5, 6)]
    stream.detach()


def test_the_module_is_a_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "a.xls").write_bytes(ole({}))
    monkeypatch.setitem(sys.modules, "resource", None)  # no limits on the process of the tests
    monkeypatch.setattr(sys, "argv", ["native_child", "xls", str(tmp_path / "a.xls"), "5", "6"])
    run_path(native_child.__file__, run_name="__main__")
    sys.stdout.flush()
    assert json.loads(capfdbinary.readouterr().out) == {"refused": "other"}


def test_limits_are_set_where_the_system_knows_them(monkeypatch: pytest.MonkeyPatch) -> None:
    class Resource:
        RLIMIT_AS, RLIMIT_CPU, RLIMIT_CORE = range(3)
        asked: list[tuple[int, tuple[int, int]]] = []  # noqa: RUF012 - a stand-in for a module

        @classmethod
        def setrlimit(cls, what: int, limits: tuple[int, int]) -> None:
            cls.asked.append((what, limits))
            if what == cls.RLIMIT_AS:
                raise ValueError

    monkeypatch.setitem(sys.modules, "resource", Resource)
    limit(5, 6)
    assert Resource.asked == [(0, (5, 5)), (1, (6, 6)), (2, (0, 0))]
    monkeypatch.setitem(sys.modules, "resource", None)
    limit(5, 6)


def test_the_child_loads_neither_pandas_nor_numpy() -> None:
    program = (
        "import sys, lkj_xlsx.containers.native_child; "
        "sys.exit(bool({'pandas', 'numpy', 'openpyxl', 'olefile', 'lkj_xlsx.containers.xlsx'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0  # noqa: S603 - ours
