-- ---
-- title = "People in the programme"
-- plain = "Partners and clients whose journey is open on the day."
-- formula = "count distinct people with a journey not ended on the last day, by role"
-- unit = "people"
-- owner = "programme_lead"
-- questions = ["L1", "T1"]
-- audience = ["leadership", "trustee", "staff"]
-- disclosure = "guarded"
-- kind = "distribution"
-- base = 10
-- cells = true
-- periods = ["quarter"]
-- always = ["role"]
-- dimensions = ["region", "current_step"]
-- measures = ["n"]
-- totals = ["people"]
-- tables = ["application", "pathway_stage", "person_merge"]
-- ---
with open_journey as (
    select
        journey.person_key,
        journey.role,
        journey.region,
        stage_span.stage,
        row_number() over (
            partition by journey.person_key, journey.role
            order by journey.opened_on desc, journey.application_key
        ) as newest
    from journey
    join stage_span on stage_span.application_key = journey.application_key
    where stage_span.entered_on <= $period_to
        and (stage_span.until_on is null or stage_span.until_on > $period_to)
        and stage_span.kind <> 'end'
        and $period_to >= $counting_starts
)
select
    role,
    region,
    stage as current_step,
    count(*) as n,
    (select count(distinct person_key) from open_journey) as people
from open_journey
where newest = 1
group by role, region, stage
-- given application
-- | application_key | person_key | role    | opened_on  | region     |
-- | J1              | P-1        | partner | 2026-01-10 | north_west |
-- | J2              | P-2        | partner | 2026-02-10 | north_west |
-- | J3              | P-3        | partner | 2026-02-10 | london     |
-- | J4              | P-1        | client  | 2026-03-01 | london     |
-- | J5              | P-5        | partner | 2026-07-02 | london     |
-- | J6              | P-2        | partner | 2026-01-15 | south_west |
-- given pathway_stage
-- | application_key | stage     | entered_on | reason   |
-- | J1              | screened  | 2026-02-01 |          |
-- | J1              | paused    | 2026-07-05 | personal |
-- | J3              | screened  | 2026-03-01 |          |
-- | J3              | withdrew  | 2026-06-30 | personal |
-- with period = 2026 Q2
-- by hand: J1 stood at screened on 30 June, J2 still at enquired, J4 is the same person as J1 in another role;
-- P-2 counts once, by the newer J2 and not J6; J3 ended on that day and J5 had not begun. Two different people.
-- expect
-- | role    | region     | current_step | n | people |
-- | partner | north_west | screened     | 1 | 2      |
-- | partner | north_west | enquired     | 1 | 2      |
-- | client  | london     | enquired     | 1 | 2      |
