"""Whether partners reflect the communities the programme exists to serve, and how many people told us.

Only the declared tables are asked for: one group of people, one characteristic, as released each quarter.
"""

from __future__ import annotations

from collections.abc import Mapping

from dashboard import charts, words
from dashboard.cards import (
    Ask,
    Card,
    Cell,
    Entry,
    Pick,
    Picture,
    Question,
    Released,
    amount,
    cell,
    entry,
    group,
    table,
    unshown,
)

TITLE = "Who is missing"
PURPOSE = "Whether our partners reflect the communities we exist to serve, and how many people told us."
ORDER = 20

POPULATIONS: Mapping[str, str] = {
    "active_partners": "people who became active partners",
    "trained": "people trained",
    "selected": "people selected",
    "screened": "people screened",
    "enquirers": "people who enquired",
    "matched": "people who were matched",
    "clients": "clients",
    "event_attendees": "people who came to events",
}
CHARACTERISTICS: Mapping[str, str] = {
    "ethnicity": "Ethnicity",
    "disability": "Disability",
    "sex": "Sex",
    "gender": "Gender",
    "gender_identity": "Gender identity",
    "orientation": "Sexual orientation",
    "religion": "Religion",
    "carer": "Unpaid care",
    "age": "Age",
    "class_background": "Class background",
}
COMPARATORS: Mapping[str, str] = {"England": "England", "enquirers": "People who enquired"}
NOT_STATED = "Not stated"
EXPECTED = frozenset({"disability", "carer"})
COMPARE_FROM, CLEAR_FROM = words.PERCENT_FROM, 0.7
_Row = Mapping[str, str | Cell]


def reflect(ask: Ask, pick: Pick) -> Card:
    """L2: each group's share, beside the comparator's."""
    characteristic = pick("Show", tuple(CHARACTERISTICS), key="characteristic", say=CHARACTERISTICS.__getitem__)
    population = pick(
        "Of", tuple(POPULATIONS), key="population", say=_population, first=_shown_first(ask, characteristic)
    )
    comparator = pick("Compare with", tuple(COMPARATORS), key="compare", say=COMPARATORS.__getitem__)
    found = ask.figure("equality_profile", population=population, characteristic=characteristic)
    people = POPULATIONS[population]
    if found.state != "shown":
        return unshown(
            found,
            too_few=f"{words.number(found.value('head_count'))} {people} were asked. We show groups from 25.",
            nothing=f"No equality answers are recorded for {people}.",
            held="Showing these groups could tell something of one person.",
        )
    compared = ask.figure(
        "representation_ratio", population=population, characteristic=characteristic, comparator=comparator
    )
    elsewhere = {group(row, "category"): row for row in compared.rows}
    where = COMPARATORS[comparator]
    groups = [row for row in found.rows if _is_group(row)]
    shown = [row for row in groups if cell(row, "share").value is not None and not group(row, "part_of")]
    if shown:
        said = " ".join(_sentence(row, elsewhere.get(group(row, "category")), people, where) for row in shown[:2])
    else:
        said = f"For every group of {people} we have **too few to show**."
    few = [row for row in groups if cell(row, "n").withheld]
    if few and shown:
        said += f" For {words.count(len(few), 'other group', 'other groups')} we have **too few to show**."
    widest = max(shown, key=lambda row: amount(cell(row, "high")) - amount(cell(row, "low")), default=None)
    return Card(
        answer=said,
        short=_short(shown, people),
        sure=_sure(found, widest),
        cannot=_cannot(characteristic, compared),
        picture=Picture(
            charts.rows([_dot(row, elsewhere.get(group(row, "category")), where) for row in groups]),
            f"Share of {people} who answered. Dot: our figure, to about the nearest 5 people. Pale bar: likely range. "
            f"Upright line: {where}. Hatched: too few to show.",
        ),
        table=table(
            ("Group", "People", "Share (likely range)", where),
            [
                (group(row, "category"), _about(row), _share(row), _elsewhere(elsewhere.get(group(row, "category"))))
                for row in found.rows
            ],
        ),
        how={
            "Compared with": _compared_with(compared, where),
            "Likely range": "95% Wilson interval, widened by the rounding. If we could ask again, "
            "the share would usually fall inside it.",
            "Shown at": f"{len(groups)} groups. Figures are rounded to about the nearest 5 and made once a quarter, "
            f"last as at {words.day(str(found.value('snapshot')))}.",
        },
        released=(found, compared),
    )


