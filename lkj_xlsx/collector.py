"""Python's search for cycles, done seldom: a document is a great many objects that live to the end, without cycles."""

import gc
from typing import Final

OBJECTS: Final = 500_000
"""New objects after which cycles are looked for; Python's own 700 would walk through a whole document over and over."""


def rest() -> None:
    """Let this process look for cycles seldom."""
    gc.set_threshold(OBJECTS)
