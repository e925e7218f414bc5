-- One row is one stretch of one journey in one stage: from the day it was entered until the day before `until_on`.
-- kept as: table
-- A journey begins as enquired on the day it opened, unless the records say when.
with entered as (
    select
        pathway_stage.application_key,
        pathway_stage.stage,
        stage_rank.place,
        stage_rank.kind,
        pathway_stage.entered_on,
        pathway_stage.reason
    from pathway_stage
    join stage_rank on stage_rank.stage = pathway_stage.stage
    where not pathway_stage.is_void
    union all
    select application_key, 'enquired', 1, 'step', opened_on, null
    from application
    where not is_void and not exists (
        select 1
        from pathway_stage
        where pathway_stage.application_key = application.application_key
            and pathway_stage.stage = 'enquired'
            and not pathway_stage.is_void
    )
)
select
    entered.application_key,
    coalesce(same_person.kept_key, application.person_key) as person_key,
    application.role,
    entered.stage,
    entered.place,
    entered.kind,
    entered.reason,
    entered.entered_on,
    lead(entered.entered_on) over (
        partition by entered.application_key order by entered.entered_on, entered.place, entered.stage
    ) as until_on
from entered
join application on application.application_key = entered.application_key and not application.is_void
left join same_person on same_person.old_key = application.person_key
