"""Telling people: one door for every notice, one digest a working day, a ladder for what nobody does.

A notice appears in the product at once. By e-mail it comes in working hours only (`actions.dispatches`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from django.db import transaction

from nastavnik.kernel import journal
from nastavnik.learning.enums import NoticeKind
from nastavnik.learning.logic.workdays import working_days_after
from nastavnik.learning.models import Notice, NoticePreferences
from nastavnik.learning.queries import workdays
from nastavnik.people.actions.employments import local_day
from nastavnik.people.models import Person, TeamLeadership

PREFERRED = "learning.notices_preferred"
# Working days after which an unanswered notice climbs to the lead and to the owner.
LADDER_DAYS = (2, 5)


def notify(
    *,
    person: Person,
    kind: NoticeKind,
    title: str,
    object_key: str,
    at: datetime,
    body: str = "",
    url: str = "",
    urgent: bool = False,
    params: dict[str, Any] | None = None,
    copy_to_lead: bool = False,
    needs_action: bool = False,
    owner: Person | None = None,
) -> Notice | None:
    """Tell a person something, at most once a day for each kind and `object_key`; None where nothing was told.

    `title` and `body` are English with {placeholders}, said in the reader's language; a value of `params` may be
    {"day": iso}, {"moment": iso} or {"name": ..., "name_en": ...}. What `needs_action` climbs the ladder until it is
    settled. Somebody not employed is told nothing.
    """
    day = local_day(at)
    if not person.employments.on(day).exists():
        return None
    fields: dict[str, Any] = {
        "title": title[:200], "body": body[:500], "params": params or {}, "url": url[:300], "is_urgent": urgent,
        "created_at": at,
    }  # fmt: skip
    with transaction.atomic():
        notice, is_new = Notice.objects.get_or_create(
            person=person, kind=kind, object_key=object_key[:120], day=day, about=None,
            defaults=fields | {"needs_action": needs_action, "owner": owner},
        )  # fmt: skip
        if is_new and copy_to_lead:
            for lead in leads_of(person, at):
                _copy(notice, to=lead, at=at)
    return notice if is_new else None


@dataclass(frozen=True)
class Saying:
    """One notice to one person (by id), as `notify` takes it."""

    person_id: int
    kind: NoticeKind
    title: str
    object_key: str
    params: dict[str, Any] = field(default_factory=dict)
    url: str = ""
    is_urgent: bool = False
    needs_action: bool = False


def notify_each(sayings: Sequence[Saying], *, at: datetime, once: bool = False) -> int:
    """Tell many people, each their own thing, in a fixed number of statements; returns how many are new.

    As with `notify` the same thing is told once a day, and somebody not employed is told nothing. With `once` whoever
    was told of the object on any day is not told again.
    """
    day = local_day(at)
    people, keys = {one.person_id for one in sayings}, {one.object_key[:120] for one in sayings}
    employed = set(Person.objects.filter(pk__in=people).employed_on(day).values_list("pk", flat=True))
    known = Notice.objects.filter(person__in=people, object_key__in=keys, about=None)
    told = set((known if once else known.filter(day=day)).values_list("person_id", "kind", "object_key"))
    rows = [
        Notice(
            person_id=one.person_id, kind=one.kind, object_key=one.object_key[:120], day=day, title=one.title[:200],
            params=one.params, url=one.url[:300], is_urgent=one.is_urgent, needs_action=one.needs_action, created_at=at,
        )
        for one in sayings
        if one.person_id in employed and (one.person_id, one.kind, one.object_key[:120]) not in told
    ]  # fmt: skip
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=5000)
    return len(rows)


def leads_of(person: Person, at: datetime) -> list[Person]:
    """Who leads the person's team on the day; nobody is their own lead."""
    day = local_day(at)
    teams = person.memberships.on(day).values("team_id")
    rows = TeamLeadership.objects.on(day).filter(team_id__in=teams).exclude(person=person).select_related("person")
    return [row.person for row in rows]


def settle(*, object_key: str, at: datetime, person: Person | None = None, kind: NoticeKind | None = None) -> int:
    """What the notices asked for is done: they climb no further. Returns how many were settled."""
    rows = Notice.objects.filter(object_key=object_key, settled_at=None, needs_action=True)
    if person is not None:
        rows = rows.filter(person=person)
    return (rows.filter(kind=kind) if kind else rows).update(settled_at=at)


def mark_read(*, person: Person, at: datetime, public_id: str | None = None) -> int:
    """The person has read one notice, or all; returns how many were unread."""
    rows = Notice.objects.visible_to(person).unread()
    return (rows.filter(public_id=public_id) if public_id else rows).update(read_at=at)


def climb(*, at: datetime) -> int:
    """Take what nobody did up the ladder: to the lead, then to the owner; returns how many copies were made."""
    day, calendar = local_day(at), workdays.around(at)
    waiting = Notice.objects.filter(needs_action=True, settled_at=None, about=None, rung__lt=len(LADDER_DAYS))
    made = 0
    for notice in waiting.select_related("person", "owner").iterator(chunk_size=500):
        passed = working_days_after(notice.day, day, calendar)
        if not notice.person.employments.on(day).exists():
            continue
        for rung, after in enumerate(LADDER_DAYS[notice.rung :], start=notice.rung + 1):
            if passed >= after:
                made += _climb(notice, rung, at)
    return made


def _climb(notice: Notice, rung: int, at: datetime) -> int:
    above = leads_of(notice.person, at) if rung == 1 else [notice.owner] if notice.owner else []
    with transaction.atomic():
        copies = [_copy(notice, to=one, at=at, rung=rung) for one in above if one.pk != notice.person_id]
        Notice.objects.filter(pk=notice.pk).update(rung=rung)
    return sum(copies)


def _copy(notice: Notice, *, to: Person, at: datetime, rung: int = 0) -> bool:
    """The notice as a row of its own for somebody who answers for its reader; whether it is new."""
    day = local_day(at)
    if not to.employments.on(day).exists():
        return False
    _made, is_new = Notice.objects.get_or_create(
        person=to, kind=notice.kind, object_key=notice.object_key, day=day, about=notice.person,
        defaults={
            "copy_of": notice, "title": notice.title, "body": notice.body, "params": notice.params, "url": notice.url,
            "created_at": at, "rung": rung,
        },
    )  # fmt: skip
    return is_new


def set_preferences(
    *, person: Person, quiet_from: time, quiet_to: time, without_mail: Sequence[str], by: Person | None, at: datetime
) -> NoticePreferences:
    """When and about what the person wants e-mail."""
    values = {"quiet_from": quiet_from, "quiet_to": quiet_to, "without_mail": list(without_mail)}
    with transaction.atomic():
        saved, _is_new = NoticePreferences.objects.update_or_create(person=person, defaults=values)
        journal.write(PREFERRED, by=by, at=at, subject=saved, person_id=person.pk)
    return saved
