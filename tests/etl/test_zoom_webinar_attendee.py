from __future__ import annotations

from datetime import datetime

import pytest

from etl.errors import NeedsAnswer, Refused
from etl.formats import zoom_webinar_attendee as zoom
from etl.keys import key
from etl.reading import Reading
from tests.conftest import samples
from tests.etl.exports import accounts_for, column, context, document, read, rows

META = """\
Attendee Report
Report generated time,05/20/2026 10:00:00 AM
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),Unique Viewers
Working together well,812 3456 7890,05/12/2026 10:00:00 AM,90,{viewers}
"""
HEAD = "Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Country/Region Name"
STAY = "05/12/2026 10:00:00 AM,05/12/2026 11:30:00 AM,90"


def report(*people: str, head: str = HEAD, viewers: str = "", before: str = "", after: str = "") -> str:
    return (
        META.format(viewers=viewers)
        + before
        + "\n".join(["Attendee Details", head, *people])
        + ("\n" + after if after else "\n")
    )


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def codes(reading: Reading) -> list[str]:
    return [message.code for message in reading.messages]


def test_the_example_gives_its_event_registrations_and_joins() -> None:
    reading = read(zoom, zoom.EXAMPLE)
    [event] = rows(reading, "event")
    assert event["event_key"] == key("event", "zoom", "81234567890", "2026-05-12")
    assert (event["starts_at"], event["ends_at"]) == (moment("2026-05-12 09:00"), moment("2026-05-12 10:30"))
    assert (event["tool_unique_count"], event["time_zone"], event["kind"]) == (3, "Europe/London", "webinar")
    assert rows(reading, "event_alias")[0]["external_id"] == "81234567890"
    assert column(reading, "event_registration", "person_key") == [
        "alex@example.org",
        "sam@example.org",
        "jo@example.org",
    ]
    assert column(reading, "event_attendance", "role") == ["host", "attendee", "attendee", "attendee", "phone"]
    assert reading.as_of == moment("2026-05-20 09:00")
    assert accounts_for(reading) == set(reading.records)
    assert reading.messages == []


def test_months_come_first_though_the_organiser_sits_in_london() -> None:
    reading = read(zoom, report(f"Yes,Alex Sample,alex@example.org,{STAY},"))
    assert column(reading, "event_attendance", "joined_at") == [moment("2026-05-12 09:00")]


@pytest.mark.parametrize(
    "printed",
    [
        "05/12/2026 10:00:00 AM",
        "05/12/2026 10:00 AM",
        "05/12/2026 10:00:00",
        "5/12/26 10:00",
        '"May 12, 2026 10:00:00"',
        '"May 12, 2026 10:00 AM"',
        "2026-05-12 10:00:00",
    ],
)
def test_both_families_of_times_are_read(printed: str) -> None:
    text = report(f"Yes,Alex Sample,alex@example.org,{printed},{printed},0,")
    reading = read(zoom, text.replace("05/12/2026 10:00:00 AM,90", f"{printed},90"))
    assert rows(reading, "event")[0]["starts_at"] == moment("2026-05-12 09:00")
    assert column(reading, "event_attendance", "joined_at") == [moment("2026-05-12 09:00")]


def test_times_are_the_clock_of_the_declared_zone_in_winter_and_in_summer() -> None:
    text = report(f"Yes,Alex Sample,alex@example.org,{STAY},")
    paris = read(zoom, text, context(time_zone="Europe/Paris"))
    assert rows(paris, "event")[0]["starts_at"] == moment("2026-05-12 08:00")
    winter = read(zoom, text.replace("05/12/2026", "01/12/2026"))
    assert rows(winter, "event")[0]["starts_at"] == moment("2026-01-12 10:00")


def test_a_day_first_report_is_a_question_and_the_answer_is_obeyed() -> None:
    text = report(f"Yes,Alex Sample,alex@example.org,{STAY},").replace("05/12/2026", "13/05/2026")
    with pytest.raises(NeedsAnswer) as caught:
        read(zoom, text)
    sha256 = document(text).sha256
    assert sha256 in caught.value.messages[0].text
    reading = read(zoom, text, context(answers=[(sha256, "date_order", "dmy", "2026-06-01")]))
    assert rows(reading, "event")[0]["starts_at"] == moment("2026-05-13 09:00")


def test_a_rejoin_is_a_second_stretch_of_one_registered_person() -> None:
    reading = read(zoom, zoom.EXAMPLE)
    mine = [row for row in rows(reading, "event_attendance") if row["person_key"] == "alex@example.org"]
    assert [row["joined_at"] for row in mine] == [moment("2026-05-12 08:58"), moment("2026-05-12 09:22")]
    assert column(reading, "event_registration", "person_key").count("alex@example.org") == 1


