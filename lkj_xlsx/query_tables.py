"""The tables of `lkj query` (schemas.py), as frames made of documents."""

from collections.abc import Callable, Sequence
from functools import cached_property

import pandas as pd

from lkj_xlsx.case import grouped, unsettled
from lkj_xlsx.checks import check
from lkj_xlsx.combining import combine, ranked
from lkj_xlsx.errors import BadRequest
from lkj_xlsx.extras import PLANNED, planned, sources_of
from lkj_xlsx.joining import SPENT, brings, is_postings, join
from lkj_xlsx.kode import Level, level_of, spell
from lkj_xlsx.model import BULAN, CODES, FILE, PERSEN, RPD, SUMBER_DANA, Budget, Identity, paths
from lkj_xlsx.planned_months import planned_by_month
from lkj_xlsx.rollup import Rollup, roll_up
from lkj_xlsx.rupiah import spell as rupiah
from lkj_xlsx.schemas import SCHEMAS


class Tables:
    """What some documents say, a frame a table; each is made only when it is asked for."""

    def __init__(self, budgets: Sequence[Budget]) -> None:
        """Choose whose lines count, and join to them what they lack.

        Raises BadRequest when no document has lines, two speak of one month, or one may be of several satker.
        """
        self.budgets = tuple(budgets)
        _refuse_unsettled(self.budgets)
        groups = [own for own in grouped(self.budgets).values() if any(len(budget.lines) for budget in own)]
        self.mains = tuple(combine(own) for own in groups) or (combine(self.budgets),)
        self._monthly = tuple(tuple(monthly(own)) for own in groups) or ((),)
        self.months = tuple(budget for months in self._monthly for budget in months)

    def frame(self, name: str) -> pd.DataFrame:
        """Give one table, in the columns and types of its schema."""
        makers: dict[str, Callable[[], list[pd.DataFrame]]] = {
            "rincian": lambda: [_leaves(budget, budget.lines) for budget in self.mains],
            "item": lambda: [_leaves(budget, _items(budget)) for budget in self.mains],
            "bulanan": lambda: [_leaves(budget, budget.lines) for budget in self.months],
            "item_bulanan": lambda: [_leaves(budget, _items(budget)) for budget in self.months],
            "rpd_bulanan": lambda: [
                planned_by_month(main, months) for main, months in zip(self.mains, self._monthly, strict=True)
            ],
            "jenis_belanja": lambda: [
                _nodes(budget, rollup.jenis_belanja) for budget, rollup in zip(self.mains, self._rollups, strict=True)
            ],
            "tercetak": lambda: [
                _printed(table) for budget in self.budgets for table in (budget, *budget.others) if len(table.printed)
            ],
            "temuan": lambda: [self._findings()],
        }
        made = makers[name]() if name in makers else self._level(Level(name))
        columns = list(SCHEMAS[name])
        return pd.concat([*made, pd.DataFrame(columns=columns)], ignore_index=True)[columns]

    @cached_property
    def _rollups(self) -> tuple[Rollup, ...]:
        return tuple(roll_up(budget) for budget in self.mains)

    def _level(self, level: Level) -> list[pd.DataFrame]:
        return [_nodes(budget, rollup.cut(level)) for budget, rollup in zip(self.mains, self._rollups, strict=True)]

    def _findings(self) -> pd.DataFrame:
        rows = [
            {
                "kode": finding.code,
                "tingkat": finding.severity.value,
                "berkas": finding.where.file,
                "lembar": finding.where.sheet,
                "sel": finding.where.cell,
                "temuan": finding.message,
                "tertulis": _text(finding.printed),
                "seharusnya": _text(finding.expected),
                "karena": finding.reasons or None,
            }
            for finding in check(ranked(self.budgets)).findings
        ]
        return pd.DataFrame(rows, columns=list(SCHEMAS["temuan"]))


def _refuse_unsettled(budgets: Sequence[Budget]) -> None:
    """Refuse a document that may be of several satker or years: its figures would count beside theirs."""
    for budget, homes in unsettled(budgets):
        files = " dan ".join(home.file for home in homes)
        message = (
            f"{budget.file} tidak menyebut satker dan tahunnya, dan cocok dengan {files}; berikan satu satker saja"
        )
        raise BadRequest(message)


