"""The exam room: a page of questions, one answer saved, the last look, the submission.

On the lean path (`kernel.web.lean`): the ticket in the cookie is the only right that is asked, the paper comes from the
process, a save is one INSERT, a page is one SELECT.
"""

from collections.abc import Callable
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
from nastavnik.assessment.web import room_pages, tickets
from nastavnik.assessment.web.room_pages import Look
from nastavnik.assessment.web.tickets import Ticket
from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, Forbidden
from nastavnik.kernel.web.context import theme_of
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
    context = {
        "message": explain(error),
        "title": taken.exam_title,
        "theme": theme_of(request),
        "ended": _outside(taken),
    }
    return render(request, "assessment/room_refused.html", context, status=status)


def _outside(taken: Seat) -> str:
    return reverse("assessment:attempt-result", args=[taken.public_id])


@with_ticket
@require_safe
def enter(request: HttpRequest, ticket: Ticket, taken: Seat) -> HttpResponse:
    """Where one stopped: the first page with a question that has no answer."""
    stands = standing(taken.attempt_id)
    return HttpResponseRedirect(room_pages.page_url(taken, _first_empty(taken, stands)))


def _first_empty(taken: Seat, stands: Standing) -> int:
    for page in range(1, taken.pages + 1):
        if any(stands.answers.get(taken.layout[place - 1]["p"]) is None for place in taken.places(page)):
            return page
    return taken.pages


@with_ticket
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, ticket: Ticket, taken: Seat, page: int) -> HttpResponse:
    """One page of questions; posting saves it and goes on to the next, without any script."""
    if not 1 <= page <= taken.pages:
        raise NoSuchPlace
    now = clock.now()
    if request.method == "POST":
        attempts.save(attempt_id=taken.attempt_id, answers=_posted(request, taken, page), at=now)
        return HttpResponseRedirect(room_pages.page_url(taken, page - 1 if "back" in request.POST else page + 1))
    stands = standing(taken.attempt_id)
    if not stands.is_open(now):
        return HttpResponseRedirect(_outside(taken))
    look = Look(ticket, theme_of(request), taken, stands, now)
    return HttpResponse(room_pages.questions(look, page))


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
    return HttpResponse(room_pages.last_look(Look(ticket, theme_of(request), taken, stands, now)))


@with_ticket
@require_POST
def submit(request: HttpRequest, ticket: Ticket, taken: Seat) -> HttpResponse:
    """End the attempt; a second time changes nothing."""
    attempts.submit(attempt=Attempt(pk=taken.attempt_id), at=clock.now(), by=None)
    return HttpResponseRedirect(_outside(taken))
