"""Who may do what in the learning app."""

from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.permissions import permission
from nastavnik.learning.models import Booking, LiveSession
from nastavnik.people.models import Employment, Person
from nastavnik.people.reach import has_right, has_right_everywhere, reach_of
from nastavnik.people.roles import Right
from nastavnik.people.scoping import within

# -- programmes, enrolments, plans -------------------------------------------------------------------------------------


@permission(_("see programmes and who is learning them"))
def may_see_programmes(person: Person) -> bool:
    """Whether cohorts and plans hold anybody but oneself."""
    return has_right(person, Right.SEE_LEARNING) and not reach_of(person, Right.SEE_LEARNING).is_oneself_only


@permission(_("design programmes and their triggers"))
def may_edit_programmes(person: Person) -> bool:
    return has_right_everywhere(person, Right.EDIT_PROGRAMMES)


@permission(_("enrol people and decide about their learning"))
def may_enrol(person: Person) -> bool:
    """Whether there is anybody to enrol; whom, is asked of each list."""
    return has_right(person, Right.ENROL) and not reach_of(person, Right.ENROL).is_oneself_only


@permission(_("see the learning of this person"))
def may_see_learning_of(person: Person, other: Person) -> bool:
    """One's own, or of somebody within reach."""
    if person.pk == other.pk:
        return True
    # Everybody has a row of employment: the reach is counted on it.
    return Employment.objects.filter(within(reach_of(person, Right.SEE_LEARNING)), person=other).exists()


# -- certificates and permits ------------------------------------------------------------------------------------------


@permission(_("award and revoke certificates and permits"))
def may_award(person: Person) -> bool:
    return has_right_everywhere(person, Right.EDIT_PROGRAMMES)


@permission(_("see the certificates and permits of other people"))
def may_see_awards(person: Person) -> bool:
    """Whether the lists hold anybody but oneself."""
    return has_right(person, Right.SEE_LEARNING) and not reach_of(person, Right.SEE_LEARNING).is_oneself_only


@permission(_("see this person's certificates and permits"))
def may_see_awards_of(person: Person, of: Person) -> bool:
    """One's own, and those of the people whose learning one may see."""
    reach = reach_of(person, Right.SEE_LEARNING)
    return bool(Person.objects.filter(within(reach, "pk"), pk=of.pk).exists())


# -- live sessions -----------------------------------------------------------------------------------------------------


@permission(_("plan live sessions"))
def may_hold_sessions(person: Person) -> bool:
    return has_right(person, Right.HOLD_SESSIONS)


@permission(_("change this session and mark who was there"))
def may_run(person: Person, session: LiveSession) -> bool:
    """Its trainer, and whoever designs programmes."""
    return (may_hold_sessions(person) and session.trainer_id == person.pk) or has_right_everywhere(
        person, Right.EDIT_PROGRAMMES
    )


@permission(_("register other people for live sessions"))
def may_register_others(person: Person) -> bool:
    return has_right(person, Right.ENROL) or may_hold_sessions(person)


@permission(_("answer this request for a seat"))
def may_answer(person: Person, booking: Booking) -> bool:
    """Whoever may enrol the person who asks; nobody answers themselves."""
    reach = reach_of(person, Right.ENROL)
    mine = Person.objects.filter(within(reach, "pk"), pk=booking.person_id)
    return person.pk != booking.person_id and may_enrol(person) and bool(mine.exists())


@permission(_("keep rooms and session kinds"))
def may_keep_rooms(person: Person) -> bool:
    return has_right_everywhere(person, Right.EDIT_PROGRAMMES)
