"""Equality figures on their way out: a look-up of what was released, and rates worked out from nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from warehouse.policy import NOT_STATED, REST, Characteristic, Policy
from warehouse.released import Cell, Reason
from warehouse.rounding import Grid, Listed, may_be_more
from warehouse.showing import Row, Shown
from warehouse.statistics import wilson_of_rounded

LEAST_FOR_COMPARING = 20  # both figures of a comparison between two of our own groups
CLEARLY_BELOW = 0.8
TOO_FEW = "too few to show"

Rows = Sequence[Mapping[str, Any]]


def answer_declared(metric_id: str, rows: Rows, picks: Mapping[str, str], policy: Policy) -> Shown:
    """The answer to one declared metric for the population, characteristic and comparator in `picks`.

    rows: what the metric's select gives of the released table.
    """
    kept = [row for row in rows if all(str(row[name]) == value for name, value in picks.items() if name in row)]
    if not kept:
        return Shown(state="nothing_recorded")
    characteristic = policy.equality.characteristics[picks["characteristic"]]
    newest = max(str(row["snapshot"]) for row in kept)
    now = [row for row in kept if str(row["snapshot"]) == newest]
    withheld = next((row["reason"] for row in now if row["reason"] in ("base_too_small", "protects_another")), None)
    if withheld:
        totals = {"head_count": Cell(int(now[0]["head_count"])), "snapshot": Cell(newest)}
        return Shown(totals=totals, state="too_few" if withheld == "base_too_small" else "held_back")
    makers: Mapping[str, Callable[[Rows, Characteristic, Policy], Shown]] = {
        "declaration_rate": _told_us,
        "representation_ratio": _compared,
    }
    return makers.get(metric_id, _profile)(kept if metric_id == "declaration_rate" else now, characteristic, policy)


def _profile(rows: Rows, characteristic: Characteristic, policy: Policy) -> Shown:
    base = int(rows[0]["base"])
    found: list[Row] = []
    for row in _in_order(rows, characteristic):
        label, part_of = _named(str(row["category"]), characteristic)
        cells = _share_cells(row, base, policy)
        if row["category"] in (NOT_STATED, REST):
            cells = {"n": cells["n"], "share": Cell(None), "low": Cell(None), "high": Cell(None)}
        elif row["category"] in _at_least(rows, characteristic, policy):
            cells["high"] = Cell(None)
        found.append({"category": label, "part_of": part_of, "says": _says(row, rows, characteristic, policy), **cells})
    return Shown(tuple(found), _totals(rows), base)


def _told_us(rows: Rows, _: Characteristic, policy: Policy) -> Shown:
    found: list[Row] = []
    for row in sorted(rows, key=lambda one: str(one["snapshot"])):
        asked = int(row["head_count"])
        if row["reason"] in ("base_too_small", "protects_another"):
            continue
        if row["not_stated"] is None:
            least = (asked - _ceiling(policy)) / asked
            cells = {"n": Cell(None, "too_few_to_show"), "share": Cell(round(least, 2)), "low": Cell(None)}
            cells |= {"high": Cell(None), "of": Cell(asked), "not_stated": Cell(None, "too_few_to_show")}
            says = f"at least about {round(100 * least)}%"
        else:
            told = asked - int(row["not_stated"])
            low, high = wilson_of_rounded(told, policy.equality.room, asked)
            cells = {"n": Cell(told), "share": Cell(round(told / asked, 2)), "low": Cell(round(low, 2))}
            cells |= {"high": Cell(round(high, 2)), "of": Cell(asked), "not_stated": Cell(int(row["not_stated"]))}
            says = f"about {round(100 * told / asked)}%"
        found.append({"snapshot": str(row["snapshot"]), "says": says, **cells})
    newest = found[-1]
    totals = {name: cell for name, cell in newest.items() if isinstance(cell, Cell)}
    totals |= {"snapshot": Cell(str(newest["snapshot"])), "says": Cell(str(newest["says"]))}
    asked_now = newest["of"]
    return Shown(
        tuple(found), totals, int(asked_now.value) if isinstance(asked_now, Cell) and asked_now.value else None
    )


def _compared(rows: Rows, characteristic: Characteristic, policy: Policy) -> Shown:
    base = int(rows[0]["base"])
    found: list[Row] = []
    for row in _in_order(rows, characteristic):
        label, part_of = _named(str(row["category"]), characteristic)
        elsewhere = int(row["other_n"]) / int(row["other_of"])
        cells = _share_cells(row, base, policy)
        cells["elsewhere"] = Cell(round(elsewhere, 3))
        cells |= _ratio_cells(row, base, policy)
        says = _ratio_says(row, base, elsewhere, cells, policy)
        about = {"compared_with": str(row["compared_with"]), "compared_on": str(row["compared_on"])}
        found.append({"category": label, "part_of": part_of, "says": says, **about, **cells})
    return Shown(tuple(found), _totals(rows), base)


def _ratio_cells(row: Mapping[str, Any], base: int, policy: Policy) -> dict[str, Cell]:
    why: Reason | None = "too_few_to_show" if row["figure"] is None else None
    ours = row["comparator"] == "enquirers"
    if not why and ours and min(int(row["figure"]), int(row["other_n"])) < LEAST_FOR_COMPARING:
        why = "base_too_small"
    if not why and base < policy.shown.percentages_from:
        why = "base_too_small"
    names = ("ratio", "ratio_low", "ratio_high")
    if why:
        return {name: Cell(None, why) for name in names}
    room, figure, other, of = policy.equality.room, int(row["figure"]), int(row["other_n"]), int(row["other_of"])
    low, high = wilson_of_rounded(figure, room, base)
    least, most = wilson_of_rounded(other, room, of) if ours else (other / of, other / of)
    values = (figure / base / (other / of), low / most, high / least)
    return {name: Cell(round(value, 1)) for name, value in zip(names, values, strict=True)}


def _ratio_says(row: Mapping[str, Any], base: int, elsewhere: float, cells: Mapping[str, Cell], policy: Policy) -> str:
    if row["figure"] is None:
        most = _ceiling(policy) / base / elsewhere
        return f"below {most:.1f}" if most < CLEARLY_BELOW else "cannot tell"
    ratio = cells["ratio"]
    return "cannot tell" if ratio.withheld else f"{ratio.value} times"


def _share_cells(row: Mapping[str, Any], base: int, policy: Policy) -> dict[str, Cell]:
    if row["figure"] is None:
        return {name: Cell(None, "too_few_to_show") for name in ("n", "share", "low", "high")}
    figure = int(row["figure"])
    if base < policy.shown.percentages_from:
        return {"n": Cell(figure)} | {name: Cell(None, "base_too_small") for name in ("share", "low", "high")}
    low, high = wilson_of_rounded(min(figure, base), policy.equality.room, base)
    return {
        "n": Cell(figure),
        "share": Cell(round(figure / base, 2)),
        "low": Cell(round(low, 2)),
        "high": Cell(round(high, 2)),
    }


def _at_least(rows: Rows, characteristic: Characteristic, policy: Policy) -> frozenset[str]:
    """The shown groups that may be larger than their figure, worked out from released numbers only."""
    tops = {group.label for group in characteristic.groups if not group.part_of} | {NOT_STATED}
    figures = {str(row["category"]): row["figure"] for row in rows if row["category"] in tops}
    grid = Grid(policy.equality.base, policy.equality.hide)
    return may_be_more(figures, [Listed(label) for label in figures], int(rows[0]["head_count"]), grid)


def _says(row: Mapping[str, Any], rows: Rows, characteristic: Characteristic, policy: Policy) -> str:
    if row["figure"] is None:
        return TOO_FEW
    if row["category"] in _at_least(rows, characteristic, policy):
        return f"{row['figure']} or more"
    return f"about {row['figure']}"


def _in_order(rows: Rows, characteristic: Characteristic) -> list[Mapping[str, Any]]:
    order = [group.label for group in characteristic.groups] + [REST, NOT_STATED]
    return sorted((row for row in rows if row["category"] in order), key=lambda row: order.index(str(row["category"])))


def _named(category: str, characteristic: Characteristic) -> tuple[str, str]:
    if category == REST:
        return characteristic.rest_label, ""
    if category == NOT_STATED:
        return "Not stated", ""
    group = next(group for group in characteristic.groups if group.label == category)
    return category, next((top.label for top in characteristic.groups if top.id == group.part_of), "")


def _totals(rows: Rows) -> dict[str, Cell]:
    first = rows[0]
    stated = next((row for row in rows if row["category"] == NOT_STATED), None)
    totals = {
        "head_count": Cell(int(first["head_count"])),
        "base": Cell(int(first["base"])),
        "snapshot": Cell(str(first["snapshot"])),
    }
    if stated is not None:
        few = stated["figure"] is None
        totals["not_stated"] = Cell(None, "too_few_to_show") if few else Cell(int(stated["figure"]))
    return totals


def _ceiling(policy: Policy) -> int:
    """The smallest figure that is ever shown: what is too few to show is under it."""
    return 2 * policy.equality.base
