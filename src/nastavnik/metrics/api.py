"""REST routes of the metrics app: what streams there are, and records pushed by other systems."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.security import django_auth
from pydantic import ConfigDict

from nastavnik.kernel import clock
from nastavnik.kernel.permissions import require
from nastavnik.metrics.actions import facts
from nastavnik.metrics.catalogue.streams import STREAMS, Stream
from nastavnik.metrics.permissions import may_import_facts
from nastavnik.people.key_auth import KeyAuth, limit_rate
from nastavnik.people.models import Person

BODY_LIMIT = 5 * 1024 * 1024
REQUESTS_PER_MINUTE = 120
Scalar = str | int | float | bool | None


class Message(Schema):
    """What went wrong, in a sentence."""

    message: str


class InvalidBody(Schema):
    """What is wrong with the request: a sentence, or the fields that do not fit the schema."""

    model_config = ConfigDict(extra="allow")
    message: str | None = None
    detail: list[dict[str, Any]] | None = None


class ColumnOut(Schema):
    name: str
    kind: str
    title: str
    help: str
    required: bool
    least: int | None
    most: int | None
    choices: list[str]
    default: Scalar


class StreamOut(Schema):
    name: str
    title: str
    help: str
    moment: str
    columns: list[ColumnOut]


class Batch(Schema):
    """Up to 5,000 records. Keys are the stream's column names; a left-out key and null mean the same."""

    model_config = ConfigDict(extra="forbid")
    rows: list[dict[str, Scalar]] = Field(max_length=facts.PUSH_LIMIT)


class RowError(Schema):
    """Why a row was rejected; `row` counts from 1."""

    row: int
    column: str
    message: str


class BatchResult(Schema):
    """read = accepted + unchanged + rejected; replaced is the part of accepted that took an older record's place."""

    read: int
    accepted: int
    rejected: int
    replaced: int
    unchanged: int
    errors: list[RowError]


router = Router(tags=["facts"], auth=[KeyAuth(), django_auth])
_FAILURES: dict[int, Any] = {400: InvalidBody, 401: InvalidBody, 403: InvalidBody, 404: Message, 429: InvalidBody}


@router.get("/streams", response={200: list[StreamOut], 401: InvalidBody, 403: InvalidBody, 429: InvalidBody})
def streams(request: HttpRequest) -> list[StreamOut]:
    """Streams of facts and their columns."""
    _limit_rate(request)
    require(may_import_facts, request.user)
    return [_described(stream) for stream in STREAMS.values()]


@router.post("/facts/{stream}", response={200: BatchResult, **_FAILURES, 413: InvalidBody, 422: InvalidBody})
def push(request: HttpRequest, stream: str, batch: Batch) -> BatchResult:
    """Send records. All good rows are stored together; rejected ones are listed (the first hundred). A record with a
    known id replaces the old one; the same batch again changes nothing.
    """
    _limit_rate(request)
    require(may_import_facts, request.user)
    by = request.user
    done = facts.push(stream=stream, rows=batch.rows, by=by if isinstance(by, Person) else None, at=clock.now())
    return BatchResult(
        read=done.read,
        accepted=done.accepted,
        rejected=done.rejected,
        replaced=done.replaced,
        unchanged=done.unchanged,
        errors=[RowError(row=one["row"], column=one["column"], message=one["reason"]) for one in done.samples],
    )


def _limit_rate(request: HttpRequest) -> None:
    """At most 120 requests a minute for a person."""
    limit_rate(request, REQUESTS_PER_MINUTE)


def _described(stream: Stream) -> StreamOut:
    columns = [
        ColumnOut(
            name=column.name,
            kind=str(column.kind),
            title=str(column.title),
            help=str(column.help),
            required=column.required,
            least=column.least,
            most=column.most,
            choices=list(column.choices),
            default=column.default,
        )
        for column in stream
    ]
    return StreamOut(
        name=stream.name, title=str(stream.title), help=str(stream.help), moment=stream.moment, columns=columns
    )
