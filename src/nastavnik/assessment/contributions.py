"""What the assessment app puts into the frame: its place in the rail, presenters of the journal."""

from django.utils.translation import gettext_lazy as _

from nastavnik.assessment import presenters, result_contributions  # noqa: F401 - they register presenters and panels
from nastavnik.assessment.permissions import may_edit_items, may_set_exams
from nastavnik.kernel import navigation, slots
from nastavnik.kernel.navigation import Place
from nastavnik.kernel.slots import Panel
from nastavnik.kernel.web import lean

lean.register("/assessment/room/")
navigation.register(Place(navigation.WORK, _("My exams"), "assessment:my-exams", "check", 60))
navigation.register(Place(navigation.LEARN, _("Exams"), "assessment:exam-list", "check", 45, may_set_exams))
navigation.register(Place(navigation.LEARN, _("Item bank"), "assessment:item-list", "book", 40, may_edit_items))
slots.register("content.activity.exam", Panel("assessment.exam", _("Exam"), "assessment:exam-panel", 10))
