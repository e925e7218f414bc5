-- One row is one rule checked on one file.
-- made by: the build
-- unique: run_id, sha256, rule
-- refers: run_id -> load_run.run_id
create table expectation_result (
    run_id text not null,     -- int | the run
    sha256 text not null,     -- int | digest of the file
    "table" text not null,    -- int | the table checked
    rule text not null,       -- int | the rule
    plain text not null,      -- int | what should be so, as a sentence
    severity text not null,   -- int | one of stop, refuse, warn
    checked integer not null, -- int | rows checked
    failed integer not null,  -- int | rows that failed
    errored boolean not null, -- int | the check itself broke, not the data
    owner text not null       -- int | one of programme_lead, events_lead, finance_lead, evaluation_lead, edi_lead, data_steward, chair
);
