"""Registering for a session and giving the seat back: oneself, one's people, anybody as the trainer."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from nastavnik.kernel import clock
from nastavnik.kernel.errors import NotFound
from nastavnik.kernel.permissions import NotPermitted, require
from nastavnik.learning.actions import bookings
from nastavnik.learning.enums import BookingState
from nastavnik.learning.models import Booking, LiveSession
from nastavnik.learning.permissions import may_answer, may_register_others, may_run
from nastavnik.learning.web.session_common import attempt, me, visible_session
from nastavnik.people.models import Person
from nastavnik.people.reach import reach_of, today
from nastavnik.people.roles import Right
from nastavnik.people.scoping import within


def _said(booking: Booking) -> str:
    if booking.state == BookingState.BOOKED:
        return gettext("{person} has a seat.").format(person=booking.person)
    if booking.state == BookingState.ASKED:
        return gettext("Your lead is asked; you are told of the answer.")
    if booking.state == BookingState.CANCELLED:
        return gettext("{person} is told of the refusal and its reason.").format(person=booking.person)
    return gettext("{person} is on the wait-list and moves up when a seat comes free.").format(person=booking.person)


@require_POST
def register(request: HttpRequest, public_id: str) -> HttpResponse:
    """Register myself."""
    session, person = visible_session(request, public_id), me(request)
    if not session.is_open and not may_run(person, session):
        raise NotPermitted(meaning=gettext("register for this session oneself"))
    at = clock.now()
    attempt(request, lambda: bookings.register(session=session, person=person, by=person, at=at), _said)
    return redirect(session)


@require_POST
def register_other(request: HttpRequest, public_id: str) -> HttpResponse:
    """Register one of my people; whoever runs the session may do so after registration has closed."""
    session, viewer = visible_session(request, public_id), me(request)
    require(may_register_others, viewer)
    rows = Person.objects.filter(within(reach_of(viewer, Right.ENROL), "pk")).employed_on(today())
    person = rows.filter(public_id=request.POST.get("person", "")).first()
    if person is None:
        raise NotFound
    late, at = may_run(viewer, session), clock.now()
    attempt(
        request,
        lambda: bookings.register(session=session, person=person, by=viewer, at=at, after_closing=late),
        _said,
    )
    return redirect(session)


def _may_touch(viewer: Person, booking: Booking, session: LiveSession) -> bool:
    """One's own, whoever's one may register, anybody's as the one who runs the session."""
    if booking.person_id == viewer.pk or may_run(viewer, session):
        return True
    reach = reach_of(viewer, Right.ENROL)
    mine = Person.objects.filter(within(reach, "pk"), pk=booking.person_id)
    return may_register_others(viewer) and bool(mine.exists())


@require_POST
def cancel(request: HttpRequest, public_id: str, booking_id: str) -> HttpResponse:
    """Give a seat or a place on the wait-list back."""
    session, viewer = visible_session(request, public_id), me(request)
    booking = session.bookings.active().select_related("person").filter(public_id=booking_id).first()
    if booking is None or not _may_touch(viewer, booking, session):
        raise NotFound
    at = clock.now()
    attempt(request, lambda: bookings.cancel(booking=booking, by=viewer, at=at), _moved_up)
    return redirect(session)


def _moved_up(moved: list[Booking]) -> str:
    if not moved:
        return gettext("The registration is cancelled.")
    return gettext("The registration is cancelled; the seat goes to whoever waited longest.")


@require_POST
def answer(request: HttpRequest, public_id: str, booking_id: str) -> HttpResponse:
    """Answer one of my people who asks for a seat: yes, or no with a reason."""
    session, viewer = visible_session(request, public_id), me(request)
    booking = session.bookings.active().select_related("person", "session").filter(public_id=booking_id).first()
    if booking is None or not may_answer(viewer, booking):
        raise NotFound
    approved, reason = request.POST.get("do") == "approve", request.POST.get("reason", "")
    at = clock.now()
    attempt(
        request,
        lambda: bookings.decide(booking=booking, approved=approved, by=viewer, at=at, reason=reason),
        _said,
    )
    return redirect("learning:decision-queue") if request.POST.get("back") == "queue" else redirect(session)


@require_POST
def seat(request: HttpRequest, public_id: str, booking_id: str) -> HttpResponse:
    """Give somebody on the wait-list a free seat after registration has closed."""
    session = visible_session(request, public_id)
    require(may_run, me(request), session)
    at: datetime = clock.now()
    booking = session.bookings.select_related("person").filter(public_id=booking_id).first()
    if booking is None:
        raise NotFound
    attempt(request, lambda: bookings.seat(booking=booking, by=me(request), at=at), _said)
    return redirect(session)
