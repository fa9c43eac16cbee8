"""Failures of the metrics app that a person can do something about."""

from nastavnik.kernel.errors import Conflict, InvalidInput, NotFound


class UnknownMetric(NotFound):
    """There is no metric «{code}». `nastavnik metrics list` prints those there are."""


class UnknownScope(NotFound):
    """There is no «{text}». Write organisation, person:CODE, team:CODE, line:CODE, partner:CODE or grade:LADDER/CODE."""
