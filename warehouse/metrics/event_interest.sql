-- ---
-- title = "EOIs per 100 attendees"
-- plain = "Enquiries tied to an event for each 100 who came; beside it, attendees we know who enquired at that event."
-- formula = "100 × expressions of interest tagged to the event ÷ unique attendees (eois, attendees); n attendees with one ÷ of attendees with a person key"
-- unit = "per 100"
-- owner = "events_lead"
-- questions = ["T6"]
-- audience = ["leadership", "trustee", "staff"]
-- disclosure = "open"
-- kind = "ratio"
-- periods = ["event", "year", "to date"]
-- dimensions = ["event"]
-- labels = ["event_title", "event_on"]
-- measures = ["n", "of", "eois", "attendees"]
-- tables = ["event", "event_alias", "event_attendance", "expression_of_interest", "person_merge"]
-- ---
with tagged as (
    select event_key, count(*) as eois
    from eoi_progress
    where event_key is not null
    group by event_key
),
hand_up as (
    select distinct event_key, person_key
    from eoi_progress
    where event_key is not null
),
came as (
    select
        attendee.event_key,
        count(*) as attendees,
        count(attendee.person_key) as known,
        count(hand_up.person_key) as enquired
    from attendee
    left join hand_up on hand_up.event_key = attendee.event_key and hand_up.person_key = attendee.person_key
    where attendee.is_counted
    group by attendee.event_key
)
select
    dated_event.event_key as event,
    dated_event.title as event_title,
    cast(dated_event.event_on as text) as event_on,
    coalesce(came.enquired, 0) as n,
    coalesce(came.known, 0) as of,
    coalesce(tagged.eois, 0) as eois,
    coalesce(came.attendees, 0) as attendees
from dated_event
left join came on came.event_key = dated_event.event_key
left join tagged on tagged.event_key = dated_event.event_key
where dated_event.event_on between $period_from and $period_to
-- given event
-- | event_key | title  | starts_at           |
-- | E1        | Spring | 2026-05-12 09:00:00 |
-- | E2        | Summer | 2026-07-12 09:00:00 |
-- given event_attendance
-- | event_key | attendee_key | person_key | role     | evidence |
-- | E1        | A1           | P-1        | attendee | check_in |
-- | E1        | A2           | P-2        | attendee | check_in |
-- | E1        | A3           |            | phone    | check_in |
-- | E1        | A4           | P-4        | host     | check_in |
-- given expression_of_interest
-- | eoi_key | person_key | event_key | received_at         | status |
-- | I1      | P-1        | E1        | 2026-05-12 10:00:00 | new    |
-- | I2      | P-1        | E1        | 2026-05-20 10:00:00 | new    |
-- | I3      | P-9        | E1        | 2026-05-13 10:00:00 | new    |
-- with period = 2026 Q2
-- by hand: three enquiries from three attendees, the host not one; of the two attendees we know, one enquired, twice.
-- expect
-- | event | event_title | event_on   | n | of | eois | attendees |
-- | E1    | Spring      | 2026-05-12 | 1 | 2  | 3    | 3         |
