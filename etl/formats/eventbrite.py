"""Eventbrite attendee and order reports, in every wording since 2017; one row is one ticket or one order.

Columns are found by heading in any of four families (exports.md 4.5). Money received is not taken from here:
only the price printed on a ticket is, and only in pounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from etl import events, tickets
from etl.dates import DateOrder, is_ambiguous, read_day, read_moment
from etl.equality_headings import characteristic_of, is_birth_date
from etl.errors import ask, refuse
from etl.headings import Header, cell, find_header, first_sheet, fold
from etl.keys import KEY_LENGTH, key
from etl.money import currency_of, read_sum
from etl.reading import Context, Document, IgnoredReason, Reading, Row
from etl.report import Message
from etl.staff_answers import answer_to, date_order, how_to_answer, which_order
from etl.tickets import Event, Ticket

KEY = "eventbrite"
TITLE = "Eventbrite attendee or order report"
ONE_RECORD_IS = "one ticket, or one order"
EXAMPLE = b"""\
Order ID,Order date,Attendee first name,Attendee Surname,Attendee email,Phone number,Event name,Event ID,\
Event start date,Event start time,Event timezone,Ticket quantity,Ticket type,Currency,Ticket price,Attendee Status,\
Checked in,How did you hear about this event?,Buyer email,Barcode number
4471002931,2026-04-02 18:50:39,Alex,Sample,alex@example.org,,Open meeting in spring,374229690077,\
2026-05-19,14:00:00,Europe/London,1,Standard,GBP,10.00,Attending,Yes,A friend,alex@example.org,44710029310001
4471002931,2026-04-02 18:50:39,Sam,Example,sam@example.org,,Open meeting in spring,374229690077,\
2026-05-19,14:00:00,Europe/London,1,Standard,GBP,10.00,Attending,No,,alex@example.org,44710029310002
4471003555,2026-04-03 09:05:00,Jo,Invented,,,Open meeting in spring,374229690077,\
2026-05-19,14:00:00,Europe/London,1,Free,GBP,0.00,Refunded,No,Your website,jo@example.org,44710035550001
,,,,,,,,,,,3,,,20.00,,,,,
"""

_COLUMNS: dict[str, tuple[str, ...]] = {
    "order": ("order id", "order #", "order no.", "order no", "order number"),
    "ordered": ("order date", "date created"),
    "number": ("attendee #", "attendee no.", "attendee no", "attendee id", "barcode number", "barcode", "barcode #"),
    "first": ("attendee first name", "first name"),
    "last": ("attendee last name", "attendee surname", "last name", "surname"),
    "email": ("attendee email", "attendee e-mail", "email", "email address"),
    "quantity": ("ticket quantity", "quantity"),
    "type": ("ticket type", "ticket class", "ticket name"),
    "status": ("attendee status", "order status"),
    "currency": ("currency",),
    "price": ("ticket price", "ticket class price"),
    "paid": ("total paid",),
    "event": ("event name",),
    "event_id": ("event id",),
    "event_day": ("event start date", "event date"),
    "event_time": ("event start time",),
    "event_zone": ("event timezone", "event time zone"),
    "checked_in": ("checked in", "checked-in"),
    "buyer_first": ("buyer first name",),
    "buyer_last": ("buyer last name", "buyer surname"),
    "buyer_email": ("buyer email", "buyer e-mail"),
}
_STATUSES = {
    "": "registered",
    "attending": "registered",
    "checked in": "registered",
    "completed": "registered",
    "placed": "registered",
    "pending": "pending",
    "unpaid": "pending",
    "waitlist": "waitlisted",
    "waitlisted": "waitlisted",
    "refunded": "refunded",
    "refund": "refunded",
    "cancelled": "cancelled",
    "canceled": "cancelled",
    "deleted": "cancelled",
    "not attending": "cancelled",
    "transferred": "cancelled",
}
_YES, _NO = {"yes", "true", "y", "1", "checked in"}, {"", "no", "false", "n", "0", "not checked in"}
_PLACEHOLDERS = {"info requested", "information requested", "guest", "n/a", "-"}
_TOTAL = re.compile(r"(grand |sub)?totals?:?|sum:?")
_ID = re.compile(r"(\d+)(\.0+)?")
_DAMAGED_ID = re.compile(r"\d(\.\d+)?e\+?\d+", re.IGNORECASE)
_ACCESS = re.compile(r"\baccess(ibility)?\b|adjustment|dietary|allerg|support needs|requirements?\b")
_EVENT_CODE = re.compile(r"EV-\d{4}-\d{2}[A-Z]?", re.IGNORECASE)
_EVENT_KEY = re.compile(rf"[0-9a-f]{{{KEY_LENGTH}}}")


def signature(document: Document) -> bool:
    """An order column beside a ticket's or an attendee's, or the published layout without orders."""
    return first_sheet(document, _has_header) is not None


def _has_header(rows: Sequence[Row]) -> bool:
    return find_header(rows, _is_header) is not None


def _is_header(header: Header) -> bool:
    ordered = header.has("order date")
    if header.place(*_COLUMNS["order"]) is not None:
        signs = ("attendee #", "attendee no.", "attendee no", "attendee first name", "attendee status")
        is_ticket = header.place(*signs, *_COLUMNS["type"]) is not None
        return is_ticket or (ordered and header.has("event name"))
    return ordered and header.has("event id") and header.has("ticket type")


@dataclass(frozen=True)
class _Table:
    """The report's headings by what they mean, and how its days are printed."""

    header: Header
    order: DateOrder
    zone: str

    def text(self, row: Row, column: str) -> str:
        """The trimmed cell of this column, '' when the report does not have it."""
        return cell(row, self.header.place(*_COLUMNS[column]))

    def has(self, column: str) -> bool:
        """True when the report has this column."""
        return self.header.place(*_COLUMNS[column]) is not None

    def heading(self, column: str) -> str:
        """The column's heading as printed."""
        return cell(self.header.row, self.header.place(*_COLUMNS[column]))


