from __future__ import annotations

import csv
from collections import Counter
from datetime import datetime
from decimal import Decimal

import pytest

from etl.errors import NeedsAnswer, Refused
from etl.formats import eventbrite
from etl.keys import key
from etl.reading import Reading
from tests.conftest import samples
from tests.etl.exports import accounts_for, column, context, document, read, rows

HEAD = (
    "Order ID,Order date,Attendee first name,Attendee Surname,Attendee email,Event name,Event ID,Event start date,"
    "Event start time,Event timezone,Ticket quantity,Ticket type,Currency,Ticket price,Attendee Status"
)
EVENT = "Open meeting,374229690077,2026-05-19,14:00:00,Europe/London"
ALEX = f"1001,2026-04-02 18:50:39,Alex,Sample,alex@example.org,{EVENT},1,Standard,GBP,10.00,Attending"
SAM = f"1002,2026-04-03 09:00:00,Sam,Example,sam@example.org,{EVENT},1,Standard,GBP,10.00,Attending"
NOBODY = f"1003,2026-04-04 10:00:00,,,,{EVENT},1,Standard,GBP,10.00,Attending"


def report(*tickets: str, head: str = HEAD) -> str:
    return "\n".join([head, *tickets, ""])


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def codes(reading: Reading) -> list[str]:
    return [message.code for message in reading.messages]


def test_the_example_gives_its_event_registrations_and_check_ins() -> None:
    reading = read(eventbrite, eventbrite.EXAMPLE)
    [event] = rows(reading, "event")
    assert event["event_key"] == key("event", "eventbrite", "374229690077", "2026-05-19")
    assert (event["starts_at"], event["platform"]) == (moment("2026-05-19 13:00"), "eventbrite")
    assert column(reading, "event_registration", "status") == ["registered", "registered", "refunded"]
    assert column(reading, "event_registration", "heard_from") == ["word_of_mouth", None, "website"]
    assert column(reading, "event_attendance", "person_key") == ["alex@example.org"]
    assert column(reading, "event_attendance", "evidence") == ["check_in"]
    assert reading.ignored == {5: "total_row"}
    assert accounts_for(reading) == set(reading.records)
    assert reading.messages == []


US_LEGACY = (
    "Order #,Order Date,First Name,Last Name,Email,Quantity,Price Tier,Ticket Type,Attendee #,Group,Order Type,"
    "Currency,Total Paid,Fees Paid,Eventbrite Fees,Eventbrite Payment Processing,Attendee Status,Home City\n"
    "11211912243,11/29/24 22:28,Alex,Sample,alex@example.org,1,,General,18441583423,,Free Order,USD,0,0,0,0,"
    "Attending,Leeds\n"
)
UK_LEGACY = (
    "Order no.,Attendee no.,Order Date,First Name,Surname,Email,Quantity,Ticket Type,Order Type,Total Paid,"
    "Eventbrite Fees,Eventbrite Payment Processing,Attendee Status,Home Postcode\n"
    "591,751,2017-01-27 15:51:40+00:00,Alex,Sample,alex@example.org,1,General,Free Order,0,0,0,Attending,LS1 1AA\n"
)
CURRENT = (
    "Order ID,Attendee first name,Attendee last name,Attendee email,Phone number,Purchaser city\n"
    "123,Alex,Sample,alex@example.org,555,Leeds\n"
)
PROGRAM = (
    "Date Created,Order ID,Purchaser User ID,Attendee ID,Attendee First Name,Attendee Last Name,Attendee Email,"
    "Ticket Class,Ticket Class Price,Is Guest,Checked in,Checked in Date\n"
    "2026-04-02T18:50:39Z,123,9,77,Alex,Sample,alex@example.org,Standard,0.00,No,Yes,2026-05-19T13:02:00Z\n"
)
ORDERS = (
    "Order No.,Order Date,First Name,Last Name,Email,Quantity,Order Status,Total Paid,Order Type\n"
    '123,"Apr 2, 2026 7:05 PM",Alex,Sample,alex@example.org,1,Attending,0.00,Free Order\n'
)


@pytest.mark.parametrize("content", [US_LEGACY, UK_LEGACY, CURRENT, PROGRAM])
def test_every_family_of_headings_is_read_once_staff_say_which_event_it_is(content: str) -> None:
    with pytest.raises(NeedsAnswer) as caught:
        read(eventbrite, content)
    sha256 = document(content).sha256
    assert sha256 in caught.value.messages[0].text
    reading = read(eventbrite, content, context(answers=[(sha256, "which_event", "EV-2026-02", "2026-06-01")]))
    assert column(reading, "event_registration", "event_key") == [key("event", "EV-2026-02")]
    assert column(reading, "event_registration", "person_key") == ["alex@example.org"]
    assert column(reading, "event_registration", "unread") == [""]
    assert "event" not in reading.tables


