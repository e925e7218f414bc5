-- One row is one line of an account the programme uses, as booked.
-- key ledger_key: system, document_id, line
-- unique: system, document_id, line
-- keeps: claim_ref, payment_key, bank_confirmed_on
-- refers: payment_key -> payment.payment_key
-- refers: system, account -> account_map.system, account
create table ledger_line (
    ledger_key text not null,      -- int | identity
    system text not null,          -- int | one of xero, quickbooks, sage, expenses, bank
    document_id text not null,     -- int | the document's id, else made of account, day, amount and reference
    line integer not null,         -- int | line of the document, from 1
    booked_on date not null,       -- int | day it was booked
    account text not null,         -- int | account code
    category text not null,        -- int | one of partner_pay, partner_expense, access, delivery_cost, by account map
    person_key text,               -- per | the payee, where known
    amount decimal(12,2) not null, -- int | pounds out; a refund is negative
    claim_ref text,                -- int | claim named in the reference
    payment_key text,              -- int | the payment it matches
    bank_confirmed_on date         -- int | day the bank shows it
);
