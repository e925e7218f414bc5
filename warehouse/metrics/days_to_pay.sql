-- ---
-- title = "Days to pay"
-- plain = "How long people wait: from a complete claim, and from the work itself. Unpaid ones are counted to today."
-- formula = "median, ninth decile and longest of calendar days to paid"
-- unit = "days"
-- owner = "finance_lead"
-- questions = ["L9", "T7"]
-- audience = ["leadership", "trustee", "staff_finance"]
-- disclosure = "guarded"
-- kind = "values"
-- base = 8
-- periods = ["quarter", "year", "to date"]
-- always = ["clock"]
-- measures = ["n"]
-- totals = ["payees"]
-- tables = ["ledger_line", "payment", "person_merge"]
-- ---
with clocked as (
    select 'claim_complete' as clock, person_key, valid_on as starts_on, paid_on
    from claim
    where valid_on between greatest($period_from, $counting_starts) and $period_to
    union all
    select 'work_done', person_key, work_on, paid_on
    from claim
    where work_on between greatest($period_from, $counting_starts) and $period_to
),
payee as (
    select clock, count(distinct person_key) as payees
    from clocked
    group by clock
)
select
    clock,
    date_diff('day', starts_on, coalesce(paid_on, cast($today as date))) as value,
    paid_on is null as is_open,
    count(*) as n,
    (select min(payees) from payee) as payees
from clocked
group by clock, date_diff('day', starts_on, coalesce(paid_on, cast($today as date))), paid_on is null
-- given payment
-- | payment_key | claim_ref | person_key | amount | work_on    | claim_valid_on | paid_on    | declined_by_choice |
-- | L1          | CL-1      | P-1        | 60.00  | 2026-04-01 | 2026-04-11     | 2026-04-21 | false              |
-- | L2          | CL-2      | P-1        | 60.00  | 2026-04-02 | 2026-04-12     | 2026-04-22 | false              |
-- | L3          | CL-3      | P-2        | 60.00  | 2026-04-03 | 2026-06-10     |            | false              |
-- with period = 2026 Q2, today = 2026-06-20, counting_starts = 1900-01-01
-- by hand: both paid claims took 10 days from complete and 20 from the work; CL-3 waits 10 and 78 so far; two people.
-- expect
-- | clock          | value | is_open | n | payees |
-- | claim_complete | 10    | false   | 2 | 2      |
-- | claim_complete | 10    | true    | 1 | 2      |
-- | work_done      | 20    | false   | 2 | 2      |
-- | work_done      | 78    | true    | 1 | 2      |