def test_what_was_answered_at_registration_is_carried_to_all_rows_of_an_address_however_typed() -> None:
    head = HEAD.replace("Join Time", "Registration Time,Approval Status,What is your age group?,Join Time")
    reading = read(
        zoom,
        report(
            f"Yes,Alex,alex@example.org,,,,{STAY},",
            f"Yes,Alex,ALEX@example.org,05/01/2026 08:15:00 AM,pending,35-44,{STAY},",
            head=head,
        ),
    )
    [registration] = rows(reading, "event_registration")
    assert (registration["registered_at"], registration["status"]) == (moment("2026-05-01 07:15"), "pending")
    assert reading.equality is not None
    assert reading.equality.rows() == [("ALEX@example.org", "age", "35-44", 8)]


def test_two_devices_at_once_are_two_stretches_told_apart() -> None:
    stay = f"Yes,Alex Sample,alex@example.org,{STAY},"
    assert column(read(zoom, report(stay, stay)), "event_attendance", "segment") == [1, 2]


def test_leaving_before_joining_is_presence_of_unknown_length_with_a_warning() -> None:
    stay = "05/12/2026 11:00:00 AM,05/12/2026 10:00:00 AM,-60"
    reading = read(zoom, report(f"Yes,Alex Sample,alex@example.org,{stay},"))
    [row] = rows(reading, "event_attendance")
    assert (row["joined_at"], row["left_at"], row["stated_minutes"]) == (moment("2026-05-12 10:00"), None, None)
    assert (codes(reading), reading.messages[0].line) == (["left-before-joined"], 7)


@pytest.mark.parametrize("times", ["--,--,--", ",,0", ",,"])
def test_a_person_who_did_not_come_is_registered_and_not_present(times: str) -> None:
    reading = read(
        zoom,
        report(f"Yes,Alex Sample,alex@example.org,{STAY},", f"No,Jo Invented,jo@example.org,{times},"),
    )
    assert column(reading, "event_registration", "person_key") == ["alex@example.org", "jo@example.org"]
    assert column(reading, "event_attendance", "person_key") == ["alex@example.org"]


def test_without_registration_whoever_came_is_present_and_nobody_is_registered() -> None:
    reading = read(zoom, report(f"Yes,Alex Sample,alex@example.org,{STAY},"))
    assert set(reading.tables) == {"event", "event_alias", "event_attendance"}


def test_minutes_are_kept_only_where_the_times_are_missing() -> None:
    reading = read(zoom, report("Yes,Alex Sample,alex@example.org,--,--,42,", "Yes,Sam Example,,--,--,--,"))
    assert column(reading, "event_attendance", "evidence") == ["total_only", "check_in"]
    assert column(reading, "event_attendance", "stated_minutes") == [42, None]


def test_hosts_panelists_and_callers_keep_their_roles_and_a_panelist_who_did_not_come_is_left_out() -> None:
    before = (
        f"Panelist Details\n{HEAD}\nYes,Pat Panel,pat@example.org,{STAY},\nNo,Lee Panel,lee@example.org,--,--,--,\n"
    )
    after = (
        f"Other Attended\nUser Name,Join Time,Leave Time,Time in Session (minutes),Country/Region Name\n44*1,{STAY},\n"
    )
    reading = read(zoom, report(f"Yes,Alex,alex@example.org,{STAY},", before=before, after=after))
    assert column(reading, "event_attendance", "role") == ["panelist", "attendee", "phone"]
    assert column(reading, "event_attendance", "attendee_key")[2] == "name:44*1"
    assert reading.ignored == {8: "out_of_scope"}
    assert accounts_for(reading) == set(reading.records)


def test_somebody_moved_to_the_panel_stands_in_both_sections_as_one_person() -> None:
    before = f"Panelist Details\n{HEAD}\nYes,Alex,alex@example.org,{STAY},\n"
    reading = read(zoom, report(f"Yes,Alex,alex@example.org,{STAY},", before=before))
    attendance = rows(reading, "event_attendance")
    assert [(row["attendee_key"], row["role"], row["segment"]) for row in attendance] == [
        ("alex@example.org", "panelist", 1),
        ("alex@example.org", "attendee", 2),
    ]


def test_a_bot_is_nobody_even_under_its_owners_address() -> None:
    reading = read(
        zoom,
        report(f"Yes,Alex's Notetaker (Otter.ai),alex@example.org,{STAY},", "No,Jo,jo@example.org,--,--,--,"),
    )
    [bot] = rows(reading, "event_attendance")
    assert (bot["role"], bot["person_key"]) == ("bot", None)
    assert column(reading, "event_registration", "person_key") == ["jo@example.org"]
    assert reading.contacts is not None
    assert reading.contacts.get_column("reference").to_list() == ["jo@example.org"]


