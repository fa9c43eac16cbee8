"""The request as our views know it: log-in is required everywhere, and htmx's middleware has looked at it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from nastavnik.people.models import Person


class PersonRequest(HttpRequest):
    """A request of a person who is logged in (LoginRequiredMiddleware)."""

    user: Person
    htmx: HtmxDetails
