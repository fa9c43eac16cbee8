"""Who may do what in the assessment app."""

from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.permissions import permission
from nastavnik.people.models import Person
from nastavnik.people.reach import has_right_everywhere
from nastavnik.people.roles import Right


@permission(_("read and edit the item bank"))
def may_edit_items(person: Person) -> bool:
    """The bank shows right answers: who reads it may edit it, and nobody else sees it."""
    return has_right_everywhere(person, Right.EDIT_ITEMS)


@permission(_("compose exams and watch them being sat"))
def may_set_exams(person: Person) -> bool:
    """An exam shows its items: whoever composes it sees them all."""
    return has_right_everywhere(person, Right.SET_EXAMS)
