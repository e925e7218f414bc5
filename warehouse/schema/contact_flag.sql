-- One row is what one person may be written to about.
-- made by: the build
-- unique: person_key
create table contact_flag (
    person_key text not null,       -- per | the person
    may_reply boolean not null,     -- per | a reply to what they asked
    may_programme boolean not null, -- per | programme messages
    may_market boolean not null     -- per | news
);
