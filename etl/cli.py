"""The command `voices`: its verbs, its messages and its exit codes."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from etl import verbs
from etl.errors import UsageError, VoicesError

Verb = Callable[[argparse.Namespace], int]

OUR_FAULT = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code: 0, 10, 11, 2 for wrong usage, 1 for a fault of ours."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    try:
        verb: Verb = chosen.verb
        return verb(chosen)
    except VoicesError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("Stopped. What was published before is still published.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # whoever read our answer has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if isinstance(error, _spoken()):
            print(error, file=sys.stderr)
            return VoicesError.exit_code
        print(_our_fault(error), file=sys.stderr)
        return OUR_FAULT


def _spoken() -> tuple[type[Exception], ...]:
    """The warehouse's own sentences about a store or a policy that cannot be used as it stands."""
    from warehouse.policy import PolicyError
    from warehouse.store import StoreBroken, StoreBusy

    return (StoreBusy, StoreBroken, PolicyError)


def _our_fault(error: Exception) -> str:
    """Name the fault by its place in our code: an exception's own text could hold a row's value."""
    steps = [step for step in traceback.extract_tb(error.__traceback__) if "site-packages" not in step.filename]
    where = " <- ".join(f"{Path(step.filename).name}:{step.lineno}" for step in reversed(steps[-6:]))
    return (
        f"This is a fault of Voices, not of your files ({type(error).__name__} at {where}). None of your files is "
        "lost: each is still in the inbox, or in done or refused if its turn was over. What people see is either as "
        "it was or complete. Please tell whoever looks after Voices the words in brackets."
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="voices",
        description="Programme analytics for Voices for Improvement: exports in, protected figures out.",
    )
    verbs_of = parser.add_subparsers(title="verbs", metavar="VERB", required=True)

    def add(name: str, verb: Verb, what: str, example: str) -> argparse.ArgumentParser:
        made = verbs_of.add_parser(
            name,
            help=what,
            description=what,
            epilog=f"example: {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        made.set_defaults(verb=verb)
        made.add_argument(
            "--home", metavar="DIR", help="the programme's folder (default: VOICES_HOME or ./voices-home)"
        )
        return made

    demo = add("demo", verbs.demo, "Make an invented programme, load it and open the dashboard.", "voices demo")
    demo.add_argument("--scale", type=_positive, default=1, metavar="N", help="N times as many people and events")
    demo.add_argument("--seed", type=int, default=1, metavar="N", help="another seed makes another programme")
    demo.add_argument("--no-serve", action="store_true", help="load only; do not open the dashboard")
    demo.add_argument("--port", type=_port, default=8501, metavar="N")
    _quiet(demo)

    load = add(
        "load",
        verbs.load,
        "Load the files in the inbox, or copies of the given files and folders.",
        "voices load ~/Downloads/attendee_81234567890_2026_05_12.csv",
    )
    load.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    load.add_argument("--json", action="store_true", help="print one JSON object and nothing else on stdout")
    _quiet(load)

    check = add(
        "check",
        verbs.check,
        "Say what a file is and what is wrong with it, loading nothing.",
        "voices check claims.xlsx",
    )
    check.add_argument("paths", nargs="+", type=Path, metavar="FILE")
    check.add_argument("--json", action="store_true", help="print one JSON object and nothing else on stdout")
    _quiet(check)

    serve = add("serve", verbs.serve, "Open the dashboard on this machine.", "voices serve --port 8501")
    serve.add_argument("--port", type=_port, default=8501, metavar="N")

    add("formats", lambda _: verbs.formats(), "List the exports and templates that can be read.", "voices formats")
    add("metrics", lambda _: verbs.metrics(), "List the figures and what each of them means.", "voices metrics")

    metric = add(
        "metric",
        verbs.metric,
        "Answer one figure as one role would see it.",
        "voices metric people_in_programme --as trustee --where by=region",
    )
    metric.add_argument("id", metavar="ID")
    metric.add_argument(
        "--as", dest="role", required=True, metavar="ROLE", help="leadership, trustee, staff, steward …"
    )
    metric.add_argument("--where", action="append", default=[], type=_pair, metavar="KEY=VALUE")
    metric.add_argument("--json", action="store_true", help="print one JSON object and nothing else on stdout")

    template = add(
        "template",
        verbs.template,
        "Write an empty sheet for one kind of record, with its headings and drop-downs.",
        "voices template claims -o claims.xlsx",
    )
    template.add_argument("table", metavar="TABLE", help="a template or table; `voices formats` lists them")
    template.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.xlsx")

    quarantine = add(
        "quarantine",
        verbs.quarantine,
        "Write the held records and why each is held, to be mended and dropped back in the inbox.",
        "voices quarantine -o held.xlsx",
    )
    quarantine.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.xlsx")

    add("store", verbs.store, "Print the path of the published build.", "voices store")
    add("status", verbs.status, "Say what is published, what waits and what is held back.", "voices status")
    return parser


def verb_names() -> list[str]:
    """Every verb of the command."""
    found = [action.choices for action in _parser()._actions if isinstance(action.choices, dict)]
    return sorted(name for choices in found for name in choices)


def _quiet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="show no progress")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError("must be between 1 and 65535")
    return number


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise UsageError(f"--where takes KEY=VALUE, such as --where by=region; this was given: {text}")
    return name, value


if __name__ == "__main__":
    sys.exit(main())
