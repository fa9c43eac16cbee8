"""What the home app puts into the frame: the first place of the rail."""

from django.utils.translation import gettext_lazy as _

from nastavnik.kernel import navigation
from nastavnik.kernel.navigation import Place

navigation.register(Place(navigation.WORK, _("Today"), "home:start", "home", 0))
