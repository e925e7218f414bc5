-- ---
-- title = "Compared with others"
-- plain = "Our share of a group against the share elsewhere; 1 is equal."
-- formula = "(released figure ÷ base) ÷ (other_n ÷ other_of), same list of answers"
-- unit = "ratio"
-- owner = "edi_lead"
-- questions = ["L2"]
-- audience = ["leadership", "trustee"]
-- disclosure = "declared"
-- kind = "distribution"
-- base = 25
-- cells = true
-- periods = ["snapshot"]
-- always = ["snapshot", "category"]
-- dimensions = ["population", "characteristic", "comparator"]
-- labels = ["reason", "compared_with", "compared_on"]
-- measures = ["figure", "other_n", "other_of"]
-- totals = ["head_count", "base"]
-- tables = ["benchmark", "code_list", "equality_released"]
-- ---
with latest as (
    select population, characteristic, max(snapshot) as snapshot
    from equality_released
    where snapshot <= $period_to
    group by population, characteristic
),
released as (
    select equality_released.*
    from equality_released
    join latest
        on latest.population = equality_released.population
        and latest.characteristic = equality_released.characteristic
        and latest.snapshot = equality_released.snapshot
    where equality_released.category not in ('__not_stated', '__rest')
),
labelled as (
    select
        benchmark.characteristic,
        lower(coalesce(code_list.label, benchmark.category)) as category,
        benchmark.count,
        benchmark.total,
        benchmark.base,
        benchmark.year,
        row_number() over (
            partition by benchmark.characteristic, lower(coalesce(code_list.label, benchmark.category))
            order by benchmark.year desc, benchmark.level, benchmark.list_version desc, benchmark.base
        ) as newest
    from benchmark
    left join code_list
        on code_list.characteristic = benchmark.characteristic
        and code_list.list_version = benchmark.list_version
        and code_list.category = benchmark.category
        and not code_list.is_void
    where lower(benchmark.geography) = 'england' and not benchmark.is_void
),
comparison as (
    select
        characteristic,
        category,
        'England' as comparator,
        cast(count as bigint) as other_n,
        cast(total as bigint) as other_of,
        base as compared_with,
        cast(year as text) as compared_on
    from labelled
    where newest = 1
    union all
    select characteristic, lower(category), 'enquirers', figure, base, 'people who enquired', cast(snapshot as text)
    from released
    where population = 'enquirers' and figure is not null
)
select
    released.population,
    released.characteristic,
    comparison.comparator,
    cast(released.snapshot as text) as snapshot,
    released.category,
    released.figure,
    comparison.other_n,
    comparison.other_of,
    released.reason,
    comparison.compared_with,
    comparison.compared_on,
    released.head_count,
    released.base
from released
join comparison
    on comparison.characteristic = released.characteristic
    and comparison.category = lower(released.category)
where not (comparison.comparator = 'enquirers' and released.population = 'enquirers')
-- given equality_released
-- | snapshot   | population | characteristic | category     | figure | reason | head_count | base | released_on |
-- | 2026-06-30 | selected   | disability     | Disabled     | 25     |        | 61         | 51   | 2026-07-03  |
-- | 2026-06-30 | selected   | disability     | __not_stated | 10     |        | 61         | 51   | 2026-07-03  |
-- | 2026-03-31 | enquirers  | disability     | Disabled     | 60     |        | 200        | 180  | 2026-04-03  |
-- given benchmark
-- | characteristic | list_version | level | category | geography | base          | year | count | total |
-- | disability     | gss-2q       | 2     | disabled | England   | all residents | 2021 | 19000 | 100000 |
-- | disability     | gss-2q       | 2     | disabled | England   | all residents | 2011 | 17000 | 100000 |
-- | disability     | gss-2q       | 2     | disabled | Wales     | all residents | 2021 | 22000 | 100000 |
-- with period = 2026 Q2
-- by hand: 25 of 51 against 19,000 of 100,000 in England (the newest year), and against 60 of 180 enquirers.
-- expect
-- | population | characteristic | comparator | snapshot   | category | figure | other_n | other_of | reason | compared_with       | compared_on | head_count | base |
-- | selected   | disability     | England    | 2026-06-30 | Disabled | 25     | 19000   | 100000   |        | all residents       | 2021        | 61         | 51   |
-- | selected   | disability     | enquirers  | 2026-06-30 | Disabled | 25     | 60      | 180      |        | people who enquired | 2026-03-31  | 61         | 51   |
-- | enquirers  | disability     | England    | 2026-03-31 | Disabled | 60     | 19000   | 100000   |        | all residents       | 2021        | 200        | 180  |
