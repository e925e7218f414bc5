-- One row is one event with its day in London and its length in minutes, both empty when no source says.
-- kept as: view
with alias_day as (
    select event_key, min(on_day) as on_day
    from event_alias
    where not is_void
    group by event_key
)
select
    event.event_key,
    event.event_code,
    event.title,
    event.kind,
    event.platform,
    event.starts_at,
    event.ends_at,
    event.tool_unique_count,
    coalesce(
        cast(
            case
                when event.starts_at >= summer_time.starts_at and event.starts_at < summer_time.ends_at
                    then event.starts_at + interval 1 hour
                else event.starts_at
            end as date
        ),
        alias_day.on_day
    ) as event_on,
    case
        when event.ends_at > event.starts_at then (epoch(event.ends_at) - epoch(event.starts_at)) / 60.0
    end as length_minutes
from event
left join summer_time on summer_time.year = year(event.starts_at)
left join alias_day on alias_day.event_key = event.event_key
where not event.is_void
