"""«What I may offer now and why not more» on the case page, and what becomes of an offer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from nastavnik.crisis.actions import authority as asking
from nastavnik.crisis.actions import offers
from nastavnik.crisis.models import CrisisCase, Offer
from nastavnik.crisis.money_enums import Fault, Issue
from nastavnik.crisis.money_said import sentence
from nastavnik.crisis.queries import authority
from nastavnik.crisis.web.money_common import me, visible_case
from nastavnik.crisis.web.offers_forms import OfferForm
from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.web.messages import explain
from nastavnik.people.models import Person

PANEL = "crisis/_offer_panel.html"


@require_http_methods(["GET", "HEAD", "POST"])
def offer_panel(request: HttpRequest, public_id: str) -> HttpResponse:
    """The panel of a case; an offer posted here is made at once, or what stands in its way is said."""
    case, person = visible_case(request, public_id), me(request)
    issue, fault = _answers(request, case)
    choices = authority.menu(person=person, case=case, issue=issue, fault=fault, at=clock.now())
    asked = _ask_training(request, case, person, choices)
    form = OfferForm(None if asked else request.POST or None, choices=choices)
    problem = ""
    if request.method == "POST" and not asked and form.is_valid():
        try:
            offers.propose(
                case=case, issue=issue, fault=fault, by=person, at=clock.now(), **form.said()
            )  # fmt: skip
        except DomainError as error:
            problem = explain(error)
        else:
            choices = authority.menu(person=person, case=case, issue=issue, fault=fault, at=clock.now())
            form = OfferForm(None, choices=choices)
    context = _shown(case, person, choices) | {"form": form, "problem": problem, "issue": issue, "fault": fault}
    return render(request, PANEL, context | {"asked": asked})


def _ask_training(request: HttpRequest, case: CrisisCase, person: Person, choices: list[authority.Choice]) -> bool:
    """The button beside an offer for which a certificate is missing; answers whether it was pressed."""
    wanted = request.POST.get("training", "")
    limits = [
        one.rows.limit for one in choices if "certificate" in one.answer.codes and one.kind.public_id == wanted
    ]  # fmt: skip
    for limit in limits:
        if limit is not None:
            asking.ask_training(person=person, code=limit.certificate_code, case=case, at=clock.now())
    return bool(limits)


def _answers(request: HttpRequest, case: CrisisCase) -> tuple[str, str]:
    """What went wrong and whose fault it is: as chosen, else as in the latest offer of the case."""
    given = request.POST if request.method == "POST" else request.GET
    issue, fault = given.get("issue", ""), given.get("fault", "")
    if issue not in Issue.values or fault not in Fault.values:
        last = Offer.objects.filter(case=case).order_by("-made_at").values_list("issue", "fault").first()
        issue = issue if issue in Issue.values else (last[0] if last else Issue.SERVICE.value)
        fault = fault if fault in Fault.values else (last[1] if last else Fault.OURS.value)
    return issue, fault


def _shown(case: CrisisCase, person: Person, choices: list[authority.Choice]) -> dict[str, Any]:
    currency = authority.currency_of(case)
    told = [
        {
            "kind": choice.kind, "may": choice.may, "least": choice.least, "most": choice.most_now,
            "clauses": [sentence(one, currency) for one in choice.answer.failed],
            "lacks_training": "certificate" in choice.answer.codes,
        }
        for choice in choices
    ]  # fmt: skip
    rows = Offer.objects.filter(case=case).select_related("kind", "made_by").prefetch_related("approvals__checker")
    return {
        "case": case, "currency": currency, "choices": told, "offers": rows, "issues": Issue.choices,
        "faults": Fault.choices, "may_offer": any(one["may"] for one in told),
    }  # fmt: skip


@require_POST
def offer_act(request: HttpRequest, public_id: str, do: str) -> HttpResponse:
    """Present an offer, or note that the customer accepted or declined it. Answers the panel again."""
    person, at = me(request), clock.now()
    offer = Offer.objects.visible_to(person).select_related("case").filter(public_id=public_id).first()
    if offer is None or do not in ("present", "accept", "decline"):
        raise NotFound
    problem = ""
    try:
        if do == "present":
            offers.present(offer=offer, by=person, at=at)
        elif do == "accept":
            offers.accept(offer=offer, consent=request.POST.get("consent", ""), by=person, at=at)
        else:
            offers.decline(offer=offer, by=person, at=at)
    except DomainError as error:
        problem = explain(error)
    case = visible_case(request, offer.case.public_id)
    choices = authority.menu(person=person, case=case, issue=offer.issue, fault=offer.fault, at=at)
    form = OfferForm(None, choices=choices)
    context = _shown(case, person, choices) | {"form": form, "problem": problem}
    return render(request, PANEL, context | {"issue": offer.issue, "fault": offer.fault})
