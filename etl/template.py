"""Staff templates: sheets that people fill in by hand, each declared in one `etl/templates/<name>.toml`.

A declaration says, for every heading, which column it fills and what kind of value it holds. From it come the
reading (`template_sql`), the sheet to fill in (`template_workbook`) and the recognition below; there is no other
list of templates.

A declaration's parts:
    title, one_record_is   words for staff
    tables                 canonical tables that a row feeds
    private                what goes to the people or the equality store instead: see `template_stage`
    [[column]]             heading, to (the column's name), kind (see KINDS), example and, where they differ from
                           what the canonical table says: required, choices, default, note, from_year, day_alone,
                           also (other headings that mean the same)
    [value.<column>]       SQL worked out once for each different text of that column, its names in the order
                           given; a filled text that gives none of them cannot be read
    [row.<table>]          SQL for the columns of a table that no heading fills by itself; `when` keeps a row,
                           `once` gives equal rows only once, `theme` turns columns into rows, `unread` names
                           the columns that could not be read where it is not for their own cells to tell
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from etl.errors import UsageError
from etl.headings import fold
from etl.reading import Document, Row, Sheet
from warehouse.tables import Column as TableColumn
from warehouse.tables import tables

PREFIX = "template_"
KINDS = frozenset(
    {"ref", "text", "code", "day", "moment", "clock", "gbp", "num", "hours", "int", "yes_no", "multi"}
    | {"person", "person_or_name"}
)
VOID = "is_void"
ELSEWHERE_SHEET = "Mend at the source"
HELD_HEADINGS = ("Why it is held", "From file", "From line")
"""Columns that `voices quarantine` adds to a sheet: notes, so that the mended sheet can be dropped as it is."""
_NEAR = 0.7
_HINT = re.compile(r"\s*\([^()]*\)\s*$")
_CHOICES = re.compile(r"^one of ([a-z_]+(?:, [a-z_]+)*)")


@dataclass(frozen=True)
class Column:
    """One heading of a template.

    to: the name it has in the mapping, a canonical column's name where it fills that column by itself.
    choices: the values of the drop-down, empty when anything may be typed.
    default: what an empty cell means, as it would be typed; None when empty stays empty.
    from_year: the first year that a day may have. day_alone: a moment may be a day without a time (midday).
    also: other headings that mean the same. is_checked: a canonical table holds it, so that its checks see it.
    """

    heading: str
    to: str
    kind: str
    example: str
    required: bool
    note: str
    choices: tuple[str, ...] = ()
    default: str | None = None
    from_year: int = 2000
    day_alone: bool = False
    also: tuple[str, ...] = ()
    is_checked: bool = False


@dataclass(frozen=True)
class Template:
    """One sheet that staff fill in. `values` and `rows` hold the SQL of the declaration."""

    name: str
    title: str
    one_record_is: str
    tables: tuple[str, ...]
    private: tuple[str, ...]
    columns: tuple[Column, ...]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Its format key: `template_<name>`."""
        return PREFIX + self.name

    @cached_property
    def by_heading(self) -> Mapping[str, Column]:
        """Plain heading (see `plain`) -> column; other headings that mean the same are among them."""
        return {plain(name): column for column in self.columns for name in (column.heading, *column.also)}

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings as they are printed, in order."""
        return tuple(column.heading for column in self.columns)

    @property
    def example(self) -> tuple[str, ...]:
        """The made-up example row, in the order of the headings."""
        return tuple(column.example for column in self.columns)


def plain(heading: str) -> str:
    """A heading as it is compared: case, blanks, a question mark and a hint in brackets at its end do not count."""
    return fold(_HINT.sub("", heading)).rstrip(" ?")


@cache
def templates() -> Mapping[str, Template]:
    """Every template by name, read once from the declarations."""
    folder = files("etl") / "templates"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return {
        name.removesuffix(".toml"): parse(name.removesuffix(".toml"), (folder / name).read_text("utf-8"))
        for name in names
    }


def template_for(name: str) -> Template:
    """The template of this name (`claims`, `template_claims`) or the one that fills this table (`payment`).

    Where several fill a table, the one made for it: the table is the first that it names. Raises UsageError
    listing the names.
    """
    wanted = name.strip().lower().removeprefix(PREFIX).replace(" ", "_").replace("-", "_")
    found = templates()
    if wanted in found:
        return found[wanted]
    feeding = [one for one in found.values() if wanted in (*one.tables, *one.private)]
    if feeding:
        return min(feeding, key=lambda one: (*one.tables, *one.private).index(wanted))
    raise UsageError(
        f"There is no template called {name!r}. The templates are: {', '.join(found)}. "
        "The name of a table that a template fills will do as well, for example payment."
    )


def recognise_template(document: Document) -> str | None:
    """The name of the template that a file was made from, or None.

    All headings right, or near enough to say what is wrong: seven in ten are shared and no template is nearer.
    """
    ranked = sorted(
        (
            (likeness(template, cells), template.name)
            for cells in _header_rows(document)
            for template in templates().values()
        ),
        reverse=True,
    )
    if not ranked or ranked[0][0] < _NEAR or (len(ranked) > 1 and ranked[1][0] == ranked[0][0]):
        return None
    return ranked[0][1]


def likeness(template: Template, cells: Sequence[str]) -> float:
    """How much a row looks like the template's headings: 0 nothing, below 1 some, from 1 up all.

    A row with every required heading and no strange one is at least 1, and more when it has the others too.
    """
    seen = {plain(cell) for cell in cells if cell.strip() and not is_note(cell)}
    needed = {plain(column.heading) for column in template.columns if column.required}
    ours = {template.by_heading[name].to for name in seen if name in template.by_heading}
    strange = {name for name in seen if name not in template.by_heading}
    missing = {name for name in needed if template.by_heading[name].to not in ours}
    share = len(ours) / (len(ours) + len(strange) + len(missing)) if ours else 0.0
    return share + len(ours) / 1000 if share == 1 else share


def is_note(heading: str) -> bool:
    """True for a column that `voices quarantine` added."""
    return plain(heading) in {plain(held) for held in HELD_HEADINGS}


def header_of(sheet: Sheet) -> Row | None:
    """The first row that is not blank; a row of one cell with semicolons in it is split at them."""
    row = next((row for row in sheet.rows if not row.is_blank), None)
    if row and len(row.cells) == 1 and ";" in row.cells[0]:
        return Row(row.line, tuple(next(csv.reader([row.cells[0]], delimiter=";"))))
    return row


def _header_rows(document: Document) -> list[tuple[str, ...]]:
    if document.kind == "parquet":
        from pyarrow.parquet import read_schema

        return [tuple(read_schema(document.path).names)]
    return [row.cells for row in map(header_of, document.sheets) if row is not None]


def parse(name: str, text: str) -> Template:
    """One template from its declaration. ValueError says what is wrong with it."""
    declared = tomllib.loads(text)
    fed = tuple(declared.get("tables", ()))
    columns = [_column(name, fed, one) for one in declared["column"]]
    columns.append(
        Column(
            heading="Entered in error?",
            to=VOID,
            kind="yes_no",
            example="",
            required=False,
            note="Type yes to take back a row that was entered by mistake. Leave it empty otherwise.",
            choices=("yes",),
        )
    )
    template = Template(
        name=name,
        title=declared["title"],
        one_record_is=declared["one_record_is"],
        tables=fed,
        private=tuple(declared.get("private", ())),
        columns=tuple(columns),
        values=declared.get("value", {}),
        rows=declared.get("row", {}),
    )
    _prove(template)
    return template


def _column(name: str, fed: tuple[str, ...], declared: Mapping[str, Any]) -> Column:
    to, kind = declared["to"], declared["kind"]
    if kind not in KINDS:
        raise ValueError(f"etl/templates/{name}.toml: {declared['heading']}: there is no kind {kind}")
    fills = _canonical(fed, to)
    default = declared.get("default")
    required = declared.get("required", fills is not None and fills.required and default is None)
    return Column(
        heading=declared["heading"],
        to=to,
        kind=kind,
        example=declared["example"],
        required=required,
        note=declared.get("note") or (_sentence(fills) if fills else ""),
        choices=tuple(declared.get("choices", ())) or _choices(kind, fills),
        default=default,
        from_year=declared.get("from_year", 2000),
        day_alone=declared.get("day_alone", False),
        also=tuple(declared.get("also", ())),
        is_checked=bool(fed) and _canonical(fed[:1], to) is not None,
    )


def _canonical(fed: tuple[str, ...], name: str) -> TableColumn | None:
    known = tables()
    return next((one for table in fed for one in known[table].columns if one.name == name), None)


def _choices(kind: str, fills: TableColumn | None) -> tuple[str, ...]:
    if kind == "yes_no":
        return ("yes", "no")
    found = _CHOICES.match(fills.meaning) if kind == "code" and fills else None
    return tuple(found[1].split(", ")) if found else ()


def _sentence(fills: TableColumn) -> str:
    if _CHOICES.match(fills.meaning):
        return "Choose from the list."
    return fills.meaning[0].upper() + fills.meaning[1:].rstrip(".") + "."


def _prove(template: Template) -> None:
    place = f"etl/templates/{template.name}.toml"
    names = [column.to for column in template.columns]
    headings = sum(1 + len(column.also) for column in template.columns)
    if len({*names}) != len(names) or len(template.by_heading) != headings:
        raise ValueError(f"{place}: two columns have one heading or one name")
    for column in template.columns:
        if column.kind in {"code", "multi"} and not column.choices:
            raise ValueError(f"{place}: {column.heading}: name its choices")
        if not column.note:
            raise ValueError(f"{place}: {column.heading}: say in a note what to fill in")
    unknown = {*template.tables} - {*tables()} | {*template.values} - {*names}
    unknown |= {*template.rows} - {*template.tables, *template.private}
    if unknown:
        raise ValueError(f"{place}: there is no {', '.join(sorted(unknown))}")
