-- ---
-- title = "Loads"
-- plain = "What came in and what did not, newest run first."
-- formula = "files of each run with outcome; read = loaded + quarantined + ignored + duplicate"
-- unit = "files"
-- owner = "data_steward"
-- questions = ["D1"]
-- audience = ["steward"]
-- disclosure = "open"
-- kind = "list"
-- periods = ["today"]
-- dimensions = ["run", "format"]
-- tables = ["load_run", "source_file"]
-- ---
select
    load_run.run_id as run,
    cast(load_run.started_at as text) as started,
    source_file.file_name as file,
    source_file.format,
    source_file.subject,
    source_file.outcome,
    source_file.reason,
    source_file.read,
    source_file.loaded,
    source_file.quarantined,
    source_file.ignored,
    source_file.duplicate,
    left(source_file.sha256, 12) as digest
from source_file
join load_run on load_run.run_id = source_file.run_id
order by load_run.started_at desc, load_run.run_id, source_file.file_name, source_file.sha256
-- given load_run
-- | run_id | started_at          | outcome |
-- | R1     | 2026-06-01 06:00:00 | ok      |
-- | R2     | 2026-06-02 06:00:00 | ok      |
-- given source_file
-- | run_id | sha256           | file_name  | format     | subject | outcome       | reason | read | loaded | quarantined | ignored | duplicate |
-- | R1     | aaaaaaaaaaaaaaaa | spring.csv | zoom_poll  |         | loaded        |        | 4    | 4      | 0           | 0       | 0         |
-- | R2     | bbbbbbbbbbbbbbbb | claims.csv | template_claims | 2026 Q2 | partly_loaded | payment.S2 | 9 | 5 | 1 | 1 | 2 |
-- with today = 2026-06-02
-- by hand: the newer run first; 9 = 5 + 1 + 1 + 2.
-- expect
-- | run | started             | file       | format          | subject | outcome       | reason     | read | loaded | quarantined | ignored | duplicate | digest       |
-- | R2  | 2026-06-02 06:00:00 | claims.csv | template_claims | 2026 Q2 | partly_loaded | payment.S2 | 9    | 5      | 1           | 1       | 2         | bbbbbbbbbbbb |
-- | R1  | 2026-06-01 06:00:00 | spring.csv | zoom_poll       |         | loaded        |            | 4    | 4      | 0           | 0       | 0         | aaaaaaaaaaaa |
