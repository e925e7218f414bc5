-- One row is one day from 2019 to 2035: whether England worked on it, and how many working days have passed by its end.
-- kept as: table
-- Bank holidays follow gov.uk/bank-holidays for England and Wales: the yearly rules (Easter by the anonymous
-- Gregorian method, a weekend's holiday moved to the next working day) and the one-off days announced so far.
-- An exceptional holiday after 2026 is added to `one_off` when it is announced.
with years as (
    select unnest(generate_series(2019, 2035)) as year
),
golden as (
    select
        year,
        year % 19 as a,
        year // 100 as b,
        year % 100 as c
    from years
),
epact as (
    select
        year,
        a,
        (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30 as h,
        (32 + 2 * (b % 4) + 2 * (c // 4)) as k,
        c % 4 as r
    from golden
),
paschal as (
    select year, h + (k - h - r) % 7 - 7 * ((a + 11 * h + 22 * ((k - h - r) % 7)) // 451) + 114 as n
    from epact
),
easter as (
    select year, make_date(year, n // 31, n % 31 + 1) as sunday
    from paschal
),
fixed as (
    select
        year,
        make_date(year, 1, 1) as new_year,
        make_date(year, 5, 1) as may_first,
        make_date(year, 5, 31) as may_last,
        make_date(year, 8, 31) as august_last,
        make_date(year, 12, 25) as christmas
    from years
),
weekday as (
    -- 0 is Monday: 1 January 2001 was one.
    select
        *,
        cast(date_diff('day', date '2001-01-01', new_year) % 7 as integer) as new_year_on,
        cast(date_diff('day', date '2001-01-01', may_first) % 7 as integer) as may_first_on,
        cast(date_diff('day', date '2001-01-01', may_last) % 7 as integer) as may_last_on,
        cast(date_diff('day', date '2001-01-01', august_last) % 7 as integer) as august_last_on,
        cast(date_diff('day', date '2001-01-01', christmas) % 7 as integer) as christmas_on
    from fixed
),
by_rule as (
    select sunday - 2 as holiday from easter
    union all
    select sunday + 1 from easter
    union all
    select new_year + case new_year_on when 5 then 2 when 6 then 1 else 0 end from weekday
    union all
    select may_first + (7 - may_first_on) % 7 from weekday where year <> 2020
    union all
    select may_last - may_last_on from weekday where year <> 2022
    union all
    select august_last - august_last_on from weekday
    union all
    select christmas + case christmas_on when 5 then 2 when 6 then 2 else 0 end from weekday
    union all
    select christmas + 1 + case christmas_on when 4 then 2 when 5 then 2 else 0 end from weekday
),
one_off as (
    select cast(holiday as date) as holiday
    from (values
        ('2020-05-08'), -- early May, moved to the 75th anniversary of VE Day
        ('2022-06-02'), -- spring, moved
        ('2022-06-03'), -- Platinum Jubilee
        ('2022-09-19'), -- State Funeral
        ('2023-05-08')  -- Coronation
    ) as announced(holiday)
),
holidays as (
    select holiday from by_rule
    union
    select holiday from one_off
),
days as (
    select cast(unnest(generate_series(date '2019-01-01', date '2035-12-31', interval 1 day)) as date) as day
),
worked as (
    select days.day, date_diff('day', date '2001-01-01', days.day) % 7 < 5 and holidays.holiday is null as is_working
    from days
    left join holidays on holidays.holiday = days.day
)
select
    day,
    is_working,
    cast(sum(case when is_working then 1 else 0 end) over (order by day rows unbounded preceding) as integer) as working_days
from worked
