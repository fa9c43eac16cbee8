"""REST routes of learning: which contacts people may take, for routing and planning systems."""

from datetime import UTC, date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.security import django_auth

from nastavnik.kernel import clock
from nastavnik.kernel.errors import NotFound
from nastavnik.learning.models import Permit
from nastavnik.learning.queries import permits
from nastavnik.people.actions.employments import local_day
from nastavnik.people.key_auth import KeyAuth, limit_rate
from nastavnik.people.models import Person

REQUESTS_PER_MINUTE = 600
PAGE = 1000
# The house refuses NUL in any address: PostgreSQL's text knows none.
Plain = Annotated[str, Field(pattern="^[^\\x00]*$")]
FIRST, LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


class PermitOut(Schema):
    """A permit in force. `until` is exclusive; null is without end. Evidence rows have label, reference, at."""

    id: str
    person: str
    contact_type: str
    title: str
    since: date
    until: date | None
    source: str
    evidence: list[dict[str, Any]]


class PermitList(Schema):
    """`total` of the answer; ask again with a higher `offset` while there are more."""

    at: datetime
    total: int
    permits: list[PermitOut]


class PermitCheck(Schema):
    """Whether one person may take one type of contacts. A type that needs no permit is open to everybody."""

    at: datetime
    person: str
    contact_type: str
    permit_needed: bool
    may_take: bool


class Said(Schema):
    """What went wrong, in a sentence."""

    message: str


class Refused(Schema):
    """What is wrong with the request: a sentence, or the parameters that do not fit."""

    message: str | None = None
    detail: Any = None


router = Router(tags=["permits"], auth=[KeyAuth(), django_auth])
_FAILURES: dict[int, Any] = {400: Refused, 401: Refused, 422: Refused, 429: Refused}


def _moment(at: datetime | None) -> datetime:
    """The moment asked about in UTC: now unless given; without a zone it is UTC.

    A moment before or after any permit is brought to the edge, where the answer is the same; the answer says which.
    Whatever odd zone it was told in, it becomes UTC: the database takes no displacement beyond 15:59.
    """
    if at is None:
        return clock.now()
    if not FIRST.year < at.year < LAST.year:
        return FIRST if at.year <= FIRST.year else LAST
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


@router.get("/permits", response={200: PermitList, **_FAILURES})
def permit_list(
    request: HttpRequest,
    person: Plain = "",
    contact_type: Plain = "",
    at: datetime | None = None,
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
) -> PermitList:
    """Permits in force at the moment, of the people whose learning the caller may see; up to 1,000 at a time."""
    limit_rate(request, REQUESTS_PER_MINUTE)
    moment = _moment(at)
    rows = Permit.objects.visible_to(_caller(request)).in_force(local_day(moment), moment)
    if person:
        rows = rows.filter(person__code=person)
    if contact_type:
        rows = rows.filter(contact_type__code=contact_type)
    page = rows.select_related("person", "contact_type").order_by("pk")[offset : offset + PAGE]
    return PermitList(at=moment, total=rows.count(), permits=[_out(one) for one in page])


@router.get("/permits/check", response={200: PermitCheck, 404: Said, **_FAILURES})
def permit_check(request: HttpRequest, person: Plain, contact_type: Plain, at: datetime | None = None) -> PermitCheck:
    """May this person take contacts of this type at the moment?"""
    limit_rate(request, REQUESTS_PER_MINUTE)
    moment = _moment(at)
    found = permits.person_in_reach(_caller(request), person)
    if found is None:
        raise NotFound
    return PermitCheck(
        at=moment, person=found.code, contact_type=contact_type,
        permit_needed=permits.is_needed(contact_type, moment), may_take=permits.may_take(found, contact_type, moment),
    )  # fmt: skip


def _caller(request: HttpRequest) -> Person:
    user = request.user
    if not isinstance(user, Person):
        raise NotFound
    return user


def _out(permit: Permit) -> PermitOut:
    return PermitOut(
        id=permit.public_id,
        person=permit.person.code,
        contact_type=permit.contact_type.code,
        title=permit.contact_type.title,
        since=permit.active_from,
        until=permit.active_to,
        source=permit.source,
        evidence=permit.evidence,
    )
