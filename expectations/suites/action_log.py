"""One decision asked for or action agreed."""

from __future__ import annotations

from datetime import date

from expectations.lists import OWNER_ROLE
from expectations.rule import stop, warn, when
from expectations.usual import usual

TABLE = "action_log"
OWNER = "programme_lead"
EXAMPLE = {
    "action_ref": "AC-0031",
    "raised_on": date(2026, 6, 26),
    "due_on": date(2026, 7, 31),
    "what": "Longer practice on day one",
    "kind": "action",
    "owner": "programme_lead",
    "entry_ref": "L-0088",
    "status": "open",
    "done_on": None,
}
RULES = (
    *usual(
        key=("action_ref",),
        twice={"what": "Longer practice"},
        filled=("action_ref", "raised_on", "due_on", "what", "kind", "owner", "status"),
        codes={"kind": ("decision", "action"), "owner": OWNER_ROLE, "status": ("open", "done", "dropped")},
        happened=("raised_on", "done_on"),
        planned=("due_on",),
        found={"entry_ref": "learning_entry.entry_ref"},
        named={"C-S6.owner": "action_log.S1", "C-S6.what": "action_log.S4"},
    ),
    stop(
        "action_log.S2",
        "An action is not due before it is raised.",
        "r.raised_on <= r.due_on",
        {"due_on": date(2026, 6, 25)},
        column="due_on",
    ),
    stop(
        "action_log.S3",
        "An action that is done says when.",
        when("r.status = 'done'", "r.done_on is not null"),
        {"status": "done"},
        column="done_on",
    ),
    warn(
        "action_log.W1",
        "No open action is overdue.",
        "r.status <> 'open' or r.due_on >= $today",
        {"due_on": date(2026, 6, 30)},
        column="due_on",
    ),
)
