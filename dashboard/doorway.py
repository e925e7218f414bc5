"""What the server lends to every page run: the door out, who may come in, and what the pages call themselves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from warehouse.released import MetricInfo, Released, Viewer, Worklist, WorklistRow


class DoorOut(Protocol):
    """The release door as the dashboard uses it."""

    def release(self, metric_id: str, viewer: Viewer, *, page: str = "", **filters: str) -> Released:
        """One protected answer."""

    def worklist(self, name: str, viewer: Viewer, *, page: str = "", **filters: str) -> Worklist:
        """Rows for permitted staff."""

    def reveal(self, name: str, viewer: Viewer, reference: str, *, page: str = "") -> WorklistRow:
        """One opened row with its name; logged."""

    def visible(self, viewer: Viewer) -> tuple[MetricInfo, ...]:
        """The metrics that this viewer may ask for."""

    def refresh(self) -> None:
        """Move to the newest published build, if there is a newer one."""


@dataclass(frozen=True)
class Serving:
    """One server's loan. view_as: no login is configured and only this computer can reach the server."""

    door: DoorOut
    access_file: Path
    view_as: bool
    programme: str = "Voices for Improvement"
    invented: bool = False


_lent: list[Serving] = []


def lend(serving: Serving) -> None:
    """Lend this to the pages of this process."""
    _lent[:] = [serving]


def borrowed() -> Serving | None:
    """What was lent, or None where a page was started without the server."""
    return _lent[0] if _lent else None
