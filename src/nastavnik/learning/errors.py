"""Failures the learning app expects."""

from nastavnik.kernel.errors import Conflict, InvalidInput

# -- certificates and permits ------------------------------------------------------------------------------------------


class KindClosed(Conflict):
    """Certificates of the kind «{kind}» are no longer awarded. Open the kind again or choose another one."""


class AlreadyRevoked(Conflict):
    """This certificate has been revoked already."""


class ReasonNeeded(InvalidInput):
    """Say why: the reason stays with the record."""


class NotAtWork(Conflict):
    """{person} is not employed on this day, so there is nothing to award or permit."""


class PermitEndsBeforeItBegins(InvalidInput):
    """The permit must end after the day it begins. Choose a later last day."""


class PermitRunsAlready(Conflict):
    """{person} already has such a permit on these days. Withdraw it first, or choose other days."""


class AlreadyWithdrawn(Conflict):
    """This permit has been withdrawn already."""


class FollowsTheCertificate(Conflict):
    """This permit rests on a certificate. Revoke the certificate, and the permit ends with it."""


class CodeTaken(Conflict):
    """There is already a record with the code «{code}». Choose another code."""
