-- One row is one time one person put their hand up.
-- key eoi_key: given
-- unique: eoi_key
-- keeps: eoi_ref, assigned_to, status=new, closed_on
-- refers: event_key -> event.event_key
-- refers: org_code -> organisation.org_code
create table expression_of_interest (
    eoi_key text not null,             -- per | identity: from the form and its response, else from eoi_ref
    eoi_ref text,                      -- int | reference for conversation with staff; empty for one made by a form
    person_key text not null,          -- per | the person
    received_at timestamp not null,    -- per | when it came
    source text not null,              -- int | one of event, member, website, word_of_mouth, partner_organisation, social_media, other, not_recorded
    event_key text,                    -- int | the event it was tied to
    org_code text,                     -- per | organisation named
    wants_coach boolean not null,      -- per | wants to coach
    wants_be_coached boolean not null, -- per | wants to be coached
    wants_host boolean not null,       -- per | their organisation wants to take part
    wants_membership boolean not null, -- per | wants to join as a member
    wants_hear_more boolean not null,  -- per | wants to hear more
    message text,                      -- per | their words, shown only in the opened worklist row
    assigned_to text,                  -- int | staff initials code
    status text not null,              -- int | one of new, in_conversation, on_hold, on_pathway, closed_not_now, closed_no_reply, closed_declined
    closed_on date                     -- int | day it was closed
);