@pytest.mark.parametrize(
    ("content", "at"),
    [
        (US_LEGACY, "2024-11-29 22:28"),
        (UK_LEGACY, "2017-01-27 15:51:40"),
        (PROGRAM, "2026-04-02 18:50:39"),
    ],
)
def test_each_family_prints_its_moments_its_own_way(content: str, at: str) -> None:
    answers = [(document(content).sha256, "which_event", "EV-2026-02", "2026-06-01")]
    reading = read(eventbrite, content, context(answers=answers))
    assert column(reading, "event_registration", "registered_at") == [moment(at)]


def test_an_answer_may_be_the_events_own_key() -> None:
    event_key = key("event", "zoom", "81234567890", "2026-05-12")
    answers = [(document(CURRENT).sha256, "which_event", event_key, "2026-06-01")]
    reading = read(eventbrite, CURRENT, context(answers=answers))
    assert column(reading, "event_registration", "event_key") == [event_key]


def test_an_answer_about_another_file_answers_nothing() -> None:
    with pytest.raises(NeedsAnswer):
        read(eventbrite, CURRENT, context(answers=[("0" * 64, "which_event", "EV-2026-02", "2026-06-01")]))


def test_an_event_with_a_name_and_no_day_is_an_event() -> None:
    reading = read(
        eventbrite,
        report(
            "1,2026-04-02 10:00:00,Alex,Sample,a@example.org,Open  meeting,2,Standard",
            head=("Order No.,Order Date,First Name,Last Name,Email,Event Name,Quantity,Ticket Type"),
        ),
    )
    [event] = rows(reading, "event")
    assert (event["event_key"], event["starts_at"]) == (key("event", "eventbrite", "Open meeting", None), None)
    assert column(reading, "event_registration", "tickets") == [2]


def test_several_tickets_of_one_person_are_one_registration_said_the_same_on_every_row() -> None:
    second = ALEX.replace("Standard", "Speaker").replace("18:50:39", "17:00:00").replace("alex@", "ALEX@")
    reading = read(eventbrite, report(ALEX, SAM, second))
    mine = [row for row in rows(reading, "event_registration") if row["person_key"] == "alex@example.org"]
    assert [row["source_line"] for row in mine] == [2, 4]
    assert {row["tickets"] for row in mine} == {2}
    assert {row["registered_at"] for row in mine} == {moment("2026-04-02 16:00")}
    assert len({str({**row, "source_line": 0}) for row in mine}) == 1


def test_a_ticket_that_is_printed_twice_under_one_number_is_one_ticket() -> None:
    head = f"{HEAD},Barcode number"
    reading = read(eventbrite, report(f"{ALEX},77", f"{ALEX},77", head=head))
    assert column(reading, "event_registration", "tickets") == [1, 1]


def test_a_live_ticket_outweighs_a_refunded_one() -> None:
    reading = read(eventbrite, report(ALEX.replace("Attending", "Refunded"), ALEX, SAM.replace("Attending", "Deleted")))
    found = {(row["person_key"], row["status"], row["tickets"]) for row in rows(reading, "event_registration")}
    assert found == {("alex@example.org", "registered", 1), ("sam@example.org", "cancelled", 1)}


def test_an_order_and_its_refund_are_one_refunded_registration() -> None:
    reading = read(eventbrite, report(ALEX.replace("Attending", "Refunded"), ALEX.replace("Attending", "Refund")))
    assert {(row["status"], row["tickets"]) for row in rows(reading, "event_registration")} == {("refunded", 1)}


def test_an_attendee_without_an_address_is_known_by_name_and_never_by_the_buyer() -> None:
    head = f"{HEAD},Buyer first name,Buyer Surname,Buyer email"
    friend = ALEX.replace("alex@example.org", "").replace("Alex,Sample", "Jo,Invented")
    buyer = ALEX.replace("alex@example.org", "")
    reading = read(
        eventbrite,
        report(f"{friend},Alex,Sample,alex@example.org", f"{buyer},alex,SAMPLE,alex@example.org", head=head),
    )
    assert column(reading, "event_registration", "attendee_key") == ["name:Jo Invented", "alex@example.org"]
    assert reading.contacts is not None
    assert reading.contacts.rows() == [("alex@example.org", "Alex Sample", "", "")]


