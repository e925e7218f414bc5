-- ---
-- title = "Client organisations"
-- plain = "Organisations whose leaders we coach or have agreed to."
-- formula = "count distinct organisations with a client matched, or an agreement made, in the period"
-- unit = "organisations"
-- owner = "programme_lead"
-- questions = ["L1", "L7", "L12"]
-- audience = ["leadership", "trustee", "staff"]
-- disclosure = "guarded"
-- kind = "distribution"
-- base = 10
-- cells = true
-- periods = ["year", "to date"]
-- dimensions = ["setting", "prior_link"]
-- measures = ["n"]
-- totals = ["organisations"]
-- tables = ["application", "organisation", "pathway_stage"]
-- ---
with client as (
    select
        org_code,
        prior_link,
        row_number() over (partition by org_code order by opened_on, application_key) as earliest,
        max(
            case
                when matched_on <= $period_to
                    and (ended_on is null or ended_on >= greatest($period_from, $counting_starts)) then 1
                else 0
            end
        ) over (partition by org_code) as is_coached
    from journey
    where role = 'client' and org_code is not null
),
counted as (
    select
        coalesce(organisation.setting, 'not_recorded') as setting,
        coalesce(client.prior_link, 'not_recorded') as prior_link
    from organisation
    left join client on client.org_code = organisation.org_code and client.earliest = 1
    where not organisation.is_void
        and $period_to >= $counting_starts
        and (
            client.is_coached = 1
            or organisation.client_agreement_on between greatest($period_from, $counting_starts) and $period_to
        )
)
select setting, prior_link, count(*) as n, (select count(*) from counted) as organisations
from counted
group by setting, prior_link
-- given organisation
-- | org_code | setting      | client_agreement_on |
-- | O-HILL   | voluntary    |                     |
-- | O-DALE   | nhs_provider | 2026-05-01          |
-- | O-FORD   | nhs_provider | 2025-05-01          |
-- | O-WOOD   | nhs_provider |                     |
-- given application
-- | application_key | person_key | role   | org_code | opened_on  | prior_link |
-- | J1              | P-1        | client | O-HILL   | 2026-04-02 | ally       |
-- | J2              | P-2        | client | O-HILL   | 2026-04-03 | member     |
-- | J3              | P-3        | client | O-WOOD   | 2025-04-03 | event      |
-- given pathway_stage
-- | application_key | stage    | entered_on | reason   |
-- | J2              | matched  | 2026-05-01 |          |
-- | J3              | matched  | 2025-05-01 |          |
-- | J3              | left     | 2026-03-31 | finished |
-- with period = 2026-27
-- by hand: O-HILL has a matched client (first known through J1), O-DALE agreed this year; O-FORD agreed last year
-- and O-WOOD's client left the day before the year began.
-- expect
-- | setting      | prior_link   | n | organisations |
-- | voluntary    | ally         | 1 | 2             |
-- | nhs_provider | not_recorded | 1 | 2             |
