"""What the learning app puts into the frame: places in the rail, panels, presenters of the journal."""

from django.utils.translation import gettext_lazy as _

from nastavnik.kernel import navigation, slots
from nastavnik.kernel.navigation import Place, Tool
from nastavnik.kernel.slots import Panel
from nastavnik.learning import (  # noqa: F401 - they register themselves
    certificate_presenters,
    programme_presenters,
    requirement_kinds,
    session_presenters,
)
from nastavnik.learning.permissions import (
    may_edit_programmes,
    may_hold_sessions,
    may_see_awards,
    may_see_awards_of,
    may_see_learning_of,
    may_see_programmes,
)
from nastavnik.learning.queries.notices import unread_of

navigation.register(Place(navigation.LEARN, _("My plan"), "learning:my-plan", "check-circle", 5))
navigation.register(
    Place(navigation.LEARN, _("Programmes"), "learning:programme-list", "ladder", 15, may_see_programmes)
)
navigation.register(Place(navigation.LEARN, _("Sessions"), "learning:session-list", "calendar", 20))
navigation.register(Place(navigation.LEARN, _("My desk"), "learning:trainer-desk", "team", 25, may_hold_sessions))
navigation.register(Place(navigation.LEARN, _("Decisions"), "learning:decision-queue", "flag", 30, may_see_programmes))
navigation.register(
    Place(navigation.LEARN, _("Plan completion"), "learning:plan-completion", "target", 34, may_see_programmes)
)
navigation.register(Place(navigation.LEARN, _("Triggers"), "learning:trigger-list", "clock", 60, may_edit_programmes))
slots.register(
    "people.person.panels", Panel("learning.plan", _("Learning"), "learning:person-panel", 20, may_see_learning_of)
)
slots.register("home.start.panels", Panel("learning.plan", _("My plan"), "learning:plan-panel", 5))
slots.register(
    "content.activity.session", Panel("learning.sessions", _("When it is held"), "learning:session-panel", 10)
)
navigation.register(Place(navigation.WORK, _("Notices"), "learning:notice-list", "bell", 50))
navigation.register_tool(Tool(_("Notices"), "learning:notice-list", "bell", unread_of))
navigation.register(Place(navigation.LEARN, _("Certificates"), "learning:certificate-list", "check-circle", 30))
navigation.register(Place(navigation.LEARN, _("Permits"), "learning:permit-list", "lock", 32, may_see_awards))
slots.register(
    "people.person.panels",
    Panel("learning.awards", _("Certificates and permits"), "learning:awards-panel", 30, may_see_awards_of),
)
