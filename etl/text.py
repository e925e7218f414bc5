"""Bytes to rows of text with line numbers. Knows encodings and containers, no tool and no table."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path

from etl.errors import Refused, refuse
from etl.reading import Document, Kind, Row, Sheet
from etl.workbook import read_workbook

HEAD_ROWS = 60
HEAD_BYTES = 1 << 20
_CHUNK = 1 << 20
_DELIMITER_SAMPLE = 20

_NOT_EXPORTS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a word-processor document (RTF)"),
    (b"\x1f\x8b", "a compressed file (GZIP)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file (7z)"),
    (b"SQLite format 3\x00", "a database (SQLite)"),
    (b"\x7fELF", "a program"),
)
_WEB_PAGE = re.compile(rb"\s*<(!doctype html|html|\?xml)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x1b\x1c-\x1f]")
_SEPARATOR_LINE = re.compile(r"sep=(.)[^\S\r\n]*(?=\r|\n)", re.IGNORECASE)
_PACKAGES = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")


def sha256_of(path: Path) -> str:
    """The file's SHA-256 as 64 hex digits, read once in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def read_document(path: Path, *, head_only: bool = False, sha256: str | None = None) -> Document:
    """One file as text, its kind decided by its content and never by its name.

    head_only: no more than the first 60 rows of each sheet, for recognising a file too large to read twice.
    sha256: the file's digest where it is known already, so that its bytes are not read for that alone.
    A Parquet file is a document of kind `parquet` without sheets. NUL bytes are removed, and `encoding` says
    how many. Raises Refused with a sentence for staff when the file is not an export or cannot be decoded.
    """
    with path.open("rb") as file:
        content = file.read(HEAD_BYTES) if head_only else file.read()
        is_cut = head_only and bool(file.read(1))
    if is_cut and content.startswith(_PACKAGES):
        content, is_cut = path.read_bytes(), False
    if sha256 is None:
        sha256 = sha256_of(path) if is_cut else hashlib.sha256(content).hexdigest()
    return _document(path, content, sha256, head_only=head_only, is_cut=is_cut)


def document_of(content: bytes, name: str = "example") -> Document:
    """The document of these bytes, as `read_document` would give it for a file that holds them."""
    sha256 = hashlib.sha256(content).hexdigest()
    return _document(Path(name), content, sha256, head_only=False, is_cut=False)


def _document(path: Path, content: bytes, sha256: str, *, head_only: bool, is_cut: bool) -> Document:
    if content.startswith(b"PAR1"):
        return Document(path.name, sha256, "parquet", "", (), path)
    if content.startswith(_PACKAGES):
        sheets = read_workbook(content, HEAD_ROWS if head_only else None)
        return Document(path.name, sha256, "xlsx", "", sheets, path)
    _refuse_other_kinds(content)
    text, encoding = _decoded(content, is_cut=is_cut)
    kind, rows = _rows(text, is_cut=is_cut, limit=HEAD_ROWS if head_only else None)
    if all(row.is_blank for row in rows):
        raise refuse(
            "empty-file",
            "The file is empty: it holds no headings and no rows. Export it again from the tool it came from.",
        )
    return Document(path.name, sha256, kind, encoding, (Sheet("", tuple(rows)),), path)


def _refuse_other_kinds(content: bytes) -> None:
    for magic, words in _NOT_EXPORTS:
        if content.startswith(magic):
            raise _not_an_export(words)
    if _WEB_PAGE.match(content):
        raise _not_an_export("a web page")


def _not_an_export(words: str) -> Refused:
    return refuse(
        "not-an-export",
        f"This is {words}, not an export. Download the report from its tool as CSV or Excel (.xlsx) "
        "and drop that file instead.",
    )


