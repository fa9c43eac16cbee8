"""Who may do what: rights named as sentences. How far they go is counted in `reach`."""

from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.permissions import permission
from nastavnik.people.models import Person
from nastavnik.people.reach import Reach, has_right, has_right_everywhere, reach_of, rights_of, roles_of, today
from nastavnik.people.roles import Right

__all__ = [
    "Reach",
    "has_right",
    "has_right_everywhere",
    "may_change_settings",
    "may_grant_roles",
    "may_import_people",
    "may_invite",
    "may_manage_people",
    "may_read_journal",
    "may_see_people",
    "reach_of",
    "rights_of",
    "roles_of",
    "today",
]


@permission(_("see people other than oneself"))
def may_see_people(person: Person) -> bool:
    """Whether the list of people holds anybody but oneself."""
    return has_right(person, Right.SEE_PEOPLE) and not reach_of(person, Right.SEE_PEOPLE).is_oneself_only


@permission(_("hire, move and release people"))
def may_manage_people(person: Person) -> bool:
    return has_right_everywhere(person, Right.MANAGE_PEOPLE)


@permission(_("import people from files"))
def may_import_people(person: Person) -> bool:
    return has_right_everywhere(person, Right.IMPORT_PEOPLE)


@permission(_("invite people to log in"))
def may_invite(person: Person) -> bool:
    return has_right_everywhere(person, Right.INVITE)


@permission(_("grant and withdraw roles"))
def may_grant_roles(person: Person) -> bool:
    return has_right_everywhere(person, Right.GRANT_ROLES)


@permission(_("read the journal"))
def may_read_journal(person: Person) -> bool:
    return has_right_everywhere(person, Right.READ_JOURNAL)


@permission(_("change the settings of the organisation"))
def may_change_settings(person: Person) -> bool:
    return has_right_everywhere(person, Right.CHANGE_SETTINGS)
