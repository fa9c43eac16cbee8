"""Nobody climbs over themselves: who hands out log-ins and roles has at least the rights these carry.

Without this an e-mail, an invitation or a role in somebody's hands would make them an administrator.
"""

from nastavnik.people.enums import Role
from nastavnik.people.errors import RoleStrongerThanYou, StrongerThanYou
from nastavnik.people.models import Person
from nastavnik.people.permissions import rights_of
from nastavnik.people.roles import ROLE_CARDS


def refuse_stronger_person(by: Person | None, person: Person) -> None:
    """Raises StrongerThanYou when the person may more than `by`; the system itself (None) may everything."""
    if by is not None and by.pk != person.pk and not rights_of(person) <= rights_of(by):
        raise StrongerThanYou(person=str(person))


def refuse_stronger_role(by: Person | None, role: Role) -> None:
    """Raises RoleStrongerThanYou when the role carries rights that `by` has not."""
    if by is not None and not ROLE_CARDS[role].rights <= rights_of(by):
        raise RoleStrongerThanYou(role=role.label)
