-- One row is one category's count in one comparison population.
-- unique: characteristic, list_version, level, category, geography, base, year
create table benchmark (
    characteristic text not null, -- pub | the characteristic
    list_version text not null,   -- pub | the list of categories
    level integer not null,       -- pub | ladder level, 1 the most detailed
    category text not null,       -- pub | the category or group
    geography text not null,      -- pub | the area
    base text not null,           -- pub | who is counted
    year integer not null,        -- pub | the year
    count integer not null,       -- pub | people in the category
    total integer not null,       -- pub | people in all
    source text not null,         -- pub | where it is from
    licence text not null         -- pub | its licence
);
