-- One row is one person in one population, from the first day they were in it to the last (empty while they still are).
-- kept as: view
-- Enquirers wrote in, or opened a journey; clients were taken on. Steps are those of partners; a later one implies it.
with entry as (
    select 'enquirers' as population, person_key, received_on as entered_on, received_on as left_on
    from eoi_progress
    union all
    select 'enquirers', person_key, opened_on, ended_on from journey
    union all
    select 'screened', person_key, screened_on, ended_on from journey where role = 'partner'
    union all
    select 'selected', person_key, selected_on, ended_on from journey where role = 'partner'
    union all
    select 'trained', person_key, trained_on, ended_on from journey where role = 'partner'
    union all
    select 'active_partners', person_key, active_on, ended_on from journey where role = 'partner'
    union all
    select 'matched', person_key, matched_on, ended_on from journey where role = 'partner'
    union all
    select 'clients', person_key, selected_on, ended_on from journey where role = 'client'
    union all
    select 'event_attendees', attendee.person_key, dated_event.event_on, dated_event.event_on
    from attendee
    join dated_event on dated_event.event_key = attendee.event_key
    where attendee.is_counted and attendee.person_key is not null
)
select
    population,
    person_key,
    min(entered_on) as entered_on,
    case when count(left_on) = count(*) then max(left_on) end as left_on
from entry
where entered_on is not null
group by population, person_key
