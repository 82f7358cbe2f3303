"""`lkj show`: its options, and the way from them to rows."""

from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from lkj_xlsx.options import (
    FAIL_ON,
    FILES,
    FORCE,
    FORMAT,
    GABUNG,
    LEVEL,
    OUTPUT,
    PERIODE,
    checked_periode,
    manyfold,
    tell,
    work_on,
)

if TYPE_CHECKING:
    from lkj_xlsx.inputs import Inputs
    from lkj_xlsx.show import Choice


@click.command()
@FILES
@LEVEL
@click.option("--by", metavar="TINGKAT", help="Jumlahkan menurut kode ini, di cabang mana pun: akun, jenis-belanja, …")
@click.option("--kode", help="Hanya kode ini dan yang di bawahnya: 6709, QGE.001, CQ.*, *.521211, 5241??.")
@click.option("--where", metavar="SYARAT", help='Misalnya "serapan < 90 and sisa > 1000000".')
@click.option("--kolom", metavar="KOLOM,…", help="Kolom yang ditampilkan, misalnya pagu,blokir,sisa,serapan.")
@click.option(
    "--bulanan", is_flag=True, help="Realisasi s.d. setiap bulan berdampingan; berikan berkas beberapa bulan."
)
@click.option("--total", is_flag=True, help="Tambahkan jumlah baris yang ditampilkan (satu tingkat saja).")
@click.option("--sort", metavar="KOLOM", help="Urutkan, terbesar dulu.")
@click.option("--reverse", is_flag=True, help="Balik urutan --sort: terkecil dulu.")
@click.option("--top", type=click.IntRange(min=1), help="Hanya sekian baris pertama.")
@FORMAT
@OUTPUT
@PERIODE
@FORCE
@FAIL_ON
@GABUNG
@manyfold
def show(berkas: tuple[Path, ...], output: Path | None, form: str, fail_on: str, **asked: Any) -> int:  # noqa: ANN401 - click gives options by name
    """Tampilkan anggaran per kode: pagu, realisasi, sisa, serapan.

    \b
    Contoh:
      lkj show FA.xlsx --level kegiatan
      lkj show FA.xlsx --kode 6871 --level akun --where "serapan < 80" --sort sisa
      lkj show FA.xlsx --level ro --sort sisa --top 10 --format csv -o sisa.csv
    """
    from lkj_xlsx.delivery import Answer, deliver
    from lkj_xlsx.examination import examine
    from lkj_xlsx.inputs import gather
    from lkj_xlsx.show import SHOWN, Choice, columns_of, select, sum_of, total_of
    from lkj_xlsx.show_answer import as_csv, as_json, as_table
    from lkj_xlsx.whole_file import refuse_targets

    inputs = gather(berkas)
    refuse_targets(output, force=asked["force"], inputs=inputs.paths)
    given = tuple(name.strip() for name in asked["kolom"].split(",")) if asked["kolom"] else ()
    choice = Choice(
        *(asked["levels"], asked["kode"], asked["where"], asked["sort"], asked["reverse"], asked["top"], asked["by"]),
        given or SHOWN,
    )
    if asked["bulanan"]:
        if asked["total"] or given or asked["periode"]:
            message = "--bulanan tidak dipakai bersama --total, --kolom atau --periode"
            raise click.UsageError(message)
        return _show_months(inputs, choice, form, output, fail_on, asked)
    with work_on(inputs, "membaca", asked) as how:
        examination = examine(inputs, checked_periode(asked["periode"]), how, is_merged=asked["gabung"])
    nodes = select(examination.budget, examination.rollup, choice)
    totals = [*([sum_of(nodes)] if asked["total"] else []), total_of(examination.rollup)]
    if not nodes:
        click.echo("lkj: tidak ada baris yang cocok dengan pilihan ini", err=True)
    identity = examination.budget.identity
    is_tree = choice.sort is None and not choice.levels and choice.by is None

    def teks(file: IO[str]) -> None:
        from lkj_xlsx.terminal import print_nodes

        print_nodes(nodes, totals, identity, is_tree=is_tree, columns=choice.columns, file=file)

    data = given or columns_of(examination.budget)
    answer = Answer(teks, lambda: as_csv(nodes, data), lambda: as_json(nodes, data), lambda: as_table(nodes, data))
    deliver(answer, form, output, force=asked["force"], identity=identity)
    return tell(examination.findings, fail_on)


def _show_months(
    inputs: "Inputs",
    choice: "Choice",
    form: str,
    output: Path | None,
    fail_on: str,
    asked: dict[str, Any],
) -> int:
    """Show months side by side."""
    from lkj_xlsx.delivery import deliver
    from lkj_xlsx.examination import found_in_reading
    from lkj_xlsx.intake import take_in
    from lkj_xlsx.month_columns import side_by_side
    from lkj_xlsx.query_answer import answer

    with work_on(inputs, "membaca", asked) as how:
        intake = take_in(inputs, how)
    deliver(answer(side_by_side(intake.budgets, choice)), form, output, force=asked["force"])
    return tell(found_in_reading(intake), fail_on)
