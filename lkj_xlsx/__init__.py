"""From SAKTI budget exports to the Excel attachments of the Laporan Kinerja.

The library behind `lkj`. Each name is loaded from its home when it is first used (PEP 562), so that
`lkj --help` pays for neither pandas nor an xlsx engine.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lkj_xlsx.checks import Tally, Verdict, catalogue, check
    from lkj_xlsx.combining import combine
    from lkj_xlsx.database import query
    from lkj_xlsx.examination import Examination, audit, examine
    from lkj_xlsx.readers import read
    from lkj_xlsx.report import Report, write_report
    from lkj_xlsx.rollup import Rollup, roll_up
    from lkj_xlsx.show import Choice, Node, select
    from lkj_xlsx.tables import build
    from lkj_xlsx.template import write_template
    from lkj_xlsx.writer import write

__all__ = [
    "Choice",
    "Examination",
    "Node",
    "Report",
    "Rollup",
    "Tally",
    "Verdict",
    "audit",
    "build",
    "catalogue",
    "check",
    "combine",
    "examine",
    "query",
    "read",
    "roll_up",
    "select",
    "write",
    "write_report",
    "write_template",
]

_HOMES = {
    "checks": ("Tally", "Verdict", "catalogue", "check"),
    "database": ("query",),
    "combining": ("combine",),
    "examination": ("Examination", "audit", "examine"),
    "readers": ("read",),
    "report": ("Report", "write_report"),
    "rollup": ("Rollup", "roll_up"),
    "show": ("Choice", "Node", "select"),
    "tables": ("build",),
    "template": ("write_template",),
    "writer": ("write",),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name is
    home = next((home for home, names in _HOMES.items() if name in names), None)
    if home is None:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{home}"), name)
