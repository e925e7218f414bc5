-- ---
-- title = "Printed figures"
-- plain = "Figures from publications, kept apart from counted data, as they were printed."
-- formula = "published figures"
-- unit = "figures"
-- owner = "evaluation_lead"
-- questions = ["D13", "T4", "T5"]
-- audience = ["leadership", "trustee", "staff", "steward", "public"]
-- disclosure = "open"
-- kind = "list"
-- periods = ["to date"]
-- dimensions = ["publication"]
-- tables = ["published_figure"]
-- ---
select
    figure_ref,
    statement,
    value,
    unit,
    qualifier,
    base,
    base_recorded,
    cast(about_from as text) as about_from,
    cast(about_to as text) as about_to,
    publication,
    cast(published_on as text) as published_on,
    case when may_compare then 'yes' else 'no' end as may_compare
from published_figure
where not is_void
order by publication, figure_ref
-- given published_figure
-- | figure_ref | statement                | value | unit    | qualifier | base | base_recorded | about_from | about_to   | publication     | published_on | may_compare | is_void |
-- | PF-09      | People at the spring day | 180   | people  | exact     |      | not_needed    | 2026-05-12 | 2026-05-12 | Spring bulletin | 2026-07-01   | true        | false   |
-- | PF-10      | Replies that were good   | 95    | percent | exact     |      | no            | 2026-05-12 | 2026-05-12 | Spring bulletin | 2026-07-01   | false       | false   |
-- | PF-11      | Entered in error         | 1     | people  | exact     |      | not_needed    | 2026-05-12 | 2026-05-12 | Spring bulletin | 2026-07-01   | false       | true    |
-- with today = 2026-07-02
-- by hand: the two that stand, in order.
-- expect
-- | figure_ref | statement                | value    | unit    | qualifier | base | base_recorded | about_from | about_to   | publication     | published_on | may_compare |
-- | PF-09      | People at the spring day | 180.0000 | people  | exact     |      | not_needed    | 2026-05-12 | 2026-05-12 | Spring bulletin | 2026-07-01   | yes         |
-- | PF-10      | Replies that were good   | 95.0000  | percent | exact     |      | no            | 2026-05-12 | 2026-05-12 | Spring bulletin | 2026-07-01   | no          |
