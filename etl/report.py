"""What one load says about its files: outcomes, counts and messages, and their JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning", "info"]
Outcome = Literal["loaded", "partly_loaded", "already_loaded", "empty", "needs_answer", "refused", "unrecognised"]


@dataclass(frozen=True)
class Message:
    """One sentence for a member of staff: what, where, how many, what next; never a person's value."""

    severity: Severity
    code: str
    text: str
    line: int | None = None
    column: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The message as it stands in `voices load --json`."""
        return {
            "severity": self.severity,
            "code": self.code,
            "line": self.line,
            "column": self.column,
            "text": self.text,
        }


@dataclass
class RowCounts:
    """Data records of one file; every record ends in exactly one of the last four."""

    read: int = 0
    loaded: int = 0
    quarantined: int = 0
    ignored: int = 0
    duplicate: int = 0

    @property
    def balance(self) -> bool:
        """True when read = loaded + quarantined + ignored + duplicate."""
        return self.read == self.loaded + self.quarantined + self.ignored + self.duplicate

    def as_json(self) -> dict[str, int]:
        """The five counts by name."""
        return {
            "read": self.read,
            "loaded": self.loaded,
            "quarantined": self.quarantined,
            "ignored": self.ignored,
            "duplicate": self.duplicate,
        }


@dataclass
class FileReport:
    """What became of one file in one run."""

    file: str
    sha256: str
    format: str | None = None
    outcome: Outcome = "unrecognised"
    rows: RowCounts = field(default_factory=RowCounts)
    tables: dict[str, int] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The file's entry in `voices load --json`."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "format": self.format,
            "outcome": self.outcome,
            "rows": self.rows.as_json(),
            "tables": dict(sorted(self.tables.items())),
            "messages": [message.as_json() for message in self.messages],
        }


@dataclass
class RunReport:
    """What one run did: the published build (None when nothing changed) and every file."""

    run: str
    build: str | None
    files: list[FileReport]

    def as_json(self) -> dict[str, Any]:
        """The one object that `voices load --json` prints."""
        return {"run": self.run, "build": self.build, "files": [file.as_json() for file in self.files]}

    @property
    def exit_code(self) -> int:
        """0 all in; 10 some rows quarantined; 11 some file not loaded; 1 when a fault was ours."""
        if any(message.code == "our-own-fault" for file in self.files for message in file.messages):
            return 1
        outcomes = {file.outcome for file in self.files}
        if outcomes & {"refused", "unrecognised", "needs_answer"}:
            return 11
        return 10 if "partly_loaded" in outcomes else 0
