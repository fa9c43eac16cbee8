"""Why the demo story may refuse to load."""

from nastavnik.kernel.errors import DomainError, InvalidInput


class NotADemo(DomainError):
    """This database holds {what}, so the demo story will not touch it. Load the demo into an empty NASTAVNIK_HOME."""


class TooFewPeople(InvalidInput):
    """A demo centre needs {least} to {most} people; {asked} were asked for."""


class FactsRefused(DomainError):
    """The demo's records of {stream} were refused in part ({rejected} rows): {samples}. This is a fault of the demo."""
