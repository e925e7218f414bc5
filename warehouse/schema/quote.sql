-- One row is one piece of someone's words, or one example of changed practice, they agreed may be used.
-- key quote_key: quote_ref
-- unique: quote_ref
create table quote (
    quote_key text not null,   -- per | identity
    quote_ref text not null,   -- int | staff reference
    kind text not null,        -- int | one of quote, change_example, hard_question
    words text not null,       -- per | the words
    speaker text not null,     -- int | one of partner, client, attendee, learning_partner, board, other
    theme text,                -- int | one of confidence, validated, relationships, listening, questioning, inclusive_communication, assumptions, hope
    person_key text,           -- per | the person, so that consent can be withdrawn
    scope text not null,       -- per | one of internal, board, public
    attribution text not null, -- int | one of none, role_only
    consent_on date not null,  -- per | day of consent
    withdrawn_on date,         -- per | day consent was withdrawn
    reviewed_on date           -- int | day it was checked for identifying detail
);
