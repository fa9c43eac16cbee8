"""What the content app puts into the frame: places in the rail, panels, presenters of the journal."""

from django.utils.translation import gettext_lazy as _

from nastavnik.content import presenters  # noqa: F401 - it registers presenters of the journal
from nastavnik.content.permissions import may_mark_tasks, may_see_progress_of
from nastavnik.kernel import navigation, slots
from nastavnik.kernel.navigation import Place
from nastavnik.kernel.slots import Panel

navigation.register(Place(navigation.LEARN, _("Courses"), "content:course-list", "book", 10))
navigation.register(
    Place(navigation.LEARN, _("Tasks to mark"), "content:submission-list", "check-circle", 35, may_mark_tasks)
)
slots.register(
    "people.person.panels", Panel("content.courses", _("Courses"), "content:person-panel", 40, may_see_progress_of)
)
