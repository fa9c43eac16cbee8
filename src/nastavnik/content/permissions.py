"""Who may do what in the content app."""

from django.utils.translation import gettext_lazy as _

from nastavnik.content.models.work import MARKERS
from nastavnik.kernel.permissions import permission
from nastavnik.people.models import Person
from nastavnik.people.reach import has_right, has_right_everywhere
from nastavnik.people.roles import Right


@permission(_("write and publish courses"))
def may_edit_courses(person: Person) -> bool:
    return has_right_everywhere(person, Right.EDIT_COURSES)


@permission(_("mark practice tasks of the people within reach"))
def may_mark_tasks(person: Person) -> bool:
    return any(has_right(person, right) for right in MARKERS)


@permission(_("see how far this person has come in courses"))
def may_see_progress_of(viewer: Person, person: Person) -> bool:
    """One's own; others' where the right to see learning goes with the right to see the person."""
    if viewer.pk == person.pk:
        return True
    return has_right(viewer, Right.SEE_LEARNING) and Person.objects.visible_to(viewer).filter(pk=person.pk).exists()
