"""The command line: arguments in, one library call, exit code out."""

from pathlib import Path
from typing import IO, Any

import click

from lkj_xlsx.cli_query import query
from lkj_xlsx.cli_show import show
from lkj_xlsx.finding import listed
from lkj_xlsx.options import (
    FAIL_ON,
    FILES,
    FORCE,
    FORMAT,
    GABUNG,
    LEVEL,
    OUTPUT,
    PERIODE,
    Lkj,
    checked_periode,
    code_of,
    manyfold,
    tell,
    work_on,
)


@click.group(cls=Lkj, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="lkj-xlsx", message="lkj %(version)s")
def main() -> None:
    """Lampiran Laporan Kinerja dari ekspor anggaran SAKTI.

    \b
    Contoh:
      lkj report FA-Detail-Desember.xlsx kinerja.xlsx -o lampiran.xlsx
      lkj check FA-Detail-Desember.xlsx LKj-tercetak.xlsx --mark LKj-diperiksa.xlsx
      lkj show FA-Detail-Desember.xlsx --level kegiatan
      lkj diff FA-Detail-November.xlsx FA-Detail-Desember.xlsx
      lkj query FA-Detail-Desember.xlsx --tanya sisa-terbesar
      lkj consolidate ekspor-kementerian/ -o data.parquet
      lkj template kinerja.xlsx

    \b
    Kode keluar: 0 bersih, 1 ada temuan, 2 ditolak, 70 kesalahan program, 130 dihentikan.
    """


@main.command()
@FILES
@OUTPUT
@PERIODE
@FORCE
@FAIL_ON
@GABUNG
@click.option("--per", type=click.Choice(["satker"]), help="Satu lampiran untuk setiap satker, di folder -o.")
@manyfold
def report(berkas: tuple[Path, ...], output: Path | None, fail_on: str, **asked: Any) -> int:  # noqa: ANN401 - click gives options by name
    """Tulis workbook lampiran: Ringkasan, Tabel 1, B.1, C.1, Belanja, Rincian, Temuan.

    \b
    Contoh:
      lkj report FA-Detail-Desember.xlsx
      lkj report FA-Detail-Desember.xlsx kinerja.xlsx -o lampiran.xlsx --force
      lkj report ekspor-kementerian/ --per satker -o lampiran/
      lkj report "ekspor/*-12.xlsx" --gabung -o lampiran-kementerian.xlsx
    """
    from lkj_xlsx.inputs import gather
    from lkj_xlsx.report import write_report
    from lkj_xlsx.reports import write_reports

    periode, inputs = checked_periode(asked["periode"]), gather(berkas)
    if asked["per"] and (asked["gabung"] or output is None):
        message = "--per satker menulis ke folder -o FOLDER, dan tidak dipakai bersama --gabung"
        raise click.UsageError(message)
    with work_on(inputs, "menyusun lampiran", asked) as how:
        if asked["per"] and output is not None:
            reports, found = write_reports(inputs, output, periode, how, force=asked["force"])
            paths = [one.path for one in reports]
        else:
            done = write_report(inputs, output, periode, how, force=asked["force"], is_merged=asked["gabung"])
            paths, found = [done.path], done.findings
    code = tell(found, fail_on)
    for path in paths:
        click.echo(path)
    return code


def _print_catalogue(ctx: click.Context, _option: click.Parameter, is_asked: bool) -> None:
    """Print every finding there is, and end."""
    if is_asked:
        from lkj_xlsx.checks import arti
        from lkj_xlsx.listing import catalogue_as_text

        click.echo(catalogue_as_text(arti()), nl=False)
        ctx.exit()


@main.command()
@FILES
@FORMAT
@OUTPUT
@click.option(
    "--mark",
    "copy",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="SALINAN.xlsx",
    help="Tulis salinan BERKAS pertama dengan sel yang salah diwarnai dan diberi catatan.",
)
@FORCE
@FAIL_ON
@manyfold
@click.option(
    "--list", is_flag=True, is_eager=True, expose_value=False, callback=_print_catalogue, help="Semua temuan."
)
def check(
    berkas: tuple[Path, ...],
    form: str,
    output: Path | None,
    copy: Path | None,
    fail_on: str,
    **asked: Any,  # noqa: ANN401 - as above
) -> int:
    """Periksa berkas apa saja: apa yang salah, di sel mana, dan berapa seharusnya.

    Ekspor SAKTI, beberapa bulan, workbook kita dan tabel tercetak boleh dicampur; semuanya dibandingkan.

    \b
    Contoh:
      lkj check FA-Juli.xlsx FA-Agustus.xlsx --format json
      lkj check LKj-tercetak.xlsx FA-Desember.xlsx --mark LKj-diperiksa.xlsx
      lkj check ekspor-kementerian/ --fail-on peringatan
    """
    from lkj_xlsx.delivery import deliver
    from lkj_xlsx.examination import audit
    from lkj_xlsx.inputs import gather
    from lkj_xlsx.listing import answer
    from lkj_xlsx.whole_file import refuse_targets

    inputs, force = gather(berkas), asked["force"]
    refuse_targets(output, copy, force=force, inputs=inputs.paths)
    with work_on(inputs, "memeriksa", asked) as how:
        verdict = audit(inputs, how)
    if copy is None:
        deliver(answer(verdict), form, output, force=force)
    else:
        from lkj_xlsx.mark import marked

        first = inputs.files[0]
        with marked(first.path, verdict.findings, copy, force=force, known_as=first.name) as lacking:
            deliver(answer(verdict), form, output, force=force)
        for warning in lacking:
            click.echo(f"lkj: {copy}: {warning}", err=True)
        click.echo(f"lkj: salinan yang diwarnai: {copy}", err=True)
    if form != "teks" or output is not None:
        click.echo(verdict.tally, err=True)
    return code_of(verdict.findings, fail_on)


