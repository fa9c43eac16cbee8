"""One's plan: the page, the panels on the start page and on the person's page, the proof of an external course."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.learning.actions import decisions
from nastavnik.learning.models import Enrolment, PlanItem, Proof
from nastavnik.learning.permissions import may_see_learning_of
from nastavnik.learning.queries.plans import plan_of, progress_of
from nastavnik.learning.web.programme_common import UNPROCESSABLE, me, refuse
from nastavnik.learning.web.programme_forms import ProofForm
from nastavnik.people.models import Person
from nastavnik.people.reach import today


@require_safe
def my_plan(request: HttpRequest) -> HttpResponse:
    """What I am to do: today, this week, later; how far my programmes have come."""
    plan = plan_of(me(request), today())
    return render(request, "learning/my_plan.html", {"plan": plan, "today": today(), "is_mine": True})


def _person(request: HttpRequest, public_id: str) -> Person:
    person: Person | None = Person.objects.filter(public_id=public_id).first()
    if person is None or not may_see_learning_of(me(request), person):
        raise NotFound
    return person


@require_safe
def person_plan(request: HttpRequest, public_id: str) -> HttpResponse:
    """The plan of somebody within reach."""
    person = _person(request, public_id)
    context: dict[str, Any] = {"plan": plan_of(person, today()), "today": today(), "person": person}
    context["is_mine"] = person.pk == me(request).pk
    context["crumbs"] = [(gettext("People"), reverse("people:person-list")), (str(person), person.get_absolute_url())]
    return render(request, "learning/my_plan.html", context)


@require_safe
def person_panel(request: HttpRequest, public_id: str) -> HttpResponse:
    """The slot of the person's page: programmes of all cycles, what is due."""
    person = _person(request, public_id)
    rows = Enrolment.objects.visible_to(me(request)).filter(person=person)
    late = PlanItem.objects.to_do().filter(person=person, due_date__lt=today(), is_required=True).count()
    context = {"progress": progress_of(rows), "person": person, "late": late}
    return render(request, "learning/_person_panel.html", context)


@require_safe
def home_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The slot of the start page: what is due now. It is always one's own."""
    return render(request, "learning/_home_panel.html", {"plan": plan_of(me(request), today()), "today": today()})


def proof_upload(request: HttpRequest, public_id: str) -> HttpResponse:
    """Bring the file that shows that an external course was done."""
    item = PlanItem.objects.filter(person=me(request), public_id=public_id).first()
    if item is None:
        raise NotFound
    form = ProofForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given, file = form.cleaned_data["provider"], form.cleaned_data["file"]
        try:
            decisions.upload_proof(
                item=item, file_name=file.name, content=file.read(), provider=given, by=me(request), at=clock.now()
            )
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, gettext("Your proof waits for a decision."))
            return redirect("learning:my-plan")
    context = {"form": form, "item": item, "crumbs": [(gettext("My plan"), reverse("learning:my-plan"))]}
    return render(request, "learning/proof_upload.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_safe
def proof_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """The file itself, for its owner and for those who decide; always as a download."""
    proof = Proof.objects.select_related("item__person").filter(public_id=public_id).first()
    if proof is None or not may_see_learning_of(me(request), proof.item.person):
        raise NotFound
    ending = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}[proof.media_type]
    answer = HttpResponse(bytes(proof.content), content_type=proof.media_type)
    answer["Content-Disposition"] = f'attachment; filename="proof-{proof.public_id[:6]}.{ending}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
