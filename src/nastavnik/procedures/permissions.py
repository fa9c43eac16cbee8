"""Who may do what in the procedures app."""

from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.permissions import permission
from nastavnik.people.models import Person
from nastavnik.people.reach import has_right_everywhere
from nastavnik.people.roles import Right


@permission(_("keep the policies, the lexicon and the guides of the crisis desk"))
def may_keep_procedures(person: Person) -> bool:
    """The rules hold for the whole desk, so whoever keeps them answers for all of it."""
    return has_right_everywhere(person, Right.MANAGE_DESK)
