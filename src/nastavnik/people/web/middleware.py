"""Moments are shown in the reader's time zone: their own, else the organisation's."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from nastavnik.people.reach import organisations_zone


def _zone(request: HttpRequest) -> ZoneInfo:
    own = getattr(request.user, "time_zone", "") if request.user.is_authenticated else ""
    return ZoneInfo(own) if own else organisations_zone()


class LocalTime:
    """Activates the zone for pages; the API speaks UTC."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(("/api/", "/static/", "/healthz")):
            return self.get_response(request)
        with timezone.override(_zone(request)):
            return self.get_response(request)
