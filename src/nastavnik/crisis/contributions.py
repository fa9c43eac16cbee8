"""What the crisis app puts into the frame: places in the rail, panels, presenters of the journal."""

from django.utils.translation import gettext_lazy as _

from nastavnik.crisis import (
    compliance_contributions,  # noqa: F401 - the audit registers its own
    money_contributions,  # noqa: F401 - the money side registers its own
    presenters,  # noqa: F401 - it registers presenters of the journal
)
from nastavnik.crisis.permissions import may_lead_desk, may_manage_desk, may_see_desk
from nastavnik.kernel import navigation
from nastavnik.kernel.navigation import Place

navigation.register(Place(navigation.WORK, _("Crisis desk"), "crisis:my-day", "lifebuoy", 30, may_see_desk))
navigation.register(Place(navigation.WORK, _("Queue of cases"), "crisis:case-list", "inbox", 31, may_see_desk))
navigation.register(Place(navigation.WORK, _("Board of the desk"), "crisis:team-board", "team", 32, may_lead_desk))
navigation.register(Place(navigation.WORK, _("Report of the crisis desk"), "crisis:report", "chart", 33, may_lead_desk))
navigation.register(
    Place(navigation.RUN, _("Settings of the desk"), "crisis:settings-detail", "settings", 60, may_manage_desk)
)
