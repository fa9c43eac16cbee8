"""What the procedures app puts into the frame: its place in the rail, presenters of the journal."""

from django.utils.translation import gettext_lazy as _

from nastavnik.kernel import navigation
from nastavnik.kernel.navigation import Place
from nastavnik.procedures import presenters  # noqa: F401 - it registers presenters of the journal
from nastavnik.procedures.permissions import may_keep_procedures

navigation.register(
    Place(navigation.RUN, _("Rules of the desk"), "procedures:policy-list", "flag", 45, may_keep_procedures)
)