def _decoded(content: bytes, *, is_cut: bool) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text, encoding = _decode_marked(content[: len(content) // 2 * 2], "utf-16", is_cut=is_cut), "utf-16"
    elif content.startswith(b"\xef\xbb\xbf"):
        text, encoding = _decode_marked(content, "utf-8-sig", is_cut=is_cut), "utf-8"
    else:
        _refuse_unmarked_utf16(content)
        text, encoding = _decode_unmarked(content, is_cut=is_cut)
    nuls = text.count("\0")
    if nuls:
        text, encoding = text.replace("\0", ""), f"{encoding} ({nuls} NUL bytes removed)"
    if len(_CONTROL.findall(text, 0, 4096)) > 40:
        raise _not_an_export("a file that only a program can read")
    return text, encoding


def _decode_marked(content: bytes, encoding: str, *, is_cut: bool) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        if is_cut and len(content) - error.start < 4:
            return content[: error.start].decode(encoding)
        raise _not_decodable(content, error.start) from error


def _decode_unmarked(content: bytes, *, is_cut: bool) -> tuple[str, str]:
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if is_cut and len(content) - error.start < 4:
            return content[: error.start].decode("utf-8"), "utf-8"
    try:
        return content.decode("cp1252"), "cp1252"
    except UnicodeDecodeError as error:
        raise _not_decodable(content, error.start) from error


def _refuse_unmarked_utf16(content: bytes) -> None:
    if content.count(0, 0, HEAD_BYTES) * 3 > min(len(content), HEAD_BYTES):
        raise refuse(
            "not-decodable",
            "The text of this file is in two-byte characters without the mark that says so. Open it in Excel "
            'and save it as "CSV UTF-8", or export it again.',
        )


def _not_decodable(content: bytes, at: int) -> Refused:
    before = content[:at]
    line = 1 + max(before.count(b"\n"), before.count(b"\r"))
    return refuse(
        "not-decodable",
        f"Line {line} holds characters that are neither UTF-8 nor Windows text. Open the file in Excel and save "
        'it as "CSV UTF-8", or export it again.',
        line=line,
    )


def _rows(text: str, *, is_cut: bool, limit: int | None) -> tuple[Kind, list[Row]]:
    if text.lstrip().startswith("BEGIN:VCALENDAR"):
        return "text", [Row(number, (line,)) for number, line in enumerate(text.splitlines()[:limit], 1)]
    lines = io.StringIO(text, newline="")
    first = 0
    if marked := _SEPARATOR_LINE.match(text):
        delimiter = marked.group(1)
        lines.readline()
        first = 1
    else:
        delimiter = _delimiter(text)
    rows = list(_records(lines, delimiter, first, is_cut=is_cut, limit=limit))
    return "tsv" if delimiter == "\t" else "csv", rows


def _records(lines: io.StringIO, delimiter: str, first: int, *, is_cut: bool, limit: int | None) -> Iterator[Row]:
    """Every record with the first of its lines. A quote that is never closed is refused, not swallowed."""
    source = _Lines(lines)
    reader = csv.reader(source, delimiter=delimiter)
    begun = 0
    try:
        for count, cells in enumerate(reader):
            if count == limit or (source.is_spent and is_cut):
                return
            if source.is_spent:
                raise refuse(
                    "unclosed-quote",
                    f"A quotation mark in line {first + begun + 1} is never closed, so the rows below it cannot "
                    "be told apart. Mend that line or export the file again.",
                    line=first + begun + 1,
                )
            yield Row(first + begun + 1, tuple(cells))
            begun = reader.line_num
    except csv.Error as error:
        line = first + begun + 1
        raise refuse(
            "not-a-table",
            f"Line {line} cannot be read as a row of a table ({error}). Export the file again as CSV or Excel.",
            line=line,
        ) from error


class _Lines:
    """The lines, and whether the reader has asked for one more than there are.

    It asks inside a record only when a quotation mark is still open.
    """

    def __init__(self, lines: io.StringIO) -> None:
        self._lines = lines
        self.is_spent = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._lines.readline()
        if not line:
            self.is_spent = True
            raise StopIteration
        return line


def _delimiter(text: str) -> str:
    """A tab when the first line that has either is tabbed and so are at least half of the first lines."""
    seen = [line for line in text[:HEAD_BYTES].splitlines() if line.strip()][:_DELIMITER_SAMPLE]
    tabbed = [line for line in seen if "\t" in line]
    leading = next((line for line in seen if "\t" in line or "," in line), "")
    return "\t" if "\t" in leading and len(tabbed) * 2 >= len(seen) else ","