@main.command()
@click.argument("lama", type=click.Path(path_type=Path))
@click.argument("baru", type=click.Path(path_type=Path))
@LEVEL
@FORMAT
@OUTPUT
@FORCE
@FAIL_ON
def diff(  # noqa: PLR0913 - one a choice of the user
    lama: Path, baru: Path, levels: tuple[str, ...], form: str, output: Path | None, fail_on: str, *, force: bool
) -> int:
    """Bandingkan dua berkas satu satker: pagu, realisasi, yang baru, yang hilang, yang berganti nama.

    \b
    Contoh:
      lkj diff FA-Juli.xlsx FA-Agustus.xlsx --level akun
      lkj diff FA-semula.xlsx FA-revisi.xlsx --level item --format xlsx -o perubahan.xlsx
    """
    from lkj_xlsx.combining import combine
    from lkj_xlsx.delivery import Answer, deliver
    from lkj_xlsx.diff import as_csv, as_json, as_table, compare, notes, total
    from lkj_xlsx.examination import found_in_reading
    from lkj_xlsx.inputs import Input, told_apart
    from lkj_xlsx.intake import Intake
    from lkj_xlsx.readers import read
    from lkj_xlsx.whole_file import refuse_targets

    refuse_targets(output, force=force, inputs=(lama, baru))
    given = told_apart([Input(path, path.name) for path in (lama, baru)])
    intake = Intake(tuple(read(one.path, one.name) for one in given))
    old, new = (combine([budget]) for budget in intake.budgets)
    changes, closing = compare(old, new, levels), total(old, new)

    def teks(file: IO[str]) -> None:
        from lkj_xlsx.terminal import print_changes

        print_changes(changes, closing, (old, new), file=file)

    answer = Answer(teks, lambda: as_csv(changes), lambda: as_json(changes), lambda: as_table(changes, closing))
    deliver(answer, form, output, force=force, identity=new.identity)
    for line in notes(old, new):
        click.echo(f"lkj: {line}", err=True)
    return tell(found_in_reading(intake), fail_on)


@main.command()
@FILES
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder, misalnya data.parquet.",
)
@FAIL_ON
@manyfold
def consolidate(berkas: tuple[Path, ...], output: Path, fail_on: str, **asked: Any) -> int:  # noqa: ANN401 - as above
    """Kumpulkan banyak ekspor ke satu folder Parquet menurut tahun, bulan dan satker.

    Berkas yang tidak berubah tidak dibaca lagi. Folder itu masukan seperti yang lain: lkj query data.parquet.

    \b
    Contoh:
      lkj consolidate ekspor-kementerian/ -o data.parquet
      lkj consolidate "ekspor/2024-*/*.xlsx" -o data.parquet --scheduler tcp://10.0.0.5:8786
    """
    from lkj_xlsx.consolidate import consolidate as keep
    from lkj_xlsx.inputs import gather

    inputs = gather(berkas)
    with work_on(inputs, "mengumpulkan", asked) as how:
        done = keep(inputs, output, how, is_fresh=asked["no_cache"])
    counts = {"baru": done.new, "diganti": done.replaced, "tidak berubah": done.unchanged, "kembar": done.twins}
    click.echo(f"lkj: {', '.join(f'{len(names)} {word}' for word, names in counts.items())}", err=True)
    if done.twins:
        click.echo(f"lkj: isinya sama dengan berkas lain, tidak diulang: {listed(done.twins)}", err=True)
    code = tell(done.findings, fail_on)
    click.echo(output)
    return code


@main.command()
@click.argument("keluaran", type=click.Path(path_type=Path, dir_okay=False))
@FORCE
def template(keluaran: Path, *, force: bool) -> None:
    """Tulis workbook masukan kosong, siap diisi: Identitas, Anggaran, Kinerja, Skala.

    \b
    Contoh:
      lkj template kinerja.xlsx
    """
    from lkj_xlsx.template import write_template

    write_template(keluaran, force=force)
    click.echo(keluaran)


main.add_command(query)
main.add_command(show)
