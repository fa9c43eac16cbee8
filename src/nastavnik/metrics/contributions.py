"""What the metrics app puts into the frame: places of the rail, panels on the pages of people and teams, presenters."""

from django.utils.translation import gettext_lazy as _

from nastavnik.kernel import navigation, slots
from nastavnik.kernel.navigation import Place
from nastavnik.kernel.slots import Panel
from nastavnik.metrics import import_presenters, presenters  # noqa: F401 - they register presenters of the journal
from nastavnik.metrics.permissions import (
    may_import_facts,
    may_see_board,
    may_see_figures_of,
    may_see_figures_of_team,
    may_see_own_figures_only,
)

navigation.register(Place(navigation.WORK, _("Metrics"), "metrics:board", "chart", 10, may_see_board))
navigation.register(
    Place(navigation.WORK, _("My figures"), "metrics:my-figures", "chart", 12, may_see_own_figures_only)
)
navigation.register(Place(navigation.RUN, _("Imports"), "metrics:import-list", "import", 60, may_import_facts))
slots.register(
    "people.person.panels", Panel("metrics.figures", _("Figures"), "metrics:person-panel", 10, may_see_figures_of)
)
slots.register(
    "people.team.panels", Panel("metrics.figures", _("Figures"), "metrics:team-panel", 10, may_see_figures_of_team)
)
