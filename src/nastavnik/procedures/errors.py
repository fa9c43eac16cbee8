"""What may stand in the way in the procedures app."""

from nastavnik.kernel.errors import InvalidInput


class PolicyBeginsTooEarly(InvalidInput):
    """A version begins today or later: cases of the past were judged by the version of their day. Choose {day} or
    later.
    """


class PolicyOverlaps(InvalidInput):
    """Another version is planned from {day}. Choose a later day, or take the planned version back first."""


class BadParameters(InvalidInput):
    """These parameters cannot hold together: {why}"""


class PolicyInForce(InvalidInput):
    """This version has begun already, so it stays in the history. Write a new one that begins later."""
