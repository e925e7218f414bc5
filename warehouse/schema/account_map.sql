-- One row is what one account means.
-- unique: system, account
create table account_map (
    system text not null,       -- int | the accounts system
    account text not null,      -- int | account code
    category text not null,     -- int | one of partner_pay, partner_expense, access, delivery_cost, income, out_of_scope
    income_kind text,           -- int | one of client_fee, grant, event_fee, donation, other
    fund text,                  -- int | the fund
    confirmed_by text not null, -- int | one of programme_lead, events_lead, finance_lead, evaluation_lead, edi_lead, data_steward, chair
    confirmed_on date not null  -- int | day it was confirmed
);
