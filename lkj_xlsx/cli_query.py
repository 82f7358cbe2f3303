"""`lkj query`: its options, and the way from them to an answer."""

import sys
from pathlib import Path
from typing import Any

import click

from lkj_xlsx.options import FAIL_ON, FILES, FORCE, FORMAT_OF_QUERY, OUTPUT, manyfold, tell, work_on


def _print_questions(ctx: click.Context, _option: click.Parameter, is_asked: bool) -> None:
    """Print the ready questions, and end."""
    if is_asked:
        from lkj_xlsx.questions import as_text

        click.echo(as_text(), nl=False)
        ctx.exit()


@click.command()
@FILES
@click.option("--sql", help='Satu SELECT, misalnya "SELECT kode, sisa FROM akun WHERE serapan < 80".')
@click.option("--tanya", metavar="NAMA", help="Pertanyaan siap pakai; --contoh menyebut namanya.")
@click.option("--tables", is_flag=True, help="Sebutkan tabel dan kolomnya.")
@click.option(
    "--contoh",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_questions,
    help="Pertanyaan siap pakai.",
)
@FORMAT_OF_QUERY
@OUTPUT
@FORCE
@FAIL_ON
@manyfold
def query(  # noqa: PLR0913 - one a choice of the user
    berkas: tuple[Path, ...],
    sql: str | None,
    tanya: str | None,
    form: str,
    output: Path | None,
    fail_on: str,
    *,
    tables: bool,
    **many: Any,  # noqa: ANN401 - click gives options by name
) -> int:
    """Tanyakan apa saja dengan SQL: rincian, setiap tingkat, bulanan, angka tercetak, temuan.

    Tanpa --sql dan --tanya: tanya jawab di terminal. Pertanyaan hanya dapat membaca tabel itu, tidak ada yang lain.

    \b
    Contoh:
      lkj query FA-Desember.xlsx --tanya sisa-terbesar
      lkj query FA-Desember.xlsx --sql "SELECT kode, sisa FROM akun WHERE kode LIKE '%6871%' AND serapan < 80"
      lkj query data.parquet --sql "SELECT satker, jumlah(sisa) FROM rincian GROUP BY ALL"
      lkj query FA-Juli.xlsx FA-Agustus.xlsx --tanya item-bergerak --format xlsx -o gerak.xlsx
    """
    from lkj_xlsx.asking import open_files
    from lkj_xlsx.delivery import deliver
    from lkj_xlsx.inputs import gather
    from lkj_xlsx.query_answer import answer, tables_as_text
    from lkj_xlsx.questions import sql_of
    from lkj_xlsx.whole_file import refuse_targets

    inputs, force = gather(berkas), many["force"]
    refuse_targets(output, force=force, inputs=inputs.paths)
    asked = sql_of(tanya) if tanya else sql
    with work_on(inputs, "membaca", many) as how:
        database, found = open_files(inputs, how)
    if tables:
        click.echo(tables_as_text(), nl=False)
    elif asked is None and sys.stdin.isatty():
        from lkj_xlsx.prompt import converse

        code = tell(found, fail_on)
        converse(database)
        return code
    else:
        deliver(answer(database.ask(asked or sys.stdin.read())), form, output, force=force)
    return tell(found, fail_on)
