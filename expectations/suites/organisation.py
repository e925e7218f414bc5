"""One organisation."""

from __future__ import annotations

from datetime import date

from expectations.lists import ORG_TYPE, REGION, SETTING
from expectations.rule import stop, warn, when
from expectations.usual import usual

TABLE = "organisation"
OWNER = "programme_lead"
EXAMPLE = {
    "org_code": "O-HILL",
    "name": "Hilltop Carers",
    "org_type": "member_charity",
    "setting": "voluntary",
    "region": "north_west",
    "charity_no": "1999999",
    "also_known_as": None,
    "is_member": True,
    "member_since": date(2021, 4, 1),
    "member_until": None,
    "client_agreement_on": date(2026, 3, 2),
}
ALSO = (
    {
        **EXAMPLE,
        "org_code": "O-VALE",
        "name": "Vale Trust",
        "org_type": "nhs",
        "is_member": False,
        "client_agreement_on": None,
    },
)
RULES = (
    *usual(
        key=("org_code",),
        twice={"name": "Hilltop"},
        filled=("org_code", "name", "org_type", "setting", "region", "is_member"),
        codes={"org_type": ORG_TYPE, "setting": SETTING, "region": REGION},
        happened=("client_agreement_on",),
        named={"C-S1": "organisation.S1"},
    ),
    stop(
        "organisation.S2",
        "Each organisation has a name of its own.",
        "hash(r.source_sha, lower(trim(r.name))) not in (select hash(source_sha, lower(trim(name))) "
        "from $rows group by 1 having count(distinct org_code) > 1)",
        {},
        {"org_code": "O-DALE", "name": "hilltop carers "},
        column="name",
    ),
    stop(
        "organisation.S3",
        "A charity number is six to eight digits.",
        "regexp_full_match(r.charity_no, '[0-9]{6,8}')",
        {"charity_no": "19-99"},
        column="charity_no",
    ),
    stop(
        "organisation.S4",
        "Membership does not end before it starts.",
        "r.member_since <= r.member_until",
        {"member_until": date(2020, 1, 1)},
        column="member_until",
    ),
    stop(
        "organisation.S5",
        "Membership started between 1 January 1990 and today.",
        "r.member_since between date '1990-01-01' and $today",
        {"member_since": date(1989, 12, 31)},
        column="member_since",
    ),
    warn(
        "organisation.W1",
        "A member is a member charity.",
        when("r.is_member", "r.org_type = 'member_charity'"),
        {"org_type": "nhs"},
        column="org_type",
    ),
    warn(
        "organisation.W2",
        "A client's organisation has its setting recorded.",
        "r.setting <> 'not_recorded' or r.org_code not in "
        "(select org_code from found.application where role = 'client' and org_code is not null)",
        {"setting": "not_recorded"},
        column="setting",
    ),
)
