"""What the people app puts into the frame: places of the rail, panels, presenters."""

from django.utils.translation import gettext_lazy as _

from nastavnik.kernel import navigation
from nastavnik.kernel.navigation import Place
from nastavnik.people import presenters  # noqa: F401 - registers what journal entries mean
from nastavnik.people.permissions import may_see_people

navigation.register(Place(navigation.RUN, _("People"), "people:person-list", "people", 10, may_see_people))
navigation.register(Place(navigation.RUN, _("Teams"), "people:team-list", "team", 20, may_see_people))
