-- ---
-- title = "Told us"
-- plain = "How many of those asked answered one equality question."
-- formula = "people asked less the released not stated ÷ people asked"
-- unit = "people"
-- owner = "edi_lead"
-- questions = ["L2", "L3", "L5"]
-- audience = ["leadership", "trustee"]
-- disclosure = "declared"
-- kind = "distribution"
-- base = 25
-- cells = true
-- periods = ["snapshot"]
-- always = ["snapshot"]
-- dimensions = ["population", "characteristic"]
-- labels = ["reason", "released_on"]
-- measures = ["not_stated"]
-- totals = ["head_count"]
-- tables = ["equality_released"]
-- ---
select
    population,
    characteristic,
    cast(snapshot as text) as snapshot,
    max(case when category = '__not_stated' then figure end) as not_stated,
    max(case when category = '__not_stated' then reason end) as reason,
    cast(max(released_on) as text) as released_on,
    max(head_count) as head_count
from equality_released
where snapshot <= $period_to
group by population, characteristic, snapshot
order by snapshot, population, characteristic
-- given equality_released
-- | snapshot   | population | characteristic | category     | figure | reason          | head_count | base | released_on |
-- | 2026-03-31 | selected   | disability     | Disabled     | 20     |                 | 50         | 50   | 2026-04-03  |
-- | 2026-03-31 | selected   | disability     | __not_stated |        | too_few_to_show | 50         | 50   | 2026-04-03  |
-- | 2026-06-30 | selected   | disability     | Disabled     | 25     |                 | 61         | 51   | 2026-07-03  |
-- | 2026-06-30 | selected   | disability     | __not_stated | 10     |                 | 61         | 51   | 2026-07-03  |
-- | 2026-09-30 | selected   | disability     | __not_stated | 10     |                 | 80         | 70   | 2026-10-03  |
-- with period = 2026 Q2
-- by hand: every release up to 30 June in order; in March too few said nothing to show how many.
-- expect
-- | population | characteristic | snapshot   | not_stated | reason          | released_on | head_count |
-- | selected   | disability     | 2026-03-31 |            | too_few_to_show | 2026-04-03  | 50         |
-- | selected   | disability     | 2026-06-30 | 10         |                 | 2026-07-03  | 61         |
