-- One row is one person's journey in one role.
-- key application_key: person_key, role, opened_on
-- unique: person_key, role, opened_on
-- refers: eoi_key -> expression_of_interest.eoi_key
-- refers: org_code -> organisation.org_code
-- refers: cohort_code -> cohort.cohort_code
create table application (
    application_key text not null, -- per | identity
    person_key text not null,      -- per | the person
    role text not null,            -- int | one of partner, client
    eoi_key text,                  -- per | the person's latest EOI up to opened_on
    opened_on date not null,       -- int | first day of the journey
    region text not null,          -- per | one of north_east, north_west, yorkshire_humber, east_midlands, west_midlands, east_of_england, london, south_east, south_west, outside_england, not_recorded
    org_code text,                 -- per | a client's organisation
    prior_link text not null,      -- int | one of ally, member, partnership_group, event, new_contact, not_recorded: how we knew them
    cohort_code text               -- int | the group they train or are coached with
);
