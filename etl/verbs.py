"""What each verb of the command does. What is slow to import is imported by the verb that needs it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from etl.errors import UsageError
from etl.home import Home, find_home, open_home
from etl.progress import on_screen
from etl.report import FileReport, RunReport

_WORDS = {
    "loaded": "loaded",
    "partly_loaded": "loaded in part",
    "already_loaded": "known already",
    "empty": "empty",
    "needs_answer": "asks a question",
    "refused": "refused",
    "unrecognised": "not recognised",
}
_NO_FILTERS = frozenset({"self", "metric_id", "viewer", "page"})  # what the door itself is asked with


def demo(chosen: argparse.Namespace) -> int:
    """Make an invented programme, load it and open the dashboard."""
    from etl.demo import write_exports, write_settings
    from etl.pipeline import load as load_files

    root = find_home(chosen.home)
    if (root / "store" / "CURRENT").exists():
        print(f"{root} already holds a programme, so none was made. Open it with: voices serve --home {root}")
    else:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_settings(root)
        home = open_home(root)
        progress = on_screen(quiet=chosen.quiet)
        progress.step("Making an invented programme: every person in it is made up")
        write_exports(home.inbox, scale=chosen.scale, seed=chosen.seed)
        _print_run(load_files(home, [], progress=progress))
        print("Some of its files are wrong on purpose, so that you see what Voices says of them.")
    if chosen.no_serve:
        return 0
    return _serve(root, chosen.port)


def load(chosen: argparse.Namespace) -> int:
    """Load the inbox, or copies of the given files."""
    from etl.pipeline import load as load_files

    return _told(load_files(_home(chosen), chosen.paths, progress=on_screen(quiet=chosen.quiet)), as_json=chosen.json)


def check(chosen: argparse.Namespace) -> int:
    """The same as load, loading nothing."""
    from etl.pipeline import check_only

    return _told(check_only(_home(chosen), chosen.paths, progress=on_screen(quiet=chosen.quiet)), as_json=chosen.json)


def serve(chosen: argparse.Namespace) -> int:
    """Open the dashboard on this machine."""
    return _serve(_home(chosen).root, chosen.port)


def formats() -> int:
    """List what can be read."""
    from etl.formats import discover
    from etl.template import templates

    print("Exports")
    for one in discover():
        print(f"  {one.KEY:<30} {one.TITLE}: one record is {one.ONE_RECORD_IS}")
    print("Staff sheets (voices template NAME -o FILE.xlsx writes an empty one)")
    for template in templates().values():
        print(f"  {template.name:<30} {template.title}: one row is {template.one_record_is}")
    return 0


def metrics() -> int:
    """List the figures in plain words."""
    from warehouse.catalogue import catalogue, definitions

    print(definitions(one.info for _, one in sorted(catalogue().items())))
    return 0


def metric(chosen: argparse.Namespace) -> int:
    """Answer one figure as one role would see it, through the same door as the pages."""
    from etl.doorway import open_door
    from warehouse.released import Viewer

    filters: Mapping[str, str] = dict(chosen.where)
    if len(filters) != len(chosen.where):
        raise UsageError("--where names one thing twice; give each KEY once.")
    if wrong := sorted(_NO_FILTERS.intersection(filters)):
        raise UsageError(f"--where: no figure has a filter {', '.join(wrong)}.")
    door = open_door(_home(chosen))
    released = door.release(chosen.id, Viewer("command", frozenset({chosen.role})), **filters)
    if chosen.json:
        _print_json(released.as_json())
    else:
        said = f"{released.metric.title or chosen.id}: {released.state.replace('_', ' ')}. {released.reason}"
        print(said.rstrip(". ") + ".")
        for name, cell in released.totals.items():
            print(f"  {name}: {'held back' if cell.withheld else cell.value}")
        for row in released.as_json()["rows"]:
            print("  " + ", ".join(f"{name} {_shown(value)}" for name, value in row.items()))
    return 2 if released.state == "refused" else 0


def template(chosen: argparse.Namespace) -> int:
    """Write an empty sheet."""
    from etl.template import template_for
    from etl.template_workbook import write_template

    one = template_for(chosen.table)
    write_template(one.name, _xlsx(chosen.output))
    print(f"{chosen.output}: each row is {one.one_record_is}. Fill it in, save it, and drop it in the inbox.")
    return 0


def quarantine(chosen: argparse.Namespace) -> int:
    """Write the held records to a sheet."""
    from etl.held_workbook import write_held

    count = write_held(_home(chosen), _xlsx(chosen.output))
    if not count:
        print("Nothing is held back.")
    else:
        print(
            f"{chosen.output}: {count:,} held records, the reason beside each. Mend them, save, and drop the file in."
        )
    return 0


def store(chosen: argparse.Namespace) -> int:
    """Print the path of the published build."""
    from warehouse.store import Store

    current = Store(_home(chosen).store).current()
    if current is None:
        raise UsageError("Nothing is published yet. Load some files first: voices load")
    print(current.path)
    return 0


def status(chosen: argparse.Namespace) -> int:
    """Say what is published, what waits and what is held back."""
    from etl.inbox import waiting
    from etl.status import status_lines

    home = _home(chosen)
    for line in status_lines(home, len(waiting(home))):
        print(line)
    return 0


def _home(chosen: argparse.Namespace) -> Home:
    return open_home(find_home(chosen.home))


def _serve(root: Path, port: int) -> int:
    from dashboard.serve import CannotServe
    from dashboard.serve import serve as serve_pages
    from etl.doorway import open_door

    home = open_home(root)
    settings = home.settings
    try:
        return serve_pages(root, port, open_door(home), programme=settings.programme, invented=settings.invented)
    except CannotServe as error:
        raise UsageError(str(error)) from error


def _xlsx(path: Path) -> Path:
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"{path} must end in .xlsx")
    if not path.parent.exists():
        raise UsageError(f"The folder {path.parent} is not there. Make it first, or choose another.")
    return path


def _told(report: RunReport, *, as_json: bool) -> int:
    if as_json:
        _print_json(report.as_json())
    else:
        _print_run(report)
    return report.exit_code


def _print_run(report: RunReport) -> None:
    if not report.files:
        print("The inbox is empty.")
    for file in report.files:
        print(f"{file.file}: {_WORDS[file.outcome]} ({file.format or 'unknown kind'}){_counts(file)}")
        for message in file.messages:
            place = f"line {message.line}: " if message.line else ""
            print(f"  {message.severity}: {place}{message.text}")
    print(f"Published build {report.build}." if report.build else "Nothing new to publish.")


def _counts(file: FileReport) -> str:
    rows = file.rows
    if not rows.read:
        return ""
    return (
        f": {rows.read:,} read = {rows.loaded:,} loaded + {rows.quarantined:,} held back "
        f"+ {rows.ignored:,} ignored + {rows.duplicate:,} known already"
    )


def _shown(value: object) -> object:
    if isinstance(value, dict):
        return "held back" if value["withheld"] else value["value"]
    return value


def _print_json(value: object) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
