"""How long work shows itself: a bar on a terminal, plain lines elsewhere, nothing when told to be quiet."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO, TypeVar

Item = TypeVar("Item")
_WIDTH = 24


@dataclass(frozen=True)
class Progress:
    """Writes to `stream` (the screen's error channel, so that answers on stdout stay clean)."""

    stream: TextIO
    quiet: bool = False

    def step(self, text: str) -> None:
        """Say which step has begun."""
        if not self.quiet:
            self._clear()
            self.stream.write(text + "\n")
            self.stream.flush()

    def over(self, items: Sequence[Item], text: str) -> Iterator[Item]:
        """The items in turn, with a bar that names the step; a plain line where there is no terminal."""
        if not self.quiet and not self.stream.isatty():
            self.step(f"{text}: {len(items):,}")
        for number, item in enumerate(items, start=1):
            if not self.quiet and self.stream.isatty():
                filled = _WIDTH * number // len(items)
                self.stream.write(f"\r{text} [{'█' * filled}{'·' * (_WIDTH - filled)}] {number:,} of {len(items):,}")
                self.stream.flush()
            yield item
        self._clear()

    def _clear(self) -> None:
        if not self.quiet and self.stream.isatty():
            self.stream.write("\r\x1b[K")


def on_screen(*, quiet: bool = False) -> Progress:
    """Progress on the error channel."""
    return Progress(sys.stderr, quiet)
