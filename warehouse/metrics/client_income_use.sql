-- ---
-- title = "Where client income goes"
-- plain = "What client money paid for. A remainder below nought was met from grants."
-- formula = "£ paid to partners, £ delivery cost, remainder ÷ £ client fees received"
-- unit = "£"
-- owner = "finance_lead"
-- questions = ["T8", "T15"]
-- audience = ["leadership", "trustee", "staff_finance"]
-- disclosure = "open"
-- kind = "money"
-- periods = ["year"]
-- always = ["use"]
-- measures = ["pounds"]
-- totals = ["client_fees"]
-- tables = ["income", "ledger_line", "payment"]
-- ---
with fees as (
    select coalesce(sum(amount), 0) as pounds
    from income
    where kind = 'client_fee' and received_on between $period_from and $period_to and not is_void
),
partners as (
    select coalesce(sum(amount), 0) as pounds
    from claim_line
    where paid_on between $period_from and $period_to and not declined_by_choice
),
delivery as (
    select coalesce(sum(amount), 0) as pounds
    from ledger_line
    where category = 'delivery_cost' and booked_on between $period_from and $period_to and not is_void
),
used as (
    select 1 as place, 'paid to partners' as use, pounds from partners
    union all
    select 2, 'delivery', pounds from delivery
    union all
    select 3, 'remainder', fees.pounds - partners.pounds - delivery.pounds
    from fees
    cross join partners
    cross join delivery
)
select used.use, used.pounds, fees.pounds as client_fees
from used
cross join fees
order by used.place
-- given income
-- | income_key | income_ref | kind       | amount  | received_on |
-- | N1         | IN-1       | client_fee | 1800.00 | 2026-06-24  |
-- | N2         | IN-2       | grant      | 900.00  | 2026-06-24  |
-- given payment
-- | payment_key | claim_ref | person_key | kind        | amount | paid_on    | declined_by_choice |
-- | L1          | CL-1      | P-1        | session_fee | 700.00 | 2026-05-01 | false              |
-- | L2          | CL-2      | P-1        | session_fee | 60.00  | 2026-03-31 | false              |
-- given ledger_line
-- | ledger_key | category      | amount | booked_on  |
-- | G1         | delivery_cost | 450.50 | 2026-09-01 |
-- | G2         | delivery_cost | -50.50 | 2026-09-02 |
-- with period = 2026-27
-- by hand: of £1,800 in fees £700 went to partners and £400 (after a refund) to delivery; £700 is left.
-- expect
-- | use              | pounds | client_fees |
-- | paid to partners | 700.00 | 1800.00     |
-- | delivery         | 400.00 | 1800.00     |
-- | remainder        | 700.00 | 1800.00     |
