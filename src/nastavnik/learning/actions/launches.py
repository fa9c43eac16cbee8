"""After the last day of a launch: who passed may take such contacts, who did not may not, and is told so."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from nastavnik.learning.actions import permits
from nastavnik.learning.actions.notices import Saying, notify_each
from nastavnik.learning.actions.triggers import people_on
from nastavnik.learning.days import local_days
from nastavnik.learning.enums import EnrolmentState, NoticeKind
from nastavnik.learning.logic.messages import gettext_noop
from nastavnik.learning.logic.triggers import Launch
from nastavnik.learning.models import ContactType, Enrolment, Permit, Trigger
from nastavnik.learning.queries.triggers import rule_of
from nastavnik.people.models import Person

NOT_PASSED = gettext_noop("You may not take contacts «{type}» from {day}: «{programme}» is not passed")
ONE_DAY = timedelta(days=1)


def follow(*, at: datetime) -> tuple[int, int]:
    """Every launch whose last day is over: permits are needed from the day after; those in its scope who have not
    passed lose theirs, those who passed get one. Returns how many were given and taken. Idempotent.
    """
    day, given, taken = local_days()(at), 0, 0
    for trigger, rule in _launches():
        if rule.by < day:
            one, other = _follow(trigger, rule, at=at)
            given, taken = given + one, taken + other
    return given, taken


def permit_late(*, person_id: int, programme_code: str, at: datetime) -> int:
    """Somebody has passed after a launch's last day: the permit comes at once. Returns how many."""
    day, given = local_days()(at), 0
    for trigger, rule in _launches(programme__code=programme_code):
        contact_type = ContactType.objects.filter(code=rule.contact_type).first()
        if rule.by < day and contact_type is not None and _in_scope(rule, day, {person_id}):
            given += _permit({person_id}, contact_type, trigger, day, at)
    return given


def _launches(**which: str) -> Iterator[tuple[Trigger, Launch]]:
    rows = Trigger.objects.filter(is_active=True, rule__when="launch", **which).select_related("programme")
    for trigger in rows.order_by("pk"):
        rule = rule_of(trigger)
        if isinstance(rule, Launch) and rule.contact_type:
            yield trigger, rule


def _follow(trigger: Trigger, rule: Launch, *, at: datetime) -> tuple[int, int]:
    day = local_days()(at)
    with transaction.atomic():
        contact_type = ContactType.objects.select_for_update().filter(code=rule.contact_type).first()
        if contact_type is None:
            return 0, 0
        if contact_type.needed_from > rule.by + ONE_DAY:
            contact_type.needed_from = rule.by + ONE_DAY
            contact_type.save(update_fields=["needed_from"])
        concerned = _in_scope(rule, day)
        passed = _passed(trigger, concerned)
        given = _permit(passed, contact_type, trigger, day, at)
        late = concerned - passed
        held = Permit.objects.in_force(day, at).filter(contact_type=contact_type, person__in=late)
        taken = permits.withdraw_rows(held, reason=trigger.title, by=None, at=at)
        _tell(late, trigger, contact_type, rule.by + ONE_DAY, at)
    return given, taken


def _tell(people: Collection[int], trigger: Trigger, contact_type: ContactType, day: date, at: datetime) -> None:
    params: dict[str, Any] = {
        "type": {"name": contact_type.title, "name_en": contact_type.title_en},
        "day": {"day": day.isoformat()},
        "programme": trigger.programme.title,
    }
    url, key = reverse("learning:my-plan"), f"launch:{trigger.public_id}"
    sayings = [
        Saying(person, NoticeKind.DECISION, NOT_PASSED, key, params, url, is_urgent=True) for person in sorted(people)
    ]
    notify_each(sayings, at=at, once=True)


def _in_scope(rule: Launch, day: date, among: Collection[int] | None = None) -> set[int]:
    """Whom the launch is for on the day."""
    found = {one.person_id for one in people_on(day, rule) if rule.scope.holds(one)}
    return found if among is None else found & set(among)


def _passed(trigger: Trigger, people: Collection[int]) -> set[int]:
    rows = Enrolment.objects.filter(programme=trigger.programme, person__in=people, state=EnrolmentState.FINISHED)
    return set(rows.values_list("person_id", flat=True))


def _permit(people: Collection[int], contact_type: ContactType, trigger: Trigger, day: date, at: datetime) -> int:
    """A permit for each who has none; a certificate of the programme may have given it already."""
    have = Permit.objects.in_force(day, at).filter(contact_type=contact_type, person__in=people)
    missing = set(people) - set(have.values_list("person_id", flat=True))
    evidence = [{"label": trigger.programme.title, "reference": trigger.programme.public_id, "at": at.isoformat()}]
    employed = list(Person.objects.filter(pk__in=missing).employed_on(day))
    for person in employed:
        permits.grant(
            person=person, contact_type=contact_type, since=day, until=None, reason=trigger.title, by=None, at=at,
            evidence=evidence,
        )  # fmt: skip
    return len(employed)
