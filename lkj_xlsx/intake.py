"""From the files of a command to documents: each read once, or taken from the cache; a bad one stops no other."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from lkj_xlsx import cache
from lkj_xlsx.engine import How
from lkj_xlsx.errors import BadRequest, LkjError
from lkj_xlsx.finding import Finding, Severity, Where, listed
from lkj_xlsx.inputs import Input, Inputs, gather
from lkj_xlsx.model import Budget
from lkj_xlsx.readers import read

UNREADABLE: Final = "R120"


@dataclass(frozen=True, slots=True)
class Intake:
    """What was read, in the order of the files, and a finding for each file of a folder or pattern that was not."""

    budgets: tuple[Budget, ...]
    refused: tuple[Finding, ...] = ()


def take_in(files: Sequence[Path], how: How | None = None) -> Intake:
    """Read the files, folders and patterns that were given.

    A file of a folder or pattern that cannot be read becomes a finding. Raises LkjError for one that the user named,
    and where no file can be read.
    """
    return take_in_files(gather(files), how or How())


def take_in_files(inputs: Inputs, how: How) -> Intake:
    """Read files that were gathered; see take_in."""
    is_worth = how.cache is not None and inputs.size >= cache.WORTH
    made = how.engine.each(partial(read_input, folder=how.cache if is_worth else None), inputs.files, how.told)
    if is_worth and how.cache is not None:
        cache.trim(how.cache)
    for one, document in zip(inputs.files, made, strict=True):
        if isinstance(document, LkjError) and (one.is_named or all(isinstance(each, LkjError) for each in made)):
            raise document
    budgets = [document for document in made if isinstance(document, Budget)]
    _refuse_namesakes(inputs.files, made)
    refused = [
        tell_unread(one, document)
        for one, document in zip(inputs.files, made, strict=True)
        if isinstance(document, LkjError)
    ]
    return Intake(tuple(budgets), tuple(refused))


def read_input(one: Input, folder: Path | None = None) -> Budget:
    """Read one file, from the cache in `folder` where it is kept there."""
    return read(one.path, one.name) if folder is None else cache.read_through(folder, one.path, one.name, read)


def tell_unread(one: Input, refusal: LkjError) -> Finding:
    """Say of a file that it was not read, and why; its name is in the finding already."""
    why = str(refusal).removeprefix(f"{one.name}: ").removeprefix(f"{one.path}: ")
    return Finding(UNREADABLE, Severity.ERROR, Where(one.name), f"tidak dibaca: {why}")


def _refuse_namesakes(files: Sequence[Input], made: Sequence[Budget | LkjError]) -> None:
    """Refuse kept documents of one name, which no finding could tell apart: each is called as it was before."""
    names = Counter(one.file for one in made if isinstance(one, Budget))
    kept = [
        one.file for given, one in zip(files, made, strict=True) if isinstance(one, Budget) and one.file != given.name
    ]
    if twice := [name for name in dict.fromkeys(kept) if names[name] > 1]:
        message = f"{listed(twice)}: beberapa berkas tersimpan bernama sama; konsolidasikan bersama dari satu folder"
        raise BadRequest(message)


def read_all(files: Sequence[Path]) -> list[Budget]:
    """Read files here, one after another; raises LkjError for the first that cannot be read."""
    return list(take_in(files).budgets)