def test_people_without_an_address_are_told_apart_by_the_name_they_showed() -> None:
    reading = read(
        zoom,
        report(f"Yes,Sam Example,,{STAY},", f"Yes,Sam Example,anonymous,{STAY},", f"Yes,iPhone,,{STAY},"),
    )
    assert column(reading, "event_attendance", "attendee_key") == [
        "name:Sam Example",
        "name:Sam Example",
        "name:iPhone",
    ]
    assert column(reading, "event_attendance", "person_key") == [None, None, None]


def test_nul_bytes_inside_headings_and_padding_commas_change_nothing() -> None:
    plain = report(f"Yes,Alex Sample,alex@example.org,{STAY},")
    padded = "\n".join(line + "," * (9 - line.count(",")) for line in plain.splitlines())
    spoilt = padded.replace("Join Time", "Jo\0in Time").encode()
    assert rows(read(zoom, spoilt), "event_attendance") == rows(read(zoom, plain), "event_attendance")


@pytest.mark.parametrize(
    "person",
    [
        f"Yes,Alex Sample,alex@example.org,{STAY},United Kingdom,",
        f"Yes,Alex Sample,alex@example.org,{STAY},Congo, Democratic Republic of the",
    ],
)
def test_a_trailing_comma_and_a_country_with_an_unquoted_comma_are_let_pass(person: str) -> None:
    assert column(read(zoom, report(person)), "event_attendance", "unread") == [""]


def test_an_unquoted_comma_in_a_name_holds_that_row_back() -> None:
    reading = read(zoom, report(f"Yes,Sample, Alex,alex@example.org,{STAY},United Kingdom"))
    [row] = rows(reading, "event_attendance")
    assert "person_key" in row["unread"]
    assert row["person_key"] is None


def test_a_row_wider_than_headings_that_do_not_end_with_the_country_is_refused() -> None:
    head = HEAD.removesuffix(",Country/Region Name")
    with pytest.raises(Refused) as caught:
        read(zoom, report(f"Yes,Sample, Alex,alex@example.org,{STAY}", head=head))
    assert (caught.value.messages[0].code, caught.value.messages[0].line) == ("too-wide", 7)


def test_a_time_that_cannot_be_read_is_named_and_not_guessed() -> None:
    reading = read(
        zoom,
        report(
            f"Yes,Alex,alex@example.org,yesterday,{STAY.split(',')[1]},9,",
            f"Yes,Sam,sam@example.org,{STAY},",
        ),
    )
    assert column(reading, "event_attendance", "unread") == ["joined_at", ""]


def test_the_event_hangs_on_a_row_that_no_check_will_hold() -> None:
    early = "05/11/2026 01:00:00 AM,05/11/2026 02:00:00 AM,60"
    reading = read(
        zoom,
        report(
            "Yes,Sam,sam@example.org,never,--,9,",
            f"Yes,Jo,jo@example.org,{early},",
            f"Yes,Alex,alex@example.org,{STAY},",
        ),
    )
    assert column(reading, "event", "source_line") == [9]
    assert column(reading, "event_alias", "source_line") == [9]


def test_a_registration_hangs_on_a_row_of_that_person_that_no_check_will_hold() -> None:
    people = ["Yes,Alex,alex@example.org,never,--,9,", f"Yes,Alex,alex@example.org,{STAY},"]
    reading = read(zoom, report(*people, "No,Jo,jo@example.org,--,--,--,"))
    assert column(reading, "event_registration", "source_line") == [8, 9]


@pytest.mark.parametrize(("viewers", "warned"), [("2", []), ("3", []), ("5", ["unique-viewers-differ"]), ("", [])])
def test_zooms_own_count_is_held_against_ours_with_callers_or_without(viewers: str, warned: list[str]) -> None:
    after = f"Other Attended\nUser Name,Join Time,Leave Time\n44*1,{STAY.rsplit(',', 1)[0]}\n"
    people = [f"Yes,Alex,alex@example.org,{STAY},", f"Yes,Sam,sam@example.org,{STAY},"]
    assert codes(read(zoom, report(*people, *people[:1], viewers=viewers, after=after))) == warned


