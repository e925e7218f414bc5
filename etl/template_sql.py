"""The SQL that a template's declaration stands for: text to typed columns, and those to canonical rows.

Two statements, so that millions of rows are read once and never pass through Python:
    typed_sql      a relation of text columns -> one typed column per heading; written to a table, whose row
                   number is the record's number
    canonical_sql  that table -> the columns of one canonical table
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from etl.template import Column, Template
from etl.template_kinds import TYPES, is_dated, literal, may_fail, month_first_sql, value_sql
from warehouse.tables import Column as TableColumn
from warehouse.tables import quoted, tables

DATA, BLANK, EXAMPLE = 0, 1, 2
_BLANKS = "' \t\r\n\u00a0'"


def typed_sql(
    template: Template,
    source: str,
    columns: Sequence[Column],
    unnamed: Sequence[str] = (),
    *,
    has_line: bool = False,
    is_bare: bool = False,
) -> str:
    """The select of one typed column per heading, with `unread`, `row_kind` and `has_unnamed`.

    source: a relation of text columns named as the columns' `to`. columns: those that the file has; the others
    are empty. unnamed: columns of the source without a heading; `has_unnamed` tells a row that has anything
    there. has_line: the source has `source_line`, which is carried through. is_bare: no cell has a blank at its
    edge and empty cells are null, so that none needs trimming, which would take longer than all the rest.
    `row_kind` is DATA, BLANK or EXAMPLE (the template's own made-up row, left in the sheet).
    """
    line = ["source_line"] if has_line else []
    bare = [f"{quoted(column.to) if is_bare else _bare(quoted(column.to))} as {_text(column)}" for column in columns]
    there = {column.to for column in columns}
    typed = [
        f"{value_sql(column, _text(column)) if column.to in there else 'null::' + TYPES.get(column.kind, 'text')}"
        f" as {quoted(column.to)}"
        for column in template.columns
    ]
    names = [quoted(column.to) for column in template.columns]
    extra = f"{_any_filled([_bare(quoted(name)) for name in unnamed])} as has_unnamed"
    return f"""
        select {", ".join([*names, *line])}, has_unnamed, {_unread(columns)} as unread,
            case when not {_any_filled([_text(column) for column in columns])} then {BLANK}
                when {_is_example(columns)} then {EXAMPLE} else {DATA} end as row_kind
        from (select *, {", ".join(typed)} from (select {", ".join([*bare, *line, extra])} from {source}))
    """


def month_first_counts_sql(columns: Sequence[Column], source: str) -> str:
    """The select of one count per dated column: cells that are a day only when the month is read first."""
    counts = [
        f"count_if({month_first_sql(column, _bare(quoted(column.to)))})" for column in columns if is_dated(column)
    ]
    return f"select {', '.join(counts)} from {source}"


def person_columns(template: Template) -> list[Column]:
    """The columns that say who: an e-mail address, a P- reference or, at an event, a name."""
    return [column for column in template.columns if column.kind in {"person", "person_or_name"}]


def canonical_sql(template: Template, table: str, typed: str, people: str, line: str) -> str:
    """The select of one table's rows: its columns that the template knows, source_line, is_void and unread.

    typed: the table that typed_sql filled. people: a table of reference and person_key. line: the expression
    for the row's line. For a private table, the columns are those that its declaration gives.
    """
    given = template.rows.get(table, {})
    columns = _columns(template, table)
    source = _facts(template, typed, people, line)
    facts = "facts"
    if themes := given.get("theme"):
        facts = f"(unpivot facts on {', '.join(themes)} into name theme value value)"
    when = f"where {given['when']}" if "when" in given else ""
    unread = f"{given.get('unread', 'unread')} as unread"
    rows = f"select {', '.join([*columns, 'source_line', 'is_void', unread])} from {facts} {when}"
    if given.get("once"):
        names = ", ".join(name.rpartition(" as ")[2] for name in columns)
        rows = (
            f"select * from ({rows}) qualify row_number() over (partition by {names}, is_void order by source_line) = 1"
        )
    return f"with {source} {rows}"


def unused_sql(template: Template, typed: str, people: str, line: str) -> str | None:
    """The count of filled rows that give no row of any table; None for a template whose every row gives one."""
    whens = [template.rows.get(table, {}).get("when") for table in (*template.tables, *template.private)]
    if None in whens:
        return None
    none = " and ".join(f"not coalesce({when}, false)" for when in whens)
    return f"with {_facts(template, typed, people, line)} select count(*) from facts where {none}"


def _columns(template: Template, table: str) -> list[str]:
    given = {
        name: sql
        for name, sql in template.rows.get(table, {}).items()
        if name not in {"when", "once", "theme", "unread"}
    }
    facts = {column.to for column in template.columns} | {name for names in template.values.values() for name in names}
    if table in template.private:
        return [f"{sql} as {quoted(name)}" for name, sql in given.items()]
    if template.rows.get(table, {}).get("theme"):
        facts |= {"theme", "value"}
    declared = tables()[table]
    return [
        _column(column, given.get(column.name) or (quoted(column.name) if column.name in facts else None))
        for column in declared.columns
        if column.name != declared.key_column or not declared.key_parts
    ]


def _column(column: TableColumn, sql: str | None) -> str:
    return f"{sql or 'null::' + column.type} as {quoted(column.name)}"


@dataclass
class _Facts:
    """The pieces of the select that gives a row's facts. faults: (name, condition) of what cannot be understood."""

    selected: list[str] = field(default_factory=list)
    joins: list[str] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)


