"""What is known of people's certificates."""

from collections.abc import Collection
from datetime import datetime

from nastavnik.learning.models import Certificate
from nastavnik.people.actions.employments import local_day
from nastavnik.people.models import Person


def valid_kinds(person: Person, at: datetime) -> set[str]:
    """Codes of the kinds the person holds a valid certificate of at the moment; grace days do not count."""
    rows = Certificate.objects.filter(person=person).holding_on(local_day(at))
    return set(rows.values_list("kind__code", flat=True))


def valid_kinds_of(person_ids: Collection[int], at: datetime) -> dict[int, set[str]]:
    """The same for many people in one query; people without any are left out."""
    found: dict[int, set[str]] = {}
    rows = Certificate.objects.filter(person_id__in=person_ids).holding_on(local_day(at))
    for person_id, code in rows.values_list("person_id", "kind__code"):
        found.setdefault(person_id, set()).add(code)
    return found
