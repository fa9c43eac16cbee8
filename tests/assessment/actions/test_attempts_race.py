"""Two tabs, a double click, a submission that meets a save: real threads, real transactions."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from nastavnik.assessment.actions import attempts
from nastavnik.assessment.enums import AttemptState
from nastavnik.assessment.errors import AttemptEnded
from nastavnik.assessment.models import Attempt, ItemResult, Result
from tests.factories.assessment_exams import AT, an_attempt, an_open_attempt, give

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(number: int, work: Callable[[int], Any]) -> list[Any]:
    """What so many threads got, each beginning in the same moment; an exception is its result."""
    gate, found = threading.Barrier(number), dict[int, Any]()

    def one(n: int) -> None:
        gate.wait()
        try:
            found[n] = work(n)
        except Exception as error:  # told to the test
            found[n] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(n,)) for n in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [found[n] for n in range(number)]


def test_eight_tabs_that_start_at_once_share_one_attempt():
    attempt = an_attempt()
    found = at_once(8, lambda _n: attempts.start(attempt=attempt, at=AT))
    assert {(one.pk, one.state) for one in found} == {(attempt.pk, AttemptState.OPEN)}
    assert Attempt.objects.count() == 1


def test_eight_tabs_that_ask_for_another_attempt_get_one():
    first = an_open_attempt(attempts_allowed=2)
    attempts.submit(attempt=first, at=AT, by=None)
    found = at_once(8, lambda _n: attempts.begin_another(attempt=first, at=AT))
    assert len({one.pk for one in found}) == 1
    assert Attempt.objects.count() == 2


def test_tabs_that_save_under_one_number_lose_nothing():
    attempt = an_open_attempt()
    found = at_once(6, lambda n: give(attempt, 1, n % 4 + 1, n % 2).sequences[1])
    stored = dict(attempt.answers.values_list("sequence", "position"))
    assert [stored[sequence] for sequence in found] == [n % 4 + 1 for n in range(6)]


def test_a_double_submission_is_one_result():
    attempt = an_open_attempt()
    at_once(6, lambda _n: attempts.submit(attempt=attempt, at=AT, by=None))
    assert Result.objects.count() == 1


def test_an_answer_acknowledged_beside_a_submission_is_scored():
    attempt = an_open_attempt()

    def work(n: int) -> Any:
        return attempts.submit(attempt=attempt, at=AT, by=None) if n == 3 else give(attempt, n + 1, n % 3 + 1, 0)

    found = at_once(8, work)
    saved = {n % 3 + 1 for n, one in enumerate(found) if n != 3 and not isinstance(one, AttemptEnded)}
    scored = set(ItemResult.objects.filter(answer__isnull=False).values_list("position", flat=True))
    assert scored == saved
