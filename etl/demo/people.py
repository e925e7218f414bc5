"""The invented organisations and people from whom the demonstration draws everyone it needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from etl.demo.dice import Dice
from etl.demo.equality import truthful_answers
from etl.demo.names import CAUSES, CLIENT_KINDS, FIRST, LAST, PLACES

REGIONS = (
    "north_east",
    "north_west",
    "yorkshire_humber",
    "east_midlands",
    "west_midlands",
    "east_of_england",
    "london",
    "south_east",
    "south_west",
)
MEMBERS = 198  # more than 190, as the programme's own publication says
STRIDE = 7919  # prime, so that stepping by it meets every pair of names once


@dataclass
class Organisation:
    """One invented organisation; `agreement_on` is filled when its first leader is coached."""

    code: str
    name: str
    org_type: str
    setting: str
    region: str
    charity_no: str
    also: str
    is_member: bool
    member_since: date | None
    member_until: date | None = None
    agreement_on: date | None = None


@dataclass
class Person:
    """One invented person. `truth` is what they would answer; forms ask for less."""

    number: int
    first: str
    last: str
    email: str
    phone: str
    region: str
    organisation: Organisation | None
    truth: dict[str, str]

    @property
    def name(self) -> str:
        """First and last name as a form or ticket prints them."""
        return f"{self.first} {self.last}"


def organisations(scale: int, seed: int) -> list[Organisation]:
    """Member charities first (their number does not grow with `scale`), then possible client organisations."""
    dice = Dice(seed, "organisations")
    found = []
    names = [(place, cause) for cause in CAUSES for place in PLACES]
    dice.shuffle(names)
    for number, (place, cause) in enumerate(names[:MEMBERS]):
        since = date(dice.randint(1999, 2021), dice.randint(1, 12), 1)
        found.append(
            Organisation(
                f"O-M{number + 1:03d}",
                f"{place} {cause}",
                "member_charity",
                "voluntary",
                dice.choice(REGIONS),
                str(1990000 + number),
                f"{place} {cause.split()[0]}" if number % 9 == 0 else "",
                True,
                since,
                date(2024, 3, 31) if number % 66 == 65 else None,
            )
        )
    pairs = [(place, kind) for kind in CLIENT_KINDS for place in PLACES]
    dice.shuffle(pairs)
    for number, (place, (suffix, org_type, setting)) in enumerate(pairs[: 32 * scale]):
        found.append(
            Organisation(
                f"O-C{number + 1:03d}", f"{place} {suffix}", org_type, setting, dice.choice(REGIONS), "", "",
                False, None,
            )
        )  # fmt: skip
    return found


def people(scale: int, seed: int, places: list[Organisation]) -> list[Person]:
    """Everyone who might come to an event: 520 for each step of `scale`, no two with one name or address."""
    dice = Dice(seed, "people")
    members = [place for place in places if place.is_member and place.member_until is None]
    clients = [place for place in places if not place.is_member]
    shift = dice.randrange(len(FIRST) * len(LAST))
    found = []
    for number in range(520 * scale):
        first, last = _name(number, shift)
        kind = dice.pick({"none": 0.35, "member": 0.31, "client": 0.34})
        place = None if kind == "none" else dice.choice(members if kind == "member" else clients)
        region = place.region if place and dice.chance(0.8) else dice.choice(REGIONS)
        found.append(
            Person(number, first, last, _address(first, last, number), "", region, place, truthful_answers(dice))
        )
    return found


def _name(number: int, shift: int) -> tuple[str, str]:
    pairs = len(FIRST) * len(LAST)
    turn, within = divmod(number, pairs)
    first, last = divmod((within * STRIDE + shift) % pairs, len(LAST))
    surname = LAST[last]
    return FIRST[first], surname if turn == 0 else f"{surname}-{LAST[(last + turn) % len(LAST)]}"


def _address(first: str, last: str, number: int) -> str:
    plain = re.sub(r"[^a-z.]", "", f"{first}.{last}".lower())
    return f"{plain}@example.{'com' if number % 4 == 0 else 'org'}"


def drama_phone(number: int) -> str:
    """A telephone number from the ranges Ofcom keeps for drama; "" once they are used up."""
    if number < 900:
        return f"07700 900{number:03d}"
    return f"01632 960{number - 900:03d}" if number < 1800 else ""
