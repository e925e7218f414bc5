-- ---
-- title = "Income received"
-- plain = "Money in for the programme."
-- formula = "sum of £ received, net of tax, by kind"
-- unit = "£"
-- owner = "finance_lead"
-- questions = ["T8"]
-- audience = ["leadership", "trustee", "staff_finance"]
-- disclosure = "open"
-- kind = "money"
-- periods = ["quarter", "year", "to date"]
-- dimensions = ["kind", "restricted"]
-- measures = ["pounds"]
-- tables = ["income"]
-- ---
select
    kind,
    case when is_restricted is null then 'not recorded' when is_restricted then 'restricted' else 'free' end as restricted,
    sum(amount) as pounds
from income
where received_on between $period_from and $period_to and not is_void
group by kind, case when is_restricted is null then 'not recorded' when is_restricted then 'restricted' else 'free' end
-- given income
-- | income_key | income_ref | kind       | amount  | received_on | is_restricted |
-- | N1         | IN-1       | client_fee | 1800.00 | 2026-06-24  | false         |
-- | N2         | IN-2       | client_fee | 600.00  | 2026-06-30  | false         |
-- | N3         | IN-3       | grant      | 5000.00 | 2026-04-01  | true          |
-- | N4         | IN-4       | grant      | 900.00  | 2026-04-02  |               |
-- | N5         | IN-5       | client_fee | 1800.00 |             | false         |
-- with period = 2026 Q2
-- by hand: £2,400 of fees has come; IN-5 is only invoiced; nobody has said whether IN-4 is restricted.
-- expect
-- | kind       | restricted   | pounds  |
-- | client_fee | free         | 2400.00 |
-- | grant      | restricted   | 5000.00 |
-- | grant      | not recorded | 900.00  |
