"""Versions of the lexicon: what is in force, how well it does, what a draft changes, trying a message."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, InvalidInput, NotFound
from nastavnik.kernel.listing import ChoiceFilter, Column, Listing
from nastavnik.kernel.web import toasts
from nastavnik.kernel.web.messages import explain as explained
from nastavnik.procedures import queries
from nastavnik.procedures.actions import lexicons
from nastavnik.procedures.detection import Label
from nastavnik.procedures.enums import Language, MessageLabel, RuleRole
from nastavnik.procedures.logic.proving import Explanation, Measure, changes, explain, measure
from nastavnik.procedures.models import LexiconVersion
from nastavnik.procedures.web.common import UNPROCESSABLE, crumbs, keeper, refuse, tabs
from nastavnik.procedures.web.forms import WordsForm
from nastavnik.procedures.wording import problem_sentence

MOST_TRIED = 4_000
RULES = Listing(
    name="lexicon-rules",
    columns=[
        Column("code", _("Rule"), value=lambda rule: rule.code, sort="code"),
        Column("role", _("What it does"), value=lambda rule: rule.get_role_display(), sort="role"),
        Column("strength", _("Strength"), value=lambda rule: rule.get_strength_display(), sort="strength"),
        Column("must", _("Must be found"), value=lambda rule: _examples(rule, True)),
        Column("must_not", _("Must be passed over"), value=lambda rule: _examples(rule, False)),
        Column("pattern", _("Pattern"), value=lambda rule: rule.pattern),
    ],
    filters=[
        ChoiceFilter("role", _("What it does"), lambda: RuleRole.choices, lambda rows, value: rows.filter(role=value)),
    ],
    search=lambda rows, text: rows.filter(code__icontains=text) | rows.filter(pattern__icontains=text),
    page_size=100,
)


def _examples(rule: Any, must_match: bool) -> str:
    return "\n".join(one.text for one in rule.examples.all() if one.must_match is must_match)


@require_safe
def lexicon_home(request: HttpRequest) -> HttpResponse:
    """For each language: what is in force, since when, how well it does; its draft and its earlier versions."""
    keeper(request)
    measures = {one.lang: one for one in measure(queries.lexicon_at(None, clock.now()), queries.labelled())}
    parts = []
    for lang in Language:
        versions = list(queries.published(lang).select_related("published_by")[:20])
        current = versions[0] if versions else None
        parts.append(
            {
                "lang": lang,
                "current": current,
                "rules": current.rules.count() if current else 0,
                "versions": versions[1:],
                "draft": queries.draft_of(lang),
                "measure": measures.get(lang.value),
            }
        )
    return render(request, "procedures/lexicon_home.html", {"parts": parts, "tabs": tabs("lexicon-home")})


def version_of(request: HttpRequest, public_id: str) -> LexiconVersion:
    """The version of the address. Raises NotPermitted, NotFound."""
    keeper(request)
    rows = LexiconVersion.objects.select_related("based_on", "published_by", "made_by")
    if (found := rows.filter(public_id=public_id).first()) is None:
        raise NotFound
    return found


@require_safe
def lexicon_detail(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The rules of a version, what stands between a draft and publication, and the try-it box."""
    version = version_of(request, public_id)
    rows = version.rules.prefetch_related("examples")
    if download := RULES.export(rows, request.GET):
        return download
    current = queries.published(version.lang).first()
    found = queries.problems_of(version) if version.is_draft else []
    broken = {one.rule for one in found}
    page = RULES.page(rows, request.GET)
    context = {
        "version": version,
        "list": page,
        "rows": [(rule, rule.code in broken) for rule in page.rows],
        "problems": [problem_sentence(one) for one in found],
        "is_current": current is not None and current.pk == version.pk,
        "base": version.based_on or current,
        "draft": queries.draft_of(version.lang),
        "words": len(version.vocabulary.split()),
        "crumbs": crumbs("lexicon-home"),
    }
    return render(request, "procedures/lexicon_detail.html", context)


@require_POST
def lexicon_try(request: HttpRequest, public_id: str) -> HttpResponse:
    """A fragment: what this version makes of a message, which rule spoke and which guard silenced what."""
    version = version_of(request, public_id)
    text = request.POST.get("text", "").replace("\0", "")[:MOST_TRIED]
    context: dict[str, Any] = {"text": text.strip()}
    if text.strip():
        lexicon = queries.lexicon_with(version, clock.now())
        context |= _shown(text, explain(lexicon, text, open_case="open_case" in request.POST))
    return render(request, "procedures/_tried.html", context)


