r"""Hostile texts in every field of every input come out as texts: the XML of each output is looked through, not read.

What may stand in a workbook of ours besides texts and numbers: the formulas that the same input with harmless texts
gives, and links to the input files beside it or to cells within. CSV: no cell opens with a letter that is run.
"""

import csv
import io
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from lkj_xlsx.cli import main
from lkj_xlsx.safe_csv import LIVE
from lkj_xlsx.template import IDENTITAS, Rows, fill

HOSTILE: Final = (
    *("=cmd|' /C calc'!A0", '=HYPERLINK("http://jahat.example","klik")', "=1+1", "+1", "-1", "@SUM(1,1)", "{=1+1}"),
    *("\t=1+1", "\r=1+1", "\n=1+1", "=1+1\t", "\uff1d1+1", '=DDE("cmd";"/C calc";"A0")', "=WEBSERVICE(A1)", '"=1+1"'),
    *("http://jahat.example/", "mailto:a@jahat.example", "ftp://jahat.example/a", "file:///etc/passwd"),
    *("internal:Rincian!A1", "external:jahat.xlsx", r"\\jahat.example\a.xlsx", "x;=1+1;", "x\n=1+1", '";=1+1;"'),
    *("</t></is></c><c><f>1+1</f></c>", "&lt;f&gt;", "_x003D_1+1", '&"Arial"=1', "&[Page]", "%41", "<![CDATA[=1]]>"),
)
NAMES: Final = ("=1+1", "@SUM(1)", "-2", "+1;=1", "{=1}", "a&b<c>", 'x"=1', "http;jahat", "it's =1", "'=1'")
"""Names for sheets and files, which cannot hold all of it."""
FIGURES: Final = {"f": "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}f"}
REL: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
FORBIDDEN: Final = re.compile(
    "externalLink|dde|ole|vba|activeX|embed|connection|query|webext|customXml|ctrlProp", re.IGNORECASE
)
INNER: Final = re.compile(r"'(?:[^']|'')+'![A-Z]+[0-9]+")

Texts = Callable[[int], str]


def hostile(number: int) -> str:
    return HOSTILE[number % len(HOSTILE)]


def harmless(number: int) -> str:
    return f"teks{number % len(HOSTILE)}"


def identity(texts: Texts, first: int) -> Rows:
    """Fill the identity with texts; year and month have to be what they are."""
    fixed: dict[str, str | float] = {"Tahun Anggaran": 2024, "Bulan": 12, "Kode Satker": "656519"}
    return [(key, fixed.get(key, texts(first + number))) for number, (key, _) in enumerate(IDENTITAS)]


def our_workbook(path: Path, texts: Texts, first: int) -> Path:
    """Write our own workbook with texts in every field; budget, indicators and scale stay what they are."""
    lines = [
        (f"CQ.6709.QGE.{number:03}", texts(number), 1_000 + number, 500, None, 1) for number in range(len(HOSTILE))
    ]
    broken = [(texts(number), texts(number), texts(number), texts(number + 1)) for number in range(len(HOSTILE))]
    measured = [
        ("1", texts(number), texts(number + 1), f"CQ.6709.QGE.{number:03}", 5, texts(number), 3, "maksimal")
        for number in range(len(HOSTILE))
    ]
    words = [(str(texts(number)),) * 8 for number in range(len(HOSTILE))]
    rows: dict[str, Rows] = {
        "Identitas": identity(texts, first),
        "Anggaran": [("CQ", texts(0), None, None), ("CQ.6709", texts(1), None, None), *lines, *broken],
        "Kinerja": [*measured, *words],
        "Skala": [
            (0, 50, texts(2), texts(3)),
            (50, None, texts(4), texts(5)),
            (texts(6), texts(7), texts(8), texts(9)),
        ],
    }
    fill(path, rows)
    return path


