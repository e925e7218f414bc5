-- One row is one agreed level for one metric and period.
-- unique: metric_id, period_from
create table target (
    metric_id text not null,      -- int | the metric
    period_from date not null,    -- int | first day
    period_to date not null,      -- int | last day
    level decimal(12,4) not null, -- int | the level agreed
    direction text not null,      -- int | one of at_least, at_most
    owner text not null,          -- int | one of programme_lead, events_lead, finance_lead, evaluation_lead, edi_lead, data_steward, chair
    agreed_on date not null,      -- int | day it was agreed
    why text not null             -- int | reason
);
