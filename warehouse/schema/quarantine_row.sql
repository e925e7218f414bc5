-- One row is one rejected record. Only the place is noted, never a value.
-- made by: the build
-- unique: sha256, part, line, rule
create table quarantine_row (
    run_id text not null,  -- int | the run
    sha256 text not null,  -- int | digest of the file
    part text,             -- int | sheet or section
    line integer not null, -- int | line of the file
    rule text not null,    -- int | the rule it broke
    "column" text,         -- int | the column
    state text not null,   -- int | one of open, corrected, given_up
    closed_on date         -- int | day it was closed
);
