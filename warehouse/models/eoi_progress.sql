-- One row is one expression of interest: how long its first answer took, in working days, and its furthest result.
-- kept as: table
-- The first answer is the earliest contact out that was not automatic. A journey belongs to the enquiry it names, else
-- to the person's latest enquiry up to the day it opened. `result` is the furthest reached, whatever the status says.
with enquiry as (
    select
        expression_of_interest.eoi_key,
        coalesce(expression_of_interest.eoi_ref, left(expression_of_interest.eoi_key, 6)) as reference,
        coalesce(same_person.kept_key, expression_of_interest.person_key) as person_key,
        expression_of_interest.received_at,
        cast(
            case
                when expression_of_interest.received_at >= summer_time.starts_at
                    and expression_of_interest.received_at < summer_time.ends_at
                    then expression_of_interest.received_at + interval 1 hour
                else expression_of_interest.received_at
            end as date
        ) as received_on,
        expression_of_interest.source,
        expression_of_interest.event_key,
        expression_of_interest.org_code,
        expression_of_interest.wants_coach,
        expression_of_interest.wants_be_coached,
        expression_of_interest.wants_host,
        expression_of_interest.wants_membership,
        expression_of_interest.wants_hear_more,
        expression_of_interest.assigned_to,
        expression_of_interest.status,
        expression_of_interest.closed_on
    from expression_of_interest
    left join summer_time on summer_time.year = year(expression_of_interest.received_at)
    left join same_person on same_person.old_key = expression_of_interest.person_key
    where not expression_of_interest.is_void
),
contact as (
    select
        eoi_key,
        min(case when direction = 'out' and not is_automatic then on_day end) as first_answer_on,
        max(on_day) as last_contact_on,
        max(next_due_on) as next_due_on
    from eoi_touchpoint
    where not is_void
    group by eoi_key
),
candidate as (
    select
        journey.application_key,
        journey.role,
        journey.screened_on,
        enquiry.eoi_key,
        row_number() over (
            partition by journey.application_key order by enquiry.received_at desc, enquiry.eoi_key
        ) as nearness
    from journey
    join enquiry on enquiry.person_key = journey.person_key and enquiry.received_on <= journey.opened_on
    where journey.eoi_key is null
),
led_to as (
    select eoi_key, role, screened_on from candidate where nearness = 1
    union all
    select eoi_key, role, screened_on from journey where eoi_key is not null
),
became as (
    select
        eoi_key,
        bool_or(role = 'partner' and screened_on is not null) as is_partner,
        bool_or(role = 'client') as is_client
    from led_to
    group by eoi_key
),
joined as (
    select
        enquiry.eoi_key,
        coalesce(enquiry.wants_host and organisation.client_agreement_on >= enquiry.received_on, false) as is_host,
        coalesce(enquiry.wants_membership and organisation.member_since >= enquiry.received_on, false) as is_member
    from enquiry
    join organisation on organisation.org_code = enquiry.org_code and not organisation.is_void
)
select
    enquiry.eoi_key,
    enquiry.reference,
    enquiry.person_key,
    enquiry.received_on,
    enquiry.source,
    enquiry.event_key,
    enquiry.org_code,
    enquiry.wants_coach,
    enquiry.wants_be_coached,
    enquiry.wants_host,
    enquiry.wants_membership,
    enquiry.wants_hear_more,
    case
        when cast(enquiry.wants_coach as integer) + cast(enquiry.wants_be_coached as integer)
            + cast(enquiry.wants_host as integer) + cast(enquiry.wants_membership as integer)
            + cast(enquiry.wants_hear_more as integer) > 1 then 'more_than_one'
        when enquiry.wants_coach then 'coach'
        when enquiry.wants_be_coached then 'be_coached'
        when enquiry.wants_host then 'host'
        when enquiry.wants_membership then 'membership'
        else 'hear_more'
    end as interest,
    enquiry.assigned_to,
    enquiry.status,
    enquiry.closed_on,
    enquiry.status not in ('closed_not_now', 'closed_no_reply', 'closed_declined') as is_open,
    contact.first_answer_on,
    contact.last_contact_on,
    contact.next_due_on,
    received_day.working_days as working_days_at_receipt,
    answered_day.working_days - received_day.working_days as working_days_to_answer,
    case
        when became.is_partner then 'partner_journey'
        when became.is_client or joined.is_host then 'client_or_host'
        when joined.is_member then 'membership'
        when enquiry.status in ('closed_not_now', 'closed_no_reply', 'closed_declined') then enquiry.status
        when contact.first_answer_on is not null or enquiry.status in ('in_conversation', 'on_hold', 'on_pathway')
            then 'in_conversation'
        else 'no_first_answer'
    end as result
from enquiry
left join contact on contact.eoi_key = enquiry.eoi_key
left join became on became.eoi_key = enquiry.eoi_key
left join joined on joined.eoi_key = enquiry.eoi_key
left join calendar_day as received_day on received_day.day = enquiry.received_on
left join calendar_day as answered_day on answered_day.day = contact.first_answer_on
