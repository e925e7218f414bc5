-- One row is one month end.
-- unique: month_end
create table funds_position (
    month_end date not null,           -- int | last day of the month
    restricted decimal(12,2) not null, -- int | pounds held for one purpose
    free decimal(12,2) not null,       -- int | pounds held for any purpose
    agreed_by text not null            -- int | one of programme_lead, events_lead, finance_lead, evaluation_lead, edi_lead, data_steward, chair
);
