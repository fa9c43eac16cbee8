"""Addresses of exams in the walk: one attempt of the agent, one of a stranger, under way and finished."""

from datetime import timedelta
from typing import Any

from nastavnik.assessment.actions import attempts, sittings
from nastavnik.assessment.models import Attempt, Exam, Form, Sitting
from nastavnik.kernel import clock
from tests.factories.assessment_exams import a_published_exam

EXAM, FORM, WINDOW = "an-exam-of-walk", "a-form-of-walk", "a-window-of-walk"
_ATTEMPTS = ("mine-of-walk", "of-a-stranger", "no-such-record")


def _each(*names: str) -> list[dict[str, Any]]:
    return [{"public_id": name} for name in (*names, "no-such-record")]


_OF_EXAM = ("exam-detail", "exam-edit", "exam-move", "form-assemble", "exam-offer")
_OF_ATTEMPT = (
    "attempt-entry", "attempt-start", "attempt-result", "attempt-review", "attempt-room", "attempt-save",
    "attempt-check", "attempt-submit", "attempt-void",
)  # fmt: skip
SAMPLES: dict[str, list[dict[str, Any]]] = {
    **{f"assessment:{name}": _each(EXAM) for name in _OF_EXAM},
    **{f"assessment:{name}": _each(FORM) for name in ("form-detail", "form-move")},
    **{f"assessment:{name}": _each(WINDOW) for name in ("sitting-detail", "sitting-cancel")},
    **{f"assessment:{name}": _each(*_ATTEMPTS[:2]) for name in _OF_ATTEMPT},
    "assessment:attempt-page": [{"public_id": name, "page": 1} for name in _ATTEMPTS],
    "assessment:exam-panel": [{"code": "walked"}, {"code": "no-such-exam"}],
    "assessment:exam-take": [{"code": "walked"}, {"code": "no-such-exam"}],
}
PUBLIC: dict[str, str] = {}


def plant(centre: Any) -> None:
    """Attempts of people of several teams, so that the walk would see them leak."""
    now = clock.now()
    exam = a_published_exam("walked", count=4)
    Exam.objects.filter(pk=exam.pk).update(public_id=EXAM)
    Form.objects.filter(exam=exam).update(public_id=FORM)
    people = [centre.agent, centre.stranger]
    window = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(hours=3)}
    sitting = sittings.offer(exam=exam, people=people, by=None, at=now - timedelta(hours=1), **window)
    Sitting.objects.filter(pk=sitting.pk).update(public_id=WINDOW)
    for person, name in zip(people, _ATTEMPTS, strict=False):
        attempt = sitting.attempts.get(person=person)
        Attempt.objects.filter(pk=attempt.pk).update(public_id=name)
        attempts.start(attempt=attempt, at=now)
    attempts.submit(attempt=sitting.attempts.get(person=centre.stranger), at=now, by=None)
