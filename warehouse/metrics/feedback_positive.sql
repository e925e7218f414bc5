-- ---
-- title = "Positive replies"
-- plain = "Of those who answered the overall question, how many chose the two best answers."
-- formula = "responses in the top two points of the overall question, after which way is better, ÷ responses answering it"
-- unit = "responses"
-- owner = "evaluation_lead"
-- questions = ["T5"]
-- audience = ["leadership", "trustee", "staff", "steward"]
-- disclosure = "guarded"
-- kind = "ratio"
-- base = 10
-- periods = ["event", "year", "to date"]
-- dimensions = ["event"]
-- labels = ["event_title", "event_on"]
-- measures = ["n", "of"]
-- tables = ["event", "event_alias", "feedback_answer", "feedback_question"]
-- ---
select
    coalesce(response.event_key, 'no_event') as event,
    coalesce(max(dated_event.title), 'No event') as event_title,
    cast(max(dated_event.event_on) as text) as event_on,
    count(*) filter (where response.is_positive) as n,
    count(*) as of
from response
left join dated_event on dated_event.event_key = response.event_key
where response.points is not null
    and response.activity_key is null
    and coalesce(dated_event.event_on, response.submitted_on) between greatest($period_from, $counting_starts) and $period_to
group by coalesce(response.event_key, 'no_event')
-- given event
-- | event_key | title  | starts_at           |
-- | E1        | Spring | 2026-05-12 09:00:00 |
-- given feedback_question
-- | form_code | version | question_id | kind  | scale_min | scale_max | polarity     | is_headline | goes_to  | event_key |
-- | F-1       | 1       | overall     | scale | 1         | 5         | lower_better | true        | feedback | E1        |
-- | F-1       | 1       | pace        | scale | 1         | 5         | middle_best  | false       | feedback | E1        |
-- given feedback_answer
-- | form_code | version | question_id | response_key | submitted_on | reply_state | number_value |
-- | F-1       | 1       | overall     | R1           | 2026-05-12   | answered    | 1            |
-- | F-1       | 1       | overall     | R2           | 2026-05-12   | answered    | 2            |
-- | F-1       | 1       | overall     | R3           | 2026-07-02   | answered    | 3            |
-- | F-1       | 1       | overall     | R4           | 2026-05-12   | skipped     |              |
-- | F-1       | 1       | pace        | R4           | 2026-05-12   | answered    | 3            |
-- with period = 2026 Q2
-- by hand: 1 is best here, so R1 and R2 chose the two best; R3 counts with the event although it came late;
-- R4 skipped the overall question.
-- expect
-- | event | event_title | event_on   | n | of |
-- | E1    | Spring      | 2026-05-12 | 2 | 3  |
