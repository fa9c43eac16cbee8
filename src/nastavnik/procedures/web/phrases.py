"""Phrases the rules missed: looked at one by one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from nastavnik.kernel import clock
from nastavnik.kernel.errors import NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.web import toasts
from nastavnik.procedures import queries
from nastavnik.procedures.actions import proposals
from nastavnik.procedures.enums import Language, MessageLabel, PhraseState
from nastavnik.procedures.models import MissedPhrase
from nastavnik.procedures.web.common import keeper, tabs

PHRASES = Listing(
    name="missed-phrases",
    columns=[
        Column("text", _("Message"), value=lambda one: one.text, sort="text"),
        Column("lang", _("Language"), value=lambda one: one.lang, sort="lang"),
        Column("source", _("Who says so"), value=lambda one: one.get_source_display(), sort="source"),
        Column("times", _("Times"), value=lambda one: one.times, sort="times", number=True),
        Column("proposed", _("Proposed"), value=lambda one: one.proposed_at, sort="proposed_at"),
        Column("state", _("State"), value=lambda one: one.get_state_display(), sort="state"),
    ],
    filters=[
        ChoiceFilter("state", _("State"), lambda: PhraseState.choices, lambda rows, value: rows.filter(state=value)),
        ChoiceFilter("lang", _("Language"), lambda: Language.choices, lambda rows, value: rows.filter(lang=value)),
    ],
    search=lambda rows, text: rows.filter(text__icontains=text),
    default_sort="state",
)
REJECTED_AS = [label for label in MessageLabel if label != MessageLabel.TRIGGER]


@require_safe
def phrase_list(request: HttpRequest) -> HttpResponseBase:
    """Phrases that wait, then those decided; beside each what the lexicon in force makes of it now."""
    keeper(request)
    rows = MissedPhrase.objects.select_related("proposed_by", "decided_by")
    if download := PHRASES.export(rows, request.GET):
        return download
    page = PHRASES.page(rows, _waiting_first(request))
    lexicon = queries.lexicon_at(None, clock.now())
    context: dict[str, Any] = {
        "list": page,
        "rows": [(one, MessageLabel(lexicon.detect(one.text, open_case=True).label)) for one in page.rows],
        "labels": [(label.value, label.label) for label in REJECTED_AS],
        "tabs": tabs("phrase-list"),
    }
    return render(request, "procedures/phrase_list.html", context)


def _waiting_first(request: HttpRequest) -> Any:
    """Those that wait, unless the reader chose otherwise."""
    query = request.GET.copy()
    if "state" not in query and "q" not in query:
        query["state"] = PhraseState.PENDING
    return query


@require_POST
def phrase_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """It is a refusal, or it is something else."""
    person = keeper(request)
    phrase = MissedPhrase.objects.filter(public_id=public_id).first()
    if phrase is None:
        raise NotFound
    label = request.POST.get("label", "")
    if label == MessageLabel.TRIGGER:
        proposals.confirm(phrase=phrase, by=person, at=clock.now())
        toasts.say(request, gettext("Confirmed: it joined the labelled messages. Write a rule that finds it."))
    elif label in MessageLabel.values:
        proposals.reject(phrase=phrase, by=person, at=clock.now(), label=label)
        toasts.say(request, gettext("Rejected: it joined the labelled messages as what it is."))
    return redirect("procedures:phrase-list")
