"""One's own page: language, time zone, whether to be on boards, password and second factor, API keys."""

from typing import TypeVar

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, override
from django.views.decorators.http import require_POST

from nastavnik.kernel import clock
from nastavnik.people import queries
from nastavnik.people.actions import api_keys, persons
from nastavnik.people.models import ApiKey
from nastavnik.people.permissions import today
from nastavnik.people.web.common import UNPROCESSABLE, me
from nastavnik.people.web.forms import ApiKeyForm, PreferencesForm

R = TypeVar("R", bound=HttpResponseBase)


def profile(request: HttpRequest) -> HttpResponse:
    """My preferences, my access, my keys."""
    person = me(request)
    form = PreferencesForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        person.refresh_from_db(fields=["language", "time_zone", "hides_rank"])
        persons.set_preferences(person=person, by=person, at=clock.now(), **form.cleaned_data)
        with override(person.language or None):
            messages.success(request, gettext("Your preferences are saved."))
        return with_language(redirect("people:profile"), person.language)
    context = {
        "form": form,
        "person": person,
        "present": queries.present(person, today()),
        "keys": person.api_keys.order_by("revoked_at", "-created_at"),
        "key_form": ApiKeyForm(),
        "new_key": request.session.pop("new_api_key", ""),
    }
    return render(request, "people/profile.html", context, status=UNPROCESSABLE if form.errors else 200)


def with_language(response: R, language: str) -> R:
    """Keep the person's language on this device, as the switch in the top bar does."""
    if language:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=31_536_000, samesite="Lax")
    return response


@require_POST
def key_create(request: HttpRequest) -> HttpResponse:
    """A new API key; the next page shows it, once."""
    form = ApiKeyForm(request.POST)
    if form.is_valid():
        made = api_keys.create(person=me(request), name=form.cleaned_data["name"], by=me(request), at=clock.now())
        request.session["new_api_key"] = made.secret
    return redirect("people:profile")


@require_POST
def key_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one of my keys worthless."""
    key = get_object_or_404(ApiKey, pk=pk, person=me(request))
    api_keys.revoke(key=key, by=me(request), at=clock.now())
    messages.success(request, gettext("The key no longer works."))
    return redirect("people:profile")
