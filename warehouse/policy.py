"""Who may see what, and how small a group may be: `policy.toml`, tightened by a home's own where it has one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

NOT_STATED = "__not_stated"
REST = "__rest"


@dataclass(frozen=True)
class Shown:
    """Smallest numbers that are shown. `t` of a cell depends on who looks; the other two are for everyone."""

    published: int
    screens: int
    steward: int
    percentages_from: int
    averages_from: int


@dataclass(frozen=True)
class Role:
    """One role. `includes` are the roles whose pages it sees as well."""

    id: str
    title: str
    shown: str
    includes: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """One listed group of a characteristic. `codes` are the answers counted in it, its parts' included.

    listed_from: the fewest people asked for which it is listed; it never depends on answers.
    part_of: the group it is a part of, or empty.
    """

    id: str
    label: str
    codes: frozenset[str]
    listed_from: int
    part_of: str = ""


@dataclass(frozen=True)
class Characteristic:
    """One equality question. The reference answer is never counted: it is what is left."""

    id: str
    title: str
    reference: str
    reference_label: str
    codes: frozenset[str]
    groups: tuple[Group, ...]

    @property
    def rest_label(self) -> str:
        """What everyone who is in no listed figure is called."""
        return f"{self.reference_label}, or not shown"

    def listed(self, head_count: int) -> tuple[Group, ...]:
        """The groups that this many people allow, a group before its parts."""
        return tuple(group for group in self.groups if head_count >= group.listed_from)


@dataclass(frozen=True)
class EqualityRules:
    """The settings of disclosure.py's equality method. Nothing new is released unless `releasing`."""

    releasing: bool
    base: int
    hide: int
    smallest: int
    fresh: int
    one_in: int
    populations: Mapping[str, str]
    characteristics: Mapping[str, Characteristic]

    @property
    def room(self) -> int:
        """How far a shown figure may lie from the count it was rounded from."""
        return (self.base - 1) // 2


@dataclass(frozen=True)
class Policy:
    """The rule that is in force. `problem` says why it is the strictest one, when a home's own was wrong."""

    shown: Shown
    roles: Mapping[str, Role]
    services: Mapping[str, int]
    equality: EqualityRules
    problem: str = ""

    def expand(self, roles: Iterable[str]) -> frozenset[str]:
        """The known roles among these, with the roles they include. An unknown role counts for nothing."""
        known = [self.roles[role] for role in roles if role in self.roles]
        return frozenset(role.id for role in known) | {name for role in known for name in role.includes}

    def threshold(self, roles: Iterable[str]) -> int:
        """The smallest number of people shown in a cell to someone with these roles: the strictest of them."""
        sizes = [int(getattr(self.shown, self.roles[role].shown)) for role in roles if role in self.roles]
        return max(sizes, default=self.shown.published)


class PolicyError(Exception):
    """The product's own policy is wrong, so that nothing may start."""


def policy(home: Path | None = None) -> Policy:
    """The policy in force: the product's own, tightened by the file `home` where there is one.

    A home's file that cannot be read, or that would loosen anything, gives the strictest rule instead: everything
    protected as if published, and no new equality figure. `Policy.problem` then says why.
    """
    own = _own()
    if home is None or not home.exists():
        return own
    try:
        found = tomllib.loads(home.read_text("utf-8"))
    except (OSError, ValueError) as error:
        return _strictest(own, f"{home} cannot be read ({error}).")
    wrong = [*_problems(found, own)]
    if wrong:
        return _strictest(own, f"{home}: " + "; ".join(wrong) + ".")
    return replace(
        own,
        shown=replace(own.shown, **found.get("shown", {})),
        services={**own.services, **found.get("services", {})},
        equality=_tightened(own.equality, found.get("equality", {})),
    )


