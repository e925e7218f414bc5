"""The canonical tables: read from `warehouse/schema/*.sql`, the one place where columns are declared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from importlib.resources import files
from typing import Literal, cast

Sensitivity = Literal["pub", "int", "per", "spc"]

KEY_LENGTH = 26
TYPES = frozenset(
    {"text", "boolean", "integer", "bigint", "date", "timestamp"} | {"decimal(12,2)", "decimal(12,4)", "decimal(6,2)"}
)

_COLUMN = re.compile(
    r'^ {4}"?(?P<name>\w+)"? (?P<type>[a-z]+(?:\(\d+,\d+\))?)(?P<required> not null)?,?'
    r" +-- (?P<sensitivity>pub|int|per|spc) \| (?P<meaning>.+)$"
)
_REFERS = re.compile(r"^(?P<columns>[\w, ]+) -> (?P<table>\w+)\.(?P<to>[\w, ]+)$")
_OWNED = re.compile(r"^(?P<columns>[\w, ]+) by (?P<owner>\w+)$")
_HEADER = re.compile(r"^-- (?P<what>key (?P<key>\w+)|unique|keeps|owned|whole|refers|made by): (?P<value>.+)$")


@dataclass(frozen=True)
class Column:
    """One column. `required` columns are never empty; `sensitivity` is the class of model section 1."""

    name: str
    type: str
    required: bool
    sensitivity: Sensitivity
    meaning: str


@dataclass(frozen=True)
class Reference:
    """Columns whose filled values are found in `to` of another table."""

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One canonical table.

    grain: what one row is, a sentence.
    key_column: its key, or None when the natural columns are the key.
    key_parts: the columns the key is made of; empty with a key_column means that the key comes with the row.
    unique: the columns that tell two rows apart when merging; a nullable one counts empty as a value.
    keeps: columns that an arriving row changes only when it knows them; `unknown` gives the value that
        stands for "not known" where that is not empty.
    whole: columns that group rows which come and go together; a newer group leaves none of the older one's rows.
    owned: columns that, once a row with `owner_column` filled has given them, only such a row changes.
    made_by_build: True when the program writes it, so that it has no common columns.
    columns: its own columns in order; `all_columns` adds the common ones.
    """

    name: str
    grain: str
    key_column: str | None
    key_parts: tuple[str, ...]
    unique: tuple[str, ...]
    keeps: tuple[str, ...]
    unknown: Mapping[str, str]
    owned: tuple[str, ...]
    whole: tuple[str, ...]
    owner_column: str | None
    refers: tuple[Reference, ...]
    made_by_build: bool
    columns: tuple[Column, ...]

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """Its own columns, then the common ones where it has them."""
        return self.columns if self.made_by_build else self.columns + COMMON

    def column(self, name: str) -> Column:
        """One column by name; KeyError when the table has none of that name."""
        for column in self.all_columns:
            if column.name == name:
                return column
        raise KeyError(f"table {self.name} has no column {name}")


COMMON: tuple[Column, ...] = (
    Column("source_sha", "text", True, "int", "digest of the file the row came from"),
    Column("source_part", "text", False, "int", "sheet or section of the file"),
    Column("source_line", "integer", True, "int", "line of the file"),
    Column("as_of", "timestamp", True, "int", "how fresh the row is"),
    Column("run_id", "text", True, "int", "the run that loaded it"),
    Column("row_digest", "ubigint", True, "int", "digest of the loaded values"),
    Column("is_void", "boolean", True, "int", "marked as entered in error; left out of every figure"),
)


@cache
def tables() -> Mapping[str, Table]:
    """Every canonical table by name, read once. ValueError names the file and line that cannot be read."""
    folder = files("warehouse") / "schema"
    found = {
        entry.name.removesuffix(".sql"): parse(entry.name.removesuffix(".sql"), entry.read_text("utf-8"))
        for entry in folder.iterdir()
        if entry.name.endswith(".sql")
    }
    for table in found.values():
        _prove_references(table, found)
    return dict(sorted(found.items()))


@cache
def load_order() -> tuple[str, ...]:
    """Every table's name, referenced tables first, otherwise by name."""
    waiting = TopologicalSorter(
        {name: sorted({reference.table for reference in table.refers}) for name, table in tables().items()}
    )
    waiting.prepare()
    order: list[str] = []
    while waiting.is_active():
        ready = sorted(waiting.get_ready())
        order.extend(ready)
        waiting.done(*ready)
    return tuple(order)


