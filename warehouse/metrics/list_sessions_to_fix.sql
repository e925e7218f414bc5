-- ---
-- title = "Sessions to sort out"
-- plain = "Sessions missed, moved without a new date, or without a record three days after their date; oldest first."
-- formula = "sessions of the last 400 days that are missed, moved with no later session, or still booked three days on"
-- unit = "rows"
-- owner = "programme_lead"
-- questions = ["S6"]
-- audience = ["staff_case"]
-- disclosure = "worklist"
-- kind = "worklist"
-- periods = ["today"]
-- dimensions = ["state"]
-- tables = ["application", "coaching_match", "coaching_session", "person_merge"]
-- ---
with latest as (
    select match_key, max(on_day) as last_day
    from session_state
    where state in ('booked', 'held')
    group by match_key
)
select
    pair.match_ref as reference,
    pair.partner_person as person_key,
    cast(session_state.on_day as text) as session_on,
    case
        when session_state.status = 'missed_client' then 'missed by the client'
        when session_state.status = 'missed_partner' then 'missed by the partner'
        when session_state.state = 'moved' then 'moved, no new date'
        else 'no record'
    end as state,
    date_diff('day', session_state.on_day, cast($today as date)) as days
from session_state
join pair on pair.match_key = session_state.match_key
left join latest on latest.match_key = session_state.match_key
where session_state.on_day between cast($today as date) - 400 and cast($today as date)
    and (
        session_state.state = 'missed'
        or (session_state.state = 'moved' and coalesce(latest.last_day <= session_state.on_day, true))
        or (session_state.state = 'booked' and session_state.on_day + 3 <= $today)
    )
order by session_state.on_day, pair.match_ref, session_state.session_key
-- given application
-- | application_key | person_key | role    | opened_on  |
-- | J1              | P-1        | partner | 2026-01-01 |
-- | J2              | P-2        | client  | 2026-01-01 |
-- given coaching_match
-- | match_key | match_ref | partner_key | client_key | matched_on |
-- | M1        | M-0012    | J1          | J2         | 2026-02-01 |
-- | M2        | M-0013    | J1          | J2         | 2026-02-01 |
-- given coaching_session
-- | session_key | match_key | on_day     | slot | status        |
-- | S1          | M1        | 2026-06-01 | 1    | missed_client |
-- | S2          | M1        | 2026-06-02 | 1    | moved         |
-- | S3          | M1        | 2026-06-10 | 1    | booked        |
-- | S4          | M2        | 2026-06-03 | 1    | moved         |
-- | S5          | M2        | 2026-05-20 | 1    | booked        |
-- | S6          | M1        | 2026-05-01 | 1    | held          |
-- with today = 2026-06-12
-- by hand: S1 was missed; S2 moved, and S3 is its new date, two days past; S4 has none; S5 has no record.
-- expect
-- | reference | person_key | session_on | state                | days |
-- | M-0013    | P-1        | 2026-05-20 | no record            | 23   |
-- | M-0012    | P-1        | 2026-06-01 | missed by the client | 11   |
-- | M-0013    | P-1        | 2026-06-03 | moved, no new date   | 9    |
