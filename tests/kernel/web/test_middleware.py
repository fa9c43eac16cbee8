"""Domain errors reach the reader in the form he asked for."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from nastavnik.kernel.errors import Conflict, DomainError, Forbidden, InvalidInput, NotFound
from nastavnik.kernel.web import errors
from nastavnik.kernel.web.middleware import DomainErrorMiddleware


class RowsLeftOut(DomainError):
    """{count} rows were left out."""


def answer(error: Exception, path: str = "/people/", **headers: str) -> HttpResponse | None:
    request = RequestFactory().get(path, headers=headers)
    request.user = AnonymousUser()
    setattr(request, "htmx", "hx-request" in headers)  # noqa: B010 - HtmxMiddleware sets it; here its truth value
    with translation.override("en"):
        return DomainErrorMiddleware(lambda _: HttpResponse()).process_exception(request, error)


@pytest.mark.parametrize(
    ("error", "status"), [(Forbidden(), 403), (NotFound(), 404), (Conflict(), 409), (InvalidInput(), 422)]
)
def test_each_kind_of_error_has_its_status(error: DomainError, status: int) -> None:
    found = [answer(error), answer(error, "/api/v1/people"), answer(error, **{"hx-request": "true"})]
    assert [response.status_code for response in found if response] == [status] * 3


def test_the_api_answers_json() -> None:
    response = answer(RowsLeftOut(count=3), "/api/v1/facts")
    assert response
    assert json.loads(response.content) == {"error": "RowsLeftOut", "message": "3 rows were left out."}


def test_htmx_gets_a_fragment_and_a_browser_a_page() -> None:
    fragment, page = answer(RowsLeftOut(count=3), **{"hx-request": "true"}), answer(RowsLeftOut(count=3))
    assert fragment
    assert page
    assert [b"<html" in r.content for r in (fragment, page)] == [False, True]
    assert [b"3 rows were left out." in r.content for r in (fragment, page)] == [True, True]


def test_other_exceptions_go_their_way() -> None:
    assert answer(ValueError("ours")) is None


def test_the_middleware_passes_pages_through() -> None:
    done = HttpResponse("done")
    assert DomainErrorMiddleware(lambda _: done)(RequestFactory().get("/")) is done


@pytest.mark.parametrize(("path", "htmx"), [("/x/", ""), ("/x/", "true"), ("/api/v1/x", "")])
def test_the_error_pages_answer_everybody(path: str, htmx: str) -> None:
    request = RequestFactory().get(path, headers={"HX-Request": htmx})
    request.user = AnonymousUser()
    found = [
        errors.bad_request(request, Exception()),
        errors.permission_denied(request, Exception()),
        errors.page_not_found(request, Exception()),
        errors.server_error(request),
    ]
    assert [response.status_code for response in found] == [400, 403, 404, 500]
