"""A case opened by hand."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from nastavnik.crisis.actions import intake
from nastavnik.crisis.permissions import may_act_at_desk
from nastavnik.crisis.web.common import UNPROCESSABLE, at_desk, desk_title
from nastavnik.crisis.web.intake_forms import CaseForm
from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web import toasts
from nastavnik.kernel.web.messages import explain


@require_http_methods(["GET", "HEAD", "POST"])
def case_open(request: HttpRequest) -> HttpResponse:
    """Open a case; an open one of the same matter is found instead of doubled."""
    person, at = at_desk(request), clock.now()
    require(may_act_at_desk, person)
    form = CaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = intake.admit(arrival=form.arrival(at), by=person, at=at)
        except DomainError as error:
            form.add_error(None, explain(error))
        else:
            text = (
                gettext("The case is open.") if found.is_new else gettext("There was an open case already: this is it.")
            )
            toasts.say(request, text)
            return redirect(found.case)
    crumbs = [(desk_title(), reverse("crisis:my-day")), (gettext("Queue"), reverse("crisis:case-list"))]
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "crisis/case_open.html", {"form": form, "crumbs": crumbs}, status=status)
