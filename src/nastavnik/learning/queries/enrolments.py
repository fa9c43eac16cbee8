"""One enrolment: its history, and what it was at any past moment."""

from datetime import datetime

from nastavnik.learning.logic import history
from nastavnik.learning.logic.history import Happening, Standing
from nastavnik.learning.models import Enrolment


def happenings(enrolment: Enrolment) -> list[Happening]:
    """The events of an enrolment, in order, as pure logic reads them."""
    rows = enrolment.events.order_by("at", "pk").values_list("at", "kind", "stage_key", "version_number")
    return [Happening(at, kind, key, version) for at, kind, key, version in rows]


def standing_at(enrolment: Enrolment, moment: datetime) -> Standing | None:
    """The state of the enrolment at a moment; None before it began."""
    return history.standing(happenings(enrolment), moment)