def create_sql(table: Table, into: str = "") -> str:
    """The statements that make the table, with its grain and every column's class and meaning as comments.

    into: the database and schema to make it in, such as `build.main`; empty for the current one.
    """
    name = f"{into}.{table.name}" if into else table.name
    columns = ", ".join(
        f"{quoted(column.name)} {column.type}"
        + (" not null" if column.required else "")
        + (" default false" if column.name == "is_void" else "")
        for column in table.all_columns
    )
    comments = [f"comment on table {name} is {_literal(table.grain)}"] + [
        f"comment on column {name}.{quoted(column.name)} is " + _literal(f"{column.sensitivity} | {column.meaning}")
        for column in table.all_columns
    ]
    return ";\n".join([f"create table {name} ({columns})", *comments]) + ";\n"


def key_sql(table: Table, alias: str = "") -> str:
    """The expression that gives a row's key: the SQL twin of `etl.keys.key(table, *parts)`.

    Where the key comes with the row, it is the key column itself. ValueError for a table without a key.
    Two letters differ from Python's folding and no key of ours depends on them: a Greek sigma that ends a
    word, and the Turkish dotted capital I.
    """
    if table.key_column is None:
        raise ValueError(f"table {table.name} has no key column; its natural columns are its key")
    if not table.key_parts:
        return _of(alias, table.key_column)
    parts = [_literal(table.name)] + [_key_part(table.column(part), alias) for part in table.key_parts]
    return f"left(sha256({_joined(parts, '|')}), {KEY_LENGTH})"


def digest_sql(table: Table, alias: str = "") -> str:
    """The expression that gives a row's digest (UBIGINT) over its own columns and `is_void`.

    Empty is told apart from an empty text. Two digests are only ever compared under one key, and only inside one
    version of DuckDB, whose own `hash` it is: after an upgrade a row may look changed once, and is replaced by itself.
    """
    names = [column.name for column in table.columns if column.name != table.key_column] + ["is_void"]
    return f"hash({', '.join(_of(alias, name) for name in names)})"


def merged_sql(table: Table, column: str, held: str, arriving: str) -> str:
    """The expression for one column when a fresher row arrives for a held one.

    held, arriving: the aliases of the two rows. A column in neither `keeps` nor `owned` takes what arrives.
    """
    new, old = _of(arriving, column), _of(held, column)
    if column not in table.keeps:
        return new
    unknown = table.unknown.get(column)
    known = f"nullif({new}, {_literal(unknown)})" if unknown else new
    if column in table.owned and table.owner_column:
        theirs, ours = _of(arriving, table.owner_column), _of(held, table.owner_column)
        return (
            f"case when {theirs} is null and {ours} is not null "
            f"then coalesce({old}, {new}) else coalesce({known}, {old}) end"
        )
    return f"coalesce({known}, {old}, {new})" if unknown else f"coalesce({new}, {old})"


def quoted(name: str) -> str:
    """A column's name as SQL may read it, whatever word it is."""
    return f'"{name}"'


def parse(name: str, text: str) -> Table:
    """One table from its file's text. ValueError names the file and line that does not follow the format."""
    lines = text.splitlines()
    start = next((at for at, line in enumerate(lines) if line.startswith("create table ")), None)
    if start is None or not lines or not lines[0].startswith("-- "):
        raise ValueError(f"{_place(name, 1)}: begin with what one row is, then `create table {name} (`")
    if lines[start].split()[2].strip('"') != name:
        raise ValueError(f"{_place(name, start + 1)}: the table must be called {name}, like its file")
    header = _header(name, lines[1:start])
    columns = tuple(_columns(name, lines, start + 1))
    table = Table(
        name=name,
        grain=lines[0].removeprefix("-- "),
        key_column=header.key_column,
        key_parts=header.key_parts,
        unique=header.unique,
        keeps=header.keeps,
        unknown=header.unknown,
        owned=header.owned,
        whole=header.whole,
        owner_column=header.owner_column,
        refers=header.refers,
        made_by_build=header.made_by_build,
        columns=columns,
    )
    _prove_names(table)
    return table


