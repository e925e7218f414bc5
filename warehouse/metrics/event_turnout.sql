-- ---
-- title = "Turnout"
-- plain = "How many of those who signed up came; beside it those who came without signing up and those who stayed."
-- formula = "registrants who attended ÷ registrants not cancelled or denied"
-- unit = "people"
-- owner = "events_lead"
-- questions = ["T5"]
-- audience = ["leadership", "trustee", "staff", "steward"]
-- disclosure = "open"
-- kind = "ratio"
-- periods = ["event", "year", "to date"]
-- dimensions = ["event"]
-- labels = ["event_title", "event_on"]
-- measures = ["n", "of", "attendees", "walk_ins", "stayed_half", "stay_known"]
-- totals = ["people"]
-- tables = ["event", "event_alias", "event_attendance", "event_registration", "person_merge"]
-- ---
with happened as (
    select event_key, title, event_on, length_minutes
    from dated_event
    where event_on between $period_from and $period_to
),
came as (
    select attendee.event_key, attendee.who, attendee.minutes
    from attendee
    join happened on happened.event_key = attendee.event_key
    where attendee.is_counted
),
signed_up as (
    select registrant.event_key, registrant.who
    from registrant
    join happened on happened.event_key = registrant.event_key
    where registrant.is_registered
),
registered as (
    select signed_up.event_key, count(*) as people, count(came.who) as came
    from signed_up
    left join came on came.event_key = signed_up.event_key and came.who = signed_up.who
    group by signed_up.event_key
),
present as (
    select
        came.event_key,
        count(*) as people,
        count(*) filter (where signed_up.who is null) as walk_ins,
        count(*) filter (where came.minutes * 2 >= happened.length_minutes) as stayed_half,
        count(*) filter (where came.minutes is not null and happened.length_minutes is not null) as stay_known
    from came
    join happened on happened.event_key = came.event_key
    left join signed_up on signed_up.event_key = came.event_key and signed_up.who = came.who
    group by came.event_key
)
select
    happened.event_key as event,
    happened.title as event_title,
    cast(happened.event_on as text) as event_on,
    coalesce(registered.came, 0) as n,
    coalesce(registered.people, 0) as of,
    coalesce(present.people, 0) as attendees,
    coalesce(present.walk_ins, 0) as walk_ins,
    coalesce(present.stayed_half, 0) as stayed_half,
    coalesce(present.stay_known, 0) as stay_known,
    (select count(distinct who) from came) as people
from happened
left join registered on registered.event_key = happened.event_key
left join present on present.event_key = happened.event_key
-- given event
-- | event_key | title  | starts_at           | ends_at             |
-- | E1        | Spring | 2026-05-12 09:00:00 | 2026-05-12 10:00:00 |
-- given event_registration
-- | event_key | attendee_key | person_key | status     |
-- | E1        | A1           | P-1        | registered |
-- | E1        | A2           | P-2        | registered |
-- | E1        | A3           | P-3        | cancelled  |
-- given event_attendance
-- | event_key | attendee_key | person_key | role     | evidence | joined_at           | left_at             |
-- | E1        | A1           | P-1        | attendee | join_log | 2026-05-12 09:00:00 | 2026-05-12 09:30:00 |
-- | E1        | A3           | P-3        | attendee | join_log | 2026-05-12 09:00:00 | 2026-05-12 09:29:00 |
-- | E1        | A4           |            | attendee | check_in |                     |                     |
-- | E1        | A5           | P-5        | host     | join_log | 2026-05-12 09:00:00 | 2026-05-12 10:00:00 |
-- with period = 2026 Q2
-- by hand: two signed up (P-3 cancelled), one of them came; three came in all, P-3 and A4 without a standing
-- registration; of the two whose minutes are known only P-1 stayed half of the hour.
-- expect
-- | event | event_title | event_on   | n | of | attendees | walk_ins | stayed_half | stay_known | people |
-- | E1    | Spring      | 2026-05-12 | 1 | 2  | 3         | 2        | 1           | 2          | 3      |
