-- One row is one protected figure of one population and characteristic at one snapshot. No true count is here.
-- made by: the build
-- unique: snapshot, population, characteristic, category
create table equality_released (
    snapshot date not null,       -- int | quarter end
    population text not null,     -- int | one of enquirers, screened, selected, trained, active_partners, matched, clients, event_attendees, board, advisory_group
    characteristic text not null, -- int | the characteristic
    category text not null,       -- pub | label of the group; __not_stated for not stated, __rest for everyone else
    figure integer,               -- int | rounded count; empty when it is too few to show
    reason text,                  -- int | too_few_to_show or base_too_small when figure is empty
    head_count integer not null,  -- int | people asked, exact
    base integer,                 -- int | head_count less the rounded not stated
    released_on date not null     -- int | day it was released
);
