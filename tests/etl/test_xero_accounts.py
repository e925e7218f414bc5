from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from etl.errors import Refused
from etl.formats import xero_account_transactions as transactions
from etl.formats import xero_bills as bills
from etl.reading import Context, Reading
from tests.conftest import samples
from tests.etl.exports import accounts_for, column, context, read, rows

MAP = [
    ("xero", "5210", "partner_pay", None),
    ("xero", "Rooms", "delivery_cost", None),
    ("xero", "Client fees", "income", "client_fee"),
    ("xero", "Business Bank Account", "out_of_scope", None),
    ("sage", "Postage", "delivery_cost", None),
]
PAYEES = [
    ("ALEX SAMPLE", "partner", "P-7K3QXWBD"),
    ("Meeting Rooms - North", "supplier", None),
    ("Sam Example", "staff", "P-4HRT9MZC"),
    ("Sam Example - Coaching", "partner", "P-4HRT9MZC"),
]
TOP = """\
Account Transactions
Voices for Improvement (example)
For the period 1 April 2026 to 30 June 2026

Date,Source,Description,Reference,Debit,Credit,Running Balance
"""


def known() -> Context:
    return context(accounts=MAP, payees=PAYEES)


def report(*lines: str, top: str = TOP) -> str:
    return top + "\n".join(lines) + "\n"


def pay(amount: str, *, day: str = "22 Jun 2026", payee: str = "Alex Sample - June", reference: str = "CL-0204") -> str:
    return f"{day},Spend Money,{payee},{reference},{amount},,"


def refused(content: str, *, tool: object = transactions) -> Refused:
    with pytest.raises(Refused) as caught:
        read(transactions if tool is transactions else bills, content, known())
    return caught.value


def code(content: str) -> str:
    return refused(content).messages[0].code


def codes(reading: Reading) -> list[str]:
    return [message.code for message in reading.messages]


def test_the_example_gives_payments_with_tax_and_refunds_below_nothing() -> None:
    reading = read(transactions, transactions.EXAMPLE, known())
    found = rows(reading, "ledger_line")
    assert [(row["account"], row["category"], row["amount"]) for row in found] == [
        ("5210", "partner_pay", Decimal("60.00")),
        ("5210", "partner_pay", Decimal("-10.00")),
        ("Rooms", "delivery_cost", Decimal("1200.00")),
    ]
    assert [row["claim_ref"] for row in found] == ["CL-0204", "CL-0204", None]
    assert [row["person_key"] for row in found] == ["P-7K3QXWBD", "P-7K3QXWBD", None]
    assert sorted(reading.ignored.values()) == ["opening_balance", "opening_balance"] + ["total_row"] * 3
    assert accounts_for(reading) == set(reading.records)
    assert reading.subject == "2026-04-01 to 2026-06-30"
    assert reading.messages == []


@pytest.mark.parametrize("account", ["5210", "Partner pay (5210)", "5210 - Partner pay", "5210: Partner pay"])
def test_an_account_is_known_by_its_code_however_it_is_printed(account: str) -> None:
    reading = read(transactions, report(account, pay("60.00"), f"Total {account},,,,60.00,0.00,"), known())
    assert column(reading, "ledger_line", "category") == ["partner_pay"]


def test_an_account_that_is_not_listed_keeps_its_lines_without_a_category_and_says_which_it_is() -> None:
    reading = read(transactions, report("Postage", pay("60.00"), "Total Postage,,,,60.00,,"), known())
    assert column(reading, "ledger_line", "category") == [None]
    assert codes(reading) == ["account-not-listed"]
    assert '"Postage"' in reading.messages[0].text


def test_an_account_that_is_not_ours_is_ignored_line_by_line() -> None:
    reading = read(
        transactions,
        report("Business Bank Account", pay("60.00"), "Total Business Bank Account,,,,60.00,,"),
        known(),
    )
    assert reading.tables == {}
    assert reading.ignored == {7: "out_of_scope", 8: "total_row"}
    assert reading.records == [7, 8]


