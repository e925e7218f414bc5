-- One row is one fixed period that figures are asked for: a calendar quarter, or a programme year from 1 April.
-- kept as: view
with years as (
    select unnest(generate_series(2019, 2035)) as year
),
quarters as (
    select unnest(generate_series(1, 4)) as quarter
)
select
    'quarter' as kind,
    concat(cast(years.year as text), ' Q', cast(quarters.quarter as text)) as label,
    make_date(years.year, quarters.quarter * 3 - 2, 1) as from_on,
    cast(make_date(years.year, quarters.quarter * 3 - 2, 1) + interval 3 month - interval 1 day as date) as to_on
from years
cross join quarters
union all
select
    'year',
    concat(cast(year as text), '-', right(cast(year + 1 as text), 2)),
    make_date(year, 4, 1),
    make_date(year + 1, 3, 31)
from years
