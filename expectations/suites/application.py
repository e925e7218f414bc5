"""One person's journey in one role."""

from __future__ import annotations

from datetime import date

from expectations.lists import ENDS, REGION, ROLE
from expectations.rule import stop, warn, when
from expectations.usual import usual

TABLE = "application"
OWNER = "programme_lead"
EXAMPLE = {
    "application_key": "application-1",
    "person_key": "P-PARTNER1",
    "role": "partner",
    "eoi_key": "eoi-1",
    "opened_on": date(2026, 5, 14),
    "region": "north_west",
    "org_code": None,
    "prior_link": "not_recorded",
    "cohort_code": "C-2026-A",
}
ALSO = (
    {
        **EXAMPLE,
        "application_key": "application-2",
        "person_key": "P-CLIENT01",
        "role": "client",
        "eoi_key": None,
        "org_code": "O-HILL",
    },
    {
        **EXAMPLE,
        "application_key": "application-4",
        "person_key": "P-CLIENT02",
        "role": "client",
        "eoi_key": None,
        "org_code": "O-VALE",
    },
    {
        **EXAMPLE,
        "application_key": "application-9",
        "person_key": "P-PARTNER2",
        "eoi_key": None,
        "opened_on": date(2026, 2, 2),
    },
)
RULES = (
    *usual(
        key=("application_key",),
        twice={"prior_link": "ally"},
        filled=("application_key", "person_key", "role", "opened_on", "region", "prior_link"),
        codes={
            "role": ROLE,
            "region": REGION,
            "prior_link": ("ally", "member", "partnership_group", "event", "new_contact", "not_recorded"),
        },
        happened=("opened_on",),
        found={
            "person_key": "person.person_key",
            "eoi_key": "expression_of_interest.eoi_key",
            "org_code": "organisation.org_code",
            "cohort_code": "cohort.cohort_code",
        },
        named={"C-S5.person_key": "application.S1"},
    ),
    stop(
        "application.S2",
        "A client's journey names the organisation.",
        when("r.role = 'client'", "r.org_code is not null"),
        {"role": "client"},
        column="org_code",
    ),
    stop(
        "application.S3",
        "A partner's journey names no organisation.",
        when("r.role = 'partner'", "r.org_code is null"),
        {"org_code": "O-HILL"},
        column="org_code",
    ),
    stop(
        "application.S4",
        "A journey does not open before its enquiry came.",
        "r.opened_on >= (select min(e.received_at)::date from found.expression_of_interest e "
        "where e.eoi_key = r.eoi_key)",
        {"opened_on": date(2026, 5, 13)},
        column="opened_on",
    ),
    warn(
        "application.W1",
        "Nobody has two open journeys in one role.",
        "not exists (select 1 from found.application a where a.person_key = r.person_key and a.role = r.role "
        "and a.application_key <> r.application_key and a.application_key not in "
        f"(select application_key from found.pathway_stage where stage in {ENDS} and application_key is not null))",
        {"application_key": "application-3"},
        column="person_key",
    ),
    warn(
        "application.W2",
        "The region is recorded.",
        "r.region <> 'not_recorded'",
        {"region": "not_recorded"},
        column="region",
    ),
)
