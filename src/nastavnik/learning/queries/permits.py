"""Who may take which contacts: the question routing and the crisis desk ask."""

from collections.abc import Collection
from datetime import datetime

from nastavnik.learning.models import ContactType, Permit
from nastavnik.people.actions.employments import local_day
from nastavnik.people.models import Person
from nastavnik.people.reach import reach_of
from nastavnik.people.roles import Right
from nastavnik.people.scoping import within


def is_needed(contact_type: str, at: datetime) -> bool:
    """Whether contacts of the type (code of a line or topic) need a permit at the moment at all."""
    return ContactType.objects.filter(code=contact_type, needed_from__lte=local_day(at)).exists()


def may_take(person: Person, contact_type: str, at: datetime) -> bool:
    """Whether the person may take contacts of the type at the moment.

    A type that is not listed, or is needed from a later day only, is open to everybody: a permit restricts nobody until
    somebody decided that one is needed.
    """
    if not is_needed(contact_type, at):
        return True
    return Permit.objects.in_force(local_day(at), at).filter(person=person, contact_type__code=contact_type).exists()


def permitted(person_ids: Collection[int], contact_type: str, at: datetime) -> set[int]:
    """Those of the people who may take contacts of the type; two queries however many they are."""
    if not is_needed(contact_type, at):
        return set(person_ids)
    rows = Permit.objects.in_force(local_day(at), at).filter(person_id__in=person_ids, contact_type__code=contact_type)
    return set(rows.values_list("person_id", flat=True))


def person_in_reach(viewer: Person, code: str) -> Person | None:
    """The person of the code, if the viewer may see their learning."""
    rows = Person.objects.filter(within(reach_of(viewer, Right.SEE_LEARNING), "pk"), code=code)
    found: Person | None = rows.first()
    return found
