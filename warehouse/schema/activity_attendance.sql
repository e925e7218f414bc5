-- One row is one person invited to one activity.
-- unique: activity_key, person_key
-- refers: activity_key -> activity.activity_key
create table activity_attendance (
    activity_key text not null, -- int | the activity
    person_key text not null,   -- per | the person
    status text not null,       -- int | one of offered, attended, part, absent_told_us, absent
    mins integer                -- per | minutes present
);
