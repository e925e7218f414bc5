-- One row is one answer (one ticked option counts as one) by one respondent to one question.
-- key answer_key: form_code, response_key, question_id, option_code
-- unique: answer_key
-- whole: form_code, response_key
-- refers: form_code, version, question_id -> feedback_question.form_code, version, question_id
-- refers: event_key -> event.event_key
-- refers: activity_key -> activity.activity_key
create table feedback_answer (
    answer_key text not null,   -- per | identity
    form_code text not null,    -- int | the form
    version integer not null,   -- int | the form's version
    question_id text not null,  -- int | the question
    event_key text,             -- int | the event the answer is about
    activity_key text,          -- int | the activity the answer is about
    response_key text not null, -- per | one respondent in one form, never across forms
    submitted_on date,          -- per | day of completion; empty when the export carries no time
    reply_state text not null,  -- int | one of answered, skipped, not_applicable
    option_code text,           -- per | the option chosen
    number_value decimal(12,4), -- per | the number given or the point on the scale
    text_value text,            -- per | the words written
    text_review text not null,  -- int | one of not_reviewed, safe_to_show, hold
    hard_topic text,            -- int | one of clarity_of_offer, cost, who_can_join, evidence, access, safety_and_support, trust, other
    person_key text             -- per | the person, only when the form is declared named
);
