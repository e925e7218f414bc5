"""One id a tool uses for an event."""

from __future__ import annotations

from datetime import date

from expectations.usual import usual

TABLE = "event_alias"
OWNER = "events_lead"
EXAMPLE = {"system": "zoom", "external_id": "81234567890", "on_day": date(2026, 5, 12), "event_key": "event-1"}
RULES = usual(
    key=("system", "external_id", "on_day"),
    twice={"event_key": "event-2"},
    filled=("system", "external_id", "event_key"),
    planned=("on_day",),
    found={"event_key": "event.event_key"},
    named={"C-S1": "event.S4"},
)
