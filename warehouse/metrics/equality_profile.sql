-- ---
-- title = "Who told us they are"
-- plain = "Answers to one equality question in one group of people, as released: about the nearest 5."
-- formula = "released count per category; base = people asked less the released not stated"
-- unit = "people"
-- owner = "edi_lead"
-- questions = ["L2", "L3", "L6"]
-- audience = ["leadership", "trustee"]
-- disclosure = "declared"
-- kind = "distribution"
-- base = 25
-- cells = true
-- periods = ["snapshot"]
-- always = ["snapshot", "category"]
-- dimensions = ["population", "characteristic"]
-- labels = ["reason", "released_on"]
-- measures = ["figure"]
-- totals = ["head_count", "base"]
-- tables = ["equality_released"]
-- ---
with latest as (
    select population, characteristic, max(snapshot) as snapshot
    from equality_released
    where snapshot <= $period_to
    group by population, characteristic
)
select
    equality_released.population,
    equality_released.characteristic,
    cast(equality_released.snapshot as text) as snapshot,
    equality_released.category,
    equality_released.figure,
    equality_released.reason,
    cast(equality_released.released_on as text) as released_on,
    equality_released.head_count,
    equality_released.base
from equality_released
join latest
    on latest.population = equality_released.population
    and latest.characteristic = equality_released.characteristic
    and latest.snapshot = equality_released.snapshot
-- given equality_released
-- | snapshot   | population | characteristic | category     | figure | reason          | head_count | base | released_on |
-- | 2026-03-31 | selected   | disability     | Disabled     | 20     |                 | 50         | 40   | 2026-04-03  |
-- | 2026-06-30 | selected   | disability     | Disabled     | 25     |                 | 61         | 51   | 2026-07-03  |
-- | 2026-06-30 | selected   | disability     | __not_stated | 10     |                 | 61         | 51   | 2026-07-03  |
-- | 2026-06-30 | selected   | carer          | Carer        |        | too_few_to_show | 61         | 61   | 2026-07-03  |
-- | 2026-09-30 | selected   | disability     | Disabled     | 30     |                 | 80         | 80   | 2026-10-03  |
-- with period = 2026 Q2
-- by hand: for each group and question, the newest release up to 30 June, as it was released.
-- expect
-- | population | characteristic | snapshot   | category     | figure | reason          | released_on | head_count | base |
-- | selected   | disability     | 2026-06-30 | Disabled     | 25     |                 | 2026-07-03  | 61         | 51   |
-- | selected   | disability     | 2026-06-30 | __not_stated | 10     |                 | 2026-07-03  | 61         | 51   |
-- | selected   | carer          | 2026-06-30 | Carer        |        | too_few_to_show | 2026-07-03  | 61         | 61   |
