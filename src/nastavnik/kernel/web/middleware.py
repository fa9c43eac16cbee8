"""Expected failures become an answer the reader can use: a fragment, a quiet page or JSON, never a traceback."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from nastavnik.kernel.errors import Conflict, DomainError, Forbidden, InvalidInput, NotFound
from nastavnik.kernel.web.messages import explain


class NoSuchText(InvalidInput):
    """The address holds a character that no text can have (NUL). Take it out and try again."""


# The first matching class decides; what is listed nowhere is input we cannot accept.
STATUS_OF: tuple[tuple[type[DomainError], int], ...] = ((Forbidden, 403), (NotFound, 404), (Conflict, 409))
UNPROCESSABLE = 422


def status_of(error: DomainError) -> int:
    """The HTTP status of a domain error."""
    return next((status for kind, status in STATUS_OF if isinstance(error, kind)), UNPROCESSABLE)


def answer(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The error in the form the client asked for."""
    status, message = status_of(error), explain(error)
    if request.path.startswith("/api/"):
        return JsonResponse({"error": type(error).__name__, "message": message}, status=status)
    context = {"message": message, "status": status}
    if getattr(request, "htmx", False):
        return render(request, "kernel/_error.html", context, status=status)
    return render(request, "kernel/error.html", context, status=status)


class DomainErrorMiddleware:
    """Answers a DomainError a view let through. It runs after the view's transaction has been rolled back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.path:
            return answer(request, NoSuchText())  # PostgreSQL's text has no NUL; one check instead of one per look-up
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django's hook for exceptions of views; others than ours go their way."""
        return answer(request, exception) if isinstance(exception, DomainError) else None