def read(document: Document, context: Context) -> Reading:
    """The event, a registration per ticket and a check-in per ticket that was checked in.

    Raises Refused for money that is not in pounds, rows wider than the headings and rows that name no event beside
    rows that do; NeedsAnswer when no row says which event it is, or days read both ways.
    """
    rows = first_sheet(document, _has_header) or ()
    header = find_header(rows, _is_header)
    if header is None:
        raise AssertionError("read() is called only for a document whose signature fits")
    body = [row for row in rows if row.line > header.row.line and row.cells]
    _refuse_wide(header, body)
    table = _Table(header, _order(document, context, header, body), context.settings.time_zone)
    ignored = {row.line: reason for row in body if (reason := _reason(table, row))}
    data = [row for row in body if row.line not in ignored]
    _refuse_other_money(table, data)
    found = [_ticket(table, row) for row in data]
    _settle_event(document, context, found)
    tickets.name_attendees(found)
    event_rows, alias_rows = tickets.event_rows(found, KEY)
    frames = {
        "event": event_rows,
        "event_alias": alias_rows,
        "event_registration": tickets.registrations(found, KEY),
        "event_attendance": tickets.check_ins(found),
    }
    sound = [ticket for ticket in found if not ticket.unread]
    dropped, moved = _unused(header)
    return Reading(
        tables={name: events.frame(name, one) for name, one in frames.items() if one},
        records=[row.line for row in body],
        ignored=ignored,
        messages=_messages(table, body, ignored, found),
        contacts=events.contacts_frame({one.reference: one.name for one in sound if one.reference and one.name}),
        equality=events.equality_frame(
            (one.attendee.lower(), one.reference, characteristic, answer, one.line)
            for one in sound
            for characteristic, answer in one.answers.items()
        ),
        dropped=dropped,
        moved=moved,
        subject=", ".join(dict.fromkeys(one.event.title for one in sound if one.event and one.event.title)) or None,
    )


def _refuse_wide(header: Header, rows: Iterable[Row]) -> None:
    wide = [row.line for row in rows if any(extra.strip() for extra in row.cells[header.width :])]
    if wide:
        raise refuse(
            "too-wide",
            f"{len(wide)} row(s) have more cells than there are headings (first in line {wide[0]}), so their columns "
            "cannot be told apart. Export the report from Eventbrite again.",
            line=wide[0],
        )


def _order(document: Document, context: Context, header: Header, rows: Sequence[Row]) -> DateOrder:
    places = [header.place(*_COLUMNS[column]) for column in ("ordered", "event_day")]
    printed = [cell(row, place) for row in rows for place in places]
    usual: DateOrder | None = None
    if header.has("order #"):
        usual = "mdy"  # the wording for organisers in the United States
    elif header.has("surname") or header.has("attendee surname") or header.has("order no."):
        usual = "dmy"
    order = date_order(document, context, KEY, printed, usual)
    if order is None and any(map(is_ambiguous, printed)):
        raise which_order(document, "Order date")
    return order or "dmy"


