"""Who may do what in the learning app."""

from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.permissions import permission
from nastavnik.people.models import Person
from nastavnik.people.reach import has_right, has_right_everywhere, reach_of
from nastavnik.people.roles import Right

# -- certificates and permits ------------------------------------------------------------------------------------------


@permission(_("award and revoke certificates and permits"))
def may_award(person: Person) -> bool:
    return has_right_everywhere(person, Right.EDIT_PROGRAMMES)


@permission(_("see the certificates and permits of other people"))
def may_see_awards(person: Person) -> bool:
    """Whether the lists hold anybody but oneself."""
    return has_right(person, Right.SEE_LEARNING) and not reach_of(person, Right.SEE_LEARNING).is_oneself_only
