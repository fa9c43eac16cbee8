"""Live sessions: the list, one session, planning and changing it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.permissions import require
from nastavnik.learning import calendars
from nastavnik.learning.actions import sessions
from nastavnik.learning.enums import BookingState, SessionState
from nastavnik.learning.models import LiveSession, SessionKind
from nastavnik.learning.permissions import may_enrol, may_hold_sessions, may_keep_rooms, may_register_others, may_run
from nastavnik.learning.queries import gates
from nastavnik.learning.queries import sessions as found
from nastavnik.learning.web.session_common import UNPROCESSABLE, base_of, me, refuse, visible_session
from nastavnik.learning.web.session_forms import ReasonForm, SessionForm, initial_of

PANEL_ROWS = 5
WHEN = (("upcoming", _("still to come")), ("past", _("past")), ("cancelled", _("cancelled")))
SEATS = (("free", _("with free seats")), ("mine", _("mine")), ("short", _("too few people")))


def _by_time(rows: Any, value: str) -> Any:
    if value == "cancelled":
        return rows.filter(state=SessionState.CANCELLED)
    rows = rows.exclude(state=SessionState.CANCELLED)
    now = clock.now()
    return rows.filter(ends_at__lte=now) if value == "past" else rows.filter(ends_at__gt=now)


def _by_seats(rows: Any, value: str) -> Any:
    if value == "free":
        return rows.filter(booked__lt=F("capacity"))
    if value == "short":
        return rows.filter(booked__lt=F("minimum"))
    return rows


def _kinds() -> list[tuple[str, Any]]:
    return [(kind.code, kind) for kind in SessionKind.objects.all()]


def _where(session: LiveSession) -> str:
    return str(session.room) if session.room else gettext("by link")


def _own(session: Any) -> str:
    return str(session.own[0].get_state_display()) if session.own else ""


SESSIONS = Listing(
    name="sessions",
    columns=[
        Column("starts", _("Starts"), lambda row: row.starts_at, sort="starts_at"),
        Column("kind", _("Session"), lambda row: str(row.kind), sort="kind__name"),
        Column("where", _("Where"), _where),
        Column("trainer", _("Trainer"), lambda row: str(row.trainer), sort="trainer__sort_key"),
        Column("left", _("Seats left"), lambda row: row.seats_left, number=True),
        Column("waiting", _("Waiting"), lambda row: row.waiting, sort="waiting", number=True),
        Column("own", _("I"), _own),
    ],
    filters=[
        ChoiceFilter("when", _("When"), lambda: WHEN, _by_time),
        ChoiceFilter("kind", _("Kind of session"), _kinds, lambda rows, value: rows.filter(kind__code=value)),
        ChoiceFilter("seats", _("Seats"), lambda: SEATS, _by_seats),
    ],
    search=lambda rows, text: rows.filter(kind__name__icontains=text) | rows.filter(kind__name_en__icontains=text),
    default_sort="starts",
)


@require_safe
def session_list(request: HttpRequest) -> HttpResponseBase:
    """What is still to come, unless the filter says otherwise."""
    query = request.GET.copy()
    query.setdefault("when", "upcoming")
    rows = found.listed(me(request))
    if query.get("seats") == "mine":
        rows = rows.filter(bookings__person=me(request)).exclude(bookings__state=BookingState.CANCELLED).distinct()
    if exported := SESSIONS.export(rows, query):
        return exported
    page = SESSIONS.page(rows, query)
    zone = timezone.get_current_timezone()
    context = {
        "list": page,
        "rows": [(row, found.hours_of(row, zone)) for row in page.rows],
        "may_plan": may_hold_sessions(me(request)),
        "may_keep": may_keep_rooms(me(request)),
    }
    return render(request, "learning/session_list.html", context)


def _crumbs() -> list[tuple[str, str]]:
    return [(gettext("Sessions"), reverse("learning:session-list"))]


@require_safe
def session_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """When, where, who; my seat; the people, as far as I may know them."""
    session, viewer, now = visible_session(request, public_id), me(request), clock.now()
    own = found.own_booking(session, viewer)
    runs = may_run(viewer, session)
    registers = may_register_others(viewer) and session.state == SessionState.PLANNED and now < session.ends_at
    context = {
        "session": session,
        "hours": found.hours_of(session, timezone.get_current_timezone()),
        "own": own,
        "place": found.place_in_line(own) if own and own.state == BookingState.WAITING else None,
        "is_registering": session.state == SessionState.PLANNED and now < session.closes_at,
        "gate": None if own or session.trainer_id == viewer.pk else gates.closed_gate(viewer, session.kind),
        "is_taught_by_me": session.trainer_id == viewer.pk,
        "people": found.registered(session, viewer),
        "waiting": session.bookings.filter(state=BookingState.WAITING).count(),
        "runs": runs,
        "may_answer": may_enrol(viewer),
        "registers": registers and (runs or now < session.closes_at),
        "candidates": found.may_be_registered(session, viewer, request.GET.get("find", "")) if registers else [],
        "find": request.GET.get("find", ""),
        "checks_in": bool(own) and session.starts_at - timedelta(minutes=15) <= now < session.ends_at,
        "crumbs": _crumbs(),
    }
    return render(request, "learning/session_detail.html", context)


@require_safe
def activity_panel(request: HttpRequest, code: str) -> HttpResponse:
    """The slot of a course's activity: my seat, or where I may take one, or the gate before it."""
    kind = SessionKind.objects.filter(code=code).first()
    rows = found.listed(me(request)).filter(kind=kind, state=SessionState.PLANNED, ends_at__gt=clock.now())
    coming = [
        (row, found.hours_of(row, timezone.get_current_timezone())) for row in rows.order_by("starts_at")[:PANEL_ROWS]
    ]
    gate = gates.closed_gate(me(request), kind) if kind else None
    return render(request, "learning/_session_panel.html", {"kind": kind, "coming": coming, "gate": gate})


