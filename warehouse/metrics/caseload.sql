-- ---
-- title = "Matches per partner"
-- plain = "How many pairs each active partner has."
-- formula = "count of active partners by open matches on the last day: 0, 1, 2, 3 or more"
-- unit = "people"
-- owner = "programme_lead"
-- questions = ["L10"]
-- audience = ["leadership", "trustee", "staff"]
-- disclosure = "open"
-- kind = "distribution"
-- periods = ["quarter"]
-- always = ["matches"]
-- measures = ["n"]
-- tables = ["application", "coaching_match", "pathway_stage", "person_merge"]
-- ---
with active as (
    select distinct journey.person_key
    from journey
    join stage_span on stage_span.application_key = journey.application_key
    where journey.role = 'partner'
        and journey.active_on <= $period_to
        and stage_span.entered_on <= $period_to
        and (stage_span.until_on is null or stage_span.until_on > $period_to)
        and stage_span.kind = 'step'
),
matched as (
    select partner_person, count(*) as matches
    from pair
    where matched_on <= $period_to and (ended_on is null or ended_on > $period_to)
    group by partner_person
),
banded as (
    select
        case
            when coalesce(matched.matches, 0) >= 3 then '3 or more'
            else cast(coalesce(matched.matches, 0) as text)
        end as matches
    from active
    left join matched on matched.partner_person = active.person_key
)
select matches, count(*) as n
from banded
group by matches
order by matches
-- given application
-- | application_key | person_key | role    | opened_on  |
-- | J1              | P-1        | partner | 2026-01-01 |
-- | J2              | P-2        | partner | 2026-01-01 |
-- | J3              | P-3        | partner | 2026-01-01 |
-- | J4              | P-4        | partner | 2026-01-01 |
-- | J9              | P-9        | client  | 2026-01-01 |
-- given pathway_stage
-- | application_key | stage   | entered_on | reason   |
-- | J1              | matched | 2026-02-01 |          |
-- | J2              | active  | 2026-02-01 |          |
-- | J3              | active  | 2026-02-01 |          |
-- | J3              | paused  | 2026-06-01 | personal |
-- | J4              | trained | 2026-02-01 |          |
-- | J9              | matched | 2026-02-01 |          |
-- given coaching_match
-- | match_key | match_ref | partner_key | client_key | matched_on | ended_on   |
-- | M1        | M-1       | J1          | J9         | 2026-02-01 |            |
-- | M2        | M-2       | J1          | J9         | 2026-02-01 |            |
-- | M3        | M-3       | J1          | J9         | 2026-02-01 | 2026-07-01 |
-- | M4        | M-4       | J2          | J9         | 2026-02-01 | 2026-06-30 |
-- with period = 2026 Q2
-- by hand: P-1 had three pairs on 30 June (one ended the day after), P-2's had ended that day; P-3 is paused and
-- P-4 only trained.
-- expect
-- | matches   | n |
-- | 0         | 1 |
-- | 3 or more | 1 |
