"""Our errors, each with the exit code the command ends with.

VoicesError
├── UsageError     2   the command was asked for something it cannot do
├── Busy           2   another load holds the home
└── FileProblem        one file cannot be loaded; the run goes on with the others
    ├── Refused        its structure is wrong, or it contradicts itself
    └── NeedsAnswer    it truly does not say something only a person knows
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.report import Message


class VoicesError(Exception):
    """An error that is ours to explain: printed as a sentence, never as a traceback."""

    exit_code = 2


class UsageError(VoicesError):
    """Wrong usage: the sentence says what to type instead."""


class Busy(VoicesError):
    """Another load is at work in this home."""


class FileProblem(VoicesError):
    """One file cannot be loaded. Carries every message at once, not the first."""

    def __init__(self, messages: Sequence[Message]) -> None:
        super().__init__("; ".join(message.text for message in messages))
        self.messages = tuple(messages)


class Refused(FileProblem):
    """The whole file is refused; nothing of it is loaded."""


class NeedsAnswer(FileProblem):
    """The file does not say something that a person must answer."""


def refuse(code: str, text: str, *, line: int | None = None, column: str | None = None) -> Refused:
    """A refusal with one error message."""
    return Refused([Message("error", code, text, line, column)])


def ask(code: str, text: str, *, line: int | None = None, column: str | None = None) -> NeedsAnswer:
    """A question to staff with one message."""
    return NeedsAnswer([Message("error", code, text, line, column)])
