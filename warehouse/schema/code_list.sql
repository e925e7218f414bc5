-- One row is one category of one equality list.
-- unique: characteristic, list_version, category
create table code_list (
    characteristic text not null, -- pub | the characteristic
    list_version text not null,   -- pub | the list of categories
    category text not null,       -- pub | the category
    label text not null,          -- pub | words shown
    parent_2 text,                -- pub | the group at ladder level 2
    parent_3 text,                -- pub | the group at ladder level 3
    aliases text                  -- int | other wordings met, one a line
);