def _reason(table: _Table, row: Row) -> IgnoredReason | None:
    """Why a row is not a ticket: blank, or Eventbrite's own or somebody's typed total under the rows."""
    if row.is_blank:
        return "blank"
    filled = [text.strip() for text in row.cells if text.strip()]
    if any("@" in text for text in filled):
        return None
    if _TOTAL.fullmatch(fold(filled[0])):
        return "total_row"
    is_named = any(table.text(row, column) for column in ("order", "ordered", "first", "last", "event"))
    return None if is_named or any(read_sum(text) is None for text in filled) else "total_row"


def _refuse_other_money(table: _Table, rows: Iterable[Row]) -> None:
    for row in rows:
        price, paid = table.text(row, "price"), table.text(row, "paid")
        named = table.text(row, "currency").upper()
        is_foreign = named not in {"", "GBP"} and bool(read_sum(price) or read_sum(paid))
        if is_foreign or (currency_of(price) not in {"", "GBP"} and read_sum(price)):
            raise refuse(
                "currency",
                f"Line {row.line} holds money that is not in pounds. Voices keeps pounds only: export the report "
                "without its money columns, or in pounds.",
                line=row.line,
                column=table.heading("currency") or table.heading("price"),
            )


def _ticket(table: _Table, row: Row) -> Ticket:
    ticket = Ticket(row.line, order="", number="", reference="", name="")
    ticket.order, ticket.number = _id(table, row, "order", ticket), _id(table, row, "number", ticket)
    _read_person(table, row, ticket)
    printed = table.text(row, "ordered")
    ticket.registered_at = read_moment(printed, table.order, table.zone)
    if table.has("ordered") and ticket.registered_at is None:
        ticket.unread.append("registered_at")
    status = fold(table.text(row, "status"))
    ticket.status = _STATUSES.get(status, "")
    if not ticket.status:
        ticket.unread.append("status")
    quantity = _ID.fullmatch(table.text(row, "quantity") or "1")
    ticket.tickets = int(quantity[1]) if quantity and len(quantity[1]) < 6 else 0
    if not ticket.tickets:
        ticket.unread.append("tickets")
    ticket.ticket_type = table.text(row, "type")[:80] or None
    ticket.face_value = _pounds(table.text(row, "price"), ticket)
    came = fold(table.text(row, "checked_in"))
    ticket.came = came in _YES or status == "checked in"
    if came not in _YES | _NO:
        ticket.unread.append("evidence")
    _read_questions(table, row, ticket)
    ticket.event = _event(table, row, ticket)
    return ticket


def _id(table: _Table, row: Row, column: str, ticket: Ticket) -> str:
    """An id as digits: spreadsheets add `.0`, or leave only its first digits, which then names nothing."""
    printed = table.text(row, column)
    if whole := _ID.fullmatch(printed):
        return whole[1]
    is_missing = column == "order" and table.has("order")
    if (printed or is_missing) and not _DAMAGED_ID.fullmatch(printed):
        ticket.unread.append(table.heading(column))
    return ""


def _read_person(table: _Table, row: Row, ticket: Ticket) -> None:
    ticket.name = _name(table, row, "first", "last")
    ticket.reference = events.address(table.text(row, "email"))
    is_buyer = bool(ticket.name) and fold(ticket.name) == fold(_name(table, row, "buyer_first", "buyer_last"))
    if not ticket.reference and is_buyer:
        ticket.reference = events.address(table.text(row, "buyer_email"))


def _name(table: _Table, row: Row, first: str, last: str) -> str:
    words = " ".join(f"{table.text(row, first)} {table.text(row, last)}".split())
    return "" if {fold(words), fold(table.text(row, first))} & _PLACEHOLDERS else words


def _pounds(text: str, ticket: Ticket) -> Decimal | None:
    amount = read_sum(text)
    if text and (amount is None or amount != round(amount, 2)):
        ticket.unread.append("face_value")
        return None
    return amount


def _read_questions(table: _Table, row: Row, ticket: Ticket) -> None:
    for place, heading in enumerate(table.header.row.cells):
        if events.asks_where_heard(heading):
            ticket.heard_from = ticket.heard_from or events.heard_from(cell(row, place))
        elif characteristic := _characteristic(heading):
            events.note_answer(ticket.answers, characteristic, cell(row, place))