@pytest.mark.parametrize(
    ("payee", "person"),
    [
        ("Alex Sample - June session", "P-7K3QXWBD"),
        ("alex  sample", "P-7K3QXWBD"),
        ("Sam Example - Coaching - May", "P-4HRT9MZC"),
        ('"Alex Sample - two\nlines"', "P-7K3QXWBD"),
        ("Meeting Rooms - North - hall", None),
        ("Sam Example - salary", None),
    ],
)
def test_a_payee_is_the_longest_wording_that_is_listed(payee: str, person: str | None) -> None:
    reading = read(transactions, report("5210", pay("60.00", payee=payee), "Total 5210,,,,60.00,,"), known())
    assert column(reading, "ledger_line", "person_key") == [person]
    assert codes(reading) == []


def test_a_payee_of_partner_pay_who_is_not_listed_is_counted_and_never_named() -> None:
    reading = read(
        transactions, report("5210", pay("60.00", payee="Jo Invented - May"), "Total 5210,,,,60.00,,"), known()
    )
    assert codes(reading) == ["payee-not-listed"]
    assert "Jo" not in reading.messages[0].text
    assert "Jo Invented" not in str(rows(reading, "ledger_line"))


def test_money_in_is_income_net_of_tax_and_the_lines_of_one_reference_are_one_sum() -> None:
    top = TOP.replace("Balance", "Balance,Gross,Tax")
    reading = read(
        transactions,
        report(
            "Client fees",
            "02 Jun 2026,Receivable Invoice,Hilltop Carers,IN-0019,,1800.00,,(2160.00),(360.00)",
            "24 Jun 2026,Receive Money,Hilltop Carers - rest,IN-0019,,200.00,,(240.00),(40.00)",
            "25 Jun 2026,Receive Money,Other Body,,,50.00,,(50.00),0.00",
            "Total Client fees,,,,0.00,2050.00,,(2450.00),(400.00)",
            top=top,
        ),
        known(),
    )
    found = rows(reading, "income")
    assert [row["amount"] for row in found] == [Decimal("2000.00"), Decimal("2000.00"), Decimal("50.00")]
    assert found[0]["income_ref"] == found[1]["income_ref"] == "IN-0019"
    assert found[2]["income_ref"].startswith("xero-")
    assert (found[0]["invoiced_on"], found[0]["received_on"]) == (date(2026, 6, 2), date(2026, 6, 24))
    assert found[0]["kind"] == "client_fee"
    assert "ledger_line" not in reading.tables


def test_sums_are_read_however_they_are_printed() -> None:
    lines = [pay('"1,850.00"'), pay("£20.50"), "23 Jun 2026,Journal,Alex Sample,CL-1,(5.00),,", pay("0.00")]
    reading = read(transactions, report("5210", *lines, 'Total 5210,,,,"1,865.50",,'), known())
    assert column(reading, "ledger_line", "amount") == [Decimal("1850.00"), Decimal("20.50"), Decimal("-5.00")]
    assert reading.ignored[10] == "out_of_scope"


def test_equal_lines_of_one_day_are_kept_apart_and_named_the_same_in_every_export() -> None:
    first = read(transactions, report("5210", pay("60.00"), pay("60.00"), "Total 5210,,,,120.00,,"), known())
    later = read(
        transactions,
        report("5210", pay("5", reference="CL-9"), pay("60.00"), pay("60.00"), "Total 5210,,,,125.00,,"),
        known(),
    )
    names = [(row["document_id"], row["line"]) for row in rows(first, "ledger_line")]
    assert len(set(names)) == 2
    assert names == [(row["document_id"], row["line"]) for row in rows(later, "ledger_line")][1:]


def test_a_section_out_by_a_penny_refuses_the_file_and_says_by_how_much() -> None:
    problem = refused(report("5210", pay("60.00"), "Total 5210,,,,60.01,,")).messages[0]
    assert (problem.code, problem.line, problem.column) == ("total-differs", 8, "Debit")
    assert "£0.01" in problem.text


