"""Signals about attempts: planted ones are told to those who may look, nobody is punished."""

import math
import random

import pytest
from django.db import IntegrityError, transaction

from nastavnik.assessment.actions import calibrations, signals
from nastavnik.assessment.enums import AttemptState, SignalKind
from nastavnik.assessment.models import Attempt, Result, Signal
from nastavnik.kernel.journal import sentence
from nastavnik.kernel.models import JournalEntry
from tests.factories.assessment import AT, a_trainer
from tests.factories.people import a_person
from tests.factories.results import a_form, an_exam, live_items, people, sat

pytestmark = pytest.mark.django_db
PLACES = [-1.5 + 0.15 * place for place in range(20)]


def rows(takers: int) -> list[list[int]]:
    """Answers of takers around 0; the first option is right, wrong ones are drawn."""
    draw = random.Random(11)
    found = []
    for _taker in range(takers):
        ability = draw.gauss(0, 1)
        chances = [1 / (1 + math.exp(place - ability)) for place in PLACES]
        found.append([0 if draw.random() < chance else draw.choice([1, 2, 3]) for chance in chances])
    return found


def test_the_hasty_the_unlike_and_the_copied_are_told_of_and_nothing_else_changes() -> None:
    given = rows(140)
    given[1] = [1 if place < 10 else 0 for place in range(20)]  # easy ones wrong, hard ones right
    given[2] = given[3] = [0 if place % 2 else 2 for place in range(20)]
    seconds = [[1.0 if number == 5 else 20.0] * 20 for number in range(140)]
    form = a_form(an_exam(), live_items(20))
    attempts = sat(form, people(140), given, seconds=seconds)
    run = calibrations.calibrate_form(form=form, by=None, at=AT)
    before = list(Result.objects.order_by("pk").values())
    signals.raise_signals(form=form, run=run, at=AT)
    found = {(one.attempt_id, one.other_id, one.kind) for one in Signal.objects.all()}
    assert (attempts[5].pk, None, SignalKind.FAST) in found
    assert (attempts[1].pk, None, SignalKind.MISFIT) in found
    assert (attempts[2].pk, attempts[3].pk, SignalKind.SAME_WRONG) in found
    assert [one for one in found if one[2] == SignalKind.FAST] == [(attempts[5].pk, None, SignalKind.FAST)]
    assert len(found) <= 8
    assert list(Result.objects.order_by("pk").values()) == before
    assert set(Attempt.objects.values_list("state", flat=True)) == {AttemptState.CLOSED}
    assert signals.raise_signals(form=form, run=run, at=AT) == []


def a_signal() -> Signal:
    form = a_form(an_exam(), live_items(1))
    [attempt] = sat(form, [a_trainer("taker")], [[0]])
    return Signal.objects.create(attempt=attempt, kind=SignalKind.FAST, figures={"share": 0.5, "n": 20}, found_at=AT)


def test_only_those_who_set_exams_see_signals_and_nobody_their_own() -> None:
    signal = a_signal()
    lookers = [a_trainer("looker"), signal.attempt.person, a_person()]
    assert [Signal.objects.visible_to(person).count() for person in lookers] == [1, 0, 0]


def test_whoever_looked_says_what_it_was() -> None:
    signal, trainer = a_signal(), a_trainer()
    found = signals.look_at(signal=signal, note="программа чтения с экрана", by=trainer, at=AT)
    assert (found.looked_by, found.note) == (trainer, "программа чтения с экрана")
    entry = JournalEntry.objects.get(kind=signals.LOOKED_AT)
    assert sentence(entry).startswith("Сигнал просмотрен (ответы быстрее, чем можно прочесть)")
    assert entry.person_id is None


def test_a_signal_of_a_pair_has_two_attempts_and_another_has_one() -> None:
    signal = a_signal()
    with pytest.raises(IntegrityError), transaction.atomic():
        Signal.objects.filter(pk=signal.pk).update(kind=SignalKind.SAME_WRONG)
    with pytest.raises(IntegrityError), transaction.atomic():
        Signal.objects.filter(pk=signal.pk).update(other=signal.attempt)
