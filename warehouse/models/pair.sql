-- One row is one partner paired with one client, and who they are.
-- kept as: view
select
    coaching_match.match_key,
    coaching_match.match_ref,
    coaching_match.partner_key as partner_application,
    coaching_match.client_key as client_application,
    partner.person_key as partner_person,
    client.person_key as client_person,
    client.org_code,
    coaching_match.matched_on,
    coaching_match.ended_on,
    coaching_match.rhythm_weeks,
    coaching_match.sessions_agreed
from coaching_match
left join journey as partner on partner.application_key = coaching_match.partner_key
left join journey as client on client.application_key = coaching_match.client_key
where not coaching_match.is_void
