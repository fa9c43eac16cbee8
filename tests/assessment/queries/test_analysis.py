"""Analysis from the database: first attempts only, the same figures as the pure functions, whatever the way."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nastavnik.assessment.logic.psychometrics import classical
from nastavnik.assessment.logic.psychometrics.bands import Discrimination
from nastavnik.assessment.logic.psychometrics.classical import Depth, Flag
from nastavnik.assessment.models import Form
from nastavnik.assessment.queries.exam_figures import forms_of
from nastavnik.assessment.queries.form_analysis import form_screen
from nastavnik.assessment.queries.item_analysis import groups, item_screen
from nastavnik.assessment.queries.sheets import sheet, version_answers
from tests.factories.assessment import AT
from tests.factories.results import a_form, a_sitting, an_exam, live_items, people, sat, version_of

pytestmark = pytest.mark.django_db


def answers(takers: int, items: int, *, seed: int = 1, wrong_key: int | None = None) -> list[list[int]]:
    """Options ticked: the first is right; abler takers find it more often. The wrong key's truth is option 1."""
    draw = random.Random(seed)
    rows = []
    for _taker in range(takers):
        ability = draw.gauss(0.8, 1)
        row = [
            0 if draw.gauss(0, 1) < ability - 0.3 * (place % 4) else draw.choice([1, 2, 3]) for place in range(items)
        ]
        if wrong_key is not None:
            row[wrong_key] = {0: 1, 1: 0}.get(row[wrong_key], row[wrong_key])
        rows.append(row)
    return rows


def a_sat_form(takers: int = 12, items: int = 4, **more: Any) -> Form:
    form = a_form(an_exam(), live_items(items))
    sat(form, people(takers), answers(takers, items, **more))
    return form


def scores(rows: list[list[int]]) -> list[list[float]]:
    return [[float(answer == 0) for answer in row] for row in rows]


def test_a_sheet_is_what_was_answered_and_its_analysis_that_of_the_pure_functions() -> None:
    form = a_sat_form(12, 4)
    found = sheet(form)
    assert found.scores == scores(answers(12, 4))
    assert found.answers == answers(12, 4)
    assert found.rights == [[int(score) for score in row] for row in scores(answers(12, 4))]
    assert found.analysis == classical.analyse(scores(answers(12, 4)), [1.0] * 4)
    assert found.times[0] == [20_000] * 4


def test_only_first_attempts_in_force_are_counted() -> None:
    form = a_form(an_exam(), live_items(2))
    takers = people(3)
    window = a_sitting(form, attempts_allowed=2)
    sat(form, takers, [[0, 0], [0, 1], [1, 1]], sitting=window)
    sat(form, takers, [[0, 0]] * 3, sitting=window, number=2, at=AT + timedelta(hours=2))
    sat(form, takers[:1], [[1, 1]], at=AT + timedelta(days=1))
    assert sheet(form).scores == [[1, 1], [1, 0], [0, 0]]
    [row] = forms_of(form.exam)
    assert (row.takers, row.mean) == (3, pytest.approx(0.5))


def test_the_database_counts_the_whole_test_as_the_pure_functions_do() -> None:
    form = a_sat_form(40, 6)
    [row] = forms_of(form.exam)
    test = classical.analyse(scores(answers(40, 6)), [1.0] * 6).test
    assert row.takers == 40
    assert row.mean == pytest.approx(test.mean_share, abs=1e-4)
    assert row.spread == pytest.approx(test.share_deviation, abs=1e-4)
    assert row.alpha == pytest.approx(test.alpha, abs=1e-9)
    assert row.error_points == pytest.approx(test.standard_error, abs=1e-9)
    assert row.pass_share == row.passed / 40


def test_a_planted_wrong_key_is_found_with_the_option_meant() -> None:
    form = a_sat_form(150, 8, wrong_key=3)
    screen = form_screen(form)
    assert [line.is_suspect for line in screen.lines] == [place == 3 for place in range(8)]
    suspect = screen.lines[3]
    assert suspect.options.instead == "б"
    assert Flag.SUSPECT_KEY in suspect.flags
    assert suspect.discrimination is Discrimination.INVALID_KEY
    assert [line.column.position for line in screen.suspects] == [4]


def test_under_ten_answers_nothing_is_said_and_under_a_hundred_difficulty_only() -> None:
    few = form_screen(a_sat_form(9, 3))
    assert (few.depth, {line.ease for line in few.lines}) == (Depth.NOTHING, {None})
    assert [line.options.lines for line in few.lines] == [[], [], []]
    some = form_screen(a_sat_form(10, 3))
    assert some.depth is Depth.DIFFICULTY
    assert all(line.ease and line.discrimination is None for line in some.lines)


def test_a_form_nobody_sat_has_no_lines() -> None:
    screen = form_screen(a_form(an_exam(), live_items(2)))
    assert (screen.takers, screen.test, screen.lines) == (0, None, [])


def test_the_same_question_in_two_exams_is_one_row() -> None:
    shared, *others = live_items(5)
    first, second = a_form(an_exam(), [shared, *others[:2]]), a_form(an_exam(), [others[2], shared, others[3]])
    sat(first, people(12), answers(12, 3))
    sat(second, people(15), answers(15, 3, seed=2))
    [line] = item_screen(shared).versions
    assert line.whole.answers == 27
    assert sorted((one.form.pk, one.slice.answers) for one in line.forms) == [(first.pk, 12), (second.pk, 15)]


def test_an_item_has_the_same_figures_on_its_own_page_as_on_its_form() -> None:
    form = a_sat_form(120, 5)
    there = form_screen(form).lines[2]
    from nastavnik.assessment.models import Item

    [here] = item_screen(Item.objects.get(pk=there.column.item_id)).versions
    assert here.whole.figures is not None
    for name in ("answers", "facility", "spread", "item_rest", "efficiency", "group_discrimination"):
        assert getattr(here.whole.figures, name) == pytest.approx(getattr(there.figures, name), abs=1e-9)
    assert [one.figures.chosen for one in here.options.lines] == [one.figures.chosen for one in there.options.lines]


def test_groups_hold_everybody_once_and_rise_in_the_rest_of_the_test() -> None:
    form = a_sat_form(101, 6)
    item = form.items.get(position=1).item
    found = groups(version_answers(version_of(item)))
    assert sum(one.takers for one in found) == 101
    assert [one.rest for one in found] == sorted(one.rest for one in found)
    assert len(found) == 5


@pytest.mark.parametrize("look", [form_screen, lambda form: forms_of(form.exam)])
def test_queries_do_not_grow_with_takers_or_items(look: Any) -> None:
    counted = []
    for takers, items in ((1, 1), (3, 3)):
        form = a_sat_form(takers, items)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            look(form)
        counted.append(len(queries))
    assert counted[0] == counted[1]
