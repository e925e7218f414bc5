"""One theme for one person at one wave by one measure."""

from __future__ import annotations

from expectations.lists import THEME
from expectations.rule import OneOf, refuse, stop, warn, when
from expectations.usual import known, usual

TABLE = "outcome_response"
OWNER = "evaluation_lead"
EXAMPLE = {
    "response_key": "outcome-1",
    "wave_key": "wave-1",
    "theme": "confidence",
    "measure": "strength",
    "value": 2,
    "coded_by": "two_agreed",
}
ALSO = tuple({**EXAMPLE, "response_key": f"outcome-{theme}", "theme": theme} for theme in THEME[1:])
_WAVE = "found.outcome_wave w where w.wave_key = r.wave_key"
RULES = (
    *usual(
        key=("response_key",),
        twice={"value": 3},
        filled=("response_key", "wave_key", "theme", "measure", "value", "coded_by"),
        codes={"measure": ("strength", "rating", "then_rating"), "coded_by": ("one", "two_agreed", "self")},
    ),
    stop(
        "C-S5.wave_key",
        "The interview is already known, or comes in the same load.",
        known("wave_key", "outcome_wave.wave_key"),
        {"wave_key": "nowhere"},
        column="wave_key",
    ),
    stop(
        "outcome_response.S1",
        "A strength is 0, 1, 2 or 3.",
        when("r.measure = 'strength'", "r.value between 0 and 3"),
        {"value": 4},
        column="value",
    ),
    stop(
        "outcome_response.S2",
        "A rating is between 1 and 5.",
        when("r.measure in ('rating', 'then_rating')", "r.value between 1 and 5"),
        {"measure": "rating", "value": 0},
        column="value",
    ),
    stop(
        "outcome_response.S3",
        "Themes come from an interview that is done.",
        f"(select bool_or(w.status = 'done') from {_WAVE})",
        {"wave_key": "wave-3"},
        column="wave_key",
    ),
    stop(
        "outcome_response.S4",
        "The person agreed to our using the interview.",
        f"(select bool_or(w.may_use) from {_WAVE})",
        {"wave_key": "wave-2"},
        column="wave_key",
    ),
    stop(
        "outcome_response.S5",
        "A rating of the time before is asked afterwards.",
        when("r.measure = 'then_rating'", f"(select coalesce(bool_or(w.wave <> 'before'), true) from {_WAVE})"),
        {"measure": "then_rating"},
        column="measure",
    ),
    refuse("outcome_response.R1", "Every theme is one of the eight.", OneOf("theme", THEME), {"theme": "zz"}),
    warn(
        "outcome_response.W1",
        "Two people agreed the coding, or the person gave it.",
        "r.coded_by <> 'one'",
        {"coded_by": "one"},
        column="coded_by",
    ),
    warn(
        "outcome_response.W2",
        "An interview has all eight themes.",
        "(select count(distinct o.theme) from found.outcome_response o "
        "where o.wave_key = r.wave_key and o.measure = r.measure) = 8",
        {"wave_key": "wave-4"},
        column="theme",
    ),
)
