"""Attendance on a phone, the code on the projector, checking oneself in; and the trainer's desk."""

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.permissions import require
from nastavnik.learning.actions import attendance
from nastavnik.learning.enums import AttendanceMark, SessionState
from nastavnik.learning.errors import TooManyTries
from nastavnik.learning.logic import codes
from nastavnik.learning.models import LiveSession
from nastavnik.learning.permissions import may_hold_sessions, may_run
from nastavnik.learning.queries import sessions as found
from nastavnik.learning.web.session_common import UNPROCESSABLE, attempt, me, refuse, visible_session
from nastavnik.learning.web.session_forms import CodeForm
from nastavnik.people.models import Person

TRIES, TRIES_SECONDS = 10, 300


def _run_session(request: HttpRequest, public_id: str) -> LiveSession:
    """The session of the address, for whoever runs it. Raises NotFound, NotPermitted."""
    session = visible_session(request, public_id)
    require(may_run, me(request), session)
    return session


@require_safe
def attendance_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everybody with a seat, and four large buttons for each."""
    session = _run_session(request, public_id)
    rows = found.attendance_list(session)
    context = {
        "session": session,
        "rows": rows,
        "marks": AttendanceMark,
        "marked": sum(1 for row in rows if row.mark),
        "may_finish": session.state == SessionState.PLANNED and clock.now() >= session.starts_at,
        "has_begun": clock.now() >= session.starts_at - attendance.OPENS_BEFORE,
        "crumbs": [
            (gettext("Sessions"), reverse("learning:session-list")),
            (str(session), session.get_absolute_url()),
        ],
    }
    return render(request, "learning/attendance.html", context)


@require_POST
def attendance_mark(request: HttpRequest, public_id: str) -> HttpResponse:
    """One mark of one person: a fragment to htmx, the whole list without scripts."""
    session = _run_session(request, public_id)
    person = Person.objects.filter(public_id=request.POST.get("person", "")).first()
    mark = request.POST.get("mark", "")
    if person is None or mark not in AttendanceMark.values:
        raise NotFound
    attendance.mark(session=session, person=person, as_=AttendanceMark(mark), by=me(request), at=clock.now())
    if not getattr(request, "htmx", False):
        return redirect("learning:attendance", public_id)
    rows = found.attendance_list(session)
    row = next(row for row in rows if row.person.pk == person.pk)
    context = {"session": session, "row": row, "marks": AttendanceMark}
    return render(request, "learning/_attendance_row.html", context)


@require_POST
def session_finish(request: HttpRequest, public_id: str) -> HttpResponse:
    """Finish: whoever has no mark did not come."""
    session = _run_session(request, public_id)
    at = clock.now()
    attempt(
        request,
        lambda: attendance.finish(session=session, by=me(request), at=at),
        lambda count: gettext("The session is finished; attended: {count}.").format(count=count),
    )
    return redirect(session)


@require_safe
def projector(request: HttpRequest, public_id: str) -> HttpResponse:
    """The code for the screen in the room; it refreshes itself."""
    session = _run_session(request, public_id)
    return render(request, "learning/projector.html", _code(session))


@require_safe
def projector_code(request: HttpRequest, public_id: str) -> HttpResponse:
    """The code of this half minute, as a fragment."""
    return render(request, "learning/_code.html", _code(_run_session(request, public_id)))


def _code(session: LiveSession) -> dict[str, object]:
    now = clock.now()
    code = codes.code_for(attendance.secret_of(session), codes.step_of(now))
    opens = session.starts_at - attendance.OPENS_BEFORE
    return {
        "session": session,
        "code": f"{code[:3]} {code[3:]}",
        "left": codes.seconds_left(now),
        "is_running": opens <= now < session.ends_at and session.state == SessionState.PLANNED,
        "opens": opens,
        "here": session.attendances.filter(mark__in=attendance.ATTENDED).count(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, public_id: str) -> HttpResponse:
    """Enter the code on the screen."""
    session, person = visible_session(request, public_id), me(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _count_try(person)
            row = attendance.check_in(session=session, person=person, typed=form.cleaned_data["code"], at=clock.now())
        except DomainError as error:
            refuse(form, error)
        else:
            said = gettext("You are marked: {mark}.").format(mark=row.get_mark_display())
            messages.success(request, said)
            return redirect(session)
    context = {"form": form, "session": session, "crumbs": [(str(session), session.get_absolute_url())]}
    return render(request, "learning/check_in.html", context, status=UNPROCESSABLE if form.errors else 200)


def _count_try(person: Person) -> None:
    """Ten codes in five minutes: guessing one of two among a million takes longer than a working life."""
    key = f"attendance-code:{person.pk}:{int(clock.now().timestamp()) // TRIES_SECONDS}"
    tries = int(cache.get(key, 0)) + 1
    cache.set(key, tries, TRIES_SECONDS)
    if tries > TRIES:
        raise TooManyTries


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The trainer's day: what I hold next, what waits to be finished, where too few people come."""
    require(may_hold_sessions, me(request))
    now, zone = clock.now(), timezone.get_current_timezone()
    mine = found.listed(me(request)).filter(trainer=me(request))
    planned = list(mine.filter(state=SessionState.PLANNED).order_by("starts_at")[:50])
    context = {
        "running": [(row, found.hours_of(row, zone)) for row in planned if row.starts_at <= now < row.ends_at],
        "unfinished": [(row, found.hours_of(row, zone)) for row in planned if row.ends_at <= now],
        "coming": [(row, found.hours_of(row, zone)) for row in planned if row.starts_at > now],
        "held": mine.filter(state=SessionState.HELD).order_by("-starts_at")[:10],
        "now": now,
    }
    return render(request, "learning/trainer_desk.html", context)
