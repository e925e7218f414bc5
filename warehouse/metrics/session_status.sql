-- ---
-- title = "Sessions due"
-- plain = "What became of sessions whose date has passed; one still booked three days later has no record."
-- formula = "count of sessions due per result: held, moved, cancelled, missed, no record"
-- unit = "sessions"
-- owner = "programme_lead"
-- questions = ["T1", "L10", "S6"]
-- audience = ["leadership", "trustee", "staff"]
-- disclosure = "open"
-- kind = "distribution"
-- periods = ["quarter", "year", "to date"]
-- always = ["state"]
-- dimensions = ["month", "mode", "paid_kind"]
-- measures = ["n"]
-- tables = ["coaching_session"]
-- ---
select
    case when state = 'booked' then 'no_record' else state end as state,
    strftime(on_day, '%Y-%m') as month,
    mode,
    paid_kind,
    count(*) as n
from session_state
where on_day between $period_from and $period_to
    and on_day < $today
    and (state <> 'booked' or on_day + 3 <= $today)
group by case when state = 'booked' then 'no_record' else state end, strftime(on_day, '%Y-%m'), mode, paid_kind
-- given coaching_session
-- | session_key | match_key | on_day     | slot | mode  | paid_kind | status           |
-- | S1          | M1        | 2026-05-01 | 1    | video | paid      | held             |
-- | S2          | M1        | 2026-05-08 | 1    | video | paid      | cancelled_client |
-- | S3          | M2        | 2026-05-09 | 1    | video | paid      | cancelled_us     |
-- | S4          | M1        | 2026-06-17 | 1    | phone | paid      | booked           |
-- | S5          | M1        | 2026-06-18 | 1    | phone | paid      | booked           |
-- | S6          | M1        | 2026-06-27 | 1    | phone | paid      | booked           |
-- with period = 2026 Q2, today = 2026-06-20
-- by hand: one held, two cancelled, S4 is three days past without a record; S5 has a day left and S6 is to come.
-- expect
-- | state     | month   | mode  | paid_kind | n |
-- | held      | 2026-05 | video | paid      | 1 |
-- | cancelled | 2026-05 | video | paid      | 2 |
-- | no_record | 2026-06 | phone | paid      | 1 |