def test_equality_questions_go_to_the_equality_store_and_other_columns_are_dropped() -> None:
    head = HEAD.replace("Join Time", "City,Phone,Gender,Ethnic group,Organization,Join Time")
    reading = read(
        zoom,
        report(f"Yes,Alex,alex@example.org,Leeds,01130000000,Woman,Indian,Hilltop,{STAY},", head=head),
    )
    assert reading.moved == ["Gender", "Ethnic group"]
    assert reading.dropped == ["City", "Phone", "Organization", "Country/Region Name"]
    assert reading.equality is not None
    assert [row[:3] for row in reading.equality.rows()] == [
        ("alex@example.org", "gender", "Woman"),
        ("alex@example.org", "ethnicity", "Indian"),
    ]
    kept = "".join(str(one.to_dicts()) for one in reading.tables.values())
    assert not any(word in kept for word in ("Leeds", "0113", "Woman", "Indian", "Hilltop"))


@pytest.mark.parametrize("heading", ["Organization", "Organisation"])
@pytest.mark.parametrize(
    ("typed", "found"),
    [("Hilltop Carers", "O-HILL"), ("HILLTOP", "O-HILL"), ("o-hill", "O-HILL"), ("Hilltop Care", None), ("Vale", None)],
)
def test_an_organisation_of_our_list_is_kept_by_its_exact_name_and_no_other(
    heading: str, typed: str, found: str | None
) -> None:
    listed = [("O-HILL", "Hilltop Carers", "Hilltop; Hilltop Group"), ("O-V1", "Vale", None), ("O-V2", "vale", None)]
    head = HEAD.replace("Join Time", f"{heading},Join Time")
    people = (f"Yes,Alex,alex@example.org,{typed},{STAY},", f"Yes,Alex,alex@example.org,,{STAY},", f"No,Jo,,,{STAY},")
    reading = read(zoom, report(*people, head=head), context(organisations=listed))
    assert column(reading, "event_registration", "org_code") == [found, None]


def test_the_two_parts_of_the_disability_question_are_one_answer() -> None:
    parts = "Any long-term health condition?,Does it reduce your day-to-day activities?"
    head = HEAD.replace("Join Time", f"{parts},Join Time")
    reading = read(zoom, report(f"Yes,Alex,alex@example.org,Yes,A little,{STAY},", head=head))
    assert reading.equality is not None
    assert reading.equality.rows() == [("alex@example.org", "disability", "Yes | A little", 7)]


def test_how_somebody_heard_becomes_one_of_the_agreed_sources() -> None:
    head = HEAD.replace("Join Time", "How did you hear about this webinar?,Join Time")
    people = [
        f"Yes,P{at},p{at}@example.org,{said},{STAY}," for at, said in enumerate(["LinkedIn", "A friend", "", "?"])
    ]
    reading = read(zoom, report(*people, "No,Jo,jo@example.org,,--,--,--,", head=head))
    assert column(reading, "event_registration", "heard_from") == [
        "social_media",
        "word_of_mouth",
        None,
        "other",
        None,
    ]


def test_a_report_of_nobody_is_a_correct_file_with_no_records() -> None:
    reading = read(zoom, report())
    assert (reading.records, reading.tables) == ([], {})


@pytest.mark.parametrize(
    ("remove", "code"),
    [
        ("Attendee Details\n", "no-attendee-section"),
        ("Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),Unique Viewers\n", "no-webinar-line"),
        ("05/12/2026 10:00:00 AM,90", "no-start-time"),
        ("Attended,", "missing-column"),
    ],
)
def test_a_report_that_lacks_a_part_is_refused_whole(remove: str, code: str) -> None:
    text = report(f"Yes,Alex Sample,alex@example.org,{STAY},")
    if code == "no-attendee-section":
        text = text.replace(remove, "Host Details\n")
    with pytest.raises(Refused) as caught:
        read(zoom, text.replace(remove, "", 1))
    assert caught.value.messages[0].code == code


def test_no_message_repeats_a_value_of_a_person() -> None:
    reading = read(
        zoom, report("Yes,Alex Sample,alex@example.org,05/12/2026 11:00 AM,05/12/2026 10:00 AM,9,", viewers="9")
    )
    said = " ".join(message.text for message in reading.messages)
    assert len(reading.messages) == 2
    assert "Alex" not in said
    assert "example.org" not in said


def test_the_real_reports_hold_as_many_stays_as_their_bytes_do() -> None:
    folder = samples()
    if folder is None:
        return
    for path in sorted((folder / "zoom_webinar_attendee").iterdir()):
        reading = read(zoom, path.read_bytes())
        said_yes = sum(line.startswith(b"Yes,") for line in path.read_bytes().splitlines())
        said_no = sum(line.startswith(b"No,") for line in path.read_bytes().splitlines())
        assert len(rows(reading, "event_attendance")) == said_yes
        assert len(reading.records) == said_yes + said_no
        assert all(not row["unread"] for row in rows(reading, "event_attendance"))
