"""Several satker as one budget: every leaf of each, with the file it stands in; nothing is added before the roll-up.

Of each satker and year the document that `combine` takes counts. All must be of one year; a satker whose latest figures
are of another month than the others' is told of, for a sum of unlike months says nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Final

import pandas as pd

from lkj_xlsx.case import grouped
from lkj_xlsx.combining import combine
from lkj_xlsx.errors import BadRequest
from lkj_xlsx.finding import Finding, Severity, Where, listed
from lkj_xlsx.model import FILE, RPD, SUMBER_DANA, Budget, Identity

MONTHS_DIFFER: Final = "X208"
SAME: Final = ("tahun", "bagian_anggaran", "unit_eselon_i", "kementerian")
"""What a merged budget says of whose figures it holds, where all say the same."""


def merge(budgets: Sequence[Budget], periode: str | None = None) -> Budget:
    """Put the leaves of several satker together; indicators, scale and signature come from whoever brings them.

    Raises BadRequest for documents of several years, or where a satker's own do not fit together.
    """
    groups = list(grouped(budgets).values())
    mains = [combine(own, periode) for own in groups if any(len(budget.lines) for budget in own)]
    if len(mains) < 2:  # noqa: PLR2004 - nothing to merge
        return combine(budgets, periode)
    years = sorted({main.identity.tahun for main in mains if main.identity.tahun})
    if len(years) > 1:
        message = f"--gabung: berkas dari tahun {', '.join(map(str, years))}; berikan satu tahun, atau --periode"
        raise BadRequest(message)
    timeless = [budget for own in groups for budget in own if not any(len(each.lines) for each in own)]
    return Budget(
        file=f"{len(mains)} berkas",
        format=" / ".join(dict.fromkeys(main.format for main in mains)),
        identity=_identity(mains, timeless),
        lines=_rows(mains, "lines"),
        printed=_rows(mains, "printed"),
        columns=mains[0].columns,
        indikator=next((one.indikator for one in (*timeless, *mains) if one.indikator), ()),
        skala=next((one.skala for one in (*timeless, *mains) if one.skala), ()),
        findings=(*(one for main in mains for one in main.findings), *_unlike_months(mains)),
    )


def _rows(mains: Sequence[Budget], which: str) -> pd.DataFrame:
    """Put the rows of all documents one under another, each with its file."""
    own = [(main.file, getattr(main, which)) for main in mains]
    frames = [frame.assign(**{FILE: pd.Series(file, frame.index, dtype=object)}) for file, frame in own]
    together: pd.DataFrame = pd.concat(frames, ignore_index=True)
    if SUMBER_DANA in together:
        together[SUMBER_DANA] = together[SUMBER_DANA].fillna("").astype(object)
    return together.astype({name: "Int64" for name in RPD if name in together})


def _identity(mains: Sequence[Budget], timeless: Sequence[Budget]) -> Identity:
    """Say what all satker share; who signs, from what the officer typed."""
    shared = {
        name: values.pop() if len(values := {getattr(main.identity, name) for main in mains}) == 1 else None
        for name in SAME
    }
    typed = {
        field.name: next((value for one in timeless if (value := getattr(one.identity, field.name))), None)
        for field in fields(Identity)
    }
    months = [main.identity.bulan for main in mains if main.identity.bulan]
    own = Identity(**{**typed, **{name: value for name, value in shared.items() if value is not None}})
    name = own.nama_satker or f"Gabungan {len(mains)} satuan kerja"
    return replace(own, nama_satker=name, kode_satker=None, bulan=max(months, default=None))


def _unlike_months(mains: Sequence[Budget]) -> Iterator[Finding]:
    """X208: the latest figures of some satker are of another month than those of the others."""
    latest = max((main.identity.periode or "" for main in mains), default="")
    behind = [main for main in mains if (main.identity.periode or "") != latest]
    if behind:
        words = listed([f"{one.file} ({one.identity.periode or 'tidak disebut'})" for one in behind])
        message = f"digabung dengan {latest}, tetapi {len(behind)} satker berakhir di bulan lain: {words}"
        yield Finding(MONTHS_DIFFER, Severity.PERINGATAN, Where(behind[0].file), message)
