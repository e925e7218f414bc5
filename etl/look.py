"""The first look at a file: is it known already, and what is it?"""

from __future__ import annotations

from collections.abc import Mapping

from etl.errors import FileProblem, NeedsAnswer
from etl.inbox import Waiting
from etl.known import FileBefore
from etl.recognise import recognise, two_formats_message, unrecognised_message
from etl.report import FileReport, Message
from etl.template import recognise_template
from etl.text import read_document, sha256_of
from etl.work import Work


def look(found: Waiting, before: Mapping[str, FileBefore], met_in_this_run: set[str]) -> Work:
    """The file's digest and format. A file that is known, unknown or not readable is settled at once."""
    sha256 = sha256_of(found.path)
    work = Work(found, FileReport(found.label, sha256), before=before.get(sha256))
    if sha256 in met_in_this_run:
        work.settle(
            "already_loaded", Message("info", "same-file", "The same file is in the inbox twice; once is enough.")
        )
    elif work.before and work.before.is_settled:
        work.settle(
            "already_loaded",
            Message("info", "already-loaded", "This very file was loaded before; nothing has changed."),
        )
    else:
        _recognise(work)
    return work


def _recognise(work: Work) -> None:
    try:
        work.head = read_document(work.found.path, head_only=True, sha256=work.sha256)
    except FileProblem as problem:
        work.settle_problem(problem)
        return
    work.template = recognise_template(work.head)
    formats = [] if work.template else recognise(work.head)
    if work.template:
        work.report.format = f"template_{work.template}"
    elif len(formats) == 1:
        work.format = formats[0]
        work.report.format = formats[0].KEY
    elif formats:
        work.settle_problem(NeedsAnswer([Message("error", "two-formats", two_formats_message(formats))]))
    else:
        work.settle("unrecognised", Message("error", "unrecognised", unrecognised_message(work.head)))
