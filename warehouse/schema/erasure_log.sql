-- One row is one person's erasure.
-- made by: the build
-- unique: case_ref
-- refers: case_ref -> assurance_case.case_ref
create table erasure_log (
    case_ref text not null,         -- int | the case
    contact_hmac text not null,     -- per | keyed digest, so that old files cannot bring them back
    asked_on date not null,         -- int | day they asked
    due_on date not null,           -- int | day it is due
    done_on date,                   -- int | day it was done
    rows_deleted integer not null,  -- int | rows deleted
    rows_unlinked integer not null, -- int | rows given a new random person key
    kept text,                      -- int | what stays and why
    done_by text not null           -- int | one of programme_lead, events_lead, finance_lead, evaluation_lead, edi_lead, data_steward, chair
);
