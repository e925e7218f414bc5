"""An organisation is known by its exact code, name or other name, however typed."""

from __future__ import annotations

from etl.organisations import codes_by_wording
from tests.etl.exports import ORGANISATIONS, frame


def test_codes_and_names_and_other_names_are_found_and_what_means_two_is_none() -> None:
    listed = [
        ("O-HILL", "Hilltop “Carers”", "Hilltop; The Hill;  "),
        ("O-VALE", "The Hill", None),
        ("O-DALE", "Dale Trust", "Hilltop"),
    ]
    assert codes_by_wording(frame(ORGANISATIONS, listed)) == {
        "o-hill": "O-HILL",
        "o-vale": "O-VALE",
        "o-dale": "O-DALE",
        'hilltop "carers"': "O-HILL",
        "the hill": "O-VALE",
        "dale trust": "O-DALE",
    }
