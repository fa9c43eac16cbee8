"""What may stand in the way in the content app."""

from nastavnik.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound


class NotForYou(Forbidden):
    """The course “{title}” is not open to you. Ask your trainer to grant it."""


class NothingPublished(InvalidInput):
    """The course “{title}” has no published version yet, so nobody can begin it. Publish its draft first."""


class CodeTaken(InvalidInput):
    """There is a course with the code “{code}” already. Choose another code."""


class NotADraft(InvalidInput):
    """A published version stays as it is. Begin a draft of the next version and change that."""


class NoDraft(InvalidInput):
    """The course “{title}” has no draft. Begin one first."""


class ChangedMeanwhile(Conflict):
    """Somebody changed this activity while you were writing. Your text is still here: look at the new state in another
    tab, then save again.
    """


class NotReady(InvalidInput):
    """The draft cannot be published yet: {faults}"""


class SaysNothing(InvalidInput):
    """Say in a few words what changed since the last version: those on the old one decide by it."""


class NothingChanged(InvalidInput):
    """The draft is the same as the published version. Change something, or discard the draft."""


class NoSuchActivity(NotFound):
    """There is no such activity in this version of the course."""


class NotYourTurn(InvalidInput):
    """The activities of this course are taken in their order. First finish “{title}”."""


class NotSoSoon(InvalidInput):
    """Take your time: this can be marked as read {seconds} s after it was opened."""


class OtherCourse(InvalidInput):
    """The version belongs to another course."""


class OnThatVersion(InvalidInput):
    """This person is on that version already."""


class BegunAlready(Conflict):
    """Some of these people have begun “{title}” already, so nothing was brought in."""


class CourseOver(InvalidInput):
    """The course was completed on its version and stays so. To take the new version, begin the course again."""


class AlreadyHandedIn(InvalidInput):
    """The task is handed in and waits for its mark. It can be handed in again once it was marked."""


class AlreadyAccepted(InvalidInput):
    """The task was accepted; there is nothing to hand in again."""


class EmptyWork(InvalidInput):
    """Nothing was handed in. Write the text or choose the file the task asks for."""


class AlreadyMarked(Conflict):
    """Somebody has marked this meanwhile. Look at the mark they gave."""


class UnfitPoints(InvalidInput):
    """Each criterion takes from 0 up to its own number of points."""


class OwnWork(Forbidden):
    """Nobody marks their own work. Ask a colleague."""


class AlreadyAnswered(InvalidInput):
    """You have answered this survey already. Thank you."""


class UnknownFile(InvalidInput):
    """The file “{name}” is none that a course can hold. Bring a PNG, JPEG, GIF or WebP picture, a PDF or PPTX, an MP4
    or WebM video, WebVTT captions, or a document to download.
    """


class DangerousFile(InvalidInput):
    """The file “{name}” is {kind}: it could run in somebody's browser or computer, so courses do not take it."""


class WrongKindOfFile(InvalidInput):
    """The file “{name}” is not {wanted}. Choose another file."""


class TooLarge(InvalidInput):
    """The file “{name}” is too large: {size} MB, at most {limit} MB."""


class EmptyFile(InvalidInput):
    """The file “{name}” is empty."""


class BrokenFile(InvalidInput):
    """The file “{name}” cannot be read: it is damaged or protected by a password. Save it anew and try again."""


class NoOffice(InvalidInput):
    """PPTX slides need LibreOffice on the server, and it is not installed. Save the slides as PDF and bring that."""


class FileInUse(InvalidInput):
    """The file “{name}” is used by “{activity}”. Take it out of there first."""


class NotAnArchive(InvalidInput):
    """The file “{name}” is no archive of a course. Bring a ZIP with a course.yaml inside."""


class HasProblems(InvalidInput):
    """The archive was not loaded because of its problems ({n}). Look at the list, correct the files, bring the archive
    again.
    """


class ImportDone(InvalidInput):
    """This archive was loaded already. Upload it again to load it once more."""
