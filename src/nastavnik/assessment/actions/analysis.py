"""The whole analysis of a form, step by step: alarms, calibration, signals, equating."""

from collections.abc import Callable
from datetime import datetime

from nastavnik.assessment.actions import calibrations, equatings, signals
from nastavnik.assessment.logic.psychometrics.calibration import MODEL_FROM
from nastavnik.assessment.models import Form
from nastavnik.assessment.queries.sheets import sheet
from nastavnik.people.models import Person

STEPS = 5
Tell = Callable[[int, int], None]


def analyse(*, form: Form, by: Person | None, at: datetime, tell: Tell = lambda _done, _total: None) -> None:
    """Everything that is kept of a form. Few takers get alarms only; raises what the steps raise."""
    given = sheet(form)
    tell(1, STEPS)
    calibrations.raise_alarms(form=form, at=at, given=given)
    tell(2, STEPS)
    if given.takers < MODEL_FROM:
        return
    run = calibrations.calibrate_form(form=form, by=by, at=at, given=given)
    tell(3, STEPS)
    signals.raise_signals(form=form, run=run, at=at, given=given)
    tell(4, STEPS)
    equatings.equate(form=form, run=run, by=by, at=at, given=given)
    tell(STEPS, STEPS)
