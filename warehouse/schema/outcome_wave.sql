-- One row is one interview or questionnaire due from one person at one point.
-- key wave_key: application_key, wave, method
-- unique: application_key, wave, method
-- refers: application_key -> application.application_key
create table outcome_wave (
    wave_key text not null,        -- per | identity
    application_key text not null, -- per | the journey
    wave text not null,            -- int | one of before, after, follow_up
    method text not null,          -- int | one of interview, questionnaire
    due_on date not null,          -- int | day it is due
    done_on date,                  -- int | day it was done
    status text not null,          -- int | one of due, done, declined, not_reached, not_asked
    led_by text not null,          -- int | one of learning_partner, co_learning_partner, both, self
    may_use boolean not null       -- per | consent to use the answers
);
