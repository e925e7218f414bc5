"""One answer by one respondent to one question."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from expectations.lists import CONTACT_PATTERN, HARD_TOPIC
from expectations.rule import stop, warn, when
from expectations.usual import usual

TABLE = "feedback_answer"
OWNER = "evaluation_lead"
EXAMPLE = {
    "answer_key": "answer-1",
    "form_code": "F-EV02",
    "version": 1,
    "question_id": "overall",
    "event_key": "event-1",
    "activity_key": None,
    "response_key": "response-1",
    "submitted_on": date(2026, 5, 12),
    "reply_state": "answered",
    "option_code": None,
    "number_value": Decimal("4.0000"),
    "text_value": None,
    "text_review": "not_reviewed",
    "hard_topic": None,
    "person_key": None,
}
ALSO = ({**EXAMPLE, "answer_key": "answer-2", "question_id": "why", "number_value": None, "text_value": "Useful."},)
_QUESTION = (
    "found.feedback_question q where q.form_code = r.form_code and q.version = r.version "
    "and q.question_id = r.question_id"
)
RULES = (
    *usual(
        key=("answer_key",),
        twice={"number_value": Decimal("5.0000")},
        filled=(
            "answer_key",
            "form_code",
            "version",
            "question_id",
            "response_key",
            "reply_state",
            "text_review",
        ),
        codes={
            "reply_state": ("answered", "skipped", "not_applicable"),
            "text_review": ("not_reviewed", "safe_to_show", "hold"),
            "hard_topic": HARD_TOPIC,
        },
        happened=("submitted_on",),
        found={
            "event_key": "event.event_key",
            "activity_key": "activity.activity_key",
            "person_key": "person.person_key",
        },
        named={"C-S6.response_key": "feedback_answer.S1", "C-S6.text_review": "feedback_answer.S5"},
    ),
    stop(
        "C-S5.question_id",
        "The question is already known, or comes in the same load.",
        "hash(r.form_code, r.version, r.question_id) in "
        "(select hash(form_code, version, question_id) from found.feedback_question)",
        {"question_id": "nowhere"},
        column="question_id",
    ),
    stop(
        "feedback_answer.S2",
        "A point on a scale lies on the scale.",
        "r.number_value is null or (select bool_or(r.number_value >= coalesce(q.scale_min, r.number_value) "
        f"and r.number_value <= coalesce(q.scale_max, r.number_value)) from {_QUESTION})",
        {"number_value": Decimal("6.0000")},
        column="number_value",
    ),
    stop(
        "feedback_answer.S3",
        "Nobody answers before the form opens.",
        f"r.submitted_on >= (select min(q.opened_on) from {_QUESTION})",
        {"submitted_on": date(2026, 5, 11)},
        column="submitted_on",
    ),
    stop(
        "feedback_answer.S4",
        "Only a named form's answers carry a person.",
        f"r.person_key is null or (select bool_or(q.is_named) from {_QUESTION})",
        {"person_key": "P-PARTNER1"},
        column="person_key",
    ),
    warn(
        "feedback_answer.W1",
        "An answer from a closed list is in the question's list.",
        when(
            f"r.reply_state = 'answered' and (select bool_or(q.kind in ('single', 'multi')) from {_QUESTION})",
            "r.option_code is not null",
        ),
        {"question_id": "which", "number_value": None},
        column="option_code",
    ),
    warn(
        "feedback_answer.W2",
        "Written answers hold no address, phone number or postcode.",
        f"not regexp_matches(r.text_value, '{CONTACT_PATTERN}')",
        {"text_value": "Write to alex.sample@example.org"},
        column="text_value",
    ),
    warn(
        "feedback_answer.W3",
        "A respondent answers more than one question.",
        "(select count(distinct x.question_id) from $rows x where x.source_sha = r.source_sha "
        "and x.response_key = r.response_key and x.reply_state = 'answered') > 1 "
        "or (select count(distinct q.question_id) from found.feedback_question q "
        "where q.form_code = r.form_code and q.version = r.version and q.goes_to = 'feedback') = 1",
        {"response_key": "response-2"},
        column="response_key",
    ),
)
