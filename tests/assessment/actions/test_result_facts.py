"""Results of first attempts become facts, once; a rescored one replaces its record."""

from datetime import timedelta
from typing import Any

import pytest

from nastavnik.assessment.actions import rescoring, result_facts
from nastavnik.assessment.enums import Outcome, Treatment
from nastavnik.assessment.models import Result
from nastavnik.metrics import store
from nastavnik.metrics.models import FactDay
from tests.factories.assessment import AT, an_organisation
from tests.factories.results import a_form, a_sitting, an_exam, live_items, people, sat, version_of

pytestmark = pytest.mark.django_db


def facts() -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    with store.connect() as db:
        for day in FactDay.objects.filter(stream="exam_results").order_by("day"):
            path = store.path_of("exam_results", day.file_name)
            sql = f"SELECT exam, earned, possible, passed FROM read_parquet('{path}') ORDER BY person_id"
            rows += db.execute(sql).fetchall()
    return rows


def test_every_first_attempt_is_one_fact_however_often_they_are_sent() -> None:
    an_organisation()
    members = live_items(4)
    form = a_form(an_exam("monthly", pass_percent=75), members)
    takers, window = people(2), a_sitting(form, attempts_allowed=2)
    sat(form, takers, [[0, 0, 0, 1], [1, 0, 0, 1]], sitting=window)
    sat(form, takers[1:], [[0, 0, 0, 0]], sitting=window, number=2, at=AT + timedelta(hours=1))
    assert result_facts.send(at=AT) == 2
    assert facts() == [("monthly", 3000, 4000, True), ("monthly", 2000, 4000, False)]
    assert result_facts.send(at=AT) == 0


def test_a_rescored_result_replaces_its_fact() -> None:
    an_organisation()
    members = live_items(4)
    sat(a_form(an_exam("monthly", pass_percent=75), members), people(1), [[1, 0, 0, 1]])
    result_facts.send(at=AT)
    rescoring.rescore(
        version=version_of(members[0]), treatment=Treatment.FULL_POINTS, reason="ключ", by=None, at=AT
    )  # fmt: skip
    assert result_facts.send(at=AT) == 1
    assert facts() == [("monthly", 3000, 4000, True)]


def test_what_a_short_retest_decides_is_not_yet_passed_or_failed() -> None:
    an_organisation()
    form = a_form(an_exam("monthly"), live_items(2))
    sat(form, people(1), [[0, 1]])
    row = result_facts.row(Result(**{
        field: value for field, value in Result.objects.values().get().items() if field != "outcome"
    } | {"outcome": Outcome.GREY}))  # fmt: skip
    assert row["passed"] is None
