-- One row is one id a tool uses for an event.
-- unique: system, external_id, on_day
-- refers: event_key -> event.event_key
create table event_alias (
    system text not null,      -- int | the tool
    external_id text not null, -- int | the tool's own id, digits only where it is a number
    on_day date,               -- int | the day, for an id that is used again
    event_key text not null    -- int | the event it means
);
