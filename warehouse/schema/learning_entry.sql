-- One row is one reflection, or one step of a Plan-Do-Study-Act cycle.
-- key entry_key: entry_ref
-- unique: entry_ref
create table learning_entry (
    entry_key text not null,      -- int | identity
    entry_ref text not null,      -- int | staff reference
    on_day date not null,         -- int | the day
    cycle_ref text,               -- int | the cycle it is a step of
    step text not null,           -- int | one of reflection, plan, do, study, act
    about text not null,          -- int | one of training, matching, coaching, events, access, payment, offer, team, partnership
    full_text text,               -- per | the full note; never leaves the staff page
    summary text not null,        -- int | safe wording, no person
    went_well text not null,      -- int | one of yes, mixed, no
    will_change boolean not null, -- int | whether something will change
    owner text not null,          -- int | one of programme_lead, events_lead, finance_lead, evaluation_lead, edi_lead, data_steward, chair
    reviewed boolean not null     -- int | whether the summary was checked
);