def test_a_grand_total_out_by_a_penny_refuses_the_file() -> None:
    sections = ["5210", pay("60.00"), "Total 5210,,,,60.00,,", "Rooms", pay("5"), "Total Rooms,,,,5,,"]
    assert read(transactions, report(*sections, "Total,,,,65.00,0.00,"), known()).messages == []
    assert code(report(*sections, "Total,,,,65.00,0.01,")) == "total-differs"


def test_an_opening_balance_may_be_in_the_total_or_not() -> None:
    opening = "Opening Balance,,,,100.00,0.00,"
    for total in ("60.00", "160.00"):
        reading = read(transactions, report("5210", opening, pay("60.00"), f"Total 5210,,,,{total},0.00,"), known())
        assert column(reading, "ledger_line", "amount") == [Decimal("60.00")]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["5210", pay("60.00")], "no-total"),
        (["5210", pay("60.00"), "Rooms", pay("5"), "Total Rooms,,,,5,,"], "no-total"),
        ([pay("60.00"), "Total 5210,,,,60.00,,"], "no-account"),
        (["5210", pay("60.00"), "Total 5210,,,,60.00,,", pay("5")], "no-account"),
        (["5210", "22 Jun 2026,Journal,Alex Sample,CL-1,5.00,5.00,", "Total 5210,,,,5.00,5.00,"], "both-sides"),
        (["5210", pay("sixty"), "Total 5210,,,,60.00,,"], "not-a-sum"),
        (["5210", pay("60.001"), "Total 5210,,,,60.001,,"], "not-a-sum"),
        (["5210", pay("60.00", day="01 Jul 2026"), "Total 5210,,,,60.00,,"], "outside-period"),
    ],
)
def test_a_report_that_does_not_hold_together_is_refused_whole(lines: list[str], wanted: str) -> None:
    assert code(report(*lines)) == wanted


def test_gross_that_is_not_debit_and_tax_refuses_the_file() -> None:
    top = TOP.replace("Balance", "Balance,Gross,Tax")
    line = "22 Jun 2026,Spend Money,Meeting Rooms - North,R-1,100.00,,,{gross},20.00"
    total = "Total Rooms,,,,100.00,,,,20.00"
    fine = read(transactions, report("Rooms", line.format(gross="120.00"), total, top=top), known())
    assert column(fine, "ledger_line", "amount") == [Decimal("120.00")]
    assert code(report("Rooms", line.format(gross="121.00"), total, top=top)) == "gross-differs"


def test_tax_is_part_of_what_was_paid_where_the_report_has_no_gross() -> None:
    top = TOP.replace("Balance", "Balance,Tax")
    line = "22 Jun 2026,Spend Money,Meeting Rooms - North,R-1,100.00,,,20.00"
    reading = read(transactions, report("Rooms", line, "Total Rooms,,,,100.00,,,20.00", top=top), known())
    assert column(reading, "ledger_line", "amount") == [Decimal("120.00")]


@pytest.mark.parametrize(
    ("period", "first"),
    [
        ("For the month ended 30 June 2026", "2026-06-01"),
        ("For the 3 months ended 30 June 2026", "2026-04-01"),
        ("For the year ended 30 June 2026", "2025-07-01"),
        ("For the period 01/06/2026 to 30/06/2026", "2026-06-01"),
    ],
)
def test_the_period_may_be_worded_in_several_ways(period: str, first: str) -> None:
    top = TOP.replace("For the period 1 April 2026 to 30 June 2026", period)
    reading = read(transactions, report("5210", pay("60.00"), "Total 5210,,,,60.00,,", top=top), known())
    assert reading.subject == f"{first} to 2026-06-30"


@pytest.mark.parametrize("period", ["", "For the period April to June", "For the period 30 June 2026 to 1 April 2026"])
def test_a_report_without_its_period_is_refused(period: str) -> None:
    top = TOP.replace("For the period 1 April 2026 to 30 June 2026", period)
    assert code(report("5210", pay("60.00"), "Total 5210,,,,60.00,,", top=top)) == "no-period"


