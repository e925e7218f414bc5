"""A CSV file of any size made ready for DuckDB: checked in pieces, never held in memory.

Most files are read as they are. One in another encoding, with NUL bytes or with mixed line ends is copied to a
clean UTF-8 file first. What is lost or changed on the way is said in a message.
"""

from __future__ import annotations

import codecs
import csv
import io
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from etl.errors import refuse
from etl.report import Message

_PIECE = 1 << 20
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DELIMITERS = (",", ";", "\t")
_BLANK = ord(" ")
_EDGES = np.isin(np.arange(256), np.frombuffer(b',;"\r\n', np.uint8))


@dataclass(frozen=True)
class CleanText:
    """A file that DuckDB can read as it is.

    lines: its physical lines. is_bare: no cell can have a blank at its edge.
    """

    path: Path
    lines: int
    is_bare: bool = False
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Head:
    """The header row: its cells, the delimiter, and the physical line it ends on."""

    cells: tuple[str, ...]
    delimiter: str
    ends_on: int


@dataclass
class _Found:
    """What one pass over the bytes found."""

    newlines: int = 0
    returns: int = 0
    pairs: int = 0
    nuls: int = 0
    last: bytes = b"\n"
    is_utf8: bool = True
    is_bare: bool = True

    @property
    def lines(self) -> int:
        return self.newlines + (self.last != b"\n")


def clean(path: Path, copy_to: Path) -> CleanText:
    """The file itself, or its clean copy at `copy_to`. Raises Refused when the bytes are no text."""
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith(_UTF16):
        return _copied(path, copy_to, "utf-16")
    found = _looked_at(path)
    mixed = found.returns and not found.returns == found.pairs == found.newlines
    if found.is_utf8 and not found.nuls and not mixed:
        return CleanText(path, found.lines, found.is_bare)
    return _copied(path, copy_to, "utf-8-sig" if found.is_utf8 else "cp1252")


def head_of(text: CleanText, likeness: Callable[[tuple[str, ...]], float]) -> Head:
    """The first row that is not blank, split by the delimiter that makes most headings of it.

    likeness: how much a row of cells looks like the headings that are looked for.
    """
    heads = [_head(text.path, delimiter) for delimiter in _DELIMITERS]
    return max(heads, key=lambda head: (likeness(head.cells), len(head.cells)))


def record_lines(text: CleanText, head: Head) -> array[int]:
    """The first physical line of every record that is not an empty line, and -line for each empty one between.

    Only asked for when a cell holds line breaks or a line is empty: it reads the file row by row.
    """
    found = array("q")
    for line, cells in _records(text.path, head.delimiter):
        if line > head.ends_on:
            found.append(line if cells else -line)
    while found and found[-1] < 0:
        found.pop()
    return found


def _records(path: Path, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        line = 0
        try:
            for cells in reader:
                yield line + 1, cells
                line = reader.line_num
        except csv.Error as error:
            raise refuse(
                "not-a-table",
                f"Line {line + 1} cannot be read as a row of a table. Save the sheet again as CSV or Excel.",
                line=line + 1,
            ) from error


def _head(path: Path, delimiter: str) -> Head:
    for line, cells in _records(path, delimiter):
        if cells and cells[0].lower().startswith("sep="):
            continue
        if any(cell.strip() for cell in cells):
            return Head(tuple(cells), delimiter, line + _breaks(cells))
    raise refuse("empty-file", "The file is empty: it holds no headings and no rows.")


def _breaks(cells: list[str]) -> int:
    return sum(cell.count("\n") for cell in cells)


def _looked_at(path: Path) -> _Found:
    found = _Found()
    decoder = codecs.getincrementaldecoder("utf-8")()
    edge = b"\n"
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found.newlines += piece.count(b"\n")
            if returns := piece.count(b"\r"):
                found.returns += returns
                found.pairs += piece.count(b"\r\n")
            if found.last == b"\r" and piece.startswith(b"\n"):
                found.pairs += 1
            found.nuls += piece.count(0)
            found.is_bare = found.is_bare and not _has_blank_edges(edge + piece)
            edge = piece[-2:]
            found.last = piece[-1:]
            if found.is_utf8 and (not piece.isascii() or decoder.getstate()[0]):
                try:
                    decoder.decode(piece)
                except UnicodeDecodeError:
                    found.is_utf8 = False
    found.is_bare = found.is_bare and found.last != b" "
    if found.is_utf8:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            found.is_utf8 = False
    return found


def _has_blank_edges(piece: bytes) -> bool:
    """True when a blank stands next to a delimiter, a quotation mark or a line end, so perhaps at a cell's edge.

    The first and the last letter are not looked at: pieces overlap by two letters.
    """
    if b"\t" in piece or b"\xa0" in piece:
        return True
    letters = np.frombuffer(piece, np.uint8)
    blanks = np.flatnonzero(letters[1:-1] == _BLANK)
    return bool((_EDGES[letters[blanks]] | _EDGES[letters[blanks + 2]]).any())


def _copied(path: Path, copy_to: Path, encoding: str) -> CleanText:
    """The copy: UTF-8, no NUL, every line ended by one newline."""
    newlines = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(), translate=True)
    lines, last, nuls = 0, "\n", 0
    with path.open("rb") as source, copy_to.open("w", encoding="utf-8", newline="") as target:
        while True:
            piece = source.read(_PIECE)
            try:
                text = newlines.decode(piece, final=not piece)
            except UnicodeDecodeError as error:
                raise refuse(
                    "not-decodable",
                    f"Near line {lines + 1} are characters that are neither UTF-8 nor Windows text. Open the file in "
                    'Excel and save it as "CSV UTF-8", then drop it again.',
                    line=lines + 1,
                ) from error
            nuls += text.count("\0")
            text = text.replace("\0", "")
            target.write(text)
            lines += text.count("\n")
            last = text[-1:] or last
            if not piece:
                break
    messages = []
    if nuls:
        messages.append(
            Message("warning", "nul-removed", f"{nuls:,} NUL characters, which no text should hold, were taken out.")
        )
    if encoding == "cp1252":
        messages.append(Message("info", "windows-text", "The file is in Windows text, not UTF-8; it was read as that."))
    return CleanText(copy_to, lines + (last != "\n"), messages=tuple(messages))
