-- One row is one planned or held meeting of one pair.
-- key session_key: match_key, on_day, slot
-- unique: match_key, on_day, slot
-- keeps: start_at, planned_mins, held_mins, mode=not_recorded, paid_kind=not_recorded, funded_by=not_recorded, status=booked, recorded_on
-- refers: match_key -> coaching_match.match_key
create table coaching_session (
    session_key text not null, -- per | identity
    match_key text not null,   -- per | the pair
    on_day date not null,      -- int | the session's day
    start_at timestamp,        -- int | planned start
    slot integer not null,     -- int | 1 unless two on a day
    planned_mins integer,      -- int | minutes planned
    held_mins integer,         -- int | minutes held
    mode text not null,        -- int | one of video, phone, in_person, not_recorded
    paid_kind text not null,   -- int | one of paid, pro_bono, not_recorded
    funded_by text not null,   -- int | one of client, grant, none, not_recorded
    status text not null,      -- int | one of booked, held, moved, cancelled_client, cancelled_partner, cancelled_us, missed_client, missed_partner
    recorded_on date           -- int | day a person confirmed it
);