def test_days_come_first_and_a_day_that_cannot_be_read_holds_its_line() -> None:
    reading = read(
        transactions,
        report("5210", pay("60.00", day="02/06/2026"), pay("5", day="June"), "Total 5210,,,,65.00,,"),
        known(),
    )
    assert column(reading, "ledger_line", "booked_on") == [date(2026, 6, 2), None]
    assert column(reading, "ledger_line", "unread") == ["", "booked_on"]


def test_a_report_in_another_currency_or_without_its_columns_is_refused() -> None:
    body = ("5210", pay("60.00"), "Total 5210,,,,60.00,,")
    assert code(report(*body, top=TOP.replace("Debit,", "Debit (USD),"))) == "currency"
    assert code(report(*body, top=TOP.replace("Debit,", "Amount,"))) == "missing-column"
    fine = read(transactions, report(*body, top=TOP.replace("Debit,", "Debit (GBP),")), known())
    assert column(fine, "ledger_line", "amount") == [Decimal("60.00")]


HEAD = (
    "*ContactName,EmailAddress,*InvoiceNumber,Reference,*InvoiceDate,*DueDate,Total,*Description,*Quantity,*UnitAmount,"
    "LineAmount,*AccountCode,Currency"
)


def bill(
    number: str = "MR-2211", *, payee: str = "Meeting Rooms - North", day: str = "23/06/2026", total: str, line: str
) -> str:
    return f"{payee},x@example.org,{number},CL-0204,{day},23/07/2026,{total},Hall,1,{line},{line},Rooms,GBP"


def billed(*lines: str, head: str = HEAD) -> str:
    return "\n".join(["\ufeff" + head, *lines, ""])


def test_a_bill_is_its_lines_and_never_its_repeated_total() -> None:
    reading = read(bills, bills.EXAMPLE, context(accounts=[("xero", "5300", "delivery_cost", None), *MAP]))
    found = rows(reading, "ledger_line")
    assert [(row["document_id"], row["line"], row["amount"]) for row in found] == [
        ("MR-2211", 1, Decimal("120.00")),
        ("MR-2211", 2, Decimal("20.00")),
        ("CC-88", 1, Decimal("95.50")),
    ]
    assert [row["category"] for row in found] == ["delivery_cost", "delivery_cost", None]
    assert found[0]["booked_on"] == date(2026, 6, 23)
    assert accounts_for(reading) == set(reading.records)


def test_lines_that_do_not_add_up_to_their_total_refuse_the_file() -> None:
    content = billed(bill(total="140.00", line="120.00"), bill(total="140.00", line="20.01"))
    problem = refused(content, tool=bills).messages[0]
    assert (problem.code, problem.line) == ("total-differs", 2)
    assert "£0.01" in problem.text
    assert refused(billed(bill(total="5", line="2"), bill(total="3", line="3")), tool=bills)


@pytest.mark.parametrize(("total", "paid"), [("120.00", "120.00"), ("144.00", "144.00")])
def test_lines_may_be_printed_with_their_tax_or_without(total: str, paid: str) -> None:
    head = f"{HEAD},TaxAmount"
    reading = read(bills, billed(f"{bill(total=total, line='120.00')},24.00", head=head), known())
    assert column(reading, "ledger_line", "amount") == [Decimal(paid)]


def test_without_a_line_amount_it_is_quantity_times_unit_amount() -> None:
    head = HEAD.replace("LineAmount,", "")
    line = "Meeting Rooms - North,x@example.org,MR-1,,23/06/2026,23/07/2026,30.00,Hall,3,10.00,Rooms,GBP"
    assert column(read(bills, billed(line, head=head), known()), "ledger_line", "amount") == [Decimal("30.00")]


