"""One piece of someone's words that they agreed may be used."""

from __future__ import annotations

from datetime import date

from expectations.lists import CONTACT_PATTERN, THEME
from expectations.rule import stop, warn, when
from expectations.usual import usual

TABLE = "quote"
OWNER = "evaluation_lead"
EXAMPLE = {
    "quote_key": "quote-1",
    "quote_ref": "Q-0033",
    "kind": "quote",
    "words": "I ask shorter questions now and then I wait.",
    "speaker": "partner",
    "theme": "questioning",
    "person_key": "P-PARTNER1",
    "scope": "board",
    "attribution": "role_only",
    "consent_on": date(2026, 6, 29),
    "withdrawn_on": None,
    "reviewed_on": date(2026, 6, 30),
}
RULES = (
    *usual(
        key=("quote_key",),
        twice={"words": "I ask shorter questions now."},
        filled=("quote_key", "quote_ref", "kind", "words", "speaker", "scope", "attribution", "consent_on"),
        codes={
            "kind": ("quote", "change_example", "hard_question"),
            "speaker": ("partner", "client", "attendee", "learning_partner", "board", "other"),
            "theme": THEME,
            "scope": ("internal", "board", "public"),
            "attribution": ("none", "role_only"),
        },
        happened=("consent_on", "withdrawn_on", "reviewed_on"),
        found={"person_key": "person.person_key"},
        named={"C-S6.consent_on": "quote.S1"},
    ),
    stop(
        "quote.S2",
        "Words for the board or the public were checked for identifying detail.",
        when("r.scope in ('public', 'board')", "r.reviewed_on is not null"),
        {"reviewed_on": None},
        column="reviewed_on",
    ),
    stop(
        "quote.S3",
        "Consent is not withdrawn before it is given.",
        "r.consent_on <= r.withdrawn_on",
        {"withdrawn_on": date(2026, 6, 28)},
        column="withdrawn_on",
    ),
    stop(
        "quote.S4",
        "A quote has between 10 and 800 characters.",
        "length(r.words) between 10 and 800",
        {"words": "Good."},
        column="words",
    ),
    warn(
        "quote.W1",
        "A quote holds no address, phone number or postcode.",
        f"not regexp_matches(r.words, '{CONTACT_PATTERN}')",
        {"words": "Ring me on 01632 960 123 and ask."},
        column="words",
    ),
    warn(
        "quote.W2",
        "A client's words are not public: one or two clients are recognisable.",
        "r.speaker <> 'client' or r.scope <> 'public'",
        {"speaker": "client", "scope": "public"},
        column="scope",
    ),
    warn(
        "quote.W3",
        "Consent is at most 24 months old.",
        "r.consent_on >= $today - interval 24 month",
        {"consent_on": date(2024, 6, 1)},
        column="consent_on",
    ),
)