@require_http_methods(["GET", "HEAD", "POST"])
def session_create(request: HttpRequest) -> HttpResponse:
    """Plan a session; the kind fills in its usual length and seats."""
    require(may_hold_sessions, me(request))
    kind = SessionKind.objects.filter(code=request.GET.get("kind", ""), is_active=True).first()
    initial: dict[str, Any] = {"trainer": me(request).pk}
    if kind:
        initial |= {"kind": kind, "minutes": kind.minutes, "capacity": kind.capacity, "minimum": kind.minimum}
    form = SessionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            session = sessions.plan(by=me(request), at=clock.now(), **form.values)
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, gettext("The session is planned."))
            return redirect(session)
    context = {"form": form, "kinds": SessionKind.objects.filter(is_active=True), "kind": kind, "crumbs": _crumbs()}
    return render(request, "learning/session_edit.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change or move a session; everybody registered is told when hours, place or trainer change."""
    session = visible_session(request, public_id)
    require(may_run, me(request), session)
    form = SessionForm(request.POST or None, initial=initial_of(session))
    if request.method == "POST" and form.is_valid():
        try:
            sessions.change(session=session, by=me(request), at=clock.now(), **form.values)
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, gettext("The session is changed."))
            return redirect(session)
    crumbs = [*_crumbs(), (str(session), session.get_absolute_url())]
    context = {"form": form, "session": session, "crumbs": crumbs}
    return render(request, "learning/session_edit.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def session_cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Call a session off, with a reason; how many will be told stands above the button."""
    session = visible_session(request, public_id)
    require(may_run, me(request), session)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sessions.cancel(session=session, by=me(request), at=clock.now(), **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, gettext("The session is cancelled, and everybody is told."))
            return redirect(session)
    told = session.bookings.active().count()
    crumbs = [*_crumbs(), (str(session), session.get_absolute_url())]
    context = {"form": form, "session": session, "told": told, "crumbs": crumbs}
    return render(request, "learning/session_cancel.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_safe
def session_calendar(request: HttpRequest, public_id: str) -> HttpResponse:
    """The session as a calendar file."""
    session = visible_session(request, public_id)
    data = calendars.of_session(session, address=base_of(request) + session.get_absolute_url(), at=clock.now())
    answer = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="session.ics"'
    return answer
