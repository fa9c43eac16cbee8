"""Failures the learning app expects."""

from nastavnik.kernel.errors import Conflict, InvalidInput

# -- programmes, enrolments, plans, triggers ---------------------------------------------------------------------------


class NotPublished(Conflict):
    """“{programme}” has no published version yet. Publish its draft first."""


class NotOpenForEnrolment(Conflict):
    """Nobody is enrolled in “{programme}” at present. Open it again on its page."""


class NoDraft(Conflict):
    """There is no draft to change. Begin a new version first."""


class NotReady(InvalidInput):
    """The draft cannot be published yet: {faults}"""


class NotAGate(InvalidInput):
    """This requirement cannot be kept: {problem}. Correct it and save again."""


class ProgrammeCodeTaken(InvalidInput):
    """There is a programme with the code “{code}” already. Choose another code."""


class NotEnrolled(Conflict):
    """This enrolment is over, so it cannot be changed. Enrol the person again for a new cycle."""


class NotOnAPause(Conflict):
    """This enrolment is not on a pause."""


class WhyNeeded(InvalidInput):
    """Say why: the reason stays in the history."""


class WaivedAlready(Conflict):
    """This has been waived already."""


class NothingToWaive(InvalidInput):
    """The stage has no such activity or requirement. Load the page again."""


class NotThisStage(Conflict):
    """The person has left this stage meanwhile. Load the page again to see where they stand."""


class NotYourRole(InvalidInput):
    """Only somebody who is {role} signs off here."""


class NotYourself(InvalidInput):
    """Nobody signs off or marks their own work."""


class PointsOutside(InvalidInput):
    """Points for “{criterion}” go from 0 to {most}."""


class MarkedAlready(Conflict):
    """You have marked this defence already; marks are not changed."""


class NoSuchProof(Conflict):
    """This proof was decided meanwhile. Load the page again."""


class ProofNotReadable(InvalidInput):
    """The file is none of PDF, PNG or JPEG. Bring the certificate as one of these."""


class ProofTooLarge(InvalidInput):
    """The file is larger than {limit} MB. Bring a smaller one."""


class ProofThereAlready(Conflict):
    """There is a proof already that waits or was accepted."""


class PauseOverlaps(Conflict):
    """There is a pause on these days already."""


class PauseEndsFirst(InvalidInput):
    """The pause must end after it begins. Choose a later day."""


class NotARule(InvalidInput):
    """The rule cannot be kept: {problem}. Correct it and save again."""


class MonthFrozen(Conflict):
    """The plan of {month} was frozen already; a frozen plan does not change."""


class NobodyToEnrol(InvalidInput):
    """Nobody in the list can be enrolled. Look at the reason beside each line."""


class IntakeTaken(InvalidInput):
    """The programme has an intake “{title}” already. Choose another title."""


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


class BehindAGate(Conflict):
    """{person} has not passed the gate of “{stage}” yet, and this session comes after it. {lacks}"""


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


class NotAsked(Conflict):
    """{person} asks for no seat in this session any more: somebody has answered, or the request was withdrawn."""


class WrongCode(InvalidInput):
    """This is not the code on the screen now. Look again: it changes every half minute."""


class TooManyTries(Conflict):
    """Too many wrong codes. Wait five minutes, or let the trainer mark you."""
