-- One row is one person offered a place on one cohort's training, and whether they attended every training day of it.
-- kept as: view
with training_day as (
    select activity_key, cohort_code, on_day
    from activity
    where kind = 'training_day' and cohort_code is not null and not is_void
),
course as (
    select cohort_code, count(*) as days, min(on_day) as first_on, max(on_day) as last_on
    from training_day
    group by cohort_code
),
came as (
    select
        training_day.cohort_code,
        coalesce(same_person.kept_key, activity_attendance.person_key) as person_key,
        count(distinct case when activity_attendance.status = 'attended' then activity_attendance.activity_key end)
            as attended
    from activity_attendance
    join training_day on training_day.activity_key = activity_attendance.activity_key
    left join same_person on same_person.old_key = activity_attendance.person_key
    where not activity_attendance.is_void
    group by training_day.cohort_code, coalesce(same_person.kept_key, activity_attendance.person_key)
)
select
    came.cohort_code,
    came.person_key,
    course.first_on,
    course.last_on,
    course.days,
    came.attended,
    came.attended = course.days as is_complete
from came
join course on course.cohort_code = came.cohort_code
