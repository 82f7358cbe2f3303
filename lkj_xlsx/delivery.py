"""Put an answer where it was asked for, in the form that was asked for: a whole file, or stdout."""

import contextlib
import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from lkj_xlsx.errors import BadRequest
from lkj_xlsx.model import Identity
from lkj_xlsx.whole_file import whole_file

if TYPE_CHECKING:
    from lkj_xlsx.table import Table

BY_CODE: Final = "backslashreplace"
r"""What becomes of a letter that has no bytes, such as half of one in the name of a file: `\udcff`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in every form; each is made only when it is asked for."""

    teks: Callable[[IO[str]], None]
    csv: Callable[[], str]
    json: Callable[[], str]
    table: Callable[[], "Table"]
    parquet: Callable[[Path], None] | None = None


def deliver(
    answer: Answer, form: str, output: Path | None, *, force: bool = False, identity: Identity | None = None
) -> None:
    """Write an answer to a file, which is there only when all of it is, or to stdout.

    Raises BadRequest for a workbook without a file to write it to, CannotWrite when the file cannot be written.
    """
    if form == "xlsx":
        from lkj_xlsx.writer import write  # noqa: PLC0415 - text and data pay for no xlsx engine

        path = needed(output, form)
        write((answer.table(),), path, identity or Identity(), force=force)
        return
    if form == "parquet":
        if answer.parquet is None:
            message = "jawaban ini tidak ada dalam bentuk parquet; pilih teks, csv, json atau xlsx"
            raise BadRequest(message)
        with whole_file(needed(output, form), force=force) as partial:
            answer.parquet(partial)
        return
    if form == "teks":
        with _opened(output, force=force) as file:
            answer.teks(file)
        return
    data = (answer.csv() if form == "csv" else answer.json() + "\n").encode(errors=BY_CODE)
    if output is not None:
        with whole_file(output, force=force) as partial:
            partial.write_bytes(data)
        return
    raw = getattr(sys.stdout, "buffer", None)
    if raw is None:  # a notebook
        sys.stdout.write(data.decode())
        return
    sys.stdout.flush()
    raw.write(data)  # the same bytes as in a file, whatever the locale says


def needed(output: Path | None, form: str) -> Path:
    """Refuse to print a workbook."""
    if output is None:
        message = f"--format {form} perlu -o NAMA.{form}"
        raise BadRequest(message)
    return output


@contextlib.contextmanager
def _opened(output: Path | None, *, force: bool) -> Iterator[IO[str]]:
    """Give the file to write text to."""
    if output is None:
        if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal of another time knows fewer letters
            sys.stdout.reconfigure(errors=BY_CODE)
        yield sys.stdout
        return
    with (
        whole_file(output, force=force) as partial,
        partial.open("w", encoding="utf-8", errors=BY_CODE, newline="") as file,
    ):
        yield file
