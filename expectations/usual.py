"""The rules that every canonical table has, made from a few facts about the table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from expectations.rule import Between, Bound, Filled, FromToday, Holds, OneOf, Row, Rule, stop

FIRST_DAY = date(2019, 1, 1)
PLANNED_DAYS = 550
_LONG_AGO = date(1999, 1, 1)


def usual(
    *,
    key: tuple[str, ...],
    twice: Row,
    filled: tuple[str, ...],
    codes: Mapping[str, tuple[str, ...]] | None = None,
    happened: tuple[str, ...] = (),
    planned: tuple[str, ...] = (),
    happened_at: tuple[str, ...] = (),
    planned_at: tuple[str, ...] = (),
    money: tuple[str, ...] = (),
    found: Mapping[str, str] | None = None,
    named: Mapping[str, str] | None = None,
) -> tuple[Rule, ...]:
    """The rules of every table (C-S0 to C-S6), for the columns named.

    key: the columns that tell rows apart. twice: changes that give a second, different row of the same key.
    codes: column -> its list. happened, planned: days; the same with `_at`: moments.
    found: column -> "table.column" where its value must be known.
    named: a rule's usual name -> the name that the table's own list gives it.
    """
    own = named or {}
    rules = [_read(), _unique(own.get("C-S1", "C-S1"), key, twice)]
    rules += [_filled(own.get(f"C-S6.{column}", f"C-S6.{column}"), column) for column in filled]
    for column, values in (codes or {}).items():
        rules.append(_coded(own.get(f"C-S3.{column}", f"C-S3.{column}"), column, values))
    rules += [_dated(column, FIRST_DAY, FromToday()) for column in happened]
    rules += [_dated(column, FIRST_DAY, FromToday(PLANNED_DAYS)) for column in planned]
    rules += [_dated(column, _midnight(FIRST_DAY), FromToday(1)) for column in happened_at]
    rules += [_dated(column, _midnight(FIRST_DAY), FromToday(PLANNED_DAYS)) for column in planned_at]
    rules += [_money(column) for column in money]
    for column, target in (found or {}).items():
        rules.append(_found(own.get(f"C-S5.{column}", f"C-S5.{column}"), column, target))
    return tuple(rules)


def known(column: str, target: str) -> str:
    """SQL: the row's column, where filled, is a value of "table.column" among what is known."""
    table, other = target.split(".")
    return f"r.{column} is null or r.{column} in (select {other} from found.{table} where {other} is not null)"


def _read() -> Rule:
    return stop("C-S0", "Every value can be read.", OneOf("unread", ("",)), {"unread": "on_day"})


def _unique(name: str, key: tuple[str, ...], twice: Row) -> Rule:
    # Hashes find the few rows that may repeat; only those are then compared in full.
    columns = ", ".join(("source_sha", *key))
    of_row = ", ".join(f"r.{column}" for column in ("source_sha", *key))
    return stop(
        name,
        "A file gives each record once, or says the same each time.",
        Holds(
            f"hash({of_row}) not in (select place from $aside)",
            f"select distinct hash({columns}) as place from $rows where hash({columns}) in "
            f"(select hash({columns}) from $rows group by 1 having count(*) > 1) "
            f"group by {columns}, as_of having count(distinct $values) > 1",
        ),
        {},
        twice,
        column=key[0] if len(key) == 1 else None,
    )


def _filled(name: str, column: str) -> Rule:
    return stop(name, f"{_spoken(column)} is filled in.", Filled(column), {column: None})


def _coded(name: str, column: str, values: tuple[str, ...]) -> Rule:
    return stop(name, f"{_spoken(column)} is one of the agreed values.", OneOf(column, values), {column: "zz"})


def _dated(column: str, low: Bound, high: FromToday) -> Rule:
    until = "a year and a half from today" if high.days == PLANNED_DAYS else "today"
    sentence = f"{_spoken(column)} lies between 1 January 2019 and {until}."
    return stop(f"C-S2.{column}", sentence, Between(column, low, high), {column: _like(low)})


def _money(column: str) -> Rule:
    return stop(
        f"C-S4.{column}",
        f"{_spoken(column)} is between 1p and £50,000.",
        f"abs(r.{column}) between 0.01 and 50000",
        {column: 60000},
        column=column,
    )


def _found(name: str, column: str, target: str) -> Rule:
    sentence = f"{_spoken(column)} is already known, or comes in the same load."
    return stop(name, sentence, known(column, target), {column: "nowhere"}, column=column)


def _like(low: Bound) -> object:
    return _midnight(_LONG_AGO) if isinstance(low, datetime) else _LONG_AGO


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _spoken(column: str) -> str:
    words = column.removesuffix("_key").removesuffix("_code").replace("_", " ")
    return words[:1].upper() + words[1:]
