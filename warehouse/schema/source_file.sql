-- One row is one file met in one run.
-- made by: the build
-- unique: run_id, sha256
-- refers: run_id -> load_run.run_id
create table source_file (
    run_id text not null,         -- int | the run
    sha256 text not null,         -- int | digest of the file
    file_name text not null,      -- per | the file's name, a label
    format text,                  -- int | format key
    subject text,                 -- int | event, form or period it is about
    outcome text not null,        -- int | one of loaded, partly_loaded, already_loaded, empty, needs_answer, refused, unrecognised
    reason text,                  -- int | rule names only
    read integer not null,        -- int | data records read
    loaded integer not null,      -- int | records loaded
    quarantined integer not null, -- int | records held back
    ignored integer not null,     -- int | records that the format says are not data
    duplicate integer not null,   -- int | records already known
    written integer not null,     -- int | rows written
    columns_dropped text,         -- int | headings never written anywhere
    columns_moved text,           -- int | headings moved to another store
    as_of timestamp not null,     -- int | how fresh the file is
    delete_on date not null       -- int | day the original is due for deletion
);
