"""One partner paired with one client."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from expectations.lists import STAGE_REASON
from expectations.rule import Between, stop, warn
from expectations.usual import usual

TABLE = "coaching_match"
OWNER = "programme_lead"
EXAMPLE = {
    "match_key": "match-1",
    "match_ref": "M-0012",
    "partner_key": "application-1",
    "client_key": "application-2",
    "matched_on": date(2026, 6, 2),
    "ended_on": None,
    "end_reason": None,
    "sessions_agreed": 6,
    "rhythm_weeks": 4,
    "logged_paid_hours": None,
    "logged_probono_hours": None,
    "logged_from": None,
    "logged_to": None,
}
_JOURNEYS = {"partner_key": "application.application_key", "client_key": "application.application_key"}
RULES = (
    *usual(
        key=("match_key",),
        twice={"sessions_agreed": 8},
        filled=("match_key", "match_ref", "partner_key", "client_key", "matched_on", "rhythm_weeks"),
        codes={"end_reason": STAGE_REASON},
        happened=("matched_on", "logged_from", "logged_to"),
        planned=("ended_on",),
        found=_JOURNEYS,
    ),
    stop(
        "coaching_match.S1",
        "A partner's journey is paired with a client's.",
        "coalesce((select bool_or(a.role = 'partner') from found.application a "
        "where a.application_key = r.partner_key), true) and coalesce((select bool_or(a.role = 'client') "
        "from found.application a where a.application_key = r.client_key), true)",
        {"partner_key": "application-2"},
        column="partner_key",
    ),
    stop(
        "coaching_match.S2",
        "Nobody is paired with themselves.",
        "not exists (select 1 from found.application a join found.application b on a.person_key = b.person_key "
        "where a.application_key = r.partner_key and b.application_key = r.client_key)",
        {"client_key": "application-1"},
        column="client_key",
    ),
    stop(
        "coaching_match.S3",
        "A pair does not end before it is made.",
        "r.matched_on <= r.ended_on",
        {"ended_on": date(2026, 6, 1)},
        column="ended_on",
    ),
    stop(
        "coaching_match.S4",
        "Sessions are one to 26 weeks apart.",
        Between("rhythm_weeks", 1, 26),
        {"rhythm_weeks": 0},
    ),
    stop(
        "coaching_match.S5",
        "Hours in a log are between 0 and 500.",
        "coalesce(r.logged_paid_hours between 0 and 500, true) "
        "and coalesce(r.logged_probono_hours between 0 and 500, true)",
        {"logged_paid_hours": Decimal("501.00")},
        column="logged_paid_hours",
    ),
    warn(
        "coaching_match.W1",
        "A pair is open once.",
        "r.ended_on is not null or not exists (select 1 from found.coaching_match m "
        "where m.partner_key = r.partner_key and m.client_key = r.client_key and m.match_ref <> r.match_ref "
        "and m.ended_on is null)",
        {"match_key": "match-2", "match_ref": "M-0013"},
        column="client_key",
    ),
    warn(
        "coaching_match.W2",
        "A partner has fewer than three open pairs.",
        "r.ended_on is not null or (select count(distinct m.match_ref) from $rows m "
        "where m.source_sha = r.source_sha and m.partner_key = r.partner_key and m.ended_on is null) < 3",
        *({"match_key": f"match-{n}", "match_ref": f"M-002{n}"} for n in range(3)),
        column="partner_key",
    ),
    warn(
        "coaching_match.W3",
        "A client's organisation has agreed to take part.",
        "(select bool_or(o.client_agreement_on is not null) from found.application a "
        "join found.organisation o on o.org_code = a.org_code where a.application_key = r.client_key)",
        {"client_key": "application-4"},
        column="client_key",
    ),
)
