-- ---
-- title = "Expressions of interest"
-- plain = "Times someone put a hand up; one that names several wishes is counted once, as more than one."
-- formula = "count of expressions of interest received"
-- unit = "EOIs"
-- owner = "programme_lead"
-- questions = ["L12", "T1", "S2"]
-- audience = ["leadership", "trustee", "staff"]
-- disclosure = "open"
-- kind = "distribution"
-- periods = ["quarter", "year", "to date"]
-- dimensions = ["source", "interest", "event"]
-- labels = ["event_title", "event_on"]
-- measures = ["n"]
-- tables = ["event", "event_alias", "expression_of_interest", "person_merge"]
-- ---
select
    eoi_progress.source,
    eoi_progress.interest,
    coalesce(eoi_progress.event_key, 'no_event') as event,
    coalesce(max(dated_event.title), 'No event') as event_title,
    cast(max(dated_event.event_on) as text) as event_on,
    count(*) as n
from eoi_progress
left join dated_event on dated_event.event_key = eoi_progress.event_key
where eoi_progress.received_on between $period_from and $period_to
group by eoi_progress.source, eoi_progress.interest, coalesce(eoi_progress.event_key, 'no_event')
-- given event
-- | event_key | title  | starts_at           |
-- | E1        | Spring | 2026-05-12 09:00:00 |
-- given expression_of_interest
-- | eoi_key | person_key | received_at         | source  | event_key | status | wants_coach | wants_be_coached | wants_host | wants_membership | wants_hear_more |
-- | I1      | P-1        | 2026-05-12 11:00:00 | event   | E1        | new    | true        | false            | false      | false            | false           |
-- | I2      | P-2        | 2026-05-12 11:05:00 | event   | E1        | new    | true        | false            | false      | false            | false           |
-- | I3      | P-3        | 2026-05-13 09:00:00 | website |           | new    | true        | false            | false      | true             | false           |
-- | I4      | P-4        | 2026-06-30 23:30:00 | website |           | new    | false       | false            | false      | true             | false           |
-- with period = 2026 Q2
-- by hand: two from the event, one with two wishes; I4 came at half past midnight on 1 July in London.
-- expect
-- | source  | interest      | event    | event_title | event_on   | n |
-- | event   | coach         | E1       | Spring      | 2026-05-12 | 2 |
-- | website | more_than_one | no_event | No event    |            | 1 |
