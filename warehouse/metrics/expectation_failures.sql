-- ---
-- title = "Failed checks"
-- plain = "Which rules failed, on which file, and whose they are; blocking ones first, then newest."
-- formula = "rules with at least one failed row, or whose check itself broke"
-- unit = "rules"
-- owner = "data_steward"
-- questions = ["D2"]
-- audience = ["steward"]
-- disclosure = "open"
-- kind = "list"
-- periods = ["today"]
-- dimensions = ["run", "severity"]
-- tables = ["expectation_result", "load_run", "source_file"]
-- ---
with file as (
    select run_id, sha256, max(file_name) as file_name
    from source_file
    group by run_id, sha256
),
seen as (
    select expectation_result.rule, min(load_run.started_at) as first_seen
    from expectation_result
    join load_run on load_run.run_id = expectation_result.run_id
    where expectation_result.failed > 0 or expectation_result.errored
    group by expectation_result.rule
)
select
    load_run.run_id as run,
    file.file_name as file,
    expectation_result."table",
    expectation_result.rule,
    expectation_result.plain,
    expectation_result.severity,
    expectation_result.checked,
    expectation_result.failed,
    case when expectation_result.errored then 'yes' else 'no' end as check_broke,
    expectation_result.owner,
    cast(cast(seen.first_seen as date) as text) as first_seen
from expectation_result
join load_run on load_run.run_id = expectation_result.run_id
join seen on seen.rule = expectation_result.rule
left join file on file.run_id = expectation_result.run_id and file.sha256 = expectation_result.sha256
where expectation_result.failed > 0 or expectation_result.errored
order by
    case expectation_result.severity when 'refuse' then 1 when 'stop' then 2 else 3 end,
    load_run.started_at desc,
    file.file_name,
    expectation_result.rule
-- given load_run
-- | run_id | started_at          | outcome |
-- | R1     | 2026-06-01 06:00:00 | ok      |
-- | R2     | 2026-06-02 06:00:00 | ok      |
-- given source_file
-- | run_id | sha256 | file_name  |
-- | R1     | aaaa   | spring.csv |
-- | R2     | bbbb   | claims.csv |
-- given expectation_result
-- | run_id | sha256 | table            | rule       | plain | severity | checked | failed | errored | owner        |
-- | R1     | aaaa   | event_attendance | event_attendance.W3 | No bot joined. | warn | 40  | 1      | false   | events_lead  |
-- | R1     | aaaa   | event_attendance | event_attendance.S3 | In range. | stop | 40  | 0      | false   | events_lead  |
-- | R2     | bbbb   | payment          | payment.S2 | In order. | stop     | 9       | 1      | false   | finance_lead |
-- | R1     | aaaa   | payment          | payment.S2 | In order. | stop     | 9       | 2      | false   | finance_lead |
-- with today = 2026-06-02
-- by hand: three results with a failed row; payment.S2 was first seen on 1 June.
-- expect
-- | run | file       | table            | rule                | plain          | severity | checked | failed | check_broke | owner        | first_seen |
-- | R2  | claims.csv | payment          | payment.S2          | In order.      | stop     | 9       | 1      | no          | finance_lead | 2026-06-01 |
-- | R1  | spring.csv | payment          | payment.S2          | In order.      | stop     | 9       | 2      | no          | finance_lead | 2026-06-01 |
-- | R1  | spring.csv | event_attendance | event_attendance.W3 | No bot joined. | warn     | 40      | 1      | no          | events_lead  | 2026-06-01 |
