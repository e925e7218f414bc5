-- ---
-- title = "Hard questions"
-- plain = "Doubts and criticism, sorted by topic."
-- formula = "count of comments and consented quotes per topic"
-- unit = "comments"
-- owner = "evaluation_lead"
-- questions = ["T5", "S11", "S13"]
-- audience = ["leadership", "trustee", "staff", "steward"]
-- disclosure = "open"
-- kind = "distribution"
-- periods = ["event", "year", "to date"]
-- always = ["topic"]
-- dimensions = ["event"]
-- labels = ["event_title", "event_on"]
-- measures = ["n"]
-- tables = ["event", "event_alias", "feedback_answer", "feedback_question", "quote"]
-- ---
with comment as (
    select
        feedback_answer.hard_topic as topic,
        coalesce(response.event_key, 'no_event') as event,
        dated_event.title,
        dated_event.event_on,
        coalesce(dated_event.event_on, feedback_answer.submitted_on) as on_day
    from feedback_answer
    join response
        on response.form_code = feedback_answer.form_code
        and response.version = feedback_answer.version
        and response.response_key = feedback_answer.response_key
    left join dated_event on dated_event.event_key = response.event_key
    where feedback_answer.hard_topic is not null and not feedback_answer.is_void
    union all
    select 'other', 'no_event', null, null, consent_on
    from quote
    where kind = 'hard_question' and withdrawn_on is null and not is_void
)
select
    topic,
    event,
    coalesce(max(title), 'No event') as event_title,
    cast(max(event_on) as text) as event_on,
    count(*) as n
from comment
where on_day between $period_from and $period_to
group by topic, event
-- given event
-- | event_key | title  | starts_at           |
-- | E1        | Spring | 2026-05-12 09:00:00 |
-- given feedback_answer
-- | form_code | version | question_id | response_key | event_key | submitted_on | reply_state | hard_topic |
-- | F-1       | 1       | worry       | R1           | E1        | 2026-05-12   | answered    | cost       |
-- | F-1       | 1       | worry       | R2           | E1        |              | answered    | cost       |
-- | F-1       | 1       | worry       | R3           | E1        | 2026-05-12   | answered    | trust      |
-- | F-1       | 1       | worry       | R4           | E1        | 2026-05-12   | answered    |            |
-- given quote
-- | quote_key | kind          | consent_on | withdrawn_on |
-- | Q1        | hard_question | 2026-06-01 |              |
-- | Q2        | hard_question | 2026-06-01 | 2026-06-10   |
-- with period = 2026 Q2
-- by hand: two about cost, one about trust, one quote (a withdrawn one is gone).
-- expect
-- | topic | event    | event_title | event_on   | n |
-- | cost  | E1       | Spring      | 2026-05-12 | 2 |
-- | trust | E1       | Spring      | 2026-05-12 | 1 |
-- | other | no_event | No event    |            | 1 |
