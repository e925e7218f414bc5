"""The demonstration's forms: their questions, as the catalogue declares them and as the tools print them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from etl.demo.enquiries import SOURCES, WANTS, form_of
from etl.demo.equality import BY_NAME, CHARACTERISTICS, LIMITS_QUESTION, PREFER_NOT
from etl.demo.events import AGREEMENT, HARD_TOPICS, TAKEAWAYS, Event

NOT_APPLICABLE = "Not applicable"
APPLICATION_FORM = "F-APPLY"
ITEMS = (
    ("clear", "The purpose of the event was clear to me"),
    ("included", "I felt able to take part"),
    ("use", "I can use something from it in my own work or life"),
)
MATRIX = "How far do you agree?"


@dataclass(frozen=True)
class Question:
    """One question of one form, in the words of the catalogue's template."""

    question_id: str
    wording: str
    kind: str
    goes_to: str
    options: tuple[str, ...] = ()
    lowest: int | None = None
    highest: int | None = None
    polarity: str = "none"
    is_headline: bool = False


@dataclass(frozen=True)
class Form:
    """One form with the days it was open and what it is about (an event's code, or "")."""

    code: str
    questions: tuple[Question, ...]
    opens: date
    closes: date | None
    about: str
    is_named: bool


def feedback_form(event: Event) -> Form:
    """The feedback form of one event. Its headline names the event, so that two forms are never alike."""
    is_matrix = event.feedback_tool == "surveymonkey"
    items = tuple(
        Question(
            question_id,
            f"{MATRIX} [{wording}]" if is_matrix else wording,
            "single",
            "feedback",
            (*AGREEMENT, NOT_APPLICABLE),
            polarity="higher_better",
        )
        for question_id, wording in ITEMS
    )
    return Form(
        event.form_code,
        (
            Question(
                "overall",
                headline(event),
                "scale",
                "feedback",
                lowest=1,
                highest=5,
                polarity="higher_better",
                is_headline=True,
            ),
            *items,
            Question("takeaways", "What will you take away? (tick all that apply)", "multi", "feedback", TAKEAWAYS),
            Question(
                "hard_topic",
                "If you still have a question or a doubt, what is it about?",
                "single",
                "feedback",
                tuple(HARD_TOPICS.values()),
            ),
            Question("comments", "Is there anything else you would like to tell us?", "text", "feedback"),
        ),
        event.starts.date(),
        event.starts.date() + timedelta(days=15),
        event.code,
        is_named=False,
    )


def headline(event: Event) -> str:
    """The one overall question of an event's form."""
    return f"Overall, how would you rate “{event.title}”? (1 = poor, 5 = very good)"


def interest_form(start: date, event: Event | None) -> Form:
    """An expression of interest: who, what they would like, how they heard, and the equality questions.

    Each event offers a form of its own, which names it; the general one stands on the website.
    """
    wish = "What would you like to do? (tick all that apply)"
    wish = f"You came to “{event.title}”. {wish}" if event else wish
    return Form(
        form_of(event),
        (
            Question("full_name", "What is your name?", "text", "eoi"),
            Question("email", "What is your e-mail address?", "text", "eoi"),
            Question("phone", "Your telephone number, if you prefer a call", "text", "eoi"),
            Question("organisation", "Which organisation are you part of, if any?", "text", "eoi"),
            Question("wants", wish, "multi", "eoi", tuple(WANTS.values())),
            Question("source", "How did you hear about us?", "single", "eoi", tuple(SOURCES.values())),
            Question("message", "What would you like us to know?", "text", "eoi"),
            Question("may_send_news", "May we send you news about the programme?", "yes_no", "eoi", ("Yes", "No")),
            *equality_questions(),
        ),
        event.starts.date() if event else start,
        event.starts.date() + timedelta(days=60) if event else None,
        event.code if event else "",
        is_named=True,
    )


def application_form(start: date) -> Form:
    """The form that selected people fill in; it asks the equality questions once more."""
    return Form(
        APPLICATION_FORM,
        (
            Question("full_name", "Your full name", "text", "drop"),
            Question("email", "Your e-mail address", "text", "drop"),
            Question(
                "agreement", "I have read the Lived Experience Partner agreement", "yes_no", "drop", ("Yes", "No")
            ),
            *equality_questions(),
        ),
        start,
        None,
        "",
        is_named=True,
    )


def equality_questions() -> tuple[Question, ...]:
    """The seven characteristics; the disability question has two parts."""
    found = []
    for one in CHARACTERISTICS:
        if one.name == "disability":
            found.append(Question("disability", one.question, "single", "equality", ("Yes", "No", PREFER_NOT)))
            limits = ("Yes, a lot", "Yes, a little", "Not at all", PREFER_NOT)
            found.append(Question("disability_limits", LIMITS_QUESTION, "single", "equality", limits))
            continue
        options = (*(category.label for category in BY_NAME[one.name].categories), PREFER_NOT)
        found.append(Question(one.name, one.question, "single", "equality", options))
    return tuple(found)
