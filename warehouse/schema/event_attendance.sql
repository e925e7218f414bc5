-- One row is one unbroken stretch of one attendee's presence at one event (or one check-in without times).
-- key attendance_key: event_key, attendee_key, joined_at, left_at, segment
-- unique: attendance_key
-- refers: event_key -> event.event_key
create table event_attendance (
    attendance_key text not null, -- per | identity
    event_key text not null,      -- int | the event
    attendee_key text not null,   -- per | the person at this event: from person_key, else from the displayed name
    person_key text,              -- per | the person, where an e-mail was given
    role text not null,           -- int | one of host, panelist, attendee, phone, bot
    joined_at timestamp,          -- per | start of the stretch
    left_at timestamp,            -- per | end of the stretch
    segment integer not null,     -- int | ordinal among identical stretches, from 1
    evidence text not null,       -- int | one of join_log, total_only, check_in, staff_list
    stated_minutes integer        -- per | minutes, only when the tool gives no times
);
