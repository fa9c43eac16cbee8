"""Calibrations are kept, alarms raised and months equated: planted faults are found, sound items are left alone."""

import math
import random
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from nastavnik.assessment.actions import calibrations, equatings
from nastavnik.assessment.actions.calibrations import NothingToCalibrate, TooFewTakers
from nastavnik.assessment.enums import AlarmKind, ItemState
from nastavnik.assessment.logic.psychometrics.calibration import calibrate
from nastavnik.assessment.logic.psychometrics.maximisation import Model
from nastavnik.assessment.models import CalibrationRun, Equating, Exam, Form, Item, ItemAlarm
from nastavnik.assessment.queries.calibrations import restored
from nastavnik.assessment.queries.sheets import sheet
from nastavnik.kernel.journal import sentence
from nastavnik.kernel.models import JournalEntry
from nastavnik.people.models import Person
from tests.factories.assessment import AT, a_trainer
from tests.factories.results import a_form, an_exam, live_items, people, sat

pytestmark = pytest.mark.django_db
PLACES = [-1.6, -1.2, -0.8, -0.4, 0.0, 0.3, 0.6, 0.9]


def drawn(takers: int, places: Sequence[float], seed: int) -> list[list[int]]:
    """Rasch answers of takers around 0.6: the first option is right."""
    draw = random.Random(seed)
    rows = []
    for _taker in range(takers):
        ability = draw.gauss(0.6, 1)
        rows.append([0 if draw.random() < 1 / (1 + math.exp(place - ability)) else 1 for place in places])
    return rows


class Months:
    """An exam with two monthly forms of eight items, of which six are the same."""

    def __init__(self, takers: int, *, easier: float = 0.0, leaked: int | None = None) -> None:
        self.exam: Exam = an_exam(pass_percent=75)
        self.common, own, other = live_items(6), live_items(2), live_items(2)
        Item.objects.filter(pk__in=[item.pk for item in self.common]).update(state=ItemState.ANCHOR)
        for item in self.common:
            item.state = ItemState.ANCHOR
        self.people: list[Person] = people(takers)
        self.march = self._month([*self.common, *own], PLACES, date(2026, 3, 1), seed=3)
        places = [*PLACES[:6], PLACES[6] - easier, PLACES[7] - easier]
        if leaked is not None:
            places[leaked] -= 3
        self.april = self._month([*self.common, *other], places, date(2026, 4, 1), seed=4)

    def _month(self, items: list[Item], places: Sequence[float], month: date, seed: int) -> Form:
        form = a_form(self.exam, items, month=month)
        Form.objects.filter(pk=form.pk).update(made_at=AT + timedelta(days=month.month))
        form.refresh_from_db()
        sat(form, self.people, drawn(len(self.people), places, seed), at=AT + timedelta(days=month.month))
        return form


def equated(form: Form) -> Equating:
    run = calibrations.calibrate_form(form=form, by=None, at=AT)
    found = equatings.equate(form=form, run=run, by=None, at=AT)
    assert found is not None
    return found


def test_a_calibration_is_kept_as_it_was_made() -> None:
    form = a_form(an_exam(), live_items(4))
    sat(form, people(120), drawn(120, PLACES[:4], 1))
    run = calibrations.calibrate_form(form=form, by=None, at=AT)
    fresh = calibrate(sheet(form).rights, Model.RASCH)
    kept = restored(CalibrationRun.objects.get(pk=run.pk))
    assert (run.model, run.takers, kept.items) == ("rasch", 120, fresh.items)
    assert kept.difficulty_covariance == fresh.difficulty_covariance
    assert all(sentence(entry) != entry.kind for entry in JournalEntry.objects.filter(kind=calibrations.CALIBRATED))
    with pytest.raises(DatabaseError), transaction.atomic():
        CalibrationRun.objects.update(takers=1)


