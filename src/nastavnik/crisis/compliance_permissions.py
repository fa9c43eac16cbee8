"""Who may see and judge what the audit found."""

from django.utils.translation import gettext_lazy as _

from nastavnik.crisis.models.compliance import ComplianceFinding
from nastavnik.kernel.permissions import permission
from nastavnik.people.models import Person
from nastavnik.people.reach import has_right
from nastavnik.people.roles import Right


@permission(_("see findings of the compliance audit"))
def may_see_findings(person: Person) -> bool:
    """Agents see their own, leads and reviewers those within their reach."""
    return has_right(person, Right.WORK_CASES) or has_right(person, Right.SEE_CASES)


@permission(_("read the report of the compliance audit"))
def may_read_compliance(person: Person) -> bool:
    return has_right(person, Right.SEE_CASES)


@permission(_("judge findings of the compliance audit"))
def may_judge(person: Person, finding: ComplianceFinding | None = None) -> bool:
    """Nobody judges a finding about oneself."""
    if finding is not None and finding.agent_id == person.pk:
        return False
    return has_right(person, Right.JUDGE_FINDINGS)
