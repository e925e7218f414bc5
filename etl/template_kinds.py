"""What each kind of cell means, as SQL: trimmed text in, the typed value out, null when it cannot be read.

Days are day/month/year, or ISO as Excel's and Parquet's own date cells come; never month first. Sums and numbers
are read by shape before they are cast, because a cast alone would round and would take `1e3`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from etl.template import Column

_LAST_DAY = "2100-12-31"
_DAY = ("%d/%m/%Y", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S")
_MOMENT = ("%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M")
_MONTH_FIRST = {
    "day": ("%m/%d/%Y",),
    "moment": ("%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y"),
}
_CLOCK = ("%H:%M", "%H:%M:%S", "%Y-%m-%d %H:%M:%S")
_NUMBER = r"([0-9]{1,9}|[0-9]{1,3}(,[0-9]{3}){1,2})"
_SHAPES = {
    "gbp": rf"-?£?-?{_NUMBER}(\.[0-9]{{1,2}})?",
    "num": rf"-?{_NUMBER}(\.[0-9]{{1,4}})?",
    "hours": r"[0-9]{1,4}(\.[0-9]{1,2})?",
    "int": rf"{_NUMBER}(\.0+)?",
}
TYPES: Mapping[str, str] = {
    "gbp": "decimal(12,2)",
    "num": "decimal(12,4)",
    "hours": "decimal(6,2)",
    "int": "integer",
    "day": "date",
    "moment": "timestamp",
    "clock": "time",
    "yes_no": "boolean",
}


def value_sql(column: Column, text: str) -> str:
    """The value that a trimmed text (an SQL expression) means in this column."""
    return _KINDS[column.kind](column, text)


def may_fail(column: Column) -> bool:
    """True when a filled cell can be one that cannot be read. A code that a check looks at is left to it."""
    return column.kind in TYPES or column.kind == "multi" or (column.kind == "code" and not column.is_checked)


def month_first_sql(column: Column, text: str) -> str:
    """True for a text that is no day as written here, and would be one with the month first."""
    right = (*_DAY, *_MOMENT) if column.kind == "moment" else _DAY
    return (
        f"try_strptime({text}, {_formats(right)}) is null "
        f"and try_strptime({text}, {_formats(_MONTH_FIRST[column.kind])}) is not null"
    )


def is_dated(column: Column) -> bool:
    """True when the column's values have a day in them."""
    return column.kind in _MONTH_FIRST


def literal(text: str) -> str:
    """The text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def _person(_column: Column, text: str) -> str:
    return f"case when contains({text}, '@') then lower({text}) else upper({text}) end"


def _multi(column: Column, text: str) -> str:
    """`;a;b;` for `A; b`, so that one choice can be looked for."""
    folded = f"rtrim(translate(lower(regexp_replace({text}, ' *[;,] *', ';', 'g')), ' -', '__'), ';')"
    one = f"({'|'.join(column.choices)})"
    return f"case when regexp_full_match({folded}, '{one}(;{one})*') then ';' || {folded} || ';' end"


def _day(column: Column, text: str) -> str:
    day = f"cast(try_strptime({text}, {_formats(_DAY)}) as date)"
    return f"case when {day} between date '{column.from_year}-01-01' and date '{_LAST_DAY}' then {day} end"


def _moment(column: Column, text: str) -> str:
    """In UTC, of a clock in the programme's zone; a day alone is its midday, where that is allowed."""
    moment = f"try_strptime({text}, {_formats(_MOMENT)})"
    if column.day_alone:
        moment = f"coalesce(try_strptime({text}, {_formats(_DAY[:2])}) + interval 12 hours, {moment})"
    first, last = f"timestamp '{column.from_year}-01-01'", f"timestamp '{_LAST_DAY}'"
    return f"case when {moment} between {first} and {last} then to_utc({moment}) end"


def _code(column: Column, text: str) -> str:
    """As the list writes it, for `Pro bono` too. Nearly every cell is from the drop-down: it is looked at first."""
    choices = ", ".join(literal(one) for one in column.choices)
    folded = f"translate(lower({text}), ' -', '__')"
    otherwise = folded if column.is_checked else f"case when {folded} in ({choices}) then {folded} end"
    return f"case when {text} in ({choices}) then {text} else {otherwise} end"


def _yes_no(_column: Column, text: str) -> str:
    said = f"lower({text})"
    return f"case when {said} in ('yes', 'y', 'true') then true when {said} in ('no', 'n', 'false') then false end"


def _number(column: Column, text: str) -> str:
    """By its shape; a number that is written as it would be printed needs no look at that, and is read faster."""
    number = TYPES[column.kind]
    plain = f"try_cast({text} as {number})"
    bare = f"try_cast(replace(replace({text}, '£', ''), ',', '') as {number})"
    shaped = f"case when regexp_full_match({text}, '{_SHAPES[column.kind]}') then {bare} end"
    is_plain = f"cast({plain} as text) = {text}"
    if column.kind in {"int", "hours"}:
        is_plain += f" and {plain} >= 0"
    return f"case when {is_plain} then {plain} else {shaped} end"


def _formats(formats: Sequence[str]) -> str:
    return f"[{', '.join(literal(one) for one in formats)}]" if len(formats) > 1 else literal(formats[0])


_KINDS: Mapping[str, Callable[[Column, str], str]] = {
    "text": lambda _column, text: text,
    "person_or_name": lambda _column, text: text,
    "person": _person,
    "ref": lambda _column, text: f"upper({text})",
    "code": _code,
    "multi": _multi,
    "day": _day,
    "moment": _moment,
    "clock": lambda _column, text: f"cast(try_strptime({text}, {_formats(_CLOCK)}) as time)",
    "yes_no": _yes_no,
    "gbp": _number,
    "num": _number,
    "hours": _number,
    "int": _number,
}
