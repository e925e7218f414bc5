-- One row is one step entered on one journey.
-- key stage_key: application_key, stage, entered_on
-- unique: application_key, stage, entered_on
-- refers: application_key -> application.application_key
create table pathway_stage (
    stage_key text not null,       -- per | identity
    application_key text not null, -- per | the journey
    stage text not null,           -- int | one of enquired, screened, selected, trained, active, matched, paused, not_taken_forward, withdrew, left
    entered_on date not null,      -- int | day the step was entered
    reason text,                   -- per | one of access_not_met, payment_problem, no_suitable_match, programme_changed, time_or_money, personal, moved_on, finished, not_said
    recorded_by text not null      -- int | staff initials code
);
