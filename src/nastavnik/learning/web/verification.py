"""Checking a certificate without logging in: by its number only, with as little about the person as proves it."""

import re
from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from nastavnik.kernel import clock
from nastavnik.learning.models import Certificate
from nastavnik.people import queries as people
from nastavnik.people.models import Person
from nastavnik.people.reach import today

CHECKS_PER_MINUTE = 20
_NUMBER = re.compile(r"[^0-9A-Z]")
NOT_FOUND, TOO_MANY = 404, 429


def _written(number: str) -> str:
    """A number as it is printed, however it was typed; letters taken for figures are put right (Crockford)."""
    plain = _NUMBER.sub("", number.upper().replace("O", "0").replace("I", "1").replace("L", "1"))[:16]
    return "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def _is_too_often(request: HttpRequest) -> bool:
    """Twenty checks a minute from one address: enough for people, hopeless for guessing among 2^80 numbers."""
    key = f"certificate-check:{request.META.get('REMOTE_ADDR', '')}:{int(clock.now().timestamp()) // 60}"
    seen = int(cache.get(key, 0)) + 1
    cache.set(key, seen, 120)
    return seen > CHECKS_PER_MINUTE


def short_name(person: Person) -> str:
    """«Анна П.»: whoever holds the paper recognises it, nobody else learns a name from a number."""
    return f"{person.given_name} {person.family_name[:1]}.".strip()


@login_not_required
@require_safe
def check(request: HttpRequest, number: str = "") -> HttpResponse:
    """The form, and what a number says. An unknown number says no more than that it is unknown."""
    if not number and (typed := request.GET.get("number", "").replace("\0", "").strip()):
        written = _written(typed)
        return redirect("learning:certificate-check", written) if written else redirect("learning:certificate-checks")
    if not number:
        return render(request, "learning/verification.html", {"organisation": people.organisation()})
    if _is_too_often(request):
        return render(request, "learning/verification.html", {"is_too_often": True}, status=TOO_MANY)
    rows = Certificate.objects.with_renewal().select_related("kind", "person")
    found = rows.filter(number=_written(number)).first()
    context: dict[str, Any] = {"organisation": people.organisation(), "number": _written(number), "certificate": found}
    if found is None:
        return render(request, "learning/verification.html", context, status=NOT_FOUND)
    context |= {
        "holder": short_name(found.person),
        "state": found.state_on(today()),
        "last_day": found.valid_to - timedelta(days=1) if found.valid_to else None,
    }
    return render(request, "learning/verification.html", context)
