"""What the commands share: their options, their exit codes, and how each way of ending gets one."""

import contextlib
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from lkj_xlsx import collector
from lkj_xlsx.errors import LkjError
from lkj_xlsx.finding import Finding, Severity, listed

if TYPE_CHECKING:
    from lkj_xlsx.engine import How
    from lkj_xlsx.inputs import Inputs

CLEAN, FOUND, REFUSED, BUG, INTERRUPTED = 0, 1, 2, 70, 130
"""Exit codes: the contract of PRODUCT.md 6."""

FILES: Final = click.argument(
    "berkas", metavar="BERKAS|FOLDER|POLA...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
OUTPUT: Final = click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Berkas keluaran.")
FORCE: Final = click.option("--force", is_flag=True, help="Ganti berkas keluaran yang sudah ada.")
PERIODE: Final = click.option("--periode", metavar="TAHUN[-BULAN]", help="Periode yang diminta, misalnya 2024-12.")
FAIL_ON: Final = click.option(
    "--fail-on",
    type=click.Choice([Severity.ERROR.value, Severity.PERINGATAN.value]),
    default=Severity.ERROR.value,
    show_default=True,
    help="Kode keluar 1 mulai temuan setingkat ini.",
)
LEVEL: Final = click.option(
    "--level",
    "levels",
    multiple=True,
    metavar="TINGKAT",
    help="program, kegiatan, kro, ro, komponen, subkomponen, akun, item (show: juga jenis-belanja); boleh berulang.",
)
GABUNG: Final = click.option("--gabung", is_flag=True, help="Jumlahkan beberapa satker menjadi satu.")
JOBS: Final = click.option(
    "-j", "--jobs", type=click.IntRange(min=1), help="Banyaknya proses; tanpa ini sebanyak prosesor bila perlu."
)
SCHEDULER: Final = click.option(
    "--scheduler", metavar="ALAMAT", help="Kerjakan di klaster Dask: tcp://alamat:8786, atau local."
)
NO_CACHE: Final = click.option("--no-cache", is_flag=True, help="Baca semua berkas lagi, tanpa simpanan.")
FORMS: Final = ("teks", "csv", "json", "xlsx")
FORMAT: Final = click.option("--format", "form", type=click.Choice(FORMS), default="teks", show_default=True)
FORMAT_OF_QUERY: Final = click.option(
    "--format", "form", type=click.Choice([*FORMS, "parquet"]), default="teks", show_default=True
)


class Lkj(click.Group):
    """Gives every way a command can end its own exit code, and catches what is left as a bug."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        """Run the command; a reader that went away (`| head`) ends it quietly, before click calls that exit 1."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return CLEAN
        return code

    def main(self, args: Sequence[str] | None = None, *_args: Any, **_kwargs: Any) -> Any:  # noqa: ANN401 - as click has it
        """Run, and exit 0 clean, 1 findings, 2 refused, 70 a bug, 130 interrupted."""
        collector.rest()
        try:
            sys.exit(super().main(args, prog_name="lkj", standalone_mode=False) or CLEAN)
        except click.exceptions.Exit as finished:
            sys.exit(finished.exit_code)
        except click.ClickException as refusal:
            refusal.show()
            sys.exit(REFUSED)
        except LkjError as refusal:
            click.echo(f"lkj: {refusal}", err=True)
            sys.exit(REFUSED)
        except (KeyboardInterrupt, click.Abort):
            click.echo("lkj: dihentikan", err=True)
            sys.exit(INTERRUPTED)
        except Exception:  # noqa: BLE001 - the one place where anything else is called a bug
            traceback.print_exc()
            click.echo("lkj: ini kesalahan program; kirimkan pesan di atas kepada pembuatnya", err=True)
            sys.exit(BUG)


def manyfold(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of work on many files."""
    for option in (NO_CACHE, SCHEDULER, JOBS):
        command = option(command)
    return command


@contextlib.contextmanager
def work_on(inputs: "Inputs", what: str, asked: Mapping[str, Any]) -> Iterator["How"]:
    """Say how the files are worked on, as the options of `manyfold` ask; a terminal shows how many are done."""
    from lkj_xlsx.cache import default_folder  # noqa: PLC0415 - `lkj --help` needs none of it
    from lkj_xlsx.engine import How, untold  # noqa: PLC0415 - as above
    from lkj_xlsx.engines import chosen_engine  # noqa: PLC0415 - as above

    if inputs.skipped:
        click.echo(
            f"lkj: {len(inputs.skipped)} berkas bukan lembar kerja, dilewati: {listed(inputs.skipped)}", err=True
        )
    folder = None if asked["no_cache"] else default_folder()
    with chosen_engine(asked["jobs"], asked["scheduler"], inputs.size) as own:
        if sys.stderr.isatty() and len(inputs.files) > 1:
            from lkj_xlsx import terminal  # noqa: PLC0415 - a pipe pays for no terminal

            with terminal.progress(what) as told:
                yield How(own, folder, told)
        else:
            with busy(what):
                yield How(own, folder, untold)


def busy(what: str) -> Any:  # noqa: ANN401 - a rich status or nothing
    """Show that work goes on, on a terminal only."""
    if not sys.stderr.isatty():
        return contextlib.nullcontext()
    from lkj_xlsx import terminal  # noqa: PLC0415 - a pipe pays for no terminal

    return terminal.busy(what)


def tell(findings: Sequence[Finding], fail_on: str) -> int:
    """Print findings to stderr, one a line; give the exit code that they mean."""
    for finding in findings:
        click.echo(str(finding), err=True)
    return code_of(findings, fail_on)


def code_of(findings: Sequence[Finding], fail_on: str) -> int:
    """Give the exit code that findings mean."""
    worst = min((finding.severity.rank for finding in findings), default=len(Severity))
    return FOUND if worst <= Severity(fail_on).rank else CLEAN


def checked_periode(text: str | None) -> str | None:
    """Check a period before anything is read."""
    if text is not None and not re.fullmatch(r"20\d\d(-(0[1-9]|1[0-2]))?", text):
        message = f"--periode {text}: tulis TAHUN-BULAN, misalnya 2024-12"
        raise click.UsageError(message)
    return text
