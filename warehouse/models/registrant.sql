-- One row is one person who signed up for one event, by their newest registration there.
-- kept as: view
-- `who` is the person where they are known, else the displayed name at that event; `attendee` uses the same.
with registration as (
    select
        event_registration.event_key,
        coalesce(same_person.kept_key, event_registration.person_key, event_registration.attendee_key) as who,
        coalesce(same_person.kept_key, event_registration.person_key) as person_key,
        event_registration.org_code,
        event_registration.status,
        event_registration.registered_at,
        event_registration.heard_from
    from event_registration
    left join same_person on same_person.old_key = event_registration.person_key
    where not event_registration.is_void
)
select
    event_key,
    who,
    max(person_key) as person_key,
    max(org_code) as org_code,
    min(registered_at) as registered_at,
    max(heard_from) as heard_from,
    bool_or(status not in ('cancelled', 'denied')) as is_registered
from registration
group by event_key, who
