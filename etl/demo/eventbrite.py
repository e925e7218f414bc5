"""Eventbrite attendee reports in the current UK layout, with the totals row and the blank row real ones end with."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from etl.demo.events import Event, Guest
from etl.demo.sheets import write_rows

HEADINGS = (
    "Order ID",
    "Order date",
    "Attendee Status",
    "Attendee first name",
    "Attendee Surname",
    "Attendee email",
    "Phone number",
    "Purchaser town/city",
    "Purchaser county",
    "Purchaser country",
    "Event name",
    "Event ID",
    "Event start date",
    "Event start time",
    "Event timezone",
    "Event location",
    "Ticket quantity",
    "Ticket tier",
    "Ticket type",
    "Currency",
    "Ticket price",
    "Buyer first name",
    "Buyer Surname",
    "Buyer email",
    "Guest",
)


def checks_in(event: Event) -> bool:
    """True when the door list was kept in Eventbrite, so that its report says who came."""
    return event.kind == "workshop"


def write_report(folder: Path, event: Event) -> Path:
    """One event's report; returns where it was written."""
    extra = ["Checked In"] if checks_in(event) else []
    rows = [[*HEADINGS, *extra]]
    quantity = 0
    total = 0.0
    for place, guest in enumerate(event.guests):
        for _ in range(guest.tickets):
            price = float(event.price) if guest.ticket_type == "General admission" else 0.0
            quantity += 1
            total += price
            rows.append(_ticket(event, place, guest, price) + (["Yes" if guest.came else "No"] if extra else []))
    sums = [""] * len(rows[0])
    sums[HEADINGS.index("Ticket quantity")] = str(quantity)
    sums[HEADINGS.index("Ticket price")] = str(total)
    rows += [sums, [""] * len(rows[0])]
    path = folder / f"report-{event.starts:%Y-%m-%d}T{event.number:04d}.csv"
    write_rows(path, rows, ending="\n")
    return path


def _ticket(event: Event, place: int, guest: Guest, price: float) -> list[str]:
    # the friend who has no address of their own stands on the order of the guest who bought the ticket
    buyer = guest if guest.person else event.guests[1]
    order = f"{event.tool_id[-8:]}{(place if guest.person else 1):04d}"
    ordered = guest.registered_at or event.starts - timedelta(days=1)
    known = guest.person
    names = [known.first, known.last] if known else guest.shown_as.rsplit(" ", 1)
    owner = buyer.person
    buyer_names = [owner.first, owner.last] if owner else ["", ""]
    state = (
        "Refunded" if guest.status == "refunded" else "Checked In" if guest.came and checks_in(event) else "Attending"
    )
    return [
        order,
        f"{ordered:%Y-%m-%d %H:%M:%S}",
        state,
        *names,
        guest.email,
        "",
        "Hartsmoor",
        "",
        "GB",
        event.title,
        event.tool_id,
        f"{event.starts:%Y-%m-%d}",
        f"{event.starts:%H:%M:%S}",
        "Europe/London",
        event.place,
        "1",
        "",
        guest.ticket_type,
        "GBP",
        str(price),
        *buyer_names,
        buyer.email,
        "No",
    ]
