-- ---
-- title = "Reply rate"
-- plain = "How many of those who came told us what they thought."
-- formula = "completed responses ÷ unique attendees (for an activity: people offered a place)"
-- unit = "responses"
-- owner = "evaluation_lead"
-- questions = ["T5", "S12"]
-- audience = ["leadership", "trustee", "staff", "steward"]
-- disclosure = "open"
-- kind = "ratio"
-- periods = ["event", "year", "to date"]
-- dimensions = ["event"]
-- labels = ["event_title", "event_on"]
-- measures = ["n", "of"]
-- tables = ["activity", "activity_attendance", "event", "event_alias", "event_attendance", "feedback_answer", "feedback_question", "person_merge"]
-- ---
with subject as (
    select event_key as subject_key, title, event_on as on_day from dated_event
    union all
    select activity_key, title, on_day from activity where not is_void
),
asked as (
    select event_key as subject_key, count(*) as people
    from attendee
    where is_counted
    group by event_key
    union all
    select
        activity_attendance.activity_key,
        count(distinct coalesce(same_person.kept_key, activity_attendance.person_key))
    from activity_attendance
    left join same_person on same_person.old_key = activity_attendance.person_key
    where not activity_attendance.is_void
    group by activity_attendance.activity_key
),
replied as (
    select coalesce(event_key, activity_key) as subject_key, count(*) as responses
    from response
    where coalesce(event_key, activity_key) is not null
    group by coalesce(event_key, activity_key)
),
form as (
    select distinct coalesce(event_key, activity_key) as subject_key
    from feedback_question
    where not is_void and goes_to = 'feedback'
)
select
    subject.subject_key as event,
    subject.title as event_title,
    cast(subject.on_day as text) as event_on,
    coalesce(replied.responses, 0) as n,
    coalesce(asked.people, 0) as of
from subject
left join asked on asked.subject_key = subject.subject_key
left join replied on replied.subject_key = subject.subject_key
left join form on form.subject_key = subject.subject_key
where (replied.subject_key is not null or form.subject_key is not null)
    and subject.on_day between $period_from and $period_to
-- given event
-- | event_key | title   | starts_at           |
-- | E1        | Spring  | 2026-05-12 09:00:00 |
-- | E2        | Unasked | 2026-05-13 09:00:00 |
-- | E3        | Silent  | 2026-05-14 09:00:00 |
-- given activity
-- | activity_key | title            | on_day     |
-- | T1           | June supervision | 2026-06-23 |
-- given event_attendance
-- | event_key | attendee_key | role     | evidence |
-- | E1        | A1           | attendee | check_in |
-- | E1        | A2           | phone    | check_in |
-- | E1        | A3           | bot      | check_in |
-- | E2        | A4           | attendee | check_in |
-- | E3        | A5           | attendee | check_in |
-- given activity_attendance
-- | activity_key | person_key | status  |
-- | T1           | P-1        | offered |
-- | T1           | P-2        | absent  |
-- given feedback_answer
-- | form_code | version | question_id | response_key | event_key | activity_key | reply_state |
-- | F-1       | 1       | overall     | R1           | E1        |              | answered    |
-- | F-1       | 1       | why         | R1           | E1        |              | answered    |
-- | F-2       | 1       | overall     | R2           |           | T1           | answered    |
-- given feedback_question
-- | form_code | version | question_id | event_key | activity_key | goes_to  |
-- | F-1       | 1       | overall     | E1        |              | feedback |
-- | F-3       | 1       | wants       | E2        |              | eoi      |
-- | F-4       | 1       | overall     | E3        |              | feedback |
-- with period = 2026 Q2
-- by hand: one reply from two attendees (a bot is no one), one from two people offered the supervision;
-- nobody was asked about E2, only whether they want to join; the one attendee of E3 was asked and did not reply.
-- expect
-- | event | event_title      | event_on   | n | of |
-- | E1    | Spring           | 2026-05-12 | 1 | 2  |
-- | E3    | Silent           | 2026-05-14 | 0 | 1  |
-- | T1    | June supervision | 2026-06-23 | 1 | 2  |
