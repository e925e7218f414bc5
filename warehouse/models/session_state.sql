-- One row is one planned or held session, its state in five plain words. A booking is not proof that it was held.
-- kept as: view
-- `booked` becomes "no record" three days after its date; only the question's own day can tell, so it stays booked here.
select
    session_key,
    match_key,
    on_day,
    start_at,
    slot,
    planned_mins,
    held_mins,
    mode,
    paid_kind,
    funded_by,
    recorded_on,
    status,
    case
        when status in ('cancelled_client', 'cancelled_partner', 'cancelled_us') then 'cancelled'
        when status in ('missed_client', 'missed_partner') then 'missed'
        else status
    end as state
from coaching_session
where not is_void
