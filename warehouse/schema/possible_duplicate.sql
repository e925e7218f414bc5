-- One row is one pair of people who may be one.
-- unique: person_a, person_b
create table possible_duplicate (
    person_a text not null,       -- per | first key in order
    person_b text not null,       -- per | second key in order
    score decimal(12,4),          -- int | likeness, 0 to 1
    reason text,                  -- int | one of same_name_new_email, same_phone, similar_name_same_organisation
    decision text not null,       -- int | one of open, same, different
    decided_by text,              -- int | one of programme_lead, events_lead, finance_lead, evaluation_lead, edi_lead, data_steward, chair
    decided_on date               -- int | day of the decision
);
