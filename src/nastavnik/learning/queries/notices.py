"""What the frame of every page asks about notices."""

from nastavnik.learning.models import Notice
from nastavnik.people.models import Person


def unread_of(person: Person) -> int:
    """How many notices the person has not read; an index of the unread ones answers."""
    return Notice.objects.visible_to(person).unread().count()
