-- One row is one journey of one person in one role: the furthest step reached, where it stands now and since when.
-- kept as: table
-- A later step implies the earlier ones, so `trained_on` is the day of training or of the first later step recorded.
with reached as (
    select
        application_key,
        max(case when kind = 'step' then place end) as furthest_place,
        min(case when kind = 'step' and place >= 2 then entered_on end) as screened_on,
        min(case when kind = 'step' and place >= 3 then entered_on end) as selected_on,
        min(case when kind = 'step' and place >= 4 then entered_on end) as trained_on,
        min(case when kind = 'step' and place >= 5 then entered_on end) as active_on,
        min(case when kind = 'step' and place >= 6 then entered_on end) as matched_on
    from stage_span
    group by application_key
),
latest as (
    select application_key, stage, kind, entered_on, reason
    from stage_span
    where until_on is null
)
select
    application.application_key,
    coalesce(same_person.kept_key, application.person_key) as person_key,
    application.role,
    application.org_code,
    application.region,
    application.prior_link,
    application.cohort_code,
    application.eoi_key,
    application.opened_on,
    stage_rank.stage as furthest_step,
    latest.stage as current_step,
    latest.entered_on as current_since,
    latest.reason as current_reason,
    latest.kind <> 'end' as is_open,
    case when latest.kind = 'end' then latest.entered_on end as ended_on,
    reached.screened_on,
    reached.selected_on,
    case when application.role = 'partner' then reached.trained_on end as trained_on,
    case when application.role = 'partner' then reached.active_on end as active_on,
    reached.matched_on
from application
join reached on reached.application_key = application.application_key
join latest on latest.application_key = application.application_key
left join stage_rank on stage_rank.place = reached.furthest_place and stage_rank.kind = 'step'
left join same_person on same_person.old_key = application.person_key
where not application.is_void
