"""Failures of the metrics app that a person can do something about."""

from nastavnik.kernel.errors import Conflict, InvalidInput, NotFound


class UnknownMetric(NotFound):
    """There is no metric «{code}». `nastavnik metrics list` prints those there are."""


class UnknownScope(NotFound):
    """There is no «{text}». Write organisation, person:CODE, team:CODE, line:CODE, partner:CODE or
    grade:LADDER/CODE.
    """


class TargetNotInUnit(InvalidInput):
    """{amount} cannot be a target of {metric}: give a number from {least} to {most} with at most four decimals."""


class TargetOutOfOrder(InvalidInput):
    """The floor must be worse than the target and the stretch better. {metric}: {order}."""


class BandNeedsBounds(InvalidInput):
    """{metric} is good inside a band: give its lower bound as the floor and its upper bound as the target, and no
    stretch.
    """


class TargetDaysReversed(InvalidInput):
    """The target would end on {end}, not after its first day {first}. Choose a later end."""


class RewritesHistory(Conflict):
    """Days from {first} on were already judged by another target. Start the new one today or later, or say that you
    correct history and why.
    """


class TargetAlreadyEnded(Conflict):
    """This target ended on {end}. Set a new one instead."""


class CorrectionNeedsReason(InvalidInput):
    """Correcting targets of past days changes how those days were judged: say why."""
