"""One category of one equality list."""

from __future__ import annotations

from expectations.rule import Holds, stop, when
from expectations.usual import usual

TABLE = "code_list"
OWNER = "edi_lead"
EXAMPLE = {
    "characteristic": "ethnicity",
    "list_version": "2021-19",
    "category": "ET03",
    "label": "Indian",
    "parent_2": "asian",
    "parent_3": "abmo",
    "aliases": "Indian British",
}
_OF_LIST = "x.source_sha = r.source_sha and x.characteristic = r.characteristic and x.list_version = r.list_version"
RULES = (
    *usual(
        key=("characteristic", "list_version", "category"),
        twice={"label": "Indian British"},
        filled=("characteristic", "list_version", "category", "label"),
        named={"C-S1": "code_list.S1", "C-S6.label": "code_list.S2"},
    ),
    stop(
        "code_list.S3",
        "A group at level 3 stands above one at level 2, and a level 2 group has one group above it.",
        when("r.parent_3 is not null", "r.parent_2 is not null")
        + f" and (select count(distinct x.parent_3) from $rows x where {_OF_LIST} and x.parent_2 = r.parent_2) <= 1",
        {"parent_2": None},
        column="parent_2",
    ),
    stop(
        "code_list.S4",
        "A wording points to one category only.",
        Holds(
            "hash(r.source_sha, r.characteristic, r.list_version, r.category) not in (select place from $aside)",
            "select distinct hash(source_sha, characteristic, list_version, category) as place from "
            "(select *, min(category) over wording <> max(category) over wording as shared from "
            "(select source_sha, characteristic, list_version, category, "
            "unnest(string_split(lower(aliases), chr(10))) as alias from $rows) "
            "window wording as (partition by source_sha, characteristic, list_version, alias)) where shared",
        ),
        {},
        {"category": "ET04", "label": "Pakistani"},
        column="aliases",
    ),
)
