-- One row is one figure as printed in one publication, with no rows behind it.
-- unique: figure_ref
create table published_figure (
    figure_ref text not null,     -- pub | staff reference
    statement text not null,      -- pub | what was printed
    value decimal(12,4) not null, -- pub | the number
    unit text not null,           -- pub | one of people, percent, forms, organisations
    qualifier text not null,      -- pub | one of exact, more_than, about
    base integer,                 -- pub | people the percentage is of
    base_recorded text not null,  -- pub | one of yes, no, not_needed
    about_from date not null,     -- pub | first day it is about
    about_to date not null,       -- pub | last day it is about
    publication text not null,    -- pub | where it was printed
    published_on date not null,   -- pub | day of publication
    may_compare boolean not null  -- int | whether it may stand beside a counted figure
);
