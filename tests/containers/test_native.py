import os
import subprocess
import sys
import time as clock
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from old_books import (
    EMPTY_RESULT,
    dimensions,
    error,
    error12,
    figures,
    formula,
    label,
    number,
    number12,
    ole,
    record,
    row12,
    sheet12,
    text12,
    xls,
    xlsb,
)

from lkj_xlsx.book import Book, Odd
from lkj_xlsx.containers import native, native_child, open_book
from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.rupiah import Fault


def book_of(tmp_path: Path, content: bytes) -> Book:
    path = tmp_path / "buku.xlsx"
    path.write_bytes(content)
    return open_book("buku.xlsx", path)


def refusal(tmp_path: Path, content: bytes) -> str:
    begun = clock.monotonic()
    with pytest.raises(UnreadableFile) as refused:
        book_of(tmp_path, content)
    assert clock.monotonic() - begun < 5
    message = str(refused.value)
    assert message.startswith("buku.xlsx: ")
    assert "simpan" in message
    return message


def test_an_old_workbook_is_read_with_its_errors_formulas_and_percents(tmp_path: Path) -> None:
    book = book_of(
        tmp_path,
        xls(
            {
                "Anggaran": [
                    *(dimensions(9, 9), label(1, 1, "051"), number(1, 2, 12309652000), number(1, 3, 0.9046, 1)),
                    *(error(3, 4, 0x17), formula(4, 0, 5.0), formula(4, 1, 0.0, flags=2), formula(9, 0, EMPTY_RESULT)),
                    *(
                        figures(5, 0, (-7, 0), (1, 4)),
                        number(6, 0, 45_000, 5),
                        number(7, 0, 2.0**53),
                        number(8, 0, 0.1),
                    ),
                ],
                "Lain": [number(0, 0, float("nan"))],
            },
            hidden=["Lain"],
        ),
    )
    anggaran, lain = book.grids
    assert anggaran.rows == [
        *([], [None, "051", 12309652000, Decimal("0.9046")], []),
        [None, None, None, None, Odd(Fault.ERROR_CELL, "#REF!")],
        *([5, Odd(Fault.UNCACHED, "=")], [-7, 1], [date(2023, 3, 15)], [2.0**53], [Decimal("0.1")], []),
    ]
    assert [type(cell) for cell in (anggaran.rows[1][2], anggaran.rows[7][0])] == [int, float]
    assert [anggaran.percent_places(*place) for place in ((1, 3), (5, 1), (5, 0))] == [2, 0, None]
    assert (lain.name, lain.is_hidden, lain.rows) == ("Lain", True, [[Odd(Fault.NOT_A_NUMBER, "nan")]])
    assert book.notes == ("dibaca sebagai workbook Excel lama (.xls)",)


def test_an_error_below_and_beside_everything_else_stands_where_it_stands(tmp_path: Path) -> None:
    (grid,) = book_of(tmp_path, xls({"A": [number(0, 0, 1), error(3, 4, 7)]})).grids
    assert grid.rows[3][4] == Odd(Fault.ERROR_CELL, "#DIV/0!")


