"""The REST API: every room's router under one roof, with one way to say what went wrong."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.security import django_auth

from nastavnik.crisis.api import router as crisis_router
from nastavnik.crisis.money_api import router as ratings_router
from nastavnik.kernel.errors import DomainError
from nastavnik.kernel.web.messages import explain as sentence
from nastavnik.kernel.web.middleware import status_of
from nastavnik.learning.api import router as learning_router
from nastavnik.metrics.api import router as metrics_router

api = NinjaAPI(title="Nastavnik", version="1", urls_namespace="api", auth=django_auth)
api.add_router("", metrics_router)
api.add_router("/crisis", crisis_router)
api.add_router("", ratings_router)
api.add_router("", learning_router)


@api.exception_handler(DomainError)
def explain(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A failure we expect, as `{"message": ...}` with a fitting status."""
    return api.create_response(request, {"message": sentence(error)}, status=status_of(error))


@api.exception_handler(HttpError)
def say(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A refusal an operation spells out itself, in the same shape as every other."""
    return api.create_response(request, {"message": str(error)}, status=error.status_code)


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """A body beyond DATA_UPLOAD_MAX_MEMORY_SIZE."""
    return api.create_response(request, {"message": _("The request is too large. Send it in parts.")}, status=413)


def urls() -> Any:
    """The API's addresses. Operations check their own keys or session: the log-in page is no answer to a program."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        callback: Any = pattern.callback
        if not str(getattr(pattern, "name", "") or "").startswith("openapi") and callback is not None:
            callback.login_required = False
    return patterns, app_name, namespace
