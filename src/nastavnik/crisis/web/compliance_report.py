"""How refusals were handled in a period, and what another policy would have said of the same cases."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from nastavnik.crisis.compliance_permissions import may_read_compliance
from nastavnik.crisis.models.compliance import FindingCode
from nastavnik.crisis.queries import compliance as queries
from nastavnik.crisis.web.compliance import me, tabs
from nastavnik.kernel import clock
from nastavnik.kernel.logic import charts
from nastavnik.kernel.logic.charts import Bar, Format
from nastavnik.kernel.permissions import require
from nastavnik.people.reach import today
from nastavnik.procedures.queries import policy_at
from nastavnik.procedures.refusals import Policy

PERIOD = timedelta(days=90)
MINUTE, DAY = 60, 86_400


class PeriodForm(forms.Form):
    """Days, both included."""

    since = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))

    @property
    def period(self) -> tuple[date, date]:
        """The days asked for; the last 90 where nothing sensible is."""
        if self.is_valid() and self.cleaned_data["since"] <= self.cleaned_data["until"]:
            return self.cleaned_data["since"], self.cleaned_data["until"]
        return today() - PERIOD, today()


class TrialForm(PeriodForm):
    """A policy to try; durations in minutes and days."""

    max_soft = forms.IntegerField(label=_("Soft attempts at most"), min_value=0, max_value=10)
    refund_start = forms.IntegerField(label=_("Minutes to start the refund"), min_value=0, max_value=43_200)
    reopen_days = forms.IntegerField(label=_("Days a return continues the count"), min_value=0, max_value=3_650)
    insist_ends_at_once = forms.BooleanField(label=_("Insistence after one attempt ends persuasion"), required=False)
    interrupt_alone_ends = forms.BooleanField(label=_("An interruption alone ends persuasion"), required=False)

    @property
    def policy(self) -> Policy:
        given = self.cleaned_data
        return Policy(
            max_soft=given["max_soft"],
            insist_ends_at_once=given["insist_ends_at_once"],
            interrupt_alone_ends=given["interrupt_alone_ends"],
            refund_start_s=given["refund_start"] * MINUTE,
            reopen_keeps_count_s=given["reopen_days"] * DAY,
        )


def _dates() -> dict[str, str]:
    return {"since": (today() - PERIOD).isoformat(), "until": today().isoformat()}


def attempts_title(bucket: queries.Bucket) -> str:
    """«2 attempts», «3 and more»."""
    if bucket.is_last:
        return gettext("{n} and more attempts").format(n=bucket.attempts)
    return ngettext("{n} attempt", "{n} attempts", bucket.attempts).format(n=bucket.attempts)


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """The attempts, what they cost in ratings, who came back, how the rules of the lexicon do."""
    require(may_read_compliance, me(request))
    form = PeriodForm({**_dates(), **request.GET.dict()}, auto_id="period_%s")
    since, until = form.period
    found = queries.report(me(request), *queries.days(since, until), clock.now())
    context = {
        "form": form,
        "report": found,
        "since": since,
        "until": until,
        "chart": _histogram(found),
        "buckets": [(attempts_title(one), one) for one in found.buckets],
        "codes": [(FindingCode(code).label, counts) for code, counts in found.codes],
        "tabs": tabs(me(request), "compliance-report"),
    }
    return render(request, "crisis/compliance_report.html", context)


def _histogram(found: queries.Report) -> Any:
    fmt = Format(lang=get_language() or "ru", decimals=0)
    bars = [Bar(label=str(attempts), value=n, n=n) for attempts, n in found.histogram[:12]]
    return (
        charts.bar(title=gettext("Attempts after a refusal, cases"), fmt=fmt, bars=bars, axis="zero") if bars else None
    )


@require_safe
def trial(request: HttpRequest) -> HttpResponse:
    """The same cases under another policy. Nothing is written."""
    require(may_read_compliance, me(request))
    current = policy_at(today())
    policy = current.policy if current else Policy()
    typed = request.GET if "max_soft" in request.GET else None
    initial = {
        "max_soft": policy.max_soft,
        "refund_start": int(policy.refund_start_s // MINUTE),
        "reopen_days": int(policy.reopen_keeps_count_s // DAY),
        "insist_ends_at_once": policy.insist_ends_at_once,
        "interrupt_alone_ends": policy.interrupt_alone_ends,
        **_dates(),
    }
    form = TrialForm(typed, initial=initial)
    found = None
    if typed is not None and form.is_valid():
        found = queries.trial(me(request), form.policy, *queries.days(*form.period))
    context: dict[str, Any] = {"form": form, "trial": found, "tabs": tabs(me(request), "compliance-trial")}
    if found:
        context["rows"] = [(FindingCode(code).label, was, now) for code, was, now in found.rows]
        context["changed"] = [(case, _labels(new), _labels(gone)) for case, new, gone in found.changed]
    return render(request, "crisis/compliance_trial.html", context)


def _labels(codes: list[str]) -> list[str]:
    return [str(FindingCode(code).label) for code in codes]