def test_tickets_of_nobody_known_are_each_one_registration_and_keep_their_names_in_a_later_export() -> None:
    placeholder = NOBODY.replace(",,,,Open", ",Info Requested,Info Requested,,Open")
    first = read(eventbrite, report(NOBODY, NOBODY, ALEX))
    later = read(eventbrite, report(SAM, NOBODY, placeholder, NOBODY))
    named = column(first, "event_registration", "attendee_key")[:2]
    assert len(set(named)) == 2
    assert set(named) < set(column(later, "event_registration", "attendee_key"))
    assert len(set(column(later, "event_registration", "attendee_key"))) == 4


def test_the_total_row_blank_rows_and_a_typed_total_are_not_tickets() -> None:
    reading = read(
        eventbrite,
        report(ALEX, SAM, f"{',' * 10}2,,,20.00,", "," * 14, f"Total{',' * 10}2,,,20.00,", f"{',' * 13}£20.00,"),
    )
    assert reading.ignored == {4: "total_row", 5: "blank", 6: "total_row", 7: "total_row"}
    assert reading.records == [2, 3, 4, 5, 6, 7]
    assert len(rows(reading, "event_registration")) == 2


def test_a_total_row_that_counts_other_tickets_is_a_warning() -> None:
    reading = read(eventbrite, report(ALEX, f"{',' * 10}7,,,70.00,"))
    assert codes(reading) == ["total-differs"]


def test_a_bad_order_number_or_day_holds_that_ticket_and_no_other() -> None:
    reading = read(
        eventbrite,
        report(
            ALEX,
            ALEX.replace("1001,2026-04-02 18:50:39", "oops,not a day"),
            SAM.replace("1002,", ",", 1),
            f"note typed below{',' * 14}",
        ),
    )
    found = rows(reading, "event_registration")
    assert [row["unread"] for row in found][:3] == ["", "Order ID,registered_at", "Order ID"]
    assert found[3]["unread"]
    assert found[0]["tickets"] == 1
    assert len({row["attendee_key"] for row in found}) == 4
    assert reading.contacts is not None
    assert reading.contacts.height == 1
    assert accounts_for(reading) == set(reading.records)


