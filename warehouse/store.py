"""The numbered builds, the pointer to the published one, and readers that can only read.

A load works on a hidden copy. Publishing gives the copy its number and moves the pointer in one step, so a
crash at any instant leaves the published build as it was. Readers of an older build keep it until they let go.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warehouse import disk
from warehouse.engine.duckdb import Reader

_NAME = re.compile(r"^wh_(\d{6})\.duckdb$")
_POINTER = "CURRENT"


class StoreBusy(Exception):
    """Another load is at work in this store."""


class StoreBroken(Exception):
    """The pointer cannot be followed, or a build is not ready to be published."""


@dataclass(frozen=True)
class Build:
    """One published build. published_at is the moment, in UTC without a zone, that its file was finished."""

    number: int
    path: Path
    published_at: datetime

    @property
    def name(self) -> str:
        """The file's name without its ending, such as `wh_000007`."""
        return self.path.stem


class Store:
    """The builds of one programme in `folder`; the newest `keep` of them stay."""

    def __init__(self, folder: Path, keep: int = 8) -> None:
        self.folder = folder
        self._keep = max(keep, 1)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)

    def current(self) -> Build | None:
        """The build that people see now; None before the first load. Reads one small file.

        Raises StoreBroken when the pointer names a build that is not there.
        """
        try:
            found = json.loads((self.folder / _POINTER).read_text("utf-8"))
            return self._build(str(found["build"]))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError) as error:
            raise StoreBroken(
                f"{self.folder / _POINTER} cannot be followed. Load again, or restore the store from a copy."
            ) from error

    def builds(self) -> tuple[Build, ...]:
        """Every published build that is still kept, oldest first."""
        current = self.current()
        if current is None:
            return ()
        return tuple(self._build(f"wh_{number:06d}.duckdb") for number in self._numbers() if number <= current.number)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the store for one load; what a crashed load left behind is removed first.

        Raises StoreBusy when another load holds it. A crash lets it go.
        """
        descriptor = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                disk.lock(descriptor)
            except BlockingIOError as error:
                raise StoreBusy(
                    "Another load is at work in this home. Wait until it has finished, then try again."
                ) from error
            self._sweep()
            yield
        finally:
            os.close(descriptor)

    def begin(self) -> Path:
        """The hidden file for the next build: a copy of the published one, or a name not yet used at first.

        Call it while holding `lock`.
        """
        current = self.current()
        path = self.new_build_path()
        if current:
            disk.copy(current.path, path)
        return path

    def new_build_path(self) -> Path:
        """A hidden name for the next build, with nothing in it: for building everything anew."""
        numbers = self._numbers()
        return self.folder / f".building_{(numbers[-1] if numbers else 0) + 1:06d}.duckdb"

    def work_path(self, run: str) -> Path:
        """The file that one run stages and checks in. The next `lock` removes it if the run did not."""
        return self.folder / f"work_{run}.duckdb"

    def publish(self, path: Path) -> Build:
        """Make a finished build, checkpointed and closed, the one that people see.

        Raises StoreBroken when the file is missing or still has writes waiting beside it.
        """
        if not path.exists() or path.with_name(path.name + ".wal").exists():
            raise StoreBroken(f"{path.name} is not finished: checkpoint and close it before publishing.")
        final = self.folder / f"wh_{_number_of(path):06d}.duckdb"
        path.chmod(0o600)
        disk.sync(path)
        path.replace(final)
        disk.sync(self.folder)
        self._point_to(final)
        build = self._build(final.name)
        self._prune(build.number)
        return build

    def reader(self, build: Build) -> Reader:
        """A locked-down, read-only view of one build. Close it when done."""
        return Reader(build.path)

    def _build(self, name: str) -> Build:
        match = _NAME.match(name)
        path = self.folder / name
        if match is None or not path.exists():
            raise StoreBroken(
                f"The store points to {name}, which is not in {self.folder}. Load again, or restore it from a copy."
            )
        finished = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None)
        return Build(int(match[1]), path, finished)

    def _numbers(self) -> list[int]:
        return sorted(int(match[1]) for entry in self.folder.iterdir() if (match := _NAME.match(entry.name)))

    def _point_to(self, final: Path) -> None:
        fresh = self.folder / f".{_POINTER}.new"
        fresh.write_text(json.dumps({"build": final.name, "number": _number_of(final)}), encoding="utf-8")
        fresh.chmod(0o600)
        disk.sync(fresh)
        fresh.replace(self.folder / _POINTER)
        disk.sync(self.folder)

    def _sweep(self) -> None:
        current = self.current()
        published = current.number if current else 0
        for entry in self.folder.iterdir():
            match = _NAME.match(entry.name)
            unpublished = match is not None and int(match[1]) > published
            if unpublished or entry.name.startswith((".building_", "work_", f".{_POINTER}.")):
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()

    def _prune(self, published: int) -> None:
        for number in [number for number in self._numbers() if number <= published][: -self._keep]:
            with suppress(PermissionError):  # Windows keeps a file that a reader holds; the next publish tries again
                (self.folder / f"wh_{number:06d}.duckdb").unlink()


def _number_of(path: Path) -> int:
    match = re.search(r"_(\d{6})\.duckdb$", path.name)
    if match is None:
        raise StoreBroken(f"{path.name} is not a build's name. Take the path from begin() or new_build_path().")
    return int(match[1])
