-- ---
-- title = "What did not go well"
-- plain = "What we wrote down as wrong or mixed."
-- formula = "reviewed learning entries marked no or mixed"
-- unit = "entries"
-- owner = "programme_lead"
-- questions = ["T1", "T15"]
-- audience = ["leadership", "trustee", "staff"]
-- disclosure = "open"
-- kind = "list"
-- periods = ["quarter", "year"]
-- dimensions = ["about"]
-- tables = ["learning_entry"]
-- ---
select
    entry_ref as reference,
    cast(on_day as text) as on_day,
    about,
    went_well,
    summary,
    case when will_change then 'yes' else 'no' end as will_change,
    owner
from learning_entry
where reviewed
    and went_well in ('no', 'mixed')
    and on_day between $period_from and $period_to
    and not is_void
order by case went_well when 'no' then 1 else 2 end, on_day desc, entry_ref
-- given learning_entry
-- | entry_key | entry_ref | on_day     | about    | went_well | summary              | will_change | owner          | reviewed |
-- | Y1        | L-0088    | 2026-06-26 | training | mixed     | Practice was short   | true        | programme_lead | true     |
-- | Y2        | L-0089    | 2026-06-20 | payment  | no        | Two claims were late | true        | finance_lead   | true     |
-- | Y3        | L-0090    | 2026-06-21 | events   | yes       | The day ran well     | false       | events_lead    | true     |
-- | Y4        | L-0091    | 2026-06-22 | events   | no        | Not yet checked      | false       | events_lead    | false    |
-- with period = 2026 Q2
-- by hand: two reviewed entries, the plain no first.
-- expect
-- | reference | on_day     | about    | went_well | summary              | will_change | owner          |
-- | L-0089    | 2026-06-20 | payment  | no        | Two claims were late | yes         | finance_lead   |
-- | L-0088    | 2026-06-26 | training | mixed     | Practice was short   | yes         | programme_lead |
