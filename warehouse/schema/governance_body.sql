-- One row is one body on one count day.
-- unique: body, counted_on
create table governance_body (
    body text not null,                      -- pub | one of board, advisory_group, partnership_group, selection_panel
    counted_on date not null,                -- pub | count day
    seats integer not null,                  -- pub | seats
    filled integer not null,                 -- pub | seats filled
    lived_experience_seats integer not null, -- pub | seats held as a person with lived experience, a published role
    openly_recruited integer not null,       -- pub | seats filled by open recruitment
    lived_experience_panel boolean not null, -- pub | whether such a panel took part in selection
    collection_code text                     -- int | the equality collection of this body
);
