-- ---
-- title = "Sessions without a claim"
-- plain = "Sessions nobody has asked to be paid for, 30 days on."
-- formula = "held sessions over 30 days old with no session fee claimed and none declined ÷ held sessions over 30 days old"
-- unit = "sessions"
-- owner = "finance_lead"
-- questions = ["L9", "S9"]
-- audience = ["leadership", "trustee", "staff_finance"]
-- disclosure = "open"
-- kind = "ratio"
-- periods = ["quarter"]
-- measures = ["n", "of"]
-- tables = ["coaching_session", "payment"]
-- ---
with asked as (
    select distinct session_key
    from claim_line
    where kind = 'session_fee' and session_key is not null
)
select count(*) filter (where asked.session_key is null) as n, count(*) as of
from session_state
left join asked on asked.session_key = session_state.session_key
where session_state.state = 'held'
    and session_state.on_day between $period_from and $period_to
    and date_diff('day', session_state.on_day, cast($today as date)) > $pay_days
-- given coaching_session
-- | session_key | match_key | on_day     | slot | status |
-- | S1          | M1        | 2026-04-01 | 1    | held   |
-- | S2          | M1        | 2026-04-08 | 1    | held   |
-- | S3          | M1        | 2026-04-15 | 1    | held   |
-- | S4          | M1        | 2026-05-21 | 1    | held   |
-- | S5          | M1        | 2026-04-22 | 1    | booked |
-- given payment
-- | payment_key | claim_ref | person_key | kind        | session_key | amount | declined_by_choice |
-- | L1          | CL-1      | P-1        | session_fee | S1          | 60.00  | false              |
-- | L2          | CL-2      | P-1        | session_fee | S2          | 0.00   | true               |
-- | L3          | CL-3      | P-1        | travel      | S3          | 9.00   | false              |
-- with period = 2026 Q2, today = 2026-06-20, pay_days = 30
-- by hand: three held sessions are over 30 days old; S1 was claimed and S2 declined, for S3 only the travel was.
-- expect
-- | n | of |
-- | 1 | 3  |
