"""The SQL that a template's declaration stands for: text to typed columns, and those to canonical rows.

Two statements, so that millions of rows are read once and never pass through Python:
    typed_sql      a relation of text columns -> one typed column per heading; written to a table, whose row
                   number is the record's number
    canonical_sql  that table -> the columns of one canonical table
"""

from __future__ import annotations

from collections.abc import Sequence

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
    rows = f"select {', '.join([*columns, 'source_line', 'is_void', 'unread'])} from {facts} {when}"
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
    given = {name: sql for name, sql in template.rows.get(table, {}).items() if name not in {"when", "once", "theme"}}
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


def _facts(template: Template, typed: str, people: str, line: str) -> str:
    """The columns by name, with people and looked-up values put in and empty cells given their default."""
    selected, joins, unread, looked_up = [], [], ["nullif(r.unread, '')"], []
    for at, column in enumerate(person_columns(template)):
        name = quoted(column.to)
        joins.append(f"left join {people} p{at} on p{at}.reference = r.{name}")
        selected += [f"p{at}.person_key as {name}", f"r.{name} as {quoted(column.to + '_text')}"]
        if column.kind == "person":
            unread.append(f"case when r.{name} is not null and p{at}.person_key is null then '{column.to}' end")
    for at, (name, expressions) in enumerate(template.values.items()):
        looked_up.append(
            f"value_{at} as materialized (select {quoted(name)} as said, "
            + ", ".join(f"{sql} as {quoted(as_name)}" for as_name, sql in expressions.items())
            + f" from (select distinct {quoted(name)} from {typed} where {quoted(name)} is not null))"
        )
        joins.append(f"left join value_{at} v{at} on v{at}.said = r.{quoted(name)}")
        selected += [f"v{at}.{quoted(as_name)}" for as_name in expressions]
        found = ", ".join(f"v{at}.{quoted(as_name)}" for as_name in expressions)
        first = next(iter(expressions))
        unread.append(f"case when r.{quoted(name)} is not null and coalesce({found}) is null then '{first}' end")
    if template.private:
        unread += [
            f"case when r.{quoted(column.to)} is null and not contains(r.unread, '{column.to}') then '{column.to}' end"
            for column in template.columns
            if column.required
        ]
    who = {column.to for column in person_columns(template)}
    selected += [_or_default(column) for column in template.columns if column.to not in who]
    facts = f"""facts as (
        select {", ".join(selected)}, {line} as source_line, concat_ws(',', {", ".join(unread)}) as unread
        from {typed} r {" ".join(joins)} where r.row_kind = {DATA})"""
    return ", ".join([*looked_up, facts])


def _or_default(column: Column) -> str:
    name = quoted(column.to)
    if column.to == "is_void":
        return "coalesce(r.is_void, false) as is_void"
    if column.default is None:
        return f"r.{name}"
    return f"coalesce(r.{name}, {value_sql(column, literal(column.default))}) as {name}"


def _unread(columns: Sequence[Column]) -> str:
    failed = {
        column.to: f"({_text(column)} is not null and {quoted(column.to)} is null)"
        for column in columns
        if may_fail(column)
    }
    if not failed:
        return "''"
    names = ", ".join(f"case when {sql} then '{name}' end" for name, sql in failed.items())
    return f"case when {' or '.join(failed.values())} then concat_ws(',', {names}) else '' end"


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
