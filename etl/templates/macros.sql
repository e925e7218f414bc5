-- What the templates' declarations may say: keys, moments and what a reference means.
-- {zone} is the programme's time zone. `build` holds what was loaded before, `staged` what this run has brought.

create or replace temp macro to_utc(clock) as timezone('UTC', timezone('{zone}', clock));

create or replace temp macro home_zone() as '{zone}';

create or replace temp macro local_day(moment) as cast(timezone('{zone}', timezone('UTC', moment)) as date);

-- The twin of etl.keys.key for parts that are text or days.
create or replace temp macro key_of(kind, one) as
    left(sha256(concat(kind, '|', coalesce(lower(trim(cast(one as text), ' ')), ''))), 26);

create or replace temp macro key_of_three(kind, one, two, three) as
    left(sha256(concat(
        kind, '|', coalesce(lower(trim(cast(one as text), ' ')), ''), '|', coalesce(lower(trim(cast(two as text), ' ')), ''),
        '|', coalesce(lower(trim(cast(three as text), ' ')), '')
    )), 26);

-- A tool's own id as its reports give it: digits alone where it is a number with blanks in it.
create or replace temp macro tool_id(said) as
    case when regexp_full_match(said, '[0-9][0-9 -]*') then regexp_replace(said, '[^0-9]', '', 'g') else said end;

-- The event with this code, whatever its key was made from.
create or replace temp macro event_of(code) as
    coalesce(
        (select min(e.event_key) from (
            select event_key, event_code from staged.event union all select event_key, event_code from build.event
        ) e where e.event_code = code),
        key_of('event', code)
    );

create or replace temp macro is_event(code) as starts_with(code, 'EV-');

create or replace temp macro activity_of(code) as key_of('activity', code);

create or replace temp macro match_of(ref) as key_of('coaching_match', ref);

-- A session is written as its match and its day, and "2" after them for the second one on a day: M-0012 16/06/2026
create or replace temp macro session_day(said) as
    cast(try_strptime(regexp_extract(said, '^[A-Z0-9-]+ +([0-9/]+)(?: +[0-9])?$', 1), '%d/%m/%Y') as date);

create or replace temp macro session_of(said) as
    case when session_day(said) is not null then key_of_three(
        'coaching_session', match_of(regexp_extract(said, '^[A-Z0-9-]+')), session_day(said),
        coalesce(nullif(regexp_extract(said, ' ([0-9])$', 1), ''), '1')
    ) end;

-- An enquiry is written as its reference, or as the six characters that the follow-up list shows for one from a form.
create or replace temp macro enquiry_of(ref) as
    coalesce(
        (select min(e.eoi_key) from (
            select eoi_key, eoi_ref from staged.expression_of_interest
            union all select eoi_key, eoi_ref from build.expression_of_interest
        ) e where upper(e.eoi_ref) = ref),
        (select case when count(distinct e.eoi_key) = 1 then min(e.eoi_key) end from (
            select eoi_key from staged.expression_of_interest union all select eoi_key from build.expression_of_interest
        ) e where left(e.eoi_key, 6) = lower(ref)),
        key_of('expression_of_interest', ref)
    );

-- What is known of an enquiry, as one value: its newest row. Null when there is none.
create or replace temp macro known_enquiry(wanted) as
    (select max_by(e, e.as_of) from (
        select * exclude (eoi_key, unread), eoi_key as its_key from staged.expression_of_interest
        union all by name select * exclude (eoi_key, row_digest), eoi_key as its_key from build.expression_of_interest
    ) e where e.its_key = wanted);

-- The person's latest enquiry up to a day.
create or replace temp macro enquiry_before(person, until_day) as
    (select max_by(e.eoi_key, e.received_at) from (
        select eoi_key, person_key, received_at from staged.expression_of_interest where not is_void
        union all select eoi_key, person_key, received_at from build.expression_of_interest where not is_void
    ) e where e.person_key = person and cast(e.received_at as date) <= until_day);

-- The journey in this role that a person was on at a day: the latest opened by then, else their first.
create or replace temp macro journey_of(person, in_role, at_day) as
    coalesce(
        (select max_by(a.application_key, a.opened_on) from (
            select application_key, person_key, role, opened_on from staged.application where not is_void
            union all select application_key, person_key, role, opened_on from build.application where not is_void
        ) a where a.person_key = person and a.role = in_role and a.opened_on <= at_day),
        (select min_by(a.application_key, a.opened_on) from (
            select application_key, person_key, role, opened_on from staged.application where not is_void
            union all select application_key, person_key, role, opened_on from build.application where not is_void
        ) a where a.person_key = person and a.role = in_role),
        key_of_three('application', person, in_role, null)
    )
