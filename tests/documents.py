"""Documents made line by line: what tests of joins are made of."""

from lkj_xlsx.finding import Finding
from lkj_xlsx.kode import ROOT, Path, parse, place
from lkj_xlsx.model import RPD, Budget, Identity, Line, frame_of

SHEET = "S"


def path(code: str) -> Path:
    """Give the whole path of a code such as `WA.4321.EBA.994.001.0A.521211.000007`."""
    return place(parse(code) or {}, ROOT)


def line(
    code: str, row: int = 0, sumber: str = "", months: list[int | None] | None = None, **amounts: int | None
) -> Line:
    """Make a row; `months` are its RPD, from January on."""
    plan = {} if months is None else dict(zip(RPD, [*months, *[0] * (12 - len(months))], strict=True))
    return Line(path(code), code, {**amounts, **plan}, SHEET, row, sumber_dana=sumber)


def document(file: str, *lines: Line, items: tuple[Line, ...] = (), **identity: str | int) -> Budget:
    """Make a document whose pagu stands in column C and whose realisasi in column D, where it has any."""
    stated = {name for one in lines for name in one.amounts}
    columns = {
        name: column
        for column, name in enumerate(("kode", "uraian", "pagu", "realisasi"))
        if column < 2 or name in stated
    }
    return Budget(file, file, Identity(**identity), frame_of(lines), frame_of(items), columns)  # type: ignore[arg-type]  # the values of a test are as Identity has them


def told(findings: tuple[Finding, ...] | list[Finding]) -> list[tuple[str, str, str]]:
    """Give code, severity and place of findings."""
    return [(one.code, one.severity.value, str(one.where)) for one in findings]
