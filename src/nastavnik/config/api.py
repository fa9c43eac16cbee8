"""The REST API: every room's router under one roof, with one way to say what went wrong."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.security import django_auth

from nastavnik.kernel.errors import DomainError, Forbidden, NotFound

api = NinjaAPI(title="Nastavnik", version="1", urls_namespace="api", auth=django_auth)


@api.exception_handler(DomainError)
def explain(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A failure we expect, as `{"message": ...}` with a fitting status."""
    status = 403 if isinstance(error, Forbidden) else 404 if isinstance(error, NotFound) else 422
    return api.create_response(request, {"message": error.message}, status=status)
