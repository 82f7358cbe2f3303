"""What `lkj` is measured beside, one process a run: `python benchmarks/contenders.py NAME FILE`.

`analyst` is the script that an analyst writes in an afternoon: read, loop, group, write.
"""

import re
import sys
import zipfile
from pathlib import Path
from typing import Final

CHUNK: Final = 2**22
PAGU, REALISASI, AKUN, PROGRAM, KRO, KOMPONEN, SUB = 16, 25, 7, 1, 2, 4, 5


def start(_path: Path) -> None:
    """Only start Python and import what a report needs."""
    import pandas  # noqa: F401, ICN001, PLC0415 - imported to be measured
    import xlsxwriter  # noqa: F401, PLC0415 - as above


def inflate(path: Path) -> None:
    """Inflate the sheet and look at none of it: the floor of any reader."""
    with zipfile.ZipFile(path) as archive, archive.open("xl/worksheets/sheet1.xml") as sheet:
        while sheet.read(CHUNK):
            pass


def calamine(path: Path) -> None:
    """Parse the sheet with bare python-calamine."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - each contender pays only for itself

    CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)


def fastexcel(path: Path) -> None:
    """Parse the sheet into polars."""
    import fastexcel as engine  # noqa: PLC0415 - as above

    engine.read_excel(path).load_sheet(0, header_row=None, dtypes="string").to_polars()


def analyst(path: Path) -> None:
    """Read with pandas and openpyxl, carry the codes down in a loop, group, and write the sums."""
    import pandas as pd  # noqa: PLC0415 - as above

    frame = pd.read_excel(path, header=None, dtype=object, engine="openpyxl")
    codes: dict[int, str] = {}
    rows = []
    for _, row in frame.iterrows():
        for column in (PROGRAM, KRO, KOMPONEN, SUB, AKUN):
            if isinstance(row[column], str) and not row[column].startswith("*"):
                codes[column] = row[column]
                if column == AKUN and re.fullmatch(r"\d{6}", row[column]):
                    rows.append(
                        (*(codes.get(c, "") for c in (PROGRAM, KRO, KOMPONEN, SUB, AKUN)), row[PAGU], row[REALISASI])
                    )
    leaves = pd.DataFrame(rows, columns=["program", "kro", "komponen", "sub", "akun", "pagu", "realisasi"])
    sums = leaves.groupby(["program", "kro"])[["pagu", "realisasi"]].sum()
    sums.to_excel(path.with_suffix(".analis.xlsx"), engine="openpyxl")


if __name__ == "__main__":
    {one.__name__: one for one in (start, inflate, calamine, fastexcel, analyst)}[sys.argv[1]](Path(sys.argv[2]))
