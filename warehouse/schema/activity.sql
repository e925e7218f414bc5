-- One row is one training day, supervision, action-learning set or other gathering.
-- key activity_key: activity_code
-- unique: activity_code
-- refers: cohort_code -> cohort.cohort_code
create table activity (
    activity_key text not null,          -- int | identity
    activity_code text not null,         -- int | staff reference
    kind text not null,                  -- int | one of training_day, supervision, action_learning, peer_coaching, debrief, influence, co_design, co_analysis, recruitment_panel, client_cohort, advisory_meeting
    title text not null,                 -- int | title
    on_day date not null,                -- int | the day
    mins integer,                        -- int | length in minutes
    cohort_code text,                    -- int | the group it was for
    places integer,                      -- int | places offered
    partners_designed boolean not null,  -- int | partners designed it
    partners_delivered boolean not null, -- int | partners delivered it
    partners_analysed boolean not null,  -- int | partners analysed it
    is_paid boolean not null             -- int | whether partners are paid for it
);
