"""A programme made by hand: one answer for every metric that a page uses, in the shapes that the door gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.dashboard.released import HandDoor, answer, info
from warehouse.released import Cell, MetricInfo, Released, Viewer, Worklist, WorklistRow

_AUDIENCE: Mapping[str, tuple[str, ...]] = {
    "equality_profile": ("leadership", "trustee"),
    "representation_ratio": ("leadership", "trustee"),
    "declaration_rate": ("leadership", "trustee"),
    "days_to_pay": ("leadership", "trustee", "staff_finance"),
    "client_income_use": ("leadership", "trustee", "staff_finance"),
    "partner_payments": ("leadership", "trustee", "staff_finance"),
    "eoi_answered_in_time": ("staff",),
    "list_eoi": ("staff_case",),
    "list_sessions_to_fix": ("staff_case",),
    "load_health": ("steward",),
    "expectation_failures": ("steward",),
    "event_turnout": ("leadership", "trustee", "staff", "steward"),
    "feedback_positive": ("leadership", "trustee", "staff", "steward"),
    "feedback_reply_rate": ("leadership", "trustee", "staff", "steward"),
    "hard_questions": ("leadership", "trustee", "staff", "steward"),
    "published_figures": ("leadership", "trustee", "staff", "steward"),
    "figure_trace": ("leadership", "trustee", "staff", "steward"),
}
_ANYONE_INSIDE = ("leadership", "trustee", "staff")

SPRING, SUMMER = "Leading with lived experience", "What good support looks like"


def _cells(**figures: float | str | None) -> dict[str, str | Cell]:
    return {name: one if isinstance(one, str) else Cell(one) for name, one in figures.items()}


def _small(**texts: str) -> dict[str, str | Cell]:
    return {**texts, "n": Cell(None, "small"), "share": Cell(None, "small")}


def _event(title: str, on: str, **figures: float | None) -> dict[str, str | Cell]:
    return {"event": f"E-{on}", "event_title": title, "event_on": on, **_cells(**figures)}


def _printed(reference: str, value: float, unit: str, qualifier: str, base: str, **more: str) -> dict[str, str | Cell]:
    texts = {
        "figure_ref": reference,
        "statement": f"A statement of {value:g} {unit}",
        "unit": unit,
        "qualifier": qualifier,
        "base_recorded": base,
        "about_from": "2022-02-09",
        "about_to": "2022-02-09",
        "publication": "Spring report",
        "published_on": "2022-05-31",
        "may_compare": "no",
        **more,
    }
    return {**texts, "value": Cell(value), "base": Cell(None)}


PUBLISHED = [
    _printed("PF-01", 250, "people", "exact", "not_needed"),
    _printed("PF-02", 95, "percent", "exact", "no"),
    _printed("PF-03", 71, "forms", "exact", "not_needed", about_to="2022-03-31"),
    _printed("PF-04", 190, "organisations", "more_than", "not_needed"),
]

PROFILE_TOTALS = {
    "head_count": Cell(162),
    "base": Cell(127),
    "not_stated": Cell(35),
    "snapshot": Cell("2026-09-30"),
}
PROFILE: list[dict[str, str | Cell]] = [
    {"category": "Disabled", "part_of": "", "says": "about 55", **_cells(n=55, share=0.43, low=0.34, high=0.54)},
    {
        "category": "Limited a lot",
        "part_of": "Disabled",
        "says": "about 25",
        **_cells(n=25, share=0.2, low=0.12, high=0.29),
    },
    {
        "category": "Limited a little",
        "part_of": "Disabled",
        "says": "too few to show",
        **{name: Cell(None, "too_few_to_show") for name in ("n", "share", "low", "high")},
    },
    {
        "category": "Not disabled, or not shown",
        "part_of": "",
        "says": "about 70",
        **_cells(n=70, share=None, low=None, high=None),
    },
    {"category": "Not stated", "part_of": "", "says": "about 35", **_cells(n=35, share=None, low=None, high=None)},
]
COMPARED: list[dict[str, str | Cell]] = [
    {
        "category": "Disabled",
        "part_of": "",
        "says": "2.5 times",
        "compared_with": "all residents",
        "compared_on": "2021",
        **_cells(n=55, share=0.43, low=0.34, high=0.54, elsewhere=0.173, ratio=2.5, ratio_low=1.9, ratio_high=3.1),
    }
]
TOLD: list[dict[str, str | Cell]] = [
    {"snapshot": "2026-03-31", "says": "about 60%", **_cells(n=60, share=0.6, low=0.5, high=0.69, of=100)},
    {"snapshot": "2026-09-30", "says": "about 78%", **_cells(n=127, share=0.78, low=0.7, high=0.85, of=162)},
]
TOLD_TOTALS = {**_cells(n=127, share=0.78, low=0.7, high=0.85, of=162), "says": Cell("about 78%")}

_REGIONS = [("london", 14), ("north_west", 11), ("south_east", 9), ("yorkshire_humber", 8)]
_ENQUIRIES: Sequence[tuple[str, str, float]] = [
    ("event", "partner_journey", 21),
    ("event", "in_conversation", 18),
    ("event", "no_first_answer", 9),
    ("member", "partner_journey", 12),
    ("member", "client_or_host", 6),
    ("website", "membership", 4),
    ("website", "closed_no_reply", 11),
]


def _outcomes() -> list[dict[str, str | Cell]]:
    whole: dict[str, float] = {}
    for _, result, many in _ENQUIRIES:
        whole[result] = whole.get(result, 0) + many
    return [{"result": result, "n": Cell(many)} for result, many in whole.items()]


def _enquiry(number: int, waiting: int | None, assigned: str, wants: str) -> WorklistRow:
    return WorklistRow(
        f"I-{number:04}",
        {
            "received": f"2026-11-{number:02}",
            "waiting": "" if waiting is None else str(waiting),
            "assigned": assigned,
            "wants": wants,
            "status": "new" if waiting is not None else "in_conversation",
            "last_contact": "" if waiting is not None else "2026-11-12",
            "next_due": "",
            "may_reply": "yes",
            "may_send_news": "no" if number % 3 else "yes",
        },
    )


ENQUIRIES = tuple(
    _enquiry(number, wait, assigned, wants)
    for number, wait, assigned, wants in [
        (2, 15, "nobody", "coach"),
        (3, 14, "nobody", "coach; hear more"),
        (6, 11, "JS1", "be coached"),
        (9, 10, "JS1", "host"),
        (10, 9, "nobody", "membership"),
        (11, 8, "AB2", "coach"),
        (13, 6, "nobody", "coach"),
        (16, 5, "nobody", "be coached"),
        (17, 4, "JS1", "coach"),
        (18, 3, "nobody", "hear more"),
        (5, None, "JS1", "coach"),
    ]
)


SESSIONS = tuple(
    WorklistRow(reference, {"session_on": on, "state": state, "days": days})
    for reference, on, state, days in [
        ("M-0013", "2026-10-20", "no record", "34"),
        ("M-0012", "2026-11-01", "missed by the client", "22"),
        ("M-0013", "2026-11-03", "moved, no new date", "20"),
    ]
)


def answers() -> dict[str, Released]:
    """Every answer, by metric, or by metric and the dimension it is split by."""
    return {
        "people_in_programme": answer(
            "people_in_programme", [_cells(role="partner", n=58), _cells(role="client", n=31)], {"people": Cell(87)}
        ),
        "people_in_programme/region": answer(
            "people_in_programme",
            [
                row
                for role in ("partner", "client")
                for row in [
                    *(_cells(role=role, region=region, n=many) for region, many in _REGIONS),
                    _small(role=role, region="west_midlands"),
                    _small(role=role, region="south_west"),
                ]
            ],
            withheld={"small": 2, "protects_another": 2},
        ),
        "client_organisations": answer("client_organisations", [], {"n": Cell(17), "organisations": Cell(17)}),
        "eoi_outcome": answer("eoi_outcome", _outcomes(), filters={"period": "2025-26"}),
        "eoi_outcome/source": answer(
            "eoi_outcome",
            [{"source": source, "result": result, "n": Cell(many)} for source, result, many in _ENQUIRIES],
            filters={"period": "2025-26"},
        ),
        "member_reach": answer("member_reach", [], _only(n=38, of=192), filters={"period": "2025-26"}),
        "event_turnout": answer(
            "event_turnout",
            [
                _event(SPRING, "2026-05-12", n=182, of=240, attendees=206, walk_ins=24),
                _event(SUMMER, "2026-09-15", n=64, of=98, attendees=71, walk_ins=7),
            ],
        ),
        "feedback_positive": answer(
            "feedback_positive",
            [
                _event(SPRING, "2026-05-12", n=58, of=67, share=0.866, low=0.764, high=0.928),
                {**_event(SUMMER, "2026-09-15"), "n": Cell(None, "base_too_small"), "of": Cell(None, "base_too_small")},
            ],
            withheld={"base_too_small": 2},
        ),
        "feedback_reply_rate": answer(
            "feedback_reply_rate",
            [_event(SPRING, "2026-05-12", n=71, of=206), _event(SUMMER, "2026-09-15", n=7, of=71)],
        ),
        "hard_questions": answer(
            "hard_questions",
            [_cells(topic="cost", n=9), _cells(topic="clarity_of_offer", n=14), _cells(topic="trust", n=4)],
        ),
        "published_figures": answer("published_figures", PUBLISHED),
        "support_coverage": answer(
            "support_coverage",
            [
                _cells(activity_kind="supervision", n=34, of=41),
                _cells(activity_kind="action_learning", n=22, of=41),
                _cells(activity_kind="peer_coaching", n=9, of=41),
                _cells(activity_kind="debrief", n=0, of=41),
            ],
        ),
        "session_status": answer(
            "session_status",
            [
                _cells(month=month, state=state, n=many)
                for month, states in {
                    "2026-07": {"held": 21, "moved": 4, "cancelled": 2, "no_record": 3},
                    "2026-08": {"held": 14, "moved": 2, "missed": 1},
                    "2026-09": {"held": 27, "cancelled": 3, "no_record": 5},
                }.items()
                for state, many in states.items()
            ],
        ),
        "caseload": answer(
            "caseload",
            [_cells(matches=band, n=many) for band, many in {"0": 9, "1": 27, "2": 4, "3 or more": 1}.items()],
        ),
        "paid_within_30_days": answer(
            "paid_within_30_days", [], _only(n=96, of=121, n_pounds=11520, of_pounds=14610, unpaid=10)
        ),
        "days_to_pay": answer(
            "days_to_pay",
            [
                _cells(**{"from": "0", "to": "6", "n": 34, "open": 0}),
                _cells(**{"from": "7", "to": "13", "n": 48, "open": 2}),
                _cells(**{"from": "28", "to": "34", "n": 12, "open": 1}),
                _cells(**{"from": "70", "to": "76", "n": 4, "open": 3}),
                _cells(**{"from": "84", "to": "90", "n": 1, "open": 0}),
            ],
            _only(n=99, median=11, ninth_decile=33, longest=88, longest_open=74, open=6, payees=33),
            filters={"clock": "claim_complete"},
        ),
        "equality_profile": answer("equality_profile", PROFILE, PROFILE_TOTALS, n=127),
        "representation_ratio": answer("representation_ratio", COMPARED, PROFILE_TOTALS, n=127),
        "declaration_rate": answer("declaration_rate", TOLD, TOLD_TOTALS, n=162),
        "client_income_use": answer(
            "client_income_use",
            [
                _cells(use="paid to partners", pounds=46200),
                _cells(use="delivery", pounds=38900),
                _cells(use="remainder", pounds=15300),
            ],
            {"client_fees": Cell(100400)},
            filters={"period": "2025-26"},
        ),
        "partner_payments": answer(
            "partner_payments",
            [_cells(purpose="pay", pounds=12400), _cells(purpose="taking part", pounds=3180)],
            {"pounds": Cell(15580)},
        ),
        "eoi_answered_in_time": answer("eoi_answered_in_time", [], _only(n=31, of=44)),
        "load_health": answer("load_health", _loads()),
        "expectation_failures": answer(
            "expectation_failures",
            [
                {
                    **_cells(checked=431, failed=2),
                    "file": "claims.csv",
                    "table": "payment",
                    "rule": "payment.S2",
                    "plain": "A claim is paid after it is received.",
                    "severity": "stop",
                    "check_broke": "no",
                    "owner": "finance_lead",
                    "first_seen": "2026-11-20",
                    "run": "R2",
                }
            ],
        ),
        "figure_trace": answer(
            "figure_trace",
            [
                {
                    "table": "application",
                    "file": "journeys april.xlsx",
                    "format": "template_journeys",
                    "digest": "a1b2c3d4e5f6",
                    "loaded_on": "2026-11-23",
                    "rows": Cell(431),
                }
            ],
        ),
    }


def _only(**figures: float) -> dict[str, Cell]:
    return {name: Cell(one) for name, one in figures.items()}


def _loads() -> list[dict[str, str | Cell]]:
    files = [
        (
            "R2",
            "2026-11-23 06:10:00",
            "claims.csv",
            "template_claims",
            "partly_loaded",
            "payment.S2",
            (431, 420, 2, 1, 8),
        ),
        ("R2", "2026-11-23 06:10:00", "zoom report.csv", "zoom_webinar_attendee", "loaded", "", (250, 244, 0, 6, 0)),
        ("R2", "2026-11-23 06:10:00", "holiday.txt", "", "unrecognised", "no-format", (0, 0, 0, 0, 0)),
        ("R1", "2026-11-20 06:10:00", "journeys april.xlsx", "template_journeys", "loaded", "", (431, 431, 0, 0, 0)),
    ]
    return [
        {
            "run": run,
            "started": started,
            "file": file,
            "format": kind,
            "outcome": outcome,
            "reason": reason,
            "digest": "a1b2c3d4e5f6",
            **_cells(**dict(zip(("read", "loaded", "quarantined", "ignored", "duplicate"), counts, strict=True))),
        }
        for run, started, file, kind, outcome, reason, counts in files
    ]


class SpecimenDoor(HandDoor):
    """The programme behind a door that knows whose each answer is."""

    def __init__(self) -> None:
        lists = {
            "list_eoi": Worklist(info("list_eoi"), "shown", ENQUIRIES, len(ENQUIRIES)),
            "list_sessions_to_fix": Worklist(info("list_sessions_to_fix"), "shown", SESSIONS, len(SESSIONS)),
        }
        super().__init__(answers(), lists, {row.reference: "Alex Sample" for row in ENQUIRIES})

    def release(self, metric_id: str, viewer: Viewer, *, page: str = "", **filters: str) -> Released:
        if not self._may(metric_id, viewer):
            return answer(metric_id, state="refused")
        by = filters.get("by", "")
        return self.answers.get(f"{metric_id}/{by}") or self.answers[metric_id]

    def worklist(self, name: str, viewer: Viewer, *, page: str = "", **filters: str) -> Worklist:
        if not self._may(name, viewer):
            return Worklist(info(name), "refused")
        return self.lists[name]

    def visible(self, viewer: Viewer) -> tuple[MetricInfo, ...]:
        known = dict.fromkeys([name.split("/")[0] for name in self.answers] + [*self.lists])
        return tuple(info(name) for name in known if self._may(name, viewer))

    def _may(self, metric: str, viewer: Viewer) -> bool:
        also = {"staff"} if any(role.startswith("staff_") for role in viewer.roles) else set()
        return bool((viewer.roles | also) & set(_AUDIENCE.get(metric, _ANYONE_INSIDE)))
