"""A taker's own pages outside the room: the list, the rules before the start, the result, the review."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from nastavnik.assessment.actions import attempts
from nastavnik.assessment.actions.attempts import ending_of, gate_opens_at
from nastavnik.assessment.enums import AttemptState, EndedBy
from nastavnik.assessment.errors import NotOverYet, NotYours
from nastavnik.assessment.models import Appeal, Attempt, Exam
from nastavnik.assessment.queries import mine
from nastavnik.assessment.web import reviews, tickets
from nastavnik.assessment.web.common import me
from nastavnik.kernel import clock

ENDED = (AttemptState.MARKING, AttemptState.CLOSED, AttemptState.MISSED, AttemptState.VOID)
"""States after which only a result is left to see."""


def _own(request: HttpRequest, public_id: str) -> Attempt:
    """The attempt of the address, ended if its time is up. Raises NotYours."""
    person, now = me(request), clock.now()
    attempt = mine.own(person, public_id)
    if attempt is None:
        raise NotYours
    if mine.is_out_of_time(attempt, now):
        attempts.submit(attempt=attempt, at=now, by=None)
        attempt = mine.own(person, public_id) or attempt
    return attempt


def _opened(request: HttpRequest, public_id: str) -> tuple[Attempt, list[Attempt]]:
    """The attempt of the address, ended if its time is up, and all attempts at its exam. Raises NotYours."""
    person, now = me(request), clock.now()
    rows = mine.beside(person, public_id)
    attempt = _named(rows, public_id)
    if mine.is_out_of_time(attempt, now):
        attempts.submit(attempt=attempt, at=now, by=None)
        rows = mine.beside(person, public_id)
        attempt = _named(rows, public_id)
    return attempt, rows


def _named(rows: list[Attempt], public_id: str) -> Attempt:
    attempt = next((one for one in rows if one.public_id == public_id), None)
    if attempt is None:
        raise NotYours
    return attempt


def _crumbs() -> list[tuple[str, str]]:
    return [(gettext("My exams"), reverse("assessment:my-exams"))]


@require_safe
def my_exams(request: HttpRequest) -> HttpResponse:
    """What I may sit now, what comes, what I have sat."""
    return render(request, "assessment/my_exams.html", {"exams": mine.my_exams(me(request), clock.now())})


@require_safe
def take(request: HttpRequest, code: str) -> HttpResponse:
    """The exam as a course or a plan names it: whichever attempt of it is mine now."""
    now = clock.now()
    rows = mine.at_exam(me(request), code)
    attempt = mine.meant(rows, now)
    if attempt is None:
        raise NotYours
    if mine.is_out_of_time(attempt, now):
        attempt, rows = _opened(request, attempt.public_id)
    return _entry(request, attempt, rows)


@require_safe
def activity_panel(request: HttpRequest, code: str) -> HttpResponse:
    """The slot of a course's activity: the door to the exam, or how it went."""
    exam, now = Exam.objects.filter(code=code).first(), clock.now()
    attempt = mine.meant(mine.at_exam(me(request), code), now) if exam else None
    over = attempt is not None and (attempt.state in ENDED or attempt.sitting.closes_at <= now)
    return render(request, "assessment/_exam_panel.html", {"exam": exam, "attempt": attempt, "over": over, "now": now})


@require_safe
def entry(request: HttpRequest, public_id: str) -> HttpResponse:
    """The rules of one attempt before it begins, and the door to its room."""
    return _entry(request, *_opened(request, public_id))


def _entry(request: HttpRequest, attempt: Attempt, rows: list[Attempt]) -> HttpResponse:
    now = clock.now()
    sitting = attempt.sitting
    ending = ending_of(sitting, max(now, sitting.opens_at))
    ended = attempt.state in ENDED
    context = {
        "attempt": attempt, "sitting": sitting, "crumbs": _crumbs(), "ended": ended,
        "is_open": attempt.state == AttemptState.OPEN, "ends_at": attempt.deadline_at or ending.at,
        "window_ends_it": ending.by == EndedBy.WINDOW, "past": mine.past(rows),
        "can_repeat": ended and attempt.number < sitting.attempts_allowed and sitting.closes_at > now,
        "is_over": sitting.closes_at <= now and not ended,
    }  # fmt: skip
    return render(request, "assessment/attempt_entry.html", context | _gate(attempt, now))


def _gate(attempt: Attempt, now: datetime) -> dict[str, Any]:
    """The wait before the start: seconds left and how many are let in before."""
    opens = gate_opens_at(attempt)
    wait = (opens - now).total_seconds() if attempt.state == AttemptState.PREPARED else 0
    if wait <= 0:
        return {"wait": 0}
    spread = attempt.sitting.gate_seconds * 1000 or 1
    before = int((opens - attempt.sitting.opens_at).total_seconds() * 1000) / spread
    people = attempt.sitting.attempts.filter(number=1).count() if wait <= 3600 else 0
    return {"wait": int(wait) + 1, "gate_opens": opens, "ahead": round(before * max(people - 1, 0))}


@require_POST
def start(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin or go on; the answer carries the ticket of the room."""
    attempt, now = _own(request, public_id), clock.now()
    if attempt.state in ENDED:
        attempt = attempts.begin_another(attempt=attempt, at=now)
    else:
        attempt = attempts.start(attempt=attempt, at=now)
    fresh = attempt.opened_at == now
    place = "assessment:attempt-page" if fresh else "assessment:attempt-room"
    answer = redirect(place, attempt.public_id, *([1] if fresh else []))
    tickets.issue(answer, attempt)
    return answer


@require_safe
def result(request: HttpRequest, public_id: str) -> HttpResponse:
    """Points and what they mean; right answers only after the window."""
    attempt, rows = _opened(request, public_id)
    if attempt.is_running:
        return redirect(attempt)
    now = clock.now()
    found = attempt.results_in_force[0] if attempt.results_in_force else None  # type: ignore[attr-defined]  # prefetched
    context = {
        "attempt": attempt, "sitting": attempt.sitting, "result": found, "crumbs": _crumbs(),
        "past": [one for one in mine.past(rows) if one.pk != attempt.pk],
        "review_open": attempt.sitting.closes_at <= now,
        "can_repeat": attempt.number < attempt.sitting.attempts_allowed and attempt.sitting.closes_at > now,
        "retest": mine.retest_of(rows, attempt),
    }  # fmt: skip
    return render(request, "assessment/attempt_result.html", context)


@require_safe
def review(request: HttpRequest, public_id: str) -> HttpResponse:
    """After the window: each question with my answer, the right one, why, and the source. Raises NotOverYet."""
    attempt = _own(request, public_id)
    if attempt.state != AttemptState.CLOSED:
        raise NotYours
    closes = attempt.sitting.closes_at
    if clock.now() < closes:
        raise NotOverYet(closes=attempts.day_and_time(closes))
    crumbs = [*_crumbs(), (gettext("Result"), reverse("assessment:attempt-result", args=[attempt.public_id]))]
    made = list(Appeal.objects.filter(attempt=attempt).select_related("item"))
    context = {"attempt": attempt, "questions": reviews.questions(attempt), "crumbs": crumbs, "appeals": made}
    context["appealed"] = {one.position for one in made}
    return render(request, "assessment/attempt_review.html", context)