@cache
def _own() -> Policy:
    try:
        found = tomllib.loads((files("warehouse") / "policy.toml").read_text("utf-8"))
        equality = found["equality"]
        characteristics = {
            name: _characteristic(name, entry, equality["smallest"])
            for name, entry in equality["characteristics"].items()
        }
        return Policy(
            shown=Shown(**found["shown"]),
            roles={
                name: Role(name, entry["title"], entry["shown"], tuple(entry["includes"]))
                for name, entry in found["roles"].items()
            },
            services=found["services"],
            equality=EqualityRules(
                releasing=True,
                base=equality["base"],
                hide=equality["hide"],
                smallest=equality["smallest"],
                fresh=equality["fresh"],
                one_in=equality["one_in"],
                populations=equality["populations"],
                characteristics=characteristics,
            ),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise PolicyError(f"warehouse/policy.toml is wrong ({error}). Nothing is shown until it is mended.") from error


def _characteristic(name: str, entry: Mapping[str, Any], smallest: int) -> Characteristic:
    groups: list[Group] = []
    for top in entry["groups"]:
        parts = [_group(part, smallest, top["id"]) for part in top.get("parts", [])]
        codes = frozenset(top.get("codes", ())).union(*(part.codes for part in parts))
        groups += [_group({**top, "codes": codes}, smallest), *parts]
    tops = [group.codes for group in groups if not group.part_of] + [frozenset(entry["reference_codes"])]
    codes = frozenset().union(*tops)
    if len(codes) != sum(len(one) for one in tops):
        raise ValueError(f"an answer of {name} is counted in two groups")
    return Characteristic(name, entry["title"], entry["reference"], entry["reference_label"], codes, tuple(groups))


def _group(entry: Mapping[str, Any], smallest: int, part_of: str = "") -> Group:
    listed_from = max(-(-800 // entry["share"]), smallest)
    return Group(entry["id"], entry["label"], frozenset(entry["codes"]), listed_from, part_of)


def _problems(found: Mapping[str, Any], own: Policy) -> Iterator[str]:
    least: dict[str, Mapping[str, int]] = {
        "shown": vars(own.shown),
        "services": dict.fromkeys(own.services, 1),
        "equality": {name: getattr(own.equality, name) for name in ("base", "hide", "smallest", "fresh")},
    }
    for section, entries in found.items():
        if section not in least or not isinstance(entries, dict):
            yield f"{section} is not a section that a home may set"
            continue
        for name, value in entries.items():
            if section == "equality" and name == "one_in":
                if type(value) is not int or not 1 <= value <= own.equality.one_in:
                    yield f"equality.one_in must be from 1 to {own.equality.one_in}"
            elif name not in least[section]:
                yield f"{section}.{name} is not a setting that a home may set"
            elif type(value) is not int or value < least[section][name]:
                yield f"{section}.{name} must be a whole number of {least[section][name]} or more"
    base = _number(found, "base", own.equality.base)
    if _number(found, "hide", own.equality.hide) < base + (base - 1) // 2:
        yield "equality.hide must be at least one and a half times equality.base"


def _number(found: Mapping[str, Any], name: str, otherwise: int) -> int:
    section = found.get("equality")
    value = section.get(name, otherwise) if isinstance(section, dict) else otherwise
    return value if isinstance(value, int) else otherwise


def _tightened(own: EqualityRules, found: Mapping[str, int]) -> EqualityRules:
    base, hide = found.get("base", own.base), found.get("hide", own.hide)
    smallest = found.get("smallest", own.smallest)
    return replace(
        own,
        base=base,
        hide=hide,
        smallest=smallest,
        fresh=found.get("fresh", own.fresh),
        one_in=found.get("one_in", own.one_in),
        characteristics={
            name: replace(
                entry,
                groups=tuple(
                    replace(group, listed_from=max(smallest, -(-group.listed_from * (hide + 1) // (own.hide + 1))))
                    for group in entry.groups
                ),
            )
            for name, entry in own.characteristics.items()
        },
    )


def _strictest(own: Policy, problem: str) -> Policy:
    most = own.shown.published
    shown = replace(own.shown, screens=most, steward=most, averages_from=max(most, own.shown.averages_from))
    return replace(own, shown=shown, equality=replace(own.equality, releasing=False), problem=problem)
