"""What the learning app puts into the frame: places in the rail, panels, presenters of the journal."""

from django.utils.translation import gettext_lazy as _

from nastavnik.kernel import navigation
from nastavnik.kernel.navigation import Place
from nastavnik.learning import (  # noqa: F401 - they register themselves
    certificate_presenters,
    programme_presenters,
    requirement_kinds,
    session_presenters,
)
from nastavnik.learning.permissions import may_hold_sessions

navigation.register(Place(navigation.LEARN, _("Sessions"), "learning:session-list", "calendar", 20))
navigation.register(Place(navigation.LEARN, _("My desk"), "learning:trainer-desk", "team", 25, may_hold_sessions))
