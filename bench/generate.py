"""Writes an invented programme's staff sheets as CSV, with as many claim lines as are asked for.

The same count gives the same bytes every time. Everything is written by DuckDB piece by piece, so that memory
stays small. Five million lines are about 600 MB.

    python -m bench.generate FOLDER [LINES]
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import duckdb

LINES = 5_000_000
CLAIMS = "claims.csv"
_PAIRS = 20_000
_SESSIONS = 25
_ACTIVITIES = 300

_PARTNER = "printf('person%05d@example.org', (pair)::integer)"
_CLIENT = "printf('client%05d@example.org', (pair)::integer)"
_MATCH = "printf('M-%05d', (pair)::integer)"
_SESSION_DAY = "date '2022-05-02' + (session * 28)::integer"
_ACTIVITY_DAY = "date '2022-05-09' + (activity * 4)::integer"


def _day(expression: str) -> str:
    return f"strftime({expression}, '%d/%m/%Y')"


_SHEETS: Mapping[str, str] = {
    "organisations.csv": """
        select printf('O-%03d', i::integer) as "Code", printf('Made-up Trust %d', i::integer) as "Name",
            'nhs' as "Type", 'nhs_provider' as "Setting", 'london' as "Region", 'no' as "Member?"
        from range(20) t(i)
    """,
    "people.csv": f"""
        select {_PARTNER} as "Person", printf('Alex Sample %d', pair::integer) as "Name" from range({_PAIRS}) t(pair)
        union all select {_CLIENT}, printf('Sam Sample %d', pair::integer) from range({_PAIRS}) t(pair)
    """,
    "journeys.csv": f"""
        select {_PARTNER} as "Person", 'partner' as "Role", '04/04/2022' as "Opened", 'london' as "Region",
            null as "Organisation", 'selected' as "Step", '11/04/2022' as "Date of step", 'JS1' as "Recorded by"
        from range({_PAIRS}) t(pair)
        union all
        select {_CLIENT}, 'client', '04/04/2022', 'london', printf('O-%03d', (pair % 20)::integer), 'selected',
            '11/04/2022', 'JS1'
        from range({_PAIRS}) t(pair)
    """,
    "matches.csv": f"""
        select {_MATCH} as "Match", {_PARTNER} as "Partner", {_CLIENT} as "Client", '18/04/2022' as "Matched on"
        from range({_PAIRS}) t(pair)
    """,
    "sessions.csv": f"""
        select {_MATCH} as "Match", {_day(_SESSION_DAY)} as "Date", '14:00' as "Start (hh:mm)", 60 as "Minutes",
            'video' as "How", 'paid' as "Paid or pro bono", 'client' as "Funded by", 'held' as "What happened"
        from range({_PAIRS}) t(pair), range({_SESSIONS}) s(session)
    """,
    "activities.csv": f"""
        select printf('A-%03d', activity::integer) as "Code", 'supervision' as "Kind",
            printf('Supervision %d', activity::integer) as "Title", {_day(_ACTIVITY_DAY)} as "Date", 90 as "Minutes",
            'yes' as "Paid?"
        from range({_ACTIVITIES}) t(activity)
    """,
}

# Each claim has three lines: a session, its preparation and a supervision. No two lines pay for the same thing.
_CLAIM_LINES = f"""
    select printf('CL-%07d', claim::integer) as "Claim", i % 3 + 1 as "Line", {_PARTNER} as "Person",
        ['session_fee', 'preparation', 'supervision'][i % 3 + 1] as "Kind", {_day("work_on")} as "Date of work",
        case i % 3 when 0 then {_MATCH} || ' ' || {_day("work_on")} when 2 then printf('A-%03d', activity::integer) end
            as "Session or activity",
        printf('%d.%02d', (40 + turn)::integer, (claim % 4 * 25)::integer) as "Amount",
        {_day("work_on + 2")} as "Claim received", {_day("work_on + (2 + claim % 3)::integer")} as "Claim complete",
        {_day("work_on + (6 + claim % 5)::integer")} as "Approved",
        {_day("work_on + (12 + claim % 20)::integer")} as "Paid",
        'no' as "Chose not to be paid?", 'self' as "Paid to", '2026-1' as "Rate version", 'F1' as "Fund"
    from (
        select *, case when i % 3 = 2 then {_ACTIVITY_DAY} else {_SESSION_DAY} end as work_on
        from (
            select i, i // 3 as claim, i // 3 % {_PAIRS} as pair, i // 3 // {_PAIRS} % {_SESSIONS} as session,
                i // 3 // {_PAIRS} // {_SESSIONS} as turn, i // 3 // {_PAIRS} % {_ACTIVITIES} as activity
            from range($lines) t(i)
        )
    )
"""


def generate(folder: Path, lines: int = LINES) -> Path:
    """Write the sheets into the folder and return the claims file; nothing is written that is there already."""
    folder.mkdir(parents=True, exist_ok=True)
    claims = folder / CLAIMS
    with duckdb.connect() as connection:
        for name, select in _SHEETS.items():
            _write(connection, select, folder / name)
        _write(connection, _CLAIM_LINES.replace("$lines", str(lines)), claims)
    return claims


def _write(connection: duckdb.DuckDBPyConnection, select: str, path: Path) -> None:
    if not path.exists():
        hidden = path.with_name(f".{path.name}")
        connection.execute(f"copy ({select}) to '{hidden}' (format csv, header)")
        hidden.replace(path)


if __name__ == "__main__":
    generate(Path(sys.argv[1]), *map(int, sys.argv[2:]))
