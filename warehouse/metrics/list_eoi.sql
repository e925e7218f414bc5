-- ---
-- title = "Enquiries to answer"
-- plain = "Open enquiries, longest wait first. Waiting is in working days; empty once a person has answered."
-- formula = "open expressions of interest"
-- unit = "rows"
-- owner = "programme_lead"
-- questions = ["S1", "S3"]
-- audience = ["staff_case"]
-- disclosure = "worklist"
-- kind = "worklist"
-- periods = ["today"]
-- dimensions = ["assigned", "wants"]
-- tables = ["contact_flag", "eoi_touchpoint", "expression_of_interest", "person_merge"]
-- ---
with today as (
    select working_days
    from calendar_day
    where day = $today
)
select
    eoi_progress.reference,
    eoi_progress.person_key,
    cast(eoi_progress.received_on as text) as received,
    case
        when eoi_progress.first_answer_on is null then today.working_days - eoi_progress.working_days_at_receipt
    end as waiting,
    coalesce(eoi_progress.assigned_to, 'nobody') as assigned,
    concat_ws(
        '; ',
        case when eoi_progress.wants_coach then 'coach' end,
        case when eoi_progress.wants_be_coached then 'be coached' end,
        case when eoi_progress.wants_host then 'host' end,
        case when eoi_progress.wants_membership then 'membership' end,
        case when eoi_progress.wants_hear_more then 'hear more' end
    ) as wants,
    eoi_progress.status,
    cast(eoi_progress.last_contact_on as text) as last_contact,
    cast(eoi_progress.next_due_on as text) as next_due,
    case when coalesce(contact_flag.may_reply, true) then 'yes' else 'no' end as may_reply,
    case when coalesce(contact_flag.may_market, false) then 'yes' else 'no' end as may_send_news
from eoi_progress
cross join today
left join contact_flag on contact_flag.person_key = eoi_progress.person_key
where eoi_progress.is_open
order by eoi_progress.first_answer_on is not null, eoi_progress.received_on, eoi_progress.reference
-- given expression_of_interest
-- | eoi_key | eoi_ref | person_key | received_at         | status          | assigned_to | wants_coach | wants_be_coached | wants_host | wants_membership | wants_hear_more |
-- | I1      | I-0171  | P-1        | 2026-06-05 12:00:00 | new             |             | true        | false            | false      | false            | true            |
-- | I2      | I-0172  | P-2        | 2026-06-01 12:00:00 | new             | JS1         | false       | true             | false      | false            | false           |
-- | I3      | I-0173  | P-3        | 2026-05-01 12:00:00 | in_conversation | JS1         | false       | false            | true       | false            | false           |
-- | I4      | I-0174  | P-4        | 2026-05-01 12:00:00 | closed_not_now  | JS1         | true        | false            | false      | false            | false           |
-- given eoi_touchpoint
-- | eoi_key | on_day     | direction | is_automatic | next_due_on |
-- | I3      | 2026-05-05 | out       | false        | 2026-06-12  |
-- given contact_flag
-- | person_key | may_reply | may_market |
-- | P-1        | true      | true       |
-- | P-3        | false     | false      |
-- with today = 2026-06-09
-- by hand: I-0172 has waited 6 working days and I-0171 2; I-0173 was answered; I-0174 is closed.
-- expect
-- | reference | person_key | received   | waiting | assigned | wants            | status          | last_contact | next_due   | may_reply | may_send_news |
-- | I-0172    | P-2        | 2026-06-01 | 6       | JS1      | be coached       | new             |              |            | yes       | no            |
-- | I-0171    | P-1        | 2026-06-05 | 2       | nobody   | coach; hear more | new             |              |            | yes       | yes           |
-- | I-0173    | P-3        | 2026-05-01 |         | JS1      | host             | in_conversation | 2026-05-05   | 2026-06-12 | no        | no            |
