"""The policy can only be tightened, and a wrong file means the strictest rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from warehouse.policy import policy


def _home(folder: Path, text: str) -> Path:
    path = folder / "policy.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_of_its_own_a_home_has_the_products_rule(tmp_path: Path) -> None:
    assert policy(tmp_path / "policy.toml") == policy()
    assert policy().problem == ""


@pytest.mark.parametrize(
    ("roles", "smallest"),
    [
        (["leadership"], 8),
        (["trustee"], 8),
        (["staff", "staff_case"], 8),
        (["steward"], 5),
        (["public"], 10),
        (["steward", "staff"], 8),
        (["steward", "public"], 10),
        ([], 10),
        (["nobody_we_know"], 10),
    ],
)
def test_the_smallest_number_shown_follows_the_strictest_role(roles: list[str], smallest: int) -> None:
    assert policy().threshold(roles) == smallest


def test_a_permission_of_staff_includes_staff_and_an_unknown_role_counts_for_nothing() -> None:
    assert policy().expand(["staff_finance", "root"]) == {"staff_finance", "staff"}


def test_a_home_may_raise_what_is_shown(tmp_path: Path) -> None:
    found = policy(
        _home(tmp_path, "[shown]\nscreens = 12\n[equality]\nsmallest = 50\nfresh = 20\n[services]\npay_days = 20\n")
    )
    assert found.problem == ""
    assert found.threshold(["leadership"]) == 12
    assert (found.equality.smallest, found.equality.fresh, found.services["pay_days"]) == (50, 20, 20)
    assert found.equality.releasing
    assert all(group.listed_from >= 50 for one in found.equality.characteristics.values() for group in one.groups)


def test_a_stricter_base_lists_groups_later(tmp_path: Path) -> None:
    found = policy(_home(tmp_path, "[equality]\nbase = 10\nhide = 14\nsmallest = 50\n"))
    own = {group.id: group.listed_from for group in policy().equality.characteristics["ethnicity"].groups}
    for group in found.equality.characteristics["ethnicity"].groups:
        assert group.listed_from >= max(50, own[group.id] * 15 // 8)


@pytest.mark.parametrize(
    "text",
    [
        "[shown]\nscreens = 7\n",
        "[shown]\nscreens = true\n",
        '[shown]\nscreens = "12"\n',
        "[shown]\npercentages_from = 10\n",
        "[shown]\nanything = 99\n",
        "[equality]\nsmallest = 24\n",
        "[equality]\nhide = 3\n",
        "[equality]\nbase = 10\n",
        "[equality]\none_in = 4\n",
        "[equality]\nreleasing = true\n",
        '[roles.staff]\nshown = "steward"\n',
        '[equality.populations]\neveryone = "All"\n',
        "not toml at all",
        "shown = 3\n",
    ],
)
def test_a_file_that_would_loosen_anything_or_cannot_be_read_means_the_strictest_rule(
    tmp_path: Path, text: str
) -> None:
    found = policy(_home(tmp_path, text))
    assert found.problem
    assert not found.equality.releasing
    assert {found.threshold([role]) for role in found.roles} == {10}


def test_bytes_that_are_not_text_mean_the_strictest_rule(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_bytes(b"\xff\xfe[shown]")
    assert not policy(path).equality.releasing


def test_every_answer_code_is_in_one_group_or_the_reference() -> None:
    for one in policy().equality.characteristics.values():
        tops = [group for group in one.groups if not group.part_of]
        parts = [group for group in one.groups if group.part_of]
        counted = [code for group in tops for code in group.codes]
        assert len(counted) == len(set(counted)), one.id
        assert set(counted) < set(one.codes), one.id
        for top in tops:
            own = [code for part in parts if part.part_of == top.id for code in part.codes]
            assert len(own) == len(set(own)), top.id
            assert set(own) <= set(top.codes), top.id


def test_a_group_of_14_in_100_is_listed_from_58_people_and_none_under_25() -> None:
    groups = {group.id: group.listed_from for group in policy().equality.characteristics["ethnicity"].groups}
    assert (groups["black"], groups["mixed"]) == (58, 134)
    assert min(group.listed_from for one in policy().equality.characteristics.values() for group in one.groups) == 25


def test_listed_groups_follow_head_count_alone() -> None:
    disability = policy().equality.characteristics["disability"]
    assert [group.id for group in disability.listed(25)] == ["disabled"]
    assert [group.id for group in disability.listed(40)] == ["disabled", "limited_a_lot", "limited_a_little"]


def test_a_disabled_person_who_was_asked_yes_or_no_only_is_counted_as_disabled() -> None:
    groups = {group.id: group.codes for group in policy().equality.characteristics["disability"].groups}

    assert groups["disabled"] == {"disabled", "limited_a_lot", "limited_a_little"}
    assert "disabled" not in groups["limited_a_lot"] | groups["limited_a_little"]
