-- One row is one protected table let out.
-- made by: the build
-- unique: release_id
create table release_ledger (
    release_id text not null,       -- int | identity
    metric_id text not null,        -- int | the metric
    snapshot date,                  -- int | quarter end
    scope text not null,            -- int | filters
    profile text not null,          -- int | one of published, internal, steward
    cells text not null,            -- int | shown values and mask, after protection
    level integer,                  -- int | ladder level
    withheld integer not null,      -- int | cells held back
    attack_ok boolean not null,     -- int | no hidden cell can be worked out, alone or with earlier releases
    build_no integer not null,      -- int | number of the build
    code_version text not null,     -- int | version of the program
    released_at timestamp not null, -- int | when
    is_published boolean not null   -- int | then frozen for good
);
