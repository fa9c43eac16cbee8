"""The public form: anybody may write to the desk, without logging in, a few times an hour."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from nastavnik.crisis.actions import public_form
from nastavnik.crisis.enums import CaseKind
from nastavnik.crisis.web.common import UNPROCESSABLE, new_click
from nastavnik.kernel import clock
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.web.messages import explain

POSTS_PER_HOUR = 10
TOO_MANY = 429
KINDS = [
    (CaseKind.REFUND, _("I want my money back")), (CaseKind.COMPLAINT, _("I am not content")),
    (CaseKind.PAYMENT, _("I paid by mistake or twice")), (CaseKind.CLAIM, _("I send a claim")),
]  # fmt: skip


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, at most three."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": ManyFiles(), "required": False, **kwargs})

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > public_form.MOST_FILES:
            raise forms.ValidationError(_("At most three files."))
        return [super(FilesField, self).clean(one, initial) for one in given]


class PublicForm(forms.Form):
    kind = forms.ChoiceField(label=_("What you write about"), choices=KINDS)
    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(label=_("Your e-mail"), max_length=100)
    contract = forms.CharField(label=_("Number of your contract"), max_length=60, required=False)
    text = forms.CharField(label=_("What happened, and what you ask for"), max_length=10000, widget=forms.Textarea)
    papers = FilesField(label=_("Files"), help_text=_("Up to three: PDF, PNG, JPEG or text, at most 5 MB each."))
    website = forms.CharField(required=False)  # people do not see it; robots fill it in
    click = forms.CharField(max_length=40, widget=forms.HiddenInput)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def public_form_view(request: HttpRequest) -> HttpResponse:
    """The form, and what becomes of it."""
    form = PublicForm(request.POST or None, request.FILES or None, initial={"click": new_click()})
    status = 200
    if request.method == "POST":
        if _is_too_often(request):
            form.add_error(None, _("You have written several times already. Try again in an hour."))
            status = TOO_MANY
        elif form.is_valid() and _sent(form):
            return redirect("crisis:public-sent")
        status = status if status != 200 else UNPROCESSABLE
    return render(request, "crisis/public_form.html", {"form": form}, status=status)


def _sent(form: PublicForm) -> bool:
    told = form.cleaned_data
    if told["website"]:
        return True  # a robot is thanked, and nothing is kept
    files = [(one.name, one.read()) for one in told["papers"]]
    given = {key: told[key] for key in ("name", "email", "kind", "contract", "text", "click")}
    try:
        public_form.send(files=files, at=clock.now(), **given)
    except DomainError as error:
        form.add_error("papers", explain(error))
        return False
    return True


def _is_too_often(request: HttpRequest) -> bool:
    """Posts of one address in this hour; approximate where several processes count at once."""
    key = f"crisis-form:{request.META.get('REMOTE_ADDR', '')}:{int(clock.now().timestamp() // 3600)}"
    seen = int(cache.get(key, 0)) + 1
    cache.set(key, seen, timedelta(hours=2).total_seconds())
    return seen > POSTS_PER_HOUR


@login_not_required
@require_safe
def public_sent(request: HttpRequest) -> HttpResponse:
    """Thanks; says nothing about the case to whoever opens it."""
    return render(request, "crisis/public_sent.html")
