-- One row is one year's summer time in London: between the two moments (UTC) clocks are one hour ahead.
-- kept as: view
with years as (
    select unnest(generate_series(2019, 2050)) as year
),
last_days as (
    select year, make_date(year, 3, 31) as march, make_date(year, 10, 31) as october
    from years
)
select
    year,
    cast(march - cast((date_diff('day', date '2001-01-01', march) + 1) % 7 as integer) as timestamp) + interval 1 hour as starts_at,
    cast(october - cast((date_diff('day', date '2001-01-01', october) + 1) % 7 as integer) as timestamp) + interval 1 hour as ends_at
from last_days