def heard(ask: Ask, pick: Pick) -> Card:
    """L3: of each characteristic, which groups can be shown, which are too few, and which we cannot tell."""
    population = pick("Of", tuple(POPULATIONS), key="voices", say=_population, first=_shown_first(ask))
    found = {
        name: (
            ask.figure("equality_profile", population=population, characteristic=name),
            ask.figure("declaration_rate", population=population, characteristic=name),
        )
        for name in CHARACTERISTICS
    }
    shown = [one for one in found.values() if one[0].state == "shown"]
    if not shown:
        first = next(iter(found.values()))[0]
        return unshown(first, too_few="Too few people were asked to say who is missing.", nothing="We have not asked.")
    rows = []
    few_in_all, unclear = 0, 0
    for name, (profile, told) in found.items():
        groups = [row for row in profile.rows if _is_group(row)]
        is_clear = told.state == "shown" and amount(told.totals.get("share", Cell(None))) >= CLEAR_FROM
        named = [group(row, "category") for row in groups if not cell(row, "n").withheld]
        few = [group(row, "category") for row in groups if cell(row, "n").withheld]
        if profile.state != "shown":
            unclear += 1
            rows.append((CHARACTERISTICS[name], "none", "none", _why_not(profile)))
        elif not is_clear:
            unclear += 1
            rows.append((CHARACTERISTICS[name], "none", "none", "Fewer than 70 of 100 told us."))
        elif not groups:
            rows.append((CHARACTERISTICS[name], "none", "none", "Too few were asked to list any group."))
        else:
            few_in_all += len(few)
            rows.append((CHARACTERISTICS[name], words.listing(named), words.listing(few), "none"))
    said = words.count(few_in_all, "group is", "groups are")
    many = words.count(unclear, "characteristic", "characteristics")
    cannot_tell = f" For {many} we **cannot tell**: not asked, or too few answered." if unclear else ""
    return Card(
        answer=f"Of {POPULATIONS[population]}, **{said} too few to show**.{cannot_tell}",
        short=f"{said} too few to show.",
        sure=words.Sure("weak", "Too few to show covers a small number and nobody at all. It does not mean no one."),
        cannot="This cannot show groups our questions do not name, and people who chose not to say.",
        table=table(("Characteristic", "We can show", "Too few to show", "Cannot tell"), rows, text=True),
        released=tuple(one for pair in found.values() for one in pair),
    )


