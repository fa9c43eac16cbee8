"""Which live sessions lie behind a gate a person has not passed: the costly part is for those who are through."""

from dataclasses import dataclass

from nastavnik.learning.enums import EnrolmentState, LearningKind
from nastavnik.learning.models import Enrolment, PlanItem, SessionKind
from nastavnik.learning.queries.plans import gate_before, lacks_of
from nastavnik.people.models import Person


@dataclass(frozen=True)
class ClosedGate:
    """The gate that stands before the session: of which enrolment's stage, and what it lacks in words."""

    enrolment: Enrolment
    stage: str
    lacks: list[str]


def closed_gate(person: Person, kind: SessionKind) -> ClosedGate | None:
    """The gate between the person and sessions of this kind.

    None when no programme of theirs asks for such a session, or one of them asks for it at the stage they stand on.
    """
    rows = PlanItem.objects.to_do().filter(person=person, kind=LearningKind.SESSION, reference=kind.code)
    asking = list(
        rows.exclude(enrolment__state=EnrolmentState.CLOSED).select_related(
            "enrolment__stage", "enrolment__programme", "stage"
        )
    )
    for item in asking:
        stage = gate_before(item)
        if not stage or item.enrolment is None:
            return None
    for item in asking:
        if item.enrolment is not None:
            return ClosedGate(item.enrolment, gate_before(item), lacks_of(item.enrolment))
    return None
