"""Findings of the audit: the list, one with its evidence, objection and verdict."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from nastavnik.crisis.actions import compliance
from nastavnik.crisis.compliance_permissions import may_judge, may_read_compliance, may_see_findings
from nastavnik.crisis.models import CrisisCase, Message
from nastavnik.crisis.models.compliance import ComplianceFinding, FindingCode, Verdict
from nastavnik.crisis.money_said import evidence
from nastavnik.crisis.queries import compliance as queries
from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.permissions import require
from nastavnik.kernel.web import toasts
from nastavnik.kernel.web.messages import explain
from nastavnik.people.models import Person

UNPROCESSABLE = 422
AROUND = 3  # messages shown before and after the evidence
FINDINGS = Listing(
    name="findings",
    columns=[
        Column("case", _("Case"), value=lambda one: one.case.number, sort="case__number"),
        Column("code", _("What was found"), value=lambda one: one.get_code_display(), sort="code"),
        Column("agent", _("Agent"), value=lambda one: str(one.agent or ""), sort="agent__sort_key"),
        Column("at", _("When"), value=lambda one: one.at, sort="at"),
        Column("verdict", _("Verdict"), value=lambda one: one.get_verdict_display(), sort="verdict"),
        Column("contested", _("Contested"), value=lambda one: one.contested_at, sort="contested_at"),
        Column("policy", _("Judged by"), value=lambda one: str(one.policy or "")),
    ],
    filters=[
        ChoiceFilter("verdict", _("Verdict"), lambda: Verdict.choices, lambda rows, v: rows.filter(verdict=v)),
        ChoiceFilter("code", _("What was found"), lambda: FindingCode.choices, lambda rows, v: rows.filter(code=v)),
        ChoiceFilter(
            "contested", _("Contested"), lambda: [("yes", _("yes")), ("no", _("no"))],
            lambda rows, value: rows.filter(contested_at__isnull=value == "no"),
        ),
    ],
    search=lambda rows, text: rows.filter(case__number=int(text)) if text.isdecimal() else rows.none(),
    default_sort="-at",
)  # fmt: skip


def me(request: HttpRequest) -> Person:
    """Who is logged in."""
    return cast(Person, request.user)


def tabs(person: Person, active: str) -> list[dict[str, Any]]:
    """The sections a person may open."""
    titles = {"finding-list": gettext("Findings")}
    if may_read_compliance(person):
        titles |= {"compliance-report": gettext("Report"), "compliance-trial": gettext("Try another policy")}
    return [
        {"title": title, "url": reverse(f"crisis:{name}"), "active": name == active} for name, title in titles.items()
    ]


@require_safe
def finding_list(request: HttpRequest) -> HttpResponseBase:
    """What the audit found, the newest first; agents see their own."""
    require(may_see_findings, me(request))
    rows = queries.findings(me(request))
    if download := FINDINGS.export(rows, request.GET):
        return download
    context = {"list": FINDINGS.page(rows, request.GET), "tabs": tabs(me(request), "finding-list")}
    return render(request, "crisis/finding_list.html", context)


def _finding(request: HttpRequest, public_id: str) -> ComplianceFinding:
    require(may_see_findings, me(request))
    rows = queries.findings(me(request)).select_related("case", "agent", "policy", "event", "message", "judged_by")
    if (found := rows.filter(public_id=public_id).first()) is None:
        raise NotFound
    return found


@require_safe
def finding_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The evidence among the messages around it, the policy that judged, objection and verdict."""
    return _shown(request, _finding(request, public_id))


def _shown(request: HttpRequest, finding: ComplianceFinding, refusal: str = "") -> HttpResponse:
    person = me(request)
    is_pending = finding.verdict == Verdict.PENDING
    sees_case = CrisisCase.objects.visible_to(person).filter(pk=finding.case_id).exists()
    context = {
        "finding": finding,
        "figures": evidence(finding.event.payload),
        "messages_around": _around(finding) if sees_case or finding.agent_id == person.pk else [],
        "sees_case": sees_case,
        "may_contest": is_pending and finding.agent_id == person.pk and finding.contested_at is None,
        "may_judge": is_pending and may_judge(person, finding),
        "refusal": refusal,
        "crumbs": [(gettext("Findings"), reverse("crisis:finding-list"))],
    }
    return render(request, "crisis/finding_detail.html", context, status=UNPROCESSABLE if refusal else 200)


def _around(finding: ComplianceFinding) -> list[dict[str, Any]]:
    """The message of the evidence with its span, and those around it; two queries."""
    rows = Message.objects.filter(conversation__case_id=finding.case_id).select_related("agent")
    before = list(rows.filter(at__lte=finding.at).order_by("-at", "-n")[: AROUND + 1])[::-1]
    after = list(rows.filter(at__gt=finding.at).order_by("at", "n")[:AROUND])
    return [_said(message, finding) for message in (*before, *after)]


def _said(message: Message, finding: ComplianceFinding) -> dict[str, Any]:
    is_evidence = message.pk == finding.message_id
    start, end = (finding.span_start or 0, finding.span_end or 0) if is_evidence else (0, 0)
    text = message.text
    return {
        "who": message.agent or message.get_side_display(),
        "at": message.at,
        "before": text[:start],
        "marked": text[start:end],
        "after": text[end:],
    }


@require_POST
def finding_contest(request: HttpRequest, public_id: str) -> HttpResponse:
    """The agent says what speaks against it."""
    finding = _finding(request, public_id)
    objection = request.POST.get("objection", "").replace("\0", "")
    try:
        compliance.contest(finding=finding, objection=objection, by=me(request), at=clock.now())
    except DomainError as error:
        return _shown(request, finding, explain(error))
    toasts.say(request, gettext("Contested: a reviewer will look at it."))
    return redirect(finding)


@require_POST
def finding_judge(request: HttpRequest, public_id: str) -> HttpResponse:
    """Uphold or reject."""
    finding = _finding(request, public_id)
    require(may_judge, me(request), finding)
    verdict, reason = request.POST.get("verdict", ""), request.POST.get("reason", "").replace("\0", "")
    if verdict not in (Verdict.UPHELD, Verdict.REJECTED):
        raise NotFound
    try:
        compliance.judge(finding=finding, verdict=verdict, reason=reason, by=me(request), at=clock.now())
    except DomainError as error:
        return _shown(request, finding, explain(error))
    toasts.say(request, gettext("The verdict is recorded."))
    return redirect("crisis:finding-list")
