"""What the people app puts into the frame: places of the rail, panels, presenters."""

from django.utils.translation import gettext_lazy as _

from nastavnik.kernel import navigation
from nastavnik.kernel.navigation import Place
from nastavnik.people import presenters  # noqa: F401 - registers what journal entries mean
from nastavnik.people.permissions import may_change_settings, may_read_journal, may_see_people

navigation.register(Place(navigation.RUN, _("People"), "people:person-list", "people", 10, may_see_people))
navigation.register(Place(navigation.RUN, _("Teams"), "people:team-list", "team", 20, may_see_people))
navigation.register(Place(navigation.RUN, _("Journal"), "people:journal-list", "journal", 80, may_read_journal))
navigation.register(Place(navigation.RUN, _("Settings"), "people:settings", "settings", 90, may_change_settings))
