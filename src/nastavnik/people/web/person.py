"""One person's page: who, since when, where; their history; and the changes one may make to it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.permissions import require
from nastavnik.people import queries
from nastavnik.people.actions import roles
from nastavnik.people.models import Person, RoleAssignment
from nastavnik.people.permissions import (
    may_grant_roles,
    may_invite,
    may_manage_people,
    may_read_journal,
    today,
)
from nastavnik.people.web import forms
from nastavnik.people.web.common import UNPROCESSABLE, day_of, me, refuse

CHANGES: dict[str, tuple[Any, Any]] = {
    "team": (forms.MoveForm, may_manage_people),
    "post": (forms.PostForm, may_manage_people),
    "grade": (forms.GradeForm, may_manage_people),
    "line": (forms.ClearanceForm, may_manage_people),
    "role": (forms.RoleForm, may_grant_roles),
    "employment": (forms.EmploymentForm, may_manage_people),
    "return": (forms.RehireForm, may_manage_people),
    "leave": (forms.LeaveForm, may_manage_people),
    "card": (forms.CardForm, may_manage_people),
}


def visible_person(request: HttpRequest, public_id: str) -> Person:
    """The person of the address, if the viewer may see them; else 404, so that nobody learns who exists."""
    person: Person = get_object_or_404(Person.objects.visible_to(me(request)), public_id=public_id)
    return person


def person_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who, since when, where; panels of other rooms; the history and, for those who may, the journal."""
    viewer, person, day = me(request), visible_person(request, public_id), day_of(request)
    may_manage = may_manage_people(viewer)
    may_read = may_read_journal(viewer) or may_manage
    context = {
        "person": person,
        "day": day,
        "is_today": day == today(),
        "present": queries.present(person, day),
        "history": queries.history(person, reasons=may_manage),
        "entries": queries.journal_about(person) if may_read else [],
        "aliases": [alias.value for alias in person.aliases.all()],
        "may_manage": may_manage,
        "may_grant": may_grant_roles(viewer),
        "may_invite": may_invite(viewer),
        "crumbs": [(gettext("People"), reverse("people:person-list"))],
    }
    return render(request, "people/person_detail.html", context)


def _initial(person: Person, what: str) -> dict[str, Any]:
    """What the form begins with: the present state, and the journal's newest entry as what its author has seen."""
    day = today()
    initial: dict[str, Any] = {"since": day, "seen": queries.last_entry_about(person)}
    if what == "card":
        fields = ("family_name", "given_name", "patronymic", "latin_name", "code", "email", "login")
        initial |= {field: getattr(person, field) for field in fields}
        initial["aliases"] = sorted(person.aliases.values_list("value", flat=True))
    elif what == "team" and (membership := person.memberships.on(day).first()):
        initial["team"] = membership.team_id  # so that nobody is moved out of a team by pressing at once
    elif what == "post" and (holding := person.post_holdings.on(day).first()):
        initial["post"] = holding.post_id
    elif what == "employment" and (employment := person.employments.on(day).first()):
        initial |= {"kind": employment.kind, "partner": employment.partner_id}
    return initial


def person_change(request: HttpRequest, public_id: str, what: str) -> HttpResponse:
    """One form for one change; a refusal or a meanwhile changed person is said above it, and nothing typed is lost."""
    if what not in CHANGES:
        raise Http404
    form_class, permission = CHANGES[what]
    require(permission, me(request))
    person = visible_person(request, public_id)
    form = form_class(request.POST or None, person=person, initial=_initial(person, what))
    if request.method == "POST" and form.is_valid():
        try:
            form.act(by=me(request), at=clock.now())
        except DomainError as error:
            refuse(form, error)
            # Whoever reads the refusal has seen the newest entry: sending again is their decision.
            form.data = {**form.data.dict(), "seen": queries.last_entry_about(person)}
        else:
            messages.success(request, gettext("Written down."))
            return redirect(person)
    context = {
        "form": form,
        "person": person,
        "what": what,
        "present": queries.present(person, today()),
        "crumbs": [(gettext("People"), reverse("people:person-list")), (str(person), person.get_absolute_url())],
    }
    return render(request, "people/person_change.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
def role_withdraw(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """End a role from today."""
    require(may_grant_roles, me(request))
    person = visible_person(request, public_id)
    assignment = get_object_or_404(RoleAssignment, pk=pk, person=person)
    roles.withdraw(assignment=assignment, since=today(), by=me(request), at=clock.now())
    messages.success(request, gettext("The role is withdrawn."))
    return redirect(person)
