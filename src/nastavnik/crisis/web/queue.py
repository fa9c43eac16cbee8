"""The list of cases and the day of a crisis manager."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from nastavnik.crisis.actions import desk, looks
from nastavnik.crisis.enums import CaseKind, RefusalState, Severity
from nastavnik.crisis.models import Customer, DeskShift
from nastavnik.crisis.permissions import may_lead_desk, may_manage_desk, may_work_cases
from nastavnik.crisis.queries import lists, screen
from nastavnik.crisis.web.common import at_desk, desk_title, me
from nastavnik.kernel import clock
from nastavnik.kernel.errors import NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web import toasts
from nastavnik.metrics.queries.screens_frame import When, frame_for_person, recent_days
from nastavnik.metrics.queries.screens_tiles import tiles
from nastavnik.people.models import Person
from nastavnik.people.reach import today

FIGURES = ("retention", "technical_refund_share", "csat", "qa", "fcr")
VIEWS = [
    (lists.MINE, _("my open ones")), (lists.FREE, _("free ones")), (lists.MISSED, _("deadline missed")),
    (lists.AT_RISK, _("deadline within 30 minutes")), (lists.OPEN, _("all open ones")),
    (lists.CLOSED, _("closed ones")), (lists.TO_PAY, _("refund to be paid")), (lists.LATE_TO_PAY, _("refund overdue")),
]  # fmt: skip


def listing(person: Person) -> Listing:
    """The queue as this person filters it."""
    return Listing(
        name="cases",
        columns=[
            Column("number", _("Number"), value=lambda one: one.number, sort="number", number=True),
            Column("customer", _("Customer"), value=lambda one: str(one.customer), sort="customer__name"),
            Column("due", _("Nearest deadline"), value=lambda one: one.next_due_at, sort="next_due_at"),
            Column("kind", _("Kind"), value=lambda one: one.get_kind_display(), sort="kind"),
            Column("severity", _("Severity"), value=lambda one: one.get_severity_display(), sort="severity"),
            Column("stage", _("Stage"), value=lambda one: one.get_stage_display(), sort="stage"),
            Column("refusal", _("Refusal"), value=lambda one: one.get_refusal_state_display(), sort="refusal_state"),
            Column("assignee", _("Assigned to"), value=lambda one: str(one.assignee or ""), sort="assignee__sort_key"),
            Column("opened", _("Opened"), value=lambda one: one.opened_at, sort="opened_at"),
        ],
        filters=[
            ChoiceFilter("which", _("Cases"), lambda: VIEWS, lambda rows, value: lists.which(rows, value, person.pk)),
            ChoiceFilter("kind", _("Kind"), lambda: CaseKind.choices, lambda rows, value: rows.filter(kind=value)),
            ChoiceFilter(
                "severity", _("Severity"), lambda: [(str(one.value), one.label) for one in Severity],
                lambda rows, value: rows.filter(severity=int(value)),
            ),
            ChoiceFilter(
                "refusal", _("Refusal"), lambda: RefusalState.choices,
                lambda rows, value: rows.filter(refusal_state=value),
            ),
        ],
        search=lists.matching,
        default_sort="due",
    )  # fmt: skip


@require_safe
def case_list(request: HttpRequest) -> HttpResponseBase:
    """Every case one sees: nearest deadline first."""
    person, now = at_desk(request), clock.now()
    shown = listing(person)
    rows = lists.queue_of(person)
    if download := shown.export(rows, request.GET):
        return download
    page = shown.page(rows, request.GET)
    due = {one.pk: screen.due_words(one, now) for one in page.rows if one.is_open}
    context = {
        "list": page, "rows": [(one, due.get(one.pk)) for one in page.rows], "works": may_work_cases(person),
        "leads": may_lead_desk(person), "keeps": may_manage_desk(person),
        "crumbs": [(desk_title(), reverse("crisis:my-day"))],
    }  # fmt: skip
    return render(request, "crisis/case_list.html", context)


@require_safe
def my_day(request: HttpRequest) -> HttpResponse:
    """The next case, my cases with their deadlines, my figures against today's targets."""
    person, now = at_desk(request), clock.now()
    works = may_work_cases(person)
    own = [one for one in screen.queue(person, now, 50) if one["case"].assignee_id == person.pk]
    free = screen.cases_of(person).open().filter(assignee__isnull=True)
    day = today()
    context: dict[str, Any] = {
        "own": own, "next": own[0] if own else None, "works": works, "leads": may_lead_desk(person),
        "free": free.count(), "here": DeskShift.objects.filter(person=person, ended_at=None).first(),
        "statement": _statement(own), "person": person,
        "tiles": tiles(frame_for_person(person, person, When(day, *recent_days(day))), codes=FIGURES, most=4),
    }  # fmt: skip
    return render(request, "crisis/my_day.html", context)


def _statement(own: list[dict[str, Any]]) -> str:
    if not own:
        return gettext("You have no open case")
    late = sum(1 for one in own if one["due"]["tone"] == "bad")
    if late:
        return gettext("Deadlines missed: {n}. Begin with the first").format(n=late)
    return gettext("Every deadline is kept so far")


@require_POST
def come(request: HttpRequest) -> HttpResponse:
    """Sit down at the desk."""
    person = at_desk(request)
    require(may_work_cases, person)
    desk.come(person=person, by=person, at=clock.now())
    toasts.say(request, gettext("You are at the desk: new cases may come to you."))
    return redirect("crisis:my-day")


@require_POST
def go(request: HttpRequest) -> HttpResponse:
    """Leave the desk."""
    person = at_desk(request)
    desk.go(person=person, by=person, at=clock.now())
    toasts.say(request, gettext("You have left the desk. Your cases stay yours."))
    return redirect("crisis:my-day")


@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """Take the free case with the nearest deadline."""
    person = at_desk(request)
    require(may_work_cases, person)
    case = desk.take_next(person=person, at=clock.now())
    if case is None:
        toasts.say(request, gettext("There is no free case."))
        return redirect("crisis:my-day")
    return redirect(case)


@require_safe
def customer_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The card of a customer, for those who see a case of theirs; the look is written down."""
    person = at_desk(request)
    own = screen.cases_of(person).filter(customer__public_id=public_id).order_by("-opened_at")
    found = list(own[:100])
    customer = Customer.objects.filter(public_id=public_id).first() if found else None
    if customer is None:
        raise NotFound
    looks.at_customer(customer=customer, by=me(request), at=clock.now())
    contacts = [(str(key), str(value)) for key, value in customer.contacts.items()]
    context = {
        "customer": customer, "cases": found, "contracts": list(customer.contracts.all()), "contacts": contacts,
        "crumbs": [(desk_title(), reverse("crisis:my-day"))],
    }  # fmt: skip
    return render(request, "crisis/customer_detail.html", context)
