-- ---
-- title = "Supported this quarter"
-- plain = "Partners who had this support at least once, of those active all quarter."
-- formula = "active partners who attended at least once ÷ partners active all quarter, for each kind of support"
-- unit = "people"
-- owner = "programme_lead"
-- questions = ["L10", "T13"]
-- audience = ["leadership", "trustee", "staff"]
-- disclosure = "open"
-- kind = "ratio"
-- periods = ["quarter"]
-- always = ["activity_kind"]
-- measures = ["n", "of"]
-- tables = ["activity", "activity_attendance", "application", "pathway_stage", "person_merge"]
-- ---
with support as (
    select activity_kind
    from (values ('supervision'), ('action_learning'), ('peer_coaching'), ('debrief')) as kinds(activity_kind)
),
away as (
    select distinct application_key
    from stage_span
    where kind in ('pause', 'end')
        and entered_on <= $period_to
        and (until_on is null or until_on > $period_from)
),
active as (
    select distinct journey.person_key
    from journey
    left join away on away.application_key = journey.application_key
    where journey.role = 'partner' and journey.active_on <= $period_from and away.application_key is null
),
came as (
    select distinct
        activity.kind as activity_kind,
        coalesce(same_person.kept_key, activity_attendance.person_key) as person_key
    from activity_attendance
    join activity on activity.activity_key = activity_attendance.activity_key and not activity.is_void
    left join same_person on same_person.old_key = activity_attendance.person_key
    where not activity_attendance.is_void
        and activity_attendance.status in ('attended', 'part')
        and activity.on_day between $period_from and $period_to
)
select support.activity_kind, count(came.person_key) as n, count(active.person_key) as of
from support
cross join active
left join came on came.activity_kind = support.activity_kind and came.person_key = active.person_key
group by support.activity_kind
-- given application
-- | application_key | person_key | role    | opened_on  |
-- | J1              | P-1        | partner | 2026-01-01 |
-- | J2              | P-2        | partner | 2026-01-01 |
-- | J3              | P-3        | partner | 2026-01-01 |
-- | J4              | P-4        | partner | 2026-01-01 |
-- given pathway_stage
-- | application_key | stage  | entered_on | reason   |
-- | J1              | active | 2026-02-01 |          |
-- | J2              | active | 2026-04-01 |          |
-- | J3              | active | 2026-04-02 |          |
-- | J4              | active | 2026-02-01 |          |
-- | J4              | paused | 2026-05-01 | personal |
-- | J4              | active | 2026-05-20 |          |
-- given activity
-- | activity_key | kind        | on_day     |
-- | A1           | supervision | 2026-06-01 |
-- | A2           | supervision | 2026-06-08 |
-- | A3           | debrief     | 2026-07-01 |
-- given activity_attendance
-- | activity_key | person_key | status   |
-- | A1           | P-1        | attended |
-- | A2           | P-1        | attended |
-- | A1           | P-2        | absent   |
-- | A1           | P-3        | attended |
-- | A3           | P-2        | attended |
-- with period = 2026 Q2
-- by hand: P-1 and P-2 were active all quarter; P-3 began a day in and P-4 paused. P-1 had supervision.
-- expect
-- | activity_kind   | n | of |
-- | supervision     | 1 | 2  |
-- | action_learning | 0 | 2  |
-- | peer_coaching   | 0 | 2  |
-- | debrief         | 0 | 2  |