def printed_table(path: Path, texts: Texts, names: tuple[str, ...]) -> Path:
    """Write a table as others print it, with texts in it, wrong totals, and sheets of those names."""
    book = Workbook()
    sheet = book.worksheets[0]
    count = len(HOSTILE)
    rows: list[list[str | int]] = [
        [texts(0)],
        ["KODE", "URAIAN", "PAGU", "REALISASI", "%"],
        ["6709", texts(1), 5 * count, 3 * count, "60,00%"],
    ]
    rows += [[f"QGE.{number:03}", texts(number), 5, 3, "60,00%"] for number in range(count)]
    rows += [[texts(number), texts(number), texts(number), 3, texts(number)] for number in range(count)]
    rows += [["", "JUMLAH", 5 * count, 3 * count, "60,00%"]]
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            cell: Any = sheet.cell(row, column)
            cell.value = value.replace("\r", " ") if isinstance(value, str) else value
            cell.data_type = "s" if isinstance(value, str) else "n"
    for name in names:
        book.create_sheet(re.sub(r"[\\*?:/\[\]]", "", name)[:31])["A1"] = "isi"
    book.save(path)
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def formulas(path: Path) -> list[str]:
    """List the formulas of a workbook, the words within quotes left out."""
    sheets = [part for name, part in sorted(parts_of(path).items()) if name.startswith("xl/worksheets/sheet")]
    found = [node.text or "" for part in sheets for node in ET.fromstring(part).iter(FIGURES["f"])]  # noqa: S314 - own file
    return [re.sub(r'"(?:[^"]|"")*"', '""', text) for text in found]


def links(path: Path) -> set[str]:
    """List the places outside of a workbook, and those inside that no link of ours names so."""
    found = set()
    for name, part in parts_of(path).items():
        root = ET.fromstring(part) if name.endswith((".xml", ".rels")) else None  # noqa: S314 - own file
        if root is not None and name.endswith(".rels"):
            found |= {node.get("Target", "") for node in root.iter(REL) if node.get("TargetMode") == "External"}
        elif root is not None:
            inner = [node.get("location") for node in root.iter() if node.tag.endswith("}hyperlink")]
            found |= {place for place in inner if place and not INNER.fullmatch(place)}
    return found


def assert_harmless_workbook(path: Path, like: Path | None, inputs: set[str]) -> None:
    """See that nothing in the workbook lives that is not ours: compare it with one made from harmless texts."""
    assert [name for name in parts_of(path) if FORBIDDEN.search(name)] == []
    assert formulas(path) == (formulas(like) if like else [])
    assert {unquote(link) for link in links(path)} <= inputs


def texts_in(path: Path) -> set[str]:
    return {str(cell.value) for sheet in load_workbook(path).worksheets for row in sheet.iter_rows() for cell in row}


def run(folder: Path, *arguments: str) -> None:
    """Run a command that must not crash, whatever it finds."""
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code in (0, 1), (arguments, result.output)
    assert list(folder.glob(".lkj-*")) == []


