-- One row is one claim: its pounds, its days, and the desk it lies on. Lines that a partner chose not to be paid are out.
-- kept as: table
-- A claim is complete, approved or paid when its last line is. `work_on` is its last day of work.
with summed as (
    select
        claim_ref,
        max(person_key) as person_key,
        sum(amount) as amount,
        count(*) as lines,
        max(work_on) as work_on,
        max(claim_received_on) as received_on,
        case when count(claim_valid_on) = count(*) then max(claim_valid_on) end as valid_on,
        case when count(approved_on) = count(*) then max(approved_on) end as approved_on,
        case when count(paid_on) = count(*) then max(paid_on) end as paid_on
    from claim_line
    where not declined_by_choice
    group by claim_ref
)
select
    claim_ref,
    person_key,
    amount,
    lines,
    work_on,
    received_on,
    valid_on,
    approved_on,
    paid_on,
    case
        when paid_on is not null then 'paid'
        when approved_on is not null then 'finance'
        when valid_on is not null then 'approval'
        when received_on is not null then 'checking'
        else 'waiting_for_claim'
    end as desk
from summed
