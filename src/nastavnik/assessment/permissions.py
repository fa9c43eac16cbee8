"""Who may do what in the assessment app."""

from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.permissions import permission
from nastavnik.people.models import Employment, Person
from nastavnik.people.reach import has_right_everywhere, reach_of
from nastavnik.people.roles import Right
from nastavnik.people.scoping import within


@permission(_("read and edit the item bank"))
def may_edit_items(person: Person) -> bool:
    """The bank shows right answers: who reads it may edit it, and nobody else sees it."""
    return has_right_everywhere(person, Right.EDIT_ITEMS)


@permission(_("see the exam results of other people"))
def may_see_results(person: Person) -> bool:
    """Whether the list of results holds anybody but oneself."""
    return not reach_of(person, Right.SEE_LEARNING).is_oneself_only


@permission(_("see the exam results of this person"))
def may_see_results_of(person: Person, other: Person) -> bool:
    """One's own always; others' within reach."""
    if person.pk == other.pk:
        return True
    return Employment.objects.filter(within(reach_of(person, Right.SEE_LEARNING)), person=other).exists()


@permission(_("mark open answers, decide appeals and read the analysis of items"))
def may_judge_exams(person: Person) -> bool:
    """Marking and analysis show right answers, so they belong to those who see the exams anyway."""
    return has_right_everywhere(person, Right.SET_EXAMS)


@permission(_("compose exams and watch them being sat"))
def may_set_exams(person: Person) -> bool:
    """An exam shows its items: whoever composes it sees them all."""
    return has_right_everywhere(person, Right.SET_EXAMS)