def monthly(budgets: Sequence[Budget]) -> list[Budget]:
    """Give one document a month, joined with those of no month: SAKTI's before a typed one.

    Raises BadRequest for two alike.
    """
    months: dict[int, Budget] = {}
    for budget in ranked([budget for budget in budgets if budget.identity.bulan and len(budget.lines)]):
        bulan = budget.identity.bulan or 0
        known = months.setdefault(bulan, budget)
        if known is not budget and known.format == budget.format:
            message = f"{known.file}, {budget.file}: dua berkas untuk {BULAN[bulan - 1]}; berikan satu"
            raise BadRequest(message)
    timeless = [budget for budget in ranked(budgets) if not budget.identity.bulan and len(budget.lines)]
    return [_of_month(months[bulan], timeless) for bulan in sorted(months)]


def _of_month(month: Budget, timeless: Sequence[Budget]) -> Budget:
    """Join a month with what documents of no month bring; a list of postings is itself joined to their lines."""
    bases = [budget for budget in timeless if is_postings(month) and not brings(budget, SPENT)]
    for base in bases:
        done = join(base, [month, *(budget for budget in timeless if budget is not base)])
        if done.taken[0]:
            return done.budget
    return join(month, timeless).budget


def _with_whose(frame: pd.DataFrame, identity: Identity) -> pd.DataFrame:
    """Say in each row whose figures it holds."""
    satker = identity.kode_satker or identity.nama_satker
    return frame.reset_index(drop=True).assign(satker=satker, tahun=identity.tahun, bulan=identity.bulan)


def _items(budget: Budget) -> pd.DataFrame:
    return budget.printed[budget.printed["item"] != ""]


def _leaves(budget: Budget, lines: pd.DataFrame) -> pd.DataFrame:
    """Lay lines out as LEAF."""
    frame = _with_codes(budget, lines)
    frame[PLANNED] = planned(lines, budget.identity.bulan).to_numpy() if RPD[0] in lines else None
    frame["sisa"] = frame["pagu"] - frame["realisasi"]
    frame["jenis_belanja"] = [akun[:2] or None if akun else None for akun in lines["akun"]]
    return frame


def _with_codes(budget: Budget, lines: pd.DataFrame) -> pd.DataFrame:
    frame = _with_whose(lines, budget.identity)
    frame["kode"] = [spell(path) or None for path in paths(frame)]
    for code in CODES:
        frame[code] = frame[code].where(frame[code] != "", None)
    frame[SUMBER_DANA] = _sources(lines)
    return frame.assign(
        berkas=lines[FILE].to_numpy() if FILE in lines else budget.file, lembar=frame["sheet"], baris=frame["row"] + 1
    )


def _nodes(budget: Budget, nodes: pd.DataFrame) -> pd.DataFrame:
    """Lay the nodes of a roll-up out."""
    frame = _with_whose(nodes, budget.identity).assign(tingkat=nodes["level"].to_numpy())
    for code in CODES:
        if code in frame:
            frame[code] = frame[code].where(frame[code] != "", None)
    frame[SUMBER_DANA] = _sources(nodes)
    return frame if PLANNED in frame else frame.assign(**{PLANNED: None})


def _sources(frame: pd.DataFrame) -> list[str | None]:
    return [source or None for source in sources_of(frame)]


def _printed(table: Budget) -> pd.DataFrame:
    """Lay printed rows out: `jumlah` are totals under a label of their own."""
    frame = _with_codes(table, table.printed)
    frame["tingkat"] = [level.value if (level := level_of(path)) else None for path in paths(table.printed)]
    frame["jumlah"] = table.printed["is_total"].to_numpy()
    frame["persen"] = [None if value is None else str(value) for value in table.printed[PERSEN]]
    return frame


def _text(value: int | str | None) -> str | None:
    return rupiah(value) if isinstance(value, int) else value
