-- One row is one decided merge of two people. Applied by the models, reversible.
-- unique: old_key
create table person_merge (
    old_key text not null,    -- per | the key that is left
    kept_key text not null,   -- per | the key that stays
    decided_on date not null, -- int | day of the decision
    undone_on date            -- int | day it was undone
);
