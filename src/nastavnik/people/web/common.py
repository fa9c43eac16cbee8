"""What the views of people share: who asks, which day is looked at, and how a form reports a refusal."""

from datetime import date
from typing import cast

from django.forms import BaseForm
from django.http import HttpRequest

from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.web.messages import explain
from nastavnik.people.models import Person
from nastavnik.people.permissions import today

UNPROCESSABLE = 422


def me(request: HttpRequest) -> Person:
    """Who is logged in (every page of people is behind the log-in)."""
    return cast(Person, request.user)


def day_of(request: HttpRequest) -> date:
    """The day of `?on=2026-10-01`; today without it, or when it is no day."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today()


def refuse(form: BaseForm, error: DomainError) -> None:
    """Show a refusal above the form; what was typed stays."""
    form.add_error(None, explain(error))
