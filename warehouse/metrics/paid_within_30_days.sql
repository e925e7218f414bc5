-- ---
-- title = "Paid within 30 days"
-- plain = "Complete claims paid in 30 calendar days."
-- formula = "complete claims paid within 30 calendar days ÷ complete claims paid, or unpaid for over 30 days; by number and by £"
-- unit = "claims, £"
-- owner = "finance_lead"
-- questions = ["T1", "T7"]
-- audience = ["leadership", "trustee", "staff"]
-- disclosure = "open"
-- kind = "ratio"
-- periods = ["quarter", "year", "to date"]
-- measures = ["n", "of", "n_pounds", "of_pounds", "unpaid"]
-- tables = ["ledger_line", "payment", "person_merge"]
-- ---
with due as (
    select
        amount,
        paid_on,
        coalesce(date_diff('day', valid_on, paid_on) <= $pay_days, false) as is_in_time
    from claim
    where valid_on between $period_from and $period_to
        and (paid_on is not null or date_diff('day', valid_on, cast($today as date)) > $pay_days)
)
select
    count(*) filter (where is_in_time) as n,
    count(*) as of,
    coalesce(sum(amount) filter (where is_in_time), 0) as n_pounds,
    coalesce(sum(amount), 0) as of_pounds,
    count(*) filter (where paid_on is null) as unpaid
from due
-- given payment
-- | payment_key | claim_ref | person_key | amount | claim_valid_on | paid_on    | declined_by_choice |
-- | L1          | CL-1      | P-1        | 60.00  | 2026-04-01     | 2026-05-01 | false              |
-- | L2          | CL-2      | P-2        | 60.00  | 2026-04-01     | 2026-05-02 | false              |
-- | L3          | CL-3      | P-3        | 75.50  | 2026-05-20     |            | false              |
-- | L4          | CL-4      | P-4        | 60.00  | 2026-05-21     |            | false              |
-- | L5          | CL-5      | P-5        | 60.00  |                |            | false              |
-- with period = 2026 Q2, today = 2026-06-20, pay_days = 30
-- by hand: CL-1 took 30 days and CL-2 31; CL-3 has waited 31 and CL-4 30 so far; CL-5 is not complete.
-- expect
-- | n | of | n_pounds | of_pounds | unpaid |
-- | 1 | 3  | 60.00    | 195.50    | 1      |
