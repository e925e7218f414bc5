"""What is found by being there is whole, and a missing half is found out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import ModuleType

import pytest

from dashboard.discovery import discover as pages
from etl import cli
from etl.formats import discover as formats
from etl.home import SETTINGS, HomeSettings
from etl.reading import Format
from etl.template import templates
from expectations.catalogue import suites
from tests.conftest import PROJECT
from warehouse.catalogue import CatalogueError, catalogue, read_catalogue
from warehouse.policy import policy
from warehouse.tables import tables

PARTS_OF_A_FORMAT = ("KEY", "TITLE", "ONE_RECORD_IS", "EXAMPLE", "signature", "read")


def missing_halves(
    canonical: Collection[str], checked: Collection[str], fed: Collection[str], asked: Mapping[str, Collection[str]]
) -> list[str]:
    """What lacks its other half: a table its suite or its source, a suite its table, a page one of its metrics."""
    return [
        *(f"table {name} has no suite" for name in sorted(set(canonical) - set(checked))),
        *(f"suite {name} has no table" for name in sorted(set(checked) - set(canonical))),
        *(f"no template fills {name}" for name in sorted(set(canonical) - set(fed))),
        *(
            f"page {page} asks for {metric}, which is not in the catalogue"
            for page, metrics in asked.items()
            for metric in sorted(metrics)
            if metric not in catalogue()
        ),
    ]


def _canonical() -> set[str]:
    return {table.name for table in tables().values() if not table.made_by_build}


def _fed() -> set[str]:
    by_template = {table for template in templates().values() for table in template.tables}
    return by_template | {"event_registration", "feedback_answer", "ledger_line", "person_merge"}


def test_every_table_has_its_suite_and_a_way_in_and_every_page_its_metrics() -> None:
    asked = {page.slug: page.metrics for page in pages()}

    assert missing_halves(_canonical(), suites(), _fed(), asked) == []


@pytest.mark.parametrize(
    ("canonical", "checked", "fed", "asked", "word"),
    [
        ({"income", "gift"}, {"income"}, {"income", "gift"}, {}, "table gift has no suite"),
        ({"income"}, {"income", "gift"}, {"income"}, {}, "suite gift has no table"),
        ({"income"}, {"income"}, set(), {}, "no template fills income"),
        (set(), set(), set(), {"money": {"gifts_received"}}, "page money asks for gifts_received"),
    ],
)
def test_a_missing_half_is_found(
    canonical: set[str], checked: set[str], fed: set[str], asked: dict[str, set[str]], word: str
) -> None:
    assert any(word in found for found in missing_halves(canonical, checked, fed, asked))


def test_every_format_is_whole_and_recognises_its_own_example_alone() -> None:
    from etl.recognise import recognise
    from etl.text import document_of

    for one in formats():
        assert [found.KEY for found in recognise(document_of(one.EXAMPLE))] == [one.KEY]


@pytest.mark.parametrize("part", PARTS_OF_A_FORMAT)
def test_a_format_without_one_of_its_parts_is_not_one(part: str) -> None:
    half = ModuleType("half")
    for name in PARTS_OF_A_FORMAT:
        if name != part:
            setattr(half, name, getattr(formats()[0], name))

    assert not isinstance(half, Format)


def test_every_metric_is_for_roles_that_the_policy_knows() -> None:
    assert {role for metric in catalogue().values() for role in metric.info.audience} <= set(policy().roles)


def test_a_metric_without_an_audience_or_for_an_unknown_role_stops_the_start() -> None:
    name, metric = next(iter(catalogue().items()))
    text = (PROJECT / "warehouse" / "metrics" / f"{name}.sql").read_text(encoding="utf-8")
    audience = next(line for line in text.splitlines() if line.startswith("-- audience"))

    with pytest.raises(CatalogueError, match="audience"):
        read_catalogue({name: text.replace(audience, "-- audience = []")})
    with pytest.raises(CatalogueError, match="minister"):
        read_catalogue({name: text.replace(audience, '-- audience = ["minister"]')})
    assert metric.info.audience


def test_the_readme_names_every_verb() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")

    missing = [verb for verb in cli.verb_names() if f"voices {verb}" not in readme]

    assert missing == []


def test_the_settings_file_explains_every_setting() -> None:
    assert [name for name in HomeSettings.__dataclass_fields__ if name not in SETTINGS] == []


def test_every_dependency_has_its_reason() -> None:
    import tomllib

    declared = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked_for = [
        *declared["dependencies"],
        *(one for many in declared["optional-dependencies"].values() for one in many),
    ]
    reasons = "".join(
        path.read_text(encoding="utf-8") for path in (PROJECT / "docs" / "decisions").glob("*dependencies*.md")
    )

    names = {one.split(">")[0].split("=")[0].split("<")[0].strip() for one in asked_for}

    assert {name for name in names if name not in reasons} == set()
