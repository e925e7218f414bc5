"""The code lists that more than one table shares."""

from __future__ import annotations

REGION = (
    "north_east",
    "north_west",
    "yorkshire_humber",
    "east_midlands",
    "west_midlands",
    "east_of_england",
    "london",
    "south_east",
    "south_west",
    "outside_england",
    "not_recorded",
)
ORG_TYPE = (
    "member_charity",
    "other_voluntary",
    "nhs",
    "local_authority",
    "national_body",
    "professional_body",
    "university",
    "company",
    "other",
)
SETTING = (
    "nhs_provider",
    "nhs_commissioner",
    "national_body",
    "local_authority",
    "social_care_provider",
    "voluntary",
    "professional_body",
    "research",
    "other",
    "not_recorded",
)
EOI_SOURCE = (
    "event",
    "member",
    "website",
    "word_of_mouth",
    "partner_organisation",
    "social_media",
    "other",
    "not_recorded",
)
ENDS = ("not_taken_forward", "withdrew", "left")
STAGE = ("enquired", "screened", "selected", "trained", "active", "matched", "paused", *ENDS)
STAGE_REASON = (
    "access_not_met",
    "payment_problem",
    "no_suitable_match",
    "programme_changed",
    "time_or_money",
    "personal",
    "moved_on",
    "finished",
    "not_said",
)
ACTIVITY_KIND = (
    "training_day",
    "supervision",
    "action_learning",
    "peer_coaching",
    "debrief",
    "influence",
    "co_design",
    "co_analysis",
    "recruitment_panel",
    "client_cohort",
    "advisory_meeting",
)
SESSION_STATUS = (
    "booked",
    "held",
    "moved",
    "cancelled_client",
    "cancelled_partner",
    "cancelled_us",
    "missed_client",
    "missed_partner",
)
THEME = (
    "confidence",
    "validated",
    "relationships",
    "listening",
    "questioning",
    "inclusive_communication",
    "assumptions",
    "hope",
)
PAYMENT_KIND = (
    "session_fee",
    "preparation",
    "training_day",
    "supervision",
    "activity_fee",
    "travel",
    "travel_time",
    "access_adjustment",
    "carer_cover",
    "other",
)
INCOME_KIND = ("client_fee", "grant", "event_fee", "donation", "other")
HARD_TOPIC = (
    "clarity_of_offer",
    "cost",
    "who_can_join",
    "evidence",
    "access",
    "safety_and_support",
    "trust",
    "other",
)
ADJUSTMENT = (
    "bsl",
    "captions",
    "large_print",
    "easy_read",
    "step_free",
    "quiet_space",
    "breaks",
    "support_person",
    "interpreter",
    "timing",
    "remote_option",
    "technology",
    "travel_help",
    "other_arranged",
)
OWNER_ROLE = (
    "programme_lead",
    "events_lead",
    "finance_lead",
    "evaluation_lead",
    "edi_lead",
    "data_steward",
    "chair",
)
ROLE = ("partner", "client")
HEALTH_WORDS = (
    "diagnosis",
    "diagnosed",
    "depression",
    "anxiety",
    "autism",
    "autistic",
    "adhd",
    "cancer",
    "diabetes",
    "epilepsy",
    "bipolar",
    "schizophrenia",
    "ptsd",
    "dementia",
    "arthritis",
    "medication",
    "disorder",
    "syndrome",
    "illness",
    "disease",
)
# What a stranger could use to reach or find someone: an address, a phone number, a postcode, an NHS number.
CONTACT_PATTERN = (
    r"[^\s@]+@[^\s@]+\.[^\s@]+|\+?[0-9][0-9 ()-]{8,}[0-9]|"
    r"\b[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}\b"
)
