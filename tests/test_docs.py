"""The documents are sessions: what they show is what the commands print."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lkj_xlsx import audit, catalogue
from lkj_xlsx.cli import main
from lkj_xlsx.containers import limits
from lkj_xlsx.rupiah import spell
from lkj_xlsx.schemas import SCHEMAS

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
PAGES = ("README.md", "PANDUAN.md")


def sessions(page: str) -> list[tuple[str, list[str]]]:
    """Give each command of a page's console blocks that shows output, with the lines that it shows."""
    found = []
    for block in BLOCK.findall((ROOT / page).read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *shown = part.splitlines()
            if shown and ".venv/bin/lkj" in command:
                found.append((command, shown))
    return found


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    (tmp_path / "build").mkdir()
    return tmp_path


@pytest.mark.parametrize(("command", "shown"), [pair for page in PAGES for pair in sessions(page)])
def test_a_command_prints_what_the_page_shows(command: str, shown: list[str], desk: Path) -> None:
    line = command.replace(".venv/bin/lkj", f"{sys.executable} -m lkj_xlsx")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
    run = subprocess.run(  # noqa: S602 - the project's own pages, pipes and redirections as a user types them
        line, shell=True, check=False, capture_output=True, text=True, cwd=desk, env=environment
    )
    printed = [text.rstrip() for text in (run.stdout + run.stderr).splitlines()]
    assert [text for text in shown if text != "…" and text.rstrip() not in printed] == []


def test_the_pages_show_sessions() -> None:
    assert all(len(sessions(page)) >= 3 for page in PAGES)


def test_the_library_snippet_of_the_readme_runs(desk: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (snippet,) = re.findall(r"^```python\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = [sys.executable, "-W", "error", "-c", snippet]
    subprocess.run(run, check=True, cwd=desk, env=environment)  # noqa: S603 - ours


@pytest.mark.parametrize("page", ["docs/temuan.md", "PANDUAN.md"])
def test_every_finding_is_explained(page: str) -> None:
    explained = set(re.findall(r"^\| ?`?([A-Z]\d{3})`? ?\|", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE))
    assert explained == set(catalogue())


@pytest.mark.parametrize("page", PAGES)
def test_every_command_stands_in_the_pages(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert [name for name in main.commands if f"lkj {name}" not in text] == []


def test_the_story_of_the_printed_report_tells_every_fault_and_its_true_value() -> None:
    story = (ROOT / "docs" / "terbit.md").read_text(encoding="utf-8")
    findings = audit([ROOT / "samples" / "kpu-binjai-2024-terbit.xlsx"]).findings
    told = [finding for finding in findings if finding.severity != "info" or finding.expected is not None]
    assert [str(finding) for finding in told if not re.search(rf"\b{finding.where.cell}\b", story)] == []
    values = [spell(one.expected) if isinstance(one.expected, int) else one.expected for one in told if one.expected]
    assert [value for value in values if value not in story] == []


def test_the_notebook_runs(desk: Path) -> None:
    notebook = json.loads((ROOT / "docs" / "query.ipynb").read_text(encoding="utf-8"))
    code = "\n".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, cwd=desk, env=environment)  # noqa: S603 - ours


def test_every_table_and_column_of_a_question_is_explained() -> None:
    page = (ROOT / "docs" / "query.md").read_text(encoding="utf-8")
    columns = {column for schema in SCHEMAS.values() for column in schema}
    in_between = {"kegiatan", "kro", "ro", "komponen", "subkomponen"}
    assert [name for name in (*SCHEMAS, *sorted(columns - in_between)) if f"`{name}`" not in page] == []


def test_every_limit_stands_in_its_page_with_its_value() -> None:
    page = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
    ours = {name: value for name, value in vars(limits).items() if name.isupper()}
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert [
        name for name, value in ours.items() if not any(f"`{name}`" in row and spell(value) in row for row in rows)
    ] == []
