"""The charity's own sheets about money: claims, the account map, rates, income and funds."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from etl.demo import money
from etl.demo.dice import Dice, month_ends
from etl.demo.money import Claim, ClaimLine
from etl.demo.sheets import Cell, Table
from etl.demo.world import World
from etl.demo.xero import DELIVERY_CODE

CLAIM_HEADINGS = (
    "Claim", "Line", "Person", "Kind", "Date of work", "Session or activity", "Amount", "Claim received",
    "Claim complete", "Approved", "Paid", "Chose not to be paid?", "Paid to", "Rate version", "Fund",
)  # fmt: skip


def claims(world: World) -> Table:
    """The claims register, one row per line."""
    table = Table("claims", CLAIM_HEADINGS)
    changed = money.rates_change(world.until)
    first, second = rate_versions(world)
    for claim in world.claims:
        for line in claim.lines:
            table.rows.append(claim_row(claim, line, second if line.work_on >= changed else first))
    return table


def claim_row(claim: Claim, line: ClaimLine, version: str) -> tuple[Cell, ...]:
    """One line as the register holds it."""
    return (
        claim.ref,
        line.line,
        claim.person.email,
        line.kind,
        line.work_on,
        line.about,
        line.amount,
        claim.received,
        claim.valid,
        claim.approved,
        claim.paid,
        claim.declined,
        claim.paid_to,
        version,
        "F1",
    )


def rate_versions(world: World) -> tuple[str, str]:
    """The names of the two rate cards."""
    year = money.rates_change(world.until).year
    return f"{year - 1}-1", f"{year}-1"


def accounts(world: World) -> Table:
    """What each account means."""
    headings = ("System", "Account", "Means", "Kind of income", "Fund", "Confirmed by", "Confirmed on")
    table = Table("accounts", headings)
    on = world.start + timedelta(days=20)
    means = (
        (money.PAY, "partner_pay", None),
        (money.EXPENSES, "partner_expense", None),
        (money.ACCESS, "access", None),
        (money.DELIVERY, "delivery_cost", None),
        (DELIVERY_CODE, "delivery_cost", None),
        (money.CLIENT_FEES, "income", "client_fee"),
        (money.GRANTS, "income", "grant"),
    )
    table.rows += [("xero", account, what, kind, "F1", "finance_lead", on) for account, what, kind in means]
    return table


def rates(world: World) -> Table:
    """Both rate cards."""
    table = Table("rates", ("Version", "Kind", "Unit", "Rate", "From", "Agreed by"))
    changed = money.rates_change(world.until)
    first, second = rate_versions(world)
    for kind, (unit, before, after) in money.RATES.items():
        table.rows.append((first, kind, unit, Decimal(before), changed.replace(year=changed.year - 1), "finance_lead"))
        table.rows.append((second, kind, unit, Decimal(after), changed, "finance_lead"))
    return table


def income(world: World) -> Table:
    """Fees and grants."""
    headings = (
        "Reference", "Kind", "Organisation", "Amount net", "Invoiced", "Due", "Received", "Covers from", "Covers to",
        "Sessions bought", "Restricted?",
    )  # fmt: skip
    table = Table("income", headings)
    for one in world.incomes:
        table.rows.append(
            (
                one.ref,
                one.kind,
                one.organisation.code if one.organisation else None,
                one.amount,
                one.invoiced,
                one.due,
                one.received,
                one.covers_from,
                one.covers_to,
                one.sessions,
                one.restricted,
            )
        )
    return table


def funds(world: World) -> Table:
    """What was held at each month end."""
    table = Table("funds", ("Month end", "Restricted", "Free", "Agreed by"))
    dice = Dice(world.seed, "funds")
    restricted, free = 38000 * world.scale, 9000 * world.scale
    for end in month_ends(world.start, world.until):
        restricted = max(restricted + dice.randint(-4000, 4200) * world.scale, 5000)
        free = max(free + dice.randint(-900, 1000) * world.scale, 1000)
        table.rows.append((end, Decimal(restricted), Decimal(free), "finance_lead"))
    return table
