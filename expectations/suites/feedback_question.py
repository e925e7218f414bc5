"""One question of one version of one form."""

from __future__ import annotations

from datetime import date

from expectations.rule import refuse, stop, warn, when
from expectations.usual import usual

TABLE = "feedback_question"
OWNER = "evaluation_lead"
EXAMPLE = {
    "form_code": "F-EV02",
    "version": 1,
    "question_id": "overall",
    "wording": "Overall, how was the event?",
    "kind": "scale",
    "scale_min": 1,
    "scale_max": 5,
    "polarity": "higher_better",
    "options": None,
    "is_headline": True,
    "goes_to": "feedback",
    "opened_on": date(2026, 5, 12),
    "closed_on": date(2026, 5, 26),
    "event_key": "event-1",
    "activity_key": None,
    "is_named": False,
}
_OTHER = {**EXAMPLE, "scale_min": None, "scale_max": None, "polarity": "none", "is_headline": False}
ALSO = (
    {**_OTHER, "question_id": "why", "wording": "What made the difference?", "kind": "text"},
    {**_OTHER, "question_id": "which", "wording": "Which part?", "kind": "single", "options": "Talks\nGroups"},
)
_OF_FORM = "x.source_sha = r.source_sha and x.form_code = r.form_code and x.version = r.version"
RULES = (
    *usual(
        key=("form_code", "version", "question_id"),
        twice={"goes_to": "drop"},
        filled=(
            "form_code",
            "version",
            "question_id",
            "wording",
            "kind",
            "polarity",
            "is_headline",
            "goes_to",
            "opened_on",
            "is_named",
        ),
        codes={
            "kind": ("single", "multi", "scale", "number", "yes_no", "day", "text"),
            "polarity": ("higher_better", "lower_better", "middle_best", "none"),
            "goes_to": ("feedback", "eoi", "outcome", "equality", "access", "drop"),
        },
        planned=("opened_on", "closed_on"),
        found={"event_key": "event.event_key", "activity_key": "activity.activity_key"},
        named={"C-S1": "feedback_question.S1"},
    ),
    stop(
        "feedback_question.S2",
        "A scale has a lowest and a highest point, and says which way is better.",
        when("r.kind = 'scale'", "r.scale_min < r.scale_max and r.polarity <> 'none'"),
        {"scale_max": None},
        column="scale_max",
    ),
    stop(
        "feedback_question.S3",
        "A question with a closed list gives its options.",
        when("r.kind in ('single', 'multi')", "r.options <> ''"),
        {"kind": "single"},
        column="options",
    ),
    stop(
        "feedback_question.S4",
        "An equality question is never tied to a person.",
        when("r.goes_to = 'equality'", "not r.is_named"),
        {"goes_to": "equality", "is_named": True},
        column="is_named",
    ),
    refuse(
        "feedback_question.R1",
        "A version of a form has at most one overall question.",
        f"not r.is_headline or (select count(distinct x.question_id) from $rows x "
        f"where {_OF_FORM} and x.is_headline) <= 1",
        {},
        {"question_id": "again", "wording": "And how was it all in all, would you say?"},
        column="is_headline",
    ),
    refuse(
        "feedback_question.R2",
        "One question of one version has one wording, one direction and one list of options.",
        f"(select count(distinct hash(x.wording, x.polarity, x.options)) from $rows x "
        f"where {_OF_FORM} and x.question_id = r.question_id) <= 1",
        {},
        {"wording": "How did you find the event?"},
        column="wording",
    ),
    warn(
        "feedback_question.W1",
        "No two questions of a form are worded almost the same.",
        f"not exists (select 1 from $rows x where {_OF_FORM} and x.question_id <> r.question_id "
        "and levenshtein(x.wording, r.wording) <= 2)",
        {},
        {"question_id": "again", "wording": "Overall, how was the event", "is_headline": False},
        column="wording",
    ),
    warn(
        "feedback_question.W2",
        "A feedback form has an overall question.",
        f"r.goes_to <> 'feedback' or (select bool_or(x.is_headline) from $rows x where {_OF_FORM})",
        {"is_headline": False},
        column="is_headline",
    ),
)