def outputs(folder: Path, texts: Texts, first: int) -> Path:
    """Make every kind of output of hostile or harmless inputs; they stand in the folder."""
    folder.mkdir()
    own = our_workbook(folder / "isian.xlsx", texts, first)
    other = our_workbook(folder / "lagi.xlsx", lambda number: texts(number + 1), first)
    table = printed_table(
        folder / "tercetak.xlsx", texts, NAMES if texts is hostile else tuple(map(harmless, range(10)))
    )
    files = (str(own), str(table))
    run(folder, "report", *files, "-o", str(folder / "report.xlsx"))
    run(
        folder,
        "check",
        *files,
        "--format",
        "xlsx",
        "-o",
        str(folder / "check.xlsx"),
        "--mark",
        str(folder / "mark-a.xlsx"),
    )
    run(
        folder,
        "check",
        *reversed(files),
        "--format",
        "csv",
        "-o",
        str(folder / "check.csv"),
        "--mark",
        str(folder / "mark-b.xlsx"),
    )
    for form in ("xlsx", "csv"):
        run(folder, "show", str(own), "--format", form, "-o", str(folder / f"show.{form}"))
        run(folder, "diff", str(own), str(other), "--format", form, "-o", str(folder / f"diff.{form}"))
        for name in ("rincian", "temuan", "tercetak"):
            word, column = texts(0).replace("'", "''"), texts(2)
            asked = f"SELECT *, '{word}' AS \"{column}\" FROM {name}"
            run(folder, "query", *files, "--sql", asked, "--format", form, "-o", str(folder / f"query-{name}.{form}"))
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give the outputs of hostile inputs, and those of harmless ones that are otherwise the same."""
    folder = tmp_path_factory.mktemp("suntik")
    return outputs(folder / "jahat", hostile, 0), outputs(folder / "baik", harmless, 0)


def test_no_text_becomes_a_formula_or_a_link_in_any_workbook(made: tuple[Path, Path]) -> None:
    bad, good = made
    written = sorted(
        path.name for path in bad.glob("*.xlsx") if path.name not in {"isian.xlsx", "lagi.xlsx", "tercetak.xlsx"}
    )
    assert len(written) == 9
    for name in written:
        assert_harmless_workbook(bad / name, good / name, {"isian.xlsx", "tercetak.xlsx"})
    assert formulas(bad / "report.xlsx") != []


def test_every_hostile_text_stands_in_the_report_as_it_was(made: tuple[Path, Path]) -> None:
    seen = texts_in(made[0] / "report.xlsx")
    for text in HOSTILE:
        assert {" ".join(text.split()), text} & {part.replace("_x005F_", "_") for part in seen}, text


def test_no_cell_of_a_csv_opens_with_a_live_letter(made: tuple[Path, Path]) -> None:
    written = sorted(made[0].glob("*.csv"))
    assert len(written) == 6
    for path in written:
        text = path.read_bytes().decode("utf-8")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len({len(row) for row in rows}) == 1, path.name
        cells = [cell for row in rows for cell in row if not re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", cell)]
        assert [cell for cell in cells if cell.startswith(LIVE)] == [], path.name
        parted = [cell.strip(' "') for line in re.split(r"[\r\n]+", text) for cell in re.split(r"[;\t]", line)]
        assert [cell for cell in parted if re.match(r"[=@\uff1d]|[+](?![0-9]+,)", cell)] == [], path.name


@pytest.mark.parametrize("first", range(0, len(HOSTILE), 9))
def test_no_text_of_the_identity_becomes_anything_else(tmp_path: Path, first: int) -> None:
    own, good = (our_workbook(tmp_path / f"{texts.__name__}.xlsx", texts, first) for texts in (hostile, harmless))
    for path in (own, good):
        run(tmp_path, "report", str(path), "-o", str(tmp_path / f"report-{path.name}"))
    assert_harmless_workbook(tmp_path / f"report-{own.name}", tmp_path / f"report-{good.name}", {own.name})
    for part in parts_of(tmp_path / f"report-{own.name}").values():
        ET.fromstring(part)  # noqa: S314 - own file


@pytest.mark.parametrize(
    "name", [*NAMES, r"\\jahat.example\a", "http:jahat", "a#b", "%2e%2e", "a\x01b", "a\nb", "\udcff"]
)
def test_no_name_of_a_file_becomes_anything_else(tmp_path: Path, name: str) -> None:
    path = our_workbook(tmp_path / "isian.xlsx", harmless, 0)
    named = shutil.copy(path, tmp_path / f"{name}.xlsx")
    run(tmp_path, "check", str(named), "--format", "xlsx", "-o", str(tmp_path / "keluaran.xlsx"))
    run(
        tmp_path,
        "check",
        str(named),
        "--format",
        "csv",
        "-o",
        str(tmp_path / "keluaran.csv"),
        "--mark",
        str(tmp_path / "m.xlsx"),
    )
    assert_harmless_workbook(tmp_path / "keluaran.xlsx", None, {f"{name}.xlsx"})
    assert_harmless_workbook(tmp_path / "m.xlsx", None, set())
    outside = [link for link in links(tmp_path / "keluaran.xlsx") if re.search(r"[:\\#]|^/|%23|\x01|\n", unquote(link))]
    assert outside == []
    rows = list(csv.reader(io.StringIO((tmp_path / "keluaran.csv").read_bytes().decode(), newline="")))
    assert [cell for row in rows for cell in row if cell.startswith(LIVE)] == []
