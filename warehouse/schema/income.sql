-- One row is one sum of money in for the programme.
-- key income_key: income_ref
-- unique: income_ref
-- keeps: kind, org_code, invoiced_on, due_on, received_on, covers_from, covers_to, sessions_bought, is_restricted
-- refers: org_code -> organisation.org_code
create table income (
    income_key text not null,      -- int | identity
    income_ref text not null,      -- int | the reference, else made of system, document id and line
    kind text not null,            -- int | one of client_fee, grant, event_fee, donation, other
    org_code text,                 -- int | who paid
    amount decimal(12,2) not null, -- int | pounds net of tax
    invoiced_on date,              -- int | day of the invoice
    due_on date,                   -- int | day it is due
    received_on date,              -- int | day it came
    covers_from date,              -- int | first day of the work it pays for
    covers_to date,                -- int | last day of the work it pays for
    sessions_bought integer,       -- int | sessions it pays for
    is_restricted boolean          -- int | whether it may be spent on one purpose only; empty until staff say
);
