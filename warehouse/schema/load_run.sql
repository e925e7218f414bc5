-- One row is one run.
-- made by: the build
-- unique: run_id
create table load_run (
    run_id text not null,          -- int | identity
    started_at timestamp not null, -- int | start
    ended_at timestamp,            -- int | end
    outcome text not null,         -- int | one of ok, ok_with_warnings, failed
    code_version text not null,    -- int | version of the program
    build_no integer               -- int | number of the build it made
);
