-- One row is one line of one claim by one Lived Experience Partner.
-- key payment_key: claim_ref, line
-- unique: claim_ref, line
-- refers: session_key -> coaching_session.session_key
-- refers: activity_key -> activity.activity_key
create table payment (
    payment_key text not null,           -- per | identity
    claim_ref text not null,             -- int | the claim's own reference
    line integer not null,               -- int | line of the claim, from 1
    person_key text not null,            -- per | the person claiming
    kind text not null,                  -- int | one of session_fee, preparation, training_day, supervision, activity_fee, travel, travel_time, access_adjustment, carer_cover, other
    work_on date not null,               -- int | day of the work
    session_key text,                    -- int | the session it pays for
    activity_key text,                   -- int | the activity it pays for
    amount decimal(12,2) not null,       -- per | pounds
    claim_received_on date,              -- int | day the claim came
    claim_valid_on date,                 -- int | day everything needed had come: the clock starts
    approved_on date,                    -- int | day it was approved
    paid_on date,                        -- int | day it was paid
    declined_by_choice boolean not null, -- per | they chose not to be paid
    paid_to text not null,               -- per | one of self, nominated, voucher
    rate_version text,                   -- int | the rate card used
    fund text                            -- int | the fund that pays
);
