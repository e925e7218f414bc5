"""Invented names. No one here is meant to be anyone; the tests hold them apart from the programme's own people."""

from __future__ import annotations

import csv
from importlib.resources import files

_LINES = files("etl.demo").joinpath("names.csv").read_text(encoding="utf-8").splitlines()
_NAMES = [(row["kind"], row["name"]) for row in csv.DictReader(_LINES)]
FIRST = tuple(name for kind, name in _NAMES if kind == "first")
LAST = tuple(name for kind, name in _NAMES if kind == "last")
PLACES = tuple(name for kind, name in _NAMES if kind == "place")

CAUSES = (
    "Carers Link",
    "Breathing Circle",
    "Sight Friends",
    "Heart Companions",
    "Kidney Voices",
    "Sickle Cell Link",
    "Young People Ahead",
    "Hearing Loop",
    "Stroke Recovery",
    "Memory Companions",
    "Diabetes Together",
    "Rare Conditions Forum",
    "Recovery House",
    "Arthritis Action Group",
    "Migraine Network",
    "Bereavement Support",
    "Disabled People's Forum",
    "Learning Disability Voices",
)

CLIENT_KINDS = (
    ("University Hospitals", "nhs", "nhs_provider"),
    ("Community Health Trust", "nhs", "nhs_provider"),
    ("Mental Health Partnership", "nhs", "nhs_provider"),
    ("Integrated Care Board", "nhs", "nhs_commissioner"),
    ("County Council", "local_authority", "local_authority"),
    ("Social Care Group", "company", "social_care_provider"),
    ("Institute of Health", "university", "research"),
    ("College of Practice", "professional_body", "professional_body"),
)

EVENT_THEMES = (
    "Listening before fixing",
    "Paying people fairly",
    "Sharing power in meetings",
    "Coaching for change",
    "Better questions",
    "Making access ordinary",
    "From consultation to partnership",
    "Leading with curiosity",
    "Stories and evidence",
    "Meeting as equals",
    "What gets in the way",
    "Working together well",
)
