"""One figure as printed in one publication, with no rows behind it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from expectations.rule import stop, warn, when
from expectations.usual import usual

TABLE = "published_figure"
OWNER = "evaluation_lead"
EXAMPLE = {
    "figure_ref": "PF-09",
    "statement": "People at the spring event",
    "value": Decimal("180.0000"),
    "unit": "people",
    "qualifier": "exact",
    "base": None,
    "base_recorded": "not_needed",
    "about_from": date(2026, 5, 12),
    "about_to": date(2026, 5, 12),
    "publication": "Spring bulletin",
    "published_on": date(2026, 7, 1),
    "may_compare": True,
}
_PERCENT = {"unit": "percent", "base_recorded": "yes", "base": 40}
RULES = (
    *usual(
        key=("figure_ref",),
        twice={"value": Decimal("181.0000")},
        filled=(
            "figure_ref",
            "statement",
            "value",
            "unit",
            "qualifier",
            "base_recorded",
            "about_from",
            "about_to",
            "publication",
            "published_on",
            "may_compare",
        ),
        codes={
            "unit": ("people", "percent", "forms", "organisations"),
            "qualifier": ("exact", "more_than", "about"),
            "base_recorded": ("yes", "no", "not_needed"),
        },
        happened=("about_from", "about_to", "published_on"),
    ),
    stop(
        "published_figure.S1",
        "A percentage is between 0 and 100.",
        when("r.unit = 'percent'", "r.value between 0 and 100"),
        _PERCENT,
        column="value",
    ),
    stop(
        "published_figure.S2",
        "A figure without a recorded base has none, and is not compared.",
        when("r.base_recorded = 'no'", "r.base is null and not r.may_compare"),
        {"base_recorded": "no"},
        column="may_compare",
    ),
    stop(
        "published_figure.S3",
        "What a figure is about starts, ends, and is then published.",
        "coalesce(r.about_from <= r.about_to, true) and coalesce(r.about_to <= r.published_on, true)",
        {"published_on": date(2026, 5, 11)},
        column="published_on",
    ),
    stop(
        "published_figure.S4",
        "A percentage has a base, recorded or not.",
        when("r.unit = 'percent'", "r.base_recorded <> 'not_needed'"),
        {"unit": "percent", "value": Decimal("80.0000")},
        column="base_recorded",
    ),
    warn(
        "published_figure.W1",
        "One statement has one value.",
        "not exists (select 1 from found.published_figure f where f.statement = r.statement "
        "and f.publication = r.publication and f.value <> r.value)",
        {"figure_ref": "PF-10", "value": Decimal("150.0000")},
        column="value",
    ),
)
