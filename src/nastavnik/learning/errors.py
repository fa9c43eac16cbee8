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


# -- live sessions -----------------------------------------------------------------------------------------------------


class RoomTaken(Conflict):
    """The room {room} is taken from {begin} to {end}: {session}. Choose another room or another time."""


class TrainerBusy(Conflict):
    """{trainer} holds another session from {begin} to {end}: {session}. Choose another trainer or another time."""


class BusyThen(Conflict):
    """{person} has a seat in another session from {begin} to {end}: {session}. Cancel that registration first."""


class TeachesThen(Conflict):
    """{person} holds a session from {begin} to {end}: {session}. Choose another session."""


class AlreadyRegistered(Conflict):
    """{person} is registered for this session already."""


class RegistrationClosed(Conflict):
    """Registration for this session is closed. Ask the trainer for a seat."""


class SessionNotPlanned(Conflict):
    """This session has been held or cancelled, so it cannot be changed."""


class SessionNotBegun(Conflict):
    """This session has not begun yet. Attendance is marked from a quarter of an hour before the start."""


class TooFewSeats(Conflict):
    """{booked} seats are taken already, so there cannot be fewer. Cancel registrations first."""


class RoomTooSmall(InvalidInput):
    """The room {room} has {seats} seats. Choose a larger room or offer fewer seats."""


class NowhereToMeet(InvalidInput):
    """Name a room or give a link."""


class WrongHours(InvalidInput):
    """The session must end after it starts, and registration must close before it starts."""


class NoSeatLeft(Conflict):
    """There is no free seat. Offer more seats or cancel a registration first."""


class NotRegistered(Conflict):
    """{person} has no seat in this session."""


class WrongCode(InvalidInput):
    """This is not the code on the screen now. Look again: it changes every half minute."""


class TooManyTries(Conflict):
    """Too many wrong codes. Wait five minutes, or let the trainer mark you."""
