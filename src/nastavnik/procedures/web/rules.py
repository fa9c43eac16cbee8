"""One rule of a lexicon version: read, and in a draft written."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError, NotFound
from nastavnik.kernel.web import toasts
from nastavnik.procedures import queries
from nastavnik.procedures.actions import lexicons
from nastavnik.procedures.logic.proving import problems
from nastavnik.procedures.models import LexiconRule, LexiconVersion
from nastavnik.procedures.web.common import UNPROCESSABLE, crumbs, keeper, refuse
from nastavnik.procedures.web.forms import RuleForm
from nastavnik.procedures.web.lexicons import version_of
from nastavnik.procedures.wording import problem_sentence


def _rule(version: LexiconVersion, code: str) -> LexiconRule:
    found = version.rules.prefetch_related("examples").filter(code=code).first()
    if found is None:
        raise NotFound
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def rule_create(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new rule of a draft."""
    version = version_of(request, public_id)
    return _edit(request, version, None, RuleForm(request.POST or None, initial={"code": f"{version.lang}_"}))


@require_http_methods(["GET", "HEAD", "POST"])
def rule_detail(request: HttpRequest, public_id: str, code: str) -> HttpResponse:
    """A rule with its examples as they come out now; a form while its version is a draft."""
    version = version_of(request, public_id)
    rule = _rule(version, code)
    return _edit(request, version, rule, RuleForm(request.POST or None, initial=RuleForm.initial_of(rule)))


def _edit(request: HttpRequest, version: LexiconVersion, rule: LexiconRule | None, form: RuleForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            saved = lexicons.save_rule(
                draft=version, text=form.text, rule=rule, by=keeper(request), at=clock.now(), seen=_seen(form)
            )
        except DomainError as error:
            refuse(form, error)
        else:
            toasts.say(request, gettext("The rule is saved; its examples were run."))
            return redirect("procedures:rule-detail", version.public_id, saved.code)
    found = []
    if rule is not None:
        lexicon = queries.lexicon_with(version, clock.now())
        found = [problem_sentence(one) for one in problems([queries.as_rule(rule, version.lang)], lexicon)]
    context: dict[str, Any] = {"version": version, "rule": rule, "form": form, "problems": found}
    context["crumbs"] = [*crumbs("lexicon-home"), (str(version), version.get_absolute_url())]
    context["seen"] = version.changed_at.isoformat()
    return render(request, "procedures/rule_edit.html", context, status=UNPROCESSABLE if form.errors else 200)


def _seen(form: RuleForm) -> datetime | None:
    """The state of the draft the author began from, if the form tells one."""
    try:
        return datetime.fromisoformat(form.cleaned_data["seen"])
    except ValueError:
        return None


@require_POST
def rule_remove(request: HttpRequest, public_id: str, code: str) -> HttpResponse:
    """Take a rule out of a draft."""
    version = version_of(request, public_id)
    lexicons.remove_rule(rule=_rule(version, code), by=keeper(request), at=clock.now())
    toasts.say(request, gettext("The rule was taken out of the draft."))
    return redirect(version)
