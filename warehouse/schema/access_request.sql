-- One row is one adjustment one person asked for. Separate permission: staff_access.
-- key access_key: person_key, for_kind, target, adjustment, asked_on
-- unique: access_key
create table access_request (
    access_key text not null, -- spc | identity
    person_key text not null, -- spc | the person
    for_kind text not null,   -- int | one of everything, event, activity, session, claiming
    target text,              -- int | the event, activity or session key
    adjustment text not null, -- spc | one of bsl, captions, large_print, easy_read, step_free, quiet_space, breaks, support_person, interpreter, timing, remote_option, technology, travel_help, other_arranged
    how text,                 -- spc | practical instruction, never the cause
    consent_on date not null, -- per | day they agreed to our using this for them
    asked_on date not null,   -- int | day they asked
    needed_by date not null,  -- int | day it must be in place
    status text not null,     -- spc | one of asked, arranged, could_not, not_needed
    settled_on date,          -- int | day it was settled
    met text                  -- spc | one of yes, partly, no, not_asked: the person's own answer afterwards
);
