-- One row is one partner paired with one client.
-- key match_key: match_ref
-- unique: match_ref
-- keeps: logged_paid_hours, logged_probono_hours, logged_from, logged_to
-- refers: partner_key -> application.application_key
-- refers: client_key -> application.application_key
create table coaching_match (
    match_key text not null,           -- per | identity
    match_ref text not null,           -- int | staff reference
    partner_key text not null,         -- per | the partner's application
    client_key text not null,          -- per | the client's application
    matched_on date not null,          -- int | day the pair was made
    ended_on date,                     -- int | day the pair ended
    end_reason text,                   -- per | one of access_not_met, payment_problem, no_suitable_match, programme_changed, time_or_money, personal, moved_on, finished, not_said
    sessions_agreed integer,           -- int | sessions agreed
    rhythm_weeks integer not null,     -- int | usual gap in weeks, 4 if not given
    logged_paid_hours decimal(6,2),    -- int | paid hours in all, from a coaching log; never turned into sessions
    logged_probono_hours decimal(6,2), -- int | pro bono hours in all, from a coaching log
    logged_from date,                  -- int | first day the log covers
    logged_to date                     -- int | last day the log covers
);
