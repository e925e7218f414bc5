"""Who is looking, and what the access file says of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.viewer import TRY_OUT, TRY_OUT_WORDS, signed_in, trying_out

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CLAIMS = {"email": "alex@example.org", "iat": NOW.timestamp() - 60}


def _access(folder: Path, text: str) -> Path:
    path = folder / "access.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_person_in_the_access_file_has_its_roles_and_no_others(tmp_path: Path) -> None:
    path = _access(tmp_path, '[people]\n"Alex@example.org" = ["staff", "staff_case", "owner_of_everything"]\n')

    found = signed_in({**CLAIMS, "groups": ["steward"]}, path, NOW)

    assert found is not None
    assert found.identity == "alex@example.org"
    assert found.roles == {"staff", "staff_case"}


def test_taking_a_person_out_of_the_file_works_at_once(tmp_path: Path) -> None:
    path = _access(tmp_path, '[people]\n"alex@example.org" = ["leadership"]\n')
    assert signed_in(CLAIMS, path, NOW) is not None

    path.write_text("[people]\n", encoding="utf-8")

    assert signed_in(CLAIMS, path, NOW) is None


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "alex@example.org"},
        {**CLAIMS, "iat": NOW.timestamp() - 13 * 3600},
        {**CLAIMS, "email_verified": False},
        {**CLAIMS, "email": None},
        {**CLAIMS, "email": "sam@example.org"},
    ],
    ids=["no time", "an old sign-in", "an unverified address", "no address", "someone else"],
)
def test_a_sign_in_that_cannot_be_relied_on_opens_nothing(tmp_path: Path, claims: dict[str, object]) -> None:
    path = _access(tmp_path, '[people]\n"alex@example.org" = ["leadership"]\n')

    assert signed_in(claims, path, NOW) is None


@pytest.mark.parametrize("text", ["not toml [", "people = 3", '[people]\n"alex@example.org" = "leadership"\n'])
def test_an_access_file_that_cannot_be_read_opens_nothing(tmp_path: Path, text: str) -> None:
    assert signed_in(CLAIMS, _access(tmp_path, text), NOW) is None


def test_a_missing_access_file_opens_nothing(tmp_path: Path) -> None:
    assert signed_in(CLAIMS, tmp_path / "access.toml", NOW) is None


def test_the_switch_offers_every_role_by_name_and_an_unknown_choice_is_its_first() -> None:
    assert set(TRY_OUT) == set(TRY_OUT_WORDS)
    assert trying_out("staff_case").roles == {"staff", "staff_case"}
    assert trying_out("owner_of_everything").roles == {"leadership"}