def _characteristic(heading: str) -> str | None:
    """Eventbrite's own columns Gender, Age and Birth Date are dropped; what the organiser asked is an answer."""
    is_own = fold(heading) in {"gender", "age"} or is_birth_date(heading)
    return None if is_own else characteristic_of(heading)


def _event(table: _Table, row: Row, ticket: Ticket) -> Event | None:
    title = " ".join(table.text(row, "event").split())
    event_id = _id(table, row, "event_id", ticket)
    if not title and not event_id:
        return None
    zone = _zone(table.text(row, "event_zone"), table.zone)
    printed = table.text(row, "event_day")
    on_day = read_day(printed, table.order)
    if printed and on_day is None:
        ticket.unread.append("starts_at")
    clock = table.text(row, "event_time")
    starts_at = read_moment(f"{on_day} {clock}" if clock and on_day else printed, table.order, zone)
    event_key = events.event_key(KEY, event_id, title, on_day)
    return Event(event_key, title[:200], event_id, on_day, starts_at, zone)


def _zone(name: str, otherwise: str) -> str:
    try:
        return ZoneInfo(name).key if name else otherwise
    except (OSError, ValueError, KeyError):
        return otherwise


def _settle_event(document: Document, context: Context, found: Sequence[Ticket]) -> None:
    """Give every ticket its event: what the row says, else the only one named, else what staff answered."""
    named = {ticket.event for ticket in found if ticket.event and not ticket.unread}
    unnamed = [ticket for ticket in found if ticket.event is None]
    if not unnamed:
        return
    if len(named) > 1:
        raise refuse(
            "event-unnamed",
            f"{len(unnamed)} row(s) do not name their event (first in line {unnamed[0].line}) though the report is "
            "about several. Export one report per event.",
            line=unnamed[0].line,
        )
    only = named.pop() if named else _answered(document, context)
    for ticket in unnamed:
        ticket.event = only


def _answered(document: Document, context: Context) -> Event:
    answer = answer_to(document, context, "which_event")
    if _EVENT_CODE.fullmatch(answer):
        return Event(key("event", answer), "", "", None, None, context.settings.time_zone)
    if _EVENT_KEY.fullmatch(answer):
        return Event(answer, "", "", None, None, context.settings.time_zone)
    raise ask(
        "which-event",
        "This report does not say which event it is for. Export it from Eventbrite again with the columns Event name, "
        "Event ID and Event start date. Or: " + how_to_answer(document, "which_event", "the event's code (EV-2026-02)"),
    )


def _unused(header: Header) -> tuple[list[str], list[str]]:
    known = {name for names in _COLUMNS.values() for name in names} - {"total paid"}
    headings = [text.strip() for text in header.row.cells if text.strip()]
    rest = [one for one in headings if fold(one) not in known and not events.asks_where_heard(one)]
    moved = [one for one in rest if _characteristic(one)]
    return [one for one in rest if one not in moved], moved


def _messages(
    table: _Table, body: Sequence[Row], ignored: Mapping[int, IgnoredReason], found: Sequence[Ticket]
) -> list[Message]:
    messages = []
    totals = [row for row in body if ignored.get(row.line) == "total_row"]
    printed = _ID.fullmatch(table.text(totals[0], "quantity")) if totals else None
    counted = sum(ticket.tickets for ticket in found)
    if printed and int(printed[1]) != counted:
        text = (
            f"The total row says {printed[1]} tickets and the rows hold {counted}. If rows were deleted or added by "
            "hand, export the report again; the rows are what is counted here."
        )
        messages.append(Message("warning", "total-differs", text, totals[0].line, table.heading("quantity")))
    damaged = [row.line for row in body if any(_DAMAGED_ID.fullmatch(text.strip()) for text in row.cells)]
    if damaged:
        text = (
            f"A spreadsheet has cut ids short in {len(damaged)} row(s) (first in line {damaged[0]}), so these ids are "
            "not used. Drop the export as it was downloaded to keep them."
        )
        messages.append(Message("warning", "ids-cut-short", text, damaged[0]))
    access = [text.strip() for text in table.header.row.cells if _ACCESS.search(fold(text))]
    if access:
        text = (
            "Answers about access are not loaded from a ticket report, because they say something about a person's "
            "health. Where that person agrees, write what should be arranged into the access template."
        )
        messages.append(Message("warning", "access-not-loaded", text, column=access[0]))
    return messages
