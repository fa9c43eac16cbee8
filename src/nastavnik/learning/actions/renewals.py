"""A certificate that is about to end opens the next cycle of the programme that awards it."""

from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from nastavnik.learning.actions import enrolments
from nastavnik.learning.enums import Source
from nastavnik.learning.logic.messages import Words, gettext_noop
from nastavnik.learning.models import Programme, ProgrammeVersion

ENDS = gettext_noop("the certificate ends on {day}")


def renew(*, person_id: int, kind_code: str, valid_to: date, at: datetime) -> int:
    """Enrol the person in every programme that renews certificates of the kind; returns how many.

    A programme renews when its newest version awards the kind and has a path for it. Who is learning it already, or
    works here no longer, is left alone.
    """
    newest = ProgrammeVersion.objects.filter(programme=OuterRef("pk"), published_at__isnull=False)
    rows = Programme.objects.filter(is_open=True).annotate(newest=Subquery(newest.order_by("-number").values("pk")[:1]))
    ids = ProgrammeVersion.objects.filter(pk__in=rows.values("newest"), certificate=kind_code, stages__path="renewal")
    made = 0
    for programme in Programme.objects.filter(pk__in=ids.values("programme")).order_by("pk"):
        found = enrolments.enrol_all(
            people=[person_id], programme=programme, by=None, at=at, source=Source.RENEWAL, last_day=valid_to,
            why={person_id: Words.of(ENDS, day=valid_to.isoformat())},
        )  # fmt: skip
        made += len(found.enrolments)
    return made
