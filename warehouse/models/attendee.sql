-- One row is one person at one event: their role there and the whole minutes they were present.
-- kept as: table
-- Minutes are the union of their stretches, gaps of up to 60 seconds bridged, clipped to the event. They are empty
-- when a time is missing or a stretch ends before it begins, and for a check-in: present, minutes unknown.
-- A join log is believed before a tool's total, and a total before a check-in.
with stretch as (
    select
        event_attendance.event_key,
        coalesce(same_person.kept_key, event_attendance.person_key, event_attendance.attendee_key) as who,
        coalesce(same_person.kept_key, event_attendance.person_key) as person_key,
        event_attendance.attendee_key,
        case event_attendance.role
            when 'host' then 1 when 'panelist' then 2 when 'bot' then 3 when 'attendee' then 4 else 5
        end as role_place,
        event_attendance.evidence = 'join_log' as is_log,
        event_attendance.evidence = 'total_only' as is_total,
        coalesce(event_attendance.left_at >= event_attendance.joined_at, false) as is_timed,
        epoch(greatest(event_attendance.joined_at, coalesce(event.starts_at, event_attendance.joined_at))) as from_second,
        epoch(least(event_attendance.left_at, coalesce(event.ends_at, event_attendance.left_at))) as to_second,
        event_attendance.stated_minutes,
        case when event.ends_at > event.starts_at then (epoch(event.ends_at) - epoch(event.starts_at)) / 60.0 end as event_minutes
    from event_attendance
    left join event on event.event_key = event_attendance.event_key and not event.is_void
    left join same_person on same_person.old_key = event_attendance.person_key
    where not event_attendance.is_void
),
present as (
    select
        event_key,
        who,
        max(person_key) as person_key,
        min(attendee_key) as attendee_key,
        min(role_place) as role_place,
        count(*) as segments,
        count(*) filter (where is_log) as logged,
        count(*) filter (where is_log and is_timed) as timed,
        sum(case when is_log and is_timed and to_second > from_second then to_second - from_second else 0 end) as seconds,
        count(*) filter (where is_total) as totals,
        count(stated_minutes) filter (where is_total) as stated,
        sum(case when is_total then stated_minutes end) as stated_minutes,
        max(event_minutes) as event_minutes
    from stretch
    group by event_key, who
),
ordered as (
    select
        stretch.event_key,
        stretch.who,
        stretch.from_second,
        stretch.to_second,
        max(stretch.to_second) over (
            partition by stretch.event_key, stretch.who
            order by stretch.from_second, stretch.to_second
            rows between unbounded preceding and 1 preceding
        ) as seen_until
    from stretch
    join present on present.event_key = stretch.event_key and present.who = stretch.who and present.logged > 1
    where stretch.is_log and stretch.is_timed and stretch.to_second > stretch.from_second
),
united as (
    select
        event_key,
        who,
        sum(
            case
                when seen_until is null or from_second > seen_until + 60 then to_second - from_second
                when to_second > seen_until then to_second - seen_until
                else 0
            end
        ) as seconds
    from ordered
    group by event_key, who
)
select
    present.event_key,
    present.who,
    present.attendee_key,
    present.person_key,
    case present.role_place
        when 1 then 'host' when 2 then 'panelist' when 3 then 'bot' when 4 then 'attendee' else 'phone'
    end as role,
    present.role_place >= 4 as is_counted,
    present.segments,
    case
        when present.logged > 0 and present.timed = present.logged
            then cast(round(coalesce(united.seconds, present.seconds) / 60.0) as integer)
        when present.logged = 0 and present.totals > 0 and present.stated = present.totals
            then cast(round(least(present.stated_minutes, coalesce(present.event_minutes, present.stated_minutes))) as integer)
    end as minutes
from present
left join united on united.event_key = present.event_key and united.who = present.who
