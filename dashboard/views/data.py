"""The data steward's page: what came in, which checks failed, and where a figure comes from."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version

from dashboard import charts, words
from dashboard.cards import Ask, Card, Cell, Entry, Pick, Picture, Question, amount, cell, group, table, unshown
from dashboard.views.events import printed

TITLE = "Data health"
PURPOSE = "Whether we can trust the figures: what came in, what did not, and where each number comes from."
ORDER = 90

OUTCOMES: Mapping[str, str] = {
    "loaded": "loaded",
    "partly_loaded": "loaded in part",
    "already_loaded": "already loaded",
    "empty": "empty",
    "needs_answer": "asks a question",
    "refused": "refused",
    "unrecognised": "not recognised",
}
BLOCKING = frozenset({"refuse", "stop"})
QUIET_OUTCOMES = frozenset({"loaded", "already_loaded", "empty"})
SEVERITIES: Mapping[str, str] = {"refuse": "Refuses the file", "stop": "Blocks the row", "warn": "Warns"}
RUNS_SHOWN = 6
FIRST_FIGURE = "event_turnout"
_Row = Mapping[str, str | Cell]


def loads(ask: Ask, _: Pick) -> Card:
    """D1: the files of the last run, and their five counts."""
    found = ask.figure("load_health")
    if found.state != "shown":
        return unshown(found, nothing="No run is recorded.", complete_list=True)
    runs: dict[str, list[_Row]] = {}
    for row in found.rows:
        runs.setdefault(group(row, "run"), []).append(row)
    last = next(iter(runs.values()))
    told = words.listing(
        [
            f"{many} {said}"
            for outcome, said in OUTCOMES.items()
            if (many := sum(group(row, "outcome") == outcome for row in last))
        ]
    )
    started = group(last[0], "started")
    shown = list(runs.values())[:RUNS_SHOWN]
    most = max(1.0, *(_sum(files, "read") for files in shown))
    return Card(
        answer=f"{words.count(len(last), 'file', 'files')} on {words.day(started)}: **{told}**. {_balance(last)}.",
        short=f"{words.count(len(last), 'file', 'files')}: {told}.",
        sure=words.counted("The five counts of every file are proved to agree before anything is published."),
        cannot="This cannot show files nobody dropped in.",
        picture=Picture(
            charts.rows([_run(files, most) for files in shown]),
            "Records read in the newest runs. Dark: loaded. Orange: rejected. Pale: ignored, because the format says "
            "they are not data. Grey: already known.",
        ),
        table=table(
            ("File", "Outcome", "Records", "Why"),
            [
                (
                    f"{group(row, 'file')} ({words.label(group(row, 'format') or 'not recognised')})",
                    words.label(OUTCOMES.get(group(row, "outcome"), group(row, "outcome"))),
                    _balance([row]),
                    group(row, "reason") or "nothing to say",
                )
                for files in shown
                for row in sorted(files, key=lambda row: group(row, "outcome") in QUIET_OUTCOMES)
            ],
            text=True,
        ),
        released=(found,),
    )


def checks(ask: Ask, _: Pick) -> Card:
    """D2: the rules that failed."""
    found = ask.figure("expectation_failures")
    if found.state == "nothing_recorded" or (found.state == "shown" and not found.rows):
        return Card(
            answer="**All checks passed.**",
            short="All checks passed.",
            sure=words.counted("Every rule is run on every file."),
            cannot="This cannot show errors no rule looks for, or the values themselves.",
            released=(found,),
        )
    if found.state != "shown":
        return unshown(found, nothing="No check is recorded.", complete_list=True)
    rules: dict[tuple[str, str], list[_Row]] = {}
    for row in found.rows:
        rules.setdefault((group(row, "rule"), group(row, "severity")), []).append(row)
    blocking = sum(severity in BLOCKING for _, severity in rules)
    warnings = len(rules) - blocking
    files = len({group(row, "file") for row in found.rows})
    oldest = min(found.rows, key=lambda row: group(row, "first_seen"))
    return Card(
        answer=f"**{words.count(blocking, 'blocking check', 'blocking checks')} and "
        f"{words.count(warnings, 'warning', 'warnings')}** on {words.count(files, 'file', 'files')}; the oldest since "
        f"{words.day(group(oldest, 'first_seen'))}, owner {words.label(group(oldest, 'owner')).lower()}.",
        short=f"{blocking} blocking, {words.count(warnings, 'warning', 'warnings')}.",
        sure=words.counted("Every rule is run on every file; a check that breaks is told apart from bad data."),
        cannot="This cannot show errors no rule looks for, or the values themselves.",
        table=table(
            ("What should be so", "What it does", "Rows that failed", "Rule, where, and whose"),
            [
                (group(rows[0], "plain"), SEVERITIES.get(severity, severity), _failed(rows), f"{rule}: {_whose(rows)}")
                for (rule, severity), rows in rules.items()
            ],
            text=True,
        ),
        released=(found,),
    )


def trace(ask: Ask, pick: Pick) -> Card:
    """D3: one figure's formula, tables and files."""
    known = {info.id: info for info in sorted(ask.catalogue(), key=lambda info: info.title)}
    counted = tuple(name for name, info in known.items() if info.tables)
    chosen = known[pick("Figure", counted, key="figure", say=lambda one: known[one].title, first=FIRST_FIGURE)]
    found = ask.figure("figure_trace")
    if found.state != "shown":
        return unshown(found, nothing="No file stands behind any figure yet.")
    rows = [row for row in found.rows if group(row, "table") in chosen.tables]
    files = {group(row, "digest") for row in rows}
    total = sum(amount(cell(row, "rows")) for row in rows)
    return Card(
        answer=f"**{words.plain(chosen.title)}** = {words.plain(chosen.formula)}; from "
        f"{words.count(total, 'row', 'rows')} of {words.count(len(files), 'file', 'files')}."
        if rows
        else f"**{words.plain(chosen.title)}** = {words.plain(chosen.formula)}; from the product's own records.",
        short=f"{words.count(len(known), 'figure', 'figures')}, each with one formula and one owner.",
        sure=words.counted("Every row carries the file it came from."),
        cannot="This cannot show whether the source tool was right.",
        table=table(
            ("Table", "File", "Rows", "Digest, loaded on"),
            [
                (
                    group(row, "table"),
                    group(row, "file") or "made by the product",
                    Entry(words.number(amount(cell(row, "rows"))), amount(cell(row, "rows"))),
                    f"{group(row, 'digest')[:8]}, {words.day(group(row, 'loaded_on') or None)}",
                )
                for row in rows
            ],
            text=True,
        )
        if rows
        else None,
        how={
            "This figure": f"{chosen.plain} In {chosen.unit}.",
            "Its tables": f"{words.listing(chosen.tables)}.",
            "Its owner": f"{words.label(chosen.owner)}.",
            "Program": f"Voices {version('voices')}, build {found.build}.",
        },
        released=(found,),
    )