@pytest.mark.parametrize(
    ("old", "new", "unread"),
    [
        (",1,Standard", ",0,Standard", "tickets"),
        (",1,Standard", ",many,Standard", "tickets"),
        ("10.00", "free", "face_value"),
        ("10.00", "1,5", "too-wide"),
        ("Attending", "Sideways", "status"),
        ("2026-05-19", "19th", "starts_at"),
        ("374229690077", "abc", "Event ID"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(old: str, new: str, unread: str) -> None:
    if unread == "too-wide":
        with pytest.raises(Refused) as caught:
            read(eventbrite, report(SAM, ALEX.replace(old, new)))
        assert caught.value.messages[0].code == unread
        return
    reading = read(eventbrite, report(SAM, ALEX.replace(old, new)))
    assert column(reading, "event_registration", "unread") == ["", unread]


def test_ids_saved_again_by_a_spreadsheet_are_mended_or_left_out_with_a_warning() -> None:
    saved = read(eventbrite, report(ALEX.replace("374229690077", "374229690077.0")))
    assert column(saved, "event", "event_key") == column(read(eventbrite, report(ALEX)), "event", "event_key")
    short = read(eventbrite, report(ALEX.replace("374229690077", "3.74E+11")))
    assert codes(short) == ["ids-cut-short"]
    assert column(short, "event", "event_key") == [key("event", "eventbrite", "Open meeting", "2026-05-19")]
    assert "event_alias" not in short.tables


@pytest.mark.parametrize("money", ["USD,10.00", "EUR,10.00", ",$10.00"])
def test_money_that_is_not_in_pounds_refuses_the_file(money: str) -> None:
    with pytest.raises(Refused) as caught:
        read(eventbrite, report(SAM, ALEX.replace("GBP,10.00", money)))
    assert (caught.value.messages[0].code, caught.value.messages[0].line) == ("currency", 3)


@pytest.mark.parametrize(("money", "face"), [("USD,0.00", "0.00"), ("GBP,£10.00", "10.00"), (",10", "10.00")])
def test_free_tickets_of_any_currency_and_pounds_of_any_wording_are_read(money: str, face: str) -> None:
    reading = read(eventbrite, report(ALEX.replace("GBP,10.00", money)))
    assert column(reading, "event_registration", "face_value") == [Decimal(face)]


def test_what_was_paid_is_not_face_value() -> None:
    head = HEAD.replace("Ticket price", "Total Paid")
    reading = read(eventbrite, report(ALEX, head=head))
    assert column(reading, "event_registration", "face_value") == [None]
    assert "Total Paid" in reading.dropped


def test_rows_that_name_no_event_belong_to_the_only_one_or_refuse_the_file() -> None:
    bare = SAM.replace(EVENT, ",,,,")
    one = read(eventbrite, report(ALEX, bare))
    assert len(set(column(one, "event_registration", "event_key"))) == 1
    other = ALEX.replace("374229690077", "99").replace("1001", "1009")
    two = read(eventbrite, report(ALEX, other))
    assert len(rows(two, "event")) == 2
    with pytest.raises(Refused) as caught:
        read(eventbrite, report(ALEX, other, bare))
    assert (caught.value.messages[0].code, caught.value.messages[0].line) == ("event-unnamed", 4)


def test_days_in_numbers_follow_the_wording_the_proof_or_a_question() -> None:
    uk = report(ALEX.replace("2026-04-02 18:50:39", "02/04/2026 18:50"))
    assert column(read(eventbrite, uk), "event_registration", "registered_at") == [moment("2026-04-02 17:50")]
    neutral = uk.replace("Attendee Surname", "Attendee last name")
    with pytest.raises(NeedsAnswer) as caught:
        read(eventbrite, neutral)
    assert caught.value.messages[0].code == "date-order"
    proved = report(ALEX.replace("2026-04-02 18:50:39", "02/04/2026 18:50"), SAM.replace("2026-04-03", "04/27/2026"))
    assert column(read(eventbrite, proved), "event_registration", "registered_at")[0] == moment("2026-02-04 18:50")
    with pytest.raises(Refused) as refused:
        read(eventbrite, proved.replace("02/04/2026", "27/04/2026"))
    assert refused.value.messages[0].code == "two-date-orders"


def test_addresses_phones_and_profiles_are_dropped_and_questions_about_equality_are_moved() -> None:
    head = f"{HEAD},Home Postcode,Gender,Birth Date,What is your ethnic group?,Any dietary requirements?"
    reading = read(eventbrite, report(f"{ALEX},LS1 1AA,Woman,01/02/1980,Indian,None", head=head))
    assert reading.moved == ["What is your ethnic group?"]
    assert reading.dropped == ["Home Postcode", "Gender", "Birth Date", "Any dietary requirements?"]
    assert codes(reading) == ["access-not-loaded"]
    assert reading.equality is not None
    assert reading.equality.rows() == [("alex@example.org", "ethnicity", "Indian", 2)]
    kept = "".join(str(one.to_dicts()) for one in reading.tables.values())
    assert not any(word in kept for word in ("LS1", "Woman", "1980", "Indian"))


def test_somebody_checked_in_was_there_whatever_the_word() -> None:
    head = f"{HEAD},Checked in"
    people = [
        f"{ALEX},Yes",
        f"{SAM},No",
        f"{NOBODY},TRUE",
        f"{SAM.replace('sam', 'jo').replace('Attending', 'Checked In')},",
        f"{SAM.replace('sam', 'lee')},perhaps",
    ]
    reading = read(eventbrite, report(*people, head=head))
    assert column(reading, "event_attendance", "source_line") == [2, 4, 5]
    assert column(reading, "event_attendance", "joined_at") == [None, None, None]
    assert column(reading, "event_registration", "unread")[4] == "evidence"


def test_an_orders_report_is_recognised_by_its_event() -> None:
    assert not eventbrite.signature(document(ORDERS))
    assert eventbrite.signature(document(ORDERS.replace("Order Type", "Event Name")))


def test_the_real_symposium_reports_hold_one_registration_per_ticket() -> None:
    folder = samples()
    if folder is None:
        return
    for name in ("crick_2022_anon.csv", "crick_2023_anon.csv"):
        path = folder / "eventbrite" / name
        with path.open(newline="", encoding="utf-8") as file:
            tickets = [row for row in csv.DictReader(file) if row["Order date"]]
        reading = read(eventbrite, path.read_bytes())
        assert len(rows(reading, "event_registration")) == len(tickets) > 200
        assert len(set(column(reading, "event_registration", "attendee_key"))) == len(tickets)
        assert sum(column(reading, "event_registration", "face_value")) == sum(
            Decimal(row["Ticket price"]) for row in tickets
        )
        assert Counter(column(reading, "event_registration", "ticket_type")) == Counter(
            row["Ticket type"] for row in tickets
        )
        assert codes(reading) == []
