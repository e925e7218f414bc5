-- One row is one question of one version of one form.
-- unique: form_code, version, question_id
-- refers: event_key -> event.event_key
-- refers: activity_key -> activity.activity_key
create table feedback_question (
    form_code text not null,      -- int | the form
    version integer not null,     -- int | the form's version, from 1
    question_id text not null,    -- int | the question, stable across versions
    wording text not null,        -- pub | the question as asked
    kind text not null,           -- int | one of single, multi, scale, number, yes_no, day, text
    scale_min integer,            -- int | lowest point of a scale
    scale_max integer,            -- int | highest point of a scale
    polarity text not null,       -- int | one of higher_better, lower_better, middle_best, none
    options text,                 -- int | closed list, one option a line
    is_headline boolean not null, -- int | whether it is the form's one overall question
    goes_to text not null,        -- int | one of feedback, eoi, outcome, equality, access, drop
    opened_on date not null,      -- int | first day the form was open
    closed_on date,               -- int | last day the form was open
    event_key text,               -- int | the event the form is about
    activity_key text,            -- int | the activity the form is about
    is_named boolean not null     -- int | whether answers may be tied to a person
);
