"""What the footer of a kept document says: all that its rows do not (stored.py)."""

import json
from collections.abc import Mapping
from typing import Any, Final

from lkj_xlsx.model import Identity

EDITION: Final = 1
"""Of what is stored: a file of another edition is not read, but made again."""


def said_of(footer: str | None) -> dict[str, Any] | None:
    """Take a footer apart; None where it is not of this edition."""
    try:
        said = json.loads(footer or "")
    except ValueError:
        return None
    return said if isinstance(said, dict) and said.get("edition") == EDITION else None


def identity_of(said: Mapping[str, Any]) -> Identity:
    """Give whose figures a stored document holds."""
    return Identity(**said["identity"])
