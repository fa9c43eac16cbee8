"""What may stand in the way of a verdict."""

from nastavnik.kernel.errors import Forbidden, InvalidInput


class NotAboutYou(Forbidden):
    """Only the person a finding is about may contest it."""


class AboutYourself(Forbidden):
    """Nobody judges a finding about oneself. Ask another reviewer."""


class JudgedAlready(InvalidInput):
    """This finding has its verdict already. Load the page again."""


class ContestedAlready(InvalidInput):
    """This finding is contested already; the reviewer will answer."""


class NoObjection(InvalidInput):
    """Say what speaks against the finding."""


class NoReason(InvalidInput):
    """Say why: the finding was contested, and its agent will read the answer."""