def _shown(text: str, found: Explanation) -> dict[str, Any]:
    start, end = found.span or (0, 0)
    return {
        "label": MessageLabel(found.label).label,
        "is_trigger": found.label is Label.TRIGGER,
        "rule": found.rule,
        "role": RuleRole(found.rule.role).label if found.rule else "",
        "before": text[:start],
        "marked": text[start:end],
        "after": text[end:],
        "silenced": found.silenced,
        "mended": found.mended,
    }


@require_safe
def lexicon_quality(request: HttpRequest, public_id: str) -> HttpResponse:
    """Precision and recall on the labelled messages, with every miss and every false alarm; a draft beside what is in
    force.
    """
    version = version_of(request, public_id)
    messages = queries.labelled()
    mine = measure(queries.lexicon_with(version, clock.now()), messages)
    current = queries.published(version.lang).first()
    beside: dict[str, Measure] = {}
    if current and current.pk != version.pk:
        beside = {one.lang: one for one in measure(queries.lexicon_with(current, clock.now()), messages)}
    context = {
        "version": version,
        "parts": [(one, beside.get(one.lang), Language(one.lang).label) for one in mine],
        "current": current,
        "crumbs": [*crumbs("lexicon-home"), (str(version), version.get_absolute_url())],
    }
    return render(request, "procedures/lexicon_quality.html", context)


@require_safe
def lexicon_changes(request: HttpRequest, public_id: str) -> HttpResponse:
    """Rule by rule, what this version has otherwise than another one (`?with=`), by default the one it is based on."""
    version = version_of(request, public_id)
    others = LexiconVersion.objects.filter(lang=version.lang).exclude(pk=version.pk)
    other = others.filter(public_id=request.GET.get("with", "")).first() or version.based_on or others.first()
    found = changes(queries.rules_of(other), queries.rules_of(version)) if other else []
    titles = {
        "role": gettext("What it does"),
        "strength": gettext("Strength"),
        "pattern": gettext("Pattern"),
        "unless": gettext("Silent when"),
        "must_match": gettext("Must be found"),
        "must_not_match": gettext("Must be passed over"),
    }
    context = {
        "version": version,
        "other": other,
        "others": others,
        "changes": [(one, [(titles[name], was, now) for name, was, now in one.fields]) for one in found],
        "crumbs": [*crumbs("lexicon-home"), (str(version), version.get_absolute_url())],
    }
    return render(request, "procedures/lexicon_changes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def lexicon_words(request: HttpRequest, public_id: str) -> HttpResponse:
    """The words that typing errors are repaired towards; of a published version to be read only."""
    version = version_of(request, public_id)
    form = WordsForm(request.POST or None, initial={"words": version.vocabulary})
    if request.method == "POST" and form.is_valid():
        try:
            words = form.cleaned_data["words"].split()
            lexicons.save_words(draft=version, words=words, by=keeper(request), at=clock.now())
        except DomainError as error:
            refuse(form, error)
        else:
            toasts.say(request, gettext("The words are saved."))
            return redirect(version)
    context = {"version": version, "form": form}
    context["crumbs"] = [*crumbs("lexicon-home"), (str(version), version.get_absolute_url())]
    return render(request, "procedures/lexicon_words.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
def lexicon_move(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin a draft, publish it, throw it away, go back to an earlier version."""
    version, at, by = version_of(request, public_id), clock.now(), keeper(request)
    reason = request.POST.get("reason", "")[:300]
    step = request.POST.get("do", "")
    try:
        if step == "draft":
            version = lexicons.begin_draft(version=version, by=by, at=at)
        elif step == "publish":
            version = lexicons.publish(draft=version, by=by, at=at, note=reason)
            toasts.say(request, gettext("Published: the desk works by it from now on."))
        elif step == "back":
            version = lexicons.go_back(version=version, by=by, at=at, reason=reason)
            toasts.say(request, gettext("The earlier rules are in force again."))
        elif step == "discard":
            lexicons.discard(draft=version, by=by, at=at)
            toasts.say(request, gettext("The draft was thrown away."))
            return redirect("procedures:lexicon-home")
    except InvalidInput as error:
        toasts.say(request, explained(error), level=40)
    return redirect(version)
