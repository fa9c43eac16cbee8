"""What the pages about results put into the frame."""

from django.utils.translation import gettext_lazy as _

from nastavnik.assessment import result_presenters  # noqa: F401 - it registers presenters of the journal
from nastavnik.assessment.permissions import may_see_results, may_see_results_of
from nastavnik.kernel import navigation, slots
from nastavnik.kernel.navigation import Place
from nastavnik.kernel.slots import Panel

navigation.register(
    Place(navigation.LEARN, _("Exam results"), "assessment:result-list", "check-circle", 45, may_see_results)
)
slots.register(
    "people.person.panels", Panel("assessment.exams", _("Exams"), "assessment:person-exams", 30, may_see_results_of)
)
