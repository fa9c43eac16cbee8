"""The refund is started. The amount is counted beside it and never holds it up."""

from datetime import datetime

from nastavnik.crisis.actions._acting import acting, hold
from nastavnik.crisis.enums import EventKind, RefusalState
from nastavnik.crisis.models import CaseEvent, CrisisCase
from nastavnik.people.models import Person


def start(*, case: CrisisCase, by: Person, at: datetime, seen: int | None = None, idem: str = "") -> CaseEvent | None:
    """Start the refund: always allowed, by whoever works on the case. Twice is once: None where it runs already.

    `seen` is taken and not judged: nothing that happened meanwhile makes a lawful refund wait.
    """
    with acting(case, by=by, at=at, idem=idem, even_closed=True, even_others=True) as act:
        if case.refusal_state in (RefusalState.REFUND_STARTED, RefusalState.REFUNDED):
            return None
        return hold(act).write(EventKind.REFUND_START)