def test_too_few_takers_and_answers_all_alike_cannot_be_calibrated() -> None:
    form = a_form(an_exam(), live_items(2))
    sat(form, people(99), [[0, 1]] * 99)
    with pytest.raises(TooFewTakers):
        calibrations.calibrate_form(form=form, by=None, at=AT)
    sat(form, people(1), [[0, 1]])
    with pytest.raises(NothingToCalibrate):
        calibrations.calibrate_form(form=form, by=None, at=AT)


def test_an_easier_form_gets_a_higher_raw_cut_and_its_mean_is_brought_back() -> None:
    months = Months(300, easier=2.5)
    found = equated(months.april)
    march = equated_mean_of_base(months)
    assert found.is_equated
    assert found.raw_cut > 6
    assert found.raw_mean > march + 0.02
    assert found.equated_mean == pytest.approx(march, abs=0.02)
    assert {one["kept"] for one in found.anchors} == {True}
    assert len(found.anchors) == 6


def equated_mean_of_base(months: Months) -> float:
    rights = sheet(months.march).rights
    return sum(map(sum, rights)) / len(rights) / len(rights[0])


def test_without_four_common_items_months_are_not_comparable_and_the_mark_is_the_plain_share() -> None:
    months = Months(120)
    other = a_form(months.exam, live_items(8), month=date(2026, 5, 1))
    sat(other, months.people, drawn(120, PLACES, 5))
    found = equated(other)
    assert (found.is_equated, found.equated_mean, found.raw_cut, found.exact) == (False, None, 6, 6.0)


def test_the_base_form_is_equated_with_nothing() -> None:
    months = Months(120)
    run = calibrations.calibrate_form(form=months.march, by=None, at=AT)
    assert equatings.base_form(months.april) == months.march
    assert equatings.equate(form=months.march, run=run, by=None, at=AT) is None


def kinds(form: Form) -> list[tuple[int, str]]:
    return sorted(ItemAlarm.objects.filter(form=form).values_list("version__item_id", "kind"))


def test_a_leaked_item_is_noticed_once_and_the_sound_ones_are_left_alone() -> None:
    months = Months(160, leaked=3)
    calibrations.raise_alarms(form=months.april, at=AT)
    assert kinds(months.april) == [(months.common[3].pk, AlarmKind.LEAKED)]
    assert calibrations.raise_alarms(form=months.april, at=AT) == []
    calibrations.raise_alarms(form=months.march, at=AT)
    assert kinds(months.march) == []


def test_right_answers_in_no_time_are_a_leak_even_where_difficulty_tells_nothing() -> None:
    months = Months(60)
    form = a_form(months.exam, months.common, month=date(2026, 6, 1))
    Form.objects.filter(pk=form.pk).update(made_at=AT + timedelta(days=9))
    form.refresh_from_db()
    rows = drawn(60, PLACES[:6], 6)
    seconds = [[1.0 if place == 2 and row[2] == 0 else 20.0 for place in range(6)] for row in rows]
    sat(form, months.people, rows, at=AT + timedelta(days=9), seconds=seconds)
    calibrations.raise_alarms(form=form, at=AT)
    assert kinds(form) == [(months.common[2].pk, AlarmKind.LEAKED)]


def test_whoever_looked_at_an_alarm_says_what_it_was() -> None:
    months, trainer = Months(160, leaked=3), a_trainer()
    [alarm] = calibrations.raise_alarms(form=months.april, at=AT)
    alarm = calibrations.look_at_alarm(alarm=ItemAlarm.objects.get(), note="разбирали на занятии", by=trainer, at=AT)
    assert (alarm.looked_by, alarm.looked_at, alarm.note) == (trainer, AT, "разбирали на занятии")
    assert sentence(JournalEntry.objects.get(kind=calibrations.LOOKED_AT_ITEM)).endswith(alarm.version.item.label)
    with pytest.raises(DatabaseError), transaction.atomic():
        ItemAlarm.objects.update(note="")