def told(ask: Ask, pick: Pick) -> Card:
    """L5: how many of those asked answered each question, and whether that moved."""
    population = pick("Of", tuple(POPULATIONS), key="asked", say=_population, first=_shown_first(ask))
    found = {
        name: ask.figure("declaration_rate", population=population, characteristic=name) for name in CHARACTERISTICS
    }
    shown = {name: one for name, one in found.items() if one.state == "shown"}
    people = POPULATIONS[population]
    if not shown:
        first = next(iter(found.values()))
        return unshown(
            first,
            too_few=f"{words.number(first.value('head_count'))} {people} were asked; we show replies from 25.",
            nothing=f"We have not asked {people}.",
            held="Showing replies would reveal one or two people.",
        )
    lowest = min(shown, key=lambda name: (amount(shown[name].totals["share"]), bool(shown[name].totals["n"].withheld)))
    least = shown[lowest]
    asked, low, high = (amount(least.totals.get(name, Cell(None))) for name in ("of", "low", "high"))
    is_range = least.value("low") is not None
    spread = f", {words.between(low, high)}" if is_range else ""
    return Card(
        answer=f"**{words.label(str(least.value('says')))} of {words.number(asked)} {people} told us** about "
        f"{CHARACTERISTICS[lowest].lower()}{spread}: the question that fewest answered. {_moved(least)}",
        short=f"{words.label(str(least.value('says')))} or more told us, question by question.",
        sure=words.asked(
            amount(least.totals["n"]),
            asked,
            low=low if is_range else None,
            high=high if is_range else None,
            rounded=True,
        )
        if not least.totals["n"].withheld
        else words.Sure("some doubt", "So few did not answer that we say only the least it can be."),
        cannot="This cannot show reasons for not answering, or trust itself; a shorter form also raises replies.",
        picture=Picture(
            charts.rows([_bar(CHARACTERISTICS[name], one) for name, one in shown.items()]),
            f"Share of those asked who answered each question, to about the nearest 5 people: {people}. "
            "Dark: told us. Outline: did not.",
        ),
        table=table(
            ("Question", "Asked", "Told us", "Share"),
            [
                (
                    CHARACTERISTICS[name],
                    entry(one.totals.get("of")),
                    entry(one.totals.get("n")),
                    words.label(str(one.value("says"))),
                )
                for name, one in shown.items()
            ],
        ),
        released=tuple(found.values()),
    )


def _sure(found: Released, widest: _Row | None) -> words.Sure:
    """By who told us; where so few did not that it is not shown, by the range alone."""
    low = amount(cell(widest, "low")) if widest else None
    high = amount(cell(widest, "high")) if widest else None
    asked = amount(found.totals["head_count"])
    stated = found.totals.get("not_stated")
    if stated is None or not stated.withheld:
        return words.asked(amount(found.totals["base"]), asked, low=low, high=high, rounded=True)
    known = words.asked(asked, asked, low=low, high=high)
    word: words.Word = "some doubt" if known.word == "firm" else known.word
    reach = known.why.partition(". ")[2]
    return words.Sure(
        word, f"{words.number(asked)} people were asked; too few did not answer to show how many. {reach}"
    )


def _shown_first(ask: Ask, characteristic: str = "ethnicity") -> str:
    """The furthest group of people of which something was released, so that the page opens on an answer."""
    for population in POPULATIONS:
        if ask.figure("declaration_rate", population=population, characteristic=characteristic).state == "shown":
            return population
    return ""


def _population(code: str) -> str:
    return words.label(POPULATIONS[code])


def _is_group(row: _Row) -> bool:
    if group(row, "category") == NOT_STATED:
        return False
    return cell(row, "share").value is not None or cell(row, "n").withheld is not None


def _sentence(row: _Row, other: _Row | None, people: str, where: str) -> str:
    low, high = amount(cell(row, "low")), amount(cell(row, "high"))
    name, share = words.plain(group(row, "category")), words.percent(amount(cell(row, "share")))
    spread = words.between(low, high) if cell(row, "high").value is not None else f"at least {words.percent(low)}"
    said = f"Among {people}, **about {share} of those who told us are {name}**, {spread}"
    if other is None:
        return f"{said}."
    bench = amount(cell(other, "elsewhere"))
    said += f", against {bench * 100:.0f}% ({where})"
    if cell(row, "high").value is None or low <= bench <= high:
        return f"{said}: we cannot see a gap."
    return f"{said}: a {'larger' if bench < low else 'smaller'} share."


def _short(shown: list[_Row], people: str) -> str:
    if not shown:
        return f"Too few {people} to show any group."
    first = shown[0]
    return f"About {words.percent(amount(cell(first, 'share')))} who answered are {group(first, 'category')}."


def _cannot(characteristic: str, compared: Released) -> str:
    said = "This cannot show combined characteristics."
    if characteristic in EXPECTED:
        said += (
            " All partners have lived experience, so more disabled people or carers than in England is expected, "
            "not an achievement."
        )
    if compared.rows:
        said += " The comparison counts all ages unless it says otherwise."
    return said