@pytest.mark.parametrize(("day", "wanted"), [("02/06/2026", date(2026, 6, 2)), ("2026-06-02", date(2026, 6, 2))])
def test_bill_days_are_iso_or_day_first(day: str, wanted: date) -> None:
    assert column(read(bills, billed(bill(day=day, total="5", line="5")), known()), "ledger_line", "booked_on") == [
        wanted
    ]


def test_one_number_used_by_two_payees_is_two_bills() -> None:
    reading = read(
        bills,
        billed(
            bill("INV-001", payee="Alex Sample", total="60", line="60"),
            bill("INV-001", payee="Sam Example - Coaching", total="70", line="70"),
        ),
        known(),
    )
    assert len(set(column(reading, "ledger_line", "document_id"))) == 2
    assert column(reading, "ledger_line", "person_key") == ["P-7K3QXWBD", "P-4HRT9MZC"]
    alone = read(bills, billed(bill("INV-001", payee="Alex Sample", total="60", line="60")), known())
    assert column(alone, "ledger_line", "document_id")[0] in column(reading, "ledger_line", "document_id")


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("GBP", "USD", "currency"),
        ("60,60,Rooms", "$60,$60,Rooms", "currency"),
        ("60,60,Rooms", "60,sixty,Rooms", "not-a-sum"),
        ("60,60,Rooms", "60,,Rooms", ""),
        ("60,60,Rooms,GBP", "60,60,Rooms,GBP,more", "too-wide"),
    ],
)
def test_bills_of_other_money_or_shape_are_refused(old: str, new: str, wanted: str) -> None:
    content = billed(bill(total="60", line="60").replace(old, new))
    if wanted:
        assert refused(content, tool=bills).messages[0].code == wanted
    else:
        assert column(read(bills, content, known()), "ledger_line", "amount") == [Decimal("60.00")]


def test_sales_invoices_have_the_same_headings_and_are_not_bills() -> None:
    content = billed(bill(total="60", line="60") + ",Sales invoice", head=f"{HEAD},Type")
    assert refused(content, tool=bills).messages[0].code == "not-bills"


def test_a_bill_line_without_number_or_day_is_held_and_a_line_for_nothing_is_left_out() -> None:
    reading = read(
        bills,
        billed(
            bill("", day="soon", total="60", line="60"),
            bill(total="5", line="5"),
            bill(total="5", line="0.00"),
            "," * 12,
        ),
        known(),
    )
    assert column(reading, "ledger_line", "unread") == ["booked_on,document_id", ""]
    assert reading.ignored == {4: "out_of_scope", 5: "blank"}
    assert accounts_for(reading) == set(reading.records)


def test_descriptions_and_addresses_stay_outside() -> None:
    reading = read(bills, bills.EXAMPLE, known())
    assert {"EmailAddress", "*Description"} <= set(reading.dropped)
    assert "rooms@example.org" not in str(rows(reading, "ledger_line"))
    assert codes(reading)[-1] == "bills-or-transactions"


def test_the_real_layouts_are_read_line_by_line() -> None:
    folder = samples()
    if folder is None:
        return
    [path] = (folder / "xero").glob("account_transactions_1*")
    content = path.read_bytes()
    every = [("xero", "Business Bank Account", "delivery_cost", None)]
    reading = read(transactions, content, context(accounts=every))
    dated = [line for line in content.decode().splitlines() if line[:2].isdigit()]
    assert len(rows(reading, "ledger_line")) == len(dated) == 3
    assert sum(column(reading, "ledger_line", "amount")) == Decimal("11327.12") - Decimal("4000.00")
    [path] = (folder / "xero").glob("bills_1*")
    in_dollars = path.read_bytes()
    assert refused(in_dollars.decode(), tool=bills).messages[0].code == "currency"
    in_pounds = read(
        bills, in_dollars.replace(b"USD", b"GBP"), context(accounts=[("xero", "300", "delivery_cost", None)])
    )
    totals = {line.split(b",")[2]: line.split(b",")[7] for line in in_dollars.splitlines()[1:]}
    assert sum(column(in_pounds, "ledger_line", "amount")) == sum(Decimal(total.decode()) for total in totals.values())
