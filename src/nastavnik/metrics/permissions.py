"""Who may see which figures, load records and set targets. Figures of people need the right to see the people too."""

from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.permissions import permission
from nastavnik.metrics.enums import ScopeKind
from nastavnik.people.models import Employment, Person, Team, TeamMembership
from nastavnik.people.permissions import Reach, has_right_everywhere, reach_of
from nastavnik.people.roles import Right


def figures_reach(person: Person) -> Reach | None:
    """How far the person's view of figures goes; None stands for everything (no filter on cells)."""
    reach = reach_of(person, Right.SEE_FIGURES)
    return None if reach.everyone else reach


@permission(_("see the figures of more than oneself"))
def may_see_board(person: Person) -> bool:
    return not reach_of(person, Right.SEE_FIGURES).is_oneself_only


@permission(_("see the people behind the figures"))
def may_see_people_behind_figures(person: Person) -> bool:
    """A business customer sees the centre's figures, not whose they are."""
    return may_see_board(person) and not reach_of(person, Right.SEE_PEOPLE).is_oneself_only


@permission(_("see the figures of this team"))
def may_see_figures_of_team(person: Person, team: Team) -> bool:
    reach = reach_of(person, Right.SEE_FIGURES)
    return reach.everyone or team.pk in reach.team_ids or team.partner_id in reach.partner_ids


@permission(_("see the figures of this person"))
def may_see_figures_of(person: Person, other: Person) -> bool:
    """One's own always; others' where both rights reach. Days of a former member in one's team stay visible."""
    if person.pk == other.pk:
        return True
    if not may_see_people_behind_figures(person):
        return False
    reach = reach_of(person, Right.SEE_FIGURES)
    return (
        reach.everyone
        or TeamMembership.objects.filter(person=other, team_id__in=reach.team_ids).exists()
        or Employment.objects.filter(person=other, partner_id__in=reach.partner_ids).exists()
    )


@permission(_("set and close targets"))
def may_edit_targets(person: Person) -> bool:
    return has_right_everywhere(person, Right.EDIT_TARGETS)


@permission(_("import records of work"))
def may_import_facts(person: Person) -> bool:
    return has_right_everywhere(person, Right.IMPORT_FACTS)


@permission(_("see figures of this scope"))
def may_see_scope(person: Person, kind: ScopeKind, unit_id: int | None) -> bool:
    """Lines, grades and the organisation are narrowed to the reach, so whoever sees others at all may ask for them."""
    if kind == ScopeKind.PERSON:
        return any(may_see_figures_of(person, other) for other in Person.objects.filter(pk=unit_id or 0))
    if kind == ScopeKind.TEAM:
        return any(may_see_figures_of_team(person, team) for team in Team.objects.filter(pk=unit_id or 0))
    if kind == ScopeKind.PARTNER:
        reach = reach_of(person, Right.SEE_FIGURES)
        return reach.everyone or unit_id in reach.partner_ids
    return may_see_board(person)


@permission(_("see one's own figures"))
def may_see_own_figures_only(person: Person) -> bool:
    """Whose first page of metrics is their own: agents and everybody else without figures in reach."""
    return not may_see_board(person)