def _dot(row: _Row, other: _Row | None, where: str) -> charts.Row:
    name = group(row, "category")
    bench = cell(other, "elsewhere") if other else Cell(None)
    ticks: tuple[charts.Tick, ...] = ()
    if bench.value is not None:
        ticks = (charts.Tick(amount(bench), f"{where} {amount(bench) * 100:.0f}%"),)
    counted, share = cell(row, "n"), cell(row, "share")
    if counted.withheld or share.value is None:
        return charts.held_row(name, words.withheld(counted), ticks)
    low, high = amount(cell(row, "low")), amount(cell(row, "high"))
    if cell(row, "high").value is None:
        return charts.Row(name, group(row, "says"), dot=amount(share), interval=(low, amount(share)), ticks=ticks)
    return charts.share(name, amount(share), low, high, ticks=ticks)


def _about(row: _Row) -> Entry:
    found = entry(cell(row, "n"))
    return Entry(group(row, "says") or found.text, found.value, found.status)


def _share(row: _Row) -> Entry:
    share = cell(row, "share")
    if share.withheld:
        return entry(share)
    if share.value is None:
        return Entry("not a share", None)
    high = cell(row, "high")
    spread = words.span(amount(cell(row, "low")), amount(high)) if high.value is not None else "or more"
    return Entry(f"{words.percent(amount(share))} ({spread})", amount(share))


def _elsewhere(other: _Row | None) -> str:
    if other is None:
        return "no comparison"
    ratio = cell(other, "ratio")
    share = f"{amount(cell(other, 'elsewhere')) * 100:.1f}%"
    if ratio.value is None:
        return f"{share} ({group(other, 'says')})"
    low, high = amount(cell(other, "ratio_low")), amount(cell(other, "ratio_high"))
    return f"{share} ({amount(ratio):.1f} times, {low:.1f} to {high:.1f})"


def _compared_with(compared: Released, where: str) -> str:
    if not compared.rows:
        return "No comparison is loaded for these groups."
    first = compared.rows[0]
    return f"{where}, {group(first, 'compared_with')}, {group(first, 'compared_on')}."


def _why_not(profile: Released) -> str:
    return {
        "too_few": "Fewer than 25 were asked.",
        "held_back": "Held back to protect people.",
        "refused": "For other readers.",
    }.get(profile.state, "We have not asked.")


def _moved(found: Released) -> str:
    if len(found.rows) < 2:
        return "There is no earlier figure to compare with."
    before, now = found.rows[-2], found.rows[-1]
    since = words.day(group(before, "snapshot"))
    ends = [cell(row, name).value for row in (before, now) for name in ("low", "high")]
    if any(end is None for end in ends):
        return f"Against {since}: no clear change."
    if amount(cell(now, "low")) > amount(cell(before, "high")):
        return f"Against {since}: up."
    if amount(cell(now, "high")) < amount(cell(before, "low")):
        return f"Against {since}: down."
    return f"Against {since}: no clear change."


def _bar(label: str, found: Released) -> charts.Row:
    share = amount(found.totals["share"])
    parts: list[tuple[float, charts.Paint, str]] = [(share, "focus", "")]
    if not found.totals["n"].withheld:
        parts.append((1 - share, "outline", ""))
    return charts.Row(
        label,
        words.label(str(found.value("says"))),
        f"of {words.number(found.value('of'))}",
        charts.split(parts, 1),
    )


QUESTIONS = (
    Question(
        "reflect",
        "Do our partners reflect the communities we exist to serve?",
        ("equality_profile", "representation_ratio", "declaration_rate"),
        reflect,
    ),
    Question("heard", "Whose voices are too few to show?", ("equality_profile", "declaration_rate"), heard, wide=True),
    Question("told", "How many people chose to tell us?", ("declaration_rate",), told),
)
