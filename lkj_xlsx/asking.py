"""Open files for questions: kept documents where they stand, anything else read; with what was found while reading."""

from collections.abc import Sequence

from lkj_xlsx.database import Database, Stored
from lkj_xlsx.engine import How
from lkj_xlsx.finding import Finding
from lkj_xlsx.inputs import Input, Inputs
from lkj_xlsx.model import Budget
from lkj_xlsx.stored_tables import StoredTables, stored_tables


def open_files(inputs: Inputs, how: How) -> tuple[Database, tuple[Finding, ...]]:
    """Give a database of the files, and what was found while reading them, as examination.found_in_reading does."""
    tables = stored_tables(inputs)
    if tables is not None:
        return Database(Stored(tables, lambda: _read(inputs, how)[0])), _noted(tables, how)
    budgets, found = _read(inputs, how)
    return Database(budgets), found


def _read(inputs: Inputs, how: How) -> tuple[Sequence[Budget], tuple[Finding, ...]]:
    from lkj_xlsx.examination import found_in_reading
    from lkj_xlsx.intake import take_in

    intake = take_in(inputs, how)
    return intake.budgets, found_in_reading(intake, how)


def _noted(tables: StoredTables, how: How) -> tuple[Finding, ...]:
    """Give what was found while reading kept documents: only those satker are read of which there is any."""
    noted = Inputs(tuple(Input(path, path.name) for path in tables.noted))
    return _read(noted, how)[1] if noted.files else ()
