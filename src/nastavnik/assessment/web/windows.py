"""Windows: offered to people, watched while they are sat."""

from datetime import timedelta

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.assessment.actions import attempts, sittings
from nastavnik.assessment.enums import AttemptState
from nastavnik.assessment.models import Attempt, Sitting
from nastavnik.assessment.queries import desk
from nastavnik.assessment.web.common import UNPROCESSABLE, refuse
from nastavnik.assessment.web.designer import crumbs, exam_of, setter
from nastavnik.assessment.web.exam_forms import OfferForm, VoidForm
from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.web import toasts
from nastavnik.people.reach import today

WATCHED = Listing(
    name="exam-window",
    columns=[
        Column("person", _("Person"), value=lambda one: str(one.person), sort="person__sort_key"),
        Column("state", _("State"), value=lambda one: one.get_state_display(), sort="state"),
        Column("form", _("Form"), value=lambda one: one.form.number, sort="form__number", number=True),
        Column("begun", _("Begun"), value=lambda one: one.opened_at, sort="opened_at"),
        Column("answered", _("Answered"), value=lambda one: one.answered, sort="answered", number=True),
        Column("saved", _("Last save"), value=lambda one: one.last_saved, sort="last_saved"),
        Column("ended", _("Ended"), value=lambda one: one.ended_at, sort="ended_at"),
        Column(
            "percent",
            _("Percent"),
            value=lambda one: next((r.percent for r in one.results_in_force), None),
            number=True,
        ),
    ],
    filters=[
        ChoiceFilter("state", _("State"), lambda: AttemptState.choices, lambda rows, value: rows.filter(state=value))
    ],
    search=lambda rows, text: rows.filter(Q(person__search_text__contains=text.lower()) | Q(person__code=text)),
    default_sort="person",
)


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Offer a window to lines, teams, posts or people named one by one."""
    exam, day = exam_of(request, public_id), today()
    first = {"opens_date": day + timedelta(days=1), "closes_date": day + timedelta(days=1)} | exam.audience
    form = OfferForm(request.POST or None, day=day, initial=first)
    if request.method == "POST" and form.is_valid():
        opens, closes = form.window
        try:
            made = sittings.offer(
                exam=exam, people=form.people, opens_at=opens, closes_at=closes, by=setter(request), at=clock.now()
            )
        except DomainError as error:
            refuse(form, error)
        else:
            number = made.attempts.count()
            text = ngettext("Offered to {n} person.", "Offered to {n} people.", number).format(n=number)
            toasts.say(request, text)
            return redirect(made)
    context = {"form": form, "exam": exam, "crumbs": crumbs(exam)}
    return render(request, "assessment/offer.html", context, status=UNPROCESSABLE if form.errors else 200)


def _sitting(request: HttpRequest, public_id: str) -> Sitting:
    setter(request)
    found = Sitting.objects.select_related("exam", "offered_by").filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


@require_safe
def sitting_detail(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Who has begun, saved, submitted; a fragment for the page that looks again every few seconds."""
    sitting = _sitting(request, public_id)
    rows = desk.watched(sitting)
    if download := WATCHED.export(rows, request.GET):
        return download
    by_state = desk.progress(sitting)
    context = {
        "sitting": sitting, "list": WATCHED.page(rows, request.GET), "crumbs": crumbs(sitting.exam),
        "states": [(label, by_state.get(state, 0)) for state, label in AttemptState.choices if by_state.get(state)],
        "people": sum(by_state.values()), "is_running": sitting.closes_at > clock.now() and not sitting.cancelled_at,
        "nobody_began": set(by_state) <= {AttemptState.PREPARED},
    }  # fmt: skip
    return render(request, "assessment/sitting_detail.html", context)


@require_POST
def sitting_cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a window back nobody has begun in."""
    sitting = _sitting(request, public_id)
    sittings.cancel(sitting=sitting, by=setter(request), at=clock.now())
    toasts.say(request, gettext("The window is cancelled."))
    return redirect(sitting.exam)


@require_http_methods(["GET", "HEAD", "POST"])
def attempt_void(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make an attempt not count, with the reason."""
    person = setter(request)
    attempt = Attempt.objects.select_related("sitting__exam", "person", "exam").filter(public_id=public_id).first()
    if attempt is None:
        raise NotFound
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        attempts.void(attempt=attempt, by=person, at=clock.now(), **form.cleaned_data)
        toasts.say(request, gettext("The attempt does not count any more."))
        return redirect(attempt.sitting)
    above = [*crumbs(attempt.exam), (str(attempt.sitting.exam), attempt.sitting.get_absolute_url())]
    context = {"form": form, "attempt": attempt, "crumbs": above}
    return render(request, "assessment/attempt_void.html", context, status=UNPROCESSABLE if form.errors else 200)
