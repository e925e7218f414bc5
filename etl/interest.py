"""Expressions of interest from the answers to a declared form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from etl.answers import split_joined
from etl.wording import fold, slug

MESSAGE_LENGTH = 2000

_WANTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("hear_more", re.compile(r"\bhear\b|\bnews|\bupdates?\b|\bmailing\b|\bfind out\b|\bknow more\b|\blearn more\b")),
    ("be_coached", re.compile(r"\bbe coached\b|\b(?:have|get|receive|find|need) (?:a )?coach(?:ing)?\b|\bclient\b")),
    ("membership", re.compile(r"\bmember(?:ship)?\b")),
    ("host", re.compile(r"\bhost\b|\borgani[sz]ation\b|\bmy (?:team|employer|workplace)\b")),
    ("coach", re.compile(r"\bcoach(?:ing)?\b|\blived experience partner\b|\bpartner\b")),
)
_NOTHING = re.compile(r"^(?:no|none|nothing|not now|not at the moment|no thanks?|no,? thank you)\b.*")
_SOURCES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("social_media", re.compile(r"\bsocial\b|\btwitter\b|\blinkedin\b|\bfacebook\b|\binstagram\b|\bbluesky\b")),
    ("event", re.compile(r"\bevent\b|\bwebinar\b|\bconference\b|\bworkshop\b|\bmeeting\b")),
    ("member", re.compile(r"\bmember\b")),
    ("website", re.compile(r"\bweb ?site\b|\bonline search\b|\bgoogle\b|\bsearch\b|\bnewsletter\b")),
    ("word_of_mouth", re.compile(r"\bword of mouth\b|\bcolleague\b|\bfriend\b|\bsome(?:one|body) told\b|\brecommend")),
    ("partner_organisation", re.compile(r"\borgani[sz]ation\b|\bcharity\b|\bpartner\b")),
)
_CODES = {
    "event",
    "member",
    "website",
    "word_of_mouth",
    "partner_organisation",
    "social_media",
    "other",
    "not_recorded",
}
_ORGANISATION = ("organisation", "organization", "org_code")
WANTED = ("coach", "be_coached", "host", "membership", "hear_more")
SCHEMA: dict[str, type[pl.DataType]] = {
    "eoi_key": pl.String,
    "person_key": pl.String,
    "received_at": pl.Datetime,
    "source": pl.String,
    "event_key": pl.String,
    "org_code": pl.String,
    **{f"wants_{name}": pl.Boolean for name in WANTED},
    "message": pl.String,
    "status": pl.String,
    "as_of": pl.Datetime,
    "unread": pl.String,
    "source_line": pl.Int64,
}


@dataclass(frozen=True)
class Interest:
    """One respondent's answers to the questions that go to `expression_of_interest`, by question id.

    options: question id -> the declared options, for what is joined in one cell.
    organisations: folded wording -> org_code of our list; what is not on it is not kept.
    """

    key: str | None
    line: int
    reference: str
    received_at: datetime | None
    as_of: datetime | None
    event_key: str | None
    organisations: Mapping[str, str]
    answers: Mapping[str, Sequence[str]]
    options: Mapping[str, Sequence[str]]
    joined_by: str


def interest_row(interest: Interest) -> dict[str, object] | None:
    """One row of `expression_of_interest`; None when the person declined, or left all of these questions empty."""
    wanted, is_declined = _wanted(interest)
    message = "; ".join(interest.answers.get("message", ()))[:MESSAGE_LENGTH]
    if not message and (is_declined or not any(interest.answers.values())):
        return None
    return {
        "eoi_key": interest.key,
        "person_key": interest.reference or None,
        "received_at": interest.received_at,
        "source": _source(interest),
        "event_key": interest.event_key,
        "org_code": _org_code(interest),
        **{f"wants_{name}": name in wanted for name in WANTED},
        "message": message or None,
        "status": "new",
        "as_of": interest.as_of,
        "unread": "" if interest.received_at else "received_at",
        "source_line": interest.line,
    }


def has_unknown_wish(interest: Interest) -> bool:
    """True when the person wants something that `want_code` cannot tell."""
    said = _said(interest, "wants")
    return any(want_code(text) is None and not _NOTHING.fullmatch(fold(text)) for text in said)


def source_code(text: str) -> str:
    """The source that an answer names: its code, or the first that its words tell; `other` when none does."""
    code = slug(text)
    if code in _CODES:
        return code
    return next((name for name, words in _SOURCES if words.search(fold(text))), "other")


def want_code(text: str) -> str | None:
    """What one option of "what would you like to do?" asks for; None when its words do not tell."""
    code = slug(text).removeprefix("wants_")
    if code in WANTED:
        return code
    return next((name for name, words in _WANTS if words.search(fold(text))), None)


def _wanted(interest: Interest) -> tuple[set[str], bool]:
    """What is wanted, and whether the person plainly declined."""
    wanted = {
        name
        for name in WANTED
        if any(
            fold(text) in {"yes", "true", "1"} or want_code(text) == name for text in _said(interest, f"wants_{name}")
        )
    }
    said = _said(interest, "wants")
    declined = [text for text in said if _NOTHING.fullmatch(fold(text))]
    wanted |= {code for text in said if text not in declined and (code := want_code(text))}
    return wanted, bool(said) and len(declined) == len(said) and not wanted


def _said(interest: Interest, question_id: str) -> list[str]:
    texts = interest.answers.get(question_id, ())
    if not interest.joined_by:
        return list(texts)
    options = interest.options.get(question_id, ())
    return [piece for text in texts for piece in split_joined(text, options, interest.joined_by)]


def _source(interest: Interest) -> str:
    for question_id in ("source", "heard_from"):
        if question_id in interest.answers:
            texts = interest.answers[question_id]
            return source_code(texts[0]) if texts else "not_recorded"
    return "event" if interest.event_key else "not_recorded"


def _org_code(interest: Interest) -> str | None:
    said = (text for question_id in _ORGANISATION for text in interest.answers.get(question_id, ()))
    return next((code for text in said if (code := interest.organisations.get(fold(text)))), None)
