"""What the compliance audit puts into the frame."""

from django.utils.translation import gettext_lazy as _

from nastavnik.crisis import compliance_presenters  # noqa: F401 - it registers presenters of the journal
from nastavnik.crisis.compliance_permissions import may_see_findings
from nastavnik.kernel import navigation
from nastavnik.kernel.navigation import Place

navigation.register(
    Place(navigation.WORK, _("Compliance audit"), "crisis:finding-list", "check-circle", 36, may_see_findings)
)
