-- One row is one line of one claim, with the day it was paid: as the register says, else as the accounts show.
-- kept as: table
-- A line of the accounts pays a claim line when it names it or its claim; else when it is the only one with that payee
-- and amount, 0 to 120 days after the claim was complete, and that claim line is the only one it fits.
with line as (
    select
        payment.payment_key,
        payment.claim_ref,
        coalesce(same_person.kept_key, payment.person_key) as person_key,
        payment.kind,
        payment.work_on,
        payment.session_key,
        payment.activity_key,
        payment.amount,
        payment.claim_received_on,
        payment.claim_valid_on,
        payment.approved_on,
        payment.paid_on,
        payment.declined_by_choice
    from payment
    left join same_person on same_person.old_key = payment.person_key
    where not payment.is_void
),
booked as (
    select
        ledger_line.ledger_key,
        ledger_line.payment_key,
        ledger_line.claim_ref,
        coalesce(same_person.kept_key, ledger_line.person_key) as person_key,
        ledger_line.amount,
        ledger_line.booked_on
    from ledger_line
    left join same_person on same_person.old_key = ledger_line.person_key
    where not ledger_line.is_void
        and ledger_line.category in ('partner_pay', 'partner_expense', 'access')
        and ledger_line.amount > 0
),
by_line as (
    select payment_key, min(booked_on) as booked_on
    from booked
    where payment_key is not null
    group by payment_key
),
by_reference as (
    select claim_ref, min(booked_on) as booked_on
    from booked
    where payment_key is null and claim_ref is not null
    group by claim_ref
),
fitting as (
    select
        line.payment_key,
        booked.booked_on,
        count(*) over (partition by line.payment_key) as lines_that_fit,
        count(*) over (partition by booked.ledger_key) as claims_that_fit
    from line
    join booked
        on booked.person_key = line.person_key
        and booked.amount = line.amount
        and booked.booked_on >= line.claim_valid_on
        and booked.booked_on <= line.claim_valid_on + 120
    where line.paid_on is null
        and not line.declined_by_choice
        and booked.payment_key is null
        and booked.claim_ref is null
),
only_fit as (
    select payment_key, booked_on
    from fitting
    where lines_that_fit = 1 and claims_that_fit = 1
)
select
    line.payment_key,
    line.claim_ref,
    line.person_key,
    line.kind,
    line.kind in ('travel', 'travel_time', 'access_adjustment', 'carer_cover') as is_taking_part,
    line.work_on,
    line.session_key,
    line.activity_key,
    line.amount,
    line.claim_received_on,
    line.claim_valid_on,
    line.approved_on,
    coalesce(line.paid_on, by_line.booked_on, by_reference.booked_on, only_fit.booked_on) as paid_on,
    line.declined_by_choice
from line
left join by_line on by_line.payment_key = line.payment_key
left join by_reference on by_reference.claim_ref = line.claim_ref
left join only_fit on only_fit.payment_key = line.payment_key
