-- One row is one rate from one day.
-- unique: rate_version, kind, unit
create table rate_card (
    rate_version text not null,  -- int | the version
    kind text not null,          -- int | one of session_fee, preparation, training_day, supervision, activity_fee, travel, travel_time, access_adjustment, carer_cover, other
    unit text not null,          -- int | one of hour, half_day, day, session, mile
    rate decimal(12,2) not null, -- int | pounds a unit
    from_on date not null,       -- int | first day it applies
    agreed_by text not null      -- int | one of programme_lead, events_lead, finance_lead, evaluation_lead, edi_lead, data_steward, chair
);
