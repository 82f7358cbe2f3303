"""SAKTI "Laporan Ketersediaan Dana Detail" (GLP039, "FA Detail 16 segmen"), as SAKTI writes it or re-saved.

Made by JasperReports from SAKTI's module GLP. Row 1 title with the year, 2 the levels chosen, 3 the period, 4-6
identity, 7-8 headings, 9 JUMLAH SELURUHNYA, then one row a code, each level in its own code column and its name
somewhere to the right. Source: two real exports at item depth and FORMATS.md section 1 (nine real files measured).
From documentation alone, no real file seen: the CSV and the web page of the same grid (FORMATS.md 2, 3), transactions
below the items, and exports that stop above the akun, whose deepest rows are then the leaves (1.5).
"""

from collections.abc import Iterator
from typing import Final

from lkj_xlsx.errors import UnreadableFile
from lkj_xlsx.finding import Finding, Severity, Where
from lkj_xlsx.kode import LEVELS, ROOT
from lkj_xlsx.model import FIGURES, PERSEN, Budget, Line, leaf_places
from lkj_xlsx.readers.glp039_columns import RUPIAH, Columns
from lkj_xlsx.readers.glp039_head import LEVEL_WORDS, TOTAL, Head, find_total, read_head, title_row
from lkj_xlsx.readers.glp039_rows import Body
from lkj_xlsx.sheet import Document, Sheet, unread

FORMAT: Final = "SAKTI GLP039 (Laporan Ketersediaan Dana Detail)"

NO_TOTAL, OTHER_DEPTH = "R204", "R215"


def identify(document: Document) -> bool:
    """Tell whether any sheet opens with the report's title."""
    return bool(_sheets(document))


def _sheets(document: Document) -> list[Sheet]:
    return [sheet for sheet in document.sheets if title_row(sheet) is not None]


def read(document: Document) -> Budget:
    """Read an export of any depth; akun rows are the leaves, items and totals are kept as printed.

    Where it stops above the akun, its deepest rows are the leaves. Raises UnreadableFile for two reports in one file,
    or a report without one whole row.
    """
    sheets = _sheets(document)
    if len(sheets) > 1:
        names = ", ".join(f"`{sheet.name}`" for sheet in sheets)
        message = f"{document.file}: berisi {len(sheets)} laporan GLP039 ({names}); simpan satu laporan satu berkas"
        raise UnreadableFile(message)
    (sheet,) = sheets
    findings = unread(document, {sheet.name})
    total_row = find_total(sheet)
    columns = Columns(sheet, total_row, findings)
    head = read_head(sheet, range(columns.first_row), findings)
    total, cells = _total(sheet, columns, total_row, findings)
    body = Body(sheet, columns, head.levels, findings)
    findings.extend(body.transactions.compare(body.lines, head.identity))
    findings.extend(_other_depth(sheet, columns, head, body))
    lines = body.lines
    leaves = leaf_places(lines.paths)
    for place in sorted(lines.told.keys() & set(leaves)):
        columns.report_empty(lines.told[place])
    others = sorted(set(range(len(lines))).difference(leaves))
    totals = [lines.add(line) for line in total]
    return Budget(
        file=sheet.file,
        format=FORMAT,
        identity=head.identity,
        lines=lines.frame(leaves),
        printed=lines.frame([*totals, *others]),
        columns=columns.by_name,
        cells=cells,
        findings=tuple(findings),
    )


def _total(
    sheet: Sheet, columns: Columns, row: int | None, findings: list[Finding]
) -> tuple[list[Line], dict[tuple[str, int, str], Where]]:
    """Read JUMLAH SELURUHNYA by order: its letters are not those of the rows below it."""
    by_name = columns.of_total
    if row is None or by_name is None:
        count = 0 if row is None else len(columns.figures_of(sheet.rows[row]))
        message = (
            f"baris {TOTAL} tidak ada; jumlahnya tidak dapat diuji"
            if row is None
            else f"{TOTAL} punya {count} angka, bukan tujuh; tidak dapat diuji"
        )
        severity = Severity.PERINGATAN if row is None else Severity.ERROR
        where = sheet.where(row or 0, 0)
        findings.append(Finding(NO_TOTAL, severity, where, message, sheet.text(row or 0, 0) or None))
        return [], {}
    amounts = columns.amounts(row, {name: by_name[name] for name in RUPIAH})
    cells = {(sheet.name, row, name): sheet.where(row, by_name[name]) for name in FIGURES}
    persen = columns.persen(row, sheet.rows[row], by_name[PERSEN])
    return [Line(ROOT, TOTAL, amounts, sheet.name, row, is_total=True, persen=persen)], cells


def _other_depth(sheet: Sheet, columns: Columns, head: Head, body: Body) -> Iterator[Finding]:
    """R215: the rows go deeper, or less deep, than the levels that row 2 says were chosen."""
    if head.levels_row is None or not head.levels or not body.depths:
        return
    said = max(level.depth for level in head.levels)
    seen = max(body.depths)
    if said == seen:
        return
    words = {level: word for word, level in LEVEL_WORDS.items()}
    message = f"judul menyebut sampai {words[LEVELS[said]]}, barisnya sampai {words[LEVELS[seen]]}"
    if seen < said:
        message += "; ada baris yang hilang: unduh lagi dari SAKTI"
    because = (sheet.where(body.depths[seen], columns.by_name["pagu"]),)
    yield Finding(OTHER_DEPTH, Severity.PERINGATAN, sheet.where(head.levels_row, 0), message, because=because)
