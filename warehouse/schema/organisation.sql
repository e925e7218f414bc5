-- One row is one organisation.
-- unique: org_code
create table organisation (
    org_code text not null,     -- pub | staff reference, the identity
    name text not null,         -- pub | the organisation's name
    org_type text not null,     -- pub | one of member_charity, other_voluntary, nhs, local_authority, national_body, professional_body, university, company, other
    setting text not null,      -- pub | one of nhs_provider, nhs_commissioner, national_body, local_authority, social_care_provider, voluntary, professional_body, research, other, not_recorded
    region text not null,       -- pub | one of north_east, north_west, yorkshire_humber, east_midlands, west_midlands, east_of_england, london, south_east, south_west, outside_england, not_recorded
    charity_no text,            -- pub | charity number, 6 to 8 digits
    also_known_as text,         -- pub | other names met
    is_member boolean not null, -- pub | whether it is a member charity now
    member_since date,          -- pub | first day of membership
    member_until date,          -- pub | last day of membership
    client_agreement_on date    -- int | day it first invested
);