def _facts(template: Template, typed: str, people: str, line: str) -> str:
    """The columns by name, with people and looked-up values put in and empty cells given their default."""
    facts = _Facts()
    who = person_columns(template)
    for column in who:
        _add_person(facts, column, people)
    for name, expressions in template.values.items():
        _add_values(facts, name, expressions, typed)
    if template.private:
        for column in template.columns:
            if column.required:
                empty = f"r.{quoted(column.to)} is null and not contains(r.unread, '{column.to}')"
                facts.faults.append((column.to, empty))
    facts.selected += [_or_default(column) for column in template.columns if column not in who]
    unread = _named_faults(facts.faults, "r.unread")
    select = f"""facts as (
        select {", ".join(facts.selected)}, {line} as source_line, {unread} as unread
        from {typed} r {" ".join(facts.joins)} where r.row_kind = {DATA})"""
    return ", ".join([*facts.looked_up, select])


def _add_person(facts: _Facts, column: Column, people: str) -> None:
    name, alias = quoted(column.to), f"p{len(facts.joins)}"
    facts.joins.append(f"left join {people} {alias} on {alias}.reference = r.{name}")
    facts.selected += [f"{alias}.person_key as {name}", f"r.{name} as {quoted(column.to + '_text')}"]
    if column.kind == "person":
        facts.faults.append((column.to, f"r.{name} is not null and {alias}.person_key is null"))


def _add_values(facts: _Facts, column: str, expressions: Mapping[str, str], typed: str) -> None:
    """What a column's texts stand for, worked out once for each different one."""
    name, alias = quoted(column), f"v{len(facts.joins)}"
    worked_out = ", ".join(f"{sql} as {quoted(as_name)}" for as_name, sql in expressions.items())
    facts.looked_up.append(
        f"values_{alias} as materialized (select {name} as said, {worked_out} "
        f"from (select distinct {name} from {typed} where {name} is not null))"
    )
    facts.joins.append(f"left join values_{alias} {alias} on {alias}.said = r.{name}")
    found = [f"{alias}.{quoted(as_name)}" for as_name in expressions]
    facts.selected += found
    facts.faults.append((next(iter(expressions)), f"r.{name} is not null and coalesce({', '.join(found)}) is null"))


def _or_default(column: Column) -> str:
    name = quoted(column.to)
    if column.to == "is_void":
        return "coalesce(r.is_void, false) as is_void"
    if column.default is None:
        return f"r.{name}"
    return f"coalesce(r.{name}, {value_sql(column, literal(column.default))}) as {name}"


def _unread(columns: Sequence[Column]) -> str:
    return _named_faults(
        [
            (column.to, f"{_text(column)} is not null and {quoted(column.to)} is null")
            for column in columns
            if may_fail(column)
        ],
        "''",
    )


def _named_faults(faults: Sequence[tuple[str, str]], others: str) -> str:
    """The names whose condition holds, after `others`. Most rows have no fault: they get by with the conditions."""
    if not faults:
        return others
    names = ", ".join(f"case when {condition} then '{name}' end" for name, condition in faults)
    any_fault = " or ".join(f"({condition})" for _, condition in faults)
    return f"case when {any_fault} then concat_ws(',', nullif({others}, ''), {names}) else {others} end"


def _is_example(columns: Sequence[Column]) -> str:
    return " and ".join(
        f"{quoted(column.to)} is not distinct from "
        + (value_sql(column, literal(column.example)) if column.example else "null")
        for column in columns
    )


def _any_filled(names: Sequence[str]) -> str:
    return f"(coalesce({', '.join(names)}) is not null)" if names else "false"


def _text(column: Column) -> str:
    return quoted(f"text of {column.to}")


def _bare(name: str) -> str:
    return f"nullif(trim({name}, {_BLANKS}), '')"
