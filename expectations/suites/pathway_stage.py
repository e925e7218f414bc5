"""One step entered on one journey."""

from __future__ import annotations

from datetime import date

from expectations.lists import ENDS, STAGE, STAGE_REASON
from expectations.rule import stop, warn, when
from expectations.usual import usual

TABLE = "pathway_stage"
OWNER = "programme_lead"
EXAMPLE = {
    "stage_key": "stage-1",
    "application_key": "application-1",
    "stage": "enquired",
    "entered_on": date(2026, 5, 14),
    "reason": None,
    "recorded_by": "JS1",
}
ALSO = (
    {
        **EXAMPLE,
        "stage_key": "stage-2",
        "application_key": "application-2",
        "stage": "left",
        "entered_on": date(2026, 6, 29),
        "reason": "finished",
    },
)
_ORDER = "['enquired', 'screened', 'selected', 'trained', 'active', 'matched']"
_RANK = f"list_position({_ORDER}, r.stage)"
_OTHERS = "found.pathway_stage s where s.application_key = r.application_key"
RULES = (
    *usual(
        key=("stage_key",),
        twice={"recorded_by": "AB2"},
        filled=("stage_key", "application_key", "stage", "entered_on", "recorded_by"),
        codes={"stage": STAGE, "reason": STAGE_REASON},
        happened=("entered_on",),
        found={"application_key": "application.application_key"},
    ),
    stop(
        "pathway_stage.S1",
        "A step is not entered before the journey opens.",
        "r.entered_on >= (select min(a.opened_on) from found.application a "
        "where a.application_key = r.application_key)",
        {"entered_on": date(2026, 5, 13)},
        column="entered_on",
    ),
    stop(
        "pathway_stage.S2",
        "A pause or an end gives its reason.",
        when(f"r.stage in {('paused', *ENDS)}", "r.reason is not null"),
        {"stage": "paused"},
        column="reason",
    ),
    stop(
        "pathway_stage.S3",
        "A client is never trained or active.",
        "r.stage not in ('trained', 'active') or r.application_key not in "
        "(select application_key from found.application where role = 'client' and application_key is not null)",
        {"application_key": "application-2", "stage": "trained"},
        column="stage",
    ),
    stop(
        "pathway_stage.S4",
        "No step follows an end.",
        f"not exists (select 1 from {_OTHERS} and s.stage in {ENDS} and s.entered_on < r.entered_on)",
        {"application_key": "application-2", "stage": "matched", "entered_on": date(2026, 6, 30)},
        column="entered_on",
    ),
    warn(
        "pathway_stage.W1",
        "No step is skipped.",
        f"coalesce({_RANK}, 0) <= 1 or exists (select 1 from {_OTHERS} and list_position({_ORDER}, s.stage) = case "
        "when r.stage = 'matched' and r.application_key in (select application_key from found.application "
        f"where role = 'client') then 3 else {_RANK} - 1 end)",
        {"stage": "matched"},
        column="stage",
    ),
    warn(
        "pathway_stage.W2",
        "Steps are entered in their order.",
        f"not exists (select 1 from {_OTHERS} and list_position({_ORDER}, s.stage) < {_RANK} "
        "and s.entered_on > r.entered_on)",
        {"stage": "screened", "entered_on": date(2026, 5, 13)},
        column="entered_on",
    ),
    warn(
        "pathway_stage.W3",
        "Whoever is trained has attended a training day.",
        "r.stage <> 'trained' or exists (select 1 from found.application a "
        "join found.activity_attendance p on p.person_key = a.person_key and p.status in ('attended', 'part') "
        "join found.activity d on d.activity_key = p.activity_key and d.kind = 'training_day' "
        "where a.application_key = r.application_key)",
        {"stage": "trained"},
        column="stage",
    ),
    warn(
        "pathway_stage.W4",
        "A pause lasts at most 90 days.",
        "r.stage <> 'paused' or r.entered_on >= $today - 90 "
        f"or exists (select 1 from {_OTHERS} and s.entered_on > r.entered_on)",
        {
            "application_key": "application-9",
            "stage": "paused",
            "reason": "personal",
            "entered_on": date(2026, 3, 1),
        },
        column="entered_on",
    ),
)
