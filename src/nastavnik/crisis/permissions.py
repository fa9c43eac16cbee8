"""Who may do what at the crisis desk."""

from django.utils.translation import gettext_lazy as _

from nastavnik.kernel.permissions import permission
from nastavnik.people.models import Person
from nastavnik.people.reach import has_right, has_right_everywhere
from nastavnik.people.roles import Right


@permission(_("work on cases of the crisis desk"))
def may_work_cases(person: Person) -> bool:
    return has_right(person, Right.WORK_CASES)


@permission(_("open the crisis desk"))
def may_see_desk(person: Person) -> bool:
    """Those who work on cases, and those who see cases of others."""
    return has_right(person, Right.WORK_CASES) or has_right(person, Right.SEE_CASES)


@permission(_("see the cases of other people"))
def may_lead_desk(person: Person) -> bool:
    """Boards of a team: the queue, what is at risk, who has how much."""
    return has_right(person, Right.SEE_CASES)


@permission(_("keep the crisis desk: policies, lexicon, clocks, offers, budgets"))
def may_manage_desk(person: Person) -> bool:
    return has_right_everywhere(person, Right.MANAGE_DESK)


@permission(_("act on cases: answer, hand over, close"))
def may_act_at_desk(person: Person) -> bool:
    """Crisis managers, and those who answer for them; reviewers only look and mark."""
    return has_right(person, Right.WORK_CASES) or has_right(person, Right.APPROVE_OFFERS)


@permission(_("mark messages as the quality reviewer does"))
def may_mark_as_quality(person: Person) -> bool:
    return has_right(person, Right.JUDGE_FINDINGS)
