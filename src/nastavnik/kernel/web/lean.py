"""Hot paths: addresses whose views carry their own right, answered before sessions, log-in and messages are looked at.

    lean.register("/assessment/room/")       # in the app's contributions

A view under such a prefix gets a request without session and user. It must check by itself who asks, guard its POSTs,
and activate language and time zone; a DomainError it lets through is answered by it, too. Measured in the bench: a page
of the exam room costs a third of an ordinary one.
"""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve

_prefixes: tuple[str, ...] = ()


def register(prefix: str) -> None:
    """Answer every address below the prefix on the lean path."""
    global _prefixes  # noqa: PLW0603 - filled once, while the apps load
    _prefixes = tuple(dict.fromkeys((*_prefixes, prefix)))


class LeanPaths:
    """Stands right behind what every answer needs (safety headers, static files)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _prefixes or not request.path_info.startswith(_prefixes):
            return self.get_response(request)
        request.user = AnonymousUser()
        match = resolve(request.path_info)
        request.resolver_match = match
        answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        return answer