def _failed(rows: list[_Row]) -> str:
    if any(group(row, "check_broke") == "yes" for row in rows):
        return "the check itself broke"
    return words.x_of_y(_sum(rows, "failed"), _sum(rows, "checked"))


def _whose(rows: list[_Row]) -> str:
    files = sorted({group(row, "file") for row in rows})
    where = files[0] if len(files) == 1 else f"{len(files)} files"
    since = min(group(row, "first_seen") for row in rows)
    return f"{where}; {words.label(group(rows[0], 'owner')).lower()}, since {words.day(since)}"


def _sum(files: list[_Row], column: str) -> float:
    return sum(amount(cell(row, column)) for row in files)


def _balance(files: list[_Row]) -> str:
    read, loaded, rejected, ignored, known = (
        words.number(_sum(files, column)) for column in ("read", "loaded", "quarantined", "ignored", "duplicate")
    )
    return f"{read} records = {loaded} loaded + {rejected} rejected + {ignored} ignored + {known} already known"


def _run(files: list[_Row], most: float) -> charts.Row:
    parts: list[tuple[float, charts.Paint, str]] = [
        (_sum(files, "loaded"), "focus", ""),
        (_sum(files, "quarantined"), "second", ""),
        (_sum(files, "ignored"), "tint", ""),
        (_sum(files, "duplicate"), "quiet", ""),
    ]
    return charts.Row(
        words.day(group(files[0], "started")),
        words.number(_sum(files, "loaded")),
        f"of {words.number(_sum(files, 'read'))} loaded",
        charts.split(parts, most),
    )


QUESTIONS = (
    Question("loads", "Did the last load run, and what was left out?", ("load_health",), loads),
    Question("checks", "Which checks failed?", ("expectation_failures",), checks),
    Question("trace", "Where did this number come from?", ("figure_trace",), trace, wide=True),
    Question("printed", "Which figures come only from a publication?", ("published_figures",), printed),
)