@dataclass
class _Header:
    key_column: str | None = None
    key_parts: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    owned: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    owner_column: str | None = None
    refers: tuple[Reference, ...] = ()
    made_by_build: bool = False

    def __post_init__(self) -> None:
        self.unknown: dict[str, str] = {}


def _header(name: str, lines: Iterable[str]) -> _Header:
    header = _Header()
    for number, line in enumerate(lines, start=2):
        match = _HEADER.match(line)
        if match is None or not _take(header, match):
            raise ValueError(
                f"{_place(name, number)}: a header line is `-- key <column>: <parts>` or one of "
                "unique, keeps, owned, whole, refers, made by"
            )
    return header


def _take(header: _Header, match: re.Match[str]) -> bool:
    what, value = match["what"], match["value"]
    if match["key"]:
        header.key_column = match["key"]
        header.key_parts = () if value == "given" else _names(value)
    elif what == "unique":
        header.unique = _names(value)
    elif what == "whole":
        header.whole = _names(value)
    elif what == "keeps":
        pairs = [entry.partition("=") for entry in _names(value)]
        header.keeps = tuple(column for column, _, _ in pairs)
        header.unknown = {column: unknown for column, _, unknown in pairs if unknown}
    elif what == "made by":
        header.made_by_build = value == "the build"
        return header.made_by_build
    elif what == "owned":
        owned = _OWNED.match(value)
        if owned:
            header.owned, header.owner_column = _names(owned["columns"]), owned["owner"]
        return owned is not None
    else:
        refers = _REFERS.match(value)
        if refers:
            reference = Reference(_names(refers["columns"]), refers["table"], _names(refers["to"]))
            header.refers = (*header.refers, reference)
        return refers is not None
    return True


def _columns(name: str, lines: list[str], start: int) -> Iterable[Column]:
    for number in range(start, len(lines)):
        if lines[number].strip() == ");":
            return
        match = _COLUMN.match(lines[number])
        if match is None or match["type"] not in TYPES:
            raise ValueError(
                f"{_place(name, number + 1)}: a column is `name type [not null], -- class | meaning`, "
                "its class one of pub, int, per, spc and its type one the model names"
            )
        yield Column(
            name=match["name"],
            type=match["type"],
            required=match["required"] is not None,
            sensitivity=cast(Sensitivity, match["sensitivity"]),
            meaning=match["meaning"],
        )
    raise ValueError(f"{_place(name, len(lines))}: the table has no closing `);`")


def _prove_names(table: Table) -> None:
    known = {column.name for column in table.columns}
    named = {*table.key_parts, *table.unique, *table.keeps, *table.owned, *table.whole}
    named |= {part for reference in table.refers for part in reference.columns}
    named |= {name for name in (table.key_column, table.owner_column) if name}
    if named - known or not table.unique:
        missing = ", ".join(sorted(named - known)) or "unique"
        raise ValueError(f"{_place(table.name, 1)}: the header names what the table does not have: {missing}")


def _prove_references(table: Table, found: Mapping[str, Table]) -> None:
    for reference in table.refers:
        target = found.get(reference.table)
        if target is None or not set(reference.to) <= {column.name for column in target.columns}:
            raise ValueError(f"{_place(table.name, 1)}: it refers to {reference.table}, which has no such columns")


def _key_part(column: Column, alias: str) -> str:
    name = _of(alias, column.name)
    if column.type == "text":
        text = f"lower(trim({name}, ' '))"
    elif column.type == "timestamp":
        text = (
            f"strftime({name}, '%Y-%m-%d %H:%M:%S')"
            f" || case when strftime({name}, '%f') = '000000' then '' else strftime({name}, '.%f') end"
        )
    elif column.type == "date":
        text = f"strftime({name}, '%Y-%m-%d')"
    else:
        text = f"cast({name} as text)"
    return f"coalesce({text}, '')"


def _joined(parts: list[str], separator: str) -> str:
    return f"concat({f', {_literal(separator)}, '.join(parts)})"


def _of(alias: str, column: str) -> str:
    return f"{alias}.{quoted(column)}" if alias else quoted(column)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _place(name: str, line: int) -> str:
    return f"warehouse/schema/{name}.sql line {line}"
