-- ---
-- title = "Answered in 5 working days"
-- plain = "Enquiries a person answered within 5 working days. An automatic reply is not an answer."
-- formula = "first answer within 5 working days ÷ answered, or 5 working days passed"
-- unit = "EOIs"
-- owner = "programme_lead"
-- questions = ["S1"]
-- audience = ["staff"]
-- disclosure = "open"
-- kind = "ratio"
-- periods = ["quarter", "year"]
-- dimensions = ["source"]
-- measures = ["n", "of"]
-- tables = ["eoi_touchpoint", "expression_of_interest"]
-- ---
with today as (
    select working_days
    from calendar_day
    where day = $today
)
select
    eoi_progress.source,
    count(*) filter (where eoi_progress.working_days_to_answer <= $answer_days) as n,
    count(*) as of
from eoi_progress
cross join today
where eoi_progress.received_on between $period_from and $period_to
    and (
        eoi_progress.first_answer_on is not null
        or today.working_days - eoi_progress.working_days_at_receipt > $answer_days
    )
group by eoi_progress.source
-- given expression_of_interest
-- | eoi_key | person_key | received_at         | source  | status |
-- | I1      | P-1        | 2026-04-30 12:00:00 | event   | new    |
-- | I2      | P-2        | 2026-04-30 12:00:00 | event   | new    |
-- | I3      | P-3        | 2026-06-01 12:00:00 | event   | new    |
-- | I4      | P-4        | 2026-06-02 12:00:00 | event   | new    |
-- | I5      | P-5        | 2026-06-05 12:00:00 | website | new    |
-- given eoi_touchpoint
-- | eoi_key | on_day     | direction | is_automatic |
-- | I1      | 2026-05-08 | out       | false        |
-- | I2      | 2026-05-11 | out       | false        |
-- | I3      | 2026-06-01 | out       | true         |
-- | I5      | 2026-06-05 | out       | false        |
-- with period = 2026 Q2, today = 2026-06-09, answer_days = 5
-- by hand: from 30 April to 8 May are 5 working days (4 May is a bank holiday), to 11 May 6; I3 has waited 6, I4 only 5.
-- expect
-- | source  | n | of |
-- | event   | 1 | 3  |
-- | website | 1 | 1  |
