-- ---
-- title = "Completed training"
-- plain = "People who came to every day."
-- formula = "people who attended every training day of their cohort ÷ people offered a place"
-- unit = "people"
-- owner = "programme_lead"
-- questions = ["T2"]
-- audience = ["leadership", "trustee", "staff"]
-- disclosure = "open"
-- kind = "ratio"
-- periods = ["year"]
-- measures = ["n", "of"]
-- tables = ["activity", "activity_attendance", "person_merge"]
-- ---
select
    count(distinct case when is_complete then person_key end) as n,
    count(distinct person_key) as of
from trainee
where last_on between $period_from and $period_to
-- given activity
-- | activity_key | kind         | cohort_code | on_day     |
-- | T1           | training_day | C-1         | 2026-05-11 |
-- | T2           | training_day | C-1         | 2026-05-12 |
-- | T3           | training_day | C-0         | 2026-03-12 |
-- given activity_attendance
-- | activity_key | person_key | status   |
-- | T1           | P-1        | attended |
-- | T2           | P-1        | attended |
-- | T1           | P-2        | attended |
-- | T2           | P-2        | absent   |
-- | T1           | P-3        | offered  |
-- | T3           | P-4        | attended |
-- with period = 2026-27
-- by hand: of three people offered a place in C-1 one came to both days; C-0 was last year.
-- expect
-- | n | of |
-- | 1 | 3  |
