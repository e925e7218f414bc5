"""One reflection, or one step of a Plan-Do-Study-Act cycle."""

from __future__ import annotations

from datetime import date

from expectations.lists import OWNER_ROLE
from expectations.rule import stop, warn, when
from expectations.usual import usual

TABLE = "learning_entry"
OWNER = "evaluation_lead"
EXAMPLE = {
    "entry_key": "entry-1",
    "entry_ref": "L-0088",
    "on_day": date(2026, 6, 26),
    "cycle_ref": "PD-03",
    "step": "study",
    "about": "training",
    "full_text": None,
    "summary": "Practice time was too short on day one",
    "went_well": "mixed",
    "will_change": True,
    "owner": "programme_lead",
    "reviewed": True,
}


def _followed_by(step: str, days: int) -> str:
    return (
        f"r.on_day >= $today - {days} or exists (select 1 from found.learning_entry l "
        f"where l.cycle_ref = r.cycle_ref and l.step = '{step}')"
    )


RULES = (
    *usual(
        key=("entry_key",),
        twice={"summary": "Practice time was short"},
        filled=(
            "entry_key",
            "entry_ref",
            "on_day",
            "step",
            "about",
            "summary",
            "went_well",
            "will_change",
            "owner",
            "reviewed",
        ),
        codes={
            "step": ("reflection", "plan", "do", "study", "act"),
            "about": (
                "training",
                "matching",
                "coaching",
                "events",
                "access",
                "payment",
                "offer",
                "team",
                "partnership",
            ),
            "went_well": ("yes", "mixed", "no"),
            "owner": OWNER_ROLE,
        },
        happened=("on_day",),
        named={
            "C-S6.summary": "learning_entry.S1",
            "C-S3.step": "learning_entry.S3",
            "C-S6.owner": "learning_entry.S4",
        },
    ),
    stop(
        "learning_entry.S2",
        "A step names the cycle it belongs to.",
        when("r.step <> 'reflection'", "r.cycle_ref is not null"),
        {"cycle_ref": None},
        column="cycle_ref",
    ),
    warn(
        "learning_entry.W1",
        "A plan is studied within 120 days.",
        f"r.step <> 'plan' or {_followed_by('study', 120)}",
        {"entry_key": "entry-2", "cycle_ref": "PD-04", "step": "plan", "on_day": date(2026, 1, 5)},
        column="cycle_ref",
    ),
    warn(
        "learning_entry.W2",
        "What was studied is acted on within 30 days.",
        f"r.step <> 'study' or {_followed_by('act', 30)}",
        {"entry_key": "entry-2", "cycle_ref": "PD-05", "on_day": date(2026, 5, 1)},
        column="cycle_ref",
    ),
    warn(
        "learning_entry.W3",
        "A summary is checked within 30 days.",
        "r.reviewed or r.on_day >= $today - 30",
        {"reviewed": False, "on_day": date(2026, 5, 1)},
        column="reviewed",
    ),
)
