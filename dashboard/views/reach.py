"""Who takes part, from where, and what became of those who put a hand up."""

from __future__ import annotations

from dashboard import charts, words
from dashboard.cards import Ask, Card, Pick, Picture, Question, Tile, cell, entry, group, table, unshown

TITLE = "Who we reach"
PURPOSE = "Who takes part in Voices for Improvement, where they are, and what became of people who put a hand up."
ORDER = 10

REGIONS = 9
REAL = ("partner_journey", "client_or_host", "membership")


def who(ask: Ask, _: Pick) -> Card:
    """L1: the totals."""
    people = ask.figure("people_in_programme")
    if people.state != "shown":
        return unshown(
            people,
            too_few="Too few people are in the programme to say more.",
            nothing="No open journey is recorded.",
        )
    organisations = ask.figure("client_organisations")
    by_role = {group(row, "role"): cell(row, "n") for row in people.rows}
    partners, clients = entry(by_role.get("partner")), entry(by_role.get("client"))
    from_where = entry(organisations.totals.get("n"))
    said = (
        f"**{partners.text} Lived Experience Partners** and **{clients.text} clients** "
        f"from {from_where.text} organisations take part."
    )
    return Card(
        answer=said,
        short=f"{partners.text} Lived Experience Partners and {clients.text} clients.",
        sure=words.counted("Every open journey is counted."),
        cannot="This cannot show people who took part without a recorded journey, or how active they are.",
        tiles=(
            Tile("Lived Experience Partners", partners.text, "with an open journey"),
            Tile("Clients", clients.text, "leaders who are coached"),
            Tile("Client organisations", from_where.text, "matched or agreed"),
        ),
        table=table(
            ("What", "Number"),
            [
                ("Lived Experience Partners", partners),
                ("Clients", clients),
                ("Client organisations", from_where),
            ],
        ),
        released=(people, organisations),
    )


def where(ask: Ask, pick: Pick) -> Card:
    """L1: the regions of one role."""
    role = pick("Show", ("partner", "client"), key="role")
    found = ask.figure("people_in_programme", by="region")
    if found.state != "shown":
        return unshown(found, too_few="Too few to split by region.", nothing="No open journey is recorded.")
    rows = [row for row in found.rows if group(row, "role") == role]
    rows.sort(key=lambda row: -(float(cell(row, "n").value or 0)))
    most = max((float(cell(row, "n").value or 0) for row in rows), default=0)
    held = sum(1 for row in rows if cell(row, "n").withheld)
    named = [
        row for row in rows if cell(row, "n").value and group(row, "region") not in {"outside_england", "not_recorded"}
    ]
    who_they_are = words.label(role)
    if held:
        said = (
            f"{words.count(held, 'region is', 'regions are')} **held back** to protect people; the totals are complete."
        )
        short = "Some regions are held back; the totals are complete."
    else:
        said = f"{who_they_are} live in **{len(named)} of {REGIONS} regions** of England."
        short = f"{len(named)} of {REGIONS} English regions."
    if named:
        first = named[0]
        said += f" Most are in {words.label(group(first, 'region'))}: {words.number(float(most))}."
    return Card(
        answer=said,
        short=short,
        sure=words.counted("Every open journey is counted, by the region a person gave."),
        cannot="This cannot show where people work, or anything of a region that is held back.",
        picture=Picture(
            charts.rows([_region(row, most) for row in rows]),
            f"{who_they_are} by region. Hatched: held back to protect people.",
        ),
        table=table(
            ("Region", "People"),
            [(words.label(group(row, "region")), entry(cell(row, "n"))) for row in rows],
        ),
        released=(found,),
    )


def _region(row: dict[str, object], most: float) -> charts.Row:
    name, found = words.label(group(row, "region")), cell(row, "n")
    if found.withheld:
        return charts.held_row(name, words.withheld(found))
    return charts.Row(
        name, words.number(found.value), bars=charts.split([(float(found.value or 0), "focus", "")], most)
    )


QUESTIONS = (
    Question("who", "Who is in the programme now?", ("people_in_programme", "client_organisations"), who),
    Question("where", "Which regions do they come from?", ("people_in_programme",), where),
)
