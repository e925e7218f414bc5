-- One row is one group that trains or is coached together.
-- unique: cohort_code
create table cohort (
    cohort_code text not null, -- int | staff reference
    kind text not null,        -- int | one of partner, client
    starts_on date not null,   -- int | first day
    ends_on date not null,     -- int | last day
    places integer not null,   -- int | places offered
    is_pilot boolean not null  -- int | ran before 1 April 2022; what happened then is in no metric
);
