"""The exam room: a page of questions, one answer saved, the last look, the submission.

On the lean path (`kernel.web.lean`): the ticket in the cookie is the only right that is asked, the paper comes from the
process, a save is one INSERT, a page is one SELECT.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.assessment.actions import attempts
from nastavnik.assessment.actions.attempts import Given
from nastavnik.assessment.errors import NoSuchPlace
from nastavnik.assessment.logic import papers
from nastavnik.assessment.models import Attempt
from nastavnik.assessment.queries.papers import Seat, seat
from nastavnik.assessment.queries.rooms import Standing, standing
from nastavnik.assessment.web import paper, tickets
from nastavnik.assessment.web.tickets import Ticket
from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, Forbidden
from nastavnik.kernel.web.messages import explain
from nastavnik.kernel.web.middleware import status_of

RoomView = Callable[..., HttpResponse]


def with_ticket(view: RoomView) -> RoomView:
    """Let in whoever has the ticket of this attempt; others go to its entry, where they log in and get one."""

    @wraps(view)
    def guarded(request: HttpRequest, public_id: str, **kwargs: Any) -> HttpResponse:
        ticket = tickets.read(request, public_id)
        taken = seat(public_id) if ticket else None
        if ticket is None or taken is None:
            if request.method == "POST":
                return JsonResponse({"message": explain(Forbidden())}, status=403)
            return HttpResponseRedirect(reverse("assessment:attempt-entry", args=[public_id]))
        with ticket.reader():
            try:
                if request.method == "POST" and not tickets.fits(request, ticket):
                    raise Forbidden
                answer = view(request, ticket, taken, **kwargs)
            except DomainError as error:
                answer = _refused(request, error, taken)
        answer["Cache-Control"] = "no-store"
        return answer

    return guarded


def _refused(request: HttpRequest, error: DomainError, taken: Seat) -> HttpResponse:
    status = status_of(error)
    if request.headers.get("accept") == "application/json":
        return JsonResponse(
            {"message": explain(error), "now": f"{timezone.localtime(clock.now()):%H:%M:%S}"}, status=status
        )
    context = {"message": explain(error), "seat": taken, "ended": _outside(taken)}
    return render(request, "assessment/room_refused.html", context, status=status)


def _outside(taken: Seat) -> str:
    return reverse("assessment:attempt-result", args=[taken.public_id])


@with_ticket
@require_safe
def enter(request: HttpRequest, ticket: Ticket, taken: Seat) -> HttpResponse:
    """Where one stopped: the first page with a question that has no answer."""
    stands = standing(taken.attempt_id)
    return HttpResponseRedirect(_page_url(taken, _first_empty(taken, stands)))


def _first_empty(taken: Seat, stands: Standing) -> int:
    for page in range(1, taken.pages + 1):
        if any(stands.answers.get(taken.layout[place - 1]["p"]) is None for place in taken.places(page)):
            return page
    return taken.pages


def _page_url(taken: Seat, page: int) -> str:
    if page > taken.pages:
        return reverse("assessment:attempt-check", args=[taken.public_id])
    return reverse("assessment:attempt-page", args=[taken.public_id, page])


@with_ticket
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, ticket: Ticket, taken: Seat, page: int) -> HttpResponse:
    """One page of questions; posting saves it and goes on to the next, without any script."""
    if not 1 <= page <= taken.pages:
        raise NoSuchPlace
    now = clock.now()
    if request.method == "POST":
        attempts.save(attempt_id=taken.attempt_id, answers=_posted(request, taken, page), at=now)
        return HttpResponseRedirect(_page_url(taken, page - 1 if "back" in request.POST else page + 1))
    stands = standing(taken.attempt_id)
    if not stands.is_open(now):
        return HttpResponseRedirect(_outside(taken))
    return render(request, "assessment/room.html", _page_context(ticket, taken, stands, page, now))


def _posted(request: HttpRequest, taken: Seat, page: int) -> list[Given]:
    """The answers of a page, numbered on from the number the page was given; an emptied one takes its answer back."""
    first = _whole(request.POST.get("sequence", ""))
    had = set(request.POST.get("had", "").split(","))
    fields: dict[str, Any] = dict(request.POST.lists())
    found = []
    for step, place in enumerate(taken.places(page)):
        asked, order, position = taken.question(place)
        value = papers.told(asked, order, fields, f"q{place}")
        if value is not None or str(place) in had:
            found.append(Given(first + step, position, value))
    return found


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _page_context(ticket: Ticket, taken: Seat, stands: Standing, page: int, now: datetime) -> dict[str, Any]:
    questions = []
    for place in taken.places(page):
        asked, order, position = taken.question(place)
        answer = stands.answers.get(position)
        html = paper.question(asked, order, answer, f"q{place}")
        questions.append({"place": place, "html": html, "answered": answer is not None})
    had = ",".join(str(one["place"]) for one in questions if one["answered"])
    return _frame(ticket, taken, stands, now) | {
        "questions": questions, "page": page, "had": had, "sequence": stands.sequence + 1, "is_first": page == 1,
        "next_url": _page_url(taken, page + 1), "back_url": _page_url(taken, page - 1) if page > 1 else "",
    }  # fmt: skip


def _frame(ticket: Ticket, taken: Seat, stands: Standing, now: datetime) -> dict[str, Any]:
    """What every page of the room shows: title, time, dots."""
    done = {place: stands.answers.get(laid["p"]) is not None for place, laid in enumerate(taken.layout, start=1)}
    pages = [
        {
            "number": number,
            "url": _page_url(taken, number),
            "dots": [{"place": place, "done": done[place]} for place in taken.places(number)],
        }
        for number in range(1, taken.pages + 1)
    ]
    return {
        "seat": taken, "key": ticket.key, "language": ticket.language, "deadline": stands.deadline_at,
        "left": stands.seconds_left(now), "minutes_left": -(-stands.seconds_left(now) // 60), "pages": pages,
        "done": sum(done.values()), "empty": [place for place, is_done in done.items() if not is_done],
        "save_url": reverse("assessment:attempt-save", args=[taken.public_id]),
        "submit_url": reverse("assessment:attempt-submit", args=[taken.public_id]),
    }  # fmt: skip


@with_ticket
@require_POST
def save(request: HttpRequest, ticket: Ticket, taken: Seat) -> HttpResponse:
    """One answer, as the page's script sends it; the reply says under which number and when it was saved."""
    place, sequence = _whole(request.POST.get("place", "")), _whole(request.POST.get("sequence", ""))
    if not 1 <= place <= taken.size:
        raise NoSuchPlace
    asked, order, position = taken.question(place)
    value = papers.told(asked, order, dict(request.POST.lists()), f"q{place}")
    now = clock.now()
    saved = attempts.save(attempt_id=taken.attempt_id, answers=[Given(sequence, position, value)], at=now)
    moment = f"{timezone.localtime(now):%H:%M:%S}"
    return JsonResponse({"sequence": saved.sequences[sequence], "saved": moment, "answered": value is not None})


@with_ticket
@require_safe
def check(request: HttpRequest, ticket: Ticket, taken: Seat) -> HttpResponse:
    """The last look before submitting: which questions have no answer."""
    now, stands = clock.now(), standing(taken.attempt_id)
    if not stands.is_open(now):
        return HttpResponseRedirect(_outside(taken))
    context = _frame(ticket, taken, stands, now) | {"back_url": _page_url(taken, taken.pages)}
    return render(request, "assessment/room_check.html", context)


@with_ticket
@require_POST
def submit(request: HttpRequest, ticket: Ticket, taken: Seat) -> HttpResponse:
    """End the attempt; a second time changes nothing."""
    attempt = Attempt.objects.get(pk=taken.attempt_id)
    attempts.submit(attempt=attempt, at=clock.now(), by=None)
    return HttpResponseRedirect(_outside(taken))