def test_a_binary_workbook_is_read_with_its_errors(tmp_path: Path) -> None:
    part = sheet12(row12(1, text12(1, "051"), number12(2, 5.0), number12(3, 0.5, 2), error12(4, 0x2A)))
    book = book_of(tmp_path, xlsb({"Anggaran": part}))
    assert book.grids[0].rows == [[], [None, "051", 5, Decimal("0.5"), Odd(Fault.ERROR_CELL, "#N/A")]]
    assert book.grids[0].percent_places(1, 3) == 1
    assert book.notes == ("dibaca sebagai workbook Excel biner (.xlsb)",)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            ole({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}),
            "workbook dengan kata sandi; buka di Excel, simpan tanpa",
        ),
        (xls({"A": []}, extra=record(0x002F, bytes(6))), "workbook dengan kata sandi"),
        (ole({"WordDocument": b"x"}), "dokumen Word (.doc), bukan lembar kerja"),
        (ole({"PowerPoint Document": b"x"}), "presentasi PowerPoint (.ppt)"),
        (ole({"__properties_version1.0": b"x"}), "surel Outlook (.msg)"),
        (ole({"\x05SummaryInformation": b"x"}), "wadah OLE tanpa lembar kerja (bukan .xls)"),
        (xls({}), "workbook dengan 0 lembar kerja, yang dibaca 1 sampai 256"),
        (xls({"A": [number(0, 0, 1)]})[:-600], "rusak atau terpotong"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_kind_and_what_to_do(tmp_path: Path, content: bytes, says: str) -> None:
    assert says in refusal(tmp_path, content)


def test_a_sheet_that_claims_four_billion_rows_is_refused(tmp_path: Path) -> None:
    """RELIABILITY b28."""
    message = refusal(tmp_path, xls({"A": [dimensions(2**32 - 1, 65_535), number(0, 0, 1)]}))
    assert "mengaku memuat 4294967295 baris x 65535 kolom, batas .xls 65536 x 256" in message


def test_a_cell_far_away_is_refused_with_the_size_of_the_box(tmp_path: Path) -> None:
    """RELIABILITY b29, and the same in an .xls."""
    far = sheet12(row12(0, number12(0, 1)), row12(1_048_575, number12(16_383, 1)))
    message = refusal(tmp_path, xlsb({"A": far}))
    assert "kotak 1048576 baris x 16384 kolom, lebih dari 8000000 sel" in message
    assert "hapus sel yang berdiri jauh" in message
    assert "kotak 65536 baris x 256 kolom" in refusal(tmp_path, xls({"A": [number(65_535, 255, 1)]}))


def stand_in(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Let a program of ours run in the place of the child."""
    run = subprocess.run

    def start(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:  # noqa: ANN401 - run's own
        arguments = command[command.index("lkj_xlsx.containers.native_child") + 1 :]
        return run([sys.executable, "-c", program, *arguments], **options)

    monkeypatch.setattr(subprocess, "run", start)


LIMITED = "import sys; from lkj_xlsx.containers.native_child import limit; limit(int(sys.argv[3]), int(sys.argv[4])); "


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no limits of a process")
@pytest.mark.parametrize(
    ("program", "says"),
    [
        ("bytearray(2**30)", "meminta memori lebih dari 1024 MiB"),
        ("print('memory allocation of 99 bytes failed', file=sys.stderr); import os; os.abort()", "meminta memori"),
        ("import os; os.abort()", "menghentikan pembacanya, jadi isinya rusak"),
        ("raise BaseException('panic')", "menghentikan pembacanya, jadi isinya rusak"),
    ],
)
def test_a_child_that_dies_is_a_refusal_that_says_of_what(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, says: str
) -> None:
    stand_in(monkeypatch, LIMITED + program)
    message = refusal(tmp_path, xls({"A": []}))
    assert f"workbook Excel lama (.xls) ini {says}" in message
    assert message.endswith("; buka di Excel atau LibreOffice, simpan sebagai .xlsx, lalu coba lagi")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no limits of a process")
def test_a_child_that_computes_or_waits_for_ever_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "SECONDS", 1)
    stand_in(monkeypatch, LIMITED + "\nwhile True: pass")
    assert "tidak selesai dibaca dalam 1 detik prosesor" in refusal(tmp_path, xls({"A": []}))
    monkeypatch.undo()
    monkeypatch.setattr(native, "WALL_SECONDS", 1)
    stand_in(monkeypatch, "import time; time.sleep(60)")
    assert "tidak selesai dibaca dalam 1 detik; buka" in refusal(tmp_path, xls({"A": []}))


def test_two_readings_of_one_cell_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = '{"name": "A", "hidden": false, "rows": [[5]], "errors": [[0, 0, "#REF!"]], "uncached": [], "percents": []}'
    stand_in(monkeypatch, f"print('''{{\"sheets\": [{sheet}]}}''')")
    assert "lembar `A`: dua bacaan atas sel baris 1 kolom 1" in refusal(tmp_path, xls({"A": []}))


def test_days_hours_and_spans_of_time_come_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days = ", ".join(
        f'{{"d": "{day}"}}' for day in ("2024-12-31", "2024-12-31T00:00:00", "2024-12-31T08:00:00", "08:00:00")
    )
    rows = f'[[{days}, {{"o": "9 days"}}]]'
    sheet = f'{{"name": "A", "hidden": false, "rows": {rows}, "errors": [], "uncached": [], "percents": []}}'
    stand_in(monkeypatch, f"print('''{{\"sheets\": [{sheet}]}}''')")
    assert book_of(tmp_path, xls({"A": []})).grids[0].rows == [
        [
            *(date(2024, 12, 31), date(2024, 12, 31), datetime(2024, 12, 31, 8), time(8)),  # noqa: DTZ001 - no zone
            Odd(Fault.NOT_AMOUNT, "9 days"),
        ]
    ]


def test_a_file_is_held_to_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = xls({"A": []})
    monkeypatch.setattr(native, "LARGEST_FILE", len(content))
    assert len(book_of(tmp_path, content).grids) == 1
    monkeypatch.setattr(native, "LARGEST_FILE", len(content) - 1)
    assert "lebih dari 0 MiB" in refusal(tmp_path, content)


def test_the_child_takes_its_modules_from_us_and_not_from_the_folder_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "struct", "lkj_xlsx", "python_calamine"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(0)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["/nowhere", "/elsewhere"]))
    assert book_of(tmp_path, xls({"A": [number(0, 0, 5)]})).grids[0].rows == [[5]]


def test_the_limits_are_those_that_the_messages_name() -> None:
    assert (native.MEMORY, native.SECONDS, native.WALL_SECONDS, native_child.MOST_PLACES) == (2**30, 8, 10, 8_000_000)
