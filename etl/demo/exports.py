"""Writing every export of the demonstration into one folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from etl.demo import (
    eventbrite,
    forms,
    mess,
    ms_forms,
    staff_money,
    staff_people,
    staff_programme,
    staff_reference,
    surveymonkey,
    xero,
    zoom,
)
from etl.demo.enquiries import Enquiry
from etl.demo.sheets import Table, write_csv, write_xlsx
from etl.demo.world import World

CSV_SHEETS: tuple[Callable[[World], Table], ...] = (
    staff_people.people,
    staff_people.payees,
    staff_people.duplicates,
    staff_people.organisations,
    staff_people.enquiries,
    staff_people.follow_up,
    staff_people.journeys,
    staff_people.access,
    staff_programme.paper_register,
    staff_programme.attendance,
    staff_programme.learning_log,
    staff_money.accounts,
    staff_money.funds,
    staff_reference.equality_totals,
    staff_reference.cases,
    staff_reference.actions,
)
XLSX_SHEETS: tuple[Callable[[World], Table], ...] = (
    staff_people.cohorts,
    staff_programme.events,
    staff_programme.form_questions,
    staff_programme.matches,
    staff_programme.activities,
    staff_programme.interviews,
    staff_programme.quotes,
    staff_money.rates,
    staff_money.income,
    staff_reference.bodies,
    staff_reference.targets,
)


def write(folder: Path, world: World) -> None:
    """Every file of the demonstration, in the layouts of the tools they stand for."""
    folder.mkdir(parents=True, exist_ok=True)
    reports = [zoom.write_report(folder, event) for event in world.events if event.tool == "zoom"]
    _tickets_and_feedback(folder, world)
    _interest(folder, world)
    quarters = _accounts(folder, world)
    for sheet in CSV_SHEETS:
        write_csv(folder, sheet(world))
    for sheet in XLSX_SHEETS:
        write_xlsx(folder, sheet(world))
    for table in (staff_reference.published_figures(), staff_reference.benchmarks(), staff_reference.categories()):
        write_csv(folder, table)
    claims, sessions = staff_money.claims(world), staff_programme.sessions(world)
    mess.spoil_claims(claims, world)
    mess.spoil_sessions(sessions, world)
    write_csv(folder, claims)
    write_csv(folder, sessions)
    mess.add_files(folder, world, reports[-1], quarters[-1])


def _tickets_and_feedback(folder: Path, world: World) -> None:
    for event in world.events:
        if event.tool == "eventbrite":
            eventbrite.write_report(folder, event)
        if event.feedback_tool == "ms_forms":
            ms_forms.write_feedback(folder, event)
        elif event.feedback_tool == "surveymonkey":
            surveymonkey.write_feedback(folder, event)


def _interest(folder: Path, world: World) -> None:
    by_form: dict[str, list[Enquiry]] = {}
    for enquiry in world.enquiries:
        by_form.setdefault(enquiry.form, []).append(enquiry)
    general = forms.interest_form(world.start, None)
    # an export of last year and one of today: the newer holds every row of the older
    last_year = world.until - timedelta(days=365)
    older = [enquiry for enquiry in by_form[general.code] if enquiry.received.date() <= last_year]
    ms_forms.write_interest(folder, "Expression of interest", general, older)
    ms_forms.write_interest(folder, "Expression of interest", general, by_form[general.code])
    for event in world.events:
        form = forms.interest_form(world.start, event)
        if form.code in by_form:
            ms_forms.write_interest(folder, f"Interest after {event.title}", form, by_form[form.code])
    ms_forms.write_applications(folder, forms.application_form(world.start), world.selected)


def _accounts(folder: Path, world: World) -> list[timedelta]:
    spans = []
    start = world.start
    while start <= world.until:
        end = (start + timedelta(days=95)).replace(day=1) - timedelta(days=1)
        xero.write_transactions(folder / f"Account Transactions to {end:%d %b %Y}.csv", start, end, world.entries)
        spans.append(end - start)
        start = _next(end)
    xero.write_bills(folder / "Bills.csv", world.bills)
    return spans


def _next(day: date) -> date:
    return day + timedelta(days=1)
