"""The inbox: the only way in. Finds waiting files and puts them away afterwards; touches nothing but files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from etl.errors import UsageError
from etl.home import Home
from etl.report import FileReport

_REASON = ".reason.txt"
_LONGEST_NAME = 255  # bytes: what file systems take
_NEVER_DATA = {".ds_store", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class Waiting:
    """One file in the inbox. `label` is what people call it; it decides nothing."""

    path: Path
    label: str


def drop(home: Home, given: Iterable[Path]) -> list[Waiting]:
    """Copy files, or every file below folders, into the inbox. The originals stay where they are.

    Copies are written under a hidden name first, so that a copy cut short is never taken for a file.
    Raises UsageError naming every path that is not there.
    """
    dropped = []
    for path in existing(given):
        inside = path.resolve().is_relative_to(home.inbox.resolve())
        for file in _files_below(path) if path.is_dir() else [path]:
            label = str(file.relative_to(path)) if path.is_dir() else file.name
            dropped.append(Waiting(file, label) if inside else Waiting(_copy_in(home, file, label), label))
    return dropped


def existing(given: Iterable[Path]) -> list[Path]:
    """The paths as they stand. Raises UsageError naming every one that is not there."""
    paths = [path.expanduser() for path in given]
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise UsageError("Not found: " + ", ".join(missing))
    return paths


def waiting(home: Home) -> list[Waiting]:
    """Every file in the inbox, in the order of its name."""
    return [Waiting(path, str(path.relative_to(home.inbox))) for path in _files_below(home.inbox)]


def put_away(home: Home, found: Waiting, report: FileReport) -> None:
    """Move a file out of the inbox: to done/, or to refused/ with its reason beside it."""
    good = report.outcome in {"loaded", "partly_loaded", "already_loaded", "empty"}
    folder = home.done if good else home.refused
    target = folder / _kept_name(f"{report.sha256[:12]}_", found.path)
    if not good:
        reason = "\n".join(message.text for message in report.messages)
        target.with_name(target.name + _REASON).write_text(reason + "\n", encoding="utf-8")
    shutil.move(found.path, target)
    _remove_empty_folders(home.inbox, found.path.parent)


def _kept_name(mark: str, path: Path) -> str:
    """The file's name after its mark, its middle left out where that would be too long to keep."""
    ending = path.suffix if len(os.fsencode(path.suffix)) <= 20 else ""
    room = _LONGEST_NAME - len(mark) - len(_REASON) - len(os.fsencode(ending))
    start = os.fsencode(path.name.removesuffix(ending))[:room].decode("utf-8", "ignore")
    return f"{mark}{start}{ending}"


def _copy_in(home: Home, file: Path, label: str) -> Path:
    target = _free_name(home.inbox / label)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    hidden = target.with_name("." + target.name)
    shutil.copyfile(file, hidden)
    hidden.replace(target)
    return target


def _free_name(target: Path) -> Path:
    number = 1
    free = target
    while free.exists():
        number += 1
        free = target.with_name(f"{target.stem} ({number}){target.suffix}")
    return free


def _files_below(folder: Path) -> list[Path]:
    found = []
    for directory, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [
            Path(directory, name)
            for name in sorted(names)
            if not name.startswith((".", "~$")) and name.lower() not in _NEVER_DATA
        ]
    return found


def _remove_empty_folders(inbox: Path, folder: Path) -> None:
    while folder != inbox and folder.is_relative_to(inbox) and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
