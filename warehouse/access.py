"""The access log: one line per answer of the door, saying who asked what and how it went, never a value."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from warehouse.released import Viewer

Action = Literal["view", "reveal_name"]


@dataclass(frozen=True)
class Entry:
    """What the door gave one viewer. rows, withheld: how many went out and were held back."""

    metric_id: str
    action: Action
    allowed: bool
    reason: str = ""
    filters: Mapping[str, str] | None = None
    rows: int = 0
    withheld: int = 0


class AccessLog:
    """Appends lines of JSON to one file that only its owner can read. Safe to share between threads.

    viewer_key: the secret that sign-ins are digested with, so that the log names nobody.
    """

    def __init__(self, path: Path, viewer_key: bytes) -> None:
        self._path = path
        self._key = viewer_key
        self._lock = threading.Lock()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)

    def write(self, viewer: Viewer, roles: Iterable[str], page: str, entry: Entry) -> None:
        """Add one line, whole."""
        line = json.dumps(
            {
                "at": datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="microseconds"),
                "viewer": hmac.new(self._key, viewer.identity.encode(), hashlib.sha256).hexdigest(),
                "role": ",".join(sorted(roles)),
                "page": page,
                "metric_id": entry.metric_id,
                "filters": ", ".join(f"{name}={value}" for name, value in sorted((entry.filters or {}).items())),
                "action": entry.action,
                "allowed": entry.allowed,
                "reason": entry.reason,
                "rows": entry.rows,
                "withheld": entry.withheld,
            }
        )
        with self._lock:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(descriptor, f"{line}\n".encode())
            finally:
                os.close(descriptor)
