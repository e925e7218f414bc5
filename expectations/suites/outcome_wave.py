"""One interview or questionnaire due from one person at one point."""

from __future__ import annotations

from datetime import date

from expectations.rule import stop, warn, when
from expectations.usual import usual

TABLE = "outcome_wave"
OWNER = "evaluation_lead"
EXAMPLE = {
    "wave_key": "wave-1",
    "application_key": "application-1",
    "wave": "before",
    "method": "interview",
    "due_on": date(2026, 5, 18),
    "done_on": date(2026, 5, 15),
    "status": "done",
    "led_by": "both",
    "may_use": True,
}
ALSO = (
    {**EXAMPLE, "wave_key": "wave-2", "application_key": "application-2", "may_use": False},
    {**EXAMPLE, "wave_key": "wave-3", "application_key": "application-9", "status": "due", "done_on": None},
    {**EXAMPLE, "wave_key": "wave-4", "wave": "after", "due_on": date(2026, 6, 30), "done_on": date(2026, 6, 29)},
)
RULES = (
    *usual(
        key=("wave_key",),
        twice={"led_by": "self"},
        filled=("wave_key", "application_key", "wave", "method", "due_on", "status", "led_by", "may_use"),
        codes={
            "wave": ("before", "after", "follow_up"),
            "method": ("interview", "questionnaire"),
            "status": ("due", "done", "declined", "not_reached", "not_asked"),
            "led_by": ("learning_partner", "co_learning_partner", "both", "self"),
        },
        happened=("done_on",),
        planned=("due_on",),
        found={"application_key": "application.application_key"},
        named={"C-S5.application_key": "outcome_wave.S2"},
    ),
    stop(
        "outcome_wave.S1",
        "An interview that is done says when.",
        when("r.status = 'done'", "r.done_on is not null"),
        {"done_on": None},
        column="done_on",
    ),
    stop(
        "outcome_wave.S3",
        "An interview is done at most 60 days before it is due.",
        "r.done_on >= r.due_on - 60",
        {"due_on": date(2026, 7, 20)},
        column="done_on",
    ),
    stop(
        "outcome_wave.S4",
        "An interview that is not done has no day.",
        when("r.status <> 'done'", "r.done_on is null"),
        {"status": "declined"},
        column="done_on",
    ),
    warn(
        "outcome_wave.W1",
        "The first interview is done before training begins.",
        "r.wave <> 'before' or r.done_on <= (select min(c.starts_on) from found.application a "
        "join found.cohort c on c.cohort_code = a.cohort_code where a.application_key = r.application_key)",
        {"done_on": date(2026, 5, 20)},
        column="done_on",
    ),
    warn(
        "outcome_wave.W2",
        "The interview afterwards is done within 30 days of its day.",
        "r.wave <> 'after' or r.status <> 'due' or r.due_on >= $today - 30",
        {"wave": "after", "status": "due", "done_on": None},
        column="due_on",
    ),
    warn(
        "outcome_wave.W3",
        "Whoever is asked afterwards was asked before.",
        "r.wave <> 'after' or exists (select 1 from found.outcome_wave w "
        "where w.application_key = r.application_key and w.wave = 'before')",
        {"application_key": "application-4", "wave": "after"},
        column="wave",
    ),
)
