"""Which lines a person may work on, and whether in written channels only, as of a day."""

from datetime import date, datetime

from nastavnik.kernel import journal
from nastavnik.kernel.events import publish
from nastavnik.people.actions._dated import employment_on, named, refuse_stale, rewrite, writing_to
from nastavnik.people.enums import ClearanceMode
from nastavnik.people.errors import NothingToWithdraw, NotInUse, ReasonNeeded
from nastavnik.people.events import ClearanceChanged
from nastavnik.people.models import Line, LineClearance, Person

ALLOWED, RESTRICTED, WITHDRAWN = "people.line_allowed", "people.line_restricted", "people.line_withdrawn"
_KIND = {ClearanceMode.FULL: ALLOWED, ClearanceMode.WRITTEN_ONLY: RESTRICTED, None: WITHDRAWN}


def allow(
    *,
    person: Person,
    line: Line,
    since: date,
    by: Person | None,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
) -> LineClearance | None:
    """Let the person work on all channels of the line from `since` until the next known change.

    Raises NotEmployed, NotInUse, ChangedMeanwhile.
    """
    return _change(person, line, ClearanceMode.FULL, since=since, by=by, at=at, reason=reason, seen=seen)


def restrict(
    *, person: Person, line: Line, since: date, reason: str, by: Person | None, at: datetime, seen: int | None = None
) -> LineClearance | None:
    """Leave the person the line's written channels only, and say why.

    Raises ReasonNeeded, NotEmployed, NotInUse, ChangedMeanwhile.
    """
    if not reason.strip():
        raise ReasonNeeded
    return _change(person, line, ClearanceMode.WRITTEN_ONLY, since=since, by=by, at=at, reason=reason, seen=seen)


def withdraw(
    *,
    person: Person,
    line: Line,
    since: date,
    by: Person | None,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Take the line away from `since` until the next known change.

    Raises NothingToWithdraw, NotEmployed, ChangedMeanwhile.
    """
    _change(person, line, None, since=since, by=by, at=at, reason=reason, seen=seen)


def _change(
    person: Person,
    line: Line,
    mode: ClearanceMode | None,
    *,
    since: date,
    by: Person | None,
    at: datetime,
    reason: str,
    seen: int | None,
) -> LineClearance | None:
    if mode is not None and not line.is_active:
        raise NotInUse(name=str(line))
    # The reason of a full clearance is the journal's matter: two full clearances are the same.
    kept = reason if mode == ClearanceMode.WRITTEN_ONLY else ""
    with writing_to(person):
        refuse_stale([ALLOWED, RESTRICTED, WITHDRAWN], seen, person_id=person.pk)
        employment = employment_on(person, since)
        outcome = rewrite(
            LineClearance.objects.all(),
            {"person_id": person.pk, "line_id": line.pk},
            ("mode", "reason"),
            (mode.value, kept) if mode else None,
            since=since,
            until=employment.active_to,
        )
        if mode is None and outcome.before is None:
            raise NothingToWithdraw(person=str(person), line=str(line), day=since.isoformat())
        if outcome.differs:
            data = {"line": named(line), "from": outcome.before.mode if outcome.before else None}
            data |= {"to": mode.value if mode else None, "since": since.isoformat()}
            journal.write(_KIND[mode], by=by, at=at, subject=person, person_id=person.pk, reason=reason, data=data)
            publish(ClearanceChanged(person.pk, line.pk, since), at=at)
    return outcome.after
