-- ---
-- title = "Member charities reached"
-- plain = "Members named at least once this year."
-- formula = "member charities named in a registration, an enquiry or a client journey ÷ member charities on the last day"
-- unit = "organisations"
-- owner = "events_lead"
-- questions = ["L12"]
-- audience = ["leadership", "trustee", "staff"]
-- disclosure = "open"
-- kind = "ratio"
-- periods = ["year"]
-- measures = ["n", "of"]
-- tables = ["application", "event", "event_registration", "expression_of_interest", "organisation"]
-- ---
with member as (
    select org_code
    from organisation
    where not is_void
        and is_member
        and (member_since is null or member_since <= $period_to)
        and (member_until is null or member_until >= $period_to)
),
named as (
    select registrant.org_code
    from registrant
    join dated_event on dated_event.event_key = registrant.event_key
    where dated_event.event_on between $period_from and $period_to
    union
    select org_code from eoi_progress where received_on between $period_from and $period_to
    union
    select org_code from journey where role = 'client' and opened_on between $period_from and $period_to
)
select count(named.org_code) as n, count(*) as of
from member
left join named on named.org_code = member.org_code
-- given organisation
-- | org_code | is_member | member_since | member_until |
-- | O-1      | true      | 2020-01-01   |              |
-- | O-2      | true      |              |              |
-- | O-3      | true      | 2020-01-01   | 2026-01-01   |
-- | O-4      | false     |              |              |
-- | O-5      | true      | 2020-01-01   |              |
-- given event
-- | event_key | starts_at           |
-- | E1        | 2026-05-12 09:00:00 |
-- given event_registration
-- | event_key | attendee_key | org_code | status     |
-- | E1        | A1           | O-1      | registered |
-- | E1        | A2           | O-4      | registered |
-- | E1        | A3           | O-3      | registered |
-- given expression_of_interest
-- | eoi_key | person_key | org_code | received_at         | status |
-- | I1      | P-1        | O-1      | 2026-06-01 10:00:00 | new    |
-- | I2      | P-2        | O-2      | 2026-06-01 10:00:00 | new    |
-- | I3      | P-2        | O-5      | 2026-03-01 10:00:00 | new    |
-- with period = 2026-27
-- by hand: members on the last day are O-1, O-2 and O-5; O-1 and O-2 were named this year, O-5 the year before.
-- expect
-- | n | of |
-- | 2 | 3  |
