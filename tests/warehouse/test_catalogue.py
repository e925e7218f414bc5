"""The metric catalogue says what every figure is, and refuses to start with a mistake in it."""

from __future__ import annotations

import pytest

from warehouse.catalogue import CatalogueError, catalogue, definitions, read_catalogue

GOOD = """-- ---
-- title = "Replies"
-- plain = "How many replied."
-- formula = "count"
-- unit = "replies"
-- owner = "evaluation_lead"
-- questions = ["T5"]
-- audience = ["leadership"]
-- disclosure = "open"
-- kind = "distribution"
-- periods = ["quarter"]
-- dimensions = ["event"]
-- measures = ["n"]
-- tables = ["feedback_answer"]
-- ---
-- one row per event
select event, count(*) as n, ';' as mark
from feedback_answer
where submitted_on between $period_from and $period_to
group by event
-- given feedback_answer
-- | event |
-- | E1    |
-- with period = 2026 Q2
-- expect
-- | event | n |
-- | E1    | 1 |
"""


def test_a_good_file_becomes_a_metric() -> None:
    metric = read_catalogue({"replies": GOOD})["replies"]
    assert (metric.info.id, metric.info.dimensions, metric.info.base, metric.info.cells) == (
        "replies",
        ("event",),
        0,
        False,
    )
    assert metric.parameters == {"period_from", "period_to"}
    assert metric.sql.startswith("-- one row")
    assert "given" not in metric.sql


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('title = "Replies"', 'titel = "Replies"', "unknown field titel; missing field title"),
        ('audience = ["leadership"]', "audience = []", "no audience"),
        ('audience = ["leadership"]', 'audience = ["everyone"]', "unknown role everyone"),
        ('measures = ["n"]', 'measures = ["n", "sum"]', "no column sum"),
        ('dimensions = ["event"]', 'dimensions = ["n"]', "n is declared twice"),
        ('disclosure = "open"', 'disclosure = "guarded"', "needs a base"),
        ('disclosure = "open"', 'disclosure = "secret"', "unknown disclosure secret"),
        ('disclosure = "open"', 'disclosure = "worklist"', "both the kind and the disclosure"),
        ('kind = "distribution"', 'kind = "ratio"', "needs the column of"),
        ('kind = "distribution"', 'kind = "pie"', "unknown kind pie"),
        ('periods = ["quarter"]', 'periods = ["fortnight"]', "unknown period fortnight"),
        ("$period_from", "$person", "unknown parameter person"),
        ("from feedback_answer", "from feedback_answer; drop table x", "one select"),
        ("select event", "delete event", "one select"),
        ("-- expect", "-- hoped for", "no worked example"),
        ('questions = ["T5"]', 'questions = "T5"', "questions must be a list of texts"),
        ('unit = "replies"', "unit = 3", "unit must be str"),
        ("-- plain =", "plain =", "begins with"),
        ('unit = "replies"', "unit = replies", "not TOML"),
    ],
)
def test_a_mistake_is_named_with_its_file(right: str, wrong: str, said: str) -> None:
    assert right in GOOD
    with pytest.raises(CatalogueError, match=r"metrics/replies\.sql: .*" + said):
        read_catalogue({"replies": GOOD.replace(right, wrong)})


def test_every_mistake_is_named_at_once() -> None:
    with pytest.raises(CatalogueError) as found:
        read_catalogue(
            {
                "one": GOOD.replace('audience = ["leadership"]', 'audience = ["everyone"]'),
                "two": GOOD.replace('measures = ["n"]', 'measures = ["sum"]'),
                "three": "select 1",
            }
        )
    words = str(found.value)
    assert all(name in words for name in ("metrics/one.sql", "metrics/two.sql", "metrics/three.sql", "same title"))


def test_our_own_catalogue_has_no_mistake_and_can_be_read_aloud() -> None:
    words = definitions(metric.info for metric in catalogue().values())
    for metric in catalogue().values():
        assert f"{metric.info.id}: {metric.info.title}" in words
        assert metric.info.plain in words


def test_no_metric_but_the_declared_reads_equality_figures() -> None:
    for metric in catalogue().values():
        assert ("equality_released" in metric.sql) == (metric.info.disclosure == "declared"), metric.info.id
