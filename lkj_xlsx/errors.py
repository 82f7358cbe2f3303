"""The job cannot be done: every error that stops a run, each with what to try.

A problem *in a document* is never one of these; it is a Finding.
"""

from typing import Final

REASONS: Final = {
    FileNotFoundError: "tidak ada",
    PermissionError: "tidak boleh dibuka",
    IsADirectoryError: "itu folder",
    NotADirectoryError: "bukan folder",
}


def reason(error: OSError) -> str:
    """Say why the system refused, in the words of the user; else in its own."""
    return REASONS.get(type(error)) or error.strerror or str(error)


class LkjError(Exception):
    """The job cannot be done; the message says what, where and what to try."""


class UnreadableFile(LkjError):
    """A file cannot be opened or its contents cannot be trusted."""


class UnknownFormat(LkjError):
    """No reader, or more than one, claims a file."""


class BadRequest(LkjError):
    """What was asked does not fit the files that were given."""


class CannotWrite(LkjError):
    """The output cannot be written; nothing was left behind."""
