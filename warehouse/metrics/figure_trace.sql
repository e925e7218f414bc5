-- ---
-- title = "Where a figure comes from"
-- plain = "The files behind each table that a figure is counted from, and how many of its rows each gave."
-- formula = "rows now in each table per source file"
-- unit = "figures"
-- owner = "data_steward"
-- questions = ["D3", "D12"]
-- audience = ["leadership", "trustee", "staff", "steward"]
-- disclosure = "open"
-- kind = "list"
-- periods = ["today"]
-- dimensions = ["table"]
-- tables = ["load_run", "source_file", "table_source"]
-- ---
with first_met as (
    select
        source_file.sha256,
        source_file.file_name,
        source_file.format,
        load_run.started_at,
        row_number() over (
            partition by source_file.sha256 order by load_run.started_at, source_file.run_id
        ) as meeting
    from source_file
    join load_run on load_run.run_id = source_file.run_id
    where source_file.outcome in ('loaded', 'partly_loaded')
)
select
    table_source.table_name as "table",
    first_met.file_name as file,
    first_met.format,
    left(table_source.source_sha, 12) as digest,
    table_source.rows,
    cast(cast(first_met.started_at as date) as text) as loaded_on
from table_source
left join first_met on first_met.sha256 = table_source.source_sha and first_met.meeting = 1
order by table_source.table_name, table_source.rows desc, table_source.source_sha
-- given load_run
-- | run_id | started_at          |
-- | R1     | 2026-06-01 06:00:00 |
-- | R2     | 2026-06-02 06:00:00 |
-- given source_file
-- | run_id | sha256           | file_name  | format          | outcome        |
-- | R1     | aaaaaaaaaaaaaaaa | claims.csv | template_claims | loaded         |
-- | R2     | aaaaaaaaaaaaaaaa | again.csv  | template_claims | already_loaded |
-- | R2     | bbbbbbbbbbbbbbbb | more.csv   | template_claims | loaded         |
-- given table_source
-- | table_name | source_sha       | rows |
-- | payment    | aaaaaaaaaaaaaaaa | 12   |
-- | payment    | bbbbbbbbbbbbbbbb | 30   |
-- with today = 2026-06-02
-- by hand: two files stand behind the payments, the larger first; a file met again keeps the day it was loaded.
-- expect
-- | table   | file       | format          | digest       | rows | loaded_on  |
-- | payment | more.csv   | template_claims | bbbbbbbbbbbb | 30   | 2026-06-02 |
-- | payment | claims.csv | template_claims | aaaaaaaaaaaa | 12   | 2026-06-01 |
