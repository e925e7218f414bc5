-- One row is one completed response to one form: what it is about and its answer to the overall question.
-- kept as: table
-- `points` is the answer after polarity: more is better, `points_max` is best. A closed list counts its options in
-- order; on a middle_best scale a point is lost for each step from the middle. Empty when it was not answered.
with headline as (
    select
        form_code,
        version,
        question_id,
        kind,
        polarity,
        options,
        case when kind = 'scale' then scale_min else 1 end as lowest,
        case
            when kind = 'scale' then scale_max
            else 1 + length(trim(options)) - length(replace(trim(options), chr(10), ''))
        end as highest
    from feedback_question
    where not is_void and is_headline and goes_to = 'feedback' and kind in ('scale', 'single') and polarity <> 'none'
),
placed as (
    select
        feedback_answer.form_code,
        feedback_answer.version,
        feedback_answer.response_key,
        headline.polarity,
        headline.lowest,
        headline.highest,
        case
            when headline.kind = 'scale' then feedback_answer.number_value
            when strpos(
                concat(chr(10), lower(headline.options), chr(10)),
                concat(chr(10), lower(feedback_answer.option_code), chr(10))
            ) > 0 then 1 + length(
                substr(headline.options, 1, strpos(
                    concat(chr(10), lower(headline.options), chr(10)),
                    concat(chr(10), lower(feedback_answer.option_code), chr(10))
                ) - 1)
            ) - length(replace(
                substr(headline.options, 1, strpos(
                    concat(chr(10), lower(headline.options), chr(10)),
                    concat(chr(10), lower(feedback_answer.option_code), chr(10))
                ) - 1),
                chr(10), ''
            ))
        end as value
    from feedback_answer
    join headline
        on headline.form_code = feedback_answer.form_code
        and headline.version = feedback_answer.version
        and headline.question_id = feedback_answer.question_id
    where not feedback_answer.is_void and feedback_answer.reply_state = 'answered'
),
scored as (
    select
        form_code,
        version,
        response_key,
        max(value) as headline_value,
        max(highest) as points_max,
        max(
            case polarity
                when 'higher_better' then value
                when 'lower_better' then lowest + highest - value
                else highest - abs(value - (lowest + highest) / 2.0)
            end
        ) as points
    from placed
    where value is not null
    group by form_code, version, response_key
),
about as (
    select form_code, version, max(event_key) as event_key, max(activity_key) as activity_key
    from feedback_question
    where not is_void
    group by form_code, version
),
answered as (
    select
        form_code,
        version,
        response_key,
        max(event_key) as event_key,
        max(activity_key) as activity_key,
        max(submitted_on) as submitted_on
    from feedback_answer
    where not is_void
    group by form_code, version, response_key
)
select
    answered.form_code,
    answered.version,
    answered.response_key,
    coalesce(answered.event_key, about.event_key) as event_key,
    coalesce(answered.activity_key, about.activity_key) as activity_key,
    answered.submitted_on,
    scored.headline_value,
    scored.points,
    scored.points_max,
    scored.points >= scored.points_max - 1 as is_positive
from answered
left join about on about.form_code = answered.form_code and about.version = answered.version
left join scored
    on scored.form_code = answered.form_code
    and scored.version = answered.version
    and scored.response_key = answered.response_key
