-- One row is one event on one day (a repeated event is several rows).
-- key event_key: given
-- unique: event_key
-- keeps: event_code, title, kind, starts_at, ends_at, platform, tool_unique_count, time_zone
-- owned: title, kind, starts_at by event_code
create table event (
    event_key text not null,   -- pub | identity: from the tool's id or title and day, else from event_code
    event_code text,           -- pub | staff reference such as EV-2026-02; empty until the staff list names the event
    title text not null,       -- pub | the event's title
    kind text not null,        -- pub | one of webinar, open_meeting, conference, workshop
    starts_at timestamp,       -- pub | start; empty when no source knows it yet
    ends_at timestamp,         -- pub | end
    platform text not null,    -- pub | one of zoom, teams, eventbrite, in_person, other
    tool_unique_count integer, -- int | people the tool itself counted, a control total
    time_zone text             -- pub | IANA name of the zone the times were printed in
);
