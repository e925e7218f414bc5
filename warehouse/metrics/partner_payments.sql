-- ---
-- title = "Paid to partners"
-- plain = "Money paid to partners, by what it was for. Travel, time, adjustments and care make taking part possible."
-- formula = "sum of £ paid, and people paid, by kind; people are counted once in each kind, so kinds do not add up"
-- unit = "£"
-- owner = "finance_lead"
-- questions = ["T9"]
-- audience = ["leadership", "trustee", "staff_finance"]
-- disclosure = "guarded"
-- kind = "money"
-- base = 8
-- cells = true
-- periods = ["quarter", "year"]
-- dimensions = ["kind", "purpose"]
-- measures = ["pounds", "payees"]
-- totals = ["payees_in_all", "payees_for_pay", "payees_for_taking_part"]
-- tables = ["ledger_line", "payment", "person_merge"]
-- ---
with paid as (
    select
        kind,
        case when is_taking_part then 'taking part' else 'pay' end as purpose,
        person_key,
        amount
    from claim_line
    where paid_on between greatest($period_from, $counting_starts) and $period_to and not declined_by_choice
)
select
    kind,
    purpose,
    sum(amount) as pounds,
    count(distinct person_key) as payees,
    (select count(distinct person_key) from paid) as payees_in_all,
    (select count(distinct person_key) from paid where purpose = 'pay') as payees_for_pay,
    (select count(distinct person_key) from paid where purpose = 'taking part') as payees_for_taking_part
from paid
group by kind, purpose
-- given payment
-- | payment_key | claim_ref | person_key | kind        | amount | paid_on    | declined_by_choice |
-- | L1          | CL-1      | P-1        | session_fee | 60.00  | 2026-05-01 | false              |
-- | L2          | CL-2      | P-2        | session_fee | 60.00  | 2026-05-02 | false              |
-- | L3          | CL-1      | P-1        | travel      | 12.50  | 2026-05-01 | false              |
-- | L4          | CL-3      | P-1        | session_fee | 60.00  | 2026-07-01 | false              |
-- | L5          | CL-4      | P-4        | carer_cover | 30.00  | 2026-06-30 | false              |
-- | L6          | CL-5      | P-5        | session_fee | 60.00  |            | false              |
-- | L7          | CL-6      | P-6        | session_fee | 60.00  | 2026-05-01 | true               |
-- with period = 2026 Q2
-- by hand: £120 to two people for sessions, £12.50 and £30 to one each; three people in all. P-6 chose not to be paid.
-- expect
-- | kind        | purpose     | pounds | payees | payees_in_all | payees_for_pay | payees_for_taking_part |
-- | session_fee | pay         | 120.00 | 2      | 3             | 2              | 2                      |
-- | travel      | taking part | 12.50  | 1      | 3             | 2              | 2                      |
-- | carer_cover | taking part | 30.00  | 1      | 3             | 2              | 2                      |
