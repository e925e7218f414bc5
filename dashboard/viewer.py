"""Who is looking: the loopback switch, or a signed-in person whose roles stand in the access file.

The access file (`access.toml` in the home folder) is read on every run, so that taking a person out of it
works at once. What the sign-in says of roles or groups is never used.

    [people]
    "alex@example.org" = ["leadership"]
    "sam@example.org" = ["staff", "staff_case"]
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from warehouse.released import Viewer

TRY_OUT: Mapping[str, tuple[str, ...]] = {
    "leadership": ("leadership",),
    "trustee": ("trustee",),
    "staff": ("staff",),
    "staff_case": ("staff", "staff_case"),
    "staff_finance": ("staff", "staff_finance"),
    "steward": ("steward",),
}
"""The choices of the switch, and the roles of each."""

TRY_OUT_WORDS: Mapping[str, str] = {
    "leadership": "Leadership",
    "trustee": "Trustee",
    "staff": "Staff",
    "staff_case": "Staff who handle enquiries",
    "staff_finance": "Staff who handle claims",
    "steward": "Data steward",
}

ROLES = frozenset({"leadership", "trustee", "staff", "staff_case", "staff_access", "staff_finance", "steward"})
SIGNED_IN_FOR = timedelta(hours=12)


def trying_out(choice: str) -> Viewer:
    """The viewer of a choice of the switch; anything else is the first choice."""
    known = choice if choice in TRY_OUT else next(iter(TRY_OUT))
    return Viewer(f"this-computer-as-{known}", frozenset(TRY_OUT[known]))


def signed_in(claims: Mapping[str, Any], access_file: Path, now: datetime) -> Viewer | None:
    """The viewer of a sign-in, or None when it has expired or the person is not in the access file.

    claims: those of the identity token. A sign-in counts for twelve hours. An address that the provider has
    not verified counts for nothing, and so does an access file that cannot be read.
    """
    issued, address = claims.get("iat"), claims.get("email")
    if not isinstance(issued, int | float) or now.timestamp() - issued > SIGNED_IN_FOR.total_seconds():
        return None
    if not isinstance(address, str) or claims.get("email_verified") is False:
        return None
    roles = _access(access_file).get(address.strip().lower(), frozenset())
    return Viewer(address.strip().lower(), roles) if roles else None


def _access(path: Path) -> dict[str, frozenset[str]]:
    try:
        people = tomllib.loads(path.read_text(encoding="utf-8")).get("people", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}
    if not isinstance(people, dict):
        return {}
    return {
        address.strip().lower(): ROLES & {role for role in roles if isinstance(role, str)}
        for address, roles in people.items()
        if isinstance(roles, list)
    }
