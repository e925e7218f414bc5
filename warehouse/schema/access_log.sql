-- One row is one answer the door gave. No values.
-- made by: the build
-- unique: at, viewer, metric_id, ordinal
create table access_log (
    at timestamp not null,     -- int | when
    viewer text not null,      -- per | keyed digest of the sign-in
    role text not null,        -- int | role used
    page text not null,        -- int | the page
    metric_id text not null,   -- int | the metric
    ordinal integer not null,  -- int | 1 unless two at one moment
    filters text not null,     -- int | filters
    action text not null,      -- int | one of view, export, reveal_name
    allowed boolean not null,  -- int | whether it was allowed
    reason text,               -- int | why not
    rows integer not null,     -- int | rows given
    withheld integer not null  -- int | cells held back
);
