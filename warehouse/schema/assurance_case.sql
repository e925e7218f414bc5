-- One row is one data incident, rights request, objection, complaint or mediation.
-- unique: case_ref
create table assurance_case (
    case_ref text not null,       -- int | staff reference
    kind text not null,           -- int | one of incident, access, rectification, erasure, objection_equality, complaint, mediation
    received_on date not null,    -- int | day it came
    acknowledged_on date,         -- int | day it was acknowledged
    closed_on date,               -- int | day it was closed
    due_on date not null,         -- int | incident 72 hours, rights one month, complaint acknowledged in 30 days
    told_regulator text not null, -- int | one of not_needed, told, considering
    owner text not null,          -- int | one of programme_lead, events_lead, finance_lead, evaluation_lead, edi_lead, data_steward, chair
    lesson text                   -- int | what we learnt, no person
);
