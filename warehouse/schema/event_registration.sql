-- One row is one registrant of one event.
-- key registration_key: event_key, attendee_key
-- unique: event_key, attendee_key
-- keeps: org_code, registered_at, ticket_type, face_value, heard_from
-- refers: event_key -> event.event_key
-- refers: org_code -> organisation.org_code
create table event_registration (
    registration_key text not null, -- per | identity
    event_key text not null,        -- int | the event
    attendee_key text not null,     -- per | the person at this event: from person_key, else from the displayed name
    person_key text,                -- per | the person, where an e-mail was given
    org_code text,                  -- int | organisation named, if it is on our list; other wording is dropped
    registered_at timestamp,        -- per | when they signed up
    status text not null,           -- int | one of registered, pending, waitlisted, cancelled, refunded, denied
    tickets integer not null,       -- int | tickets held
    ticket_type text,               -- int | ticket name
    face_value decimal(12,2),       -- int | pounds printed on the ticket, not money received
    heard_from text,                -- int | one of event, member, website, word_of_mouth, partner_organisation, social_media, other, not_recorded
    platform text not null          -- int | the tool
);
